"""Plans from values alone: which steps, in which order, beside each other, within the conditions."""

from dataclasses import replace

import pytest

from assistant.domain.concept import EducationLevel, Skill
from assistant.domain.language import Bilingual
from assistant.domain.path import Gap, GapKind, PathKind
from assistant.domain.plan import Conditions, StepKind
from assistant.domain.route import Origin
from assistant.guidance.plan.fitting import broken, sorted_out
from assistant.guidance.plan.planner import made_plan, needs_education
from assistant.guidance.plan.route import condensed
from assistant.guidance.plan.steps import FEWEST_STEPS, MOST_STEPS, Found, PlanFacts, Topic
from assistant.guidance.recognition import route_steps
from assistant.retrieval.stores.catalogue import Catalogue
from tests.guidance.people import group
from tests.guidance.plan.making import MALMO, facts_for, offered

LICENCE = Gap(GapKind.DRIVING_LICENCE, licence="C")
STUDIES = Gap(GapKind.EDUCATION, level=EducationLevel.VOCATIONAL_HIGHER)
PAPER = Gap(
    GapKind.PAPER, skill=Skill("p", Bilingual("Truckkort", "Forklift licence"), is_qualification=True)
)
WELDING = Skill("s", Bilingual("Svetsning", "Welding"))
SKILL = Gap(GapKind.SKILL, skill=WELDING)


def topics(facts: PlanFacts) -> list[Topic]:
    return [step.topic for step in made_plan(facts).steps]


def test_who_is_ready_applies_first_and_learns_beside_it(catalogue: Catalogue) -> None:
    facts = replace(facts_for(catalogue, "5120", PathKind.READY), needs_swedish=True)
    assert topics(facts) == [Topic.APPLY_NOW, Topic.CONTACT, Topic.SWEDISH]
    useful = replace(facts, path=replace(facts.path, missing=(WELDING,)))
    assert topics(useful) == topics(facts), "what nobody teaches is no step for who can apply"
    taught = replace(useful, found={SKILL: Found((offered("Svetsning"),))})
    assert topics(taught) == [*topics(facts), Topic.SKILLS]
    assert Topic.SWEDISH not in topics(replace(facts, needs_swedish=False))


def test_who_lacks_a_licence_gets_it_first_and_applies_last(catalogue: Catalogue) -> None:
    course = offered("C-behörighet", months_long=3)
    facts = facts_for(catalogue, "8332", PathKind.STEP, LICENCE, PAPER)
    plan = made_plan(replace(facts, found={LICENCE: Found((course,))}, needs_swedish=True))
    assert [step.topic for step in plan.steps] == [Topic.SWEDISH, Topic.LICENCE, Topic.PAPER, Topic.APPLY]
    swedish, licence, paper, apply = plan.steps
    assert licence.education == course
    assert swedish.starts_after_months == 0, "Swedish goes on beside the rest"
    assert licence.months == (3, 3)
    assert paper.starts_after_months == apply.starts_after_months == licence.starts_after_months + 3


def test_studies_come_after_eligibility_and_admission(catalogue: Catalogue) -> None:
    plan = made_plan(facts_for(catalogue, "3514", PathKind.EDUCATION, STUDIES, PAPER, SKILL))
    assert [step.topic for step in plan.steps] == [
        *(Topic.ELIGIBILITY, Topic.ADMISSION, Topic.STUDIES, Topic.APPLY),
    ], "papers and skills are what the education gives"


def test_who_needs_an_income_has_work_meanwhile(catalogue: Catalogue) -> None:
    facts = facts_for(
        catalogue, "3514", PathKind.EDUCATION, STUDIES, conditions=Conditions(needs_income=True)
    )
    assert Topic.MEANWHILE not in topics(facts), "there is none that they can do"
    with_work = replace(facts, ready=(group(catalogue, "9111"),))
    assert topics(with_work)[0] is Topic.MEANWHILE


def test_without_studies_there_is_validation_and_placement_and_it_is_said_to_be_barred(
    catalogue: Catalogue,
) -> None:
    facts = facts_for(
        catalogue, "2512", PathKind.EDUCATION, STUDIES, PAPER, conditions=Conditions(no_studies=True)
    )
    plan = made_plan(facts)
    assert plan.is_barred
    assert not {Topic.STUDIES, Topic.ADMISSION} & {step.topic for step in plan.steps}
    assert {Topic.VALIDATION, Topic.PLACEMENT, Topic.PAPER} <= {step.topic for step in plan.steps}
    assert needs_education(facts) == (PAPER,)


