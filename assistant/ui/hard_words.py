"""Hard words in an answer as links, which the page explains when they are pressed; pure functions."""

from collections.abc import Mapping

from assistant.domain.language import Language
from assistant.guidance.words import FoundWord, HardWord, WordList
from assistant.ui.cards import Props

# More links than that would be harder to read than the words.
MOST_WORDS = 6
# The keys of texts that are sentences; names, headings and buttons are left as they are.
_SENTENCES = frozenset({"text", "why", "gap", "how", "first_step", "first_action", "time", "total", "cells"})

Words = Mapping[Language, WordList]


def with_hard_words(elements: Mapping[str, Props], words: WordList) -> dict[str, Props]:
    """Elements in which hard words are links to `#word-<key>`, each where it first stands.

    Args:
        elements: The elements of an answer by name, in their order.
        words: The hard words of its language.

    Returns:
        The same elements; "Told" has also what the links explain.
    """
    linked: dict[str, HardWord] = {}

    def link(text: str) -> str:
        found = [each for each in words.find(text) if each.word.key not in linked]
        found = found[: MOST_WORDS - len(linked)]
        linked.update((each.word.key, each.word) for each in found)
        return _linked(text, found)

    def read(value: object, key: str = "") -> object:
        match value:
            case str() if key in _SENTENCES:
                return link(value)
            case dict():
                return {name: read(each, name) for name, each in value.items()}
            case list():
                return [read(each, key) for each in value]
            case _:
                return value

    marked = {
        name: {key: read(value, key) for key, value in props.items()} for name, props in elements.items()
    }
    explained = [_word_props(word, words.language) for word in linked.values()]
    return {**marked, "Told": {**marked["Told"], "words": explained}}


def _linked(text: str, found: list[FoundWord]) -> str:
    for each in reversed(found):
        link = f"[{text[each.start : each.end]}](#word-{each.word.key})"
        text = text[: each.start] + link + text[each.end :]
    return text


def _word_props(word: HardWord, language: Language) -> Props:
    return {
        "id": word.key,
        "word": word.word,
        "explanation": word.meaning,
        "language": language.value,
        "other": word.other,
        "other_language": language.other.value,
    }
