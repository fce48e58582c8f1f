"""One turn in the page: it is played to its end whatever becomes of the tab that began it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chainlit.step import StepDict

from assistant.domain.conversation import AnswerEvent, ErrorEvent, TokenEvent, ToolEvent, UserInput
from assistant.ui import cards, to_page
from assistant.ui.conversation import Conversation, show_answer, show_said, show_tool
from assistant.ui.failures import kind_and_place

logger = logging.getLogger(__name__)

# What these bring is shown as cards and boxes; while it is written as text it would only flash by.
_LAID_OUT = frozenset(
    {
        "compare_occupations",
        "explore_occupations",
        "list_skills",
        "make_plan",
        "read_long_text",
        "show_occupation",
        "suggest_paths",
    }
)


async def play_turn(conversation: Conversation, user_input: UserInput, said: str, step_id: str) -> None:
    """Play one turn, after any that is running, in a task of its own that can be stopped.

    Args:
        conversation: Where it is said.
        user_input: What is said.
        said: How the page shows that, which a button says in the person's place.
        step_id: The page's id for it.
    """
    # Shown at once: the page knows by it that what it sent was received.
    run = await show_said(conversation, said, step_id)
    async with conversation.kept.turn:
        if conversation.kept.forgotten:
            return
        # What came by another way while this waited, such as a file.
        await conversation.lay_out_new()
        if step_id not in conversation.page:
            run = await show_said(conversation, said, step_id)
        turn = asyncio.create_task(_play(conversation, user_input, run))
        conversation.kept.running = turn
        try:
            await asyncio.wait({turn})
        finally:
            conversation.kept.running = None


async def _play(conversation: Conversation, user_input: UserInput, run: StepDict) -> None:
    await conversation.page.answering(True)
    # Those of an answer that came while this turn waited.
    await conversation.withdraw_choices()
    try:
        async with _told_when_it_fails(conversation, run):
            await _answer(conversation, user_input, run)
    finally:
        await conversation.page.end_run(run)
        await conversation.page.answering(False)


@asynccontextmanager
async def _told_when_it_fails(conversation: Conversation, run: StepDict) -> AsyncIterator[None]:
    """The last fence before the person: whatever goes wrong, they get a sentence and go on."""
    try:
        yield
    except Exception as error:
        logger.error("%s", kind_and_place(error))
        failed = conversation.labels("failed.turn")
        await conversation.page.show_step(to_page.answer_step(failed, run["id"], is_error=True))


async def _answer(conversation: Conversation, user_input: UserInput, run: StepDict) -> None:
    page, step = conversation.page, to_page.answer_step("", run["id"])
    tools: set[str] = set()
    try:
        async for event in conversation.session.send(user_input):
            match event:
                case TokenEvent() if _LAID_OUT.isdisjoint(tools):
                    await page.write(step, cards.safe_markdown(event.text))
                case ToolEvent():
                    await show_tool(conversation, event.name, run, tools)
                case AnswerEvent():
                    await show_answer(conversation, event, step)
                    conversation.laid_out = conversation.session.turns
                case ErrorEvent():
                    error = to_page.answer_step(event.message, run["id"], is_error=True)
                    await page.show_step(error)
    finally:
        if step["streaming"]:
            step["streaming"] = False
            await page.show_step(step)
