"""What is read out of CV files, against what their makers put in."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter

from assistant.documents.document import read_file
from assistant.retrieval.cv.reader import read_cv
from assistant.retrieval.cv.values import CvEducation, CvExperience, CvReading, Moment, Period, Span
from assistant.retrieval.linker import Linker
from assistant.retrieval.text import fold
from assistant.yaml_text import parse_yaml

_MAKER = "make_cvs.py"
_ANY_GROUP = "*"
_NOW = "now"
# Of no account here, but to be the same in every run.
_TODAY = date(2026, 1, 1)
_Found = TypeVar("_Found")
_Told = TypeVar("_Told")
_ToldExperience = tuple[str, str, str, str]
_ToldEducation = tuple[str, str, int | None]
Report = dict[str, int | float | dict[str, float]]


class Gold(BaseModel):
    """What is in a CV, as written in the set.

    Attributes:
        experiences: Title, accepted SSYK codes parted by commas, first and last month or year.
        educations: Title, accepted levels parted by commas (empty for none), last year.
        languages: Levels by code, empty where none is told.
        licences: Codes.
        skills: A part of an accepted label, by the words of the CV.
        nothing: Parts of the text that tell nothing.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    experiences: list[_ToldExperience]
    educations: list[_ToldEducation]
    languages: dict[str, str]
    licences: list[str]
    skills: dict[str, str]
    nothing: list[str]


class CvCase(BaseModel):
    """A CV of the set; how it is set is the business of the script that makes the file."""

    model_config = ConfigDict(frozen=True)

    id: str
    format: str
    gold: Gold

    @property
    def file_name(self) -> str:
        """Name of its file."""
        return f"{self.id}.{self.format}"


@dataclass(slots=True)
class _Tally:
    """Counts of one kind of thing over all CVs."""

    found: int = 0
    told: int = 0
    right: int = 0

    def add(self, found: int, told: int, right: int) -> None:
        self.found += found
        self.told += told
        self.right += right

    def figures(self) -> dict[str, float]:
        precision, recall = _share(self.right, self.found), _share(self.right, self.told)
        f1 = _share(2 * self.right, self.found + self.told)
        return {"precision": precision, "recall": recall, "f1": f1}


@dataclass(slots=True)
class _Tallies:
    experiences: _Tally = field(default_factory=_Tally)
    groups: _Tally = field(default_factory=_Tally)
    periods: _Tally = field(default_factory=_Tally)
    educations: _Tally = field(default_factory=_Tally)
    levels: _Tally = field(default_factory=_Tally)
    languages: _Tally = field(default_factory=_Tally)
    language_levels: _Tally = field(default_factory=_Tally)
    licences: _Tally = field(default_factory=_Tally)
    skills: _Tally = field(default_factory=_Tally)
    boilerplate: int = 0


def read_cases(file: Path) -> list[CvCase]:
    """Read a set, as described at its head."""
    return TypeAdapter(list[CvCase]).validate_python(parse_yaml(file.read_text(encoding="utf-8")))


@contextmanager
def files_of(cases: Path, folder: Path | None = None) -> Iterator[Path]:
    """The folder of a set's files: the given one, else one that the script beside the set fills for now."""
    if folder is not None:
        yield folder
        return
    with TemporaryDirectory() as made:
        subprocess.run([sys.executable, cases.with_name(_MAKER), made, cases.absolute()], check=False)
        yield Path(made)


def evaluate_cvs(linker: Linker, cases: Sequence[CvCase], folder: Path) -> Report:
    """Precision, recall and F1 of what is found in CV files.

    An experience or education is right when its words and the gold's overlap, and where the gold has
    years, when the first or the last agrees. `accuracy@1` is the share of right experiences whose first
    group is accepted, `years` of those with the right period.

    Args:
        linker: The product's own.
        cases: With their gold.
        folder: Where the files are.

    Raises:
        DocumentError: A file is missing or cannot be read.
    """
    tallies = _Tallies()
    for case in cases:
        text = read_file(folder / case.file_name)
        _count(tallies, case.gold, text, read_cv(linker, text, today=_TODAY))
    return _report(len(cases), tallies)


def _report(n: int, tallies: _Tallies) -> Report:
    experiences, educations = tallies.experiences.figures(), tallies.educations.figures()
    languages = tallies.languages.figures()
    experiences["accuracy@1"] = tallies.groups.figures()["precision"]
    experiences["years"] = tallies.periods.figures()["precision"]
    educations["level"] = tallies.levels.figures()["precision"]
    languages["level"] = tallies.language_levels.figures()["precision"]
    return {
        "n": n,
        "experiences": experiences,
        "educations": educations,
        "languages": languages,
        "licences": tallies.licences.figures(),
        "skills": {name: tallies.skills.figures()[name] for name in ("precision", "recall")},
        "boilerplate": tallies.boilerplate,
    }


