from collections import Counter
from dataclasses import dataclass, fields, replace

import pytest

from assistant.domain.concept import EducationLevel, Feature
from assistant.domain.language import Language
from assistant.domain.path import GapKind, PartName, PathKind
from assistant.domain.profile import Experience, Profile, SpokenLanguage
from assistant.guidance.matching import Matcher, MatchInput, match_input
from assistant.retrieval.stores.catalogue import Catalogue
from tests.guidance.people import group, person, worked

DRIVER, BUS_DRIVER, COOK, CLEANER, NURSE, CARPENTER, PROGRAMMER = "8332 8331 5120 9111 2221 7111 2512".split()
FARMER = "6111"
READY, STEP, EDUCATION = PathKind.READY, PathKind.STEP, PathKind.EDUCATION
PEOPLE = (DRIVER, COOK, CLEANER, NURSE, CARPENTER, PROGRAMMER, FARMER, "2341", "5141", "5311", "7231")


@dataclass(frozen=True)
class Case:
    """Who someone is, and how far away a group is for them."""

    id: str
    done: str
    asked: str
    kind: PathKind
    level: EducationLevel | None = None
    licences: tuple[str, ...] = ()


KINDS = (
    Case("the work they did", COOK, COOK, READY),
    Case("work without schooling nearby", COOK, "9412", READY),
    Case("a licence is missing", FARMER, FARMER, STEP),
    Case("a licence is held", FARMER, FARMER, READY, licences=("B",)),
    Case("a higher licence is held", FARMER, FARMER, READY, licences=("CE",)),
    Case("another licence is held", FARMER, FARMER, STEP, licences=("A",)),
    Case("a licence is held, but more is regulated", DRIVER, DRIVER, STEP, licences=("CE",)),
    Case("regulated, with the degree", NURSE, NURSE, STEP, level=EducationLevel.BACHELOR),
    Case("regulated, without the degree", NURSE, NURSE, EDUCATION, level=EducationLevel.COMPULSORY),
    Case("a degree is missing", COOK, PROGRAMMER, EDUCATION, level=EducationLevel.UPPER_SECONDARY),
    Case("no degree told, far away", CLEANER, NURSE, EDUCATION),
    Case("a degree that is not regulated, for who did the work", PROGRAMMER, PROGRAMMER, READY),
)


@pytest.mark.parametrize("case", KINDS, ids=lambda case: case.id)
def test_how_far_away_a_group_is(case: Case, catalogue: Catalogue, matcher: Matcher) -> None:
    known = match_input(person(worked(catalogue, case.done), level=case.level, licences=case.licences))
    assert matcher.assess(group(catalogue, case.asked), known).kind is case.kind


@dataclass(frozen=True)
class Licence:
    held: str
    asked: str
    covers: bool


LICENCES = (
    Licence("B", "B", True),
    Licence("C", "B", True),
    Licence("CE", "C", True),
    Licence("DE", "D", True),
    Licence("D", "C", False),
    Licence("B", "C", False),
    Licence("C1", "C", False),
    Licence("A", "B", False),
    Licence("AM", "B", False),
)


@pytest.mark.parametrize("case", LICENCES, ids=lambda case: f"{case.held} for {case.asked}")
def test_a_licence_covers_lower_classes(case: Licence, catalogue: Catalogue, matcher: Matcher) -> None:
    asking = replace(group(catalogue, DRIVER), licences=(case.asked,))
    known = MatchInput(experience={}, skill_ids=frozenset(), licences=frozenset({case.held}))
    assert matcher.assess(asking, known).needs_licences == (() if case.covers else (case.asked,))


@pytest.mark.parametrize("level", EducationLevel)
def test_more_education_never_makes_a_group_further_away(
    level: EducationLevel, catalogue: Catalogue, matcher: Matcher
) -> None:
    order = list(PathKind)
    higher = [other for other in EducationLevel if other.order >= level.order]
    people = [match_input(person(worked(catalogue, COOK), level=each)) for each in higher]
    told = [matcher.assess_all(catalogue.groups.values(), known) for known in people]
    for paths in zip(*told, strict=True):
        kinds = [order.index(path.kind) for path in paths]
        assert kinds == sorted(kinds, reverse=True), paths[0].ssyk_code


