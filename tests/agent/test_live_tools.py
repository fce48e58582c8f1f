"""The tools that ask public sources, against the stand-in: what they say, cite, and do without."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import ToolCall, ToolMessage

from assistant.agent.citations import Evidence, authority_names
from assistant.agent.piece import Piece, PieceKind
from assistant.agent.results import (
    FoundAds,
    FoundEducations,
    FoundEsco,
    LiveResult,
    ReadText,
    ShownDemand,
    ShownPay,
)
from assistant.agent.tools import Toolbox
from assistant.agent.tools.live import reach_notes
from assistant.apis import barometer, enrichments, historical_ads, jobed, jobsearch, planned_educations, scb
from assistant.apis.clients import Clients
from assistant.domain.language import Language
from assistant.guidance.esco import SYSTEM as ESCO
from assistant.guidance.matching import Matcher
from assistant.guidance.reach import Reached
from assistant.guidance.statement import Statement, Voice
from assistant.prompts import load_texts
from assistant.retrieval.knowledge import Knowledge
from tests.guidance.cited import assert_held_by_its_source, is_shown
from tests.live import SOURCES, clients_at
from tests.standin.server import StandIn

SYSTEMS = (
    *(barometer.SERVICE, enrichments.SERVICE, historical_ads.SERVICE, jobed.SERVICE, jobsearch.SERVICE),
    *(planned_educations.SERVICE, scb.SERVICE, ESCO),
)
NOW = "2026-01-20T12:00:00+00:00"
OFF: Clients | None = None
# A made-up person.
CV = """Amira Exempel, 070-123 45 67, amira@example.com
2010-2015 Sjuksköterska på sjukhus i Homs, Syrien. Omvårdnad, dokumentation och läkemedelshantering.
2016-2018 Undersköterska på äldreboende i Malmö. Jag gav mat och personlig omvårdnad.
2019 Kock på restaurang, matlagning och kundservice i ett stort kök med många gäster varje dag.
Kompetenser: Excel, svetsning, projektledning, bokföring. Jag är noggrann, flexibel och självständig.
Språk: arabiska, svenska och engelska. Körkort B. Referenser: https://example.com/amira"""

Connect = Callable[..., Toolbox]


@pytest.fixture
def live(standin: StandIn, shared_dir: Path) -> StandIn:
    """The stand-in with its real data and a clean memory."""
    standin.reset()
    return standin


@pytest.fixture
async def connect(knowledge: Knowledge, standin: StandIn, tmp_path: Path) -> AsyncIterator[Connect]:
    """Tools that ask the stand-in, with faults by source."""
    async with AsyncExitStack() as opened:

        def connect(faults: Mapping[str, str] | None = None, **patience: float) -> Toolbox:
            clients = clients_at(standin, tmp_path, faults=faults, **patience)
            opened.push_async_callback(clients.aclose)
            return toolbox(knowledge, clients)

        yield connect


def toolbox(knowledge: Knowledge, clients: Clients | None) -> Toolbox:
    catalogue = knowledge.catalogue
    matcher = Matcher(catalogue.groups, catalogue.skills)
    return Toolbox(knowledge, load_texts(), matcher, clients, now=lambda: NOW)


@pytest.fixture
def group_id(knowledge: Knowledge) -> Callable[[str], str]:
    """The concept id of a group by its SSYK code."""

    def find(ssyk_code: str) -> str:
        group = knowledge.catalogue.group_by_ssyk(ssyk_code)
        assert group is not None
        return group.concept_id

    return find


async def call(box: Toolbox, name: str, **arguments: object) -> ToolMessage:
    tool = next(tool for tool in box.tools() if tool.name == name)
    message = await tool.ainvoke(ToolCall(name=name, args=arguments, id="1", type="tool_call"))
    assert isinstance(message, ToolMessage)
    return message


