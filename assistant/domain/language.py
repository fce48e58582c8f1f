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


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages."""

    sv: str
    en: str

    def text(self, language: Language) -> str:
        """The text in the given language."""
        return self.sv if language is Language.SV else self.en