def test_regulated_work_is_never_ready(catalogue: Catalogue, matcher: Matcher) -> None:
    for asked in catalogue.groups.values():
        if asked.regulation:
            done = person(worked(catalogue, asked.ssyk_code, 20, skills=15), level=EducationLevel.MASTER)
            assert matcher.assess(asked, match_input(done)).kind is not READY, asked.ssyk_code


@pytest.mark.parametrize("done", PEOPLE)
def test_paths_are_few_varied_and_in_order(done: str, catalogue: Catalogue, matcher: Matcher) -> None:
    paths = matcher.rank(match_input(person(worked(catalogue, done, skills=4))))
    assert 3 <= len(paths) <= 9
    assert len({path.concept_id for path in paths}) == len(paths)
    order = list(PathKind)
    keys = [(order.index(path.kind), -path.score) for path in paths]
    assert keys == sorted(keys)
    assert max(Counter(path.ssyk_code[:3] for path in paths if not path.outside_own_field).values()) <= 2
    assert any(path.outside_own_field for path in paths)
    assert done in [path.ssyk_code for path in paths]
    assert all(0 <= path.score <= 1 for path in paths)


@pytest.mark.parametrize("limit", [1, 3, 5, 8])
def test_no_more_paths_than_wanted_but_for_one_outside(
    limit: int, catalogue: Catalogue, matcher: Matcher
) -> None:
    paths = matcher.rank(match_input(person(worked(catalogue, COOK))), limit=limit)
    assert len(paths) <= max(limit, 3) + 1


def test_without_any_work_open_paths_are_shown(catalogue: Catalogue, matcher: Matcher) -> None:
    paths = matcher.rank(match_input(Profile()))
    assert len(paths) >= 3
    for path in paths:
        asked = catalogue.groups[path.concept_id]
        assert asked.education.level is EducationLevel.NONE
        assert asked.regulation is None
        assert path.needs_licences == ()


def test_distant_wishes_alone_still_leave_a_place_to_begin(catalogue: Catalogue, matcher: Matcher) -> None:
    wished = tuple(group(catalogue, code).concept_id for code in (NURSE, "2211", "2142"))
    paths = matcher.rank(match_input(Profile(), wished))
    assert set(wished) < {path.concept_id for path in paths}
    assert paths[0].kind is PathKind.READY


def test_own_work_leads_until_the_person_wants_to_leave_it(catalogue: Catalogue, matcher: Matcher) -> None:
    cook = person(worked(catalogue, COOK, 10, skills=6))
    assert max(matcher.rank(match_input(cook)), key=lambda path: path.score).ssyk_code == COOK
    leaving = matcher.rank(match_input(replace(cook, wishes=("new_work",))))
    assert max(leaving, key=lambda path: path.score).ssyk_code != COOK


def test_a_wish_is_shown_however_far_away(catalogue: Catalogue, matcher: Matcher) -> None:
    wished = group(catalogue, NURSE).concept_id
    known = match_input(person(worked(catalogue, CARPENTER)), (wished,))
    assert wished in [path.concept_id for path in matcher.rank(known)]
    assert wished not in [path.concept_id for path in matcher.rank(replace(known, wished_ids=()))]


def test_more_years_and_skills_never_lower_a_score(catalogue: Catalogue, matcher: Matcher) -> None:
    asked = group(catalogue, COOK)
    lived = [match_input(person(worked(catalogue, COOK, years))) for years in (0.5, 1, 3, 5, 20)]
    scores = [matcher.assess(asked, known).score for known in lived]
    assert scores == sorted(scores)
    able = [match_input(person(worked(catalogue, COOK, skills=number))) for number in range(8)]
    scores = [matcher.assess(asked, known).score for known in able]
    assert scores == sorted(scores)
    assert scores[0] < scores[-1]


