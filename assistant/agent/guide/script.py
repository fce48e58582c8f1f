"""The guide's turn as a script: what it looks up, notes and says for each thing a message does.

A script is a generator that yields tool calls and is sent their results. The model replays it from
the start for every call, with the results that stand in the messages; where they end, the next tool
calls (or the answer) come out. So the script reads as straight lines and still has no state.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from typing import Any

from assistant.agent.guide.acts import Act, Cues, ReadMessage
from assistant.agent.guide.memory import Memory
from assistant.agent.guide.policy import Question
from assistant.agent.guide.wording import Wording
from assistant.agent.results import ToolResult
from assistant.domain.conversation import Choice
from assistant.domain.profile import Profile
from assistant.guidance.words import WordList
from assistant.retrieval.text import words


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call."""

    name: str
    arguments: dict[str, Any]


Calls = tuple[Call, ...]
Results = tuple[ToolResult, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a script works with.

    `is_first` is true when nothing has been said to the person yet; `noted` has the clauses of the
    message that told something beside the open question and have been noted; `beside` is said before
    the answer; `said` is the message before what was noted was taken out of it. `is_again` is true when
    the person wants the answer once more, at another level, and `explains` when they did not understand
    the question in it.
    """

    message: ReadMessage
    profile: Profile
    memory: Memory
    wording: Wording
    cues: Cues
    words: WordList
    is_first: bool
    noted: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    said: str = ""
    is_again: bool = False
    explains: bool = False

    @property
    def is_plain_yes(self) -> bool:
        """A "yes" to a question that yes does not answer, such as "have you done anything else?"."""
        return self.message.act is Act.CONFIRM and not words(self.message.rest)

    @property
    def open_question(self) -> Question | None:
        """The question that the message may answer."""
        return Question(self.memory.open_question) if self.memory.open_question else None

    def outcome(self, *said: str, aside: bool = False, **changes: Any) -> "Outcome":
        """An outcome with some of the memory changed, and the profile too if `profile` is given."""
        profile = changes.pop("profile", self.profile)
        choices = changes.pop("choices", ())
        done = {"missed": 0, "asked": "", "awaiting": "", "topic": "", "long_text": "", "last": ""}
        if changes.keys() & {"pending", "current"}:
            # Work told of is what "are there jobs?" means from now on.
            done["about"] = ""
        return Outcome(
            profile,
            replace(self.memory, **{**done, **changes}),
            tuple(filter(None, said)),
            aside,
            choices=choices,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a message led to.

    Attributes:
        profile: The profile after it.
        memory: The memory after it.
        said: Paragraphs to say before the next question.
        aside: The message left the open question unanswered, so it is asked again, shorter.
        asks_nothing: What is said asks enough itself, or the person is leaving.
        choices: Buttons that go with what is said, beside those of the question.
    """

    profile: Profile
    memory: Memory
    said: tuple[str, ...] = ()
    aside: bool = False
    asks_nothing: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words, with its buttons; `memory` where asking it gave something to remember."""

    text: str
    choices: tuple[Choice, ...] = ()
    memory: Memory | None = None


Asking = Generator[Calls, Results, Asked]
Answering = Generator[Calls, Results, Outcome | None]
Handling = Generator[Calls, Results, Outcome]
Handler = Callable[[Turn], Handling]


def one(name: str, **arguments: Any) -> Generator[Calls, Results, ToolResult]:
    """Call one tool."""
    results = yield (Call(name, arguments),)
    return results[0]


def settle(memory: Memory, *names: str) -> frozenset[str]:
    """The settled questions with some more."""
    return memory.settled | set(names)


def without_tools(answer: Callable[[Turn], Outcome]) -> Handler:
    """A handler that needs no tool."""

    def handler(turn: Turn) -> Handling:
        yield from ()
        return answer(turn)

    return handler


def saying(key: str) -> Handler:
    """A handler that says one text and returns to the open question."""
    return without_tools(lambda turn: turn.outcome(turn.wording.say(key), aside=True))


__all__ = [
    "Act",
    "Answering",
    "Asked",
    "Asking",
    "Call",
    "Calls",
    "Handler",
    "Handling",
    "Outcome",
    "Results",
    "Turn",
    "one",
    "saying",
    "settle",
    "without_tools",
]
