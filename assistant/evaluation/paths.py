"""How good suggested paths are: for written profiles, and over all groups of the catalogue."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from assistant.agent.guide.acts import load_cues
from assistant.domain.concept import EducationLevel, Feature
from assistant.domain.path import Path as Suggested
from assistant.domain.path import PathKind
from assistant.domain.profile import Education, Experience, ExperienceKind, HeldSkill, Profile, SpokenLanguage
from assistant.errors import EvaluationDataError
from assistant.evaluation.transitions import AMONG, first_ten, held_out_figures, typical_person
from assistant.guidance.matching import Matcher, MatchInput
from assistant.guidance.own_words import input_from_words
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.text import fold

_LIKELY_SKILL = 0.5


class _Row(BaseModel):
    # A file may tell more than is measured.
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nothing(cls, row: object) -> object:
        """A key with the value null is one that is missing."""
        if not isinstance(row, dict):
            return row
        return {key: value for key, value in row.items() if value is not None}


class _Skill(_Row):
    concept_id: str = ""
    label: str = ""


class _Experience(_Row):
    title: str = ""
    concept_id: str = ""
    ssyk: str = ""
    years: float | None = None
    kind: ExperienceKind = ExperienceKind.PAID
    country: str = ""
    skills: list[_Skill | str] = []


class _Education(_Row):
    level: EducationLevel | None = None
    field: str = ""
    country: str = ""


class _Language(_Row):
    name: str = ""
    level: str = ""


class _Profile(_Row):
    """A profile in the form of the answer event; any key may be missing."""

    experiences: list[_Experience] = []
    education: list[_Education] = []
    languages: list[_Language] = []
    licences: list[str] = []
    wishes: list[str] = []
    skills: list[_Skill | str] = []


class ProfileCase(_Row):
    """One written profile, with SSYK codes of groups that should come up, and that must not be ready."""

    id: str
    profile: _Profile = _Profile()
    expected: list[str] = []
    forbidden: list[str] = []


@dataclass(frozen=True, slots=True)
class ProfileResult:
    """What came of one profile.

    Attributes:
        case_id: Its id.
        rank: Place of the first expected group among the first ten, from 1; None when there is none.
        violating: Forbidden groups among the paths that are ready.
    """

    case_id: str
    rank: int | None
    violating: tuple[str, ...]


def read_profiles(file: Path) -> tuple[ProfileCase, ...]:
    """Read one profile a line.

    Raises:
        EvaluationDataError: The file cannot be read, or a row has another form.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return tuple(ProfileCase.model_validate_json(line) for line in lines if line.strip())
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise EvaluationDataError(file=str(file), reason=str(error)) from error


def profile_figures(
    knowledge: Knowledge, matcher: Matcher, cases: Iterable[ProfileCase]
) -> dict[str, object]:
    """Measure profiles the way that the product takes: wishes and subjects go through the linker."""
    results = [_result(knowledge, matcher, case) for case in cases]
    n = len(results)
    found = [1 / result.rank for result in results if result.rank]
    return {
        "n": n,
        "recall@10": round(len(found) / n, 4) if n else 0.0,
        "mrr": round(sum(found) / n, 4) if n else 0.0,
        "violations": sum(len(result.violating) for result in results),
        "violating": {r.case_id: list(r.violating) for r in results if r.violating},
        "missed": [result.case_id for result in results if not result.rank],
    }


def relation_figures(catalogue: Catalogue) -> dict[str, object]:
    """Held-out relations with their baselines, and how many groups anybody can reach."""
    return {**held_out_figures(catalogue), "violations": 0, "coverage": coverage(catalogue)}


