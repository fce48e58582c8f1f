"""Who answers a message: what is done with occupations first, else what it does otherwise."""

from collections.abc import Callable
from dataclasses import replace

from assistant.agent.guide import asides, buttons
from assistant.agent.guide.asides import paths_wanted
from assistant.agent.guide.exploring import Sought, explore, explored, place_given
from assistant.agent.guide.facts import without_clauses
from assistant.agent.guide.goal import GOAL, told_of_goal
from assistant.agent.guide.lacking import lacking
from assistant.agent.guide.looking import (
    as_before,
    compare,
    compared,
    look,
    looked_at,
    route,
    route_shown,
    why,
)
from assistant.agent.guide.memory import Memory
from assistant.agent.guide.naming import Meant, occupation_meant, pointed_at
from assistant.agent.guide.planning import (
    knows_goal,
    made_anew,
    planned_for,
    wants_plan,
    work_told_beside,
)
from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import Act, Answering, Handling, Outcome, Turn, one
from assistant.agent.guide.time_and_cost import time_or_cost
from assistant.agent.guide.unwanted import take_back, turn_down, turned_down
from assistant.agent.results import FoundOccupations
from assistant.retrieval.mentions.details import country_said
from assistant.retrieval.text import FUNCTION_WORDS, content_words, words

_MOST_WORDS_OF_A_NAME = 4
_FOLLOWED_UP = (Act.TELL, Act.ASK)
# A country said in answer to these is that of the work or the education that was told.
_ASK_FOR_COUNTRIES = (Question.DETAILS, Question.EDUCATION)

_OF_OCCUPATIONS: dict[Act, Callable[[Turn], Answering]] = {
    Act.TAKE_BACK: take_back,
    Act.TURN_DOWN: turn_down,
    Act.COMPARE: compare,
    Act.WHY: why,
    Act.ROUTE: route,
    Act.PLAN: wants_plan,
    Act.EXPLORE: explore,
    Act.LOOK: look,
}

# What a button does with the rest of its id.
_BUTTONS: dict[str, Callable[[Turn, str], Handling]] = {
    buttons.ABOUT: looked_at,
    buttons.PLAN: lambda turn, concept_id: planned_for(turn, Meant((concept_id,))),
    buttons.COMPARE: lambda turn, ids: compared(turn, ids.split(",")),
    buttons.NOT: turned_down,
    buttons.NEAR: lambda turn, concept_id: explored(turn, Sought(near=concept_id)),
    buttons.ELSE: lambda turn, _: explored(turn, Sought()),
    GOAL: lambda turn, _: told_of_goal(turn),
}


def handled(turn: Turn, before: Memory) -> Handling:
    """Handle one message.

    Args:
        turn: With all that the message told in passing already noted.
        before: The memory before that.
    """
    if turn.beside and all(word in FUNCTION_WORDS for word in words(turn.message.text)):
        if turn.message.act is Act.EXPLORE and turn.open_question is not Question.PATHS:
            return (yield from explored(turn, Sought()))
        return turn.outcome(aside=turn.open_question is not Question.PATHS)
    if anew := (yield from _anew(turn, before)):
        return anew
    if answer := (yield from _of_occupations(turn)):
        return answer
    if turn.message.act in _OF_OCCUPATIONS:
        turn = replace(turn, message=replace(turn.message, act=turn.message.otherwise))
        turn = turn if turn.message.act is Act.ASK else without_clauses(turn)
    if goal := (yield from knows_goal(turn)):
        return goal
    outcome = yield from asides.HANDLERS[turn.message.act](turn)
    return (yield from _with_work_told(turn, outcome))


def _with_work_told(turn: Turn, outcome: Outcome) -> Handling:
    """The answer to a question, with the work that was told beside it taken up next."""
    begins = not (turn.profile.experiences or outcome.memory.pending)
    if turn.message.act is not Act.ASK or not outcome.aside or not begins:
        return outcome
    told = yield from work_told_beside(turn)
    return replace(outcome, memory=replace(outcome.memory, pending=told), aside=not told)


