"""Educations for an occupation group or a person's words, from every source at once."""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from assistant.apis.clients import Clients
from assistant.apis.jobed import SERVICE as JOBED
from assistant.apis.jobed import EducationMatches
from assistant.apis.planned_educations import SERVICE as PLANNED
from assistant.apis.planned_educations import PlannedPage
from assistant.domain.concept import OccupationGroup
from assistant.domain.education import EducationKind
from assistant.domain.language import Language
from assistant.guidance.educations import (
    OfferedEducation,
    from_jobed,
    from_offering,
    from_planned,
)
from assistant.guidance.reach import Reached, missing, reach
from assistant.guidance.whereabouts import Whereabouts
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.text import words

_OCCUPATIONS_ASKED = 2
_ASKED_FOR = 30
_KINDS = 12
_OFFERINGS_A_KIND = 20
_NAMES_OCCUPATION = 0.25
# A tie below this is a guess; a search's score is of another scale.
_LEAST_PROBABILITY = 0.5
_LEAST_SCORE = 0.35


@dataclass(frozen=True, slots=True)
class FoundOffers:
    """Everything found, the sources that were asked, and the occupation that it is for, if any."""

    educations: Sequence[OfferedEducation]
    asked: Sequence[Reached[Any]]
    group: OccupationGroup | None


@dataclass(frozen=True, slots=True)
class EducationSearch:
    """Where to look, and for what.

    Attributes:
        knowledge: The index, with educations where it has been built with them.
        clients: None when public sources are not asked.
        where: The place wanted.
        today: ISO date.
        at_distance: Only those at a distance.
    """

    knowledge: Knowledge
    clients: Clients | None
    where: Whereabouts
    today: str
    at_distance: bool = False

    async def find(self, group: OccupationGroup | None, query: str) -> FoundOffers:
        """Look everywhere at once; words that no education has are looked for again as an occupation.

        Args:
            group: The occupation that the education is for; None for any.
            query: The person's words for the education; empty for whatever leads to the group.
        """
        found, asked = await self._round(group, query)
        if found or group or missing(*asked):
            return FoundOffers(found, asked, group)
        # "Svetsning" stands in no title, but those who weld are svetsare.
        nearest = await asyncio.to_thread(self.knowledge.linker.occupations, query, top_k=1)
        if not nearest or nearest[0].score < _NAMES_OCCUPATION:
            return FoundOffers(found, asked, None)
        meant = self.knowledge.catalogue.groups[nearest[0].concept_id]
        return FoundOffers(*await self._round(meant, ""), meant)

    async def by_words(self, query: str) -> FoundOffers:
        """Look everywhere at once for these words, and for nothing else where no education has them."""
        return FoundOffers(*await self._round(None, query), None)

    async def _round(
        self, group: OccupationGroup | None, query: str
    ) -> tuple[list[OfferedEducation], list[Reached[Any]]]:
        said = query.strip() or (job_title(group) if group else "")
        matched, planned, stored = await asyncio.gather(
            asyncio.gather(*(reach(JOBED, asked) for asked in self._matches(group, said))),
            asyncio.gather(*(reach(PLANNED, asked) for asked in self._planned(said))),
            asyncio.to_thread(self._stored, group, query.strip()),
        )
        found = [
            from_jobed(education, self.knowledge.places, self.today)
            for reached in matched
            if reached.answer
            for education in reached.answer.educations
        ]
        events = [event for reached in planned if reached.answer for event in reached.answer.events]
        every = [*stored, *map(from_planned, events), *found]
        wanted = [education for education in every if education.is_distance or not self.at_distance]
        return wanted, [*matched, *planned]

    def _matches(
        self, group: OccupationGroup | None, said: str
    ) -> list[Coroutine[Any, Any, EducationMatches]]:
        """Educations by occupation where the index knows the group's occupations, else by title or words."""
        if self.clients is None:
            return []
        jobed = self.clients.jobed
        if group is None:
            # Adult education often has no municipality there, so the county is as near as one can ask.
            region = self.where.place.region_code if self.where.place else ""
            return [jobed.educations(said, region_code=region, limit=_ASKED_FOR)]
        title = job_title(group)
        names = self.knowledge.concepts.occupation_names_of(group.concept_id)
        # Those that are called as the group's own title are at its heart.
        names = tuple(
            sorted(names, key=lambda name: title.casefold() not in name.preferred_label.sv.casefold())
        )
        return [
            *(
                jobed.educations_for_occupation(name.concept_id, limit=_ASKED_FOR)
                for name in names[:_OCCUPATIONS_ASKED]
            ),
            *([] if names else [jobed.educations_for_jobtitle(title, limit=_ASKED_FOR)]),
        ]

    def _planned(self, said: str) -> list[Coroutine[Any, Any, PlannedPage]]:
        """What can be attended in the place, what can be attended from anywhere, and everything."""
        if self.clients is None:
            return []
        search = self.clients.planned_educations.search
        if self.at_distance:
            return [search(text=said, is_distance=True, size=_ASKED_FOR)]
        place = self.where.place
        near = [search(text=said, place=place, size=_ASKED_FOR)] if place else []
        far = [search(text=said, is_distance=True, size=_ASKED_FOR)] if place else []
        return [*near, *far, *([] if place else [search(text=said, size=_ASKED_FOR)])]

    def _stored(self, group: OccupationGroup | None, query: str) -> list[OfferedEducation]:
        """Educations of the index, by the group's ties or by the query."""
        store = self.knowledge.educations
        kinds: Sequence[EducationKind]
        if query:
            hits = store.search(query, is_given=True, limit=_KINDS)
            kinds = [found.kind for found in hits if found.score >= _LEAST_SCORE]
        elif group:
            tied = store.kinds_for(
                group.concept_id, least_probability=_LEAST_PROBABILITY, is_given=True, limit=_KINDS
            )
            kinds = [found.kind for found in tied]
        else:
            kinds = []
        near = None if self.at_distance else self.where.place
        return [
            from_offering(offering, kind, self.knowledge.places)
            for kind in kinds
            for offering in store.offerings(kind.kind_id, place=near, on_date=self.today)[:_OFFERINGS_A_KIND]
        ]


def job_title(group: OccupationGroup) -> str:
    """What one person in the group is called in Swedish: the title most like a word of its label."""
    label = group.name(Language.SV)
    titles = [title for title in group.titles.get(Language.SV, ()) if " " not in title]
    return max(titles, key=lambda title: _likeness(title, label), default=label)


def _likeness(title: str, label: str) -> float:
    """How much of a title begins alike with a word of the label; the first words say most."""
    return max(
        (
            len([*takewhile(lambda pair: pair[0] == pair[1], zip(title, word, strict=False))]) / len(title)
            - place / 20
            for place, word in enumerate(words(label))
        ),
        default=0.0,
    )
