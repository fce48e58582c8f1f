"""What the tools that ask public sources share: the clients, the place, and how a result is told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.agent.level import spoken_level
from assistant.agent.results import LiveResult
from assistant.apis import (
    barometer,
    enrichments,
    historical_ads,
    jobed,
    jobsearch,
    planned_educations,
    scb,
)
from assistant.apis.clients import Clients
from assistant.domain.language import Language
from assistant.guidance.esco import SYSTEM as ESCO
from assistant.guidance.reach import Reached, missing, stale
from assistant.guidance.statement import Statement, Voice, sources_of
from assistant.guidance.whereabouts import Whereabouts, whereabouts
from assistant.prompts import Texts
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.places.names import PlaceFinder

# What each source gives, by the keys of `live.of`: people know the thing, not the name of the service.
_GIVES = {
    jobsearch.SERVICE: "ads",
    historical_ads.SERVICE: "past_ads",
    enrichments.SERVICE: "enrichments",
    jobed.SERVICE: "matched_educations",
    planned_educations.SERVICE: "planned_educations",
    ESCO: "esco",
    barometer.SERVICE: "demand",
    scb.SERVICE: "pay",
}

_ResultT = TypeVar("_ResultT", bound=LiveResult)


@dataclass(frozen=True, slots=True)
class LiveContext:
    """What tools that ask public sources need; `clients` is None when live sources are switched off."""

    knowledge: Knowledge
    texts: Texts
    clients: Clients | None
    places: PlaceFinder
    now: Callable[[], str]

    def voice(self, language: Language) -> Voice:
        """The texts in the person's language and at their level, with the time now."""
        return Voice(self.texts.at(spoken_level()), language, self.now())

    def where(self, words: str) -> Whereabouts:
        """The place that a person means."""
        return whereabouts(self.places, words)

    def area(self, where: Whereabouts, voice: Voice) -> str:
        """The place by its name, or the whole country."""
        return where.place.name if where.place else voice.say("live.whole_country")

    def region_name(self, where: Whereabouts) -> str:
        """Name of the county that the place is in; empty for the whole country."""
        region = self.places.with_code(where.region_code)
        return region.name if region else ""


def place_notes(where: Whereabouts, voice: Voice) -> tuple[Statement, ...]:
    """What has to be said about the place before any figure of it."""
    if where.is_unknown:
        return (Statement(voice.say("live.unknown_place", place=where.words)),)
    if where.place and where.others:
        others = ", ".join(place.name for place in where.others)
        return (Statement(voice.say("live.other_places", place=where.place.name, others=others)),)
    return ()


def reach_notes(voice: Voice, *asked: Reached[Any] | None) -> tuple[Statement, ...]:
    """What has to be said about sources that could not be reached, in words that need no source."""
    notes = []
    if gone := missing(*asked):
        notes.append(Statement(voice.say("live.missing", what=_given(gone, voice))))
    if old := [system for system, _ in stale(*asked)]:
        notes.append(Statement(voice.say("live.stale", what=_given(old, voice))))
    return tuple(notes)


def switched_off(result: type[_ResultT], voice: Voice) -> tuple[str, _ResultT]:
    """The answer of a tool when no public source is asked at all."""
    return told(result(statements=(Statement(voice.say("live.switched_off")),), is_live=False))


def told(result: _ResultT, *more: str) -> tuple[str, _ResultT]:
    """A result with the text that tells it to the model.

    Args:
        result: With its statements; those with a source go first into what may be cited.
        more: Lines for the model alone.
    """
    lines = [statement.text for statement in result.statements]
    lines += [
        f"{system} could not be reached. Do not retry; say what is missing." for system in result.missing
    ]
    return "\n".join([*lines, *more]), result


def cited(statements: Sequence[Statement]) -> dict[str, Any]:
    """Statements and their sources, as a result takes them."""
    return {"statements": tuple(statements), "sources": sources_of(*statements)}


def _given(systems: Sequence[str], voice: Voice) -> str:
    return ", ".join(voice.say(f"live.of.{_GIVES[system]}") for system in systems)
