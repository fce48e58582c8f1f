"""What a message does: tells, confirms, denies, corrects, asks, skips, switches. Pure functions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml
from rapidfuzz import fuzz

from assistant.agent.safety import MASK
from assistant.domain.conversation import Choice
from assistant.errors import PromptError
from assistant.guidance.long_text import LONG_TEXT
from assistant.prompts import PROMPTS_DIR
from assistant.retrieval.mentions.details import bare_number
from assistant.retrieval.text import content_words, fold, words
from assistant.yaml_text import parse_yaml


class Act(StrEnum):
    """What a message does; those with a cue of the same name are found by it."""

    CHOOSE = "choose"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"
    MASKED = "masked"
    CODE = "code"
    OVERRIDE = "override"
    INSULT = "insult"
    LANGUAGE_SV = "language_sv"
    LANGUAGE_EN = "language_en"
    WHO_ARE_YOU = "who_are_you"
    FORGET_ME = "forget_me"
    MY_DATA = "my_data"
    TAKE_ALONG = "take_along"
    START_OVER = "start_over"
    LEAVE = "leave"
    SUM_UP = "sum_up"
    SHOW_PATHS = "show_paths"
    TAKE_BACK = "take_back"
    TURN_DOWN = "turn_down"
    COMPARE = "compare"
    WHY = "why"
    ROUTE = "route"
    PLAN = "plan"
    EXPLORE = "explore"
    LOOK = "look"
    ASK = "question"
    REMOVE = "remove"
    MERGE = "merge"
    CORRECT = "correct"
    SKIP = "skip"
    CONFIRM = "confirm"
    DENY = "deny"
    GREET = "greet"
    THANK = "thank"
    TELL = "tell"


# Tried in this order; the first that fits is what the message does.
_IN_ORDER = (
    Act.OVERRIDE,
    Act.CODE,
    Act.LANGUAGE_SV,
    Act.LANGUAGE_EN,
    Act.WHO_ARE_YOU,
    Act.FORGET_ME,
    Act.MY_DATA,
    Act.TAKE_ALONG,
    Act.START_OVER,
    Act.SUM_UP,
    Act.LEAVE,
    Act.SHOW_PATHS,
    Act.TAKE_BACK,
    Act.COMPARE,
    Act.TURN_DOWN,
    Act.WHY,
    Act.ROUTE,
    Act.PLAN,
    Act.EXPLORE,
    Act.LOOK,
    # Whoever insults and wants something gets what they want.
    Act.INSULT,
    Act.ASK,
    Act.REMOVE,
    Act.MERGE,
    Act.SKIP,
    Act.CORRECT,
    Act.CONFIRM,
    Act.DENY,
    Act.GREET,
    Act.THANK,
)
# What is done with occupations; where none is meant, the message does something else.
OF_OCCUPATIONS = frozenset(
    {Act.TAKE_BACK, Act.TURN_DOWN, Act.COMPARE, Act.WHY, Act.ROUTE, Act.PLAN, Act.EXPLORE, Act.LOOK}
)
_WITH_REST = (Act.CONFIRM, Act.DENY, Act.CORRECT, Act.REMOVE)
# Only occupations and the like are counted ("the second one"), not what can be done with them.
_NOT_COUNTED = re.compile(
    r"(?:plan|compare|not|explore|change|ads|educations|pay|demand|interview|paths|plain)(?::|$)"
)
_LABEL_LIKENESS = 88
_NUMBERED = re.compile(r"(?:nr|nummer|no|number|alternativ|option|val|#)?[ .]*(?P<number>\d{1,2})[.!]?")
_MANY_WORDS = 12
# A CV has several lines; one long sentence is a message like others.
_LINES_OF_A_CV = 4
_FEW_WORDS = 3
_WORDS_ABOUT_A_NUMBER = 4


@dataclass(frozen=True, slots=True)
class Cues:
    """Regular expressions by cue name, from `prompts/guide/cues.yaml`."""

    _patterns: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]

    def fits(self, name: str, folded: str) -> bool:
        """Whether a folded text shows the cue."""
        return any(_applies(where, pattern, folded) for where, pattern in self._patterns[name])

    def without_start(self, name: str, text: str) -> str:
        """The text after the cue at its beginning, such as what follows "yes,"."""
        for where, pattern in self._patterns[name]:
            if where == "start" and (found := pattern.match(text.lstrip().lower())):
                return text.lstrip()[found.end() :].lstrip(" ,.!")
        return text

    def without(self, name: str, text: str) -> str:
        """The text without all that fits the cue."""
        for _, pattern in self._patterns[name]:
            text = re.sub(pattern.pattern, " ", text, flags=re.IGNORECASE)
        return text

    def since(self, name: str, text: str) -> str:
        """The text from where the cue first shows; empty where it does not."""
        starts = [
            found.start()
            for _, pattern in self._patterns[name]
            if (found := re.search(pattern.pattern, text, flags=re.IGNORECASE))
        ]
        return text[min(starts) :] if starts else ""

    def spans(self, name: str, folded: str) -> list[tuple[int, int]]:
        """Where in a folded text the cue's patterns show, from the first letter to past the last."""
        return [
            found.span()
            for where, pattern in self._patterns[name]
            for found in pattern.finditer(folded)
            if where == "any" or (found.start() == 0 and (where == "start" or found.end() == len(folded)))
        ]

    def number_in(self, name: str, folded: str) -> int:
        """The number that a cue's group of that name holds, in digits or words; 0 without one."""
        matches = (pattern.search(folded) for _, pattern in self._patterns[name])
        found = next((match["number"] for match in matches if match), "")
        return int(bare_number(found) or 0)


