"""The table of formats: each makes a file that opens, and every dialogue ends with valid ones."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import pypdf
import pytest

from assistant.agent.session import Session
from assistant.build import Application
from assistant.domain.conversation import UserInput
from assistant.domain.language import Language
from assistant.errors import NothingToExport
from assistant.exports.claims import claims_of
from assistant.exports.dossier import make_dossier
from assistant.exports.elm import elm_credential
from assistant.exports.formats import FORMATS, ExportedFile, ExportFormat, export
from assistant.exports.json_resume import json_resume
from assistant.exports.open_badges import open_badges
from assistant.prompts import Texts
from tests.conversations.ended import ENDED, Ended
from tests.exports.official import json_resume_validator, open_badge_validator

MADE_AT = "2026-11-22T11:00:00+01:00"


@dataclass(frozen=True)
class Case:
    """A format, the name of its file in Swedish, and whether the file opens and holds something."""

    format: ExportFormat
    name: str
    opens: Callable[[bytes], bool]


CASES = (
    Case(ExportFormat.PDF, "mina-kunskaper.pdf", lambda c: len(pypdf.PdfReader(io.BytesIO(c)).pages) > 0),
    Case(
        ExportFormat.DOCX, "mina-kunskaper.docx", lambda c: len(docx.Document(io.BytesIO(c)).paragraphs) > 0
    ),
    Case(
        ExportFormat.JSON_RESUME, "mina-kunskaper-json-resume.json", lambda c: bool(json.loads(c)["skills"])
    ),
    Case(
        ExportFormat.OPEN_BADGES,
        "mina-kunskaper-open-badges.zip",
        lambda c: zipfile.ZipFile(io.BytesIO(c)).testzip() is None,
    ),
    Case(
        ExportFormat.ELM,
        "mina-kunskaper-europass.jsonld",
        lambda c: bool(json.loads(c)["credentialSubject"]["hasClaim"]),
    ),
    Case(ExportFormat.JSON, "vagvisare-mitt-samtal.json", lambda c: "profile" in json.loads(c)),
)


@pytest.fixture
async def told(application: Application) -> Session:
    """A person who has told of one job and confirmed skills of it."""
    session = application.new_session()
    session.welcome()
    for choice in ("", "concept:9mJN_VwW_Xjg", "skip", "skills:all"):
        message = "" if choice else "Jag var snickare i fyra år i Syrien"
        async for _ in session.send(UserInput(message, choice)):
            pass
    return session


async def exported(
    format: ExportFormat, session: Session, application: Application, texts: Texts, *languages: Language
) -> ExportedFile:
    knowledge = application.knowledge
    return await export(
        format, session=session, knowledge=knowledge, texts=texts, languages=languages, made_at=MADE_AT
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.format)
async def test_each_format_makes_a_file_that_opens(
    case: Case, told: Session, application: Application, texts: Texts
) -> None:
    made = await exported(case.format, told, application, texts, Language.SV, Language.EN)
    assert (made.name, made.media_type) == (case.name, FORMATS[case.format].media_type)
    # Not within the assertion: a failure would show the whole of the file.
    has_opened = case.opens(made.content)
    assert has_opened


def test_every_format_is_in_the_table_and_tried() -> None:
    assert [case.format for case in CASES] == [*FORMATS] == [*ExportFormat]


async def test_badges_come_as_one_file_each(told: Session, application: Application, texts: Texts) -> None:
    made = await exported(ExportFormat.OPEN_BADGES, told, application, texts, Language.SV)
    with zipfile.ZipFile(io.BytesIO(made.content)) as files:
        names = files.namelist()
        assert all("/" not in name and name.endswith(".json") for name in names)
        badges = [json.loads(files.read(name)) for name in names]
    assert len({badge["id"] for badge in badges}) == len(names) == len(told.profile.held_skill_ids)


@pytest.mark.parametrize("format", [ExportFormat.OPEN_BADGES, ExportFormat.ELM])
async def test_without_anything_told_there_are_no_credentials(
    format: ExportFormat, application: Application, texts: Texts
) -> None:
    session = application.new_session()
    session.welcome()
    with pytest.raises(NothingToExport):
        await exported(format, session, application, texts, Language.SV)


@pytest.mark.shared
@pytest.mark.usefixtures("_official_badges")
@pytest.mark.parametrize("name", ENDED)
async def test_what_every_dialogue_ends_with_is_valid(
    name: str, application: Application, ended: Ended, texts: Texts, shared_dir: Path
) -> None:
    session = ended(name)
    dossier = await make_dossier(session, application.knowledge, (session.language,), MADE_AT)
    assert list(json_resume_validator(shared_dir).iter_errors(json_resume(dossier, texts))) == []
    for badge in open_badges(dossier, texts):
        assert list(open_badge_validator().iter_errors(badge)) == []
    if claims_of(dossier, texts):
        assert elm_credential(dossier, texts)["credentialSubject"]
    else:
        with pytest.raises(NothingToExport):
            elm_credential(dossier, texts)