def test_skills_held_and_missing_make_up_the_group(catalogue: Catalogue, matcher: Matcher) -> None:
    asked = group(catalogue, COOK)
    path = matcher.assess(asked, match_input(person(worked(catalogue, COOK, skills=3))))
    assert len(path.matched) == 3
    assert {skill.concept_id for skill in (*path.matched, *path.missing)} == set(asked.skill_ids)


def test_years_of_the_same_work_add_up(catalogue: Catalogue) -> None:
    first, second = worked(catalogue, COOK, 2), worked(catalogue, COOK, 3, country="TR")
    assert match_input(person(first, second)).experience == {first.concept_id: 5}
    unsaid = replace(first, years=None)
    assert match_input(person(unsaid)).experience == {first.concept_id: None}
    assert match_input(person(unsaid, second)).experience == {first.concept_id: 3}
    assert match_input(person(second, unsaid)).experience == {first.concept_id: 3}


def test_ranking_has_no_room_for_who_somebody_is() -> None:
    assert {field.name for field in fields(MatchInput)} == {
        "experience",
        "skill_ids",
        "education",
        "studied_ids",
        "licences",
        "wished_ids",
        "wanted",
        "without",
        "swedish",
        "wants_same_work",
        "wants_new_work",
        "wants_to_study",
    }


def ranked(matcher: Matcher, profile: Profile) -> list[tuple[str, PathKind, float]]:
    return [(path.concept_id, path.kind, path.score) for path in matcher.rank(match_input(profile))]


@pytest.mark.parametrize("done", PEOPLE)
def test_what_must_not_matter_does_not(done: str, catalogue: Catalogue, matcher: Matcher) -> None:
    own, other = worked(catalogue, done, skills=6), worked(catalogue, CLEANER, 1, skills=2)
    profile = person(own, other, level=EducationLevel.UPPER_SECONDARY)
    usual = ranked(matcher, profile)
    assert ranked(matcher, profile) == usual

    def with_own(changed: Experience) -> Profile:
        return replace(profile, experiences=(changed, other))

    for country in ("SE", "NO", "IR", "SO", ""):
        assert ranked(matcher, with_own(replace(own, country=country))) == usual
        abroad = tuple(replace(education, country=country) for education in profile.education)
        assert ranked(matcher, replace(profile, education=abroad)) == usual
    assert ranked(matcher, with_own(replace(own, skills=own.skills[::-1]))) == usual
    assert ranked(matcher, with_own(replace(own, title="Something else"))) == usual
    english = worked(catalogue, done, skills=6, language=Language.EN)
    assert ranked(matcher, with_own(english)) == usual
    assert ranked(matcher, replace(profile, experiences=(other, own))) == usual


def test_another_catalogue_order_ranks_the_same(catalogue: Catalogue, matcher: Matcher) -> None:
    backwards = Matcher(dict(reversed(list(catalogue.groups.items()))), catalogue.skills)
    for done in PEOPLE:
        profile = person(worked(catalogue, done, skills=4))
        assert ranked(backwards, profile) == ranked(matcher, profile)


def test_an_unknown_group_is_no_hindrance(matcher: Matcher) -> None:
    assert len(matcher.rank(match_input(person(Experience("Kock", "gone_gon_gon", "0000", 3))))) >= 3


def test_the_parts_of_a_score_add_up_to_it(catalogue: Catalogue, matcher: Matcher) -> None:
    wished = (group(catalogue, NURSE).concept_id,)
    for done in PEOPLE:
        profile = person(
            worked(catalogue, done, skills=5), level=EducationLevel.BACHELOR, wishes=("new_work",)
        )
        for path in matcher.rank(match_input(profile, wished, studied_ids=wished)):
            assert path.score == pytest.approx(sum(part.points for part in path.parts))
            assert all(part.points < 0 for part in path.parts if part.name is PartName.UNWANTED)


