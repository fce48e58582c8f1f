"""Reads a whole CV."""

import re
from collections.abc import Iterable
from datetime import date

from assistant.retrieval.cv.educations import is_about_education, read_educations
from assistant.retrieval.cv.headings import Section
from assistant.retrieval.cv.languages import read_languages
from assistant.retrieval.cv.licences import read_licences
from assistant.retrieval.cv.lines import Line, has_work_heading, read_lines
from assistant.retrieval.cv.skills import read_skills
from assistant.retrieval.cv.values import CvReading
from assistant.retrieval.cv.work import read_work
from assistant.retrieval.linker import Linker

LONGEST_CV = 30_000
_LOOSE = (Section.TOP, Section.OTHER)
_TELLS = re.compile(
    r"\b(?:jag|vi) (?:har |hade |också )?(?:arbeta|jobba|var|varit|körde|lärde)"
    r"|\b(?:arbetade|jobbade|var|varit) jag\b"
    r"|\b(?:i|we) (?:have |had |also )?(?:work|was|been|did|drove|taught)",
    re.IGNORECASE,
)


def read_cv(linker: Linker, text: str, *, today: date) -> CvReading:
    """Read a CV in Swedish, English or both.

    Sections are told by their headings; without a heading on work or education, every line stands for
    itself. Boilerplate, letters, references, hobbies and whatever tells who the person is yield nothing.
    Blocking: about 15 ms for each line that may name work and for each skill.

    Args:
        linker: Ties titles and skills to concepts.
        text: Line by line, without personal identity numbers; cut at 30,000 characters.
        today: Up to when what goes on has lasted.
    """
    text = text[:LONGEST_CV]
    lines = read_lines(text)
    is_headed = has_work_heading(text)
    work, education = _parted(lines, is_headed=is_headed)
    experiences = read_work(linker, work, today=today, is_headed=is_headed)
    return CvReading(
        experiences=experiences,
        educations=read_educations(education),
        languages=read_languages(lines),
        licences=read_licences(lines),
        skills=read_skills(linker, [line for line in lines if _may_name_skills(line, is_headed=is_headed)]),
        is_listed=is_headed or bool(experiences and not any(_TELLS.search(line.text) for line in work)),
    )


def _parted(lines: Iterable[Line], *, is_headed: bool) -> tuple[list[Line], list[Line]]:
    """The lines on work and those on education."""
    work, education = [], []
    for line in lines:
        if line.section is Section.WORK:
            work.append(line)
        elif line.section is Section.EDUCATION:
            education.append(line)
        elif line.section in _LOOSE and not is_headed:
            (education if is_about_education(line) else work).append(line)
    return work, education


def _may_name_skills(line: Line, *, is_headed: bool) -> bool:
    if line.section in _LOOSE:
        return line.section is Section.OTHER or not is_headed
    return line.section in (Section.SKILLS, Section.LICENCES, Section.WORK)
