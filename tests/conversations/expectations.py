"""What a dialogue says must hold after one of its turns."""

import re
from collections.abc import Iterable
from dataclasses import asdict

from assistant.build import Application
from assistant.domain.conversation import AnswerEvent
from assistant.domain.language import Language
from assistant.domain.profile import Experience, Profile
from assistant.retrieval.text import fold
from tests.conversations.dialogue import (
    Expectation,
    ExpectedEducation,
    ExpectedExperience,
    ExpectedPaths,
    ExpectedPlan,
)
from tests.conversations.player import Played, choice_id


def check_expectation(application: Application, played: Played, language: Language) -> None:
    """Check what this turn's `expect` says, and the language that is spoken now."""
    expect, answer = played.turn.expect, played.answer
    assert answer.language == language
    assert expect.level in (None, answer.level)
    assert expect.phase in (None, answer.phase), f"phase {answer.phase}"
    assert expect.asks is None or expect.asks == played.memory.open_question, (
        f"asks {played.memory.open_question}"
    )
    _check_profile(expect, answer.profile)
    _check_text(expect, answer)
    offered = [choice.choice_id for choice in answer.choices]
    for pattern in expect.offers:
        wanted = choice_id(application, pattern)
        assert any(offer.startswith(wanted) for offer in offered), f"{pattern} not among {offered}"
    if expect.paths is not None:
        _check_paths(expect.paths, answer)
    _check_occupations(expect, played, application)


def _check_occupations(expect: Expectation, played: Played, application: Application) -> None:
    answer, memory = played.answer, played.memory
    if expect.plan is not None:
        _check_plan(expect.plan, played, application)
    if expect.occupation is not None:
        assert answer.occupation is not None, "no occupation is shown"
        assert answer.occupation.ssyk_code == expect.occupation
    if expect.comparison is not None:
        assert answer.comparison is not None, "nothing is compared"
        assert _codes(application, answer.comparison.concept_ids) == list(expect.comparison)
    listed = _codes(application, [one.concept_id for one in memory.listed])
    assert set(expect.listed) <= set(listed), f"listed {listed}"
    if expect.turned_down is not None:
        assert sorted(_codes(application, memory.turned_down)) == sorted(expect.turned_down)
    if expect.features is not None:
        assert sorted(memory.features) == sorted(expect.features)


def _check_plan(expected: ExpectedPlan, played: Played, application: Application) -> None:
    plan, planned = played.answer.plan, played.memory.planned
    assert plan is not None, "no plan is shown"
    assert planned is not None
    assert expected.ssyk in (None, *_codes(application, [plan.concept_id])), plan.label
    kinds = {step.kind for step in plan.steps}
    assert set(expected.kinds) <= kinds, f"kinds {kinds}"
    assert expected.place in (None, planned.place), f"for {planned.place}"
    if expected.conditions is not None:
        fitted = {name for name, value in asdict(planned.conditions).items() if value}
        assert fitted == set(expected.conditions), f"fits {fitted}"


def _codes(application: Application, concept_ids: Iterable[str]) -> list[str]:
    groups = application.knowledge.catalogue.groups
    return [groups[concept_id].ssyk_code for concept_id in concept_ids]


def _check_profile(expect: Expectation, profile: Profile) -> None:
    if expect.experiences is not None:
        by_code = {e.ssyk_code: e for e in profile.experiences}
        assert sorted(by_code) == sorted(e.ssyk for e in expect.experiences)
        for expected in expect.experiences:
            _check_experience(expected, by_code[expected.ssyk])
    if expect.education is not None:
        _check_education(expect.education, profile)
    if expect.languages is not None:
        spoken = {fold(language.name) for language in profile.languages}
        assert {fold(name) for name in expect.languages} == spoken
    if expect.licences is not None:
        assert sorted(profile.licences) == sorted(expect.licences)
    assert set(expect.wishes) <= set(profile.wishes), profile.wishes


def _check_experience(expected: ExpectedExperience, found: Experience) -> None:
    assert expected.years in (None, found.years), f"{found.title}: {found.years} years"
    assert expected.country in (None, found.country), f"{found.title}: in {found.country!r}"
    assert expected.kind in (None, found.kind), f"{found.title}: {found.kind}"
    assert expected.skills_at_least <= len(found.skills) <= expected.skills_at_most, (
        f"{found.title}: {[skill.label for skill in found.skills]}"
    )


def _check_education(expected: ExpectedEducation, profile: Profile) -> None:
    assert len(profile.education) == 1, profile.education
    assert expected.level in (None, profile.education[0].level), profile.education
    assert expected.country in (None, profile.education[0].country), profile.education


def _check_text(expect: Expectation, answer: AnswerEvent) -> None:
    marked = {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)}
    cited = [citation.source for citation in answer.citations if citation.marker in marked]
    assert len(cited) >= expect.cites, f"cites {len(cited)} sources"
    systems = {source.system for source in cited}
    assert set(expect.systems) <= systems, f"cites {systems}"
    for text in expect.mentions:
        assert fold(text) in fold(answer.text), f"{text!r} is not said"
    for text in expect.lacks:
        assert fold(text) not in fold(answer.text), f"{text!r} is said"


def _check_paths(expected: ExpectedPaths, answer: AnswerEvent) -> None:
    codes = {card.path.ssyk_code for card in answer.paths}
    kinds = {card.path.kind for card in answer.paths}
    assert len(answer.paths) >= expected.at_least
    assert set(expected.kinds) <= kinds, f"kinds {kinds}"
    assert set(expected.ssyk) <= codes, f"paths {codes}"
    assert not set(expected.not_ssyk) & codes, f"paths {codes}"