def coverage(catalogue: Catalogue) -> dict[str, int]:
    """How many groups are among the first ten paths of somebody.

    Asked are one typical person of each group; one who has worked in the three groups that lead to it best
    and has its skills; and one who has told of nothing and wishes for it.
    """
    matcher = Matcher(catalogue.groups, catalogue.skills)
    own, by_others, wished = set[str](), set[str](), set[str]()
    for group in catalogue.groups.values():
        typical = typical_person(catalogue, group)
        first = [path.concept_id for path in matcher.rank(typical, limit=AMONG)]
        own |= {group.concept_id} & set(first)
        by_others |= set(first_ten(matcher, typical))
        leading = dict.fromkeys(matcher.kinship.leading_to(group.concept_id, limit=3), 5.0)
        able = MatchInput(leading, typical.skill_ids, group.education.level)
        by_others |= set(first_ten(matcher, able))
        wishing = MatchInput({}, frozenset(), wished_ids=(group.concept_id,))
        wished |= {group.concept_id} & set(first_ten(matcher, wishing))
    return {
        "groups": len(catalogue.groups),
        "reachable": len(own | by_others | wished),
        "without_wish_or_own_work": len(by_others),
    }


def best_first(paths: Iterable[Suggested]) -> list[Suggested]:
    """Paths by score alone, at most ten."""
    return sorted(paths, key=lambda path: (-path.score, path.ssyk_code))[:AMONG]


def _result(knowledge: Knowledge, matcher: Matcher, case: ProfileCase) -> ProfileResult:
    profile = _ProfileReader(knowledge).read(case.profile)
    known = input_from_words(knowledge.linker, profile, wanted=_features(profile.wishes))
    paths = matcher.rank(known, limit=AMONG)
    codes = [path.ssyk_code for path in best_first(paths)]
    rank = next((place for place, code in enumerate(codes, 1) if code in case.expected), None)
    ready = [path.ssyk_code for path in paths if path.kind is PathKind.READY]
    return ProfileResult(case.id, rank, tuple(code for code in ready if code in case.forbidden))


def _features(wishes: Iterable[str]) -> frozenset[Feature]:
    """What the words of wishes say that work should be like, by the guide's own cues."""
    cues = load_cues()
    folded = [fold(wish) for wish in wishes]
    return frozenset(f for f in Feature if any(cues.fits(f"feature_{f}", wish) for wish in folded))


@dataclass(frozen=True, slots=True)
class _ProfileReader:
    """Finds the concepts that a row leaves out, as the interview would."""

    knowledge: Knowledge

    def read(self, row: _Profile) -> Profile:
        return Profile(
            experiences=tuple(self._experiences(row.experiences)),
            education=tuple(Education(each.level, each.field, each.country) for each in row.education),
            languages=tuple(SpokenLanguage(each.name, each.level) for each in row.languages),
            licences=tuple(licence.upper() for licence in row.licences),
            wishes=tuple(row.wishes),
            skills=tuple(self._skills(row.skills)),
        )

    def _experiences(self, rows: Sequence[_Experience]) -> Iterator[Experience]:
        for row in rows:
            if group_id := self._group_id(row):
                code = self.knowledge.catalogue.groups[group_id].ssyk_code
                skills = tuple(self._skills(row.skills))
                yield Experience(row.title, group_id, code, row.years, row.kind, row.country, skills)

    def _group_id(self, row: _Experience) -> str:
        catalogue = self.knowledge.catalogue
        if row.concept_id in catalogue.groups:
            return row.concept_id
        if found := catalogue.group_by_ssyk(row.ssyk):
            return found.concept_id
        linked = self.knowledge.linker.occupations(row.title, top_k=1) if row.title else ()
        return linked[0].concept_id if linked else ""

    def _skills(self, rows: Sequence[_Skill | str]) -> Iterator[HeldSkill]:
        for row in rows:
            skill = _Skill(label=row) if isinstance(row, str) else row
            if skill.concept_id in self.knowledge.catalogue.skills:
                yield HeldSkill(skill.concept_id, skill.label)
            elif skill.label:
                linked = self.knowledge.linker.skills(skill.label, top_k=1)
                yield from (HeldSkill(s.concept_id, skill.label) for s in linked if s.score >= _LIKELY_SKILL)
