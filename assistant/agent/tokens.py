"""The marks in a model's text: tokens of our sources, and what it may not write itself."""

import re

# A token, or several in one pair of brackets, as models like to write them; also with the # forgotten.
TOKEN_PATTERN = r"\[(?:#[^\[\]\n]{0,80}|[0-9a-f]{6})\]"
# A link glued to a token would turn our marker into a link of the model's making.
_TOKEN = re.compile(rf"\s?(?P<token>{TOKEN_PATTERN})(?:\([^()\s]{{0,300}}\))?")
_NAME = re.compile(r"[0-9a-zA-Z]+")
_UNFINISHED = re.compile(r"\s?\[#[^\[\]\n]{0,80}\Z")
# A model may write markers or addresses of its own making; only ours may pass.
_OWN_MARKER = re.compile(
    r"\s?[\[［【]\^?\s{0,3}\d{1,9}(?:\s{0,3}[,;:–-]\s{0,3}\d{1,9})*(?:†[^\]】\n]{0,80})?\s{0,3}[\]］】]"
    r"(?:\([^()\n]{0,300}\))?"
)
_OPENING = re.compile(r"[\[［【][\[［【\s]*")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\n]{0,300}\)")
_ADDRESS = re.compile(
    r"<?(?:[a-z][a-z0-9+.-]{0,20}://|www\.|mailto:|javascript:|(?<![\w:/])//(?=\w))\S*",
    re.IGNORECASE,
)


def token_names(text: str) -> list[str]:
    """The names in all tokens of a text, in order: `1a2b3c` of `[#1a2b3c]`."""
    return [name for found in _TOKEN.finditer(text) for name in _names(found["token"])]


def without_tokens(text: str) -> str:
    """The text with all tokens taken out."""
    return _TOKEN.sub("", text)


def with_numbers(text: str, numbers: dict[str, int]) -> str:
    """The text with its tokens as numbered markers; a token that has no number is taken out."""

    def marker(found: re.Match[str]) -> str:
        known = dict.fromkeys(numbers[name] for name in _names(found["token"]) if name in numbers)
        space = " " if found[0][0].isspace() else ""
        return "".join(f"{space}[{number}]" for number in known)

    return _TOKEN.sub(marker, text)


def without_own_marks(text: str) -> str:
    """The text without numbered markers, links and addresses of the model's own; its tokens stay."""
    pieces = []
    at = 0
    for found in _TOKEN.finditer(text):
        pieces += [_cleaned(text[at : found.start()]), found[0]]
        at = found.end()
    return "".join([*pieces, _cleaned(_UNFINISHED.sub("", text[at:]))])


def _cleaned(text: str) -> str:
    text = _ADDRESS.sub("", _LINK.sub(r"\1", _OWN_MARKER.sub("", text)))
    # What was taken out may have stood within a marker or a link of its own: "[[7]7]".
    return _OPENING.sub(lambda run: _harmless(run, text), text).replace("](", "] (")


def _harmless(run: re.Match[str], text: str) -> str:
    follows = text[run.end() : run.end() + 1]
    return "" if follows.isdigit() or follows in ("#", "^") else run[0]


def _names(token: str) -> list[str]:
    return _NAME.findall(token[: token.index("]")])
