"""What Skolverket's services share: plain text, dates, numbers, addresses and forms of education.

Both gather records from many sources (universities, MYH, municipalities' systems), so that one field comes
as HTML, CDATA or plain text, as a number or a text, as `null` or the text "null".
"""

import html
import re
from datetime import date
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from assistant.apis.plain_text import plain_text
from assistant.errors import UpstreamRejected

# Labels of Planned Educations' recorded events and lists, and of a sample of Susa-navet's rows.
SCHOOL_TYPE_OF_LABEL = {
    "arbetsmarknadsutbildning": "AUB",
    "aub": "AUB",
    "folkhögskola": "FHS",
    "grundläggande vuxenutbildning": "VUXGR",
    "gymnasial vuxenutbildning": "VUXGY",
    "högskoleutbildning": "HS",
    "kommunal vuxenutbildning i svenska för invandrare": "VUXSFI",
    "kommunal vuxenutbildning på grundläggande nivå": "VUXGR",
    "kommunal vuxenutbildning på gymnasial nivå": "VUXGY",
    "kommunal vuxenutbildning som anpassad utbildning på grundläggande nivå": "VUXGRAN",
    "kommunal vuxenutbildning som anpassad utbildning på gymnasial nivå": "VUXGYAN",
    "nationell yrkesutbildning": "NY",
    "yrkeshögskola": "YH",
    "yrkeshögskoleutbildning": "YH",
}
"""Susa-navet's code of a form of education by its Swedish label in lower case."""

# Records without a deadline have one in 2099 (recorded in Planned Educations).
_YEARS = range(1990, 2099)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|$)", re.DOTALL)
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# The parser's time grows with the square of the depth of nesting; no description needs as many.
_MOST_TAGS = 5_000
_RECORD_ID = re.compile(r"(?=.*\w)[\w.:\-]{1,200}")
_HOST = re.compile(r"[\w\-]+(?:\.[\w\-]+)+(?::\d+)?")


def clean_text(value: str) -> str:
    """The text without markup, one line for each of its paragraphs."""
    text = _CDATA.sub(r"\1", value)
    # Twice, since some sources send markup that is escaped once more.
    for _ in range(2):
        if text.count("<") > _MOST_TAGS:
            text = html.unescape(_TAG.sub("\n", text))
        elif _MARKUP.search(text):
            text = plain_text(text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def iso_date(value: str) -> str:
    """The date that a date or time begins with, as ISO; empty when it has none, or one that means never."""
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return ""
    return day.isoformat() if day.year in _YEARS else ""


def web_address(value: str) -> str:
    """An address that a browser may be sent to, with `https` where no scheme is; empty for anything else."""
    address = value.strip()
    if re.match(r"[\w\-]+(?:\.[\w\-]+)+(?:[:/?#]|$)", address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_web = parts.scheme.lower() in ("http", "https") and _HOST.fullmatch(parts.netloc)
    return address if is_web and not re.search(r"[\s<>\"]", address) else ""


def require_record_id(record_id: str, *, service: str, operation: str) -> str:
    """The id, if it can be one; nothing else may become a part of a path.

    Raises:
        UpstreamRejected: It cannot; the status is 404, as the service would say.
    """
    if not _RECORD_ID.fullmatch(record_id):
        raise UpstreamRejected(service=service, operation=operation, status=404)
    return record_id


def _word(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    word = str(value).strip()
    return "" if word == "null" else word


def _number(value: Any) -> float | None:
    word = _word(value).replace(",", ".").removesuffix("%").strip()
    return float(word) if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", word) else None


def _whole(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else round(number)


def _plain(value: Any) -> str:
    text = clean_text(_word(value))
    return "" if text == "null" else text


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False, "ja": True, "nej": False}.get(_word(value).lower())


Word = Annotated[str, BeforeValidator(_word)]
"""A code, id or date: a text or a number, `null` or absent as empty."""

Plain = Annotated[str, BeforeValidator(_plain)]
"""A text for people, without markup."""

Number = Annotated[float | None, BeforeValidator(_number)]
"""A number that may come as a text; none when it is no number."""

Whole = Annotated[int | None, BeforeValidator(_whole)]
"""As `Number`, rounded."""

Truth = Annotated[bool | None, BeforeValidator(_truth)]
"""A truth value that may come as a text; none when it is not said."""


def _part(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    try:
        return handler({} if value is None else value)
    except ValidationError:
        return handler({})


def part_if_any(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """Validates a part that means something by being there."""
    return None if value is None else _part(value, handler)


def _parts(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    found: list[Any] = []
    for item in value if isinstance(value, list) else []:
        try:
            found += handler([item])
        except ValidationError:
            continue
    return found


_T = TypeVar("_T")
Part = Annotated[_T, WrapValidator(_part), Field(default_factory=dict, validate_default=True)]
"""A part; empty when it is absent or has another form."""

Parts = Annotated[list[_T], WrapValidator(_parts), Field(default_factory=list)]
"""A list of parts, without those of another form."""
