"""The skills of a CV."""

import re
from collections.abc import Iterator, Sequence

from assistant.retrieval.cv.headings import Section
from assistant.retrieval.cv.lines import Line
from assistant.retrieval.cv.values import CvSkill, Span
from assistant.retrieval.linker import LinkedConcept, Linker
from assistant.retrieval.mentions.languages import languages_said
from assistant.retrieval.text import content_words, fold

# A label must fit well and have the words in it: letters alone take "matlagning" for "mattläggning".
_ENOUGH = 0.45
_LOOKED_AT = 3
_MOST_SKILLS = 30
_MOST_LOOKED_UP = 80
_MOST_WORDS = 4
_SHORTEST = 2
_ITEMS = re.compile(r"[,;|•·\t\n()/:]|\.\s|\.$|\s[-–—]\s|\s(?:och|and|&)\s")
_LEVEL = re.compile(
    r"^(?:(?:mycket |very )?(?:goda?|good|bra)(?: kunskaper)?|avancerad\w*|advanced|basic|grund\w*|expert"
    r"|flytande|intermediate"
    r"|(?:grundläggande|goda) kunskaper|\d+ (?:år|years)|hög|medel|excellent)$"
)


def read_skills(linker: Linker, lines: Sequence[Line]) -> tuple[CvSkill, ...]:
    """The skills that lines name, each concept once, in their order.

    Below a heading on skills or courses a near label is enough; what is told of work names a skill only
    letter for letter. Blocking: about 15 ms an item, at most 80 items.
    """
    found: dict[str, CvSkill] = {}
    items = [(line, at, item) for line in lines for at, item in _items(line)]
    items.sort(key=lambda item: item[0].section is Section.WORK)
    for line, at, item in items[:_MOST_LOOKED_UP]:
        concept, is_exact = named_skill(linker, item)
        if concept is not None and (is_exact or line.section is not Section.WORK):
            start = line.span.start + at
            found.setdefault(concept.concept_id, CvSkill(item, concept, Span(start, start + len(item))))
    return tuple(sorted(found.values(), key=lambda skill: skill.span.start))[:_MOST_SKILLS]


def named_skill(linker: Linker, term: str) -> tuple[LinkedConcept | None, bool]:
    """The skill of that name, else the nearest one that has all its words in its label; and whether exact."""
    found = linker.skills(term, top_k=_LOOKED_AT)
    exact = next((concept for concept in found if fold(term) in names_of(concept)), None)
    near = next((c for c in found if c.score >= _ENOUGH and is_within_label(term, c)), None)
    return exact or near, exact is not None


def names_of(concept: LinkedConcept) -> frozenset[str]:
    """What a concept is called, folded."""
    return frozenset(map(fold, (concept.because, concept.preferred_label.sv, concept.preferred_label.en)))


def is_within_label(term: str, concept: LinkedConcept) -> bool:
    """Whether all words of a term begin words of a concept's label."""
    said = content_words(term)
    named = content_words(f"{concept.preferred_label.sv} {concept.preferred_label.en}")
    return bool(said) and all(any(name.startswith(word) for name in named) for word in said)


def _items(line: Line) -> Iterator[tuple[int, str]]:
    """The short items of a line, with where they begin in it."""
    at = 0
    for separator in [*_ITEMS.finditer(line.text), None]:
        end = separator.start() if separator else len(line.text)
        raw = line.text[at:end]
        item = raw.strip(" .-–—*")
        if _could_be_skill(item):
            yield at + raw.index(item), item
        at = separator.end() if separator else end


def _could_be_skill(item: str) -> bool:
    return (
        len(item) >= _SHORTEST
        and any(map(str.isalpha, item))
        and len(content_words(item)) <= _MOST_WORDS
        and not _LEVEL.match(fold(item))
        and not languages_said(item)
    )
