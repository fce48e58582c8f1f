"""Makes pieces of what was read in a CV or another long text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.agent.piece import Piece, PieceKind
from assistant.domain.language import Bilingual, Language
from assistant.domain.source import source_token
from assistant.guidance.choosing import sureness
from assistant.guidance.long_text import Reading, ReadTerm
from assistant.guidance.permits import PERMITS
from assistant.guidance.sources import taxonomy_source_id
from assistant.retrieval.cv.headings import Section
from assistant.retrieval.cv.lines import read_lines
from assistant.retrieval.cv.skills import names_of
from assistant.retrieval.cv.values import CvExperience, CvReading, Moment, Period, Span
from assistant.retrieval.linker import LinkedConcept
from assistant.retrieval.mentions.details import country_said, years_said
from assistant.retrieval.mentions.finder import Mention
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.text import fold

_LONGEST_SAID = 110
_LONGEST_TITLE = 60
_LONGEST_DESCRIPTION = 200
_MONTHS = 12
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def pieces_of(text: str, reading: Reading, catalogue: Catalogue) -> tuple[Piece, ...]:
    """All that was found in a text, work first, each thing once.

    Args:
        text: The text that was read: what is said is quoted from it.
        reading: What was found; the groups of each experience are those to offer.
        catalogue: Names groups and skills.
    """
    cv = reading.cv
    top = [line.text for line in read_lines(text) if line.section is Section.TOP]
    works = list(_listed(text, cv) if cv.is_listed else _told(top, reading.mentions))
    about_work = [line for each in cv.experiences for line in (each.title, *each.description)]
    works += _named(works, reading.occupations, about_work if cv.is_listed else top)
    found = (
        *(replace(work, names=_group_names(work, catalogue)) for work in works),
        *_educations(text, cv),
        *_each_once((*_languages(text, cv), *_licences(text, cv, catalogue), *_skills(reading.skills))),
    )
    return tuple(replace(piece, token=_token(piece)) for piece in found)


def _token(piece: Piece) -> str:
    return source_token(taxonomy_source_id(piece.concept_ids[0])) if piece.concept_ids else ""


def _group_names(work: Piece, catalogue: Catalogue) -> Bilingual:
    group = catalogue.groups[work.concept_ids[0]]
    return Bilingual(group.name(Language.SV), group.name(Language.EN))


def quoted(text: str, span: Span) -> str:
    """The words at a place of a text on one line, cut after a whole word."""
    words = " ".join(text[span.start : span.end].split())
    words = words.rstrip(" .,:;")
    return words if len(words) <= _LONGEST_SAID else f"{words[:_LONGEST_SAID].rsplit(' ', 1)[0]} …"


def _listed(text: str, cv: CvReading) -> Iterator[Piece]:
    """The work of a CV; what stands there twice, with years that overlap, is one piece."""
    told: list[list[CvExperience]] = []
    for experience in (each for each in cv.experiences if each.concepts):
        same = next((group for group in told if any(_is_again(experience, one) for one in group)), None)
        if same is None:
            told.append([experience])
        else:
            same.append(experience)
    for first, *others in told:
        piece = _of_experience(text, first)
        yield replace(piece, years=_together((first, *others)), is_repeated=True) if others else piece


def _of_experience(text: str, experience: CvExperience) -> Piece:
    return Piece(
        PieceKind.EXPERIENCE,
        quoted(text, experience.span),
        title=experience.title[:_LONGEST_TITLE],
        concept_ids=tuple(concept.concept_id for concept in experience.concepts),
        sureness=sureness(experience.concepts),
        years=experience.years,
        country=experience.country,
        work=experience.kind,
        description=" ".join(experience.description)[:_LONGEST_DESCRIPTION],
    )


def _is_again(one: CvExperience, other: CvExperience) -> bool:
    """Whether two entries are of the same group and, in part, of the same time."""
    if one.concepts[0].concept_id != other.concepts[0].concept_id:
        return False
    first, second = _months(one.period), _months(other.period)
    if first is None or second is None:
        return fold(one.title) == fold(other.title) and fold(one.employer) == fold(other.employer)
    return first[0] < second[1] and second[0] < first[1]


def _together(told: Sequence[CvExperience]) -> float | None:
    """Years of entries that overlap, each month counted once."""
    spans = [span for each in told if (span := _months(each.period))]
    if not spans or any(each.period.is_ongoing for each in told):
        known = [each.years for each in told if each.years is not None]
        return max(known, default=None)
    return round((max(end for _, end in spans) - min(start for start, _ in spans)) / _MONTHS, 1)


def _months(period: Period) -> tuple[int, int] | None:
    """From the first month to past the last, counted from year 0; None where it is not dated."""
    if period.start is None or (period.end is None and not period.is_ongoing):
        return None
    start = _month(period.start, 1)
    # A year alone ends where the next job may begin.
    end = _month(period.end, 1) + bool(period.end.month) if period.end else 9999 * _MONTHS
    return start, max(end, start + 1)


def _month(moment: Moment, otherwise: int) -> int:
    return moment.year * _MONTHS + (moment.month or otherwise)


def _told(lines: Sequence[str], mentions: Sequence[Mention]) -> Iterator[Piece]:
    """The work of a text in which somebody tells: the first of each line."""
    seen = set()
    for mention in _of_own_lines(lines, mentions):
        if mention.concepts[0].concept_id in seen:
            continue
        seen.add(mention.concepts[0].concept_id)
        yield Piece(
            PieceKind.EXPERIENCE,
            mention.quote[:_LONGEST_SAID],
            title=mention.quote[:_LONGEST_TITLE],
            concept_ids=tuple(concept.concept_id for concept in mention.concepts),
            sureness=sureness(mention.concepts),
            years=mention.years,
            country=mention.country,
            work=mention.kind,
        )


def _of_own_lines(lines: Sequence[str], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The first mention of each line; where lines carry years, those without tell more of the line above."""
    dated = [line for line in lines if _YEAR.search(line)]
    for line in dated or lines:
        # A quote may run on into the next line, where a line ends without a full stop.
        first = next((mention for mention in mentions if _first_line(mention.quote) in line), None)
        if first is not None:
            years = first.years if first.years is not None else years_said(line)
            # Each line stands for itself: a country elsewhere in the text is not where this was.
            yield replace(first, quote=_first_line(first.quote), years=years, country=country_said(line))


