"""Own data as a file: out and in without loss, and nothing taken from a file that could mislead."""

from dataclasses import dataclass
from typing import Any

import pytest

from assistant.agent.own_data.importing import MOST_BYTES, START, read_portable
from assistant.build import Application
from assistant.domain.conversation import AnswerEvent, UserInput
from assistant.domain.language import Language
from assistant.errors import ImportRefused
from tests.agent.talking import answered
from tests.conversations.ended import Ended

_COOK = {"title": "Kock", "concept_id": "", "years": 3, "country": "SY"}


def _file(**changes: Any) -> dict[str, Any]:
    return {"format": "vagvisare", "version": 1, **changes}


async def test_an_imported_conversation_greets_and_goes_on(application: Application, ended: Ended) -> None:
    again = application.imported_session(ended("lorry-driver-syria").portable())
    greeting = again.welcome()
    assert "Lastbilsförare" in greeting.text
    assert greeting.text.startswith("Välkommen tillbaka")
    answer = await answered(again, UserInput(choice_id=START))
    assert again.held().messages[-1].text == "Fortsätt"
    assert answer.plan, "the goal is known, so that the plan is made anew"
    assert answer.citations


async def test_the_greeting_is_told_in_the_other_language_too(application: Application, ended: Ended) -> None:
    again = application.imported_session(ended("lorry-driver-syria").portable())
    told = await again.retell(0, Language.EN)
    assert told.text.startswith("Welcome back")
    assert told.profile == again.profile


def test_what_was_shown_is_in_the_file_with_its_sources(ended: Ended) -> None:
    shown = ended("lorry-driver-syria").portable()["shown"]
    assert shown["paths"]["paths"][0]["why"]
    assert all(source["url"].startswith("https://") for source in shown["paths"]["sources"])
    assert shown["plan"]["plan"]["steps"]


async def test_a_forged_file_shows_no_citation_of_its_own(application: Application, ended: Ended) -> None:
    file = ended("lorry-driver-syria").portable()
    for part in file["shown"].values():
        for source in part["sources"]:
            source |= {"url": "https://evil.example/", "quote": "Forged", "title": "Forged"}
    file["shown"]["paths"]["paths"][0]["label"] = "Forged"
    again = application.imported_session(file)
    answer = await answered(again, UserInput(choice_id=START))
    everything = f"{again.state} {answer}"
    assert "Forged" not in everything
    assert "evil.example" not in everything


@dataclass(frozen=True)
class Case:
    id: str
    file: object


def _waiting(**piece: Any) -> dict[str, Any]:
    return _file(remembered={"pieces": [{"said": "a", **piece}]})


HOSTILE = (
    Case("no object", []),
    Case("text", "vagvisare"),
    Case("empty", {}),
    Case("other format", {"format": "another", "version": 1}),
    Case("other version", {"format": "vagvisare", "version": 2}),
    Case("version as text", {"format": "vagvisare", "version": "1.0"}),
    Case("unknown part", _file(sources=[{"url": "https://evil.example/"}])),
    Case("profile of the wrong type", _file(profile=[1, 2])),
    Case("years without end", _file(profile={"experiences": [{**_COOK, "years": float("inf")}]})),
    Case("years that are no number", _file(profile={"experiences": [{**_COOK, "years": float("nan")}]})),
    Case("unknown country", _file(profile={"experiences": [{**_COOK, "country": "XX"}]})),
    Case("unknown licence", _file(profile={"licences": ["<b>"]})),
    Case("work without a group", _waiting(kind="experience", concept_ids=[])),
    Case("education of no level", _waiting(kind="education", level="evil")),
    Case("language of no level", _waiting(kind="language", level="evil")),
    Case("too many messages", _file(messages=[{"text": "a"}] * 3_000)),
    Case("a message too long", _file(messages=[{"text": "a" * 200_000}])),
    Case("unknown kind of origin", _file(origins={"a": {"how": "official"}})),
    Case("unknown feature", _file(remembered={"features": ["evil"]})),
    Case("a tool's result", _file(remembered={"offered": [{"choice_id": "x", "label": "y"}]})),
)


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.id)
def test_a_file_that_does_not_fit_is_refused(case: Case, application: Application) -> None:
    with pytest.raises(ImportRefused) as caught:
        application.imported_session(case.file)
    assert "evil" not in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"{" + b" " * MOST_BYTES],
    ids=("empty", "cut", "no-text", "deep", "huge"),
)
def test_a_file_that_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(ImportRefused):
        read_portable(content)


def test_what_nests_too_deep_is_not_followed(application: Application) -> None:
    deep: dict[str, Any] = {}
    for _ in range(5_000):
        deep = {"a": deep}
    application.imported_session(_file(shown=deep))
    with pytest.raises(ImportRefused):
        application.imported_session(_file(profile=deep))


def test_permits_that_the_taxonomy_does_not_know_come_back(application: Application) -> None:
    held = ["B96", "Liftkort", "Våtrum (BKR)"]
    session = application.imported_session(_file(profile={"licences": held}))
    assert list(session.profile.licences) == held
    again = application.imported_session(session.portable())
    assert again.profile == session.profile


async def test_the_greeting_of_a_file_is_said_again_simpler(application: Application, ended: Ended) -> None:
    session = application.imported_session(ended("lorry-driver-syria").portable())
    first = session.welcome()
    events = [event async for event in session.send(UserInput(choice_id="plain:simple"))]
    answer = events[-1]
    assert isinstance(answer, AnswerEvent)
    assert answer.profile == first.profile
    assert answer.choices == first.choices
    assert all(e.title in answer.text for e in first.profile.experiences)


def test_unknown_concepts_are_left_out_with_a_word(application: Application) -> None:
    file = _file(
        language="en",
        profile={
            "experiences": [{**_COOK, "concept_id": "nobody_knows"}],
            "skills": [{"concept_id": "nobody_knows", "label": "Forged"}],
        },
        remembered={"goal": "nobody_knows", "settled": ["evil", "details:nobody_knows", "day"]},
    )
    session = application.imported_session(file)
    assert session.held().items == ()
    assert "left out" in session.welcome().text


def test_labels_and_codes_come_from_the_taxonomy(application: Application) -> None:
    group = next(g for g in application.knowledge.catalogue.groups.values() if g.ssyk_code == "5120")
    skill = application.knowledge.catalogue.skills_of(group)[0]
    experience = {
        **_COOK,
        "concept_id": group.concept_id,
        "ssyk_code": "9999",
        "skills": [{"concept_id": skill.concept_id, "label": "<script>alert(1)</script>"}],
    }
    session = application.imported_session(_file(profile={"experiences": [experience]}))
    (taken,) = session.profile.experiences
    assert taken.ssyk_code == "5120"
    assert taken.skills[0].label == skill.preferred_label.sv


def test_identity_numbers_in_a_file_are_masked(application: Application) -> None:
    file = _file(
        messages=[{"text": "Jag är 811218-9876"}],
        profile={"wishes": ["811218-9876"], "languages": [{"name": "8112189876"}]},
        remembered={"place": "811218-9876", "day": "811218-9876"},
        origins={"wish:x": {"how": "written", "words": "811218-9876", "number": 1}},
    )
    session = application.imported_session(file)
    assert "9876" not in f"{session.state} {session.portable()}"


async def test_an_import_of_little_begins_the_interview(application: Application) -> None:
    session = application.imported_session(_file(language="en"))
    assert session.language is Language.EN
    answer = await answered(session, UserInput("I have worked as a cook for three years in Syria"))
    assert answer.language is Language.EN
    assert answer.choices
