"""Says the texts of the document in its languages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from assistant.domain.language import Language
from assistant.exports.layout import Both, Said, shown
from assistant.prompts import Texts


@dataclass(frozen=True, slots=True)
class Writer:
    """The texts of a document, and the languages that it is written in, the main one first."""

    texts: Texts
    languages: tuple[Language, ...]

    def say(self, key: str, **values: str) -> Both:
        """A text; the values are the same in all languages."""
        return self.each(lambda language: self.texts.say(key, language, **values))

    def each(self, write: Callable[[Language], str]) -> Both:
        """A text that is written for each language."""
        return tuple(Said(shown(write(language)), language) for language in self.languages)

    def own(self, text: str, language: Language) -> Both:
        """The person's own words: the same in all columns, in the language that they were said in."""
        return tuple(Said(shown(text), language) for _ in self.languages)

    def duration(self, years: float, language: Language) -> str:
        """A length of time in words."""
        if years < 1:
            months = max(1, round(years * 12))
            key = "time.one_month" if months == 1 else "time.months"
            return self.texts.say(key, language, number=str(months))
        number = f"{years:g}".replace(".", "," if language is Language.SV else ".")
        return self.texts.say("time.one_year" if years == 1 else "time.years", language, number=number)


def day(written: str, language: Language) -> str:
    """The day of an ISO 8601 date or time as people write it; the text itself when it is neither."""
    try:
        at = datetime.fromisoformat(written).date() if "T" in written else date.fromisoformat(written)
    except ValueError:
        return written
    return format_date(at, "long", locale=language.value)
