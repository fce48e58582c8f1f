"""Sentences on one occupation group that its page, a comparison and a search among groups share."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.apis.jobsearch import SERVICE as JOBSEARCH
from assistant.apis.jobsearch import search_address
from assistant.apis.taxonomy import concept_address
from assistant.domain.concept import Feature, GuidePage, OccupationGroup
from assistant.domain.source import Source
from assistant.guidance.market import SWEDISH_WORD, NamedLanguages
from assistant.guidance.sources import (
    OWN_SYSTEM,
    description_source,
    regulation_source,
    relations_source,
    route_source,
)
from assistant.guidance.statement import Statement, Voice, grouped, quoting, sources_of
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.stores.manifest import Manifest


@dataclass(frozen=True, slots=True)
class CitedFact:
    """One thing that is known of an occupation, with the sources of its sentences.

    Attributes:
        key: Names it, as in `Fact` and `ComparedRow`.
        lines: Its sentences, each with its token.
        others: Sources of tokens in the lines beside each line's own.
    """

    key: str
    lines: tuple[Statement, ...]
    others: tuple[Source, ...] = ()

    @property
    def text(self) -> str:
        """The lines below each other."""
        return "\n".join(line.text for line in self.lines)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources, each once."""
        return tuple(dict.fromkeys((*sources_of(*self.lines), *self.others)))


@dataclass(frozen=True, slots=True)
class FactWriter:
    """Writes what the index knows of groups, in one language."""

    catalogue: Catalogue
    manifest: Manifest
    voice: Voice

    def description(self, group: OccupationGroup) -> Statement:
        """What one does."""
        return quoting(description_source(group, self.voice.language, self.manifest))

    def route(self, group: OccupationGroup) -> Statement:
        """The usual way."""
        return quoting(self.route_record(group))

    def route_record(self, group: OccupationGroup) -> Source:
        """What vouches for the usual way and the driving licences of a group."""
        return route_source(group, self._page(group.education.guide_ids[0]), self.voice.language)

    def decides(self, group: OccupationGroup) -> Statement:
        """Who decides on a licence or a protected title; that none is known where there is none."""
        regulation = group.regulation
        if regulation is None:
            return Statement(self.voice.say("facts.nobody_decides"))
        page = self._page(regulation.guide_id)
        source = regulation_source(group, regulation, page, self.voice.language)
        title = regulation.title.text(self.voice.language)
        said = self.voice.say(
            "facts.decides", authority=regulation.authority, title=title, source=source.token
        )
        return Statement(said, source)

    def licences(self, group: OccupationGroup) -> Statement:
        """The driving licences that are often asked for; that none is known where there is none."""
        if not group.licences:
            return Statement(self.voice.say("facts.no_licence"))
        source = self.route_record(group)
        said = self.voice.say("facts.licences", classes=self.listed(group.licences), source=source.token)
        return Statement(said, source)

    def features(self, group: OccupationGroup, among: Collection[Feature]) -> Statement | None:
        """What the work is like, as far as it is among some features; None where nothing of it is."""
        shown = [feature for feature in Feature if feature in group.features and feature in among]
        if not shown:
            return None
        named = [self.voice.say(f"facts.feature.{feature}") for feature in shown]
        return quoting(
            Source(
                source_id=f"features:{group.concept_id}:{'-'.join(shown)}:{self.voice.language}",
                system=OWN_SYSTEM,
                title=group.name(self.voice.language),
                url=concept_address(group.concept_id),
                version=self.manifest.content_hash[:8],
                retrieved_at=self.manifest.built_at[:10],
                quote=self.voice.say("facts.features", features=self.listed(named)),
            )
        )

    def related(self, group: OccupationGroup, others: Sequence[OccupationGroup]) -> Statement:
        """Groups that the taxonomy has as near this one; there is at least one."""
        source = self.relations(group)
        names = self.listed([other.name(self.voice.language) for other in others])
        return Statement(self.voice.say("facts.related", work=names, source=source.token), source)

    def nearness(self, group: OccupationGroup, other: OccupationGroup) -> Statement:
        """That a group is near another, by the record that has it so."""
        source = self.relations(group if other.concept_id in group.neighbour_ids else other)
        work = other.name(self.voice.language)
        return Statement(self.voice.say("facts.near", work=work, source=source.token), source)

    def relations(self, group: OccupationGroup) -> Source:
        """The skills and groups that the taxonomy relates to a group."""
        return relations_source(group, self.catalogue, self.manifest)

    def listed(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence; semicolons part names that have commas of their own."""
        if len(names) < 2:
            return "".join(names)
        comma = "; " if any(", " in name for name in names) else ", "
        return f"{comma.join(names[:-1])} {self.voice.say('and')} {names[-1]}"

    def _page(self, guide_id: str) -> GuidePage:
        return self.catalogue.guides[guide_id]


def languages_statement(group: OccupationGroup, named: NamedLanguages, voice: Voice) -> Statement:
    """How many of a group's open ads in the country name Swedish and English; it promises nothing."""
    work = group.name(voice.language)
    counts = {"ads": named.ads, "swedish": named.swedish, "english": named.english}
    said = {name: grouped(count) for name, count in counts.items()}
    return quoting(
        Source(
            source_id=f"ad-languages:{group.concept_id}:{voice.language}",
            system=JOBSEARCH,
            title=voice.say("facts.languages_title", work=work),
            url=search_address(occupation_group=group.concept_id, word=SWEDISH_WORD),
            version=voice.now[:10],
            retrieved_at=voice.now,
            quote=voice.say("facts.languages", work=work, **said),
        )
    )
