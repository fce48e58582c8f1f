"""How the way into an occupation is told."""

from dataclasses import dataclass, replace

import pytest

from assistant.agent.citations import Evidence, authority_names, checked
from assistant.domain.concept import OccupationGroup
from assistant.domain.language import Cefr
from assistant.domain.route import Origin
from assistant.guidance.recognition import route_of
from assistant.guidance.routes import step_source, step_statements, step_time, swedish_told, who_decides
from assistant.guidance.statement import Voice, sources_of
from assistant.retrieval.stores.catalogue import Catalogue
from tests.guidance.cited import assert_held_by_its_source

NURSE, CLEANER = "2221", "9111"


def _group(catalogue: Catalogue, ssyk_code: str) -> OccupationGroup:
    group = catalogue.group_by_ssyk(ssyk_code)
    assert group is not None
    return group


@pytest.mark.parametrize("origin", list(Origin))
def test_no_sentence_of_any_route_is_held_back(catalogue: Catalogue, voice: Voice, origin: Origin) -> None:
    regulations = [group.regulation.authority for group in catalogue.groups.values() if group.regulation]
    names = authority_names([*regulations, *(page.authority for page in catalogue.guides.values())])
    for route in catalogue.routes:
        told = list(step_statements(route, route.steps[origin], catalogue, voice))
        told += [who_decides(_group(catalogue, code), catalogue, voice) for code in route.ssyk_codes[:1]]
        evidence = Evidence.of(sources_of(*told), (), names)
        assert checked("\n".join(said.text for said in told), evidence).held_back == ()


def test_a_step_with_another_figure_is_held_back(catalogue: Catalogue, voice: Voice) -> None:
    route = route_of(catalogue, _group(catalogue, NURSE))
    assert route is not None
    for statement in step_statements(route, route.steps[Origin.NONE], catalogue, voice):
        # The number at the beginning of the line is that of a list, which needs no source.
        text = statement.text.partition(" ")[2]
        assert_held_by_its_source(replace(statement, text=text))


def test_a_step_leads_to_the_page_on_that_very_step(catalogue: Catalogue, voice: Voice) -> None:
    route = route_of(catalogue, _group(catalogue, NURSE))
    assert route is not None
    first = route.steps[Origin.ELSEWHERE][0]
    assert step_source(route, first, catalogue, voice).url == first.url
    own_page = replace(first, url="")
    assert step_source(route, own_page, catalogue, voice).url == catalogue.guides[first.guide_id].url


@dataclass(frozen=True, slots=True)
class Time:
    id: str
    months: tuple[float, float] | None
    sv: str
    en: str


@pytest.mark.parametrize(
    "case",
    [
        Time("unknown", None, "", ""),
        Time("weeks", (0.5, 0.7), "Det tar ungefär 2 till 3 veckor.", "It takes about 2 to 3 weeks."),
        Time("one month", (1, 1), "Det tar ungefär 1 månad.", "It takes about 1 month."),
        Time("months", (2, 10), "Det tar ungefär 2 till 10 månader.", "It takes about 2 to 10 months."),
        Time("years", (36, 36), "Det tar ungefär 3 år.", "It takes about 3 years."),
        Time("halves", (48, 66), "Det tar ungefär 4 till 5,5 år.", "It takes about 4 to 5.5 years."),
        Time("uneven", (10, 18), "Det tar ungefär 10 till 18 månader.", "It takes about 10 to 18 months."),
    ],
    ids=lambda case: case.id,
)
def test_time_is_said_as_people_say_it(catalogue: Catalogue, voice: Voice, case: Time) -> None:
    step = replace(catalogue.routes[0].steps[Origin.NONE][0], months=case.months)
    assert step_time(step, voice) == {"sv": case.sv, "en": case.en}[voice.language]


@pytest.mark.parametrize(
    ("ssyk_code", "origin", "known", "keys"),
    [
        (NURSE, Origin.ELSEWHERE, None, ["untold"]),
        (NURSE, Origin.ELSEWHERE, Cefr.NONE, ["own_none", "learn_sfi"]),
        (NURSE, Origin.EU, Cefr.A2, ["own", "learn_sfi"]),
        (NURSE, Origin.NONE, Cefr.B2, ["own", "learn_more"]),
        (NURSE, Origin.EU, Cefr.C1, ["own", "enough"]),
        (NURSE, Origin.SWEDEN, Cefr.A2, []),
        (CLEANER, Origin.ELSEWHERE, Cefr.A2, []),
    ],
)
def test_swedish_is_compared_with_what_is_asked_for(
    catalogue: Catalogue,
    voice: Voice,
    ssyk_code: str,
    origin: Origin,
    known: Cefr | None,
    keys: list[str],
) -> None:
    route = route_of(catalogue, _group(catalogue, ssyk_code))
    assert route is not None
    told = swedish_told(route, origin, known, catalogue, voice)
    wanted = [
        voice.say(f"way.swedish.{key}", **({"level": known or ""} if key == "own" else {})) for key in keys
    ]
    assert [statement.text.partition(" [#")[0] for statement in told] == wanted
    for statement in told:
        assert_held_by_its_source(statement)
