"""Education, languages and licences in a message, asked for or told in passing. Pure functions."""

import re
from dataclasses import replace
from typing import Any

from assistant.agent.guide.acts import OF_OCCUPATIONS, Act, Cues
from assistant.agent.guide.policy import Question, experience_asked_about, settled_name
from assistant.agent.guide.script import Outcome, Turn, settle
from assistant.domain.concept import EducationLevel
from assistant.domain.language import Language
from assistant.domain.profile import Education, SpokenLanguage, WishKind
from assistant.guidance.choosing import Sureness
from assistant.retrieval.mentions.details import (
    country_said,
    without_countries,
    without_durations,
    years_said,
)
from assistant.retrieval.mentions.languages import language_name, languages_said, names_only_languages
from assistant.retrieval.mentions.licences import licences_said
from assistant.retrieval.text import FUNCTION_WORDS, content_words, fold, words

_OWN_WORDS = 120
_LEVEL_WORDS = 40
_GONE_ON_FROM = (Question.DAY, Question.MORE, Question.UNPAID)
_ASKED_TWICE = (Question.CONFIRM, Question.RETELL, Question.DETAILS, Question.SKILLS)
# "5 years as ..." begins something of its own after a degree.
_CLAUSES = re.compile(
    r"[.;!?\n]+|,\s+(?=(?:i|jag|and|och|my|mitt|har|have|had|was|var|gått|gick|talar|pratar|kan|speak|studied|studerat"
    r"|läst|worked|working|jobbat|jobbade|arbetat|arbetade|utbildad|vill|want)\b)"
    r"|(?:,\s*|\s+(?:and|och)\s+)(?=\w+\+?\s+(?:years?|yrs?|år)\b)",
    re.IGNORECASE,
)


def education_level(text: str, cues: Cues) -> EducationLevel | None:
    """The highest level that a text names."""
    folded = fold(text)
    fitting = [level for level in EducationLevel if cues.fits(f"level_{level}", folded)]
    return max(fitting, key=lambda level: level.order, default=None)


def education_told(text: str, cues: Cues) -> Education:
    """Level, subject and country of an education as told."""
    subject = without_countries(without_durations(text))
    level = education_level(text, cues)
    named = _trimmed(subject) if content_words(subject) and level is not EducationLevel.NONE else ""
    return Education(level, named[:_OWN_WORDS], country_said(text))


def _trimmed(subject: str) -> str:
    """A subject without "I have a" before it and commas about it."""
    tokens = subject.split()
    while tokens and tokens[0].strip(",.") in FUNCTION_WORDS:
        tokens = tokens[1:]
    return " ".join(tokens).strip(" ,.-")


def languages_told(text: str, language: Language) -> tuple[SpokenLanguage, ...]:
    """The languages that a text names, in the words of the conversation's language."""
    return tuple(
        SpokenLanguage(language_name(code, language), level[:_LEVEL_WORDS])
        for code, level in languages_said(text)
    )


def wishes_told(text: str, cues: Cues) -> tuple[str, ...]:
    """What a text wishes for: the kinds of wish that it shows, and its own words."""
    kinds = (WishKind.SAME_WORK, WishKind.NEW_WORK, WishKind.STUDY)
    shown = tuple(kind.value for kind in kinds if cues.fits(f"wish_{kind}", fold(text)))
    return (*shown, text.strip()[:_OWN_WORDS])


def noted_in_passing(turn: Turn) -> Turn:
    """The turn with what the message tells beside the question; it is then not asked for again.

    Only what is said plainly counts ("I speak Farsi", "I have a bachelor's degree"): the place where
    one taught is no education, and an English teacher's English no answer to which languages. What
    has been noted is taken out of the message, so that "9 years of school" is no length of a job.
    """
    if turn.message.act is Act.ASK:
        return _with_wish_asked(turn)
    is_of_occupations = turn.message.act in OF_OCCUPATIONS
    if turn.message.act not in (Act.TELL, Act.CONFIRM, Act.DENY, Act.GREET) and not is_of_occupations:
        return turn
    for clause in clauses_of(turn.message.text):
        turn = _with_licences(
            _with_wish(_with_languages(_with_education(turn, clause), clause), clause), clause
        )
    # "I want to be a nurse, make a plan": the wish is noted, and says what the plan is for.
    return turn if is_of_occupations else without_clauses(turn)


