"""What tools that look at occupations for a person share: the person, the place, how facts are written."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assistant.agent.schemas import ProfileInput
from assistant.agent.tools.form import known_profile
from assistant.agent.tools.live import LiveContext, reach_notes
from assistant.domain.concept import OccupationGroup
from assistant.domain.language import Language
from assistant.domain.place import Place, PlaceType
from assistant.domain.profile import Profile
from assistant.guidance.market import GroupMarket, read_markets
from assistant.guidance.match_input import MatchInput
from assistant.guidance.matching import Matcher
from assistant.guidance.occupation_facts import FactWriter
from assistant.guidance.occupation_page import Assessed
from assistant.guidance.own_words import input_from_words
from assistant.guidance.paths import PathExplainer
from assistant.guidance.reach import Reached, missing, stale
from assistant.guidance.statement import Statement, Voice
from assistant.guidance.whereabouts import Whereabouts


@dataclass(frozen=True)
class View:
    """Occupations as one person sees them, from one place and in one language."""

    live: LiveContext
    matcher: Matcher
    profile: Profile
    known: MatchInput
    voice: Voice
    where: Whereabouts

    @classmethod
    async def of(
        cls, live: LiveContext, matcher: Matcher, given: ProfileInput, language: Language, place: str
    ) -> "View":
        """The view of a person as a model tells of them."""
        profile = known_profile(live.knowledge, given)
        known = await asyncio.to_thread(input_from_words, live.knowledge.linker, profile)
        return cls(live, matcher, profile, known, live.voice(language), live.where(place))

    @cached_property
    def facts(self) -> FactWriter:
        """What the index knows, in the person's language."""
        return FactWriter(self.live.knowledge.catalogue, self.live.knowledge.manifest, self.voice)

    @cached_property
    def explainer(self) -> PathExplainer:
        """What writes the cards of paths."""
        return PathExplainer(self.facts.catalogue, self.facts.manifest, self.voice.texts)

    @cached_property
    def counties(self) -> tuple[Place, ...]:
        """All counties of Sweden, by their codes."""
        places = (entry.place for entry in self.facts.catalogue.places)
        regions = (place for place in places if place.type is PlaceType.REGION)
        return tuple(sorted(regions, key=lambda region: region.code))

    @property
    def county(self) -> str:
        """Name of the county that the place is in; empty where no place is known."""
        return self.live.region_name(self.where)

    def assessed(self, group: OccupationGroup) -> Assessed | None:
        """How far a group is; None when nothing is known that it could be held against."""
        told = self.profile
        if not (told.experiences or told.education or told.skills or told.licences):
            return None
        path = self.matcher.assess(group, self.known)
        return Assessed(*self.explainer.card(path, self.voice.language))

    async def markets(
        self, groups: Sequence[OccupationGroup], *, examples: int
    ) -> tuple[GroupMarket | None, ...]:
        """What public sources say of the groups; None for each when none is asked at all."""
        if self.live.clients is None:
            return (None,) * len(groups)
        return await read_markets(self.live.clients, groups, self.where, examples=examples)

    def notes(self, asked: Sequence[Reached[Any] | None]) -> tuple[Statement, ...]:
        """What has to be said about sources that were not asked or could not be reached."""
        if self.live.clients is None:
            return (Statement(self.voice.say("live.switched_off")),)
        return reach_notes(self.voice, *asked)

    def reached(self, asked: Sequence[Reached[Any] | None]) -> dict[str, Any]:
        """Which sources were reached, as a result takes it."""
        return {
            "missing": missing(*asked),
            "stale": stale(*asked),
            "is_live": self.live.clients is not None,
        }


def answers_of(*markets: GroupMarket | None) -> list[Reached[Any] | None]:
    """All answers about some groups."""
    return [reached for market in markets if market for reached in market.all]
