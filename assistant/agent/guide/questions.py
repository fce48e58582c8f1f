"""How each question is asked: its words, its buttons, and what is looked up for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.agent.guide.acts import Act
from assistant.agent.guide.answers import (
    ALL_SKILLS,
    LEVEL,
    NO_SKILLS,
    SKILL,
    WISH,
)
from assistant.agent.guide.buttons import of_list
from assistant.agent.guide.goal import ask_goal, ask_situation
from assistant.agent.guide.memory import Candidate, Listed
from assistant.agent.guide.pieces import ask_pieces
from assistant.agent.guide.planning import ask_plan
from assistant.agent.guide.policy import Question, experience_asked_about
from assistant.agent.guide.script import Asked, Asking, Call, Outcome, one
from assistant.agent.guide.telling import path_in_words
from assistant.agent.guide.wording import SHOWN_SKILLS, Wording, with_source
from assistant.agent.guide.work import CONCEPT, NONE_OF_THESE
from assistant.agent.results import ListedSkills, OccupationFacts, SuggestedPaths
from assistant.agent.schemas import profile_arguments
from assistant.domain.concept import EducationLevel, OccupationGroup
from assistant.domain.conversation import Choice
from assistant.domain.profile import WishKind
from assistant.guidance.choosing import MOST_OFFERED, Sureness

_LONGEST_QUOTE = 120


def ask(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    """Put a question; one that was left open by an aside is put in fewer words."""
    return ASKERS[question](question, outcome, wording)


def _plain(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    yield from ()
    key = f"ask.{question}.again" if outcome.aside else f"ask.{question}.first"
    return Asked(wording.say(key), tuple(wording.choice(choice) for choice in _BUTTONS.get(question, ())))


def _details(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    yield from ()
    current = experience_asked_about(question, outcome.profile, outcome.memory)
    assert current is not None  # the policy asks for details of an experience only
    lacking = (
        "both" if current.years is None and not current.country else ("country" if current.years else "years")
    )
    return Asked(wording.say(f"ask.details.{lacking}", work=current.title), (wording.choice("skip"),))


def _confirm(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    """Offer the groups that it may be, each with what one does there, confirmed with the taxonomy."""
    told = outcome.memory.pending[0]
    calls = tuple(
        Call("look_up_occupation", {"concept_id": concept_id, "language": wording.language})
        for concept_id in told.concept_ids[:MOST_OFFERED]
    )
    results = yield calls
    found = [
        _Option(facts, facts.group) for facts in results if isinstance(facts, OccupationFacts) and facts.group
    ]
    if not found:
        return Asked(wording.say("ask.retell.first"), (wording.choice("skip"),))
    choices = tuple(
        Choice(
            f"{CONCEPT}{option.group.concept_id}",
            wording.work(option.group),
            option.group.description.text(wording.language),
        )
        for option in found
    )
    # It has been described before; after an answer to something else a reminder is enough.
    again = outcome.aside and outcome.memory.open_question == question
    asks_which = told.sureness is Sureness.UNSURE and len(found) > 1
    put = _which_of if asks_which else _whether
    return Asked(put(told, found, again, wording), (*choices, wording.choice(NONE_OF_THESE)))


@dataclass(frozen=True, slots=True)
class _Option:
    """A group on offer, with its sources."""

    facts: OccupationFacts
    group: OccupationGroup


def _whether(told: Candidate, found: Sequence[_Option], again: bool, wording: Wording) -> str:
    """Ask whether it is the first of the groups."""
    best = found[0]
    named = {
        "quote": _shortened(told.quote),
        "work": wording.work(best.group),
        "record": best.facts.sources[0].token,
    }
    if again:
        return wording.say("ask.confirm_again", **named)
    return wording.say(
        "ask.confirm" if told.sureness is Sureness.SURE else "ask.guess",
        description=best.group.description.text(wording.language),
        source=best.facts.sources[1].token,
        **named,
    )


def _which_of(told: Candidate, found: Sequence[_Option], again: bool, wording: Wording) -> str:
    """Ask which of the groups it is, with the first thing that one does in each."""
    options = [
        wording.say(
            "ask.which.option",
            number=str(number),
            work=wording.work(option.group),
            record=option.facts.sources[0].token,
            task=option.group.description.text(wording.language).split(". ")[0].rstrip("."),
            source=option.facts.sources[1].token,
        )
        for number, option in enumerate(found, start=1)
    ]
    key = "ask.which.again" if again else "ask.which.first"
    return wording.say(key, quote=_shortened(told.quote), options="\n".join(options))


def _retell(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    """Ask what was done, when no group is likely or none of the offered ones fitted."""
    told = outcome.memory.pending[0]
    if told.is_denied or outcome.aside:
        return (yield from _plain(question, outcome, wording))
    return Asked(wording.say("ask.retell.unlikely", quote=_shortened(told.quote)), (wording.choice("skip"),))


def _shortened(quote: str) -> str:
    """The beginning of a long quotation, up to a whole word."""
    if len(quote) <= _LONGEST_QUOTE:
        return quote
    return quote[:_LONGEST_QUOTE].rsplit(" ", 1)[0]


def _day(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    yield from ()
    current = experience_asked_about(question, outcome.profile, outcome.memory)
    assert current is not None  # the policy asks for the day of an experience only
    return Asked(wording.say("ask.day", work=current.title), (wording.choice("skip"),))


def _skills(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    current = experience_asked_about(question, outcome.profile, outcome.memory)
    assert current is not None  # the policy asks for skills of an experience only
    listed = yield from one("list_skills", concept_id=current.concept_id, described=outcome.memory.described)
    if not isinstance(listed, ListedSkills):
        return Asked(wording.say("ask.more.first"), (wording.choice("no"),))
    skills = listed.skills[:SHOWN_SKILLS]
    token = listed.sources[0].token
    lines = [
        f"{i}. {with_source(s.preferred_label.text(wording.language), token)}"
        for i, s in enumerate(skills, start=1)
    ]
    text = wording.say("ask.skills", work=current.title, source=token)
    choices = [Choice(f"{SKILL}{s.concept_id}", s.preferred_label.text(wording.language)) for s in skills]
    return Asked(
        "\n".join([text, *lines]),
        (*choices, wording.choice(ALL_SKILLS), wording.choice(NO_SKILLS)),
    )


def _education(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    asked = yield from _plain(question, outcome, wording)
    if outcome.profile.education:
        # The subject is known; only its level is not.
        asked = Asked(wording.say("ask.education.level"))
    elif outcome.memory.goal and not outcome.aside:
        asked = Asked(wording.say("onward.plan.education"))
    levels = tuple(wording.choice(f"{LEVEL}{level}") for level in EducationLevel)
    return Asked(asked.text, (*levels, wording.choice("skip")))


def _wishes(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    asked = yield from _plain(question, outcome, wording)
    return Asked(asked.text, tuple(wording.choice(f"{WISH}{kind}") for kind in WishKind))


def _paths(question: Question, outcome: Outcome, wording: Wording) -> Asking:
    """The paths, each with what matches, what is missing and how to get it."""
    memory = outcome.memory
    # What was just found when looking for more is in the language of the turn, whatever was before.
    is_in_language = memory.language == wording.language or bool(
        memory.last == Act.EXPLORE and outcome.choices
    )
    shown = memory.open_question == Question.PATHS and is_in_language
    if outcome.aside and shown:
        return Asked(wording.say("ask.paths.again"), of_list(memory.listed, wording))
    suggested = yield from one(
        "suggest_paths",
        profile=profile_arguments(outcome.profile),
        language=wording.language,
        wish=memory.wish,
        without=list(memory.turned_down),
        features=[feature.value for feature in memory.features],
        unwanted=[feature.value for feature in memory.unwanted],
    )
    cards = suggested.cards if isinstance(suggested, SuggestedPaths) else ()
    if not cards:
        return Asked(wording.say("paths.none"))
    is_anew = shown or bool(memory.planned)
    paragraphs = [
        wording.say("onward.paths.anew" if is_anew else "paths.intro"),
        *(path_in_words(card, wording) for card in cards),
        wording.say("onward.paths.ask" if is_anew else "ask.paths.first"),
    ]
    listed = tuple(Listed(card.path.concept_id, card.label) for card in cards)
    return Asked("\n\n".join(paragraphs), of_list(listed, wording), replace(memory, listed=listed))


_BUTTONS: dict[Question, tuple[str, ...]] = {
    Question.EXPERIENCE: ("no_work",),
    Question.RETELL: ("skip",),
    Question.MORE: ("no",),
    Question.UNPAID: ("no", "skip"),
    Question.LANGUAGES: ("skip",),
}

ASKERS: dict[Question, Callable[[Question, Outcome, Wording], Asking]] = {
    Question.PIECES: ask_pieces,
    Question.EXPERIENCE: _plain,
    Question.CONFIRM: _confirm,
    Question.RETELL: _retell,
    Question.DETAILS: _details,
    Question.DAY: _day,
    Question.SKILLS: _skills,
    Question.MORE: _plain,
    Question.UNPAID: _plain,
    Question.EDUCATION: _education,
    Question.LANGUAGES: _plain,
    Question.WISHES: _wishes,
    Question.PATHS: _paths,
    Question.GOAL: ask_goal,
    Question.SITUATION: ask_situation,
    Question.PLAN: ask_plan,
}
