"""Which occupations a message means: those it points at in a list, those spoken of, or those it names."""

from collections.abc import Generator
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.agent.guide.script import Call, Calls, Results, Turn
from assistant.agent.results import FoundOccupations
from assistant.domain.language import Bilingual, Language
from assistant.retrieval.mentions.finder import wished_work
from assistant.retrieval.text import FUNCTION_WORDS, alike, content_words, fold

NAMES_OCCUPATION = 0.4
# A longer text than a name names by chance what is no more like it than this.
_NAMED = 0.47
# A nurse is a registered nurse, though there are others; which kind of teacher is asked.
_CLEAR = 0.8
_COUNTED = ("first", "second", "third", "fourth", "fifth", "sixth")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text means.

    Attributes:
        concept_ids: The occupations; empty when none is meant.
        choices: Groups that it may be instead, where the words fit several about as well.
        place: A Swedish place that it names.
    """

    concept_ids: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    place: str = ""


def occupations_meant(turn: Turn, *texts: str) -> Generator[Calls, Results, tuple[Meant, ...]]:
    """What each text means; the names that stand in no list are looked up in one go.

    Args:
        turn: The turn, for its lists and what was spoken of.
        texts: The message, or parts of it.
    """
    named = [_bare(turn, text) for text in texts]
    calls = tuple(Call("find_occupations", {"text": name}) for name in named if name)
    results = iter((yield calls) if calls else ())
    found = [_found(next(results), name) if name else Meant() for name in named]
    return tuple(
        _either(pointed_at(turn, text), one_found) for text, one_found in zip(texts, found, strict=True)
    )


def _either(pointed: tuple[str, ...], found: Meant) -> Meant:
    """What is pointed at, unless a name clearly is another's: bakers, when the list has pizza bakers."""
    is_clear = bool(found.concept_ids) and not found.choices
    return found if is_clear or not pointed else Meant(pointed, place=found.place)


def occupation_meant(turn: Turn, text: str) -> Generator[Calls, Results, Meant]:
    """What one text means."""
    return (yield from occupations_meant(turn, text))[0]


def pointed_at(turn: Turn, text: str) -> tuple[str, ...]:
    """Occupations of the last list by their place or name in it, or the one that was spoken of."""
    folded = fold(text)
    if other := _the_other(turn, folded):
        return (other,)
    counted = tuple(
        listed.concept_id
        for name, listed in zip(_COUNTED, turn.memory.listed, strict=False)
        if turn.cues.fits(f"points_at_{name}", folded)
    )
    if counted:
        return counted
    if turn.cues.fits("points_at_last", folded) and turn.memory.listed:
        return (turn.memory.listed[-1].concept_id,)
    name = _bare(turn, text)
    if name:
        return _of_list(turn, name)
    return (turn.memory.about,) if turn.memory.about and turn.cues.fits("points_at_one", folded) else ()


def _the_other(turn: Turn, folded: str) -> str:
    """The other of two that were compared, or listed, when one of them was spoken of."""
    if not turn.cues.fits("points_at_other", folded):
        return ""
    pair = turn.memory.compared or tuple(listed.concept_id for listed in turn.memory.listed)
    others = [concept_id for concept_id in pair if concept_id != turn.memory.about]
    return others[0] if len(pair) == 2 and len(others) == 1 else ""


def _of_list(turn: Turn, name: str) -> tuple[str, ...]:
    """The occupation of the last list that all words of a name belong to, the likest if there are several."""
    said = content_words(name)
    fitting = [
        listed
        for listed in turn.memory.listed
        if all(any(alike(word, own) for own in content_words(listed.label)) for word in said)
    ]
    likest = max(fitting, key=lambda listed: fuzz.partial_ratio(name, fold(listed.label)), default=None)
    return (likest.concept_id,) if likest else ()


def _bare(turn: Turn, text: str) -> str:
    """The words of a text that may name an occupation; empty when none is left."""
    left = wished_work(turn.cues.without("guide_words", fold(text)))
    named = [word for word in content_words(left) if word not in FUNCTION_WORDS]
    return left[:_LONGEST_NAME] if named else ""


def _found(result: object, name: str) -> Meant:
    if not isinstance(result, FoundOccupations):
        return Meant()
    place = result.places[0].place.name if result.places else ""
    if not result.nearest or result.nearest[0].score < _NAMED:
        return Meant(place=place)
    best = result.nearest[0]
    is_clear = best.probability >= _CLEAR or _is_its_name(best.preferred_label, name)
    choices = () if is_clear else tuple(concept.concept_id for concept in result.choices)
    return Meant((best.concept_id,), choices, place)


def _is_its_name(label: Bilingual, name: str) -> bool:
    """Whether words are a group's whole name: a dentist is one of the dentists, whoever else is near."""
    said = content_words(name)
    labels = (content_words(label.text(language)) for language in Language)
    return any(all(any(alike(word, own) for word in said) for own in named) for named in labels)
