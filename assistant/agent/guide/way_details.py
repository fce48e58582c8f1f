"""What the way to an occupation says of time or of money, asked once the whole way was shown."""

import re
from dataclasses import replace

from assistant.agent.guide.script import Act, Answering, Turn, one
from assistant.agent.results import LiveResult
from assistant.agent.schemas import profile_arguments
from assistant.guidance.statement import Statement
from assistant.retrieval.text import fold

# What is asked, and the sentences that answer it.
_ASKED = (("asks_only_time", "names_time"), ("asks_only_cost", "names_cost"))
_HEADING = re.compile(r"(?:\d+\. )?\*\*.+?\*\*")
_SENTENCES = re.compile(r"(?<=[.!?]) ")


def asked_of_way(turn: Turn) -> Answering:
    """What the way shown last says of what is asked now; None for another question."""
    if turn.memory.last != Act.ROUTE or not turn.memory.about:
        return None
    names = next((names for asks, names in _ASKED if turn.cues.fits(asks, turn.message.folded)), "")
    if not names:
        return None
    shown = yield from one(
        "show_route",
        concept_id=turn.memory.about,
        language=turn.wording.language,
        profile=profile_arguments(turn.profile),
    )
    statements = shown.statements if isinstance(shown, LiveResult) else ()
    told = [part for statement in statements if (part := _part(statement, names, turn))]
    said = told or [turn.wording.say("way.not_told")]
    about = turn.memory.about
    outcome = turn.outcome("\n\n".join(said), aside=True, about=about)
    return replace(outcome, memory=replace(outcome.memory, last=Act.ROUTE.value))


def _part(statement: Statement, names: str, turn: Turn) -> str:
    """The sentences of a statement that answer, under its heading and with its source; empty without any."""
    heading = _HEADING.match(statement.text)
    text = statement.text[heading.end() :] if heading else statement.text
    told = [sentence for sentence in _SENTENCES.split(text) if turn.cues.fits(names, fold(sentence))]
    if not told or statement.source is None:
        return ""
    token = statement.source.token
    parts = [
        heading[0] if heading else "",
        *(sentence.replace(token, "").strip() for sentence in told),
        token,
    ]
    return " ".join(filter(None, parts))
