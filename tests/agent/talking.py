"""Turns with the guide: the answer, and the guide's note after it."""

import json

from assistant.agent.guide.memory import Memory, from_note
from assistant.agent.session import Session
from assistant.domain.conversation import AnswerEvent, ToolEvent, UserInput


async def answered(session: Session, *said: str | UserInput) -> AnswerEvent:
    """The answer to the last of these messages, sent one after the other."""
    for each in said:
        events = [event async for event in session.send(UserInput(each) if isinstance(each, str) else each)]
        answer = events[-1]
        assert isinstance(answer, AnswerEvent), answer
    return answer


async def sent(
    session: Session, text: str = "", *, choice_id: str = "", file: str = ""
) -> tuple[AnswerEvent, Memory]:
    """The answer to a message, and the guide's note after it."""
    events = [event async for event in session.send(UserInput(text, choice_id, file))]
    notes = [e for e in events if isinstance(e, ToolEvent) and e.name == "note_progress"]
    answer = events[-1]
    assert isinstance(answer, AnswerEvent)
    return answer, from_note(json.loads(notes[-1].arguments)["memo"])
