"""The plan: for which occupation it is wanted, what it must fit, and how it is made and made anew."""

import hashlib
from collections.abc import Generator
from dataclasses import asdict, replace

from assistant.agent.guide.buttons import CHANGE, of_plan
from assistant.agent.guide.buttons import plan as plan_button
from assistant.agent.guide.conditions import changed
from assistant.agent.guide.facts import clauses_of
from assistant.agent.guide.memory import Candidate, Memory, Planned
from assistant.agent.guide.naming import Meant, occupation_meant
from assistant.agent.guide.policy import Question, next_rule
from assistant.agent.guide.script import (
    Act,
    Answering,
    Asked,
    Asking,
    Calls,
    Handling,
    Outcome,
    Results,
    Turn,
    one,
)
from assistant.agent.guide.telling import plan_in_words
from assistant.agent.guide.wording import Wording
from assistant.agent.guide.work import new_work
from assistant.agent.results import MadePlan, OccupationFacts
from assistant.agent.schemas import profile_arguments
from assistant.domain.profile import Profile
from assistant.retrieval.text import fold

_MOST_CHOICES = 4
_MOST_LISTED = 5
# While these are open the plan is an aside, and the interview goes on after it.
_OF_THE_INTERVIEW = frozenset(
    {
        *(Question.CONFIRM, Question.RETELL, Question.DETAILS, Question.DAY, Question.SKILLS),
        *(Question.MORE, Question.UNPAID, Question.EDUCATION, Question.LANGUAGES),
    }
)
_CONDITIONS_SAID_AT = (Question.PLAN, Question.SITUATION, Question.GOAL)


def with_conditions(turn: Turn) -> Turn:
    """The turn with what the message says that a plan must fit.

    "No education" is a condition only where a plan is spoken of; else it tells of the person.
    """
    memory, message = turn.memory, turn.message
    name = message.choice_id.removeprefix(CHANGE)
    if message.choice_id.startswith(CHANGE) and hasattr(memory.conditions, name):
        return replace(turn, memory=replace(memory, conditions=replace(memory.conditions, **{name: True})))
    if message.act is Act.EXPLORE and memory.last != Act.PLAN:
        # "Closer to home" is about jobs, unless a plan was just shown.
        return turn
    is_of_plan = turn.open_question in _CONDITIONS_SAID_AT or memory.last == Act.PLAN
    is_wanted = message.act is Act.PLAN or turn.cues.fits("tells_wish", message.folded)
    if message.choice_id or message.long_text or not (is_of_plan or is_wanted):
        return turn
    after = changed(memory.conditions, message.text, turn.cues)
    if after is None:
        return turn
    # Said beside the answer to another question, it is noted like all that is told in passing.
    return replace(turn, memory=replace(memory, conditions=after), noted=(*turn.noted, ""))


def wants_plan(turn: Turn) -> Answering:
    """The plan for the occupation that is named, wished for or spoken of; None when it is no such wish."""
    if turn.memory.goal and turn.cues.fits("back_to_plan", turn.message.folded):
        return turn.outcome()
    text = _goal_text(turn)
    meant = yield from occupation_meant(turn, text or turn.message.text)
    told = yield from work_told_beside(turn)
    if meant.concept_ids:
        return (yield from planned_for(turn, meant, told))
    if spoken_of := turn.memory.goal or turn.memory.about:
        return (yield from planned_for(turn, Meant((spoken_of,)), told)) if not text else None
    if text:
        return None
    if turn.memory.wish and (wished := (yield from occupation_meant(turn, turn.memory.wish))).concept_ids:
        return (yield from planned_for(turn, wished, told))
    if turn.profile.experiences and not turn.memory.listed:
        own = turn.memory.current or turn.profile.experiences[0].concept_id
        return (yield from planned_for(turn, Meant((own,)), told))
    choices = tuple(plan_button(one, turn.wording) for one in turn.memory.listed[:_MOST_LISTED])
    said = turn.wording.say("onward.plan.which")
    return turn.outcome(said, aside=True, awaiting=Act.PLAN.value, choices=choices)


