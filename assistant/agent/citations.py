"""Turns the tokens in a model's text into numbered markers, and holds back what has no source."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.domain.conversation import PathCard
from assistant.domain.source import Citation, Source
from assistant.retrieval.text import fold

_TOKEN = re.compile(r"\s?\[#([0-9a-zA-Z]*)\]")
# A model may write markers or addresses of its own making; only ours may pass.
_OWN_MARKER = re.compile(r"\s?\[\d+\]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_SENTENCE = re.compile(r".*?(?:[.!?…](?:\s?\[#\w*\])*[\"”*)]*(?=\s)|\n)\s*", re.DOTALL)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_LIST_NUMBER = re.compile(r"^\s*\d+[.)]\s", re.MULTILINE)
_QUOTED = re.compile(r"[“\"”]([^“\"”]{12,})[”\"]")


@dataclass(frozen=True, slots=True)
class Checked:
    """A text with numbered markers, its citations, and the sentences that were held back."""

    text: str
    citations: tuple[Citation, ...]
    held_back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an answer may build on: the sources of this conversation and the person's own words.

    `names` are authorities and other names that only a source may vouch for.
    """

    sources: Mapping[str, Source]
    own_words: str
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, sources: Iterable[Source], own_words: Iterable[str], names: frozenset[str]) -> "Evidence":
        """Evidence from the sources of a conversation; a later reading of a source replaces an earlier."""
        by_token = {source.token.strip("[#]"): source for source in sources}
        return cls(by_token, fold(" ".join(own_words)), names)


class CitationCheck:
    """Checks one answer sentence by sentence, while it is written or at once.

    A token vouches for its own sentence and for those before it on the same line that have none of
    their own, as a reader takes it. So a sentence that claims something waits until its token or the
    end of its line has come.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._markers: dict[str, int] = {}
        self._unread = ""
        self._waiting: list[str] = []
        self._held_back: list[str] = []

    def feed(self, piece: str) -> str:
        """Take a piece of text; returns what may be shown now, whole sentences at a time."""
        self._unread += piece
        shown = ""
        while found := _SENTENCE.match(self._unread):
            self._unread = self._unread[found.end() :]
            shown += self._taken(found[0])
        return shown

    def finish(self) -> str:
        """What was left when the text ended."""
        rest, self._unread = self._unread, ""
        return self._taken(rest) + self._released("")

    def _taken(self, sentence: str) -> str:
        self._waiting.append(sentence)
        if _TOKEN.search(sentence):
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
            self._held_back.append(_TOKEN.sub("", sentence).strip())
            # Keep the line breaks, so that what follows stays a paragraph of its own.
            return "".join(c for c in sentence[len(sentence.rstrip()) :] if c == "\n")
        return self.numbered(_ADDRESS.sub("", _OWN_MARKER.sub("", sentence)))

    def numbered(self, text: str) -> str:
        """The text with known tokens as numbered markers, and unknown ones taken out."""

        def marker(found: re.Match[str]) -> str:
            known = found[1] in self._evidence.sources
            space = " " if found[0].startswith((" ", "\n")) else ""
            return f"{space}[{self._number(found[1])}]" if known else ""

        return _TOKEN.sub(marker, text)


def is_grounded(sentence: str, evidence: Evidence, *, citing: str = "") -> bool:
    """Whether a sentence may be shown.

    A sentence that states a number, names an authority or quotes must cite a known source; each
    number, name and quotation must stand in a cited source or in the person's own words. Questions,
    and what only repeats the person, need none.

    Args:
        sentence: The sentence, with its tokens if it has any.
        evidence: What it may build on.
        citing: A later sentence of the same line whose tokens vouch for this one too.
    """
    tokens = _TOKEN.findall(sentence) or _TOKEN.findall(citing)
    cited = [evidence.sources[token] for token in tokens if token in evidence.sources]
    if not cited and sentence.rstrip(' \n*"”').endswith("?"):
        return True
    vouched = fold(" ".join(f"{s.quote} {s.title} {s.system}" for s in cited))
    return all(
        claim in vouched or (claim in evidence.own_words and claim not in evidence.names)
        for claim in _claims(sentence, evidence)
    )


def _claims(sentence: str, evidence: Evidence) -> tuple[str, ...]:
    """Numbers, names of authorities and quotations in a sentence, folded."""
    spoken = _TOKEN.sub("", _LIST_NUMBER.sub("", _OWN_MARKER.sub("", sentence)))
    folded = fold(spoken)
    names = [name for name in evidence.names if re.search(rf"\b{re.escape(name)}\b", folded)]
    quotes = [fold(quote) for quote in _QUOTED.findall(spoken)]
    return (*_DIGITS.findall(spoken), *names, *quotes)


def checked(text: str, evidence: Evidence) -> Checked:
    """Check a whole text at once."""
    check = CitationCheck(evidence)
    shown = check.feed(text) + check.finish()
    return Checked(shown.strip(), check.citations(), check.held_back)


def with_markers(cards: Sequence[PathCard], check: CitationCheck) -> tuple[PathCard, ...]:
    """Cards with numbered markers in their texts, and the markers of all their sources."""
    return tuple(_with_markers(card, check) for card in cards)


def _with_markers(card: PathCard, check: CitationCheck) -> PathCard:
    return replace(
        card,
        why=check.numbered(card.why),
        gap=check.numbered(card.gap),
        how=check.numbered(card.how),
        markers=tuple(m for source_id in card.source_ids if (m := check.marker(source_id)) is not None),
    )
