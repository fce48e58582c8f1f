"""What the guide does when a message is no answer: questions, corrections, summaries, and the rest."""

from collections.abc import Generator
from dataclasses import replace

from rapidfuzz import fuzz, process

from assistant.agent.guide.acts import ReadMessage
from assistant.agent.guide.added import with_experience
from assistant.agent.guide.answers import ANSWERS
from assistant.agent.guide.asking import asked
from assistant.agent.guide.buttons import TAKE_ALONG
from assistant.agent.guide.facts import noted_beside
from assistant.agent.guide.goal import GOAL_ANSWERS
from assistant.agent.guide.market import chosen_answer, follow_up_answer, topic_chosen
from assistant.agent.guide.memory import Memory, candidate
from assistant.agent.guide.policy import Question
from assistant.agent.guide.reading import SEND, sent_long_text
from assistant.agent.guide.script import (
    Act,
    Calls,
    Handler,
    Handling,
    Outcome,
    Results,
    Turn,
    one,
    saying,
    settle,
    without_tools,
)
from assistant.agent.guide.work import from_found
from assistant.agent.level import PLAIN
from assistant.agent.results import FoundOccupations
from assistant.domain.profile import Experience, Profile
from assistant.retrieval.mentions.details import country_said, years_said
from assistant.retrieval.text import content_words, fold, words

REMOVE = "remove:"
LANGUAGE = "language:"
STARTER = "start:"
_NAMES_EXPERIENCE = 75
_WORDS_OF_AN_INSULT = 3


def chose(turn: Turn) -> Handling:
    """A button that is no answer to the open question, or else the answer that it is."""
    choice = turn.message.choice_id
    if topic := topic_chosen(choice):
        return (yield from chosen_answer(turn, *topic))
    if choice == SEND:
        return (yield from sent_long_text(turn))
    if choice == TAKE_ALONG:
        return turn.outcome(turn.wording.say("take_along.where"), aside=True)
    if choice.startswith(REMOVE):
        return _without(turn, choice.removeprefix(REMOVE))
    if choice.startswith(LANGUAGE):
        return turn.outcome(turn.wording.say("noted.language"), aside=True)
    if choice.startswith((STARTER, PLAIN)):
        return turn.outcome(aside=False)
    return (yield from answered(replace(turn, message=_as_words(turn.message))))


def _as_words(message: ReadMessage) -> ReadMessage:
    """The buttons for yes, no and skip as what they say."""
    acts = {"skip": Act.SKIP, "yes": Act.CONFIRM, "no": Act.DENY, "no_work": Act.DENY}
    act = acts.get(message.choice_id)
    if act is None:
        return message
    rest = message.rest if act is Act.SKIP else ""
    return replace(message, act=act, choice_id="", rest=rest)


def answered(turn: Turn) -> Handling:
    """Hand the message to whoever asked the open question; work may be told of before any was asked."""
    if turn.noted and turn.message.act in (Act.TELL, Act.DENY) and not words(turn.message.text):
        # All of it told something else than was asked, and has been noted.
        at_home = any(turn.cues.fits("tells_only_home", fold(clause)) for clause in turn.noted)
        if at_home:
            said = turn.wording.say("noted.place", place=turn.memory.place)
            return turn.outcome(said, aside=True)
        return noted_beside(turn)
    if follow_up := (yield from follow_up_answer(turn)):
        return follow_up
    handler = {**ANSWERS, **GOAL_ANSWERS}[turn.open_question or Question.EXPERIENCE]
    return (yield from handler(turn))


def language_named(turn: Turn) -> Handling:
    """Go on in a language, unless its name answers "which languages do you know?"."""
    if turn.open_question in (Question.LANGUAGES, Question.SITUATION):
        return (yield from answered(turn))
    return turn.outcome(turn.wording.say("noted.language"), aside=True)


def corrected(turn: Turn) -> Handling:
    """Take "no, I was a cook" as other words for what is being confirmed, or a change of what was."""
    if turn.open_question in (None, Question.CONFIRM, Question.RETELL, Question.PIECES):
        return (yield from answered(turn))
    target = _meant_experience(turn)
    years, country = years_said(turn.message.rest), country_said(turn.message.rest)
    found = yield from one("find_occupations", text=turn.message.rest)
    mentions = found.mentions if isinstance(found, FoundOccupations) else ()
    other = [m for m in mentions if target is None or m.concepts[0].concept_id != target.concept_id]
    if target is not None and other:
        retold = candidate(other[0], replaces=target.concept_id)
        kept = replace(
            retold,
            years=retold.years if retold.years is not None else target.years,
            country=retold.country or target.country,
            kind=target.kind,
        )
        return turn.outcome(pending=(kept, *turn.memory.pending))
    if target is not None and (years is not None or country):
        changed = replace(
            target, years=target.years if years is None else years, country=country or target.country
        )
        said = turn.wording.say("noted.experience", experience=turn.wording.experience(changed))
        return turn.outcome(said, profile=with_experience(turn.profile, changed), aside=True)
    if mentions:
        return from_found(turn, found, settling=Question.EXPERIENCE)
    return (yield from answered(turn))


def removed(turn: Turn) -> Handling:
    """Strike the experience that "remove the cook" names, or ask which."""
    if turn.open_question is Question.PIECES:
        return (yield from answered(turn))
    target = _named_experience(turn) or (yield from _linked_experience(turn))
    if target is None and len(turn.profile.experiences) == 1:
        target = turn.profile.experiences[0]
    if target is None:
        return turn.outcome(turn.wording.say("remove.which"), turn.wording.summary(turn.profile), aside=True)
    return _without(turn, target.concept_id)


