"""One typical read of every public API, for the tables of faults in `test_faults.py` and `benchmarks/`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import MappingProxyType, NoneType

from assistant.apis.barometer import BarometerClient
from assistant.apis.enrichments import EnrichmentsClient, TextDocument
from assistant.apis.esco import EscoClient
from assistant.apis.historical_ads import HistoricalAdsClient
from assistant.apis.jobed import JobEdClient
from assistant.apis.jobsearch import JobSearchClient
from assistant.apis.planned_educations import PlannedEducationsClient
from assistant.apis.scb import ScbClient
from assistant.apis.susa import SusaClient
from assistant.apis.taxonomy import TaxonomyClient
from assistant.apis.transport import Transport
from assistant.domain.language import Language
from assistant.errors import UpstreamError, UpstreamMalformed, UpstreamTimeout, UpstreamUnavailable

_NURSES = "2221"
_SOME_GROUP = "Z8ci_bBE_tmx"
_WELDER = TextDocument("1", "Vi söker en svetsare som kan TIG-svetsning.", "Svetsare")

PROBES: MappingProxyType[str, Callable[[Transport], Awaitable[object]]] = MappingProxyType(
    {
        "taxonomy": lambda transport: TaxonomyClient(transport).version(),
        "jobsearch": lambda transport: JobSearchClient(transport).search(text="svetsare"),
        "historical_ads": lambda transport: HistoricalAdsClient(transport).counts_by_year(
            years=(2022, 2023), occupation_group=_SOME_GROUP
        ),
        "enrichments": lambda transport: EnrichmentsClient(transport).enrich([_WELDER]),
        "jobed": lambda transport: JobEdClient(transport).occupations_for_text("svetsning"),
        "susa": lambda transport: SusaClient(transport).infos(size=20),
        "planned_educations": lambda transport: PlannedEducationsClient(transport).search(text="svets"),
        "esco": lambda transport: EscoClient(transport).search(
            "svetsare", type="occupation", language=Language.SV
        ),
        "barometer": lambda transport: BarometerClient(transport).rows(),
        "scb": lambda transport: ScbClient(transport).pay(_NURSES),
    }
)
"""By the names of the fields of `Addresses`; each makes the client anew, and reads once."""


@dataclass(frozen=True, slots=True)
class FaultMode:
    """A mode of the stand-in and the errors that a caller may see; `NoneType` is a good answer."""

    mode: str
    seen: tuple[type[UpstreamError | None], ...]


FAULT_MODES = (
    FaultMode("slow:20", (UpstreamTimeout,)),
    FaultMode("drip:2", (UpstreamTimeout,)),
    FaultMode("flaky:2", (NoneType,)),
    FaultMode("429:60", (UpstreamUnavailable,)),
    FaultMode("500", (UpstreamUnavailable,)),
    FaultMode("503", (UpstreamUnavailable,)),
    FaultMode("reset", (UpstreamUnavailable,)),
    FaultMode("truncated", (UpstreamUnavailable,)),
    FaultMode("malformed", (UpstreamMalformed,)),
    FaultMode("html", (UpstreamMalformed,)),
    FaultMode("huge:24", (UpstreamMalformed,)),
    FaultMode("bomb:24", (UpstreamMalformed,)),
    # Only GraphQL has such answers; for the others it is an object without what was asked for.
    FaultMode("errors", (NoneType, UpstreamMalformed)),
)