def knows_goal(turn: Turn) -> Answering:
    """The plan for who begins by saying what they want to be; None for who goes on with their own work."""
    begins = turn.open_question in (None, Question.EXPERIENCE) and not turn.profile.experiences
    text = turn.cues.since("wants_to_be", turn.said)
    if turn.message.act not in (Act.TELL, Act.ASK) or not begins or not text:
        return None
    told = yield from work_told_beside(turn)
    if turn.message.act is Act.ASK and not told:
        # "I want to be a dentist. What do I need?" asks, and is answered.
        return None
    meant = yield from occupation_meant(turn, clauses_of(text)[0])
    own = {concept_id for one_told in told for concept_id in one_told.concept_ids}
    if not meant.concept_ids or own & set(meant.concept_ids):
        return None
    return (yield from planned_for(turn, meant, told))


def _goal_text(turn: Turn) -> str:
    """The part of a message that may name what somebody wants to become; empty when none names anything."""
    for cue in ("wants_to_be", "tells_wish", "plan"):
        part = turn.cues.since(cue, turn.message.text)
        clauses = [clause for clause in clauses_of(part) if clause.strip()]
        if clauses and turn.cues.without("guide_words", clauses[0].lower()).strip(" ,.?!-:"):
            return clauses[0]
    return ""


def work_told_beside(turn: Turn) -> Generator[Calls, Results, tuple[Candidate, ...]]:
    """Work told of beside a wish or a question: "I am a welder and want to be an electrician"."""
    folded = fold(turn.said)
    tells_work = turn.cues.fits("tells_occupation", folded) and not turn.cues.fits(
        "speaks_for_another", folded
    )
    if turn.message.choice_id or not tells_work:
        return ()
    clauses = [clause for clause in clauses_of(turn.said) if not turn.cues.fits("question", fold(clause))]
    found = yield from one("find_occupations", text=". ".join(clauses))
    # A clause that is noted as a wish may tell of work too; what is wished for is none.
    return new_work(found, replace(turn, noted=()))


def planned_for(turn: Turn, meant: Meant, told: tuple[Candidate, ...] = ()) -> Handling:
    """Take an occupation as the goal: the plan follows as soon as what it needs is known.

    In the middle of the interview the plan is made at once, from what is known so far.
    """
    memory = turn.memory
    if turn.open_question in _OF_THE_INTERVIEW and not memory.goal:
        return (yield from _beside_the_interview(turn, meant.concept_ids[0]))
    # A software developer who says "developer" means their own work.
    own = next((e.concept_id for e in turn.profile.experiences if e.concept_id in meant.choices), "")
    wanted = meant.choices[:_MOST_CHOICES] if len(meant.choices) > 1 and not own else ()
    goal = "" if wanted else own or meant.concept_ids[0]
    outcome = turn.outcome(
        goal=goal,
        wanted=wanted,
        pending=(*memory.pending, *told),
        about=goal,
        place=meant.place or memory.place,
    )
    if not goal or next_rule(outcome.profile, outcome.memory).question is Question.PLAN:
        return outcome
    return replace(outcome, said=((yield from _way_in_short(turn, goal)),))


def _way_in_short(turn: Turn, concept_id: str) -> Generator[Calls, Results, str]:
    """The usual way to an occupation, before the little that a plan needs is asked."""
    facts = yield from one("look_up_occupation", concept_id=concept_id, language=turn.wording.language)
    if not isinstance(facts, OccupationFacts) or facts.group is None:
        return turn.wording.say("onward.plan.needs")
    route = facts.group.education.route.text(turn.wording.language)
    return (
        f"**{turn.wording.work(facts.group)}**: {route} {facts.sources[2].token}\n\n"
        f"{turn.wording.say('onward.plan.needs')}"
    )


