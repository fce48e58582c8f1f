"""What passes between a person and the assistant in one turn."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from assistant.domain.cards import ComparisonCard, OccupationCard, PathCard, PlanCard
from assistant.domain.language import Language, Level
from assistant.domain.profile import Profile
from assistant.domain.source import Citation


class Phase(StrEnum):
    """Where the interview is, in its usual order."""

    WELCOME = "welcome"
    EXPERIENCE = "experience"
    SKILLS = "skills"
    UNPAID = "unpaid"
    EDUCATION = "education"
    LANGUAGES = "languages"
    WISHES = "wishes"
    PATHS = "paths"
    PLAN = "plan"

    @property
    def order(self) -> int:
        """0 for the welcome up to 8 for the plan."""
        return list(Phase).index(self)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, or a box to tick: what it stands for, what it says, and a line that explains it.

    Boxes stand under a heading, their `group`; those that are ticked from the start are `is_ticked`.
    """

    choice_id: str
    label: str
    explanation: str = ""
    group: str = ""
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class UserInput:
    """What a person sends: words, or the id of a choice that was offered.

    `file` is the kind of file whose text `message` is ("pdf"); empty for what was written.
    """

    message: str = ""
    choice_id: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a turn cost; tokens are 0 where the model does not tell."""

    model_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TokenEvent:
    """A piece of the answer while it is being written."""

    text: str
    type: Literal["token"] = "token"


@dataclass(frozen=True, slots=True)
class ToolEvent:
    """A tool that was called, with the ids of the sources it brought."""

    name: str
    arguments: str
    source_ids: tuple[str, ...]
    type: Literal["tool"] = "tool"


@dataclass(frozen=True, slots=True)
class AnswerEvent:
    """The whole answer of a turn; exactly one ends each turn.

    `paths` are those suggested last; the other cards are those that this turn brought.
    """

    text: str
    language: Language
    phase: Phase
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    profile: Profile = field(default_factory=Profile)
    paths: tuple[PathCard, ...] = ()
    occupation: OccupationCard | None = None
    comparison: ComparisonCard | None = None
    plan: PlanCard | None = None
    usage: Usage = field(default_factory=Usage)
    level: Level = Level.NORMAL
    type: Literal["answer"] = "answer"


@dataclass(frozen=True, slots=True)
class ToldTurn:
    """One turn as it stands in the conversation.

    Attributes:
        message_id: Of the person's message among all messages; empty for the welcome.
        said: What the person wrote, or what the button said; empty for the welcome.
        answer: What the assistant said.
    """

    message_id: str
    said: str
    answer: AnswerEvent


@dataclass(frozen=True, slots=True)
class ErrorEvent:
    """The turn failed; the session goes on."""

    message: str
    type: Literal["error"] = "error"


Event = TokenEvent | ToolEvent | AnswerEvent | ErrorEvent
