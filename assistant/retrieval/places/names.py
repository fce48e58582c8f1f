"""Finds the Swedish places that a message names, also misspelt, and not those that it only seems to name."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from wordfreq import zipf_frequency

from assistant.domain.language import Language
from assistant.domain.place import Place, PlaceType
from assistant.retrieval.places.context import (
    ORDINARY_WORDS,
    PREPOSITIONS,
    Mention,
    Named,
    Token,
    in_context,
    settled,
    tokens_of,
)
from assistant.retrieval.spelling import is_common
from assistant.retrieval.text import unaccented

_GLUED = re.compile(r"(?P<name>.{3,}?)s?(?P<kind>län|lan|regionen|området|omradet|trakten|kommun)")

# How near a word must be to a name, elsewhere and after a preposition ("i malmu"): one slip in six or in five
# letters. How long the name, elsewhere and where a place is likely: "skarva" is no slip for "Skara".
_CLOSEST = (0.83, 0.79)
_SHORTEST_MENDED = (6, 5)
# Towns and districts are many and alike ("Lyckeby", "Läckeby"): nine letters, one slip.
_CLOSEST_TOWN = 0.88
_SHORTEST_MENDED_TOWN = 9
_CLOSEST_OF_SEVERAL_WORDS = 0.88
_LEAST_ALIKE_WORD = 0.75
# Words of their own that lie near a name: a playground, scanning.
_NO_SLIPS = frozenset("lekland avestan melilla skanning".split())
_INITIALS = str.maketrans({"c": "k", "q": "k", "w": "v", "j": "g", "y": "g", "z": "s"})


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place and what people call it.

    Attributes:
        place: The municipality or region.
        names: Its own name first; then other names, English forms, and towns and districts in it.
    """

    place: Place
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that a text names.

    Attributes:
        place: The municipality or region.
        quote: The words of the text, with what belongs to the name ("Malmö kommun").
        is_exact: False when the name was guessed from a misspelling, so that it should be confirmed;
            missing dots and rings, and a genitive, are no misspelling.
    """

    place: Place
    quote: str
    is_exact: bool


class PlaceFinder:
    """Finds places by their names in Swedish and English texts; pure, and fast enough for every message.

    "Stockholm" alone is the municipality, with "län", "county" or "region" it is the region; a name that
    only a region has ("Skåne") is the region. A name that is an ordinary word as well ("Vara", "Mark") is
    found after a preposition of place, before "kommun", in a list of places or alone, and some of them only
    with a capital letter.
    """

    def __init__(self, entries: Iterable[PlaceEntry]) -> None:
        entries = tuple(entries)
        self._by_code = {entry.place.code: entry.place for entry in entries}
        self._named: dict[str, Named] = {}
        own_names: list[str] = []
        for entry in entries:
            keys = [" ".join(token.word for token in tokens_of(name)) for name in entry.names]
            for key in keys:
                self._add(key, entry.place)
            own_names += keys if entry.place.type is PlaceType.REGION else keys[:1]
        self._plain = _plain_forms(self._named)
        self._longest = max((len(key.split()) for key in self._named), default=0)
        single = [key for key in self._named if " " not in key and key not in ORDINARY_WORDS]
        own = [key for key in single if key in own_names]
        self._mendable = tuple(self._by_initial(own, shortest) for shortest in _SHORTEST_MENDED)
        self._mendable_towns = self._by_initial(single, _SHORTEST_MENDED_TOWN)
        self._of_several_words = {unaccented(key): self._named[key] for key in own_names if " " in key}
        self._telling = {word for key in self._of_several_words for word in key.split() if len(word) > 3}

    def find(self, text: str) -> tuple[FoundPlace, ...]:
        """The places that a text names.

        Args:
            text: A message in Swedish, English or both.

        Returns:
            Each place once, in the order in which they are named first.
        """
        text = unicodedata.normalize("NFC", text)
        tokens = tokens_of(text)
        mentions = settled(text, tokens, tuple(self._mentions(text, tokens)))
        found: dict[str, FoundPlace] = {}
        for mention in mentions:
            place = mention.named.place(is_county=mention.is_county)
            quote = text[tokens[mention.first].start : tokens[mention.after - 1].end]
            found.setdefault(place.concept_id, FoundPlace(place, quote, mention.is_exact))
        return tuple(found.values())

    def with_code(self, code: str) -> Place | None:
        """The place with this code of SCB: two digits for a region, four for a municipality."""
        return self._by_code.get(code)

    def _add(self, key: str, place: Place) -> None:
        named = self._named.setdefault(key, Named(key, place))
        if place.type is PlaceType.REGION:
            named.region = place
        else:
            named.usual = place

    def _by_initial(self, keys: Iterable[str], shortest: int) -> Mapping[str, dict[str, Named]]:
        pools: defaultdict[str, dict[str, Named]] = defaultdict(dict)
        for key in keys:
            if len(key) >= shortest:
                pools[_initial(key)][unaccented(key)] = self._named[key]
        return pools

    def _mentions(self, text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
        position = 0
        while position < len(tokens):
            if mention := self._mention_at(text, tokens, position):
                yield mention
            position = mention.after if mention else position + 1

    def _mention_at(self, text: str, tokens: Sequence[Token], first: int) -> Mention | None:
        for size in range(min(self._longest, len(tokens) - first), 0, -1):
            words = " ".join(token.word for token in tokens[first : first + size])
            if named := self._exact(words):
                return in_context(Mention(named, first, first + size, is_exact=True), text, tokens)
        if glued := self._glued(tokens[first].word):
            named, is_county = glued
            return Mention(named, first, first + 1, is_exact=True, is_county=is_county)
        for size in range(min(3, len(tokens) - first), 1, -1):
            if named := self._mended_words([token.word for token in tokens[first : first + size]]):
                return in_context(Mention(named, first, first + size, is_exact=False), text, tokens)
        if named := self._mended_word(tokens, first):
            return in_context(Mention(named, first, first + 1, is_exact=False), text, tokens)
        return None

    def _exact(self, words: str) -> Named | None:
        """The name, as it is, without diacritics, or in the genitive."""
        if named := self._named.get(words) or self._plain.get(words):
            return named
        stem = words.removesuffix("s")
        return self._named.get(stem) or self._plain.get(stem)

    def _glued(self, word: str) -> tuple[Named, bool] | None:
        """A name with its kind in one word, and whether it is a county: "Stockholmslän", "Malmöområdet"."""
        parts = _GLUED.fullmatch(word)
        named = self._exact(parts["name"]) if parts else None
        return (named, parts["kind"] in ("län", "lan", "regionen")) if parts and named else None

    def _mended_word(self, tokens: Sequence[Token], at: int) -> Named | None:
        word, initial = unaccented(tokens[at].word), _initial(tokens[at].word)
        if len(word) < min(_SHORTEST_MENDED) or word in _NO_SLIPS:
            return None
        is_placed = at > 0 and tokens[at - 1].word in PREPOSITIONS
        names = self._mendable[is_placed or len(tokens) == 1].get(initial, {})
        towns = self._mendable_towns.get(initial, {})
        for form in (word, word.removesuffix("s")):
            near = _nearest(form, names, _CLOSEST[is_placed]) or _nearest(form, towns, _CLOSEST_TOWN)
            if near:
                return None if is_common(tokens[at].word) else near
        return None

    def _mended_words(self, words: list[str]) -> Named | None:
        plain = [unaccented(word) for word in words]
        if self._telling.isdisjoint(plain):
            return None
        named = _nearest(" ".join(plain), self._of_several_words, _CLOSEST_OF_SEVERAL_WORDS)
        return named if named and _alike_word_by_word(plain, unaccented(named.name).split()) else None


def _plain_forms(named: Mapping[str, Named]) -> dict[str, Named]:
    """Names as written without å, ä, ö, unless that makes another name or a commoner word (Åre, "are")."""
    forms: dict[str, Named] = {}
    for key, what in named.items():
        plain = unaccented(key)
        if plain != key and plain not in named and _commonness(plain) <= _commonness(key):
            forms[plain] = what
    return forms


def _commonness(word: str) -> float:
    return max(zipf_frequency(word, language.value, wordlist="small") for language in Language)


def _initial(word: str) -> str:
    """The first sound, which a misspelling seldom changes: "Cristianstad", "Yonköping"."""
    return unaccented(word)[:1].translate(_INITIALS)


def _nearest(word: str, pool: Mapping[str, Named], cutoff: float) -> Named | None:
    near = process.extractOne(
        word, pool.keys(), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=cutoff
    )
    return pool[near[0]] if near else None


def _alike_word_by_word(words: Sequence[str], others: Sequence[str]) -> bool:
    return len(words) == len(others) and all(
        DamerauLevenshtein.normalized_similarity(word, other) >= _LEAST_ALIKE_WORD
        for word, other in zip(words, others, strict=True)
    )