def _beside_the_interview(turn: Turn, concept_id: str) -> Handling:
    memory = replace(turn.memory, goal=concept_id)
    made = yield from _make(turn.profile, memory, turn.wording)
    if made is None or made.card is None:
        return turn.outcome(turn.wording.say("onward.plan.none"), aside=True, about=concept_id)
    return turn.outcome(
        _difference(memory, made, turn.wording),
        plan_in_words(made, turn.wording),
        turn.wording.say("onward.plan.so_far"),
        aside=True,
        about=concept_id,
        planned=_planned(made, memory),
        last=Act.PLAN.value,
    )


def made_anew(turn: Turn) -> Answering:
    """The plan once more when the message changed what it must fit; None when it did not."""
    memory, planned = turn.memory, turn.memory.planned
    is_open = turn.open_question is Question.PLAN
    if planned is None or not (is_open or memory.last == Act.PLAN):
        return None
    if (memory.conditions, memory.place) == (planned.conditions, planned.place):
        return None
    if is_open:
        return turn.outcome()
    return (yield from _beside_the_interview(turn, planned.concept_id))


def ask_plan(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    """Show the plan and ask whether it fits; after an aside, ask in fewer words."""
    memory = outcome.memory
    has_paths = bool(outcome.profile.experiences) and Question.WISHES in memory.settled
    buttons = of_plan(memory.goal, memory.conditions, wording, paths=has_paths)
    is_shown = memory.planned is not None and memory.planned.concept_id == memory.goal
    if outcome.aside and is_shown and memory.open_question == question:
        return Asked(wording.say("onward.plan.ask.again"), buttons)
    made = yield from _make(outcome.profile, memory, wording)
    if made is None or made.card is None:
        return Asked(wording.say("onward.plan.none"), buttons)
    planned = _planned(made, memory)
    difference = _difference(memory, made, wording)
    # Nobody wants to read the same steps again, to find that nothing is new.
    is_told = bool(difference) and memory.planned is not None and memory.planned.said == planned.said
    paragraphs = (
        difference,
        "" if is_told else plan_in_words(made, wording),
        wording.say("onward.plan.ask.again" if is_told else "onward.plan.ask.first"),
    )
    remembered = replace(memory, planned=planned, about=memory.goal, last=Act.PLAN.value)
    return Asked("\n\n".join(filter(None, paragraphs)), buttons, remembered)


def _make(profile: Profile, memory: Memory, wording: Wording) -> Generator[Calls, Results, MadePlan | None]:
    result = yield from one(
        "make_plan",
        concept_id=memory.goal,
        profile=profile_arguments(profile),
        language=wording.language,
        place=memory.place,
        conditions=asdict(memory.conditions),
    )
    return result if isinstance(result, MadePlan) else None


def _planned(made: MadePlan, memory: Memory) -> Planned:
    cards = made.card.steps if made.card else ()
    steps = tuple(step.title for step in cards)
    said = " ".join(f"{step.text} {step.first_action} {step.time}" for step in cards)
    notes = " ".join(statement.text for statement in made.statements)
    digest = hashlib.blake2s(f"{said} {notes}".encode(), digest_size=8).hexdigest()
    return Planned(memory.goal, memory.place, memory.conditions, steps, digest)


def _difference(memory: Memory, made: MadePlan, wording: Wording) -> str:
    """What a change did to the plan; empty for a first plan, or one in another language."""
    before, card = memory.planned, made.card
    if (
        before is None
        or card is None
        or before.concept_id != memory.goal
        or memory.language != wording.language
    ):
        return ""
    if (before.conditions, before.place) == (memory.conditions, memory.place):
        return ""
    now = [step.title for step in card.steps]
    new = [title for title in now if title not in before.steps]
    gone = [title for title in before.steps if title not in now]
    said = [wording.say("onward.plan.changed")]
    said += (
        [wording.say("onward.plan.fits", conditions="; ".join(card.conditions))] if card.conditions else []
    )
    said += [wording.say("onward.plan.new", steps="; ".join(new))] if new else []
    said += [wording.say("onward.plan.gone", steps="; ".join(gone))] if gone else []
    said += [wording.say("onward.plan.same")] if not new and not gone else []
    return " ".join(said)
