"""Holds statements to the citation check: what their sources say passes, a changed figure does not."""

import re

from assistant.agent.citations import Evidence, checked
from assistant.guidance.statement import Statement, sources_of

# Names that only a source may vouch for, as the guide pages give them.
NAMES = frozenset({"arbetsförmedlingen", "scb", "statistiska centralbyrån", "skolverket"})
_TOKEN = re.compile(r"\[#[0-9a-f]{6}\]")
_NUMBER = re.compile(r"\d+")


def evidence(*statements: Statement) -> Evidence:
    return Evidence.of(sources_of(*statements), (), NAMES)


def is_shown(text: str, known: Evidence) -> bool:
    """Whether the check lets all of a text through."""
    result = checked(text, known)
    return bool(result.text) and not result.held_back


def changed_figures(text: str) -> list[str]:
    """The text with one of its numbers made one that it has not, for each number in it."""
    tokens = [found.span() for found in _TOKEN.finditer(text)]
    numbers = [
        found for found in _NUMBER.finditer(text) if not any(a <= found.start() < b for a, b in tokens)
    ]
    other = str(max((int(found[0]) for found in numbers), default=0) + 7)
    return [f"{text[: found.start()]}{other}{text[found.end() :]}" for found in numbers]


def assert_held_by_its_source(statement: Statement) -> None:
    """The statement passes; with a figure changed, or without its token, what claims a figure does not."""
    known = evidence(statement)
    assert is_shown(statement.text, known), statement.text
    wrong = changed_figures(statement.text)
    for text in wrong:
        assert not is_shown(text, known), text
    if wrong:
        assert not is_shown(_TOKEN.sub("", statement.text), known), statement.text
