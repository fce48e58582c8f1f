"""Cuts a text into sentences while it is being written."""

import re

from assistant.agent.tokens import TOKEN_PATTERN

_ENDING = re.compile(r"[.!?…\n]")
# What belongs to the sentence that has just ended: quotation marks, brackets, emphasis and its tokens.
_CLOSING = re.compile(rf"[\"”»*_)]*+(?:\s*+{TOKEN_PATTERN})*+[\"”»*_)]*+")
_SPACE = re.compile(r"\s*+")
_LONGEST_TOKEN = 82
_LIST_NUMBER = re.compile(r"[*_#>\s-]{0,9}\d{1,2}[.)][*_]{0,3}\s")


class SentenceSplitter:
    """Gives the same sentences whether a text comes at once or in pieces; together they are the text.

    A sentence keeps the tokens and the space after it. So its end is known only once something else
    has begun, which is what makes pieces and the whole agree.
    """

    def __init__(self) -> None:
        self._unread = ""
        self._seen = 0

    def feed(self, piece: str) -> list[str]:
        """Take a piece of text; returns the sentences that have ended."""
        text = self._unread + piece
        sentences: list[str] = []
        start, at = 0, self._seen
        while found := _ENDING.search(text, at):
            at = found.start()
            end = _end(text, start, found)
            if end is None:
                break
            if end:
                sentences.append(text[start:end])
                start = end
            at = max(end, found.end())
        else:
            at = len(text)
        self._unread, self._seen = text[start:], at - start
        return sentences

    def finish(self) -> str:
        """What was left when the text ended."""
        rest, self._unread, self._seen = self._unread, "", 0
        return rest


def _end(text: str, start: int, ending: re.Match[str]) -> int | None:
    """Where a sentence ends that may end here; 0 when it does not, None when that is not yet known."""
    at = _after(_CLOSING, text, ending.end() if ending[0] != "\n" else ending.start())
    follows = _after(_SPACE, text, at)
    if follows == len(text) or _may_become_token(text, follows):
        return None
    if follows == at and ending[0] != "\n":
        return 0
    number = _LIST_NUMBER.match(text, start)
    # "1. " begins an item of a list.
    return 0 if number and number.end() > ending.start() and ending[0] != "\n" else follows


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


def _may_become_token(text: str, at: int) -> bool:
    if text[at] != "[":
        return False
    begun = text[at : at + _LONGEST_TOKEN]
    return len(begun) < _LONGEST_TOKEN and "]" not in begun and "\n" not in begun


def is_list_number(sentence: str) -> re.Match[str] | None:
    """The number of a list item at the beginning of a sentence, if there is one."""
    return _LIST_NUMBER.match(sentence)