def load_cues(root: Path = PROMPTS_DIR) -> Cues:
    """Read the cues.

    Raises:
        PromptError: The file is missing, or a pattern does not compile.
    """
    path = root / "guide" / "cues.yaml"
    try:
        raw = parse_yaml(path.read_text(encoding="utf-8"))
        patterns = {
            name: tuple((where, re.compile(p)) for where, found in places.items() for p in found)
            for name, places in raw.items()
        }
    except (OSError, AttributeError, re.error, yaml.YAMLError) as error:
        raise PromptError(name="guide/cues", reason=str(error)) from error
    return Cues(patterns)


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """One message as read.

    Attributes:
        act: What it does.
        text: The person's words.
        rest: The words after "yes" or "no"; the whole text otherwise.
        choice_id: The choice made by a button or in words; empty otherwise.
        long_text: A CV or another text to read, whole; empty for an ordinary message.
        otherwise: What it does if it turns out to be about no occupation; the same as `act` for most.
    """

    act: Act
    text: str
    rest: str
    choice_id: str = ""
    long_text: str = ""
    otherwise: Act = Act.TELL

    @property
    def folded(self) -> str:
        """The text, folded."""
        return fold(self.text)


def read_message(
    text: str, *, choice_id: str, foreign: bool, offered: Sequence[Choice], cues: Cues
) -> ReadMessage:
    """Say what a message does.

    Args:
        text: The message.
        choice_id: The button that was pressed, if one was.
        foreign: The message is in neither Swedish nor English.
        offered: The buttons that were shown; their words may be written too.
        cues: What to look for.
    """
    if choice_id:
        return ReadMessage(Act.CHOOSE, text, text, choice_id)
    if foreign:
        return ReadMessage(Act.FOREIGN, text, text)
    folded = fold(text)
    if not words(folded) or _only_repeats(folded):
        # What was masked is spoken of before the answer; a number alone needs no other.
        return ReadMessage(Act.MASKED if MASK in text else Act.UNREADABLE, text, text)
    if MASK in text and len(content_words(folded)) <= _WORDS_ABOUT_A_NUMBER:
        return ReadMessage(Act.MASKED, text, text)
    if written := _written_choice(folded, offered) or _counted_choice(folded, offered, cues):
        return ReadMessage(Act.CHOOSE, text, text, written)
    if is_long_text(text):
        return ReadMessage(Act.TELL, text, text, long_text=text)
    if cues.fits("nothing_more", folded):
        return ReadMessage(Act.DENY, text, "")
    fitting = [act for act in _IN_ORDER if cues.fits(act, folded)]
    otherwise = next((act for act in fitting if act not in OF_OCCUPATIONS), Act.TELL)
    act = next(iter(fitting), Act.TELL)
    rest = cues.without_start(otherwise, text) if otherwise in _WITH_REST else text
    return ReadMessage(act, text, rest, otherwise=otherwise)


def is_long_text(text: str) -> bool:
    """Whether a message is a CV or another text to read, rather than an answer."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(text) >= LONG_TEXT and len(lines) >= _LINES_OF_A_CV


def _only_repeats(folded: str) -> bool:
    """Whether a text says the same few words over and over."""
    said = words(folded)
    return len(said) >= _MANY_WORDS and len(set(said)) <= _FEW_WORDS


def _applies(where: str, pattern: re.Pattern[str], folded: str) -> bool:
    if where == "whole":
        return pattern.fullmatch(folded) is not None
    if where == "start":
        return pattern.match(folded) is not None
    return pattern.search(folded) is not None


def _counted_choice(folded: str, offered: Sequence[Choice], cues: Cues) -> str:
    """The choice that "the second one" means."""
    counted = zip(("first_offered", "second_offered", "third_offered"), _counted(offered), strict=False)
    return next((choice.choice_id for cue, choice in counted if cues.fits(cue, folded)), "")


def _counted(offered: Sequence[Choice]) -> list[Choice]:
    """The choices that "the second one" is among: the occupations, where there are some."""
    named = [choice for choice in offered if not _NOT_COUNTED.match(choice.choice_id)]
    occupations = [choice for choice in named if choice.choice_id.startswith("about:")]
    is_of_question = any(choice.choice_id.startswith(("concept:", "goal:")) for choice in named)
    return occupations if occupations and not is_of_question else named


def _written_choice(folded: str, offered: Sequence[Choice]) -> str:
    """The choice that a message writes out: its number or its words."""
    named = _counted(offered)
    numbered = _NUMBERED.fullmatch(folded)
    if numbered and 1 <= int(numbered["number"]) <= len(named):
        return named[int(numbered["number"]) - 1].choice_id
    likeness = [(fuzz.ratio(folded, fold(choice.label)), choice.choice_id) for choice in offered]
    best = max(likeness, default=(0, ""))
    return best[1] if best[0] >= _LABEL_LIKENESS else ""
