"""The form of a dialogue file; README.md explains it to those who write one."""

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from assistant.agent.guide.policy import Question
from assistant.domain.concept import EducationLevel, Feature
from assistant.domain.conversation import Phase
from assistant.domain.language import Language, Level
from assistant.domain.path import PathKind
from assistant.domain.plan import StepKind
from assistant.domain.profile import ExperienceKind
from assistant.yaml_text import parse_yaml

DIALOGUES = sorted(Path(__file__).parent.glob("*.yaml"))
# What an ordinary case may take until the paths are shown, and until the plan is.
MOST_TURNS = 15
MOST_TURNS_TO_A_PLAN = 20
# Who begins with what they want has their plan after this many.
MOST_TURNS_WITH_A_GOAL = 8


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Does(StrEnum):
    """What a message does to the open question."""

    ANSWER = "answer"  # the interview goes on to another question
    ASIDE = "aside"  # the same question stays open
    VOLUNTEER = "volunteer"  # tells something else than was asked; the question comes back later
    CHANGE = "change"  # corrects, merges or removes: what was known may go


class ExpectedExperience(_Strict):
    """An experience in the profile, by its SSYK code; what is left out may be anything."""

    ssyk: str
    years: float | None = None
    country: str | None = None
    kind: ExperienceKind | None = None
    skills_at_least: int = 0
    skills_at_most: int = 99


class ExpectedEducation(_Strict):
    """The only education in the profile."""

    level: EducationLevel | None = None
    country: str | None = None


class ExpectedPaths(_Strict):
    """The paths that are shown."""

    at_least: int = 3
    kinds: tuple[PathKind, ...] = ()
    ssyk: tuple[str, ...] = ()
    not_ssyk: tuple[str, ...] = ()


class ExpectedPlan(_Strict):
    """The plan that this turn shows.

    Attributes:
        ssyk: The occupation that it leads to.
        kinds: Kinds of steps that it has.
        conditions: Names of the conditions that it fits, all of them.
        place: The place that it is for.
    """

    ssyk: str | None = None
    kinds: tuple[StepKind, ...] = ()
    conditions: tuple[str, ...] | None = None
    place: str | None = None


class Expectation(_Strict):
    """What must hold after a turn; what is left out may be anything.

    Attributes:
        level: How hard the answer may be to read.
        asks: The question that is open after the answer.
        experiences: All experiences in the profile, in any order.
        languages: Names of languages that are in the profile.
        licences: All licences in the profile.
        offers: Choice ids that are offered, or their beginnings; `ssyk:8332` is the group of that code.
        cites: How many sources the text cites at least.
        systems: Systems that the text cites.
        plan: The plan that is shown.
        occupation: SSYK code of the occupation whose page is shown.
        comparison: SSYK codes of the occupations that are compared, in their order.
        listed: SSYK codes that are among the occupations listed last.
        turned_down: SSYK codes of all that the person does not want.
        features: All that work should be like.
        mentions: What the text holds, for names and numbers that only the person or a source can give.
        lacks: What the text must not hold.
    """

    language: Language | None = None
    level: Level | None = None
    phase: Phase | None = None
    asks: Question | None = None
    experiences: tuple[ExpectedExperience, ...] | None = None
    education: ExpectedEducation | None = None
    languages: tuple[str, ...] | None = None
    licences: tuple[str, ...] | None = None
    wishes: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    cites: int = 0
    systems: tuple[str, ...] = ()
    paths: ExpectedPaths | None = None
    plan: ExpectedPlan | None = None
    occupation: str | None = None
    comparison: tuple[str, ...] | None = None
    listed: tuple[str, ...] = ()
    turned_down: tuple[str, ...] | None = None
    features: tuple[Feature, ...] | None = None
    mentions: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class DialogueTurn(_Strict):
    """What the person says or chooses, and what must hold after it.

    Attributes:
        say: The message.
        times: How often the message is repeated in itself.
        choose: A choice id or its beginning; the first that fits of those offered is chosen.
        sources: How every public source fails from here on, in the stand-in's words ("503"); "" for well.
        repeats: What was shown is asked for again, so that its paragraphs may come again.
    """

    say: str | None = None
    times: int = 1
    choose: str | None = None
    sources: str | None = None
    does: Does = Does.ANSWER
    repeats: bool = False
    expect: Expectation = Expectation()

    @model_validator(mode="after")
    def _says_or_chooses(self) -> Self:
        if (self.say is None) == (self.choose is None):
            raise ValueError("a turn either says or chooses")
        return self


class Dialogue(_Strict):
    """A whole conversation.

    Attributes:
        about: Who the person is.
        language: Language to begin in.
        welcomed: The person has seen the welcome, as in the browser; a program may do without.
        ordinary: Paths must be shown within `MOST_TURNS` turns, and a plan within `MOST_TURNS_TO_A_PLAN`.
        knows_goal: The person knows what they want: a plan must be shown within `MOST_TURNS_WITH_A_GOAL`.
        live: Every public source is there, played by the stand-in.
    """

    about: str
    language: Language
    welcomed: bool = True
    ordinary: bool = True
    knows_goal: bool = False
    live: bool = False
    turns: tuple[DialogueTurn, ...]


def read_dialogue(file: Path) -> Dialogue:
    """Read a dialogue; raises `ValidationError` for a key that is not known."""
    return Dialogue.model_validate(parse_yaml(file.read_text(encoding="utf-8")))