def cited(message: ToolMessage) -> list[Statement]:
    """The statements with a source; each is in the text for the model, and each source well formed."""
    result = message.artifact
    assert isinstance(result, LiveResult)
    said = [statement for statement in result.statements if statement.source]
    for statement in said:
        source = statement.source
        assert source is not None
        assert source in result.sources
        assert statement.text in message.content
        assert source.url.startswith("https://")
        assert source.url not in message.content, "a model must never see an address"
        assert source.title
        assert source.quote
        assert source.version
        # Our own pages were checked on a day of their own.
        assert source.retrieved_at == NOW or source.source_id.startswith("guide:")
    return said


@pytest.mark.shared
@pytest.mark.parametrize("language", list(Language))
async def test_ads_are_counted_in_the_place_and_shown(
    language: Language, connect: Connect, live: StandIn, group_id: Callable[[str], str]
) -> None:
    message = await call(
        connect(), "search_ads", concept_id=group_id("2221"), language=language, place="i stockholm"
    )
    result = message.artifact
    assert isinstance(result, FoundAds)
    assert result.where.place is not None
    assert result.where.place.name == "Stockholm"
    assert result.total is not None
    assert result.country_total is not None
    assert 0 < result.total < result.country_total
    assert 0 < len(result.ads) <= 3
    assert all(ad.municipality.name == "Stockholm" for ad in result.ads)
    assert not result.missing
    assert len(cited(message)) == 2 + len(result.ads)
    assert not any("historical" in path for path in live.requests)


@pytest.mark.shared
async def test_counties_and_years_only_when_they_are_asked_for(
    connect: Connect, live: StandIn, group_id: Callable[[str], str]
) -> None:
    message = await call(
        connect(), "search_ads", concept_id=group_id("2221"), language="sv", by_region=True, with_history=True
    )
    result = message.artifact
    assert isinstance(result, FoundAds)
    assert result.by_region
    assert [one.year for one in result.by_year] == [2021, 2022, 2023, 2024, 2025]
    statements = cited(message)
    assert {"JobSearch", "Historical ads"} <= {said.source.system for said in statements if said.source}


@pytest.mark.shared
async def test_a_place_that_nobody_knows_is_said_and_the_country_answers(
    connect: Connect, live: StandIn, group_id: Callable[[str], str]
) -> None:
    message = await call(
        connect(), "search_ads", concept_id=group_id("2221"), language="en", place="Xyzzyland"
    )
    assert "Xyzzyland" in message.artifact.statements[0].text
    assert message.artifact.total > 0
    assert message.artifact.where.is_unknown


@pytest.mark.shared
async def test_of_two_places_the_first_is_taken_and_the_choice_named(
    connect: Connect, live: StandIn, group_id: Callable[[str], str]
) -> None:
    message = await call(
        connect(), "show_demand", concept_id=group_id("2221"), language="sv", place="Lund eller Umeå"
    )
    first = message.artifact.statements[0].text
    assert "Lund" in first
    assert "Umeå" in first
    assert "Skåne län" in message.content


@pytest.mark.shared
@pytest.mark.parametrize("language", list(Language))
async def test_demand_is_told_for_county_and_country(
    language: Language, connect: Connect, live: StandIn, group_id: Callable[[str], str]
) -> None:
    message = await call(
        connect(), "show_demand", concept_id=group_id("2221"), language=language, place="in malmo"
    )
    result = message.artifact
    assert isinstance(result, ShownDemand)
    assert {outlook.county_code for outlook in result.county} == {"12"}
    assert {outlook.county_code for outlook in result.country} == {"00"}
    assert len(cited(message)) == len(result.county) + len(result.country)
    assert "2025-2" in message.content