def noted_beside(turn: Turn) -> Outcome:
    """What follows when a message told only something else than was asked.

    Whoever has told of work and goes on to something else has no more to say to "have you done anything
    else?", so that question is not put again. Which work it was where that is unsure, how long and where,
    and what they can, is asked once more; others are put again.
    """
    said, memory = turn.wording.say("noted.thanks"), turn.memory
    question = turn.open_question
    if question in _GONE_ON_FROM and turn.profile.experiences:
        return turn.outcome(said, settled=settle(memory, question))
    if question in (Question.DETAILS, Question.SKILLS) and memory.missed:
        asked = experience_asked_about(question, turn.profile, memory)
        name = settled_name(question, asked.concept_id if asked else "")
        return turn.outcome(said, settled=settle(memory, name))
    unsure = [told for told in memory.pending[:1] if told.sureness is not Sureness.SURE]
    if question in _ASKED_TWICE and memory.missed and unsure:
        return turn.outcome(said, pending=memory.pending[1:])
    outcome = turn.outcome(said, aside=True)
    asked_again = 1 if question in _ASKED_TWICE else 0
    return replace(outcome, memory=replace(outcome.memory, missed=asked_again))


def wants_otherwise(turn: Turn) -> bool:
    """Whether the person speaks of what they want, not of what they did: "nothing with people"."""
    cues = ("turn_down", "explore", "wish_new_work")
    return any(turn.cues.fits(cue, turn.message.folded) for cue in cues)


def tells_only_details(text: str) -> bool:
    """Whether a text says how long or where, and nothing else."""
    tells = years_said(text) is not None or bool(country_said(text))
    left = words(without_countries(without_durations(text)))
    return tells and all(word in FUNCTION_WORDS for word in left)


def clauses_of(text: str) -> list[str]:
    """The parts of a message that tell one thing each."""
    return _CLAUSES.split(text)


def without_clauses(turn: Turn, *clauses: str) -> Turn:
    """The turn with clauses noted, and all that has been noted taken out of the message."""
    turn = replace(turn, noted=(*turn.noted, *clauses))
    text, rest = turn.message.text, turn.message.rest
    for clause in filter(str.strip, turn.noted):
        text, rest = text.replace(clause, " "), rest.replace(clause, " ")
    return replace(turn, message=replace(turn.message, text=text, rest=rest))


def _with_education(turn: Turn, clause: str) -> Turn:
    told = education_told(clause, turn.cues)
    is_told = told.level is not None and turn.cues.fits("tells_education", fold(clause))
    # A CV lists several, and is read as a whole.
    is_told = is_told and not turn.message.long_text
    if not is_told or turn.open_question is Question.EDUCATION or turn.profile.education:
        return turn
    # "I am an engineer with a degree" tells of work too.
    noted = "" if turn.cues.fits("tells_occupation", fold(clause)) else clause
    return _noting(turn, noted, Question.EDUCATION, education=(told,))


def _with_wish_asked(turn: Turn) -> Turn:
    """The wish in "I want to be a dentist. What do I need?"; the question is still to be answered."""
    for clause in clauses_of(turn.message.text):
        if not turn.cues.fits("question", fold(clause)):
            turn = _with_wish(turn, clause)
    return turn


def _with_wish(turn: Turn, clause: str) -> Turn:
    is_the_answer = turn.open_question is Question.WISHES and turn.message.act is not Act.ASK
    if is_the_answer or turn.open_question is Question.PATHS:
        return turn
    if not turn.cues.fits("tells_wish", fold(clause)):
        return turn
    wishes = tuple(dict.fromkeys((*turn.profile.wishes, *wishes_told(clause, turn.cues))))
    noted = _noting(turn, clause, Question.WISHES, wishes=wishes)
    return replace(noted, memory=replace(noted.memory, wish=clause.strip()[:_OWN_WORDS]))


def _with_languages(turn: Turn, clause: str) -> Turn:
    is_told = turn.cues.fits("tells_languages", fold(clause)) or names_only_languages(clause)
    is_told = is_told and not turn.message.long_text
    is_answer = turn.open_question in (Question.LANGUAGES, Question.SITUATION)
    if not is_told or is_answer or turn.profile.languages:
        return turn
    spoken = languages_told(clause, turn.wording.language)
    return _noting(turn, clause, Question.LANGUAGES, languages=spoken) if spoken else turn


def _with_licences(turn: Turn, clause: str) -> Turn:
    if turn.open_question in (Question.LANGUAGES, Question.SITUATION) or turn.message.long_text:
        return turn
    licences = licences_said(clause, asked=False)
    known = tuple(dict.fromkeys((*turn.profile.licences, *licences)))
    # Work may be told of in the same clause: "drove lorries, I have licence C".
    return _noting(turn, "", licences=known) if set(licences) - set(turn.profile.licences) else turn


def _noting(turn: Turn, clause: str, *settled: str, **told: Any) -> Turn:
    return replace(
        turn,
        noted=(*turn.noted, clause),
        profile=replace(turn.profile, **told),
        memory=replace(turn.memory, settled=settle(turn.memory, *settled)),
    )
