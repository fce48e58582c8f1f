from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from assistant.apis.taxonomy import ConceptRef, TaxonomyClient
from assistant.apis.transport import Transport, TransportPolicy
from assistant.errors import ConceptNotFound, UpstreamError, UpstreamMalformed, UpstreamUnavailable
from tests.apis.conftest import Connect
from tests.live import clients_at
from tests.standin.server import StandIn
from tests.standin.taxonomy.invented import DEPRECATED_ID, REPLACEMENT_ID

GRAPHQL = "/taxonomy/v1/taxonomy/graphql"
IT_OPERATIONS_GROUP = "13md_uyV_BNG"
GONE_SINCE_V30 = "2uZ6_mbA_Zo5"
UNKNOWN_ID = "AAAA_aaa_aaa"
NEWEST = "30"

pytestmark = pytest.mark.shared


@pytest.fixture
def taxonomy(taxonomy_standin: StandIn, service: StandIn, connect: Connect) -> TaxonomyClient:
    return TaxonomyClient(connect(service.url()))


async def test_a_concept_comes_with_its_definition_code_and_version(taxonomy: TaxonomyClient) -> None:
    concept = await taxonomy.concept(IT_OPERATIONS_GROUP)
    assert (concept.concept_id, concept.type) == (IT_OPERATIONS_GROUP, "ssyk-level-4")
    assert concept.preferred_label == "Drifttekniker, IT"
    assert concept.definition.startswith("Sköter daglig drift av informations- och kommunikationssystem")
    assert concept.ssyk_code == "3511"
    assert not concept.deprecated
    assert concept.version == NEWEST


async def test_what_the_taxonomy_leaves_out_is_empty(taxonomy: TaxonomyClient) -> None:
    concept = await taxonomy.concept(REPLACEMENT_ID)
    assert concept.preferred_label == "Skolvärd"
    assert (concept.definition, concept.ssyk_code, concept.replaced_by) == ("", "", ())


async def test_an_unknown_id_is_not_found(taxonomy: TaxonomyClient) -> None:
    with pytest.raises(ConceptNotFound) as caught:
        await taxonomy.concept(UNKNOWN_ID)
    assert caught.value.concept_id == UNKNOWN_ID


ILL_FORMED = ("", "svetsare", 'AAAA_aaa_aaa"', f"{UNKNOWN_ID}\n", "ÅÄÖå_äöå_äöå", '"]) { id } } #')


@pytest.mark.parametrize("concept_id", ILL_FORMED)
async def test_what_is_no_id_is_never_sent(
    concept_id: str, taxonomy: TaxonomyClient, service: StandIn
) -> None:
    with pytest.raises(ConceptNotFound):
        await taxonomy.concept(concept_id)
    assert service.calls == ()


async def test_a_deprecated_concept_names_its_replacement(taxonomy: TaxonomyClient) -> None:
    concept = await taxonomy.concept(DEPRECATED_ID)
    assert concept.deprecated
    assert concept.replaced_by == (ConceptRef(REPLACEMENT_ID, "occupation-name", "Skolvärd"),)


async def test_a_deprecated_concept_may_have_no_replacement(taxonomy: TaxonomyClient) -> None:
    concept = await taxonomy.concept(GONE_SINCE_V30)
    assert concept.preferred_label == "Besiktningsingenjör, försäkring"
    assert concept.deprecated
    assert concept.replaced_by == ()


@dataclass
class Clock:
    now: float = field(default=0.0)

    def __call__(self) -> float:
        return self.now


async def test_the_version_is_asked_for_once_an_hour(
    taxonomy_standin: StandIn, service: StandIn, connect: Connect
) -> None:
    clock = Clock()
    taxonomy = TaxonomyClient(connect(service.url()), clock=clock)
    assert await taxonomy.version() == NEWEST
    clock.now = 3599
    assert await taxonomy.version() == NEWEST
    assert service.requests[GRAPHQL] == 1
    clock.now = 3600
    assert await taxonomy.version() == NEWEST
    assert service.requests[GRAPHQL] == 2


