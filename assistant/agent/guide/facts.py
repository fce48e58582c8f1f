"""Education, languages and licences in a message, asked for or told in passing. Pure functions."""

import re
from dataclasses import replace
from typing import Any

from assistant.agent.guide.acts import Act, Cues
from assistant.agent.guide.policy import Question
from assistant.agent.guide.script import Turn, settle
from assistant.domain.concept import EducationLevel
from assistant.domain.language import Language
from assistant.domain.profile import Education, SpokenLanguage
from assistant.retrieval.details import (
    AMOUNTS,
    country_said,
    language_name,
    languages_said,
    licences_said,
    without_countries,
    without_durations,
)
from assistant.retrieval.text import content_words, fold

_OWN_WORDS = 120
_LEVEL_WORDS = 40
_CLAUSES = re.compile(r"[.;!?\n]+|,\s+(?=(?:i|jag|and|och|my|mitt)\b)", re.IGNORECASE)


def education_level(text: str, cues: Cues) -> EducationLevel | None:
    """The highest level that a text names."""
    folded = fold(text)
    fitting = [level for level in EducationLevel if cues.fits(f"level_{level}", folded)]
    return max(fitting, key=lambda level: level.order, default=None)


def education_told(text: str, cues: Cues) -> Education:
    """Level, subject and country of an education as told."""
    subject = without_countries(without_durations(text))
    level = education_level(text, cues)
    named = subject if content_words(subject) and level is not EducationLevel.NONE else ""
    return Education(level, named[:_OWN_WORDS], country_said(text))


def languages_told(text: str, language: Language) -> tuple[SpokenLanguage, ...]:
    """The languages that a text names, in the words of the conversation's language."""
    return tuple(
        SpokenLanguage(language_name(code, language), level[:_LEVEL_WORDS])
        for code, level in languages_said(text)
    )


def noted_in_passing(turn: Turn) -> Turn:
    """The turn with what the message tells beside the question; it is then not asked for again.

    Only what is said plainly counts ("I speak Farsi", "I have a bachelor's degree"): the place where
    one taught is no education, and an English teacher's English no answer to which languages.
    """
    if turn.message.act not in (Act.TELL, Act.CONFIRM, Act.DENY, Act.GREET):
        return turn
    for clause in _CLAUSES.split(turn.message.text):
        turn = _with_licences(_with_languages(_with_education(turn, clause), clause), clause)
    return turn


def _with_education(turn: Turn, clause: str) -> Turn:
    told = education_told(clause, turn.cues)
    is_told = told.level is not None and turn.cues.fits("tells_education", fold(clause))
    if not is_told or turn.open_question is Question.EDUCATION or turn.profile.education:
        return turn
    return _noting(turn, clause, Question.EDUCATION, education=(told,))


def _with_languages(turn: Turn, clause: str) -> Turn:
    is_told = turn.cues.fits("tells_languages", fold(clause)) or _names_only_languages(clause)
    if not is_told or turn.open_question is Question.LANGUAGES or turn.profile.languages:
        return turn
    spoken = languages_told(clause, turn.wording.language)
    return _noting(turn, clause, Question.LANGUAGES, languages=spoken) if spoken else turn


def _names_only_languages(clause: str) -> bool:
    """Whether a clause is a list of languages, such as "Spanish, English and a little Swedish"."""
    return len(content_words(clause)) > 1 and all(
        languages_said(word) for word in content_words(clause) if word not in AMOUNTS
    )


def _with_licences(turn: Turn, clause: str) -> Turn:
    if turn.open_question is Question.LANGUAGES:
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
