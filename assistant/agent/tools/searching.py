"""One search among occupations: which are found, in what order, and why each is shown."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.agent.results import ExploredOccupations
from assistant.agent.tools.live import place_notes, told
from assistant.agent.tools.view import View
from assistant.apis.jobsearch import SERVICE as JOBSEARCH
from assistant.domain.cards import PathCard
from assistant.domain.concept import EducationLevel
from assistant.domain.source import Source
from assistant.guidance.exploring import (
    Explorer,
    Found,
    Wanted,
    least_swedish,
    most_ads,
    varied,
    with_reasons,
)
from assistant.guidance.jobs import total_statement
from assistant.guidance.market import LanguagesByGroup, read_languages
from assistant.guidance.occupation_facts import languages_statement
from assistant.guidance.reach import Reached, reach
from assistant.guidance.statement import Statement

_SHOWN = 6
# As many groups as the service counts at once.
_COUNTED = 30


@dataclass(frozen=True, slots=True)
class _Counts:
    """What open ads say of the groups that were found first; None for what was not asked."""

    languages: Reached[LanguagesByGroup] | None = None
    ads: Reached[Mapping[str, int]] | None = None

    @property
    def named(self) -> LanguagesByGroup:
        """The languages that ads name; empty where they could not be counted."""
        return self.languages.answer or {} if self.languages else {}

    @property
    def total(self) -> Mapping[str, int]:
        """How many ads there are; empty where they could not be counted."""
        return self.ads.answer or {} if self.ads else {}


@dataclass(frozen=True, slots=True)
class Search:
    """One search.

    Attributes:
        view: Who asks, and from where.
        wanted: What they look for.
        little_swedish: They ask for work with little Swedish.
        most_jobs: They ask where there are most jobs.
    """

    view: View
    wanted: Wanted
    little_swedish: bool
    most_jobs: bool

    async def answer(self) -> tuple[str, ExploredOccupations]:
        """The occupations as cards, and what has to be said beside them."""
        view = self.view
        explorer = Explorer(view.facts.catalogue.groups, view.matcher)
        fitting = await asyncio.to_thread(explorer.find, self.wanted, view.known)
        counts = await self._counts(fitting[:_COUNTED])
        found = varied(self._ordered(fitting, counts), _SHOWN)
        explained = [self._card(one, counts) for one in found]
        asked = (counts.languages, counts.ads)
        needs_ads = self.little_swedish or self.most_jobs or view.where.place
        notes = view.notes(asked) if needs_ads else ()
        cards = tuple(card for card, _ in explained)
        result = ExploredOccupations(
            **view.reached(asked),
            sources=tuple(dict.fromkeys(source for _, sources in explained for source in sources)),
            statements=(*place_notes(view.where, view.voice), self._intro(found, counts), *notes),
            cards=cards,
        )
        return told(result, *map(_for_model, cards))

    async def _counts(self, found: Sequence[Found]) -> _Counts:
        clients, groups = self.view.live.clients, [one.group for one in found]
        if clients is None:
            return _Counts()
        if self.little_swedish:
            return _Counts(languages=await reach(JOBSEARCH, read_languages(clients.jobsearch, groups)))
        if self.most_jobs or self.view.where.place:
            ids = [group.concept_id for group in groups]
            asked = clients.jobsearch.ads_by_group(ids, place=self.view.where.place)
            return _Counts(ads=await reach(JOBSEARCH, asked))
        return _Counts()

    def _ordered(self, fitting: Sequence[Found], counts: _Counts) -> Sequence[Found]:
        if self.little_swedish:
            seen = least_swedish(fitting, counts.named)
            easiest = EducationLevel.COMPULSORY.order
            return seen or [one for one in fitting if one.group.education.level.order <= easiest]
        if self.most_jobs and counts.total:
            return most_ads(fitting[:_COUNTED], counts.total)
        return fitting

    def _intro(self, found: Sequence[Found], counts: _Counts) -> Statement:
        say = self.view.voice.say
        if not found:
            return Statement(say("explore.none"))
        if self.little_swedish:
            seen = least_swedish(found, counts.named)
            return Statement(say("explore.little_swedish" if seen else "explore.ads_not_seen"))
        if self.most_jobs and counts.total:
            return Statement(say("explore.most_jobs"))
        if self.wanted.near:
            names = [group.name(self.view.voice.language) for group in self.wanted.near]
            return Statement(say("explore.near", work=self.view.facts.listed(names)))
        return Statement(say("explore.fitting"))

    def _card(self, one: Found, counts: _Counts) -> tuple[PathCard, tuple[Source, ...]]:
        card, sources = self.view.explainer.card(one.path, self.view.voice.language)
        return with_reasons(card, sources, tuple(self._reasons(one, counts)))

    def _reasons(self, one: Found, counts: _Counts) -> Iterator[Statement]:
        """What the group was found by, beside what leads there from the person's own work."""
        facts, voice, group = self.view.facts, self.view.voice, one.group
        if one.near and one.near.concept_id not in one.path.experience_ids:
            yield facts.nearness(group, one.near)
        if self.wanted.licence and self.wanted.licence not in one.path.needs_licences:
            yield facts.licences(group)
        if features := facts.features(group, self.wanted.features):
            yield features
        named = counts.named.get(group.concept_id)
        if counts.languages and named and named.ads:
            yield languages_statement(group, named, voice.as_of(counts.languages.stale_since))
        total = counts.total.get(group.concept_id)
        if counts.ads and total is not None:
            then = voice.as_of(counts.ads.stale_since)
            yield total_statement(group, self.view.where.place, total, then)


def _for_model(card: PathCard) -> str:
    return f"{card.path.kind}: {card.label} ({card.path.concept_id})\n{card.why}\n{card.gap}\n{card.how}"
