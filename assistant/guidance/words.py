"""Hard words of work and school: where they stand in a text, and what they mean in plain words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from assistant.domain.language import Language
from assistant.errors import PromptError
from assistant.prompts import PROMPTS_DIR
from assistant.retrieval.text import fold
from assistant.yaml_text import parse_yaml

# Names of occupations stand in bold, a person's own words in quotation marks, sources in brackets.
_NOT_READ = re.compile(r"\*\*.+?\*\*|[”“\"][^”“\"\n]*[”“\"]|\[[^\]]*\](?:\([^)]*\))?|https?://\S+")
_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?:•|]|\n|[-*]\s)\s*$")


@dataclass(frozen=True, slots=True)
class HardWord:
    """A word with its meaning.

    Attributes:
        key: The same in both languages.
        word: As one would look it up.
        forms: Other forms, and words that mean the same.
        meaning: One or two short sentences in the same language.
        other: The word in the other language.
    """

    key: str
    word: str
    forms: tuple[str, ...]
    meaning: str
    other: str


@dataclass(frozen=True, slots=True)
class FoundWord:
    """Where a hard word stands in a text: from `start` to before `end`."""

    start: int
    end: int
    word: HardWord


@dataclass(frozen=True)
class WordList:
    """The hard words of one language."""

    language: Language
    words: tuple[HardWord, ...]

    @cached_property
    def _by_form(self) -> Mapping[str, HardWord]:
        return {fold(form): word for word in reversed(self.words) for form in (*word.forms, word.word)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Any form; the longest first, so that "vocational certificate" goes before "certificate"."""
        longest_first = sorted(self._by_form, key=len, reverse=True)
        forms = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
        return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)

    def find(self, text: str) -> tuple[FoundWord, ...]:
        """The hard words of a text in their order, each where it first stands.

        Words within names, quotation marks, markers and addresses are left alone.
        """
        hidden = [found.span() for found in _NOT_READ.finditer(text)]
        first: dict[str, FoundWord] = {}
        for match in self._pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in hidden):
                continue
            word = self._by_form[fold(match[0])]
            if not _is_name(text, match, word):
                first.setdefault(word.key, FoundWord(match.start(), match.end(), word))
        return tuple(first.values())

    def meaning_of(self, asked: str) -> HardWord | None:
        """The word that somebody asks about, in any of its forms; None where it is not in the list."""
        return self._by_form.get(fold(asked).strip(" .?!”“\"'"))


def _is_name(text: str, match: re.Match[str], word: HardWord) -> bool:
    """Whether a capital makes it part of a name: "Praktik AB", and not the first word of a sentence."""
    said = match[0]
    if not said[0].isupper() or any(said[0] == form[0] for form in (word.word, *word.forms)):
        return False
    return not _BEGINS_SENTENCE.search(text[: match.start()])


def load_words(language: Language, *, root: Path = PROMPTS_DIR) -> WordList:
    """Read the hard words of a language.

    Raises:
        PromptError: A file is missing or malformed, or the languages hold different words.
    """
    own, other = _read(language, root), _read(language.other, root)
    if own.keys() != other.keys():
        raise PromptError(name="words", reason=f"only in one language: {sorted(own.keys() ^ other.keys())}")
    try:
        words = tuple(
            HardWord(key, entry["word"], tuple(entry["forms"]), entry["meaning"], other[key]["word"])
            for key, entry in own.items()
        )
    except (KeyError, TypeError) as error:
        raise PromptError(name="words", reason=f"{error!r} in {language}") from error
    return WordList(language, words)


def _read(language: Language, root: Path) -> dict[str, dict[str, str]]:
    file = root / "words" / f"{language}.yaml"
    try:
        tree = parse_yaml(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise PromptError(name="words", reason=str(error)) from error
    if not isinstance(tree, dict):
        raise PromptError(name="words", reason=f"no words in {language}")
    return tree