@pytest.mark.shared
async def test_a_group_that_is_not_assessed_is_said_to_be(
    connect: Connect, live: StandIn, knowledge: Knowledge
) -> None:
    box = connect()
    clients = box.clients
    assert clients is not None
    assessed = {code for outlook in await clients.barometer.rows() for code in outlook.ssyk_codes}
    group = next(g for g in knowledge.catalogue.groups.values() if g.ssyk_code not in assessed)
    message = await call(box, "show_demand", concept_id=group.concept_id, language="en")
    assert not message.artifact.sources
    assert not message.artifact.missing
    assert group.name(Language.EN) in message.content


@pytest.mark.shared
@pytest.mark.parametrize("language", list(Language))
async def test_pay_is_told_with_its_year(
    language: Language, connect: Connect, live: StandIn, group_id: Callable[[str], str]
) -> None:
    message = await call(connect(), "show_pay", concept_id=group_id("2221"), language=language)
    result = message.artifact
    assert isinstance(result, ShownPay)
    assert result.pay is not None
    (said,) = cited(message)
    assert str(result.pay.year) in said.text
    assert f"{result.pay.mean:,}".replace(",", "\u00a0") in said.text


@pytest.mark.shared
@pytest.mark.parametrize("language", list(Language))
async def test_educations_for_an_occupation_come_nearest_first(
    language: Language, connect: Connect, live: StandIn, group_id: Callable[[str], str]
) -> None:
    message = await call(
        connect(), "search_educations", language=language, concept_id=group_id("5321"), place="i Malmö"
    )
    result = message.artifact
    assert isinstance(result, FoundEducations)
    assert 0 < len(result.educations) <= 5
    assert result.total >= len(result.educations)
    place = result.where.place
    nearness = [education.nearness(place) for education in result.educations]
    assert nearness[0] == min(nearness)
    assert not any(education.is_over(NOW[:10]) for education in result.educations)
    # Of the first it is also said who may apply, what it costs, and whether there is student aid.
    assert len(cited(message)) == len(result.educations) + 3


@pytest.mark.shared
async def test_words_that_no_education_has_lead_to_those_for_the_occupation(
    connect: Connect, live: StandIn
) -> None:
    message = await call(connect(), "search_educations", language="sv", query="svetsning")
    result = message.artifact
    assert isinstance(result, FoundEducations)
    assert result.group is not None
    assert result.group.ssyk_code == "7212"
    assert result.educations


@pytest.mark.shared
async def test_esco_is_searched_for_occupations_and_skills(connect: Connect, live: StandIn) -> None:
    message = await call(connect(), "search_esco", text="beekeeper", language="en")
    result = message.artifact
    assert isinstance(result, FoundEsco)
    assert result.occupations
    assert all(said.source and said.source.system.startswith("ESCO") for said in cited(message))
    nothing = await call(connect(), "search_esco", text="qqqqzzzz", language="en")
    assert not nothing.artifact.sources
    assert not nothing.artifact.missing


def works_in(read: ReadText) -> list[Piece]:
    return [piece for piece in read.pieces if piece.kind is PieceKind.EXPERIENCE]


def skills_in(read: ReadText) -> set[str]:
    return {piece.names.sv for piece in read.pieces if piece.kind is PieceKind.SKILL and piece.names}


@pytest.mark.shared
async def test_a_cv_is_read_by_the_service_and_its_terms_become_concepts(
    connect: Connect, live: StandIn, group_id: Callable[[str], str]
) -> None:
    message = await call(connect(), "read_long_text", text=CV, language="sv", may_send=True)
    result = message.artifact
    assert isinstance(result, ReadText)
    nurse = next(piece for piece in result.pieces if piece.kind is PieceKind.EXPERIENCE)
    assert nurse.concept_ids[0] == group_id("2221")
    assert not nurse.is_guess
    skills = skills_in(result)
    assert "MS Excel" in skills
    assert "Mattläggning" not in skills, "likeness of letters alone ties nothing"
    (said,) = cited(message)
    assert said.source is not None
    assert said.source.system == "JobAd Enrichments"
    assert re.search(r"sjuksköterska \(\d", said.source.quote, re.IGNORECASE), "how much ads ask for it"
    for personal in ("070", "example.com", "amira"):
        assert personal not in said.source.quote.lower()


