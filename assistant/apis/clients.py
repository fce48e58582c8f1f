"""The clients of all public sources, as the product holds them."""

import asyncio
from dataclasses import dataclass

from assistant.apis.barometer import BarometerClient
from assistant.apis.enrichments import EnrichmentsClient
from assistant.apis.esco import EscoClient
from assistant.apis.historical_ads import HistoricalAdsClient
from assistant.apis.jobed import JobEdClient
from assistant.apis.jobsearch import JobSearchClient
from assistant.apis.planned_educations import PlannedEducationsClient
from assistant.apis.scb import ScbClient
from assistant.apis.taxonomy import TaxonomyClient
from assistant.apis.transport import Transport


@dataclass(frozen=True, slots=True)
class Clients:
    """One client a source that a conversation asks, and the transports beneath them.

    Susa-navet has no search: the ingest alone reads it, in bulk.
    """

    taxonomy: TaxonomyClient
    jobsearch: JobSearchClient
    historical_ads: HistoricalAdsClient
    enrichments: EnrichmentsClient
    jobed: JobEdClient
    planned_educations: PlannedEducationsClient
    esco: EscoClient
    barometer: BarometerClient
    scb: ScbClient
    transports: tuple[Transport, ...] = ()

    async def aclose(self) -> None:
        """Close the connections of all of them."""
        await asyncio.gather(*(transport.aclose() for transport in self.transports))