def _count(tallies: _Tallies, gold: Gold, text: str, reading: CvReading) -> None:
    jobs = _paired(reading.experiences, gold.experiences, _is_experience)
    tallies.experiences.add(len(reading.experiences), len(gold.experiences), len(jobs))
    tallies.groups.add(len(jobs), len(jobs), sum(_has_group(found, told) for found, told in jobs))
    tallies.periods.add(len(jobs), len(jobs), sum(_has_period(found.period, told) for found, told in jobs))
    studies = _paired(reading.educations, gold.educations, _is_education)
    tallies.educations.add(len(reading.educations), len(gold.educations), len(studies))
    tallies.levels.add(len(studies), len(studies), sum(_has_level(found, told) for found, told in studies))
    levels = {language.code: language.level for language in reading.languages}
    common = levels.keys() & gold.languages.keys()
    tallies.languages.add(len(levels), len(gold.languages), len(common))
    tallies.language_levels.add(
        len(common), len(common), sum(levels[code] == gold.languages[code] for code in common)
    )
    licences = {licence.code for licence in reading.licences}
    tallies.licences.add(len(licences), len(gold.licences), len(licences & set(gold.licences)))
    named = {
        fold(skill.words): fold(f"{skill.concept.preferred_label.sv} {skill.concept.preferred_label.en}")
        for skill in reading.skills
    }
    looked_at = [(named[fold(words)], label) for words, label in gold.skills.items() if fold(words) in named]
    tallies.skills.add(len(looked_at), len(gold.skills), sum(label in found for found, label in looked_at))
    tallies.boilerplate += len(in_boilerplate(gold, text, reading))


def in_boilerplate(gold: Gold, text: str, reading: CvReading) -> list[str]:
    """What was found where there is nothing: the words of the text."""
    silent = [span for quote in gold.nothing for span in _spans_of(quote, text)]
    found = [
        *(item.span for item in reading.experiences),
        *(item.span for item in reading.educations),
        *(item.span for item in reading.languages),
        *(item.span for item in reading.licences),
        *(item.span for item in reading.skills),
    ]
    return [
        text[span.start : span.end]
        for span in found
        if any(span.start < quiet.end and quiet.start < span.end for quiet in silent)
    ]


def _spans_of(quote: str, text: str) -> Iterator[Span]:
    """Where a quote stands in a text, however its lines are broken."""
    for found in re.finditer(r"\s+".join(map(re.escape, quote.split())), text):
        yield Span(found.start(), found.end())


def _paired(
    found: Sequence[_Found], told: Sequence[_Told], is_same: Callable[[_Found, _Told], bool]
) -> list[tuple[_Found, _Told]]:
    """Each found thing with the first told one that it is and that no other is."""
    left, pairs = list(told), []
    for item in found:
        match = next((one for one in left if is_same(item, one)), None)
        if match is not None:
            left.remove(match)
            pairs.append((item, match))
    return pairs


def _overlap(found: str, told: str) -> bool:
    found, told = fold(found), fold(told)
    return bool(found and told) and (found in told or told in found)


def _is_experience(found: CvExperience, told: _ToldExperience) -> bool:
    title, _, start, end = told
    said = {_written(found.period.start)[:4], _written(found.period.end)[:4]} - {""}
    dated = not said or {start[:4], end[:4]} & said or not (start or end)
    return _overlap(found.title, title) and bool(dated)


def _is_education(found: CvEducation, told: _ToldEducation) -> bool:
    title, _, last_year = told
    ends = found.period.end
    return _overlap(found.title, title) and (ends is None or last_year is None or ends.year == last_year)


def _has_group(found: CvExperience, told: _ToldExperience) -> bool:
    codes = told[1].split(",")
    return _ANY_GROUP in codes or bool(found.concepts and found.concepts[0].ssyk_code in codes)


def _has_period(period: Period, told: _ToldExperience) -> bool:
    _, _, start, end = told
    if not start or period.length is not None:
        return period.start is None and (not end or _written(period.end) == end)
    return _written(period.start) == start and (
        period.is_ongoing if end == _NOW else _written(period.end) == end
    )


def _has_level(found: CvEducation, told: _ToldEducation) -> bool:
    return (found.level.value if found.level else "") in told[1].split(",")


def _written(moment: Moment | None) -> str:
    if moment is None:
        return ""
    return f"{moment.year}-{moment.month:02}" if moment.month else str(moment.year)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
