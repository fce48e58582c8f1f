"""Explains ranked paths in plain sentences, every fact with the token of its source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.cards import PathCard
from assistant.domain.concept import EducationLevel, GuidePage, OccupationGroup, Regulation, Skill
from assistant.domain.language import Language
from assistant.domain.path import GapKind, PartName, Path, PathKind
from assistant.domain.source import Source
from assistant.guidance.parameters import Points
from assistant.guidance.sources import (
    flows_source,
    guide_source,
    regulation_source,
    relations_source,
    route_source,
    similar_source,
    substitutes_source,
)
from assistant.guidance.statement import Statement, sources_of
from assistant.prompts import Texts
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.stores.manifest import Manifest

# What a reader can take in: the skills held, and the few things to get next.
SHOWN_MATCHED = 5
SHOWN_MISSING = 3
SHOWN_PAPERS = 2
# What only lies near the subject is no reason that a reader would see.
STUDIED_POINTS = 0.6 * Points().field
# The page that says whether a licence from another country is valid here.
LICENCE_PAGE = "driving-licence"
# The page on courses in Swedish.
SWEDISH_PAGE = "sfi"
# The page on where jobs are advertised.
JOBS_PAGE = "job-ads"


@dataclass(frozen=True, slots=True)
class PathExplainer:
    """Writes the cards of paths from the facts of one index."""

    catalogue: Catalogue
    manifest: Manifest
    texts: Texts

    def card(self, path: Path, language: Language) -> tuple[PathCard, tuple[Source, ...]]:
        """The card of one path, and the sources that its sentences cite."""
        group = self.catalogue.groups[path.concept_id]
        writer = _CardWriter(self, group, path, language)
        why, gap, how = tuple(writer.why()), tuple(writer.gap()), tuple(writer.how())
        first_step = writer.first_step()
        sources = sources_of(*why, *gap, *how, first_step)
        return (
            PathCard(
                path=path,
                label=group.name(language),
                why=_text(why),
                gap=_text(gap) or self.texts.say("path.gap.none", language),
                how=_text(how),
                matched=_labels(path.matched, language),
                missing=_labels(path.missing[:SHOWN_MISSING], language),
                source_ids=tuple(source.source_id for source in sources),
                first_step=first_step.text,
            ),
            sources,
        )


@dataclass(frozen=True, slots=True)
class _CardWriter:
    """The sentences of one card."""

    explainer: PathExplainer
    group: OccupationGroup
    path: Path
    language: Language

    def why(self) -> Iterator[Statement]:
        """What in the person's own experience, skills and wishes leads here."""
        if self.group.concept_id in self.path.experience_ids:
            yield self._say("path.why.done")
        elif self.path.experience_ids:
            yield self._led_from(self.explainer.catalogue.groups[self.path.experience_ids[0]])
        if any(part.name is PartName.EDUCATION and part.points >= STUDIED_POINTS for part in self.path.parts):
            yield self._say("kin.studied")
        if self.path.matched:
            skills = self._listed(self.path.matched[:SHOWN_MATCHED])
            yield self._say("path.why.skills", self._relations(self.group), skills=skills)
        if self.path.is_wished:
            yield self._say("path.why.wish")
        unconnected = not (self.path.experience_ids or self.path.matched or self.path.is_wished)
        if unconnected and self.group.education.level.order <= EducationLevel.COMPULSORY.order:
            yield self._say("path.why.open", self._route())
        elif unconnected and not self._fits_otherwise():
            yield self._say("path.why.far")

    def _fits_otherwise(self) -> bool:
        """Whether something else is said for it: an education, or what the person wants work to be like."""
        said = {PartName.EDUCATION, PartName.WISH}
        return any(part.name in said and part.points >= STUDIED_POINTS for part in self.path.parts)

    def _led_from(self, done: OccupationGroup) -> Statement:
        """How work in one group leads here, by the strongest relation that public data have."""
        here, evidence, work = self.group.concept_id, done.evidence, done.name(self.language)
        sourced = (
            (here in evidence.flows, "kin.flows", flows_source),
            (here in evidence.similar, "kin.similar", similar_source),
            (here in evidence.substitutes, "kin.substitutes", substitutes_source),
        )
        for is_related, key, source in sourced:
            if is_related:
                found = source(done, self.explainer.catalogue, self.explainer.manifest)
                return self._say(key, found, work=work)
        if here in done.neighbour_ids or done.concept_id in self.group.neighbour_ids:
            recorded_by = self.group if done.concept_id in self.group.neighbour_ids else done
            return self._say("path.why.near", self._relations(recorded_by), work=work)
        return self._say("kin.kindred", work=work)

    def first_step(self) -> Statement:
        """What to do first: about the most binding thing that is missing, or to look at jobs."""
        if not self.path.gaps:
            return self._say("kin.first.apply", self._guide(self._page(JOBS_PAGE)), work=self._work())
        gap, regulation = self.path.gaps[0], self.group.regulation
        if gap.kind is GapKind.AUTHORITY and regulation:
            source = self._regulation(regulation)
            return self._say("kin.first.authority", source, authority=regulation.authority)
        if gap.kind is GapKind.DRIVING_LICENCE:
            source = self._guide(self._page(LICENCE_PAGE))
            return self._say("kin.first.licence", source, licence=gap.licence)
        if gap.kind is GapKind.SWEDISH:
            return self._say("kin.first.swedish", self._guide(self._page(SWEDISH_PAGE)))
        if gap.skill is not None:
            key = "kin.first.paper" if gap.kind is GapKind.PAPER else "kin.first.skill"
            return self._say(key, self._relations(self.group), skill=self._listed((gap.skill,)))
        page = self._page(self.group.education.guide_ids[0])
        return self._say("kin.first.education", self._guide(page), title=page.title.text(self.language))

    def _work(self) -> str:
        return self.group.name(self.language)

    def gap(self) -> Iterator[Statement]:
        """What is missing: decisions of authorities, licences, papers, skills."""
        if regulation := self.group.regulation:
            yield self._say(
                "path.gap.regulated",
                self._regulation(regulation),
                title=_lower_first(regulation.title.text(self.language)),
                authority=regulation.authority,
            )
        if any(gap.kind is GapKind.SWEDISH for gap in self.path.gaps):
            yield self._say("kin.swedish", self._guide(self._page(SWEDISH_PAGE)))
        if self.path.needs_licences:
            names = self._joined(self.path.needs_licences)
            yield self._say("path.gap.licence", self._route(), licences=names)
        elif self.group.licences:
            yield self._say("path.gap.foreign_licence", self._guide(self._page(LICENCE_PAGE)))
        papers = tuple(s for s in self.path.missing if s.is_qualification)[:SHOWN_PAPERS]
        if papers:
            yield self._say("path.gap.papers", self._relations(self.group), skills=self._listed(papers))
        abilities = tuple(s for s in self.path.missing if not s.is_qualification)[:SHOWN_MISSING]
        if abilities and self.path.kind is not PathKind.READY:
            yield self._say("path.gap.skills", self._relations(self.group), skills=self._listed(abilities))

    def how(self) -> Iterator[Statement]:
        """How to get there: the usual route, and the page of those who decide."""
        route = self._route()
        yield Statement(f"{self.group.education.route.text(self.language)} {route.token}", route)
        regulation = self.group.regulation
        if self.path.kind is not PathKind.READY:
            page = self._page(regulation.guide_id if regulation else self.group.education.guide_ids[0])
            yield self._say("path.how.read", self._guide(page), title=page.title.text(self.language))

    def _say(self, key: str, source: Source | None = None, **values: str) -> Statement:
        cited = {"source": source.token} if source else {}
        return Statement(self.explainer.texts.say(key, self.language, **values, **cited), source)

    def _relations(self, group: OccupationGroup) -> Source:
        return relations_source(group, self.explainer.catalogue, self.explainer.manifest)

    def _route(self) -> Source:
        return route_source(self.group, self._page(self.group.education.guide_ids[0]), self.language)

    def _regulation(self, regulation: Regulation) -> Source:
        return regulation_source(self.group, regulation, self._page(regulation.guide_id), self.language)

    def _guide(self, page: GuidePage) -> Source:
        return guide_source(page, 0, self.language)

    def _page(self, guide_id: str) -> GuidePage:
        return self.explainer.catalogue.guides[guide_id]

    def _listed(self, skills: Sequence[Skill]) -> str:
        return self._joined(_labels(skills, self.language))

    def _joined(self, names: Sequence[str]) -> str:
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.explainer.texts.say('and', self.language)} {names[-1]}"


def _text(statements: Sequence[Statement]) -> str:
    return " ".join(statement.text for statement in statements)


def _labels(skills: Sequence[Skill], language: Language) -> tuple[str, ...]:
    return tuple(in_a_sentence(skill.preferred_label.text(language)) for skill in skills)


def in_a_sentence(label: str) -> str:
    """A label as it stands in a list: "Släp, körvana" as "Släp (körvana)", so that commas part items."""
    head, comma, tail = label.partition(", ")
    return f"{head} ({tail})" if comma else label


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
