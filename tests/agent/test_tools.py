"""The tools as a model meets them, and what they cite."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from langchain_core.messages import ToolCall, ToolMessage

from assistant.agent.results import (
    AssessedOccupation,
    FoundOccupations,
    GuideAnswers,
    ListedSkills,
    OccupationFacts,
    SuggestedPaths,
)
from assistant.agent.tools import Toolbox
from assistant.apis.clients import Clients
from assistant.apis.taxonomy import TaxonomyClient, concept_address
from assistant.apis.transport import Transport, TransportPolicy
from assistant.domain.concept import OccupationGroup
from assistant.domain.source import Source
from assistant.guidance.matching import Matcher
from assistant.prompts import load_texts
from assistant.retrieval.knowledge import Knowledge
from tests.live import clients_at
from tests.standin.server import StandIn
from tests.standin.taxonomy.invented import REPLACEMENT_ID

NOW = "2026-11-21T12:00:00+00:00"
TAXONOMY = "JobTech Taxonomy"
NOT_REACHED = "could not be reached"

Connect = Callable[[str], Toolbox]


@pytest.fixture
def offline(knowledge: Knowledge) -> Toolbox:
    """The tools without any public API."""
    return toolbox(knowledge, None)


@pytest.fixture
async def clients(standin: StandIn, tmp_path: Path) -> AsyncIterator[Clients]:
    """Clients of the stand-in; none of the interview's tools asks another than the taxonomy."""
    made = clients_at(standin, tmp_path)
    yield made
    await made.aclose()


@pytest.fixture
async def connect(knowledge: Knowledge, clients: Clients) -> AsyncIterator[Connect]:
    """Tools that ask the taxonomy at an address, briefly and once."""
    async with AsyncExitStack() as opened:

        def connect(url: str) -> Toolbox:
            policy = TransportPolicy(timeout_s=0.3, deadline_s=0.6, attempts=1)
            taxonomy = TaxonomyClient(Transport("stand-in", url, policy))
            opened.push_async_callback(taxonomy.aclose)
            return toolbox(knowledge, replace(clients, taxonomy=taxonomy))

        yield connect


def toolbox(knowledge: Knowledge, clients: Clients | None) -> Toolbox:
    catalogue = knowledge.catalogue
    matcher = Matcher(catalogue.groups, catalogue.skills)
    return Toolbox(knowledge, load_texts(), matcher, clients, now=lambda: NOW)


@pytest.fixture
def nurse(knowledge: Knowledge) -> OccupationGroup:
    return next(group for group in knowledge.catalogue.groups.values() if group.ssyk_code == "2221")


async def call(box: Toolbox, name: str, **arguments: object) -> ToolMessage:
    """Call a tool as the agent does."""
    tool = next(tool for tool in box.tools() if tool.name == name)
    message = await tool.ainvoke(ToolCall(name=name, args=arguments, id="1", type="tool_call"))
    assert isinstance(message, ToolMessage)
    return message


def source_of(message: ToolMessage, system: str) -> Source:
    sources: tuple[Source, ...] = message.artifact.sources
    return next(source for source in sources if source.system == system)


def test_every_tool_and_argument_is_described(offline: Toolbox) -> None:
    tools = offline.tools()
    assert len({tool.name for tool in tools}) == len(tools) >= 8
    for tool in tools:
        assert len(tool.description.split()) > 5, tool.name
        assert tool.args, tool.name
        for name, schema in tool.args.items():
            assert schema.get("description"), f"{tool.name}: {name}"


async def test_without_apis_the_copy_of_the_index_is_cited(offline: Toolbox, nurse: OccupationGroup) -> None:
    message = await call(offline, "look_up_occupation", concept_id=nurse.concept_id, language="sv")
    assert NOT_REACHED in message.content
    assert isinstance(message.artifact, OccupationFacts)
    assert not message.artifact.confirmed_live
    record = source_of(message, TAXONOMY)
    assert record.url == concept_address(nurse.concept_id)
    built_from = next(s for s in offline.knowledge.manifest.sources if s.system == TAXONOMY)
    assert (record.version, record.retrieved_at) == (built_from.version, built_from.retrieved_at)


