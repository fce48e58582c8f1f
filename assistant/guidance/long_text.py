"""What a CV or another long text tells: by JobAd Enrichments where it can be reached, and by the linker."""

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from assistant.apis.enrichments import (
    SERVICE,
    EnrichedDocument,
    EnrichedTerm,
    EnrichmentsClient,
    TextDocument,
)
from assistant.domain.addresses import Addresses
from assistant.domain.source import Source
from assistant.guidance.reach import Reached, reach
from assistant.guidance.statement import Statement, Voice
from assistant.retrieval.cv.reader import read_cv
from assistant.retrieval.cv.skills import is_within_label, names_of
from assistant.retrieval.cv.values import CvReading
from assistant.retrieval.linker import LinkedConcept, Linker
from assistant.retrieval.mentions.finder import Mention, find_mentions
from assistant.retrieval.text import fold

# From here a text is more than a message, and worth a service of its own.
LONG_TEXT = 400
# A label must fit well and have the words in it: letters alone take "matlagning" for "mattläggning".
_SKILL_SCORE = 0.45
# For work, the place where it is done ("restaurang") comes close to several groups.
_OCCUPATION_SCORE = 0.6
_LOOKED_AT = 3
_MOST_OCCUPATIONS = 8
_MOST_SKILLS = 25

_Find = Callable[..., tuple[LinkedConcept, ...]]


@dataclass(frozen=True, slots=True)
class ReadTerm:
    """Something that a text names.

    Attributes:
        term: In the words of the text, or the enrichment's label for them.
        concept: The concept that it is; None when none fits well enough.
        prediction: 0-1, that an employer asks for it; None where nobody says.
        is_exact: The term is a label or another name of the concept, letter for letter.
    """

    term: str
    concept: LinkedConcept | None
    prediction: float | None = None
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one text.

    Attributes:
        cv: Read as a CV.
        mentions: Read as what somebody tells.
        occupations: Named in it, by JobAd Enrichments.
        skills: Named in it, by JobAd Enrichments, else by the linker.
        traits: As above, in the enrichment's words.
        enriched: None when JobAd Enrichments was not asked.
    """

    cv: CvReading
    mentions: tuple[Mention, ...]
    occupations: tuple[ReadTerm, ...]
    skills: tuple[ReadTerm, ...]
    traits: tuple[EnrichedTerm, ...]
    enriched: Reached[EnrichedDocument] | None

    @property
    def is_enriched(self) -> bool:
        """Whether JobAd Enrichments has read it."""
        return self.enriched is not None and self.enriched.answer is not None


async def read_text(
    text: str, linker: Linker, enrichments: EnrichmentsClient | None, *, today: date
) -> Reading:
    """Read a text.

    Args:
        text: Without anything that tells who the person is: it leaves the machine.
        linker: Ties words to concepts.
        enrichments: None to use the linker alone.
        today: Up to when work that goes on has lasted.
    """
    cv, mentions, enriched = await asyncio.gather(
        asyncio.to_thread(read_cv, linker, text, today=today),
        asyncio.to_thread(find_mentions, linker, text),
        _enriched(text, enrichments),
    )
    document = enriched.answer if enriched else None
    if document is None:
        skills = tuple(ReadTerm(skill.words, skill.concept) for skill in cv.skills[:_MOST_SKILLS])
        return Reading(cv, mentions, (), skills, (), enriched)
    occupations, skills = await asyncio.to_thread(
        lambda: (
            _joined(document.occupations, linker.occupations, _OCCUPATION_SCORE)[:_MOST_OCCUPATIONS],
            _joined(document.skills, linker.skills, _SKILL_SCORE)[:_MOST_SKILLS],
        )
    )
    return Reading(cv, mentions, occupations, skills, document.traits, enriched)


def reading_statement(text: str, reading: Reading, voice: Voice) -> Statement:
    """Who has read the text, with all that JobAd Enrichments found as the source.

    The service keeps no record, so the address is its own, and the id a hash that tells nothing.
    """
    if not reading.is_enriched:
        return Statement(voice.say("long_text.alone"))
    lists = (
        ("Yrken", [_with_prediction(term) for term in reading.occupations]),
        ("Kompetenser", [_with_prediction(term) for term in reading.skills]),
        ("Egenskaper", [term.label for term in reading.traits]),
    )
    source = Source(
        source_id=f"enriched:{hashlib.sha256(text.encode()).hexdigest()[:12]}",
        system=SERVICE,
        title=voice.say("long_text.title"),
        url=Addresses().enrichments,
        version=voice.now[:10],
        retrieved_at=voice.now,
        quote=" | ".join(f"{name}: {'; '.join(found)}" for name, found in lists if found) or "-",
    )
    return Statement(f"{voice.say('long_text.by_service')} {source.token}", source)


async def _enriched(text: str, enrichments: EnrichmentsClient | None) -> Reached[EnrichedDocument] | None:
    if enrichments is None:
        return None
    reached = await reach(SERVICE, enrichments.enrich((TextDocument("text", text),)))
    document = reached.answer[0] if reached.answer else None
    # An answer that leaves the only document out is as good as none.
    return Reached(SERVICE, document, is_missing=document is None)


def _joined(terms: Iterable[EnrichedTerm], find: _Find, enough: float) -> tuple[ReadTerm, ...]:
    """Terms with their concepts; those that have one first, each concept once, likeliest first."""
    likeliest = sorted(terms, key=lambda term: -(term.prediction if term.prediction is not None else -1.0))
    read = [_join(term.label, find, enough, term.prediction) for term in likeliest[: _MOST_SKILLS * 2]]
    return _each_once(sorted(read, key=lambda term: term.concept is None))


def _join(term: str, find: _Find, enough: float, prediction: float | None = None) -> ReadTerm:
    """A term with the concept of that name, else with the nearest one that has its words in its label."""
    found = find(term, top_k=_LOOKED_AT)
    exact = next((concept for concept in found if fold(term) in names_of(concept)), None)
    near = next((c for c in found if c.score >= enough and is_within_label(term, c)), None)
    return ReadTerm(term, exact or near, prediction, is_exact=exact is not None)


def _each_once(terms: Iterable[ReadTerm]) -> tuple[ReadTerm, ...]:
    kept: dict[str, ReadTerm] = {}
    for term in terms:
        kept.setdefault(term.concept.concept_id if term.concept else f"term:{fold(term.term)}", term)
    return tuple(kept.values())


def _with_prediction(term: ReadTerm) -> str:
    return term.term if term.prediction is None else f"{term.term} ({term.prediction:.2f})"
