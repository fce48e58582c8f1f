"""The tools that suggest paths and say how far an occupation is."""

import asyncio
from dataclasses import dataclass

from assistant.agent.level import spoken_level
from assistant.agent.results import AssessedOccupation, SuggestedPaths
from assistant.agent.schemas import ProfileInput
from assistant.agent.tools.form import Tool, group_of, known_profile
from assistant.domain.cards import PathCard
from assistant.domain.concept import Feature
from assistant.domain.language import Language
from assistant.domain.path import Path
from assistant.domain.source import Source
from assistant.guidance.exploring import with_reasons
from assistant.guidance.matching import Matcher
from assistant.guidance.occupation_facts import FactWriter
from assistant.guidance.own_words import input_from_words
from assistant.guidance.paths import PathExplainer
from assistant.guidance.statement import Voice
from assistant.prompts import Texts
from assistant.retrieval.knowledge import Knowledge

_PATHS = 6


@dataclass(frozen=True, slots=True)
class PathTools:
    """What the paths need; they work without any live source."""

    knowledge: Knowledge
    texts: Texts
    matcher: Matcher

    def methods(self) -> tuple[Tool, ...]:
        """The methods that are tools."""
        return (self.suggest_paths, self.assess_occupation)

    async def suggest_paths(
        self,
        profile: ProfileInput,
        language: Language,
        wish: str = "",
        without: list[str] | None = None,
        features: list[Feature] | None = None,
        unwanted: list[Feature] | None = None,
    ) -> tuple[str, SuggestedPaths]:
        """Suggest occupations: ready now, one step away, with education; each with reasons and gaps.

        Args:
            profile: All that the person has confirmed.
            language: Language of the person, sv or en.
            wish: What the person says they want, in their own words.
            without: Concept ids of occupation groups that the person does not want.
            features: What the person wants work to be like.
            unwanted: What the person does not want work to be like.
        """
        known = await asyncio.to_thread(
            input_from_words,
            self.knowledge.linker,
            known_profile(self.knowledge, profile),
            wish,
            wanted=frozenset(features or ()),
            without=frozenset(without or ()) | self._like(frozenset(unwanted or ())),
        )
        paths = self.matcher.rank(known, limit=_PATHS)
        wanted = frozenset(features or ())
        explained = [self._explained(path, language, wanted) for path in paths]
        cards = tuple(card for card, _ in explained)
        sources = tuple({source.source_id: source for _, found in explained for source in found}.values())
        return "\n\n".join(map(card_text, cards)), SuggestedPaths(sources=sources, cards=cards)

    async def assess_occupation(
        self, concept_id: str, profile: ProfileInput, language: Language
    ) -> tuple[str, AssessedOccupation]:
        """Say honestly how far one occupation is for this person: what matches, what is missing, the way.

        Args:
            concept_id: Concept id of the occupation group that the person asks about.
            profile: All that the person has confirmed.
            language: Language of the person, sv or en.
        """
        group = group_of(self.knowledge, concept_id)
        known = await asyncio.to_thread(
            input_from_words, self.knowledge.linker, known_profile(self.knowledge, profile)
        )
        path = self.matcher.assess(group, known)
        card, sources = self._explainer().card(path, language)
        return card_text(card), AssessedOccupation(sources=sources, path=path, card=card)

    def _like(self, features: frozenset[Feature]) -> frozenset[str]:
        """Concept ids of the groups that have any of some features."""
        groups = self.knowledge.catalogue.groups.values()
        return frozenset(group.concept_id for group in groups if group.features & features)

    def _explained(
        self, path: Path, language: Language, wanted: frozenset[Feature]
    ) -> tuple[PathCard, tuple[Source, ...]]:
        """The card of a path and its sources, with what of the wanted features the work has."""
        card, sources = self._explainer().card(path, language)
        catalogue, manifest = self.knowledge.catalogue, self.knowledge.manifest
        texts = self.texts.at(spoken_level())
        facts = FactWriter(catalogue, manifest, Voice(texts, language, manifest.built_at))
        said = facts.features(catalogue.groups[path.concept_id], wanted)
        return with_reasons(card, sources, (said,) if said else ())

    def _explainer(self) -> PathExplainer:
        texts = self.texts.at(spoken_level())
        return PathExplainer(self.knowledge.catalogue, self.knowledge.manifest, texts)


def card_text(card: PathCard) -> str:
    """A card as the model reads it."""
    lines = [f"{card.path.kind}: {card.label} ({card.path.concept_id})"]
    return "\n".join([*lines, *filter(None, (card.why, card.gap, card.how, card.first_step))])
