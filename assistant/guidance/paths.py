"""Explains ranked paths in plain sentences, every fact with the token of its source."""

from dataclasses import dataclass

from assistant.domain.concept import EducationLevel, OccupationGroup, Regulation, Skill
from assistant.domain.conversation import PathCard
from assistant.domain.language import Language
from assistant.domain.path import Path, PathKind
from assistant.domain.source import Source
from assistant.guidance.sources import guide_source, regulation_source, relations_source, route_source
from assistant.prompts import Texts
from assistant.retrieval.catalogue import Catalogue
from assistant.retrieval.manifest import Manifest

# What a reader can take in: the skills held, and the few things to get next.
SHOWN_MATCHED = 5
SHOWN_MISSING = 3
SHOWN_PAPERS = 2


@dataclass(frozen=True, slots=True)
class PathExplainer:
    """Writes the cards of paths from the facts of one index."""

    catalogue: Catalogue
    manifest: Manifest
    texts: Texts

    def card(self, path: Path, language: Language) -> tuple[PathCard, tuple[Source, ...]]:
        """The card of one path, and the sources that its sentences cite."""
        group = self.catalogue.groups[path.concept_id]
        relations = relations_source(group, self.catalogue, self.manifest)
        near = self._near_source(group, path)
        how, how_sources = self._how(group, path, language)
        # The group's own record often names the neighbour too: a source once.
        sources = tuple(dict.fromkeys((relations, *([near] if near else []), *how_sources)))
        return (
            PathCard(
                path=path,
                label=group.name(language),
                why=self._why(group, path, relations, near, language),
                gap=self._gap(group, path, relations, language),
                how=how,
                matched=_labels(path.matched, language),
                missing=_labels(path.missing[:SHOWN_MISSING], language),
                source_ids=tuple(source.source_id for source in sources),
            ),
            sources,
        )

    def _near_source(self, group: OccupationGroup, path: Path) -> Source | None:
        """The record that names the person's work and this group as neighbours."""
        near = [g for g in path.experience_ids if g != group.concept_id]
        if not near:
            return None
        done = self.catalogue.groups[near[0]]
        recorded_by = group if done.concept_id in group.neighbour_ids else done
        return relations_source(recorded_by, self.catalogue, self.manifest)

    def _why(
        self, group: OccupationGroup, path: Path, relations: Source, near: Source | None, language: Language
    ) -> str:
        sentences = []
        if path.concept_id in path.experience_ids:
            sentences.append(self.texts.say("path.why.done", language))
        elif near:
            done = self.catalogue.groups[path.experience_ids[0]].name(language)
            sentences.append(self.texts.say("path.why.near", language, work=done, source=near.token))
        if path.matched:
            names = _joined(_labels(path.matched[:SHOWN_MATCHED], language), self._and(language))
            sentences.append(
                self.texts.say("path.why.skills", language, skills=names, source=relations.token)
            )
        if path.is_wished:
            sentences.append(self.texts.say("path.why.wish", language))
        if not sentences and group.education.level.order <= EducationLevel.COMPULSORY.order:
            sentences.append(
                self.texts.say("path.why.open", language, source=self._route(group, language).token)
            )
        return " ".join(sentences)

    def _gap(self, group: OccupationGroup, path: Path, relations: Source, language: Language) -> str:
        sentences = []
        if group.regulation:
            sentences.append(
                self.texts.say(
                    "path.gap.regulated",
                    language,
                    title=_lower_first(group.regulation.title.text(language)),
                    authority=group.regulation.authority,
                    source=self._regulation(group, group.regulation, language).token,
                )
            )
        if path.needs_licences:
            names = _joined(path.needs_licences, self._and(language))
            route = self._route(group, language).token
            sentences.append(self.texts.say("path.gap.licence", language, licences=names, source=route))
        if path.missing and path.kind is not PathKind.READY:
            names = _joined(_labels(path.missing[:SHOWN_MISSING], language), self._and(language))
            sentences.append(
                self.texts.say("path.gap.skills", language, skills=names, source=relations.token)
            )
        return " ".join(sentences) or self.texts.say("path.gap.none", language)

    def _how(self, group: OccupationGroup, path: Path, language: Language) -> tuple[str, tuple[Source, ...]]:
        """How to get there: the usual route, and the pages of those who decide."""
        route = self._route(group, language)
        sentences = [f"{group.education.route.text(language)} {route.token}"]
        sources = [route]
        guide_ids = list(group.education.guide_ids)
        if group.regulation:
            sources.append(self._regulation(group, group.regulation, language))
            guide_ids.insert(0, group.regulation.guide_id)
        if path.kind is not PathKind.READY and guide_ids:
            guide = self.catalogue.guides[guide_ids[0]]
            source = guide_source(guide, 0, language)
            title = guide.title.text(language)
            sentences.append(self.texts.say("path.how.read", language, title=title, source=source.token))
            sources.append(source)
        return " ".join(sentences), tuple(sources)

    def _regulation(self, group: OccupationGroup, regulation: Regulation, language: Language) -> Source:
        return regulation_source(group, regulation, self.catalogue.guides[regulation.guide_id], language)

    def _route(self, group: OccupationGroup, language: Language) -> Source:
        guide = self.catalogue.guides[group.education.guide_ids[0]]
        return route_source(group, guide, language)

    def _and(self, language: Language) -> str:
        return self.texts.say("and", language)


def _papers(path: Path) -> tuple[Skill, ...]:
    """Licences and certificates that are often asked for: worth naming also to somebody who is ready."""
    return tuple(skill for skill in path.missing if skill.is_qualification)[:SHOWN_PAPERS]


def _abilities(path: Path) -> tuple[Skill, ...]:
    """Abilities to gain, for somebody who is not ready yet."""
    if path.kind is PathKind.READY:
        return ()
    return tuple(skill for skill in path.missing if not skill.is_qualification)[:SHOWN_MISSING]


def _labels(skills: tuple[Skill, ...], language: Language) -> tuple[str, ...]:
    return tuple(in_a_sentence(skill.preferred_label.text(language)) for skill in skills)


def in_a_sentence(label: str) -> str:
    """A label as it stands in a list: "Släp, körvana" as "Släp (körvana)", so that commas part items."""
    head, comma, tail = label.partition(", ")
    return f"{head} ({tail})" if comma else label


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _joined(names: tuple[str, ...] | list[str], conjunction: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
