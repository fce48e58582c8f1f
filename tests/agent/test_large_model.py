"""The product with a large model over HTTP: the same loop, tools, citations and limits."""

import json
import re

import pytest

from assistant.agent.models import make_model
from assistant.build import Application
from assistant.domain.language import Language, Level
from assistant.settings import Settings
from tests.agent.conftest import LargeModel, messages_of
from tests.standin.openai import PROMPT_TOKENS, Fault, Reply, ScriptedOpenAI, ToolUse

MARKER = re.compile(r"\[(\d+)\]")
GUIDES = ToolUse("search_guides", {"question": "what is sfi", "language": "en"})
FIND = ToolUse("find_occupations", {"text": "I drove a truck for 7 years in Syria"})
GROUNDED = "Sfi is Swedish for adults who have moved here {source}."
HELLO = Reply("What have you worked with?")


async def test_tools_run_and_the_answer_cites_what_they_brought(large: LargeModel) -> None:
    turn = await large.say(
        "What is SFI?", Reply("Let me look that up.", (GUIDES, FIND)), Reply(f"{GROUNDED} Do you know it?")
    )
    # They run side by side.
    tools = {tool.name: tool for tool in turn.tools}
    assert tools.keys() == {"search_guides", "find_occupations"}
    assert json.loads(tools["search_guides"].arguments) == GUIDES.arguments
    assert turn.answer.text == "Sfi is Swedish for adults who have moved here [1]. Do you know it?"
    (citation,) = turn.answer.citations
    assert citation.marker == 1
    assert citation.source.source_id in tools["search_guides"].source_ids
    assert citation.source.url.startswith("https://")
    assert turn.answer.usage.model_calls == 2


async def test_the_answer_comes_in_pieces(large: LargeModel) -> None:
    turn = await large.say("Hi", Reply("Hello there. I am an AI. What have you worked with?"))
    assert turn.tokens == ["Hello there. ", "I am an AI. ", "What have you worked with?"]
    assert "".join(turn.tokens) == turn.answer.text


async def test_the_model_gets_the_prompt_the_tools_and_what_they_said(large: LargeModel) -> None:
    await large.say("What is SFI?", Reply(calls=(GUIDES,)), Reply(GROUNDED))
    first, second = large.server.requests
    assert messages_of(first, "system")
    assert messages_of(first, "user") == ["What is SFI?"]
    tools = {tool["function"]["name"]: tool["function"] for tool in first["tools"]}
    assert set(tools) >= {"find_occupations", "look_up_occupation", "suggest_paths", "note_progress"}
    assert all(tool["description"] and tool["parameters"]["properties"] for tool in tools.values())
    (result,) = messages_of(second, "tool")
    assert re.search(r"\[#[0-9a-f]{6}\]", result)
    # The model can copy no address that it never saw.
    assert "http" not in json.dumps(second["messages"])


async def test_the_welcome_says_that_a_model_reads_what_is_written(
    large: LargeModel, application: Application
) -> None:
    welcome = large.session.welcome()
    assert "scripted. It reads all that you write" in welcome.text
    assert welcome.text.endswith("What have you worked with?")
    told = await large.session.retell(0, Language.SV)
    assert "scripted. Den läser allt som du skriver" in told.text
    assert "language model" not in application.new_session(Language.EN).welcome().text


async def test_the_next_turn_knows_what_was_said(large: LargeModel) -> None:
    await large.say("I drove a truck", Reply(calls=(FIND,)), HELLO)
    await large.say("In Syria", HELLO)
    (request,) = large.server.requests
    assert messages_of(request, "user") == ["I drove a truck", "In Syria"]
    assert [m["role"] for m in request["messages"]] == [
        "system", "user", "assistant", "tool", "assistant", "user",
    ]  # fmt: skip


async def test_the_last_question_is_answered_again_at_the_level_asked_for(large: LargeModel) -> None:
    await large.say("What is SFI?", Reply(calls=(GUIDES,)), Reply(GROUNDED))
    again = await large.say("simpler, please", Reply(calls=(GUIDES,)), Reply(GROUNDED))
    first = large.server.requests[0]
    assert messages_of(first, "user") == ["What is SFI?"]
    assert "The level now is simple." in messages_of(first, "system")[0]
    assert again.answer.level is Level.SIMPLE
    await large.say("Thank you", HELLO)
    (request,) = large.server.requests
    assert messages_of(request, "user") == ["What is SFI?", "simpler, please", "Thank you"]
    assert "The level now is simple." in messages_of(request, "system")[0]


async def test_a_source_of_another_conversation_cannot_be_cited(
    large: LargeModel, large_application: Application
) -> None:
    await large.say("What is SFI?", Reply(calls=(GUIDES,)), Reply(GROUNDED))
    token = re.findall(r"\[#[0-9a-f]{6}\]", messages_of(large.server.requests[1], "tool")[0])[0]
    other = LargeModel(large.server, large_application.new_session())
    turn = await other.say("Hello, who are you?", Reply(f"Sfi is free {token}. I am an AI."))
    assert turn.answer.text == "Sfi is free. I am an AI."
    assert turn.answer.citations == ()


