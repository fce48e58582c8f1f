"""Educations for an occupation group or a person's words, from every source at once."""

import asyncio
import re
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from assistant.apis.clients import Clients
from assistant.apis.jobed import SERVICE as JOBED
from assistant.apis.jobed import EducationMatches
from assistant.apis.planned_educations import SERVICE as PLANNED
from assistant.apis.planned_educations import PlannedPage
from assistant.apis.taxonomy import SERVICE as TAXONOMY
from assistant.domain.concept import OccupationGroup
from assistant.domain.education import EducationKind
from assistant.domain.language import Language
from assistant.guidance.educations import (
    OfferedEducation,
    Tie,
    from_jobed,
    from_offering,
    from_planned,
)
from assistant.guidance.reach import Reached, missing, reach
from assistant.guidance.whereabouts import Whereabouts
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.text import words

_OCCUPATIONS_ASKED = 3
# As many as JobEd Connect gives at once: what is near is not asked for there, but picked out here.
_ASKED_FOR = 100
_NAMES_ASKED_FOR = 5
_SUBJECTS_ASKED_FOR = 3
_KINDS = 12
_OFFERINGS_A_KIND = 20
_NAMES_OCCUPATION = 0.25
# A tie below this is a guess; a search's score is of another scale.
_LEAST_PROBABILITY = 0.5
_LEAST_SCORE = 0.35


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation of a group, by its concept id and Swedish label."""

    concept_id: str
    label: str


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
        occupations, asked_names = await self._occupations(group)
        said = (query.strip(),) if query.strip() else _names_asked_for(group, occupations)
        subjects = () if query.strip() or group is None else self._subjects(group)
        searches = self._planned(said, subjects)
        by_name = Tie.NAME if group and not query.strip() else Tie.SOURCE
        ties = [Tie.SUBJECT if is_subject else by_name for _, is_subject in searches]
        matched, planned, stored = await asyncio.gather(
            asyncio.gather(*(reach(JOBED, asked) for asked in self._matches(group, occupations, said))),
            asyncio.gather(*(reach(PLANNED, asked) for asked, _ in searches)),
            asyncio.to_thread(self._stored, group, query.strip()),
        )
        found = [
            from_jobed(education, self.knowledge.places, self.today)
            for reached in matched
            if reached.answer
            for education in reached.answer.educations
        ]
        events = [
            replace(from_planned(event), tie=tie)
            for tie, reached in zip(ties, planned, strict=True)
            if reached.answer
            for event in reached.answer.events
        ]
        every = [*stored, *found, *events]
        wanted = [education for education in every if education.is_distance or not self.at_distance]
        return wanted, [*asked_names, *matched, *planned]

    async def _occupations(
        self, group: OccupationGroup | None
    ) -> tuple[tuple[Occupation, ...], list[Reached[Any]]]:
        """The group's occupations, those first that are called as its own title: they are at its heart.

        Of the index, else of the taxonomy as it is now; without either the group's titles must do.
        """
        if group is None:
            return (), []
        stored = self.knowledge.concepts.occupation_names_of(group.concept_id)
        known = tuple(Occupation(name.concept_id, name.preferred_label.sv) for name in stored)
        asked: list[Reached[Any]] = []
        if not known and self.clients:
            reached = await reach(TAXONOMY, self.clients.taxonomy.occupation_names(group.concept_id))
            known = tuple(Occupation(name.concept_id, name.preferred_label) for name in reached.answer or ())
            asked = [reached]
        title = job_title(group).casefold()
        return tuple(sorted(known, key=lambda name: title not in name.label.casefold())), asked

    def _matches(
        self, group: OccupationGroup | None, occupations: Sequence[Occupation], said: Sequence[str]
    ) -> list[Coroutine[Any, Any, EducationMatches]]:
        """Educations by occupation where the group's occupations are known, else by title or words."""
        if self.clients is None:
            return []
        jobed = self.clients.jobed
        if group is None:
            # Adult education often has no municipality there, so the county is as near as one can ask.
            region = self.where.place.region_code if self.where.place else ""
            return [jobed.educations(words_said, region_code=region, limit=_ASKED_FOR) for words_said in said]
        if not occupations:
            return [jobed.educations_for_jobtitle(job_title(group), limit=_ASKED_FOR)]
        return [
            jobed.educations_for_occupation(name.concept_id, limit=_ASKED_FOR)
            for name in occupations[:_OCCUPATIONS_ASKED]
        ]

    def _subjects(self, group: OccupationGroup) -> tuple[str, ...]:
        """The first skills that are called by one word, as courses in a subject are."""
        labels = (skill.preferred_label.sv for skill in self.knowledge.catalogue.skills_of(group))
        return tuple(label.casefold() for label in labels if label.isalpha())[:_SUBJECTS_ASKED_FOR]

    def _planned(
        self, said: Sequence[str], subjects: Sequence[str]
    ) -> list[tuple[Coroutine[Any, Any, PlannedPage], bool]]:
        """What can be attended in the county, what can be attended from anywhere, or everything.

        Single subjects are asked for in the county alone: at a distance there are hundreds of each.

        Returns:
            The questions, each with whether it is about a subject only.
        """
        if self.clients is None:
            return []
        search = self.clients.planned_educations.search
        if self.where.place is None and not self.at_distance:
            return [(search(text=word, size=_ASKED_FOR), False) for word in said]
        far = [(search(text=word, is_distance=True, size=_ASKED_FOR), False) for word in said]
        if self.at_distance or self.where.place is None:
            return far
        region = self.knowledge.places.with_code(self.where.region_code) or self.where.place
        near = [(search(text=word, place=region, size=_ASKED_FOR), False) for word in said]
        about = [(search(text=word, place=region, size=_ASKED_FOR), True) for word in subjects]
        return [*near, *far, *about]

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
        near = None if self.at_distance else self.knowledge.places.with_code(self.where.region_code)
        return [
            from_offering(offering, kind, self.knowledge.places)
            for kind in kinds
            for offering in store.offerings(kind.kind_id, place=near, on_date=self.today)[:_OFFERINGS_A_KIND]
        ]


def _names_asked_for(group: OccupationGroup | None, occupations: Sequence[Occupation]) -> tuple[str, ...]:
    """The few names by which educations to an occupation are called, the everyday ones first."""
    if group is None:
        return ()
    labels = [part.strip() for each in occupations for part in re.split(r"[,/(]", each.label.casefold())[:2]]
    everyday = [title.casefold() for title in group.titles.get(Language.SV, ()) if title.casefold() in labels]
    return tuple(dict.fromkeys((job_title(group).casefold(), *everyday, *labels)))[:_NAMES_ASKED_FOR]


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
