"""The two languages of the product, and text that exists in both."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """A language that answers are written in (ISO 639-1)."""

    SV = "sv"
    EN = "en"

    @property
    def other(self) -> "Language":
        """The other one of the two."""
        return Language.EN if self is Language.SV else Language.SV


class Level(StrEnum):
    """How hard the texts are to read."""

    SIMPLE = "simple"  # CEFR A2: one thought a sentence, the commonest words
    NORMAL = "normal"  # CEFR B1: plain language

    @property
    def other(self) -> "Level":
        """The other one of the two."""
        return Level.NORMAL if self is Level.SIMPLE else Level.SIMPLE


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages."""

    sv: str
    en: str

    def text(self, language: Language) -> str:
        """The text in the given language."""
        return self.sv if language is Language.SV else self.en


class Cefr(StrEnum):
    """How well a language is known, by the Common European Framework; `NONE` is below its first step."""

    NONE = "0"
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"

    @property
    def order(self) -> int:
        """0 for nothing yet up to 6 for C2."""
        return list(Cefr).index(self)

    @property
    def before(self) -> "Cefr":
        """The step below; the lowest has none but itself."""
        return list(Cefr)[max(0, self.order - 1)]
