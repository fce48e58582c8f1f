"""The pages as pictures. With SCREENSHOTS=1 it also takes those of the document in `docs/screenshots/`."""

import os

import pytest

from assistant.build import Application
from assistant.domain.language import Language
from assistant.exports.dossier import make_dossier
from assistant.exports.pdf import page_pictures
from assistant.prompts import load_texts
from assistant.settings import PROJECT_DIR
from tests.exports.dossiers import EN, MADE_AT, SV
from tests.exports.talks import planned

PICTURES = PROJECT_DIR / "docs" / "screenshots"


@pytest.mark.parametrize("languages", [(SV,), (SV, EN)], ids=["one", "both"])
async def test_every_page_is_a_picture(
    languages: tuple[Language, ...], application: Application, request: pytest.FixtureRequest
) -> None:
    session = await planned(application)
    dossier = await make_dossier(session, application.knowledge, languages, MADE_AT)
    pages = page_pictures(dossier, load_texts(folder="exports"))
    assert len(pages) > 1
    assert all(page.startswith(b"\x89PNG") for page in pages)
    if os.environ.get("SCREENSHOTS"):
        name = request.node.callspec.id
        (PICTURES / f"document-{name}.png").write_bytes(pages[0])
