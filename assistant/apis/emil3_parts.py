"""The value types of EMIL 3, each of which may be missing or of another form than expected."""

from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

from assistant.apis.emil3 import Code
from assistant.apis.skolverket import Parts, Word, clean_text, web_address
from assistant.apis.wire import Wire

_SWEDISH, _ENGLISH = ("swe", "sv"), ("eng", "en")


class Emil(Wire):
    """A part of a record; its fields are in camel case."""

    model_config = ConfigDict(alias_generator=to_camel)


class _LangValue(Emil):
    lang: Word = ""
    value: Word = ""


class LangString(Emil):
    """A text in one or more languages; several in one language where there are several texts."""

    strings: Parts[_LangValue]

    def texts(self, languages: tuple[str, ...] = _SWEDISH) -> tuple[str, ...]:
        """All texts in the languages, without markup."""
        found = (clean_text(s.value) for s in self.strings if s.lang.lower() in languages)
        return tuple(text for text in found if text)

    def swedish(self) -> str:
        """The Swedish text, or else one in another language but English."""
        others = tuple({s.lang.lower() for s in self.strings}.difference(_SWEDISH, _ENGLISH))
        return next(iter(self.texts() or self.texts(others)), "")

    def english(self) -> str:
        """The English text."""
        return next(iter(self.texts(_ENGLISH)), "")


class LangUrl(Emil):
    """An address in one or more languages."""

    urls: Parts[_LangValue]

    def address(self) -> str:
        """The Swedish address, or else the first."""
        by_preference = sorted(self.urls, key=lambda url: url.lang.lower() not in _SWEDISH)
        return next(filter(None, (web_address(url.value) for url in by_preference)), "")


class WireCode(Emil):
    """A code of one of the lists."""

    type: Word = ""
    code: Word = ""

    def to_code(self) -> Code:
        """As kept."""
        return Code(self.type, self.code)
