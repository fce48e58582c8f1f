"""Sentences that carry the token of their source."""

import re
from dataclasses import dataclass, replace

from assistant.domain.language import Language
from assistant.domain.source import Source
from assistant.prompts import Texts

_LONGEST_VALUE = 600
# Any blanks but the one that holds a number together.
_BLANKS = re.compile(r"[^\S\u00a0]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with the token of its source in it; without one it claims nothing that needs a source."""

    text: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """The texts in one language, and the time at which sources were read (ISO 8601)."""

    texts: Texts
    language: Language
    now: str

    def say(self, key: str, **values: str) -> str:
        """One text with its variables filled in, each of them as one line of bearable length."""
        return self.texts.say(key, self.language, **{name: one_line(value) for name, value in values.items()})

    def as_of(self, time: str) -> "Voice":
        """The same for what was read at another time; now if it is empty."""
        return replace(self, now=time) if time else self


def one_line(text: str) -> str:
    """A text of a source on one line, cut where nobody would read on."""
    line = _BLANKS.sub(" ", text).strip()
    return line if len(line) <= _LONGEST_VALUE else f"{line[:_LONGEST_VALUE].rstrip()}…"


def quoting(source: Source) -> Statement:
    """What a source says, word for word, with its token."""
    return Statement(f"{source.quote} {source.token}", source)


def sources_of(*statements: Statement) -> tuple[Source, ...]:
    """The sources behind statements, each once, in their order."""
    return tuple(dict.fromkeys(said.source for said in statements if said.source is not None))


def grouped(number: int) -> str:
    """A number with its thousands apart, as both languages are read: 34 900, with a space that holds."""
    return f"{number:,}".replace(",", "\u00a0")


def decimal(number: float, voice: Voice) -> str:
    """A number to one decimal at most, with the decimal sign of the language: 7,5 or 7.5."""
    written = f"{number:.1f}".removesuffix(".0")
    return written.replace(".", ",") if voice.language is Language.SV else written
