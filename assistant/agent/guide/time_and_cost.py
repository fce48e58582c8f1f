"""Answers "how long does it take?" and "what does it cost?" for what was spoken of."""

import re
from dataclasses import replace

from assistant.agent.guide.buttons import plan_it
from assistant.agent.guide.script import Act, Answering, Turn, one
from assistant.agent.results import GuideAnswers, LiveResult
from assistant.agent.schemas import profile_arguments
from assistant.guidance.statement import Statement
from assistant.retrieval.text import fold

# What is asked, and the sentences that answer it.
_ASKED = (("asks_only_time", "names_time"), ("asks_only_cost", "names_cost"))
_HEADING = re.compile(r"(?:\d+\. )?\*\*.+?\*\*")
_SENTENCES = re.compile(r"(?<=[.!?]) ")


def time_or_cost(turn: Turn) -> Answering:
    """What is known of time or cost; None for another question.

    It is of the way shown last, else of the rule asked about, else of the occupation spoken of or wanted.
    Where there is nothing to be about, the person is asked what it is.
    """
    memory = turn.memory
    names = next((names for asks, names in _ASKED if turn.cues.fits(asks, turn.message.folded)), "")
    if not names:
        return None
    if memory.last == Act.ROUTE and memory.about:
        return (yield from _of_way(turn, names, memory.about))
    if memory.asked:
        return (yield from _of_rule(turn, names))
    if about := memory.goal or memory.about:
        return (yield from _of_way(turn, names, about))
    return turn.outcome(turn.wording.say("answer.of_what"), aside=True)


def _of_way(turn: Turn, names: str, about: str) -> Answering:
    shown = yield from one(
        "show_route",
        concept_id=about,
        language=turn.wording.language,
        profile=profile_arguments(turn.profile),
    )
    statements = shown.statements if isinstance(shown, LiveResult) else ()
    told = [part for statement in statements if (part := _part(statement, names, turn))]
    said = "\n\n".join(told or [turn.wording.say("way.not_told")])
    outcome = turn.outcome(said, aside=True, about=about, choices=(plan_it(about, turn.wording),))
    return replace(outcome, memory=replace(outcome.memory, last=Act.ROUTE.value))


def _part(statement: Statement, names: str, turn: Turn) -> str:
    """The sentences of a statement that answer, under its heading and with its source; empty without any."""
    heading = _HEADING.match(statement.text)
    text = statement.text[heading.end() :] if heading else statement.text
    if statement.source is None or not (told := _told(text.replace(statement.source.token, ""), names, turn)):
        return ""
    return " ".join(filter(None, (heading[0] if heading else "", told, statement.source.token)))


def _told(text: str, names: str, turn: Turn) -> str:
    """The sentences of a text that answer."""
    parts = (sentence.strip() for sentence in _SENTENCES.split(text))
    return " ".join(part for part in parts if turn.cues.fits(names, fold(part)))


def _of_rule(turn: Turn, names: str) -> Answering:
    """What the page that answered before says of it."""
    before, language = turn.memory.asked, turn.wording.language
    found = yield from one("search_guides", question=turn.message.text, language=language, about=before)
    if not isinstance(found, GuideAnswers) or not found.hits:
        return None
    hit, source = found.hits[0], found.sources[0]
    section = hit.page.sections[hit.section]
    told = section.body.text(language)
    # A section on that and nothing else is told whole.
    if not turn.cues.fits(names, fold(section.heading.text(language))):
        told = _told(told, names, turn)
    if not told:
        return turn.outcome(
            turn.wording.say("answer.not_there", source=source.token), aside=True, asked=before
        )
    said = turn.wording.say("answer.guide", body=told, source=source.token, authority=source.system)
    return turn.outcome(said, aside=True, asked=before)
