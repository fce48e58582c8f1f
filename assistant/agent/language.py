"""Which language a message is in."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from assistant.domain.language import Language
from assistant.retrieval.mentions.details import without_countries
from assistant.retrieval.mentions.languages import names_only_languages
from assistant.retrieval.text import FUNCTION_WORDS, unaccented, words

# Words that only one of the two languages has, for messages too short for statistics; "i" is in both.
_TELLING = {
    Language.SV: frozenset(
        "jag är och inte har hej ja nej tack på av för som med det en ett vad hur kan var när varför vill"
        " år jobbat jobbade arbetat svenska hoppa över klar inget ingenting mer fel stämmer rätt"
        " förslag vi de dom den att till från om min mitt mina också men alla ingen".split()
    ),
    Language.EN: frozenset(
        "i'm am the and not have hello hi yes no thanks thank you what how can was when why want is years"
        " year worked my english swedish native done nothing more wrong right correct please of to with"
        " suggestions i've it's it we were they in on at from that this did but all none".split()
    ),
}
# English words that people say in Swedish too; alone they are no reason to change the language.
_BORROWED = frozenset("skip next pass sorry please okay cool help stop reset start cv pdf word link".split())
# Words of ours that other languages have too; they do not make a message Swedish or English.
_SHARED = frozenset(
    "i a o s m de en an no me was in am men is as on om et man den so do by to we min war be at han ha dom"
    "".split()
)
_OURS = FUNCTION_WORDS.union(*_TELLING.values()) - _SHARED
_OUR_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzåäöæøéèáàüëïçñ")
# How many words, and how likely another language, before a message counts as foreign; letters that we
# do not have lower both.
_FOREIGN_FROM_WORDS = 3
_FOREIGN_PROBABILITY = 0.8
_FOREIGN_WITH_LETTERS = (2, 0.6)
_SURE = 0.8
# What may be a place or another name: a capital, and a letter that English lacks.
_NAME = re.compile(r"\b(?=[A-ZÅÄÖ])\w*[ÅÄÖåäö]\w*")
# Close to Swedish or English: taken for them, since misspelt words often look so.
_NEAR = frozenset("sv en da no nb nn fo is nl".split())


@dataclass(frozen=True, slots=True)
class DetectedLanguage:
    """`language` is None when the message does not tell; `foreign` when it is in neither.

    `is_sure` is false for names and for words that could be either.
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
        if self._is_foreign(text, tokens):
            return DetectedLanguage(None, foreign=True)
        if told := self._told(tokens):
            return DetectedLanguage(told)
        # "Hindi, english, svenska A1" answers which languages one knows, and changes none.
        likelier = self._likelier(text)
        is_unsure = names_only_languages(text) or _BORROWED.issuperset(tokens)
        return replace(likelier, is_sure=False) if is_unsure else likelier

    def _told(self, tokens: list[str]) -> Language | None:
        counts = {language: sum(t in telling for t in tokens) for language, telling in _TELLING.items()}
        swedish, english = counts[Language.SV], counts[Language.EN]
        if swedish == english:
            return None
        return Language.SV if swedish > english else Language.EN

    def _is_foreign(self, text: str, tokens: list[str]) -> bool:
        usual = (_FOREIGN_FROM_WORDS, _FOREIGN_PROBABILITY)
        fewest, likely_enough = _FOREIGN_WITH_LETTERS if _has_other_letters(text) else usual
        if len(tokens) < fewest or any(token in _OURS for token in tokens):
            return False
        code, probability = self._any.classify(text)
        return code not in _NEAR and float(probability) >= likely_enough

    def _likelier(self, text: str) -> DetectedLanguage:
        unnamed = _NAME.sub(" ", text)
        if any(c in "åäöÅÄÖ" for c in unnamed):
            return DetectedLanguage(Language.SV)
        values = self._pair.compute_language_confidence_values(text)
        if not values:
            return DetectedLanguage(None)
        language = Language.SV if values[0].language.name == "SWEDISH" else Language.EN
        # Umeå, a country, a licence class or "ok" is the same in both; it should not turn the conversation.
        names_only = not without_countries(unnamed).strip(" ,.!?") or all(
            len(token) <= 2 for token in words(unnamed)
        )
        is_sure = not names_only and not _has_other_letters(text) and values[0].value >= _SURE
        return DetectedLanguage(language, is_sure=is_sure)


def _has_other_letters(text: str) -> bool:
    return any(c.isalpha() and c not in _OUR_LETTERS for c in text.lower())


def _is_latin(character: str) -> bool:
    return unaccented(character).isascii() or character in "łŁøØßæÆđĐıəþð"
