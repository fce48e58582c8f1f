"""The words of plans: each sentence is backed by its sources, in both languages, for many people."""

from dataclasses import replace
from itertools import cycle, islice

import pytest

from assistant.agent.citations import Evidence, authority_names
from assistant.domain.cards import PlanCard
from assistant.domain.path import Gap, GapKind, PathKind
from assistant.domain.plan import Conditions
from assistant.domain.route import Origin
from assistant.domain.source import Source
from assistant.guidance.match_input import match_input
from assistant.guidance.matching import Matcher
from assistant.guidance.plan.notes import plan_notes
from assistant.guidance.plan.planner import made_plan
from assistant.guidance.plan.steps import FEWEST_STEPS, MOST_STEPS, Found, PlanFacts
from assistant.guidance.plan.words import PlanWriter
from assistant.guidance.recognition import route_of, route_steps
from assistant.guidance.statement import Voice
from assistant.retrieval.stores.catalogue import Catalogue
from tests.fakes import MANIFEST
from tests.guidance.cited import is_shown
from tests.guidance.people import group, person, worked
from tests.guidance.plan.making import TODAY, facts_for, offered

CONDITIONS = (
    Conditions(),
    Conditions(stays_put=True, needs_income=True, most_months=12),
    Conditions(no_studies=True, most_months=7),
    Conditions(at_distance=True, part_time=True, most_months=24),
)
WORKED = ("5120", "9111", "8321", "4112", "2221")


def written(facts: PlanFacts, catalogue: Catalogue, voice: Voice) -> tuple[PlanCard, tuple[Source, ...]]:
    return PlanWriter(catalogue, MANIFEST, voice).card(made_plan(facts), facts)


def assert_backed(card: PlanCard, sources: tuple[Source, ...], catalogue: Catalogue) -> None:
    regulations = [each.regulation.authority for each in catalogue.groups.values() if each.regulation]
    names = authority_names([*(page.authority for page in catalogue.guides.values()), *regulations])
    known = Evidence.of(sources, (), names)
    for step in card.steps:
        assert step.title
        for text in (step.text, step.first_action, step.time):
            assert text, (card.label, step.title)
            assert is_shown(text, known), (card.label, text)
    assert is_shown(card.total, known), card.total
    assert set(card.source_ids) == {source.source_id for source in sources}


@pytest.mark.parametrize("conditions", CONDITIONS, ids=range(len(CONDITIONS)))
def test_every_sentence_of_every_plan_is_backed(
    conditions: Conditions, voice: Voice, catalogue: Catalogue, matcher: Matcher
) -> None:
    people = [match_input(person(worked(catalogue, code, skills=4))) for code in WORKED]
    groups = list(catalogue.groups.values())[::9]
    courses = Found((offered("Kurs", months_long=5),), ())
    for occupation, known, origin in zip(groups, cycle(people), cycle(Origin), strict=False):
        way = route_of(catalogue, occupation)
        facts = PlanFacts(
            group=occupation,
            path=matcher.assess(occupation, known),
            conditions=conditions,
            today=TODAY,
            way=way,
            route=route_steps(catalogue, occupation, origin) if way and way.ssyk_codes else (),
            ready=tuple(islice(groups, 2)),
            needs_swedish=True,
        )
        for found in ({}, {gap: courses for gap in facts.gaps}):
            card, sources = written(replace(facts, found=found), catalogue, voice)
            assert FEWEST_STEPS <= len(card.steps) <= MOST_STEPS
            assert_backed(card, sources, catalogue)


def test_times_are_added_up_and_what_is_not_known_is_said(catalogue: Catalogue, voice: Voice) -> None:
    licence = Gap(GapKind.DRIVING_LICENCE, licence="C")
    paper = Gap(GapKind.PAPER, skill=catalogue.skills_of(group(catalogue, "8332"))[0])
    facts = facts_for(catalogue, "8332", PathKind.STEP, licence, paper)
    some, _ = written(
        replace(facts, found={licence: Found((offered("C", months_long=3),))}), catalogue, voice
    )
    assert [step.months for step in some.steps] == [3, None, None]
    whole = {licence: Found((offered("C", months_long=3),)), paper: Found((offered("D", months_long=5),))}
    card, sources = written(replace(facts, found=whole), catalogue, voice)
    # Until January, three months, and five after them.
    assert [step.starts_after_months for step in card.steps] == [1.5, 4.5, 9.5]
    assert "9" in card.total
    assert card.total != some.total != written(facts, catalogue, voice)[0].total
    assert_backed(card, sources, catalogue)


def test_what_conditions_rule_out_is_said_with_what_there_is_without_one(
    catalogue: Catalogue, voice: Voice
) -> None:
    gap = Gap(GapKind.EDUCATION)
    facts = facts_for(catalogue, "5120", PathKind.EDUCATION, gap, conditions=Conditions(part_time=True))
    facts = replace(facts, found={gap: Found((), ((offered("Kock", pace=100), ("part_time",)),))})
    none_fits, instead = plan_notes(made_plan(facts), facts, voice, catalogue.guides)
    part_time = voice.say("plan.condition.part_time")
    assert part_time in none_fits.text
    assert part_time in instead.text
    assert "Kock" in instead.text
    assert instead.source is not None


def test_without_sources_nothing_is_said_to_be_ruled_out(catalogue: Catalogue, voice: Voice) -> None:
    gap = Gap(GapKind.EDUCATION)
    facts = facts_for(catalogue, "5120", PathKind.EDUCATION, gap, conditions=Conditions(part_time=True))
    facts = replace(facts, found={gap: Found(is_asked=False)})
    (said,) = plan_notes(made_plan(facts), facts, voice, catalogue.guides)
    assert said.text == voice.say("plan.switched_off")


def test_that_studies_are_needed_is_said_to_who_wants_none(catalogue: Catalogue, voice: Voice) -> None:
    gap = Gap(GapKind.EDUCATION)
    facts = facts_for(catalogue, "2221", PathKind.EDUCATION, gap, conditions=Conditions(no_studies=True))
    (said,) = plan_notes(made_plan(facts), facts, voice, catalogue.guides)
    assert group(catalogue, "2221").education.route.text(voice.language) in said.text
    assert said.source is not None