@pytest.mark.shared
async def test_the_live_taxonomy_confirms_a_concept(
    connect: Connect, taxonomy_standin: StandIn, nurse: OccupationGroup
) -> None:
    box = connect(taxonomy_standin.url())
    message = await call(box, "look_up_occupation", concept_id=nurse.concept_id, language="sv")
    assert message.artifact.confirmed_live
    assert NOT_REACHED not in message.content
    record = source_of(message, TAXONOMY)
    assert record.title == nurse.preferred_label.sv
    assert (record.version, record.retrieved_at) == ("30", NOW)
    assert record.url == concept_address(nurse.concept_id)
    assert record.token in message.content


async def test_a_concept_that_was_replaced_is_said_to_be(
    knowledge: Knowledge, clients: Clients, nurse: OccupationGroup
) -> None:
    # The taxonomy has retired no group of the index so far.
    retired = {
        "id": nurse.concept_id,
        "type": "ssyk-level-4",
        "preferred_label": nurse.preferred_label.sv,
        "deprecated": True,
        "replaced_by": [{"id": REPLACEMENT_ID, "type": "ssyk-level-4", "preferred_label": "New"}],
    }

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"data": {"concepts": [retired], "versions": [{"id": 31}]}})

    transport = Transport("made up", "http://localhost", TransportPolicy(), http=httpx.MockTransport(answer))
    taxonomy = TaxonomyClient(transport)
    message = await call(
        toolbox(knowledge, replace(clients, taxonomy=taxonomy)),
        "look_up_occupation",
        concept_id=nurse.concept_id,
        language="sv",
    )
    await taxonomy.aclose()
    assert message.artifact.replaced_by == REPLACEMENT_ID
    assert REPLACEMENT_ID in message.content


async def test_a_retired_group_leads_to_the_one_in_its_place(
    knowledge: Knowledge, clients: Clients, nurse: OccupationGroup
) -> None:
    heir = knowledge.catalogue.group_by_ssyk("2222")
    assert heir is not None

    def answer(request: httpx.Request) -> httpx.Response:
        retired = nurse.concept_id in request.url.params["query"]
        group = nurse if retired else heir
        reference = {
            "id": heir.concept_id,
            "type": "ssyk-level-4",
            "preferred_label": heir.preferred_label.sv,
        }
        concept = {
            "id": group.concept_id,
            "type": "ssyk-level-4",
            "preferred_label": group.preferred_label.sv,
            "deprecated": retired,
            "replaced_by": [reference] if retired else [],
        }
        return httpx.Response(200, json={"data": {"concepts": [concept], "versions": [{"id": 31}]}})

    transport = Transport("made up", "http://localhost", TransportPolicy(), http=httpx.MockTransport(answer))
    taxonomy = TaxonomyClient(transport)
    message = await call(
        toolbox(knowledge, replace(clients, taxonomy=taxonomy)),
        "look_up_occupation",
        concept_id=nurse.concept_id,
        language="sv",
    )
    await taxonomy.aclose()
    assert message.artifact.group == heir
    assert source_of(message, TAXONOMY).url == concept_address(heir.concept_id)


@dataclass(frozen=True)
class FaultCase:
    id: str
    mode: str


FAULTS = (
    FaultCase("too many requests", "429:1"),
    FaultCase("unavailable", "503"),
    FaultCase("slow", "slow:2"),
    FaultCase("malformed", "malformed"),
    FaultCase("a page", "html"),
    FaultCase("errors", "errors"),
)


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.id)
async def test_when_the_taxonomy_fails_the_copy_is_used_and_says_so(
    case: FaultCase, connect: Connect, standin: StandIn, nurse: OccupationGroup
) -> None:
    box = connect(standin.fault_url(case.mode))
    message = await call(box, "look_up_occupation", concept_id=nurse.concept_id, language="en")
    assert message.status == "success"
    assert NOT_REACHED in message.content
    assert not message.artifact.confirmed_live
    assert source_of(message, TAXONOMY).retrieved_at != NOW


