"""Which language a message is in."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.domain.language import Language
from assistant.retrieval.details import without_countries
from assistant.retrieval.text import FUNCTION_WORDS, unaccented, words

# Words that only one of the two languages has, for messages too short for statistics.
_TELLING = {
    Language.SV: frozenset(
        "jag är och inte har hej ja nej tack på av för som med det en ett vad hur kan var när varför vill"
        " i år jobbat jobbade arbetat svenska hoppa över klar inget ingenting mer fel stämmer rätt"
        " förslag".split()
    ),
    Language.EN: frozenset(
        "i'm am the and not have hello hi yes no thanks thank you what how can was when why want is years"
        " year worked my english skip done nothing more wrong right correct please of to with"
        " suggestions".split()
    ),
}
_FOREIGN_FROM_WORDS = 3
_FOREIGN_PROBABILITY = 0.9
_SURE = 0.8
# Close to Swedish or English: taken for them, since misspelt words often look so.
_NEAR = frozenset("sv en da no nb nn fo is nl".split())


@dataclass(frozen=True, slots=True)
class DetectedLanguage:
    """`language` is None when the message does not tell; `foreign` when it is in neither.

    `is_sure` is false for a word or two that could be either.
    """

    language: Language | None
    foreign: bool = False
    is_sure: bool = True


class LanguageDetector:
    """Tells Swedish from English down to one misspelt word, and both from the rest.

    Statistics by lingua (Swedish against English) and py3langid (any language); the first use loads
    their models, about half a second.
    """

    @cached_property
    def _pair(self) -> Any:
        from lingua import Language as Lingua
        from lingua import LanguageDetectorBuilder

        return LanguageDetectorBuilder.from_languages(Lingua.SWEDISH, Lingua.ENGLISH).build()

    @cached_property
    def _any(self) -> Any:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def detect(self, text: str) -> DetectedLanguage:
        """The language of one message; mixed messages get the language that most of it is in."""
        tokens = words(text)
        letters = [c for c in text if c.isalpha()]
        if not letters:
            return DetectedLanguage(None)
        if sum(_is_latin(c) for c in letters) < len(letters) / 2:
            return DetectedLanguage(None, foreign=True)
        told = self._told(tokens)
        if told is None and self._is_foreign(text, tokens):
            return DetectedLanguage(None, foreign=True)
        return DetectedLanguage(told) if told else self._likelier(text, tokens)

    def _told(self, tokens: list[str]) -> Language | None:
        counts = {language: sum(t in telling for t in tokens) for language, telling in _TELLING.items()}
        swedish, english = counts[Language.SV], counts[Language.EN]
        if swedish == english:
            return None
        return Language.SV if swedish > english else Language.EN

    def _is_foreign(self, text: str, tokens: list[str]) -> bool:
        if len(tokens) < _FOREIGN_FROM_WORDS or any(token in FUNCTION_WORDS for token in tokens):
            return False
        code, probability = self._any.classify(text)
        return code not in _NEAR and float(probability) >= _FOREIGN_PROBABILITY

    def _likelier(self, text: str, tokens: list[str]) -> DetectedLanguage:
        if any(c in "åäöÅÄÖ" for c in text):
            return DetectedLanguage(Language.SV)
        values = self._pair.compute_language_confidence_values(text)
        if not values:
            return DetectedLanguage(None)
        language = Language.SV if values[0].language.name == "SWEDISH" else Language.EN
        # A country, a licence class or "ok" is the same in both; it should not turn the conversation.
        names_only = not without_countries(text).strip() or all(len(token) <= 2 for token in tokens)
        is_sure = not names_only and (len(tokens) > 2 or values[0].value >= _SURE)
        return DetectedLanguage(language, is_sure=is_sure)


def _is_latin(character: str) -> bool:
    return unaccented(character).isascii() or character in "łŁøØßæÆđĐıəþð"
