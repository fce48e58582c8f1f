"""The next question, from what the profile lacks. Reads like a table."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from assistant.agent.guide.memory import Memory
from assistant.domain.conversation import Phase
from assistant.domain.profile import Experience, Profile


class Question(StrEnum):
    """All that the guide asks, and the paths and the plan that it ends with."""

    PIECES = "pieces"
    EXPERIENCE = "experience"
    CONFIRM = "confirm"
    RETELL = "retell"
    DETAILS = "details"
    DAY = "day"
    SKILLS = "skills"
    MORE = "more"
    UNPAID = "unpaid"
    EDUCATION = "education"
    LANGUAGES = "languages"
    WISHES = "wishes"
    PATHS = "paths"
    GOAL = "goal"
    SITUATION = "situation"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Rule:
    """A question, the phase it belongs to, and when it is needed."""

    question: Question
    phase: Phase
    is_needed: Callable[[Profile, Memory], bool]


def settled_name(question: Question, concept_id: str = "") -> str:
    """The name under which a question is settled; some are settled for one experience at a time."""
    return f"{question}:{concept_id}" if concept_id else question.value


# Choosing skills takes a turn each; the experiences told first are those that matter most.
_MOST_SKILLS_ASKED = 3


def experience_asked_about(question: Question, profile: Profile, memory: Memory) -> Experience | None:
    """The experience that details, a day or skills are asked of next; None when there is no need to ask."""
    open_ones = {
        Question.DETAILS: [e for e in profile.experiences if e.years is None or not e.country],
        Question.SKILLS: [*profile.experiences[:_MOST_SKILLS_ASKED]],
    }
    if question is Question.DAY:
        asked = Question.DAY in memory.settled
        return None if asked else experience_asked_about(Question.SKILLS, profile, memory)
    unsettled = (e for e in open_ones[question] if settled_name(question, e.concept_id) not in memory.settled)
    return next(unsettled, None)


def _unsettled(question: Question) -> Callable[[Profile, Memory], bool]:
    return lambda profile, memory: question not in memory.settled


def _unknown(question: Question) -> Callable[[Profile, Memory], bool]:
    return lambda profile, memory: experience_asked_about(question, profile, memory) is not None


def _needs_words(memory: Memory) -> bool:
    return bool(memory.pending) and memory.pending[0].needs_words


def _for_plan(question: Question) -> Callable[[Profile, Memory], bool]:
    return lambda profile, memory: bool(memory.goal) and question not in memory.settled


def _needs_situation(profile: Profile, memory: Memory) -> bool:
    """Whether a plan lacks how much Swedish the person knows, and where they live."""
    settled = {Question.SITUATION, Question.LANGUAGES} & memory.settled
    return bool(memory.goal) and not settled


TABLE = (
    # What was read in a CV is looked at before anything is built on it.
    Rule(Question.PIECES, Phase.EXPERIENCE, lambda profile, memory: bool(memory.pieces)),
    Rule(Question.RETELL, Phase.EXPERIENCE, lambda profile, memory: _needs_words(memory)),
    Rule(Question.CONFIRM, Phase.EXPERIENCE, lambda profile, memory: bool(memory.pending)),
    # Whoever knows what they want is asked what a plan needs and no more; the interview is there for
    # those who want it ("go on with the questions" lets go of the goal).
    Rule(Question.GOAL, Phase.WISHES, lambda profile, memory: bool(memory.wanted)),
    Rule(Question.EDUCATION, Phase.EDUCATION, _for_plan(Question.EDUCATION)),
    Rule(Question.SITUATION, Phase.LANGUAGES, _needs_situation),
    Rule(Question.PLAN, Phase.PLAN, lambda profile, memory: bool(memory.goal)),
    Rule(Question.DETAILS, Phase.EXPERIENCE, _unknown(Question.DETAILS)),
    # Asked once: the first experience shows how it is meant, and the interview stays short.
    Rule(Question.DAY, Phase.SKILLS, _unknown(Question.DAY)),
    Rule(Question.SKILLS, Phase.SKILLS, _unknown(Question.SKILLS)),
    Rule(
        Question.EXPERIENCE,
        Phase.EXPERIENCE,
        lambda profile, memory: not profile.experiences and Question.EXPERIENCE not in memory.settled,
    ),
    Rule(
        Question.MORE,
        Phase.EXPERIENCE,
        lambda profile, memory: bool(profile.experiences) and Question.MORE not in memory.settled,
    ),
    Rule(Question.UNPAID, Phase.UNPAID, _unsettled(Question.UNPAID)),
    Rule(Question.EDUCATION, Phase.EDUCATION, _unsettled(Question.EDUCATION)),
    Rule(Question.LANGUAGES, Phase.LANGUAGES, _unsettled(Question.LANGUAGES)),
    Rule(Question.WISHES, Phase.WISHES, _unsettled(Question.WISHES)),
    Rule(Question.PATHS, Phase.PATHS, lambda profile, memory: True),
)


def next_rule(profile: Profile, memory: Memory) -> Rule:
    """The first rule of the table that is needed."""
    return next(rule for rule in TABLE if rule.is_needed(profile, memory))
