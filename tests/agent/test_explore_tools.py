"""The occupation page, the comparison and the search among occupations, with the stand-in and without it."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import ToolCall, ToolMessage

from assistant.agent.citations import Evidence, authority_names
from assistant.agent.results import ComparedOccupations, ExploredOccupations, LiveResult, ShownOccupation
from assistant.agent.tools import Toolbox
from assistant.apis import barometer, jobsearch, scb
from assistant.apis.clients import Clients
from assistant.domain.cards import Fact
from assistant.domain.language import Language
from assistant.guidance.matching import Matcher
from assistant.prompts import load_texts
from assistant.retrieval.knowledge import Knowledge
from tests.guidance.cited import is_shown
from tests.live import SOURCES, clients_at
from tests.standin.server import StandIn

NOW = "2026-01-20T12:00:00+00:00"
TOOLS = ("show_occupation", "compare_occupations", "explore_occupations")
ASSISTANT_NURSE, CHILDCARE, PROGRAMMER, COOK = "5321", "5311", "2512", "5120"

Connect = Callable[..., Toolbox]
GroupId = Callable[[str], str]


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


@pytest.fixture
def offline(knowledge: Knowledge) -> Toolbox:
    return toolbox(knowledge, None)


@pytest.fixture
def group_id(knowledge: Knowledge) -> GroupId:
    def find(ssyk_code: str) -> str:
        group = knowledge.catalogue.group_by_ssyk(ssyk_code)
        assert group is not None
        return group.concept_id

    return find


def toolbox(knowledge: Knowledge, clients: Clients | None) -> Toolbox:
    catalogue = knowledge.catalogue
    matcher = Matcher(catalogue.groups, catalogue.skills)
    return Toolbox(knowledge, load_texts(), matcher, clients, now=lambda: NOW)


async def call(box: Toolbox, name: str, **arguments: object) -> ToolMessage:
    tool = next(tool for tool in box.tools() if tool.name == name)
    message = await tool.ainvoke(ToolCall(name=name, args=arguments, id="1", type="tool_call"))
    assert isinstance(message, ToolMessage)
    return message


def worked_as(concept_id: str, **more: object) -> dict[str, Any]:
    return {"experiences": [{"title": "x", "concept_id": concept_id, "years": 4}], **more}


def texts_of(result: LiveResult) -> list[str]:
    """Everything that a result lets people read."""
    said = [statement.text for statement in result.statements]
    if isinstance(result, ShownOccupation) and result.card:
        said += [fact.text for fact in result.card.facts]
    if isinstance(result, ComparedOccupations) and result.card:
        said += [cell for row in result.card.rows for cell in row.cells]
    if isinstance(result, ExploredOccupations):
        said += [text for card in result.cards for text in (card.why, card.gap, card.how) if text]
    return said


def assert_grounded(message: ToolMessage, knowledge: Knowledge) -> None:
    """All that is said passes the citation check, and no address is in the text for a model."""
    result = message.artifact
    assert isinstance(result, LiveResult)
    names = authority_names(guide.authority for guide in knowledge.catalogue.guides.values())
    known = Evidence.of(result.sources, (), names)
    for text in texts_of(result):
        assert is_shown(text, known), text
    assert all(source.url.startswith("https://") for source in result.sources)
    assert not any(source.url in message.content for source in result.sources)


def asked_of(live: StandIn, service: str) -> int:
    return sum(count for path, count in live.requests.items() if service in path)


def facts_of(result: ShownOccupation) -> dict[str, Fact]:
    assert result.card is not None
    return {fact.key: fact for fact in result.card.facts}


def rows_of(result: ComparedOccupations) -> dict[str, tuple[str, ...]]:
    assert result.card is not None
    return {row.key: row.cells for row in result.card.rows}


@pytest.mark.shared
@pytest.mark.parametrize("language", list(Language))
async def test_a_page_tells_all_that_is_known_of_an_occupation(
    language: Language, connect: Connect, live: StandIn, group_id: GroupId, knowledge: Knowledge
) -> None:
    message = await call(
        connect(),
        "show_occupation",
        concept_id=group_id(PROGRAMMER),
        language=language,
        profile=worked_as(group_id(PROGRAMMER)),
        place="Stockholm",
    )
    result = message.artifact
    assert_grounded(message, knowledge)
    assert not result.missing
    facts, card = facts_of(result), result.card
    assert list(facts)[:7] == ["tasks", "far", "demand", "pay", "ads", "education", "decides"]
    assert {"languages", "related"} <= facts.keys()
    assert "Stockholms län" in facts["demand"].text
    assert "2025-2" in facts["demand"].text
    # How many in the place, how many in the country, three of them.
    assert len(facts["ads"].text.split("\n")) == 5
    assert card.path.concept_id == group_id(PROGRAMMER)
    assert str(card.pay.year) in facts["pay"].text
    assert card.pay.p10 < card.pay.mean < card.pay.p90
    assert [card.outlook[0].county_code, len(card.outlook)] == ["00", 22]
    assert any(county.opportunities for county in card.outlook[1:])
    assert set(card.source_ids) == {source.source_id for source in result.sources}
    assert all(concept_id in knowledge.catalogue.groups for concept_id, _ in card.related)


@pytest.mark.shared
async def test_everything_about_an_occupation_is_asked_for_at_once_and_little(
    connect: Connect, live: StandIn, group_id: GroupId
) -> None:
    await call(connect(), "show_occupation", concept_id=group_id(PROGRAMMER), language="sv", place="Lund")
    # Ads of the place and of the country, and three counts.
    assert asked_of(live, "jobsearch") == 5
    assert asked_of(live, "barometer") == 1


@pytest.mark.shared
async def test_figures_that_are_not_published_are_said_to_be_missing(
    connect: Connect, live: StandIn, group_id: GroupId
) -> None:
    message = await call(
        connect(), "show_occupation", concept_id=group_id(ASSISTANT_NURSE), language="sv", place="Lund"
    )
    facts = facts_of(message.artifact)
    assert message.artifact.card.pay is None
    assert "Det finns ingen publicerad lönestatistik" in facts["pay"].text
    assert "varken i Lund eller i resten av Sverige" in facts["ads"].text
    assert "languages" not in facts, "without ads nothing is known of their languages"
    assert not message.artifact.missing


@pytest.mark.shared
async def test_a_place_that_nobody_knows_is_said_and_the_country_answers(
    connect: Connect, live: StandIn, group_id: GroupId
) -> None:
    for name, given in (
        ("show_occupation", {"concept_id": group_id(CHILDCARE)}),
        ("compare_occupations", {"concept_ids": [group_id(CHILDCARE), group_id(COOK)]}),
    ):
        message = await call(connect(), name, language="en", place="Xyzzyland", **given)
        assert "Xyzzyland" in message.artifact.statements[0].text
        assert "all of Sweden" in message.content


def every_call(group_id: GroupId) -> tuple[tuple[str, dict[str, Any]], ...]:
    nurse, childcare = group_id(ASSISTANT_NURSE), group_id(CHILDCARE)
    profile = worked_as(childcare, licences=["B"])
    return (
        ("show_occupation", {"concept_id": nurse, "profile": profile, "place": "Malmö"}),
        ("compare_occupations", {"concept_ids": [nurse, childcare], "profile": profile, "place": "Malmö"}),
        ("explore_occupations", {"profile": profile, "little_swedish": True, "place": "Malmö"}),
        ("explore_occupations", {"profile": {}, "most_jobs": True, "place": "Malmö"}),
    )


@dataclass(frozen=True)
class Fault:
    id: str
    mode: str


FAULTS = (Fault("unavailable", "503"), Fault("slow", "slow:5"), Fault("malformed", "malformed"))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.id)
async def test_what_cannot_be_reached_is_said_and_the_rest_stands(
    fault: Fault, connect: Connect, group_id: GroupId, knowledge: Knowledge, live: StandIn
) -> None:
    box = connect(dict.fromkeys(SOURCES, fault.mode), timeout_s=0.2, deadline_s=0.4)
    for name, given in every_call(group_id):
        message = await call(box, name, language="sv", **given)
        assert message.status == "success"
        assert_grounded(message, knowledge)
        asked = (
            {jobsearch.SERVICE} if name == TOOLS[2] else {jobsearch.SERVICE, barometer.SERVICE, scb.SERVICE}
        )
        assert set(message.artifact.missing) == asked
        assert "kunde jag inte hämta" in message.artifact.statements[-1].text
        if isinstance(message.artifact, ShownOccupation):
            assert not facts_of(message.artifact).keys() & {"pay", "demand", "ads", "languages"}
            assert {"tasks", "far", "education", "decides"} <= facts_of(message.artifact).keys()
            assert message.artifact.card is not None
            assert (message.artifact.card.pay, message.artifact.card.outlook) == (None, ())


@pytest.mark.parametrize("language", list(Language))
async def test_without_public_sources_the_index_answers(
    language: Language, offline: Toolbox, group_id: GroupId, knowledge: Knowledge
) -> None:
    for name, given in every_call(group_id):
        message = await call(offline, name, language=language, **given)
        assert message.status == "success"
        assert_grounded(message, knowledge)
        assert not message.artifact.is_live
        assert not message.artifact.missing
        assert message.artifact.statements[-1].text == load_texts().say("live.switched_off", language)


async def test_of_somebody_who_has_told_nothing_nothing_is_said(offline: Toolbox, group_id: GroupId) -> None:
    ids = [group_id(COOK), group_id(CHILDCARE)]
    shown = await call(offline, "show_occupation", concept_id=ids[0], language="sv", profile={})
    assert shown.artifact.card.path is None
    assert "far" not in facts_of(shown.artifact)
    compared = await call(offline, "compare_occupations", concept_ids=ids, language="sv")
    assert "far" not in rows_of(compared.artifact)


@dataclass(frozen=True)
class Hostile:
    id: str
    name: str
    given: dict[str, Any]


HOSTILE = (
    Hostile("no group", "show_occupation", {"concept_id": "../../etc/passwd"}),
    Hostile("no group to compare", "compare_occupations", {"concept_ids": ["a", "b"]}),
    Hostile("nothing to compare", "compare_occupations", {"concept_ids": []}),
    Hostile("no group to start from", "explore_occupations", {"profile": {}, "near": "' OR 1=1"}),
    Hostile("no group in the profile", "explore_occupations", {"profile": worked_as("zzz")}),
    Hostile("no feature", "explore_occupations", {"profile": {}, "features": ["rich"]}),
    Hostile("no level", "explore_occupations", {"profile": {}, "most_education": "genius"}),
)


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.id)
async def test_what_names_nothing_is_refused_in_words(case: Hostile, offline: Toolbox) -> None:
    message = await call(offline, case.name, language="sv", **case.given)
    assert message.artifact is None
    assert "occupation group" in message.content or "not right" in message.content


async def test_an_occupation_is_not_compared_with_itself_or_with_many(
    offline: Toolbox, group_id: GroupId
) -> None:
    cook = group_id(COOK)
    many = [group_id(code) for code in (COOK, CHILDCARE, ASSISTANT_NURSE, PROGRAMMER)]
    for ids in ([cook, cook], many):
        message = await call(offline, "compare_occupations", concept_ids=ids, language="sv")
        assert "two or three different" in message.content
    message = await call(offline, "compare_occupations", concept_ids=[cook, cook, many[1]], language="sv")
    assert [group.concept_id for group in message.artifact.groups] == [cook, many[1]]


@pytest.mark.shared
@pytest.mark.parametrize("language", list(Language))
async def test_assistant_nurse_and_childcare_worker_side_by_side(
    language: Language, connect: Connect, live: StandIn, group_id: GroupId, knowledge: Knowledge
) -> None:
    message = await call(
        connect(),
        "compare_occupations",
        concept_ids=[group_id(ASSISTANT_NURSE), group_id(CHILDCARE)],
        language=language,
        profile=worked_as(group_id(COOK)),
        place="Malmö",
    )
    result = message.artifact
    assert_grounded(message, knowledge)
    card, rows = result.card, rows_of(result)
    differs = [row.differs for row in card.rows]
    assert differs == sorted(differs, reverse=True), "differences come first"
    different = {row.key for row in card.rows if row.differs}
    assert {"tasks", "decides", "demand", "own_skills"} <= different
    assert not different & {"education", "licences"}, "worded otherwise, but the same"
    assert "pay" in different, "only one of them is published"
    assert "Socialstyrelsen" in rows["decides"][0]
    assert "Socialstyrelsen" not in rows["decides"][1]
    assert card.pay[0] is None
    assert card.pay[1].mean == 26400
    assert "26\u00a0400" in rows["pay"][1]
    assert all(len(row.cells) == 2 for row in card.rows)
    told = [statement.text for statement in result.statements]
    assert any("Socialstyrelsen" in text and card.labels[1] in text for text in told)


async def test_near_occupations_start_from_the_one_named_or_ones_own_work(
    offline: Toolbox, group_id: GroupId, knowledge: Knowledge
) -> None:
    cook = group_id(COOK)
    for given in ({"profile": {}, "near": cook}, {"profile": worked_as(cook)}):
        message = await call(offline, "explore_occupations", language="sv", **given)
        assert_grounded(message, knowledge)
        shown = [card.path.concept_id for card in message.artifact.cards]
        assert len(shown) >= 3
        assert cook not in shown
        assert shown[0] in knowledge.catalogue.groups[cook].neighbour_ids
        assert all("Kockar" in card.why for card in message.artifact.cards)
        left_out = await call(offline, "explore_occupations", language="sv", without=shown[:1], **given)
        assert shown[0] not in [card.path.concept_id for card in left_out.artifact.cards]


async def test_a_licence_leads_to_the_work_that_asks_for_it(offline: Toolbox, knowledge: Knowledge) -> None:
    for profile in ({}, {"licences": ["C"]}):
        message = await call(offline, "explore_occupations", language="sv", profile=profile, licence="c")
        assert_grounded(message, knowledge)
        found = [knowledge.catalogue.groups[card.path.concept_id] for card in message.artifact.cards]
        assert "8332" in [group.ssyk_code for group in found]
        assert all("C" in group.licences for group in found)


async def test_less_school_is_less_school_and_varied(offline: Toolbox, knowledge: Knowledge) -> None:
    message = await call(
        offline, "explore_occupations", language="en", profile={}, most_education="compulsory"
    )
    assert_grounded(message, knowledge)
    found = [knowledge.catalogue.groups[card.path.concept_id] for card in message.artifact.cards]
    assert len(found) == 6
    assert {group.education.level for group in found} <= {"none", "compulsory"}
    minor = [group.ssyk_code[:3] for group in found]
    assert max(map(minor.count, minor)) <= 2


async def test_what_nothing_fits_is_said(offline: Toolbox) -> None:
    message = await call(offline, "explore_occupations", language="en", profile={}, licence="XYZ")
    assert not message.artifact.cards
    assert "find no occupation" in message.content


@pytest.mark.shared
@pytest.mark.parametrize("language", list(Language))
async def test_work_with_little_swedish_is_counted_in_ads_and_never_promised(
    language: Language, connect: Connect, live: StandIn, group_id: GroupId, knowledge: Knowledge
) -> None:
    profile = worked_as(group_id(PROGRAMMER), education=[{"level": "bachelor"}])
    message = await call(
        connect(), "explore_occupations", language=language, profile=profile, little_swedish=True
    )
    assert_grounded(message, knowledge)
    cards = message.artifact.cards
    assert cards
    ads, count = "Platsbanken", "{} svenska" if language is Language.SV else "{} name Swedish"
    assert all(ads in card.why and any(count.format(n) in card.why for n in range(500)) for card in cards)
    assert not any(knowledge.catalogue.groups[card.path.concept_id].regulation for card in cards)
    asks = load_texts().say("explore.little_swedish", language)
    assert message.artifact.statements[0].text == asks
    assert asked_of(live, "jobsearch") == 3


async def test_where_no_ads_can_be_seen_work_that_asks_for_little_school_is_shown(
    offline: Toolbox, knowledge: Knowledge
) -> None:
    message = await call(offline, "explore_occupations", language="sv", profile={}, little_swedish=True)
    found = [knowledge.catalogue.groups[card.path.concept_id] for card in message.artifact.cards]
    assert found
    assert all(group.education.level.order <= 1 and not group.regulation for group in found)
    assert "Jag kan inte se i annonserna" in message.artifact.statements[0].text


@pytest.mark.shared
async def test_most_ads_come_first_only_when_it_is_asked_for(
    connect: Connect, live: StandIn, group_id: GroupId, knowledge: Knowledge
) -> None:
    given: dict[str, Any] = {"language": "sv", "profile": {}, "near": group_id(PROGRAMMER)}
    plain = await call(connect(), "explore_occupations", **given)
    assert not live.requests
    asked = await call(connect(), "explore_occupations", most_jobs=True, **given)
    assert_grounded(asked, knowledge)
    assert live.requests.total() == 1
    counts = [
        card.why.split("Sverige: ")[1].split(".")[0]
        for card in asked.artifact.cards
        if "Sverige: " in card.why
    ]
    assert counts == sorted(counts, key=int, reverse=True)
    assert "inga lediga annonser" not in plain.content


@pytest.mark.shared
async def test_where_a_place_is_known_its_ads_are_shown_and_order_nothing(
    connect: Connect, live: StandIn, group_id: GroupId, knowledge: Knowledge
) -> None:
    given: dict[str, Any] = {"language": "sv", "profile": {}, "near": group_id(PROGRAMMER)}
    plain = await call(connect(), "explore_occupations", **given)
    here = await call(connect(), "explore_occupations", place="Malmö", **given)
    assert_grounded(here, knowledge)
    assert all("Malmö" in card.why for card in here.artifact.cards)
    ids = [[card.path.concept_id for card in found.artifact.cards] for found in (plain, here)]
    assert ids[0] == ids[1]
