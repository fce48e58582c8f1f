"""Misspells text as people do: by ear, by keyboard and without Swedish letters. Pure functions."""

import random
import re

from assistant.domain.language import Language
from assistant.retrieval.text import unaccented

_DOUBLED = r"(?<=[aeiouyåäö])([bdfgklmnprst])\1"
_SINGLE = r"(?<=[aeiouyåäö])([bdfgklmnprst])(?=[aeiouyåäö])"
_BY_EAR = {
    Language.SV: (
        (_DOUBLED, r"\1"),
        (_SINGLE, r"\1\1"),
        ("ck", "k"),
        ("k(?=[aou])", "c"),
        ("å", "o"),
        ("o", "å"),
        ("ä", "e"),
        ("e(?=[rln])", "ä"),
        ("y", "i"),
        ("v", "w"),
        ("sj|skj|stj", "sch"),
        ("sk(?=[eiyäö])", "sj"),
        ("kj|tj", "sh"),
        ("k(?=[eiyäö])", "tj"),
        ("hj|gj|lj", "j"),
        ("g(?=[eiyäö])", "j"),
        ("c(?=[eiy])", "s"),
        ("ng", "n"),
        ("x", "ks"),
        ("s", "z"),
        ("å", "aa"),
        ("ä", "ae"),
        ("ö", "oe"),
    ),
    Language.EN: (
        (_DOUBLED, r"\1"),
        (_SINGLE, r"\1\1"),
        ("ck", "k"),
        ("k(?=[aou])", "c"),
        ("ph", "f"),
        ("ea|ee", "i"),
        ("ou", "u"),
        ("oo", "u"),
        ("(?<=[a-z])er\\b", "or"),
        ("(?<=[a-z])or\\b", "er"),
        ("(?<=[b-df-hj-np-tv-z])e\\b", ""),
        ("tion", "shon"),
        ("v", "w"),
        ("w", "v"),
        ("th", "t"),
        ("c(?=[eiy])", "s"),
        ("y", "i"),
        ("i", "e"),
        ("wh", "w"),
        ("kn", "n"),
    ),
}
_SHORTEST = 4


def misspelt(text: str, language: Language, chance: random.Random) -> str:
    """A text with one or two slips; unchanged when it has no word of four letters or more.

    Args:
        text: Folded.
        language: Whose sounds the text is spelt by.
        chance: Decides which slips, and where.
    """
    long_words = [word for word in text.split() if len(word) >= _SHORTEST]
    if not long_words:
        return text
    if chance.random() < 0.2 and unaccented(text) != text:
        return unaccented(text)
    for _ in range(1 if len(text) < 10 or chance.random() < 0.6 else 2):
        word = chance.choice(long_words)
        slip = _by_ear if chance.random() < 0.65 else _by_keyboard
        text = text.replace(word, slip(word, language, chance), 1)
        long_words = [word for word in text.split() if len(word) >= _SHORTEST]
        if not long_words:
            break
    return text


def _by_ear(word: str, language: Language, chance: random.Random) -> str:
    fitting = [(heard, spelt) for heard, spelt in _BY_EAR[language] if re.search(heard, word)]
    if not fitting:
        return _by_keyboard(word, language, chance)
    heard, spelt = chance.choice(fitting)
    places = list(re.finditer(heard, word))
    at = chance.choice(places)
    return word[: at.start()] + re.sub(heard, spelt, word[at.start() :], count=1)


def _by_keyboard(word: str, language: Language, chance: random.Random) -> str:
    """One letter missing, doubled or swapped with the next; the first letter stays."""
    at = chance.randrange(1, len(word) - 1)
    spelt = (
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return chance.choice(spelt)
