"""Mends words that no passage knows, against the words that the passages use."""

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from wordfreq import zipf_frequency

from assistant.domain.language import Language
from assistant.retrieval.text import FUNCTION_WORDS, unaccented, words

_SHORTEST = 3
_SHORTEST_GUESSED = 4
# One slip in four or five letters; two in eight or more.
_CLOSEST = 0.72
_COMMON = 3.0
# Names are many and alike ("Iran", "Irak"): one slip in six letters or more.
_CLOSEST_NAME = 0.83
# Spellings of one Swedish sound, most particular first.
_SPELLINGS = tuple(
    (re.compile(written), spoken)
    for written, spoken in (
        ("au", "o"),
        ("å", "o"),
        ("ck", "k"),
        ("c(?=[eiy])", "s"),
        ("[cq]", "k"),
        ("g(?=[eiyäö])", "j"),
        ("y", "i"),
        ("w", "v"),
        ("z", "s"),
        (r"(.)\1+", r"\1"),
    )
)


class Speller:
    """Suggests the known word nearest to an unknown one, by Damerau-Levenshtein distance.

    A word that is common in either language is left alone: "number" is not a slip for "timber".
    Distance is measured without diacritics: they are often missing on a foreign keyboard. The first letter
    is hardly ever a slip, so only words that begin with the same sound are near.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(vocabulary) | FUNCTION_WORDS
        # Of words that look or sound the same the last one counts: the most common, in every run.
        by_use = sorted((word for word in self._known if len(word) >= _SHORTEST), key=_use)
        self._plain = {unaccented(word): word for word in by_use}
        self._choices: dict[str, list[str]] = defaultdict(list)
        for plain in self._plain:
            self._choices[_sound(plain)[:1]].append(plain)
        self._by_sound = {_sound(word): word for word in by_use}

    def mended(self, text: str) -> str:
        """The text's words with unknown ones replaced, where a known one is near; lower case."""
        return " ".join(self._mend(word) for word in words(text))

    def _mend(self, word: str) -> str:
        if word in self._known or len(word) < _SHORTEST or word.isdigit():
            return word
        if alike := self._by_sound.get(_sound(word)):
            return alike
        if is_common(word):
            return word
        plain = unaccented(word)
        if plain in self._plain:
            return self._plain[plain]
        if len(word) < _SHORTEST_GUESSED:
            return word
        near = process.extractOne(
            plain,
            self._choices.get(_sound(plain)[:1], ()),
            scorer=DamerauLevenshtein.normalized_similarity,
            processor=None,
            score_cutoff=_CLOSEST,
        )
        return self._plain[near[0]] if near else word


def _use(word: str) -> tuple[float, str]:
    """How common a word is in the language that has it most (Zipf scale), and the word."""
    return max(zipf_frequency(word, language.value, wordlist="small") for language in Language), word


def _sound(word: str) -> str:
    """What a word sounds like in Swedish, so that "restorang" meets "restaurang" and "kok" "kock"."""
    sound = word
    for written, spoken in _SPELLINGS:
        sound = written.sub(spoken, sound)
    return unaccented(sound)


def near_name(word: str, names: tuple[str, ...]) -> str:
    """The name that a word is a slip of; empty when none is near. Both without diacritics."""
    near = process.extractOne(
        word,
        names,
        scorer=DamerauLevenshtein.normalized_similarity,
        processor=None,
        score_cutoff=_CLOSEST_NAME,
    )
    return near[0] if near else ""


def is_common(word: str) -> bool:
    """Whether a word is common in either language (Zipf scale of wordfreq; 3 is once in a million)."""
    return any(zipf_frequency(word, language.value, wordlist="small") >= _COMMON for language in Language)
