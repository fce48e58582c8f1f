"""Mends words that no passage knows, against the words that the passages use."""

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


class Speller:
    """Suggests the known word nearest to an unknown one, by Damerau-Levenshtein distance.

    A word that is common in either language is left alone: "number" is not a slip for "timber".
    Distance is measured without diacritics: they are often missing on a foreign keyboard.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(vocabulary) | FUNCTION_WORDS
        self._plain = {unaccented(word): word for word in self._known if len(word) >= _SHORTEST}
        self._choices = list(self._plain)

    def mended(self, text: str) -> str:
        """The text's words with unknown ones replaced, where a known one is near; lower case."""
        return " ".join(self._mend(word) for word in words(text))

    def _mend(self, word: str) -> str:
        if word in self._known or len(word) < _SHORTEST or word.isdigit() or _is_real(word):
            return word
        plain = unaccented(word)
        if plain in self._plain:
            return self._plain[plain]
        if len(word) < _SHORTEST_GUESSED:
            return word
        near = process.extractOne(
            plain,
            self._choices,
            scorer=DamerauLevenshtein.normalized_similarity,
            processor=None,
            score_cutoff=_CLOSEST,
        )
        return self._plain[near[0]] if near else word


def _is_real(word: str) -> bool:
    """Whether a word is common in either language (Zipf scale of wordfreq; 3 is once in a million)."""
    return any(zipf_frequency(word, language.value, wordlist="small") >= _COMMON for language in Language)
