"""Parses the part of GraphQL that queries of the taxonomy use: one query, nested fields, literal arguments.

No variables, fragments or directives: they raise, so that a client that starts to use them shows.
"""

import json
import re
from dataclasses import dataclass

Value = str | int | bool | list["Value"] | None

_TOKEN = re.compile(
    r"""
    (?P<skip>[\s,]+|\#[^\n]*)
  | (?P<punctuation>[{}()\[\]:])
  | (?P<name>[A-Za-z_]\w*)
  | (?P<integer>-?\d+)
  | (?P<string>"(?:[^"\\\n]|\\.)*")
    """,
    re.VERBOSE | re.ASCII,
)
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_END = ("end", "")


class GraphqlError(Exception):
    """The query cannot be parsed or answered."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a query; `key` is its alias, or else its name."""

    key: str
    name: str
    arguments: dict[str, Value]
    selection: tuple["Field", ...]


def parse(query: str) -> tuple[Field, ...]:
    """The root fields of a query."""
    parser = _Parser(_tokens(query))
    fields = parser.query()
    parser.expect("end")
    return fields


def _tokens(query: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    while position < len(query):
        match = _TOKEN.match(query, position)
        if match is None:
            raise GraphqlError(f"Unexpected {query[position]!r} at character {position}.")
        if match.lastgroup and match.lastgroup != "skip":
            tokens.append((match.lastgroup, match.group()))
        position = match.end()
    return [*tokens, _END]


class _Parser:
    """Recursive descent; one token of look-ahead."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._position = 0

    def query(self) -> tuple[Field, ...]:
        if self._next_is("query"):
            self.expect("name")
            if self._kind() == "name":
                self.expect("name")
        return self._selection()

    def expect(self, kind: str, text: str = "") -> str:
        found_kind, found = self._tokens[self._position]
        if found_kind != kind or (text and found != text):
            raise GraphqlError(f"Expected {text or kind}, found {found or 'the end'}.")
        self._position += 1
        return found

    def _kind(self) -> str:
        return self._tokens[self._position][0]

    def _next_is(self, text: str) -> bool:
        return self._tokens[self._position][1] == text

    def _selection(self) -> tuple[Field, ...]:
        self.expect("punctuation", "{")
        fields = [self._field()]
        while not self._next_is("}"):
            fields.append(self._field())
        self.expect("punctuation", "}")
        return tuple(fields)

    def _field(self) -> Field:
        key = name = self.expect("name")
        if self._next_is(":"):
            self.expect("punctuation", ":")
            name = self.expect("name")
        arguments = self._arguments() if self._next_is("(") else {}
        return Field(key, name, arguments, self._selection() if self._next_is("{") else ())

    def _arguments(self) -> dict[str, Value]:
        self.expect("punctuation", "(")
        arguments: dict[str, Value] = {}
        while not self._next_is(")"):
            name = self.expect("name")
            self.expect("punctuation", ":")
            arguments[name] = self._value()
        self.expect("punctuation", ")")
        return arguments

    def _value(self) -> Value:
        kind = self._kind()
        if kind == "integer":
            return int(self.expect("integer"))
        if kind == "string":
            return str(json.loads(self.expect("string")))
        if kind == "name":
            return self._word()
        return self._list()

    def _word(self) -> bool | None:
        word = self.expect("name")
        if word not in _WORDS:
            raise GraphqlError(f"Unexpected value {word}.")
        return _WORDS[word]

    def _list(self) -> list[Value]:
        self.expect("punctuation", "[")
        values = []
        while not self._next_is("]"):
            values.append(self._value())
        self.expect("punctuation", "]")
        return values