def _first_line(quote: str) -> str:
    return quote.partition("\n")[0].strip(" ,;")


def _named(works: Sequence[Piece], occupations: Sequence[ReadTerm], lines: Sequence[str]) -> Iterator[Piece]:
    """Occupations that lines about work have by their own names, and are told nothing more of."""
    known = {work.concept_ids[0] for work in works}
    quotes = [fold(work.title) for work in works]
    for term in occupations:
        # What a title says in part ("Undersköterska" of "Undersköterska på äldreboende") is that work.
        if any(fold(term.term) in quote for quote in quotes):
            continue
        stands_there = any(fold(term.term) in fold(line) for line in lines)
        if term.concept and term.is_exact and stands_there and term.concept.concept_id not in known:
            known.add(term.concept.concept_id)
            yield Piece(
                PieceKind.EXPERIENCE,
                term.term[:_LONGEST_TITLE],
                title=term.term[:_LONGEST_TITLE],
                concept_ids=(term.concept.concept_id,),
                is_guess=True,
            )


def _educations(text: str, cv: CvReading) -> tuple[Piece, ...]:
    return _each_once(
        Piece(
            PieceKind.EDUCATION,
            quoted(text, told.span),
            title=told.title,
            level=told.level or "",
            country=told.country,
        )
        for told in cv.educations
    )


def _languages(text: str, cv: CvReading) -> Iterator[Piece]:
    for told in cv.languages:
        yield Piece(PieceKind.LANGUAGE, quoted(text, told.span), level=told.level, code=told.code)


def _licences(text: str, cv: CvReading, catalogue: Catalogue) -> Iterator[Piece]:
    """Classes of driving licences, and permits, which the taxonomy has among the skills."""
    for told in cv.licences:
        said = quoted(text, told.span)
        if told.is_to_drive:
            yield Piece(PieceKind.LICENCE, said, code=told.code)
            continue
        skill = catalogue.skills.get(PERMITS.get(told.code, ""))
        ids = (skill.concept_id,) if skill else ()
        names = skill.preferred_label if skill else None
        yield Piece(PieceKind.LICENCE, said, title=said, concept_ids=ids, names=names)


def _skills(terms: Iterable[ReadTerm]) -> Iterator[Piece]:
    for term in terms:
        if term.concept is not None:
            yield Piece(
                PieceKind.SKILL,
                term.term,
                concept_ids=(term.concept.concept_id,),
                names=term.concept.preferred_label,
                is_guess=not _is_by_name(term.term, term.concept),
            )


def _is_by_name(term: str, concept: LinkedConcept) -> bool:
    """Whether it is called so, or so before a comma: "Java" of "Java, programmeringsspråk"."""
    names = names_of(concept)
    return any(fold(term) in (name, name.partition(",")[0]) for name in names)


def _each_once(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """A permit is a skill of the taxonomy too, and a language may stand in two places."""
    kept: dict[tuple[str, ...], Piece] = {}
    for piece in pieces:
        # Kinds share the concepts of the taxonomy.
        kept.setdefault(piece.concept_ids or piece.identity, piece)
    return tuple(kept.values())
