"""The guide's own sentences: what they say without a source passes the check of sources."""

import pytest

from assistant.agent.citations import Evidence, checked
from assistant.build import Application
from assistant.domain.language import Language, Level
from assistant.prompts import load_texts

# Shown outside the text of an answer: on buttons, and when a file cannot be read.
_OUTSIDE = ("choice.", "document.")
# Parts of statements that are given their source where they are said.
_OF_STATEMENTS = {"education.form.AUB", "long_text.by_service", "long_text.title"}
_ON_THE_PAGE = {
    "button.data": "data.show",
    "button.forget": "data.forget",
    "button.more": "access.more",
    "button.upload": "upload.open",
}


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("language", Language)
def test_no_sentence_without_a_fact_is_held_back(
    application: Application, language: Language, level: Level
) -> None:
    texts = application.texts.at(level)
    evidence = Evidence.of((), (), application.names, texts.group("button"))
    whole = {
        key: texts.template(key, language)
        for key in texts.keys(language)
        if not key.startswith(_OUTSIDE) and "$" not in texts.template(key, language)
    }
    assert len(whole) > 300
    held = {key: checked(text, evidence).held_back for key, text in whole.items()}
    assert {key for key, sentences in held.items() if sentences} == _OF_STATEMENTS


@pytest.mark.parametrize("language", Language)
def test_buttons_are_called_what_the_page_calls_them(application: Application, language: Language) -> None:
    page = load_texts(folder="ui")
    named = {key for key in application.texts.keys(language) if key.startswith("button.")}
    assert named == _ON_THE_PAGE.keys()
    for key, on_page in _ON_THE_PAGE.items():
        assert application.texts.template(key, language) == page.template(on_page, language)
