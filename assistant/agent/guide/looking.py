"""Looks closer at occupations: one, some side by side, why one was suggested, the way with a diploma."""

import re
from collections.abc import Generator, Sequence
from dataclasses import replace

from assistant.agent.guide import buttons
from assistant.agent.guide.asking import occupation_answer
from assistant.agent.guide.market import Topic, chosen_answer
from assistant.agent.guide.memory import Listed
from assistant.agent.guide.naming import Meant, occupation_meant, occupations_meant, pointed_at
from assistant.agent.guide.planning import planned_for
from assistant.agent.guide.script import Act, Answering, Call, Calls, Handling, Results, Turn, one
from assistant.agent.guide.telling import comparison_in_words, occupation_in_words
from assistant.agent.results import (
    AssessedOccupation,
    ComparedOccupations,
    LiveResult,
    OccupationFacts,
    ShownOccupation,
)
from assistant.agent.schemas import profile_arguments
from assistant.retrieval.mentions.details import country_said

_MOST_COMPARED = 3
_BETWEEN = re.compile(r",|\b(?:and|och|o|or|eller|vs|versus|with|med|mot|against|than|än)\b", re.IGNORECASE)


def look(turn: Turn) -> Answering:
    """The page of the occupation that is meant; "and the second one?" asks what was asked of the first."""
    if any(turn.cues.fits(f"asks_about_{topic}", turn.message.folded) for topic in Topic):
        return None
    meant = yield from occupation_meant(turn, turn.message.text)
    if not meant.concept_ids:
        return None
    return (yield from as_before(turn, meant))


def as_before(turn: Turn, meant: Meant) -> Handling:
    """What the last answer did with an occupation, done with another; its page after anything else."""
    concept_id = meant.concept_ids[0]
    if turn.memory.topic and concept_id != turn.memory.about:
        return (yield from chosen_answer(turn, Topic(turn.memory.topic), concept_id))
    if turn.memory.last == Act.PLAN and concept_id != turn.memory.about:
        return (yield from planned_for(turn, Meant((concept_id,), place=meant.place)))
    return (yield from looked_at(turn, concept_id, place=meant.place))


def looked_at(turn: Turn, concept_id: str, *, place: str = "") -> Handling:
    """The page of one occupation; what the index knows where the page cannot be had."""
    place = place or turn.memory.place
    shown = yield from one(
        "show_occupation",
        concept_id=concept_id,
        language=turn.wording.language,
        profile=profile_arguments(turn.profile),
        place=place,
    )
    said = occupation_in_words(shown) if isinstance(shown, ShownOccupation) else ""
    if not said:
        said = yield from occupation_answer(turn, concept_id, for_me=True)
    listed = yield from in_list(turn, (concept_id,))
    other = turn.memory.about if turn.memory.about != concept_id else ""
    return turn.outcome(
        said,
        aside=True,
        about=concept_id,
        place=place,
        last=Act.LOOK.value,
        choices=tuple(c for named in listed for c in buttons.of_occupation(named, turn.wording, other=other)),
    )


def compare(turn: Turn) -> Answering:
    """Two or three occupations side by side; which of them is better is for the person to say."""
    if names_none(turn) and turn.memory.last == Act.COMPARE:
        # "Which is best?" of those just compared.
        listed = yield from in_list(turn, turn.memory.compared)
        choices = buttons.of_comparison(listed, turn.wording)
        return turn.outcome(turn.wording.say("onward.compare.yours"), aside=True, choices=choices)
    parts = [part for part in _BETWEEN.split(turn.message.text) if part.strip()]
    meant = yield from occupations_meant(turn, *parts)
    ids = tuple(dict.fromkeys(concept_id for one_meant in meant for concept_id in one_meant.concept_ids))
    if not ids and (pointed := pointed_at(turn, turn.message.text)):
        ids = pointed
    if len(ids) < 2:
        spoken_of = (turn.memory.about, *(listed.concept_id for listed in turn.memory.listed[:2]))
        ids = tuple(dict.fromkeys(filter(None, (*ids, *spoken_of))))[:2] if ids or names_none(turn) else ()
    if len(ids) >= 2:
        return (yield from compared(turn, ids))
    if not ids and not names_none(turn):
        return None
    return turn.outcome(turn.wording.say("onward.compare.which"), aside=True, awaiting=Act.COMPARE.value)