async def test_autocomplete_finds_words_within_labels(taxonomy: TaxonomyClient) -> None:
    found = await taxonomy.autocomplete("svetsn", type="skill")
    labels = {ref.preferred_label for ref in found}
    assert {"TIG-svetsning", "Mekaniserad svetsning", "Svetsning och lödning, VVS"} <= labels
    assert {ref.type for ref in found} == {"skill"}


async def test_autocomplete_gives_no_more_than_wanted(taxonomy: TaxonomyClient) -> None:
    assert len(await taxonomy.autocomplete("svetsn", type="skill", limit=2)) == 2


@pytest.mark.parametrize("text", ["qqqq", "Besiktningsingenjör, försäkring"], ids=["nothing", "deprecated"])
async def test_autocomplete_may_find_nothing(text: str, taxonomy: TaxonomyClient) -> None:
    assert await taxonomy.autocomplete(text, type="occupation-name") == ()


@dataclass(frozen=True)
class FaultCase:
    id: str
    mode: str
    error: type[UpstreamError]


FAULTS = (
    FaultCase("unavailable", "503", UpstreamUnavailable),
    FaultCase("cut short", "malformed", UpstreamMalformed),
    FaultCase("a page instead of data", "html", UpstreamMalformed),
    FaultCase("errors instead of data", "errors", UpstreamMalformed),
)


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.id)
async def test_faults_reach_the_caller_as_typed_errors(
    case: FaultCase, service: StandIn, connect: Connect
) -> None:
    taxonomy = TaxonomyClient(connect(service.fault_url(case.mode), attempts=1, breaker_failures=9))
    with pytest.raises(case.error):
        await taxonomy.concept(IT_OPERATIONS_GROUP)
    with pytest.raises(case.error):
        await taxonomy.autocomplete("svets", type="skill")


async def test_a_service_that_fails_for_a_moment_still_gives_the_concept(
    taxonomy_standin: StandIn, service: StandIn, connect: Connect
) -> None:
    taxonomy = TaxonomyClient(connect(service.fault_url("flaky:2")))
    assert (await taxonomy.concept(IT_OPERATIONS_GROUP)).ssyk_code == "3511"


@dataclass(frozen=True)
class ShapeCase:
    id: str
    body: object
    call: Callable[[TaxonomyClient], Awaitable[object]]


def complete(taxonomy: TaxonomyClient) -> Awaitable[object]:
    return taxonomy.autocomplete("svets", type="skill")


UNREADABLE = (
    ShapeCase("a list", [], TaxonomyClient.version),
    ShapeCase("null data", {"data": None}, TaxonomyClient.version),
    ShapeCase("no versions", {"data": {"versions": []}}, TaxonomyClient.version),
    ShapeCase("no id", {"data": {"versions": [{}]}}, TaxonomyClient.version),
    ShapeCase("error for rows", {"taxonomy/error": ""}, complete),
    ShapeCase("row of nulls", [{"taxonomy/id": None}], complete),
)


@pytest.mark.parametrize("case", UNREADABLE, ids=lambda case: case.id)
async def test_an_answer_of_another_shape_is_malformed(case: ShapeCase) -> None:
    async def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=case.body)

    http = httpx.MockTransport(answer)
    taxonomy = TaxonomyClient(Transport("made up", "http://localhost", TransportPolicy(), http=http))
    with pytest.raises(UpstreamMalformed):
        await case.call(taxonomy)
    await taxonomy.aclose()


@pytest.mark.shared
async def test_the_occupations_of_a_group_come_by_label(taxonomy_standin: StandIn, tmp_path: Path) -> None:
    clients = clients_at(taxonomy_standin, tmp_path)
    names = await clients.taxonomy.occupation_names("wQ1E_Bzk_ZyA")
    labels = [name.preferred_label for name in names]
    assert "Svetsare" in labels
    assert labels == sorted(labels)
    assert all(name.type == "occupation-name" for name in names)
    with pytest.raises(ConceptNotFound):
        await clients.taxonomy.occupation_names('"]) { id }')
    await clients.aclose()