def _anew(turn: Turn, before: Memory) -> Answering:
    """The last answer once more, where the message changed what it was made for."""
    now = turn.memory
    if (now.conditions, now.place) == (before.conditions, before.place) or turn.message.act is Act.PLAN:
        return None
    return (yield from made_anew(turn)) or (yield from place_given(turn, before))


def _of_occupations(turn: Turn) -> Answering:
    if turn.message.act is Act.CHOOSE:
        return (yield from _chosen(turn))
    if answer := (yield from time_or_cost(turn)) or (yield from lacking(turn)):
        return answer
    if turn.message.act in _OF_OCCUPATIONS:
        return (yield from _OF_OCCUPATIONS[turn.message.act](turn))
    return (yield from _trained_in(turn)) or (yield from _followed_up(turn))


def _trained_in(turn: Turn) -> Answering:
    """The answer to "from which country is your training?": the way for those who are trained there."""
    memory, message = turn.memory, turn.message
    is_answer = memory.last == Act.ROUTE and turn.open_question not in _ASK_FOR_COUNTRIES
    if not is_answer or len(content_words(message.text)) > 1 or not country_said(message.text):
        return None
    return (yield from route_shown(turn, memory.about))


def _chosen(turn: Turn) -> Answering:
    """A button that does something with an occupation; None for another."""
    choice = turn.message.choice_id
    if choice == buttons.GO_ON:
        return turn.outcome(goal="", wanted=())
    if choice == buttons.PATHS:
        return paths_wanted(turn)
    prefix = next((prefix for prefix in _BUTTONS if choice.startswith(prefix)), None)
    return (yield from _BUTTONS[prefix](turn, choice.removeprefix(prefix))) if prefix else None


def _followed_up(turn: Turn) -> Answering:
    """The answer to "cook" after "a plan for which?", to "and in Lund?" and to "what about cooks?"."""
    memory, message = turn.memory, turn.message
    if message.act not in _FOLLOWED_UP or not (memory.last or memory.awaiting or memory.topic):
        return None
    if turn.cues.fits("going_on", message.folded) and memory.goal:
        return turn.outcome(goal="", wanted=())
    if len(content_words(message.text)) > _MOST_WORDS_OF_A_NAME:
        return None
    if memory.topic:
        others = tuple(i for i in pointed_at(turn, message.text) if i != memory.about)
        return (yield from as_before(turn, Meant(others))) if others else None
    if memory.awaiting:
        return (yield from _awaited(turn))
    if turn.cues.fits("names_place", message.folded):
        return (yield from _in_place(turn))
    if not turn.cues.fits("same_topic_of_another", message.folded):
        return None
    meant = yield from occupation_meant(turn, message.text)
    return (yield from as_before(turn, meant)) if meant.concept_ids else None


def _awaited(turn: Turn) -> Answering:
    """The occupations for a plan or a comparison that was asked for without any."""
    if turn.memory.awaiting == Act.COMPARE:
        return (yield from compare(turn))
    if turn.memory.awaiting != Act.PLAN:
        return None
    meant = yield from occupation_meant(turn, turn.message.text)
    return (yield from planned_for(turn, meant)) if meant.concept_ids else None


def _in_place(turn: Turn) -> Answering:
    """What the last answer did, in another place."""
    found = yield from one("find_occupations", text=turn.message.text)
    if not isinstance(found, FoundOccupations) or not found.places:
        return None
    before, place = turn.memory, found.places[0].place.name
    turn = replace(turn, memory=replace(before, place=place))
    if before.last == Act.COMPARE and before.compared:
        return (yield from compared(turn, before.compared))
    if before.last == Act.LOOK and before.about:
        return (yield from looked_at(turn, before.about))
    return (yield from made_anew(turn)) or (yield from place_given(turn, before))