def _without(turn: Turn, concept_id: str) -> Outcome:
    gone = next((e for e in turn.profile.experiences if e.concept_id == concept_id), None)
    if gone is None:
        return turn.outcome(turn.wording.summary(turn.profile), aside=True)
    kept = tuple(e for e in turn.profile.experiences if e is not gone)
    return turn.outcome(
        turn.wording.say("noted.removed", work=gone.title),
        profile=replace(turn.profile, experiences=kept),
        current="" if turn.memory.current == concept_id else turn.memory.current,
        aside=True,
    )


def merged(turn: Turn) -> Handling:
    """Join what "they are the same job" is about: the last two experiences into the first of them."""
    yield from ()
    if len(turn.profile.experiences) < 2:
        return turn.outcome(turn.wording.summary(turn.profile), aside=True)
    *others, first, second = turn.profile.experiences
    years = None if first.years is None and second.years is None else (first.years or 0) + (second.years or 0)
    skills = tuple({s.concept_id: s for s in (*first.skills, *second.skills)}.values())
    joined = replace(first, years=years, country=first.country or second.country, skills=skills)
    return turn.outcome(
        turn.wording.say("noted.merged", work=joined.title),
        profile=replace(turn.profile, experiences=(*others, joined)),
        current=joined.concept_id,
        aside=True,
    )


def _meant_experience(turn: Turn) -> Experience | None:
    """The experience that a correction is about: the one named, the one talked of, or the last."""
    current = next((e for e in turn.profile.experiences if e.concept_id == turn.memory.current), None)
    last = turn.profile.experiences[-1] if turn.profile.experiences else None
    return _named_experience(turn) or current or last


def _named_experience(turn: Turn) -> Experience | None:
    titles = {i: fold(e.title) for i, e in enumerate(turn.profile.experiences)}
    best = process.extractOne(
        fold(turn.message.text), titles, scorer=fuzz.partial_ratio, score_cutoff=_NAMES_EXPERIENCE
    )
    return turn.profile.experiences[best[2]] if best else None


def _linked_experience(turn: Turn) -> Generator[Calls, Results, Experience | None]:
    """The experience that is meant by other words than its title: "the cleaning" for a window cleaner."""
    if len(turn.profile.experiences) < 2:
        return None
    found = yield from one("find_occupations", text=turn.message.rest)
    nearest = [concept.concept_id for concept in found.nearest] if isinstance(found, FoundOccupations) else []
    ranked = [e for i in nearest for e in turn.profile.experiences if e.concept_id == i]
    return ranked[0] if ranked else None


def insulted(turn: Turn) -> Handling:
    """An insult is met with calm, unless it comes along with something told ("a shit job as a cleaner")."""
    if len(content_words(turn.message.text)) > _WORDS_OF_AN_INSULT:
        found = yield from one("find_occupations", text=turn.message.text)
        if isinstance(found, FoundOccupations) and found.mentions:
            return (yield from answered(turn))
    return turn.outcome(turn.wording.say("insult"), aside=True)


def _left(turn: Turn) -> Outcome:
    return replace(turn.outcome(turn.wording.say("farewell"), aside=True), asks_nothing=True)


def _summed_up(turn: Turn) -> Outcome:
    return turn.outcome(_known(turn), aside=True)


def _known(turn: Turn) -> str:
    """All that has been noted of the person."""
    place = turn.wording.say("summary.place", place=turn.memory.place) if turn.memory.place else ""
    return "\n".join(filter(None, (turn.wording.summary(turn.profile), place)))


def paths_wanted(turn: Turn) -> Outcome:
    """Skip what is left to ask and go to the paths."""
    rest = [q for q in Question if q not in (Question.PATHS, Question.GOAL, Question.PLAN)]
    per_experience = [f"{q}:{e.concept_id}" for q in rest for e in turn.profile.experiences]
    settled = settle(turn.memory, *rest, *per_experience)
    return turn.outcome(pieces=(), pending=(), goal="", wanted=(), settled=settled)


def _greeted(turn: Turn) -> Outcome:
    return turn.outcome("" if turn.is_first else turn.wording.say("greet.again"), aside=not turn.is_first)


def _started_over(turn: Turn) -> Outcome:
    return Outcome(Profile(), Memory(), (turn.wording.say("noted.start_over"),))


HANDLERS: dict[Act, Handler] = {
    Act.CHOOSE: chose,
    Act.FOREIGN: saying("foreign"),
    Act.UNREADABLE: saying("unreadable"),
    # The notice on what was masked stands before the answer.
    Act.MASKED: without_tools(lambda turn: turn.outcome(aside=True)),
    Act.CODE: saying("code"),
    Act.OVERRIDE: saying("override"),
    Act.INSULT: insulted,
    Act.LANGUAGE_SV: language_named,
    Act.LANGUAGE_EN: language_named,
    Act.WHO_ARE_YOU: saying("who_are_you"),
    Act.FORGET_ME: saying("forget_me"),
    Act.MY_DATA: without_tools(
        lambda turn: turn.outcome(turn.wording.say("my_data"), _known(turn), aside=True)
    ),
    Act.TAKE_ALONG: saying("take_along.where"),
    Act.START_OVER: without_tools(_started_over),
    Act.LEAVE: without_tools(_left),
    Act.SUM_UP: without_tools(_summed_up),
    Act.SHOW_PATHS: without_tools(paths_wanted),
    Act.ASK: asked,
    Act.REMOVE: removed,
    Act.MERGE: merged,
    Act.CORRECT: corrected,
    Act.SKIP: answered,
    Act.CONFIRM: answered,
    Act.DENY: answered,
    Act.GREET: without_tools(_greeted),
    Act.THANK: saying("thanked"),
    Act.TELL: answered,
}
