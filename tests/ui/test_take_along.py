"""The panel of formats: it offers all of them, and says each in plain words in both languages."""

import pytest

from assistant.domain.language import Language
from assistant.domain.profile import Profile
from assistant.exports.formats import ExportFormat
from assistant.prompts import load_texts
from assistant.ui.cards import Labels
from assistant.ui.take_along import take_along_props
from tests.fakes import PROFILE


@pytest.mark.parametrize("language", Language)
def test_every_format_is_offered_once_and_explained(language: Language) -> None:
    props = take_along_props(PROFILE, Labels(load_texts(folder="ui"), language))
    formats = [each for group in props["groups"] for each in group["formats"]]
    assert sorted(each["id"] for each in formats) == sorted(ExportFormat)
    assert all(each["name"] and each["help"] for each in formats)
    assert not props["empty"]


def test_documents_come_first_and_so_does_the_language_of_the_conversation() -> None:
    props = take_along_props(Profile(), Labels(load_texts(folder="ui"), Language.EN))
    assert [each["id"] for each in props["groups"][0]["formats"]] == ["pdf", "docx"]
    assert [each["value"] for each in props["languages"]] == ["en", "sv", "en,sv"]
    assert props["languages"][0]["label"] == "English"
    assert props["empty"]
