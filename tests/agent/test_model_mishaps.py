"""A large model that fails, goes round in circles or calls tools wrongly: what the person gets."""

import socket
from dataclasses import dataclass

import pytest

from assistant.agent.loop import MOST_MODEL_CALLS
from assistant.build import Application, build_application
from assistant.domain.conversation import UserInput
from tests.agent.conftest import LargeModel, messages_of
from tests.standin.openai import Fault, Reply, ToolUse

GUIDES = ToolUse("search_guides", {"question": "what is sfi", "language": "en"})
GROUNDED = Reply("Sfi is Swedish for adults who have moved here {source}.")
HELLO = Reply("What have you worked with?")


@dataclass(frozen=True)
class FaultCase:
    id: str
    script: tuple[Fault, ...]


FAULTS = (
    FaultCase("429", (Fault("429"), Fault("429"))),
    FaultCase("500", (Fault("500"), Fault("500"))),
    FaultCase("slow", (Fault("slow", seconds=3),)),
    FaultCase("a byte now and then", (Fault("drip", seconds=3),)),
    FaultCase("malformed", (Fault("malformed"),)),
    FaultCase("a page instead of a stream", (Fault("html"),)),
    FaultCase("an error in the stream", (Fault("error"),)),
    FaultCase("cut", (Fault("cut"),)),
    FaultCase("ended without a reason", (Fault("unfinished"),)),
)


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.id)
async def test_a_model_that_fails_gives_one_error_and_the_session_goes_on(
    case: FaultCase, large: LargeModel
) -> None:
    await large.say("I drove a truck", HELLO)
    failed = await large.say("In Syria, for 7 years", *case.script)
    assert failed.events[-1:] == failed.errors
    assert len(failed.errors) == 1
    assert "Traceback" not in failed.errors[0].message
    after = await large.say("Are you there?", Reply("I am here."))
    assert after.answer.text == "I am here."
    assert messages_of(large.server.requests[0], "user") == ["I drove a truck", "Are you there?"]


async def test_a_model_that_stumbles_once_is_asked_again(large: LargeModel) -> None:
    turn = await large.say("Hello there", Fault("429"), HELLO)
    assert turn.answer.text == HELLO.text
    assert turn.errors == []


async def test_a_server_that_is_down_gives_one_error(large_application: Application) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        settings = large_application.settings.model_copy(update={"model_base_url": url})
        session = build_application(settings).new_session()
        events = [event async for event in session.send(UserInput(message="hej"))]
    assert [event.type for event in events] == ["error"]


async def test_a_model_that_goes_round_in_circles_is_stopped(large: LargeModel) -> None:
    turn = await large.say("What is SFI?", *[Reply(calls=(GUIDES,))] * MOST_MODEL_CALLS)
    assert len(turn.tools) == MOST_MODEL_CALLS
    assert turn.answer.text
    assert "limit" not in turn.shown
    after = await large.say("Are you there?", Reply("I am here."))
    assert after.answer.text == "I am here."


@dataclass(frozen=True)
class MistakeCase:
    """A wrong call, and what the model must be told to set it right."""

    id: str
    call: ToolUse
    told: str


UNKNOWN_WORK = {"experiences": [{"title": "pilot", "concept_id": "AAAA_aaa_aaa"}]}
NOTE = ToolUse("note_progress", {"profile": UNKNOWN_WORK, "phase": "skills"})
MISTAKES = (
    MistakeCase(
        "unknown concept",
        ToolUse("look_up_occupation", {"concept_id": "AAAA_aaa_aaa", "language": "en"}),
        "AAAA_aaa_aaa",
    ),
    MistakeCase("unknown concept in the profile", NOTE, "AAAA_aaa_aaa"),
    MistakeCase(
        "unknown concept in paths",
        ToolUse("suggest_paths", {"profile": UNKNOWN_WORK, "language": "en"}),
        "find_occupations",
    ),
    MistakeCase("missing argument", ToolUse("search_guides", {"question": "sfi"}), "language"),
    MistakeCase("wrong value", ToolUse("search_guides", {"question": "sfi", "language": "ar"}), "'sv' or"),
    MistakeCase("unknown tool", ToolUse("apply_for_job", {}), "search_guides"),
    MistakeCase("no JSON", ToolUse("search_guides", "question is sfi"), "JSON"),
)


@pytest.mark.parametrize("case", MISTAKES, ids=lambda case: case.id)
async def test_a_mistaken_call_comes_back_to_the_model(case: MistakeCase, large: LargeModel) -> None:
    turn = await large.say("What is SFI?", Reply(calls=(case.call,)), Reply(calls=(GUIDES,)), GROUNDED)
    assert case.told in messages_of(large.server.requests[1], "tool")[0]
    assert turn.answer.text == "Sfi is Swedish for adults who have moved here [1]."
    after = await large.say("Are you there?", Reply("I am here."))
    assert after.answer.text == "I am here."


async def test_of_two_calls_one_may_be_mistaken(large: LargeModel) -> None:
    wrong = ToolUse("find_occupations", '{"text": ')
    turn = await large.say("What is SFI?", Reply(calls=(GUIDES, wrong)), GROUNDED)
    assert turn.answer.citations
    assert len(messages_of(large.server.requests[1], "tool")) == 2


async def test_codes_in_the_profile_come_from_the_index(
    large: LargeModel, large_application: Application
) -> None:
    group = next(iter(large_application.knowledge.catalogue.groups.values()))
    work = {"title": "work", "concept_id": group.concept_id, "ssyk_code": "0000", "years": 3}
    note = ToolUse("note_progress", {"profile": {"experiences": [work]}, "phase": "skills"})
    turn = await large.say("I did work", Reply(calls=(note,)), HELLO)
    assert turn.answer.profile.experiences[0].ssyk_code == group.ssyk_code
