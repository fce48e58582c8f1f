"""Answers "what do I lack?" for the occupations that were spoken of."""

from collections.abc import Generator

from assistant.agent.guide import buttons
from assistant.agent.guide.memory import Listed
from assistant.agent.guide.naming import occupation_meant
from assistant.agent.guide.script import Answering, Call, Calls, Results, Turn
from assistant.agent.results import AssessedOccupation, OccupationFacts
from assistant.agent.schemas import profile_arguments
from assistant.agent.tokens import token_names
from assistant.domain.cards import PathCard

_MOST_TOLD = 3


def lacking(turn: Turn) -> Answering:
    """How far it is to the occupation that is named or was spoken of; None where none is meant."""
    if not turn.cues.fits("asks_missing", turn.message.folded):
        return None
    ids = yield from _meant(turn)
    if not ids:
        return None
    profile, language = profile_arguments(turn.profile), turn.wording.language
    results = yield tuple(
        call
        for concept_id in ids
        for call in (
            Call("assess_occupation", {"concept_id": concept_id, "profile": profile, "language": language}),
            Call("look_up_occupation", {"concept_id": concept_id, "language": language}),
        )
    )
    told = [
        (found.card, _told(found.card, facts, turn))
        for found, facts in zip(results[::2], results[1::2], strict=True)
        if isinstance(found, AssessedOccupation) and found.card
    ]
    if not told:
        return None
    choices = tuple(buttons.plan(Listed(card.path.concept_id, card.label), turn.wording) for card, _ in told)
    about = ids[0] if len(ids) == 1 else ""
    return turn.outcome(*(said for _, said in told), aside=True, about=about, choices=choices)


def _told(card: PathCard, facts: object, turn: Turn) -> str:
    """What is missing; where nothing is known to be, the usual way says what is asked for all the same."""
    parts = [f"**{card.label}** – {turn.wording.say(f'kind.{card.path.kind}')}", card.gap]
    if not token_names(card.gap) and isinstance(facts, OccupationFacts) and facts.group:
        parts += [facts.group.education.route.text(turn.wording.language), facts.sources[2].token]
    return " ".join(filter(None, parts))


def _meant(turn: Turn) -> Generator[Calls, Results, tuple[str, ...]]:
    """Groups named in the question, else those spoken of last, wished for, or worked with."""
    memory = turn.memory
    if (named := (yield from occupation_meant(turn, turn.message.text))).concept_ids:
        return named.concept_ids[:1]
    if one := memory.about or memory.goal:
        return (one,)
    if spoken_of := memory.compared or tuple(each.concept_id for each in memory.listed):
        return spoken_of[:_MOST_TOLD]
    if memory.wish and (wished := (yield from occupation_meant(turn, memory.wish))).concept_ids:
        return wished.concept_ids[:1]
    return tuple(experience.concept_id for experience in turn.profile.experiences[:1])
