"""Routes for taking a conversation along as a file, and for beginning from one."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Body, Query, Response

from assistant.domain.language import Language
from assistant.exports.formats import FORMATS, ExportFormat, export
from assistant.ui.api.finding import ExportTexts, Found, Served
from assistant.ui.api.models import Conversation, conversation_of

router = APIRouter(tags=["taking along"])

_FILES = {
    "content": {
        form.media_type: {"schema": {"type": "string", "format": "binary"}} for form in FORMATS.values()
    }
}


@router.get("/conversations/{id}/export", response_class=Response, responses={200: _FILES})
async def take_along(
    kept: Found,
    application: Served,
    texts: ExportTexts,
    format: Annotated[ExportFormat, Query(description="What kind of file.")] = ExportFormat.JSON,
    languages: Annotated[
        str,
        Query(
            pattern="^(sv|en)?(,(sv|en))?$",
            description="One or both, the main one first, such as `sv,en`; else the conversation's.",
        ),
    ] = "",
) -> Response:
    """The person's data as a file.

    `pdf` and `docx` are the skills and plan document; `jsonresume` is JSON Resume 1.2; `openbadges` are
    self-asserted Open Badges 3.0, zipped; `elm` is the European Learning Model, unsigned; `json` is our
    own, which can be imported again. 422 with the reason `nothing_to_export` when nothing has been told
    that the format has a place for.
    """
    wanted = tuple(Language(each) for each in dict.fromkeys(languages.split(",")) if each)
    file = await export(
        format,
        session=kept.session,
        knowledge=application.knowledge,
        texts=texts,
        languages=wanted or (kept.session.language,),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    named = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return Response(file.content, media_type=file.media_type, headers={"Content-Disposition": named})


@router.post("/conversations/import", status_code=HTTPStatus.CREATED)
async def bring_back(
    portable: Annotated[dict[str, Any], Body(description="Our own JSON, as it was exported.")],
    application: Served,
) -> Conversation:
    """Begin a conversation with what an earlier one knew.

    422 with the reason `import_refused` when it is no such file.
    """
    session = application.imported_session(portable)
    session.welcome()
    return conversation_of(application.conversations.adopt(session))
