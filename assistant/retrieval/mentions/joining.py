"""When two clauses tell of one experience, and what each adds. Pure functions but for the linker."""

from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain.profile import ExperienceKind
from assistant.retrieval.mentions import thresholds
from assistant.retrieval.mentions.details import country_said, years_said
from assistant.retrieval.mentions.kinds import kind_said
from assistant.retrieval.mentions.mention import Mention, PhraseLinker
from assistant.retrieval.mentions.signs import NAMES_A_ROLE, NEXT, STARTS_WITH_VERB, TOLD_AS_A_JOB
from assistant.retrieval.mentions.weighing import TOP_K, core_of, is_title

if TYPE_CHECKING:
    from assistant.retrieval.linker import LinkedConcept

_SAME_WORK_DEPTH = 3


def is_part_of_home(message: str, first: Mention, second: Mention) -> bool:
    """Whether "cooked and cleaned" belongs to "at home with my children", told in the same breath."""
    told = message[first.end : second.end]
    return (
        first.kind is ExperienceKind.FAMILY
        and second.kind is ExperienceKind.PAID
        and second.years is None
        and not second.country
        and not any(cue.search(told) for cue in (TOLD_AS_A_JOB, NEXT))
    )


def is_same_work(linker: PhraseLinker, first: Mention, second: Mention, *, is_further: bool) -> bool:
    """Whether the second mention tells more of the first one's work.

    Args:
        linker: Knows which groups are neighbours.
        first: The mention before.
        second: The new one.
        is_further: It is told as what came then, or as well.
    """
    best, best_second = first.concepts[0], second.concepts[0]
    if is_further or (second.years is not None and first.years is not None):
        return best.concept_id == best_second.concept_id and is_title(first.quote, second.quote)
    if _is_named(first) and _is_named(second) and not is_title(best.because, best_second.because):
        return False
    if best_second.score < thresholds.OF_ITS_OWN and _may_be_near(linker, first, second):
        return True
    return best_second.concept_id in _close(first.concepts) or best.concept_id in _close(second.concepts)


def _is_named(mention: Mention) -> bool:
    """Whether a mention is the name of work rather than what was done there."""
    if STARTS_WITH_VERB.search(mention.quote) and not NAMES_A_ROLE.search(mention.quote):
        return False
    return is_title(core_of(mention.quote) or mention.quote, mention.concepts[0].because)


def _may_be_near(linker: PhraseLinker, first: Mention, second: Mention) -> bool:
    """Whether words that tell little may tell of the work told before, or of one near it."""
    near = linker.are_near(first.concepts[0].concept_id, second.concepts[0].concept_id)
    return near or any(c.concept_id in _close(first.concepts) for c in second.concepts[:_SAME_WORK_DEPTH])


def _close(concepts: "tuple[LinkedConcept, ...]") -> frozenset[str]:
    """The groups that fit a clause nearly as well as the best."""
    enough = thresholds.CLOSE_TO_BEST * concepts[0].score
    return frozenset(c.concept_id for c in concepts[:_SAME_WORK_DEPTH] if c.score >= enough)


def joined(linker: PhraseLinker, message: str, first: Mention, second: Mention) -> Mention:
    """One mention of the same work as both."""
    quote = message[first.start : second.end]
    together = linker.occupations(quote, top_k=TOP_K)
    best = max((first.concepts, second.concepts, together), key=lambda concepts: concepts[0].score)
    return replace(
        first,
        quote=quote,
        end=second.end,
        concepts=best,
        years=first.years if first.years is not None else second.years,
        country=first.country or second.country,
        kind=first.kind if first.kind is not ExperienceKind.PAID else second.kind,
    )


def lengthened(message: str, first: Mention, second: Mention) -> Mention:
    """The first mention with the words of the second too."""
    return replace(first, quote=message[first.start : second.end], end=second.end)


def with_details(mention: Mention, text: str) -> Mention:
    """The mention with what a text says of how long, where and on what terms, where it lacks that."""
    return replace(
        mention,
        years=mention.years if mention.years is not None else years_said(text),
        country=mention.country or country_said(text),
        kind=mention.kind if mention.kind is not ExperienceKind.PAID else kind_said(text),
    )