INVENTED = (
    "I made this up [#abc123]. This too [7]. And these [^7], [1, 2], 【4†source】 and [#abc123, #d4e5f6].",
    "Read more at https://evil.example/a?b=1 or HTTPS://EVIL.EXAMPLE or www.evil.example today.",
    "Click [here](https://evil.example/x), [there](//evil.example) or ![this](evil.example/p.png) now.",
    "Half a token [#abc",
)


@pytest.mark.parametrize("text", INVENTED)
async def test_marks_and_addresses_of_the_models_own_never_reach_the_person(
    text: str, large: LargeModel
) -> None:
    turn = await large.say("Hello, who are you?", Reply(f"{text} And then."))
    assert turn.tokens
    assert not re.search(r"evil|://|www|#|\]\(|\[\W*\d|【", turn.shown, re.IGNORECASE)
    assert turn.answer.citations == ()


async def test_numbers_count_only_sources_of_this_conversation(large: LargeModel) -> None:
    text = "Known {source}. Unknown [#abc123]. Own [9]. Both [#abc123]{source}."
    turn = await large.say("What is SFI?", Reply(calls=(GUIDES,)), Reply(text))
    assert turn.answer.text == "Known [1]. Unknown. Own. Both[1]."
    markers = {int(number) for number in MARKER.findall(turn.shown)}
    assert markers == {citation.marker for citation in turn.answer.citations}


UNGROUNDED = ("The pay is 35000 a month.", "Socialstyrelsens rules decide.", "Ask UHR.", "See jobs-now.se.")


@pytest.mark.parametrize("sentence", UNGROUNDED)
async def test_what_has_no_source_goes_back_once_and_is_mended(sentence: str, large: LargeModel) -> None:
    turn = await large.say(
        "What is the pay?", Reply(f"I can help. {sentence}"), Reply("I do not know the pay.")
    )
    sent_back = messages_of(large.server.requests[1], "user")
    assert sentence in sent_back[-1]
    assert turn.answer.text == "I do not know the pay."
    assert sentence not in turn.shown


async def test_what_still_has_no_source_is_dropped(large: LargeModel) -> None:
    insists = Reply("I can help. It takes 3 years.")
    turn = await large.say("How long does it take to become a nurse?", insists, insists)
    assert turn.answer.text == "I can help."
    assert "3 years" not in turn.shown


async def test_an_answer_that_was_sent_back_is_not_kept(large: LargeModel) -> None:
    await large.say("How long is it?", Reply("It takes 3 years."), Reply("I do not know."))
    await large.say("Thanks", HELLO)
    (request,) = large.server.requests
    assert messages_of(request, "assistant") == ["I do not know."]
    assert messages_of(request, "user") == ["How long is it?", "Thanks"]


async def test_the_second_try_may_call_tools(large: LargeModel) -> None:
    turn = await large.say(
        "What is SFI?", Reply("It takes 3 years."), Reply(calls=(GUIDES,)), Reply(GROUNDED)
    )
    assert turn.answer.text == "Sfi is Swedish for adults who have moved here [1]."
    assert [tool.name for tool in turn.tools] == ["search_guides"]
    assert turn.answer.usage.model_calls == 3


async def test_the_first_answer_stands_when_the_second_try_fails(large: LargeModel) -> None:
    faults = [Fault("500"), Fault("500")]
    turn = await large.say("How long is it?", Reply("I can help. It takes 3 years."), *faults)
    assert turn.answer.text == "I can help."


async def test_what_the_person_said_needs_no_source(large: LargeModel) -> None:
    turn = await large.say("I drove a truck for 7 years", Reply("You drove a truck for 7 years."))
    assert turn.answer.text == "You drove a truck for 7 years."


IDENTITY_NUMBER = "19811218-9876"


@pytest.mark.parametrize("choice_id", ["", IDENTITY_NUMBER])
async def test_an_identity_number_never_reaches_the_model(choice_id: str, large: LargeModel) -> None:
    message = "" if choice_id else f"I am {IDENTITY_NUMBER} and 811218 9876"
    turn = await large.say(message, HELLO, choice_id=choice_id)
    await large.say("Go on", HELLO)
    assert "9876" not in json.dumps(large.server.requests)
    assert "identity number" in turn.answer.text


async def test_tokens_are_counted_where_the_server_tells(
    model_server: tuple[ScriptedOpenAI, str], large_application: Application
) -> None:
    scripted, url = model_server
    settings = Settings(_env_file=None, model="openai:scripted", model_base_url=url)
    model = make_model(settings, large_application.texts)
    scripted.plays(HELLO, HELLO)
    spoken = await model.ainvoke("hello")
    assert spoken.text == HELLO.text
    assert spoken.usage_metadata is not None
    assert spoken.usage_metadata["input_tokens"] == PROMPT_TOKENS
    pieces = [piece async for piece in model.astream("hello", stream_usage=True)]
    assert len(pieces) > 3
    assert sum(p.usage_metadata["input_tokens"] for p in pieces if p.usage_metadata) == PROMPT_TOKENS


async def test_a_script_that_has_run_out_is_loud(large: LargeModel) -> None:
    turn = await large.say("Hello there", tidy=False)
    assert len(turn.errors) == 1
    assert large.server.unscripted
