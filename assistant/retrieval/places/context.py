"""Tells by the words around a name whether it is a place, and which: the town or the county."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.domain.place import Place

# Names that are ordinary words as well: a place only where something says so ("i Lund", "Lund kommun").
_WORDS = frozenset("lund mora sala trosa säter salem kista".split())
# As above, and too common in lower case: "i mark" is in soil, "att vara i" is to be in.
_COMMON_WORDS = frozenset(
    "vara mark ale berg boden klippan handen fristad majorna angered ed kinda kil grums".split()
)
# Names of people and firms too, to and from whom one may be ("from Mark", "till Nora", "på Scania").
_PEOPLE_AND_FIRMS = frozenset("mark ed eda nora dorotea vilhelmina norberg scania".split())
ORDINARY_WORDS = _WORDS | _COMMON_WORDS | _PEOPLE_AND_FIRMS
"""Names of places that are read as such only where the words around say so; lower case."""

_INSIDE = frozenset(
    "i in inom near nära utanför outside kring omkring runt around within bor live lives living".split()
)
PREPOSITIONS = _INSIDE | frozenset("från fran from till to mot towards toward".split())
"""Words after which a place is likely; lower case."""

_MUNICIPAL = frozenset("kommun kommunen municipality stad tätort city town".split())
_COUNTY = frozenset("län lan länet county region regionen".split())
_COUNTY_BEFORE = (" region", " region of", " county of", " län", " länet")
_WORD = re.compile(r"[^\W_]+")
_BETWEEN_LISTED = re.compile(r"(?:[\s,/&]|\b(?:och|o|and|eller|or|samt)\b)+", re.IGNORECASE)
_OTHER_LETTERS = str.maketrans({"ø": "ö", "æ": "ä"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, in lower case, and where it stands."""

    word: str
    start: int
    end: int
    is_capitalised: bool


@dataclass(slots=True)
class Named:
    """What a name stands for: `usual` alone, `region` (if there is one) where the text says "län"."""

    name: str
    usual: Place
    region: Place | None = None

    def place(self, *, is_county: bool) -> Place:
        """The place meant, where the text does or does not say that it is a county."""
        return self.region if is_county and self.region else self.usual


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text, at tokens `first` up to `after`.

    `is_certain` says that it can only be a place, `is_possible` that it may be one at all.
    """

    named: Named
    first: int
    after: int
    is_exact: bool
    is_county: bool = False
    is_certain: bool = True
    is_possible: bool = True


def tokens_of(text: str) -> list[Token]:
    """The words of a text, parted at everything that is no letter or digit."""
    return [
        Token(found[0].lower().translate(_OTHER_LETTERS), found.start(), found.end(), found[0][0].isupper())
        for found in _WORD.finditer(text)
    ]


def in_context(mention: Mention, text: str, tokens: Sequence[Token]) -> Mention:
    """The mention with the words around it taken into account."""
    named, first, after = mention.named, mention.first, mention.after
    before = [token.word for token in tokens[max(0, first - 2) : first]]
    follows = tokens[after].word if after < len(tokens) else ""
    is_county = named.region is not None and (
        follows in _COUNTY or named.name.endswith(" län") or f" {' '.join(before)}".endswith(_COUNTY_BEFORE)
    )
    has_kind = follows in _MUNICIPAL or (is_county and follows in _COUNTY)
    mention = replace(mention, is_county=is_county, after=after + has_kind)
    if named.name not in ORDINARY_WORDS or has_kind:
        return mention
    cues = _INSIDE if named.name in _PEOPLE_AND_FIRMS else PREPOSITIONS
    is_whole = first == 0 and after == len(tokens)
    looks_right = tokens[first].is_capitalised or named.name not in _COMMON_WORDS
    is_owner = tokens[after - 1].word == f"{named.name}s" or text[tokens[after - 1].end :].startswith(
        ("'", "’")
    )
    return replace(
        mention,
        is_certain=is_whole or bool(before and before[-1] in cues),
        is_possible=looks_right and not is_owner,
    )


def settled(text: str, tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that are places: the certain ones, and possible ones listed beside a certain one."""
    certain = [mention.is_possible and mention.is_certain for mention in mentions]
    for order in (range(1, len(mentions)), range(len(mentions) - 2, -1, -1)):
        step = order.step
        for at in order:
            if mentions[at].is_possible and not certain[at] and certain[at - step]:
                left, right = sorted((mentions[at], mentions[at - step]), key=lambda mention: mention.first)
                between = text[tokens[left.after - 1].end : tokens[right.first].start]
                certain[at] = _BETWEEN_LISTED.fullmatch(between) is not None
    return [mention for mention, is_certain in zip(mentions, certain, strict=True) if is_certain]