def test_ready_has_no_gap_and_a_step_has_one_to_three(catalogue: Catalogue, matcher: Matcher) -> None:
    for done in PEOPLE:
        known = match_input(person(worked(catalogue, done, skills=3), level=EducationLevel.UPPER_SECONDARY))
        for path in matcher.assess_all(catalogue.groups.values(), known):
            assert len(path.gaps) <= 3
            assert bool(path.gaps) is (path.kind is not READY), (done, path.ssyk_code)
            kinds = [gap.kind for gap in path.gaps]
            assert (GapKind.EDUCATION in kinds) is (path.kind is EDUCATION)
            assert (GapKind.AUTHORITY in kinds) is (catalogue.groups[path.concept_id].regulation is not None)


def test_the_decision_of_an_authority_is_the_most_binding_gap(catalogue: Catalogue, matcher: Matcher) -> None:
    known = match_input(person(worked(catalogue, NURSE), level=EducationLevel.BACHELOR))
    assert matcher.assess(group(catalogue, NURSE), known).gaps[0].kind is GapKind.AUTHORITY


def test_little_swedish_is_a_gap_where_it_may_be_and_changes_no_rank(
    catalogue: Catalogue, matcher: Matcher
) -> None:
    untold = person(worked(catalogue, COOK))
    told = replace(untold, languages=(SpokenLanguage("Svenska", "A1"),))
    assert ranked(matcher, told) == ranked(matcher, untold)
    office = matcher.assess(group(catalogue, "4111"), match_input(told))
    assert GapKind.SWEDISH in [gap.kind for gap in office.gaps]
    assert GapKind.SWEDISH not in [
        gap.kind for gap in matcher.assess(group(catalogue, CLEANER), match_input(told)).gaps
    ]


def test_what_work_is_like_lifts_it(catalogue: Catalogue) -> None:
    outdoors = frozenset({Feature.OUTDOORS})
    groups = {
        group_id: replace(each, features=outdoors if each.ssyk_code == FARMER else frozenset())
        for group_id, each in catalogue.groups.items()
    }
    matcher = Matcher(groups, catalogue.skills)
    wanting = match_input(person(worked(catalogue, COOK)), wanted=outdoors)
    assert FARMER in [path.ssyk_code for path in matcher.rank(wanting)]
    assert FARMER not in [path.ssyk_code for path in matcher.rank(replace(wanting, wanted=frozenset()))]


def test_what_is_turned_down_is_left_out(catalogue: Catalogue, matcher: Matcher) -> None:
    known = match_input(person(worked(catalogue, COOK)))
    usual = {path.concept_id for path in matcher.rank(known)}
    assert not usual & {path.concept_id for path in matcher.rank(replace(known, without=frozenset(usual)))}


def test_a_degree_in_another_subject_is_no_way_into_regulated_study(
    catalogue: Catalogue, matcher: Matcher
) -> None:
    engineer, historian = group(catalogue, "2142"), group(catalogue, "2623")
    graduate = match_input(person(level=EducationLevel.MASTER), studied_ids=(historian.concept_id,))
    assert matcher.assess(engineer, graduate).kind is EDUCATION
    assert matcher.assess(historian, graduate).kind is READY


def test_work_with_a_licence_to_wait_for_leaves_something_to_do_now(
    catalogue: Catalogue, matcher: Matcher
) -> None:
    for code in (NURSE, "2211", "2341", "5321"):
        paths = matcher.rank(
            match_input(person(worked(catalogue, code, skills=5), level=EducationLevel.MASTER))
        )
        assert any(path.kind is READY for path in paths), code


def test_paths_follow_the_evidence(catalogue: Catalogue, matcher: Matcher) -> None:
    """Who leaves a group goes where most have gone before."""
    for done in PEOPLE:
        first = group(catalogue, done).evidence.flows[0]
        assert first in matcher.kinship.nearest(group(catalogue, done).concept_id, limit=10), done
