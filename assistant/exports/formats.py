"""All formats in which a person can take their data along: one table, and one way to make any of them."""

import asyncio
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from assistant.agent.session import Session
from assistant.domain.dossier import Dossier
from assistant.domain.language import Language
from assistant.errors import NothingToExport
from assistant.exports.dossier import make_dossier
from assistant.exports.elm import elm_credential
from assistant.exports.json_resume import json_resume
from assistant.exports.open_badges import open_badges
from assistant.exports.pdf import pdf_document
from assistant.exports.word import word_document
from assistant.prompts import Texts
from assistant.retrieval.knowledge import Knowledge

_Make: TypeAlias = Callable[[Dossier, Texts], bytes]
_NOT_IN_A_NAME = re.compile(r"[^\w]+")
_LONGEST_NAME = 60


class ExportFormat(StrEnum):
    """What a person can take along, by the names in the address."""

    PDF = "pdf"
    DOCX = "docx"
    JSON_RESUME = "jsonresume"
    OPEN_BADGES = "openbadges"
    ELM = "elm"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Form:
    """A format.

    Attributes:
        media_type: As in `Content-Type`.
        name: Key of the file's name without its ending, in `prompts/exports`.
        ending: Of the file's name, with the dot.
        make: Makes the content; None for our own format, which is made of the conversation itself.
    """

    media_type: str
    name: str
    ending: str
    make: _Make | None


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file to take along; `name` has no folder in it."""

    name: str
    media_type: str
    content: bytes


async def export(
    format: ExportFormat,
    *,
    session: Session,
    knowledge: Knowledge,
    texts: Texts,
    languages: tuple[Language, ...],
    made_at: str,
) -> ExportedFile:
    """Make one file of a conversation.

    Args:
        format: Which.
        session: The conversation; it stays as it is.
        knowledge: Names of groups and skills.
        texts: Those of `prompts/exports`, not those of the guide.
        languages: One or two, the main one first. Our own format has the conversation's.
        made_at: ISO 8601 time.

    Raises:
        NothingToExport: The person has told nothing that the format has a place for.
    """
    form = FORMATS[format]
    name = f"{texts.say(form.name, languages[0])}{form.ending}"
    if form.make is None:
        return ExportedFile(name, form.media_type, _json(session.portable()))
    dossier = await make_dossier(session, knowledge, languages, made_at)
    return ExportedFile(name, form.media_type, await asyncio.to_thread(form.make, dossier, texts))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _resume(dossier: Dossier, texts: Texts) -> bytes:
    return _json(json_resume(dossier, texts))


def _badges(dossier: Dossier, texts: Texts) -> bytes:
    """A file for each credential, since that is what wallets take; they are handed over as one archive."""
    badges = open_badges(dossier, texts)
    if not badges:
        raise NothingToExport
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for number, badge in enumerate(badges, start=1):
            name = _NOT_IN_A_NAME.sub("-", str(badge["name"]).lower()).strip("-")[:_LONGEST_NAME]
            files.writestr(f"{number:02d}-{name}.json", _json(badge))
    return archive.getvalue()


def _europass(dossier: Dossier, texts: Texts) -> bytes:
    return _json(elm_credential(dossier, texts))


FORMATS: Mapping[ExportFormat, Form] = {
    ExportFormat.PDF: Form("application/pdf", "open.file.document", ".pdf", pdf_document),
    ExportFormat.DOCX: Form(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "open.file.document",
        ".docx",
        word_document,
    ),
    ExportFormat.JSON_RESUME: Form("application/json", "open.file.resume", ".json", _resume),
    ExportFormat.OPEN_BADGES: Form("application/zip", "open.file.badges", ".zip", _badges),
    ExportFormat.ELM: Form("application/ld+json", "open.file.europass", ".jsonld", _europass),
    ExportFormat.JSON: Form("application/json", "open.file.conversation", ".json", None),
}
"""All formats, those for people first."""
