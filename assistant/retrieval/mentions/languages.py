"""The languages that a message names, and how well they are known."""

import re
from functools import cache

from babel import Locale

from assistant.domain.language import Language
from assistant.retrieval.spelling import is_common, near_name
from assistant.retrieval.text import content_words, fold, words

# Shorter names lie too near other words for a slip to be told.
_SHORTEST_MENDED = 6
# Beside the name of a language, a shorter word is safe to mend: "litle".
_SHORTEST_LEVEL_MENDED = 5
_DRIVING_LICENCE = re.compile(
    r"\b(?:no|inget|ingen|has|have|har|a)?\s*"
    r"(?:\b[A-E]{1,2}[- ]?(?:körkort|licen[cs]e)|(?:körkort|(?:driving )?licen[cs]e)(?:\s+[A-E]{1,2}\b)*)",
    re.IGNORECASE,
)
_LANGUAGE_CLAUSES = re.compile(r"[,;.\n]|\b(?:och|and|o|men|but|samt|plus)\b")
# A little, some: they stand before the language's name.
AMOUNTS = frozenset(
    "lite litet some little bit bra good dålig bad flytande fluent basic grundläggande nybörjare beginner"
    " intermediate advanced perfekt perfect".split()
)
_LEVEL_WORDS = AMOUNTS | frozenset(
    "a1 a2 b1 b2 c1 c2 sfi nivå level a b c d native speaker mother tongue modersmål hemspråk ganska mycket"
    " very quite well now nu only bara språk language languages read write läser skriver understand förstår"
    " läsa skriva speak talar pratar learning kan can".split()
)
_ENDS_LEVEL = re.compile(r"har|have|inget|ingen|no|i've|jag|i|k[öo]rkort\w*|licen[cs]e")
_LONGEST_LEVEL = 4
# Levels of the Common European Framework are written in capitals.
_CEFR = re.compile(r"[abc][12]")


@cache
def _language_codes() -> dict[str, str]:
    codes = {
        "dari": "fa_AF",
        "farsi": "fa",
        "sorani": "ckb",
        "kurmanji": "kmr",
        "kurmanci": "kmr",
        "filipino": "fil",
    }
    for language in Language:
        for code, name in Locale(language.value).languages.items():
            if len(code) in (2, 3):
                codes.setdefault(fold(name), code)
    return codes


def languages_said(text: str) -> tuple[tuple[str, str], ...]:
    """The languages named in a text, each with the words around it that say how well.

    Returns:
        Pairs of language code and level in the person's words, in the order said.
    """
    found: dict[str, str] = {}
    for clause in _LANGUAGE_CLAUSES.split(fold(text)):
        tokens = words(clause)
        at = [(i, code) for i, token in enumerate(tokens) if (code := _language_code(token))]
        ends = [*[i for i, _ in at[1:]], len(tokens)]
        for (i, code), end in zip(at, ends, strict=False):
            found.setdefault(code, _level(tokens, i, end))
    return tuple(found.items())


@cache
def _language_code(token: str) -> str:
    """The code of a language's name, with a slip in it or not; empty for any other word."""
    codes = _language_codes()
    if token in codes or len(token) < _SHORTEST_MENDED or is_common(token):
        return codes.get(token, "")
    return codes.get(near_name(token, tuple(codes)), "")


def names_only_languages(text: str) -> bool:
    """Whether a text is a list of languages, and at most a driving licence, which is asked for with them.

    "Arabic and a bit of English, Swedish B1", "svenska, körkort B".
    """
    rest = [word for word in content_words(_DRIVING_LICENCE.sub(" ", text)) if not _language_code(word)]
    return bool(languages_said(text)) and all(_near_word(word, _LEVEL_WORDS) for word in rest)


def _near_word(token: str, known: frozenset[str]) -> str:
    """The word of these that a token is, with a slip in it or not; empty for any other."""
    if token in known or len(token) < _SHORTEST_LEVEL_MENDED or is_common(token):
        return token if token in known else ""
    return near_name(token, tuple(known))


def _level(tokens: list[str], at: int, following: int) -> str:
    """How well: what stands before the name ("lite svenska"), else what follows it, up to the next one."""
    before = _near_word(tokens[at - 1], AMOUNTS) if at else ""
    after: list[str] = []
    for token in tokens[at + 1 : following]:
        if _ENDS_LEVEL.fullmatch(token) or len(after) == _LONGEST_LEVEL:
            break
        after.append(token)
    if following < len(tokens) and after and after[-1] in AMOUNTS:
        after.pop()
    told = (token.upper() if _CEFR.fullmatch(token) else token for token in after)
    return before or " ".join(told)


def language_name(code: str, language: Language) -> str:
    """The language's name in the language; the text itself where it is not a code."""
    return str(Locale(language.value).languages.get(code, code))
