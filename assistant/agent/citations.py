"""Turns the tokens in a model's text into numbered markers, and holds back what has no source."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.agent.sentences import SentenceSplitter, is_list_number
from assistant.agent.tokens import token_names, with_numbers, without_own_marks, without_tokens
from assistant.domain.source import Citation, Source
from assistant.retrieval.text import fold

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
# "34 900", "34,900" and "34.900" are one number, however a language parts its thousands.
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:(?: \d{3})+|(?:,\d{3})+|(?:\.\d{3})+)(?![\d.,]*\d)")
_QUOTED = re.compile(r"[“\"”«]([^“\"”«»]*)[”\"»]")
# Shorter quotations are names of things.
_SHORTEST_QUOTE = 12
# An address without its "https://" is still one that only a source may give.
_DOMAIN = re.compile(r"\b(?:[\w-]{1,63}\.){1,4}(?:se|nu|com|org|net|eu|info|gov|edu)\b")


# "Universitets- och högskolerådet (UHR)" is two names, "Länsstyrelsen och Polismyndigheten" two bodies.
_BETWEEN_NAMES = re.compile(r"\s+och\s+(?=[A-ZÅÄÖ])|\bm\.fl\.|[(),]")


def authority_names(authorities: Iterable[str]) -> frozenset[str]:
    """All names under which texts speak of these authorities, folded."""
    parts = (part for authority in authorities for part in _BETWEEN_NAMES.split(authority))
    return frozenset(fold(part) for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class Checked:
    """A text with numbered markers, its citations, and the sentences that were held back."""

    text: str
    citations: tuple[Citation, ...]
    held_back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer may build on: the sources of this conversation and the person's own words.

    `names` are authorities and other names that only a source may vouch for, `buttons` what the page's
    own buttons say, which needs no source.
    """

    sources: Mapping[str, Source]
    own_words: str
    own_numbers: frozenset[str]
    names: frozenset[str] = frozenset()
    buttons: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        sources: Iterable[Source],
        own_words: Iterable[str],
        names: frozenset[str],
        buttons: Iterable[str] = (),
    ) -> "Evidence":
        """Evidence from the sources of a conversation; a later reading of a source replaces an earlier."""
        by_token = {source.token.strip("[#]"): source for source in sources}
        words = fold(" ".join(own_words))
        return cls(by_token, words, _numbers(words), names, frozenset(map(fold, buttons)))


