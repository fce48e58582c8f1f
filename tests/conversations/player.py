"""Plays a dialogue against the real application, as a person at the keyboard would."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

from assistant.agent.guide.memory import Memory, from_note
from assistant.agent.guide.policy import Question, experience_asked_about
from assistant.agent.session import Session
from assistant.build import Application
from assistant.domain.conversation import AnswerEvent, Choice, Event, ToolEvent, UserInput
from tests.conversations.dialogue import Dialogue, DialogueTurn
from tests.standin.server import StandIn

_BY_CODE = "ssyk:"


@dataclass(frozen=True)
class Played:
    """One turn as it went; `memory` is the guide's note after it."""

    number: int
    turn: DialogueTurn
    sent: UserInput
    events: tuple[Event, ...]
    memory: Memory

    @property
    def answer(self) -> AnswerEvent:
        last = self.events[-1]
        assert isinstance(last, AnswerEvent), f"turn {self.number} ended with {last}"
        return last

    @property
    def question(self) -> tuple[str, str]:
        """The open question, with what it is about where it can be put more than once."""
        name = self.memory.open_question
        if name == Question.CONFIRM:
            return name, self.memory.pending[0].quote
        if name in (Question.DETAILS, Question.SKILLS):
            about = experience_asked_about(Question(name), self.answer.profile, self.memory)
            return name, about.concept_id if about else ""
        return name, ""


async def play(
    application: Application,
    dialogue: Dialogue,
    standin: StandIn | None = None,
    *,
    session: Session | None = None,
) -> AsyncIterator[Played]:
    """Play the turns one by one, in a new session unless given one; the stand-in fails where told."""
    session = session or application.new_session(dialogue.language)
    choices: tuple[Choice, ...] = session.welcome().choices if dialogue.welcomed else ()
    for number, turn in enumerate(dialogue.turns, start=1):
        if turn.sources is not None:
            assert standin is not None, "only a live dialogue has sources"
            standin.fail(turn.sources)
        sent = _input(application, turn, choices)
        events = tuple([event async for event in session.send(sent)])
        played = Played(number, turn, sent, events, _noted(events))
        choices = played.answer.choices
        yield played


def _input(application: Application, turn: DialogueTurn, offered: tuple[Choice, ...]) -> UserInput:
    if turn.say is not None:
        return UserInput(message=turn.say * turn.times)
    assert turn.choose is not None
    wanted = choice_id(application, turn.choose)
    fitting = [choice.choice_id for choice in offered if choice.choice_id.startswith(wanted)]
    assert fitting, f"{turn.choose} is not offered, only {[choice.choice_id for choice in offered]}"
    return UserInput(choice_id=fitting[0])


def choice_id(application: Application, pattern: str) -> str:
    """The beginning of a choice id; `ssyk:8332` stands for the concept of that group."""
    if not pattern.startswith(_BY_CODE):
        return pattern
    code = pattern.removeprefix(_BY_CODE)
    groups = application.knowledge.catalogue.groups.values()
    return next(f"concept:{group.concept_id}" for group in groups if group.ssyk_code == code)


def _noted(events: tuple[Event, ...]) -> Memory:
    notes = [e for e in events if isinstance(e, ToolEvent) and e.name == "note_progress"]
    return from_note(json.loads(notes[-1].arguments)["memo"]) if notes else Memory()


def transcript(session_so_far: list[Played]) -> str:
    """The conversation as a person would read it, to show with a failure."""
    lines = []
    for played in session_so_far:
        said = played.sent.message[:200] or f"[{played.sent.choice_id}]"
        last = played.events[-1]
        lines += [f"> {said}", last.text[:900] if isinstance(last, AnswerEvent) else str(last), ""]
    return "\n".join(lines)


__all__ = ["Played", "choice_id", "play", "transcript"]
