"""The document as an accessible PDF (PDF/UA-1), set by Typst in memory."""

import json
import logging
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Literal, cast

import typst

from assistant.domain.dossier import Dossier
from assistant.exports.document import lay_out, lay_out_profile
from assistant.exports.layout import Document
from assistant.prompts import Texts

logger = logging.getLogger(__name__)

_SCREEN_PPI = 96
_TEMPLATE = Path(__file__).parent / "templates" / "document.typ"


def pdf_document(dossier: Dossier, texts: Texts) -> bytes:
    """The document as PDF; the same dossier gives the same bytes.

    Nothing is written to disk. Takes about a tenth of a second of CPU time, so call it in a thread.

    Args:
        dossier: What it is made of.
        texts: Those of `prompts/exports`.
    """
    return _compiled(lay_out(dossier, texts))


def page_pictures(dossier: Dossier, texts: Texts) -> tuple[bytes, ...]:
    """What the person says of themselves as PNG pictures for a screen, a picture a page.

    Otherwise as `pdf_document`. Plan and paths are left out: they are for the person.
    """
    document = lay_out_profile(dossier, texts)
    made = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        format="png",
        ppi=_SCREEN_PPI,
        sys_inputs={"document": _as_json(document, _time(document))},
    )
    # One page comes as bytes and several as a list, which the type that typst declares leaves out.
    pages = cast("bytes | list[bytes]", made)
    return tuple(pages) if isinstance(pages, list) else (pages,)


def _compiled(document: Document) -> bytes:
    made_at = _time(document)

    def compiled(standard: Literal["ua-1"] | None) -> bytes:
        return typst.compile(
            _TEMPLATE,
            root=_TEMPLATE.parent,
            font_paths=_fonts(),
            format="pdf",
            sys_inputs={"document": _as_json(document, made_at)},
            pdf_standards=standard,
            timestamp=made_at,
        )

    try:
        return compiled("ua-1")
    except typst.TypstError as error:
        # PDF/UA allows no character without a shape. A name in a script that no font here has is still
        # text in a tagged PDF without that mark: it can be read aloud, copied and searched.
        # The message quotes the text, which is the person's, so only its advice is logged.
        logger.warning("made a PDF without the mark of PDF/UA: %s", error.hints)
        return compiled(None)


def _time(document: Document) -> datetime:
    made_at = datetime.fromisoformat(document.made_at)
    return made_at if made_at.tzinfo else made_at.replace(tzinfo=UTC)


@cache
def _fonts() -> typst.Fonts:
    """Typst's own fonts, and after them those of the system for what they lack."""
    return typst.Fonts()


def _as_json(document: Document, made_at: datetime) -> str:
    values = asdict(document)
    values["blocks"] = [{"kind": type(block).__name__, **asdict(block)} for block in document.blocks]
    values["whole_title"] = document.whole_title
    values |= {"year": made_at.year, "month": made_at.month, "day": made_at.day}
    return json.dumps(values, ensure_ascii=False)