def names_none(turn: Turn) -> bool:
    """Whether a message names nothing: "compare them"."""
    return not turn.cues.without("guide_words", turn.message.folded).strip(" ,.?!-:")


def compared(turn: Turn, concept_ids: Sequence[str], *, place: str = "") -> Handling:
    """Occupations side by side, where they differ first."""
    ids = tuple(concept_ids[:_MOST_COMPARED])
    place = place or turn.memory.place
    result = yield from one(
        "compare_occupations",
        concept_ids=list(ids),
        language=turn.wording.language,
        profile=profile_arguments(turn.profile),
        place=place,
    )
    said = comparison_in_words(result) if isinstance(result, ComparedOccupations) else ""
    listed = yield from in_list(turn, ids)
    return turn.outcome(
        said or turn.wording.say("market.nothing"),
        turn.wording.say("onward.compare.yours") if said else "",
        aside=True,
        # Of two that were compared neither is the one spoken of.
        about="",
        compared=ids,
        listed=listed,
        last=Act.COMPARE.value,
        choices=buttons.of_comparison(listed, turn.wording),
    )


def in_list(turn: Turn, concept_ids: Sequence[str]) -> Generator[Calls, Results, tuple[Listed, ...]]:
    """Occupations with their names."""
    is_in_language = turn.memory.language in ("", turn.wording.language)
    known = {listed.concept_id: listed for listed in turn.memory.listed} if is_in_language else {}
    unknown = [concept_id for concept_id in concept_ids if concept_id not in known]
    calls = tuple(
        Call("look_up_occupation", {"concept_id": concept_id, "language": turn.wording.language})
        for concept_id in unknown
    )
    results = (yield calls) if calls else ()
    for concept_id, facts in zip(unknown, results, strict=True):
        if isinstance(facts, OccupationFacts) and facts.group:
            known[concept_id] = Listed(concept_id, turn.wording.work(facts.group))
    return tuple(known[concept_id] for concept_id in concept_ids if concept_id in known)


def why(turn: Turn) -> Answering:
    """Why an occupation was suggested: its own reasons, and what plays a part at all."""
    pointed = pointed_at(turn, turn.message.text)
    # "Why must I have a licence?" asks for no reasons of ours.
    spoken_of = (turn.memory.about, *(listed.concept_id for listed in turn.memory.listed[:1]))
    ids = pointed or (tuple(filter(None, spoken_of))[:1] if names_none(turn) else ())
    if not ids:
        return None
    assessed = yield from one(
        "assess_occupation",
        concept_id=ids[0],
        profile=profile_arguments(turn.profile),
        language=turn.wording.language,
    )
    if not isinstance(assessed, AssessedOccupation) or assessed.card is None:
        return None
    card = assessed.card
    heading = f"**{card.label}** – {turn.wording.say(f'kind.{card.path.kind}')}"
    said = " ".join(filter(None, (heading, card.why, card.gap)))
    choices = buttons.of_occupation(Listed(ids[0], card.label), turn.wording)
    return turn.outcome(said, turn.wording.say("onward.why"), aside=True, about=ids[0], choices=choices)


def route(turn: Turn) -> Answering:
    """The steps of recognition, licence and validation for an occupation; None where none is meant."""
    meant = yield from occupation_meant(turn, turn.message.text)
    own = [experience.concept_id for experience in turn.profile.experiences]
    concept_id = next(iter((*meant.concept_ids, *filter(None, (turn.memory.about,)), *own)), "")
    return (yield from route_shown(turn, concept_id)) if concept_id else None


def route_shown(turn: Turn, concept_id: str) -> Answering:
    """The steps to one occupation, by the country that the message names, else by what was told before."""
    shown = yield from one(
        "show_route",
        concept_id=concept_id,
        language=turn.wording.language,
        country=country_said(turn.message.text),
        profile=profile_arguments(turn.profile),
    )
    if not isinstance(shown, LiveResult) or not shown.statements:
        return None
    listed = yield from in_list(turn, (concept_id,))
    choices = tuple(
        choice
        for each in listed
        for choice in (buttons.plan(each, turn.wording), buttons.about(each, turn.wording))
    )
    # The steps have numbers of their own.
    told = "\n\n".join(statement.text for statement in shown.statements)
    said = turn.outcome(told, aside=True, about=concept_id, choices=choices)
    return replace(said, memory=replace(said.memory, last=Act.ROUTE.value))
