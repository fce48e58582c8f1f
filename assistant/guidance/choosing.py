"""What to do with links: confirm one, ask which of some that differ in kind, or ask for more words."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from rapidfuzz import fuzz

from assistant.retrieval.linker import LinkedConcept
from assistant.retrieval.text import content_words, fold, unaccented

# From here one group is put forward to be confirmed: of such links, 95 to 97 in 100 are right.
SURE = 0.85
# When the choices together are less likely than this, it is asked what somebody did: they would lack the
# right one more often than not.
LIKELY = 0.4
# Told twice and still unclear: from here the nearest groups are asked about all the same.
WORTH_ASKING = 0.05
# As many as are read at a glance, with "none of these" beside them.
MOST_OFFERED = 4
# A group that is right less often than this only lengthens the list.
_WORTH_OFFERING = 0.03
_SAME_MINOR_GROUP = 0.75
_NEIGHBOURS = 0.6
_SAME_NAME = 0.75
_ALIKE = 80
_MINOR_GROUP = 3
_LONG_ENOUGH = 4


class Sureness(StrEnum):
    """How sure it is what somebody meant."""

    SURE = "sure"
    UNSURE = "unsure"
    UNLIKELY = "unlikely"


def sureness(concepts: Sequence[LinkedConcept]) -> Sureness:
    """How sure it is that the first of the concepts, best first, or else one of the first four was meant."""
    if concepts and concepts[0].probability >= SURE:
        return Sureness.SURE
    together = sum(concept.probability for concept in concepts[:MOST_OFFERED])
    return Sureness.UNSURE if together >= LIKELY else Sureness.UNLIKELY


def differing(
    concepts: Sequence[LinkedConcept], said: str, are_near: Callable[[str, str], bool]
) -> tuple[LinkedConcept, ...]:
    """The concepts to offer as choices: likely ones that differ in kind.

    The likeliest comes first; each next one is the likeliest less what it repeats of those before it
    (maximal marginal relevance, Carbonell and Goldstein 1998). Groups that the words themselves name
    repeat nothing: whoever says "driver" is asked which kind of driver.

    Args:
        concepts: Best first.
        said: The person's words.
        are_near: Whether two groups, by id, are neighbours.

    Returns:
        At most four, best first; the first of `concepts` always.
    """
    left = [c for c in concepts if c.probability >= _WORTH_OFFERING]
    chosen = [*concepts[:1]]
    left = [c for c in left if c not in chosen]
    named = [word for word in content_words(said) if len(word) >= _LONG_ENOUGH]

    def gain(concept: LinkedConcept) -> float:
        if _names(concept, named):
            return concept.probability
        repeated = max(_likeness(concept, other, are_near) for other in chosen)
        return concept.probability * (1 - repeated)

    while left and len(chosen) < MOST_OFFERED:
        best = max(left, key=gain)
        left.remove(best)
        chosen.append(best)
    return tuple(chosen)


def _likeness(one: LinkedConcept, other: LinkedConcept, are_near: Callable[[str, str], bool]) -> float:
    """How much of a choice another one repeats, in [0, 1]."""
    alike = [0.0]
    if one.ssyk_code[:_MINOR_GROUP] == other.ssyk_code[:_MINOR_GROUP]:
        alike.append(_SAME_MINOR_GROUP)
    if are_near(one.concept_id, other.concept_id):
        alike.append(_NEIGHBOURS)
    if fuzz.token_set_ratio(fold(one.preferred_label.sv), fold(other.preferred_label.sv)) >= _ALIKE:
        alike.append(_SAME_NAME)
    return max(alike)


def _names(concept: LinkedConcept, said: Sequence[str]) -> bool:
    """Whether a word that was said is, or is a part of, a word of the group's name in either language."""
    label = unaccented(fold(f"{concept.preferred_label.sv} {concept.preferred_label.en}"))
    return any(unaccented(word) in label for word in said)