def test_a_licensed_profession_without_studies_is_no_plan_to_get_the_licence(catalogue: Catalogue) -> None:
    facts = facts_for(
        catalogue,
        "2221",
        *(PathKind.EDUCATION, Gap(GapKind.AUTHORITY), Gap(GapKind.EDUCATION, level=EducationLevel.BACHELOR)),
        conditions=Conditions(no_studies=True),
    )
    plan = made_plan(replace(facts, ready=(group(catalogue, "9111"),)))
    assert plan.is_barred
    assert StepKind.AUTHORITY not in {step.kind for step in plan.steps}
    assert plan.steps[0].topic is Topic.NEARBY


@pytest.mark.parametrize("origin", list(Origin))
def test_a_route_is_followed_in_its_order_and_fits_a_plan(origin: Origin, catalogue: Catalogue) -> None:
    for occupation in [each for each in catalogue.groups.values() if each.regulation]:
        route = route_steps(catalogue, occupation, origin)
        facts = facts_for(catalogue, occupation.ssyk_code, PathKind.STEP, Gap(GapKind.AUTHORITY))
        plan = made_plan(replace(facts, route=route, needs_swedish=True))
        assert FEWEST_STEPS <= len(plan.steps) <= MOST_STEPS, occupation.ssyk_code
        assert [part for step in plan.steps for part in step.route] == list(route), occupation.ssyk_code
        assert StepKind.APPLY in {step.kind for step in plan.steps}


def test_a_long_route_is_made_short_without_leaving_a_step_out(catalogue: Catalogue) -> None:
    route = route_steps(catalogue, group(catalogue, "2221"), Origin.ELSEWHERE)
    short = condensed(route, 4)
    assert len(short) == 4
    assert [step for steps in short for step in steps] == list(route)
    swedish = next(steps for steps in short if steps[0].kind is StepKind.SWEDISH)
    assert len(swedish) == 1, "Swedish goes on beside the rest, so it stays by itself"


@pytest.mark.parametrize("kind", list(PathKind))
@pytest.mark.parametrize("conditions", [Conditions(), Conditions(no_studies=True, needs_income=True)])
def test_every_plan_has_three_to_six_steps(
    kind: PathKind, conditions: Conditions, catalogue: Catalogue
) -> None:
    gaps = (LICENCE, STUDIES, PAPER, replace(PAPER, skill=SKILL.skill), SKILL)
    for count in range(len(gaps) + 1):
        facts = facts_for(catalogue, "3514", kind, *gaps[:count], conditions=conditions)
        plan = made_plan(replace(facts, ready=(group(catalogue, "9111"),)))
        assert FEWEST_STEPS <= len(plan.steps) <= MOST_STEPS
        assert len({(step.topic, step.gaps) for step in plan.steps}) == len(plan.steps), "no step twice"


def test_conditions_are_broken_by_what_the_source_says() -> None:
    far = offered("Kock", place="2480", pace=100, months_long=10)
    assert broken(far, Conditions(), MALMO) == ()
    every = Conditions(stays_put=True, at_distance=True, part_time=True, most_months=6, no_studies=True)
    assert broken(far, every, MALMO) == ("stays_put", "at_distance", "part_time", "most_months", "no_studies")
    assert broken(replace(far, is_distance=True, pace_percent=50), every, MALMO) == (
        "most_months",
        "no_studies",
    )
    assert broken(replace(far, title="Kock kväll"), Conditions(part_time=True), MALMO) == ()


def test_what_fits_is_kept_apart_from_what_breaks_the_fewest_conditions() -> None:
    at_work = Conditions(part_time=True, most_months=6)
    long, unknown, short = (
        offered(name, pace=50, months_long=m) for name, m in (("a", 10), ("b", 0), ("c", 4))
    )
    full_time = offered("d", pace=100, months_long=10)
    found = sorted_out([full_time, unknown, long, short], at_work, MALMO, is_asked=True)
    assert found.fitting == (short, unknown), "a length that is known to fit comes first"
    assert [(education.title, names) for education, names in found.others] == [
        ("a", ("most_months",)),
        ("d", ("part_time", "most_months")),
    ]