class CitationCheck:
    """Checks one answer sentence by sentence, while it is written or at once.

    A token vouches for its own sentence and for those before it on the same line that have none of
    their own, as a reader takes it. So a sentence that claims something waits until its token or the
    end of its line has come.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._markers: dict[str, int] = {}
        self._sentences = SentenceSplitter()
        self._waiting: list[str] = []
        self._held_back: list[str] = []

    def feed(self, piece: str) -> str:
        """Take a piece of text; returns what may be shown now, whole sentences at a time."""
        return "".join([self._taken(sentence) for sentence in self._sentences.feed(piece)])

    def finish(self) -> str:
        """What was left when the text ended."""
        return self._taken(self._sentences.finish()) + self._released("")

    def _taken(self, sentence: str) -> str:
        self._waiting.append(sentence)
        if token_names(sentence):
            return self._released(sentence)
        ends_line = "\n" in sentence
        waits_for_token = any(_claims(waiting, self._evidence) for waiting in self._waiting)
        return "" if waits_for_token and not ends_line else self._released("")

    def _released(self, citing: str) -> str:
        waiting, self._waiting = self._waiting, []
        return "".join(self._shown(sentence, citing) for sentence in waiting)

    @property
    def held_back(self) -> tuple[str, ...]:
        """Sentences that were not shown, for want of a source."""
        return tuple(self._held_back)

    def marker(self, source_id: str) -> int | None:
        """The marker of a source, given on first use; None for a source that is not known."""
        token = next((t for t, s in self._evidence.sources.items() if s.source_id == source_id), None)
        return None if token is None else self._number(token)

    def citations(self) -> tuple[Citation, ...]:
        """All sources with a marker, in the order of their markers."""
        return tuple(
            Citation(number, self._evidence.sources[token])
            for token, number in sorted(self._markers.items(), key=lambda pair: pair[1])
        )

    def _number(self, token: str) -> int:
        return self._markers.setdefault(token, len(self._markers) + 1)

    def _shown(self, sentence: str, citing: str) -> str:
        if not is_grounded(sentence, self._evidence, citing=citing):
            self._held_back.append(without_tokens(sentence).strip())
            # Keep the line breaks, so that what follows stays a paragraph of its own.
            return "".join(c for c in sentence[len(sentence.rstrip()) :] if c == "\n")
        return self.numbered(without_own_marks(sentence))

    def numbered(self, text: str) -> str:
        """The text with known tokens as numbered markers, and unknown ones taken out."""
        known = [name for name in token_names(text) if name in self._evidence.sources]
        return with_numbers(text, {name: self._number(name) for name in known})


def is_grounded(sentence: str, evidence: Evidence, *, citing: str = "") -> bool:
    """Whether a sentence may be shown.

    A sentence that states a number, names an authority, gives a web domain or quotes must cite a known
    source; each of these must stand in a cited source or in the person's own words, a number as a
    whole ("7" does not stand in "2017"). Questions, and what only repeats the person, need none.

    Args:
        sentence: The sentence, with its tokens if it has any.
        evidence: What it may build on.
        citing: A later sentence of the same line whose tokens vouch for this one too.
    """
    tokens = token_names(sentence) or token_names(citing)
    cited = [evidence.sources[token] for token in tokens if token in evidence.sources]
    if not cited and sentence.rstrip(' \n*"”').endswith("?"):
        return True
    vouched = fold(" ".join(f"{s.quote} {s.title} {s.system}" for s in cited))
    spoken = _spoken(sentence)
    names = _names(spoken, evidence.names)
    return (
        _numbers(spoken) <= _numbers(vouched) | evidence.own_numbers
        and all(name in vouched for name in names)
        and all(phrase in vouched or phrase in evidence.own_words for phrase in _phrases(spoken, evidence))
    )


def _claims(sentence: str, evidence: Evidence) -> bool:
    """Whether a sentence says anything that may need a source."""
    spoken = _spoken(sentence)
    return bool(_numbers(spoken) or _names(spoken, evidence.names) or _phrases(spoken, evidence))


def _spoken(sentence: str) -> str:
    spoken = without_tokens(without_own_marks(sentence))
    number = is_list_number(spoken)
    return spoken[number.end() :] if number else spoken


def _numbers(text: str) -> frozenset[str]:
    joined = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), text.replace("\u00a0", " "))
    return frozenset(found.replace(",", ".") for found in _DIGITS.findall(joined))


def _phrases(spoken: str, evidence: Evidence) -> list[str]:
    """Quotations and web domains, folded."""
    quotes = [fold(quote) for quote in _QUOTED.findall(spoken) if len(quote) >= _SHORTEST_QUOTE]
    return [quote for quote in quotes if quote not in evidence.buttons] + _DOMAIN.findall(fold(spoken))


def _names(spoken: str, names: frozenset[str]) -> list[str]:
    return _any_of(names).findall(fold(spoken)) if names else []


@lru_cache(maxsize=8)
def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    # Also in the genitive: "Socialstyrelsens krav".
    return re.compile(rf"(?<!\w)({listed})(?:'?s)?(?!\w)")


def checked(text: str, evidence: Evidence) -> Checked:
    """Check a whole text at once."""
    check = CitationCheck(evidence)
    shown = check.feed(text) + check.finish()
    return Checked(shown.strip(), check.citations(), check.held_back)
