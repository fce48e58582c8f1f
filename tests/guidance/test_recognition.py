"""The way into an occupation by where somebody is trained."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean

import pytest

from assistant.agent.citations import Evidence, authority_names, is_grounded
from assistant.domain.concept import EducationLevel, OccupationGroup
from assistant.domain.language import Cefr, Language
from assistant.domain.plan import StepKind
from assistant.domain.profile import Education, Experience, Profile
from assistant.domain.route import Origin, Route, RouteStep
from assistant.guidance.recognition import origin_of, route_of, route_steps
from assistant.guidance.routes import step_source
from assistant.guidance.statement import Voice
from assistant.retrieval.stores.catalogue import Catalogue

NURSE, DOCTOR, ENGINEER, CLEANER, TRUCK = "2221", "2212", "2142", "9111", "8332"


def _group(catalogue: Catalogue, ssyk_code: str) -> OccupationGroup:
    group = catalogue.group_by_ssyk(ssyk_code)
    assert group is not None
    return group


def _all_steps(catalogue: Catalogue) -> Iterator[tuple[Route, RouteStep]]:
    for route in catalogue.routes:
        for step in dict.fromkeys(step for way in route.steps.values() for step in way):
            yield route, step


def test_every_regulated_group_has_a_way_of_its_own_for_everybody(catalogue: Catalogue) -> None:
    for group in catalogue.groups.values():
        route = route_of(catalogue, group)
        assert route is not None
        assert all(route_steps(catalogue, group, origin) for origin in Origin)
        if group.regulation:
            assert group.ssyk_code in route.ssyk_codes, group.ssyk_code


def test_no_two_routes_are_for_one_group(catalogue: Catalogue) -> None:
    codes = [code for route in catalogue.routes for code in route.ssyk_codes]
    assert len(codes) == len(set(codes))
    assert len([route for route in catalogue.routes if not route.ssyk_codes]) == 1


def test_the_route_of_a_regulated_group_names_who_decides(catalogue: Catalogue) -> None:
    for group in catalogue.groups.values():
        if group.regulation:
            route = route_of(catalogue, group)
            assert route is not None
            said = " ".join(step.text.sv for way in route.steps.values() for step in way).lower()
            names = authority_names([group.regulation.authority.split(" (")[0]])
            assert any(name in said for name in names), group.ssyk_code


def test_every_step_stands_in_its_own_source(catalogue: Catalogue, voice: Voice) -> None:
    names = authority_names(
        [page.authority for page in catalogue.guides.values()]
        + [group.regulation.authority for group in catalogue.groups.values() if group.regulation]
    )
    for route, step in _all_steps(catalogue):
        source = step_source(route, step, catalogue, voice)
        evidence = Evidence.of([source], (), names)
        for said in (step.title, step.text, step.first_action):
            assert is_grounded(f"{said.text(voice.language)} {source.token}", evidence), said


def test_sources_of_different_steps_are_different(catalogue: Catalogue, voice: Voice) -> None:
    quotes: dict[str, str] = {}
    for route, step in _all_steps(catalogue):
        source = step_source(route, step, catalogue, voice)
        assert quotes.setdefault(source.token, source.quote) == source.quote


@pytest.mark.parametrize("language", list(Language))
def test_steps_are_easy_to_read(catalogue: Catalogue, language: Language) -> None:
    for _, step in _all_steps(catalogue):
        sentences = [said for said in step.text.text(language).split(". ") if said]
        assert mean(len(said.split()) for said in sentences) <= 20, step.text
        assert max(len(said.split()) for said in sentences) <= 32, step.text
        assert len(step.title.text(language).split()) <= 11, step.title
        assert step.first_action.text(language).endswith("."), step.first_action


def test_nobody_is_promised_a_job(catalogue: Catalogue) -> None:
    for _, step in _all_steps(catalogue):
        assert "får du jobb" not in step.text.sv.lower()
        assert "you will get a job" not in step.text.en.lower()


def test_those_trained_outside_europe_come_to_a_licence_step_by_step(catalogue: Catalogue) -> None:
    kinds = [step.kind for step in route_steps(catalogue, _group(catalogue, NURSE), Origin.ELSEWHERE)]
    assert kinds == [
        StepKind.RECOGNITION,
        StepKind.SWEDISH,
        StepKind.VALIDATION,
        StepKind.COURSE,
        StepKind.PLACEMENT,
        StepKind.AUTHORITY,
    ]


@pytest.mark.parametrize(
    ("swedish", "is_asked_for"),
    [(None, True), (Cefr.A2, True), (Cefr.B2, True), (Cefr.C1, False), (Cefr.C2, False)],
)
def test_swedish_is_a_step_for_those_who_know_less_than_is_asked(
    catalogue: Catalogue, swedish: Cefr | None, is_asked_for: bool
) -> None:
    steps = route_steps(catalogue, _group(catalogue, NURSE), Origin.EU, swedish)
    assert any(step.kind is StepKind.SWEDISH for step in steps) is is_asked_for


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    ssyk_code: str
    origin: Origin
    education: tuple[Education, ...] = ()
    experiences: tuple[Experience, ...] = ()


def _studied(field: str, country: str, level: EducationLevel = EducationLevel.BACHELOR) -> tuple[Education]:
    return (Education(level, field, country),)


def _worked(ssyk_code: str, country: str) -> tuple[Experience]:
    return (Experience("work", f"id-{ssyk_code}", ssyk_code, 3, country=country),)


@pytest.mark.parametrize(
    "case",
    [
        Case("nothing told", NURSE, Origin.NONE),
        Case("nurse from Syria", NURSE, Origin.ELSEWHERE, _studied("sjuksköterska", "SY")),
        Case("in English", NURSE, Origin.ELSEWHERE, _studied("nursing", "SY")),
        Case("nurse from Poland", NURSE, Origin.EU, _studied("nursing", "PL")),
        Case("from Switzerland", NURSE, Origin.EU, _studied("nursing", "ch")),
        Case("trained in Sweden", NURSE, Origin.SWEDEN, _studied("sjuksköterska", "SE")),
        Case("another subject", NURSE, Origin.NONE, _studied("economics", "SY")),
        Case("work in it", NURSE, Origin.ELSEWHERE, experiences=_worked(NURSE, "IQ")),
        Case("other work", NURSE, Origin.NONE, experiences=_worked(CLEANER, "SE")),
        Case("doctor", DOCTOR, Origin.ELSEWHERE, _studied("läkarutbildning", "EG", EducationLevel.MASTER)),
        Case("any degree", ENGINEER, Origin.ELSEWHERE, _studied("matematik", "IR", EducationLevel.MASTER)),
        Case("too little", ENGINEER, Origin.NONE, _studied("", "IR", EducationLevel.COMPULSORY)),
        Case("school is no trade", CLEANER, Origin.NONE, _studied("", "SO", EducationLevel.COMPULSORY)),
        Case("drove abroad", TRUCK, Origin.ELSEWHERE, experiences=_worked(TRUCK, "TR")),
        Case("here and there", TRUCK, Origin.EU, experiences=_worked(TRUCK, "TR") + _worked(TRUCK, "DE")),
        Case(
            "country of other work",
            NURSE,
            Origin.ELSEWHERE,
            _studied("sjuksköterska", ""),
            _worked(CLEANER, "SY"),
        ),
        Case("no country told", NURSE, Origin.NONE, _studied("sjuksköterska", "")),
    ],
    ids=lambda case: case.id,
)
def test_origin_is_where_somebody_is_trained_for_it(catalogue: Catalogue, case: Case) -> None:
    profile = Profile(experiences=case.experiences, education=case.education)
    assert origin_of(profile, _group(catalogue, case.ssyk_code)) is case.origin


def test_a_catalogue_without_routes_has_no_steps(catalogue: Catalogue) -> None:
    bare = Catalogue(catalogue.groups, catalogue.skills, catalogue.guides)
    assert route_steps(bare, _group(catalogue, NURSE), Origin.NONE) == ()
