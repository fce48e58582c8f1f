"""The JSON form against the interface that programs rely on (docs/interfaces.md)."""

import json

import pytest

from assistant.agent.event_objects import event_object, profile_object
from assistant.domain.concept import EducationLevel
from assistant.domain.conversation import ErrorEvent, TokenEvent, ToolEvent, Usage
from assistant.domain.profile import Education, Profile, SpokenLanguage
from tests.fakes import CONFIRM, PATHS, PROFILE

ANSWER_KEYS = {
    "type", "text", "language", "phase", "citations", "choices", "profile", "paths", "usage",
    "occupation", "comparison", "plan",
}  # fmt: skip
CITATION_KEYS = {"marker", "source_id", "system", "title", "url", "retrieved_at", "version", "quote"}
PATH_KEYS = {"concept_id", "label", "ssyk", "kind", "score", "matched", "missing", "markers"} | {
    "parts", "why", "gap", "how", "first_step",
}  # fmt: skip


def test_an_answer_has_exactly_the_keys_of_the_interface() -> None:
    answer = event_object(PATHS)
    assert answer.keys() == ANSWER_KEYS
    assert answer["type"] == "answer"
    assert answer["language"] in ("sv", "en")
    assert all(citation.keys() == CITATION_KEYS for citation in answer["citations"])
    assert [citation["marker"] for citation in answer["citations"]] == [1, 2]
    assert all(path.keys() == PATH_KEYS for path in answer["paths"])
    assert [path["kind"] for path in answer["paths"]] == ["ready", "step", "education"]
    assert answer["usage"].keys() == {"model_calls", "input_tokens", "output_tokens", "seconds"}


def test_choices_have_an_id_and_a_label_and_may_explain() -> None:
    choices = event_object(CONFIRM)["choices"]
    assert choices[0] == {
        "id": "concept:3MBw_pDA_P2F", "label": "Lastbilsförare", "explanation": "Du kör tung lastbil.",
    }  # fmt: skip
    assert all({"id", "label"} <= choice.keys() <= {"id", "label", "explanation"} for choice in choices)


def test_a_profile_has_exactly_the_keys_of_the_interface() -> None:
    profile = profile_object(
        Profile(
            experiences=PROFILE.experiences,
            education=(Education(EducationLevel.BACHELOR, "nursing", "IR"), Education(None)),
            languages=(SpokenLanguage("arabiska", "modersmål"),),
            licences=("C",),
            wishes=("same_work",),
        )
    )
    assert profile.keys() == {"experiences", "education", "languages", "licences", "wishes"}
    (experience,) = profile["experiences"]
    assert experience.keys() == {"title", "concept_id", "ssyk", "years", "kind", "country", "skills"}
    assert experience["skills"] == [{"concept_id": "aaaa_bbb_001", "label": "Lastning"}]
    assert (experience["ssyk"], experience["kind"]) == ("8332", "paid")
    assert profile["education"] == [
        {"level": EducationLevel.BACHELOR.value, "field": "nursing", "country": "IR"},
        {"level": None, "field": "", "country": ""},
    ]
    assert profile["languages"] == [{"name": "arabiska", "level": "modersmål"}]
    assert (profile["licences"], profile["wishes"]) == (["C"], ["same_work"])


EVENTS = (
    (TokenEvent("Hej "), {"type": "token", "text": "Hej "}),
    (
        ToolEvent("find_occupations", '{"text": "kock"}', ("taxonomy:1",)),
        {
            "type": "tool",
            "name": "find_occupations",
            "arguments": {"text": "kock"},
            "sources": ["taxonomy:1"],
        },
    ),
    (ErrorEvent("Något gick fel"), {"type": "error", "message": "Något gick fel"}),
)


@pytest.mark.parametrize(("event", "expected"), EVENTS)
def test_other_events_are_small(event: TokenEvent | ToolEvent | ErrorEvent, expected: object) -> None:
    assert event_object(event) == expected


def test_everything_is_plain_json() -> None:
    for event in (PATHS, CONFIRM, *(event for event, _ in EVENTS)):
        assert json.loads(json.dumps(event_object(event))) == event_object(event)
    assert event_object(PATHS)["usage"]["seconds"] == Usage().seconds
