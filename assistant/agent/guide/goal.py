"""What somebody who knows what they want is asked: which occupation, Swedish and place; then their plan."""

import re
from dataclasses import replace

from assistant.agent.guide.answers import told_after_paths
from assistant.agent.guide.facts import languages_told
from assistant.agent.guide.memory import Listed
from assistant.agent.guide.naming import Meant, occupation_meant
from assistant.agent.guide.planning import planned_for, wants_plan
from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import Act, Asked, Asking, Call, Handling, Outcome, Turn, one, settle
from assistant.agent.guide.wording import Wording
from assistant.agent.guide.work import missed, taken_up, work_told
from assistant.agent.results import FoundOccupations, OccupationFacts
from assistant.domain.conversation import Choice
from assistant.domain.profile import SpokenLanguage
from assistant.retrieval.mentions.languages import language_name, languages_said
from assistant.retrieval.mentions.licences import licences_said

GOAL = "goal:"
_SWEDISH = "sv"
_PARTS = re.compile(r"[,.;!?\n]+|\b(?:och|and|in|i)\b")


def ask_goal(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    """Ask which of some groups somebody wants to work in."""
    memory = outcome.memory
    results = yield tuple(
        Call("look_up_occupation", {"concept_id": concept_id, "language": wording.language})
        for concept_id in memory.wanted
    )
    found = [facts for facts in results if isinstance(facts, OccupationFacts) and facts.group]
    lines, listed, choices = [], [], []
    for number, facts in enumerate(found, start=1):
        group = facts.group
        assert group is not None  # those without one were left out above
        label, task = wording.work(group), group.description.text(wording.language).split(". ")[0]
        source = facts.sources[1].token
        lines.append(
            wording.say("onward.goal.option", number=str(number), work=label, task=task, source=source)
        )
        listed.append(Listed(group.concept_id, label))
        choices.append(Choice(f"{GOAL}{group.concept_id}", label))
    # After an aside the buttons are enough of a reminder.
    again = outcome.aside and memory.open_question == question
    text = (
        wording.say("onward.goal.again") if again else "\n".join([wording.say("onward.goal.first"), *lines])
    )
    return Asked(text, tuple(choices), replace(memory, listed=tuple(listed)))


def told_of_goal(turn: Turn) -> Handling:
    """Which of the groups it is, by its place, its name or other words."""
    if turn.message.choice_id.startswith(GOAL):
        return (yield from planned_for(turn, Meant((turn.message.choice_id.removeprefix(GOAL),))))
    if turn.message.act in (Act.CONFIRM, Act.SKIP):
        return (yield from planned_for(turn, Meant(turn.memory.wanted[:1])))
    if turn.message.act is Act.DENY:
        return turn.outcome(turn.wording.say("onward.goal.none"), wanted=())
    if told := (yield from work_told(turn)):
        # "I took care of my mother" tells of work, and does not say which of them is meant.
        return turn.outcome(pending=turn.memory.pending + told)
    meant = yield from occupation_meant(turn, turn.message.text)
    if not meant.concept_ids and turn.noted:
        return turn.outcome(turn.wording.say("noted.thanks"), aside=True)
    if meant.concept_ids:
        return (yield from planned_for(turn, Meant(meant.concept_ids[:1], place=meant.place)))
    if turn.memory.missed:
        return (yield from planned_for(turn, Meant(turn.memory.wanted[:1])))
    return missed(turn)


def ask_situation(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    """Ask how much Swedish somebody knows, and where they live unless they have said so."""
    yield from ()
    key = "swedish" if outcome.memory.place else "both"
    return Asked(wording.say(f"onward.situation.{key}"), (wording.choice("skip"),))


def told_of_situation(turn: Turn) -> Handling:
    """Swedish, place and driving licences; a level alone ("B1") is of Swedish, which was asked about."""
    settled = settle(turn.memory, Question.SITUATION)
    if turn.message.act is Act.SKIP:
        return turn.outcome(turn.wording.say("noted.skipped"), settled=settled)
    spoken = _with_swedish(turn, languages_told(turn.message.text, turn.wording.language))
    place = turn.memory.place
    if not place:
        # "A little, Lund": asked where, one writes the name of the place alone.
        parts = " ".join(f"i {part.strip()}." for part in _PARTS.split(turn.message.text) if part.strip())
        found = yield from one("find_occupations", text=parts)
        place = found.places[0].place.name if isinstance(found, FoundOccupations) and found.places else ""
    licences = licences_said(turn.message.text, asked=True)
    if not (spoken or place or licences) and turn.message.act is not Act.DENY:
        return (yield from taken_up(turn, settling=Question.SITUATION))
    if spoken:
        settled |= {Question.LANGUAGES}
    return turn.outcome(
        turn.wording.say("noted.thanks"),
        profile=replace(
            turn.profile,
            languages=spoken or turn.profile.languages,
            licences=tuple(dict.fromkeys((*turn.profile.licences, *licences))),
        ),
        place=place,
        settled=settled,
    )


def _with_swedish(turn: Turn, spoken: tuple[SpokenLanguage, ...]) -> tuple[SpokenLanguage, ...]:
    named = {code for told in spoken for code, _ in languages_said(told.name)}
    spans = turn.cues.spans("swedish_level", turn.message.folded)
    if _SWEDISH in named or not spans:
        return spoken
    start, end = spans[0]
    name = language_name(_SWEDISH, turn.wording.language)
    return (*spoken, SpokenLanguage(name, turn.message.folded[start:end]))


def told_after_plan(turn: Turn) -> Handling:
    """What is said to the plan: that it fits, that it does not, another goal, or more of oneself."""
    if turn.message.act is Act.CONFIRM:
        good = turn.outcome(turn.wording.say("onward.plan.good"), aside=True)
        return replace(good, asks_nothing=True)
    if turn.message.act in (Act.DENY, Act.SKIP):
        return _what_must_change(turn)
    if turn.cues.fits("wants_to_be", turn.message.folded) and (other := (yield from wants_plan(turn))):
        return other
    if turn.noted:
        return turn.outcome(turn.wording.say("noted.thanks"))
    if turn.cues.fits("tells_work", turn.message.folded):
        return (yield from told_after_paths(turn))
    return _what_must_change(turn)


def _what_must_change(turn: Turn) -> Outcome:
    """Ask for what must change, with examples of what can."""
    return replace(turn.outcome(turn.wording.say("onward.plan.what"), aside=True), asks_nothing=True)


GOAL_ANSWERS = {
    Question.GOAL: told_of_goal,
    Question.SITUATION: told_of_situation,
    Question.PLAN: told_after_plan,
}