@pytest.mark.shared
async def test_a_cv_is_not_sent_away_unless_the_person_has_agreed(connect: Connect, live: StandIn) -> None:
    message = await call(connect(), "read_long_text", text=CV, language="sv")
    assert works_in(message.artifact)
    assert not live.requests


@pytest.mark.shared
async def test_a_message_is_not_sent_away_as_a_long_text(connect: Connect, live: StandIn) -> None:
    message = await call(connect(), "read_long_text", text="Jag var kock i tre år.", language="sv")
    assert works_in(message.artifact)
    assert not live.requests


CALLS: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
    ("search_ads", {"ssyk": "2221", "place": "Malmö", "by_region": True}, ("jobsearch",)),
    ("search_educations", {"ssyk": "5321"}, ("jobed", "planned_educations")),
    ("show_demand", {"ssyk": "2221"}, ("barometer",)),
    ("show_pay", {"ssyk": "2221"}, ("scb",)),
    ("search_esco", {"text": "biodlare"}, ("esco",)),
    ("read_long_text", {"text": CV, "may_send": True}, ("enrichments",)),
)


def arguments_of(given: dict[str, Any], group_id: Callable[[str], str]) -> dict[str, Any]:
    rest = {name: value for name, value in given.items() if name != "ssyk"}
    return {"language": "sv", **rest, **({"concept_id": group_id(given["ssyk"])} if "ssyk" in given else {})}


@pytest.mark.shared
@pytest.mark.parametrize(("name", "given", "asked"), CALLS, ids=[name for name, _, _ in CALLS])
async def test_every_figure_is_held_by_its_source(
    name: str,
    given: dict[str, Any],
    asked: tuple[str, ...],
    connect: Connect,
    live: StandIn,
    group_id: Callable[[str], str],
) -> None:
    message = await call(connect(), name, **arguments_of(given, group_id))
    statements = cited(message)
    assert statements
    for statement in statements:
        assert_held_by_its_source(statement)


@dataclass(frozen=True)
class Fault:
    id: str
    mode: str


FAULTS = (
    Fault("too many requests", "429:60"),
    Fault("unavailable", "503"),
    Fault("slow", "slow:5"),
    Fault("malformed", "malformed"),
    Fault("a page", "html"),
    Fault("reset", "reset"),
)


@pytest.mark.shared
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
@pytest.mark.parametrize(("name", "given", "asked"), CALLS, ids=[name for name, _, _ in CALLS])
async def test_what_cannot_be_reached_is_said_and_nothing_breaks(
    name: str,
    given: dict[str, Any],
    asked: tuple[str, ...],
    fault: Fault,
    connect: Connect,
    live: StandIn,
    group_id: Callable[[str], str],
    knowledge: Knowledge,
) -> None:
    box = connect(dict.fromkeys(SOURCES, fault.mode), timeout_s=0.2, deadline_s=0.4)
    message = await call(box, name, **arguments_of(given, group_id))
    assert message.status == "success"
    result = message.artifact
    assert len(result.missing) == len(asked)
    # What a CV was linked to comes out of the index, whoever answers.
    assert {source.system for source in result.sources} <= {"JobTech Taxonomy"}
    for system in result.missing:
        assert f"{system} could not be reached. Do not retry" in message.content
    # What is said of it must pass the citation check without a source.
    names = authority_names(guide.authority for guide in knowledge.catalogue.guides.values())
    said = " ".join(statement.text for statement in result.statements).lower()
    assert said
    assert not any(authority in said.split() for authority in names)


@pytest.mark.shared
async def test_when_one_source_is_down_the_rest_goes_on(
    connect: Connect, live: StandIn, group_id: Callable[[str], str]
) -> None:
    box = connect({"jobed": "503"})
    message = await call(box, "search_educations", language="sv", concept_id=group_id("5321"))
    result = message.artifact
    assert result.missing == ("JobEd Connect",)
    assert result.educations
    assert {education.system for education in result.educations} == {"Planned Educations"}
    assert len(cited(message)) > len(result.educations)