async def test_all_sources_have_what_a_reader_needs_to_check_them(
    offline: Toolbox, nurse: OccupationGroup
) -> None:
    profile = {"experiences": [{"title": "nurse", "concept_id": nurse.concept_id, "years": 5}]}
    messages = [
        await call(offline, "look_up_occupation", concept_id=nurse.concept_id, language="en"),
        await call(offline, "list_skills", concept_id=nurse.concept_id),
        await call(offline, "search_guides", question="is my diploma valid in Sweden", language="en"),
        await call(offline, "suggest_paths", profile=profile, language="en", wish="same work"),
        await call(offline, "assess_occupation", concept_id=nurse.concept_id, profile=profile, language="en"),
    ]
    for message in messages:
        assert message.artifact.sources
        for source in message.artifact.sources:
            assert source.url.startswith("https://")
            assert source.title
            assert source.quote
            assert source.version
            assert source.retrieved_at[:3] == "202"
            assert source.url not in message.content, "a model must never see an address"
            assert "http" not in message.content


async def test_each_tool_brings_its_kind_of_result(offline: Toolbox, nurse: OccupationGroup) -> None:
    profile = {"experiences": [{"title": "nurse", "concept_id": nurse.concept_id, "years": 5}]}
    found = await call(offline, "find_occupations", text="I was a nurse for 5 years in Iran")
    assert isinstance(found.artifact, FoundOccupations)
    assert found.artifact.mentions[0].concepts[0].ssyk_code == "2221"
    assert nurse.concept_id in found.content
    skills = await call(offline, "list_skills", concept_id=nurse.concept_id, described="I gave medicine")
    assert isinstance(skills.artifact, ListedSkills)
    guides = await call(offline, "search_guides", question="vad är sfi", language="sv")
    assert isinstance(guides.artifact, GuideAnswers)
    paths = await call(offline, "suggest_paths", profile=profile, language="sv")
    assert isinstance(paths.artifact, SuggestedPaths)
    assert len(paths.artifact.cards) >= 3
    assessed = await call(
        offline, "assess_occupation", concept_id=nurse.concept_id, profile=profile, language="sv"
    )
    assert isinstance(assessed.artifact, AssessedOccupation)


async def test_nothing_found_is_said_plainly(offline: Toolbox) -> None:
    found = await call(offline, "find_occupations", text="my number is")
    assert found.artifact.mentions == ()
    assert "No work was found" in found.content


UNKNOWN = {"experiences": [{"title": "x", "concept_id": "AAAA_aaa_aaa"}]}
MISTAKES: tuple[tuple[str, dict[str, object], str], ...] = (
    ("look_up_occupation", {"concept_id": "AAAA_aaa_aaa", "language": "sv"}, "find_occupations"),
    ("list_skills", {"concept_id": ""}, "find_occupations"),
    ("note_progress", {"profile": UNKNOWN, "phase": "skills"}, "AAAA_aaa_aaa"),
    ("suggest_paths", {"profile": UNKNOWN, "language": "sv"}, "AAAA_aaa_aaa"),
    ("note_progress", {"profile": {}, "phase": "lunch"}, "phase"),
    ("note_progress", {"profile": {"experiences": [{"years": -1}]}, "phase": "skills"}, "years"),
    ("search_guides", {"language": "sv"}, "question"),
    ("offer_choices", {"choices": "yes"}, "choices"),
)


@pytest.mark.parametrize(("name", "arguments", "told"), MISTAKES)
async def test_a_mistake_is_told_so_that_it_can_be_mended(
    name: str, arguments: dict[str, object], told: str, offline: Toolbox
) -> None:
    message = await call(offline, name, **arguments)
    assert message.status == "error"
    assert told in message.content
    assert "Traceback" not in message.content
