"""How long and where: what an answer about the details of one experience does."""

from dataclasses import replace

from assistant.agent.guide.added import with_experience
from assistant.agent.guide.policy import Question, experience_asked_about, settled_name
from assistant.agent.guide.script import Act, Handling, Outcome, Turn, one, settle
from assistant.agent.guide.work import new_work, taken_up
from assistant.guidance.choosing import Sureness
from assistant.retrieval.mentions.details import bare_number, country_said, years_said
from assistant.retrieval.text import content_words

_LONG_ANSWER_WORDS = 5
# Fewer words are no account of what one did.
_FEWEST_OF_A_DAY = 3
_OWN_WORDS = 120


def gave_details(turn: Turn) -> Handling:
    """How long and where."""
    asked = experience_asked_about(Question.DETAILS, turn.profile, turn.memory)
    assert asked is not None  # the policy asks for details of an experience only
    name = settled_name(Question.DETAILS, asked.concept_id)
    if turn.is_plain_yes:
        return turn.outcome(turn.wording.say("tell_me"), aside=True)
    years = years_said(turn.message.text)
    if years is None and asked.years is None:
        years = bare_number(turn.message.text)
    country = country_said(turn.message.text)
    if years is None and not country:
        if turn.message.act in (Act.SKIP, Act.DENY):
            return turn.outcome(turn.wording.say("noted.skipped"), settled=settle(turn.memory, name))
        return told_of_tasks(turn) or (yield from taken_up(turn, settling=name))
    known = replace(
        asked,
        years=asked.years if years is None else years,
        country=country or asked.country,
    )
    outcome = turn.outcome(
        turn.wording.say("noted.experience", experience=turn.wording.experience(known)),
        profile=with_experience(turn.profile, known),
        settled=settle(turn.memory, name),
    )
    return (yield from _with_other_work(turn, outcome))


def told_of_tasks(turn: Turn) -> Outcome | None:
    """What one did, told in answer to another question: it orders the skills, and that is asked once more."""
    message, memory = turn.message, turn.memory
    tells = message.act is Act.TELL and len(content_words(message.text)) >= _FEWEST_OF_A_DAY
    if not tells or turn.noted or memory.missed or turn.cues.fits("tells_work", message.folded):
        return None
    day = f"{message.text[:_OWN_WORDS]} {memory.told}".strip()
    settled = settle(memory, Question.DAY)
    return turn.outcome(turn.wording.say("noted.day"), day=day, settled=settled, missed=1, aside=True)


def _with_other_work(turn: Turn, outcome: Outcome) -> Handling:
    """A long answer may tell of more work: "7 years in Syria, and then I drove a taxi in Turkey"."""
    if len(content_words(turn.message.text)) <= _LONG_ANSWER_WORDS:
        return outcome
    found = yield from one("find_occupations", text=turn.message.text)
    # "I drove a taxi" is work; "with a driver's card" says more of the same, unless it names work for sure.
    tells_work = turn.cues.fits("tells_work", turn.message.folded)
    new = tuple(c for c in new_work(found, turn) if tells_work or c.sureness is Sureness.SURE)
    return replace(outcome, memory=replace(outcome.memory, pending=outcome.memory.pending + new))