@pytest.mark.shared
async def test_a_long_text_is_read_by_the_linker_when_the_service_is_down(
    connect: Connect, live: StandIn
) -> None:
    box = connect({"enrichments": "503"})
    message = await call(box, "read_long_text", text=CV, language="sv", may_send=True)
    result = message.artifact
    assert result.missing == ("JobAd Enrichments",)
    assert all(said.source and said.source.system != "JobAd Enrichments" for said in cited(message))
    assert works_in(result)
    assert "Omvårdnad" in skills_in(result)


async def test_sources_that_time_out_are_asked_once_and_then_left_alone(
    connect: Connect, standin: StandIn, group_id: Callable[[str], str]
) -> None:
    standin.reset()
    # Time for two attempts, as the settings' own patience gives.
    box = connect(dict.fromkeys(SOURCES, "slow:5"), timeout_s=0.2, deadline_s=1.0)
    for name, given, asked in CALLS:
        first = await call(box, name, **arguments_of(given, group_id))
        assert len(first.artifact.missing) == len(asked)
    assert standin.requests.total() > 0
    standin.reset()
    for name, given, asked in CALLS:
        second = await call(box, name, **arguments_of(given, group_id))
        assert len(second.artifact.missing) == len(asked)
    assert standin.requests.total() == 0


@pytest.mark.parametrize("language", list(Language))
def test_what_is_missing_or_old_is_said_without_figures_or_names_that_need_a_source(
    language: Language, knowledge: Knowledge
) -> None:
    voice = Voice(load_texts(), language, NOW)
    names = authority_names(guide.authority for guide in knowledge.catalogue.guides.values())
    for system in SYSTEMS:
        gone: Reached[object] = Reached(system, None, is_missing=True)
        old: Reached[object] = Reached(system, 1, stale_since="2026-01-19T12:00:00+00:00")
        notes = reach_notes(voice, gone, old, None)
        assert len(notes) == 2
        for note in notes:
            assert note.source is None
            assert is_shown(note.text, Evidence.of((), (), names)), note.text


@pytest.mark.parametrize(("name", "given", "asked"), CALLS, ids=[name for name, _, _ in CALLS])
async def test_without_live_sources_the_tools_say_so(
    name: str,
    given: dict[str, Any],
    asked: tuple[str, ...],
    knowledge: Knowledge,
    group_id: Callable[[str], str],
) -> None:
    message = await call(toolbox(knowledge, OFF), name, **arguments_of(given, group_id))
    assert message.status == "success"
    assert message.artifact.is_live is False
    assert message.artifact.missing == ()
    assert message.content


MISTAKES: tuple[tuple[str, dict[str, object], str], ...] = (
    ("search_ads", {"concept_id": "AAAA_aaa_aaa", "language": "sv"}, "find_occupations"),
    ("show_demand", {"concept_id": "", "language": "sv"}, "find_occupations"),
    ("show_pay", {"concept_id": "x", "language": "sv"}, "find_occupations"),
    ("search_educations", {"language": "sv"}, "query"),
    ("search_educations", {"language": "sv", "query": "   "}, "query"),
    ("read_long_text", {"text": " \n ", "language": "sv"}, "no text"),
    ("show_pay", {"concept_id": "x", "language": "klingon"}, "language"),
)


@pytest.mark.parametrize(("name", "arguments", "told"), MISTAKES)
async def test_a_mistake_is_told_so_that_it_can_be_mended(
    name: str, arguments: dict[str, object], told: str, knowledge: Knowledge
) -> None:
    message = await call(toolbox(knowledge, OFF), name, **arguments)
    assert message.status == "error"
    assert told in message.content
