"""The tools of the interview: what a person tells, and what the index knows of it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from assistant.agent.piece import PIECE
from assistant.agent.results import (
    FoundOccupations,
    GuideAnswers,
    ListedSkills,
    OccupationFacts,
    OfferedChoices,
    Progress,
)
from assistant.agent.schemas import ChoiceInput, ProfileInput
from assistant.agent.tools.form import Tool, group_of, known_profile
from assistant.agent.tools.offering import concept_line, mention_lines, offered
from assistant.apis.taxonomy import TaxonomyClient, TaxonomyConcept
from assistant.domain.concept import OccupationGroup
from assistant.domain.conversation import Phase
from assistant.domain.language import Language
from assistant.domain.source import Source
from assistant.errors import ConceptNotFound, UpstreamError
from assistant.guidance.choosing import differing, sureness
from assistant.guidance.sources import (
    copied_taxonomy_source,
    description_source,
    guide_source,
    live_taxonomy_source,
    regulation_source,
    relations_source,
    route_source,
)
from assistant.retrieval.guide_search import search_guides, sections_on
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.mentions.finder import find_mentions

logger = logging.getLogger(__name__)

_NEAREST = 10
_MOST_BUTTONS = 16


@dataclass(frozen=True, slots=True)
class InterviewTools:
    """What the interview itself needs; `taxonomy` is None when live sources are switched off."""

    knowledge: Knowledge
    taxonomy: TaxonomyClient | None
    now: Callable[[], str]

    def methods(self) -> tuple[Tool, ...]:
        """The methods that are tools."""
        return (
            self.find_occupations,
            self.look_up_occupation,
            self.list_skills,
            self.search_guides,
            self.note_progress,
            self.offer_choices,
        )

    async def find_occupations(self, text: str) -> tuple[str, FoundOccupations]:
        """Find the work that a person tells of, as concepts of the JobTech Taxonomy.

        Give the person's own words, misspelt or mixed as they are. Ask the person before you build on a
        concept: "is it ...?" where it is sure, which of the concepts where it is unsure. Where all are
        unlikely, offer none of them: ask what the person did on an ordinary day.

        Args:
            text: What the person wrote about paid, unpaid, family or informal work.
        """
        places = self.knowledge.places.find(text)
        # "Welder in Malmö" is a welder; the name of a place only draws the search astray.
        placeless = text
        for found in places:
            placeless = placeless.replace(found.quote, " ")
        linker = self.knowledge.linker
        mentions, nearest = await asyncio.gather(
            asyncio.to_thread(find_mentions, linker, text),
            asyncio.to_thread(linker.occupations, placeless, top_k=_NEAREST),
        )
        mentions = tuple(offered(mention, linker) for mention in mentions)
        choices = differing(nearest, placeless, linker.are_near)
        lines = [line for mention in mentions for line in mention_lines(mention)]
        if not mentions:
            lines = [f"No work was found in the text. Nearest occupation groups ({sureness(nearest)}):"]
            lines += [concept_line(concept) for concept in choices]
        if places:
            lines.append(f"Places in Sweden: {', '.join(found.place.name for found in places)}")
        return "\n".join(lines), FoundOccupations((), mentions, nearest, choices, places)

    async def look_up_occupation(self, concept_id: str, language: Language) -> tuple[str, OccupationFacts]:
        """Read one occupation group: what one does, usual education, licence rules, related groups.

        Confirms the concept against the live taxonomy where that can be reached.

        Args:
            concept_id: Concept id of an occupation group, from find_occupations.
            language: Language of the person, sv or en.
        """
        group = group_of(self.knowledge, concept_id)
        live = await self._live(concept_id)
        replaced_by = live.replaced_by[0].concept_id if live and live.replaced_by else ""
        if replaced_by in self.knowledge.catalogue.groups:
            # A retired concept leads to the one in its place, here and in all that builds on it.
            group, live = group_of(self.knowledge, replaced_by), await self._live(replaced_by)
        sources = self._occupation_sources(group, live, language)
        text = "\n".join(
            [
                *(f"{source.token} {source.system}: {source.quote}" for source in sources),
                "The taxonomy confirms this concept."
                if live
                else "The taxonomy could not be reached; this is the index's copy. Do not retry.",
                *([f"The taxonomy has replaced this concept by {replaced_by}."] if replaced_by else []),
            ]
        )
        return text, OccupationFacts(
            sources=sources, group=group, confirmed_live=live is not None, replaced_by=replaced_by
        )

    async def list_skills(self, concept_id: str, described: str = "") -> tuple[str, ListedSkills]:
        """List the skills that an occupation group uses, for the person to keep or strike.

        Licences, degrees and certificates are left out: they are papers, to be asked about.

        Args:
            concept_id: Concept id of an occupation group.
            described: What the person said of an ordinary day; skills that fit it come first.
        """
        group = group_of(self.knowledge, concept_id)
        skills = tuple(s for s in self.knowledge.catalogue.skills_of(group) if not s.is_qualification)
        source = relations_source(group, self.knowledge.catalogue, self.knowledge.manifest)
        if described.strip():
            skills = await asyncio.to_thread(self.knowledge.linker.nearest_first, skills, described)
        lines = [f"{s.concept_id}: {s.preferred_label.sv} / {s.preferred_label.en}" for s in skills]
        return "\n".join([f"Skills of {group.preferred_label.en} {source.token}:", *lines]), ListedSkills(
            sources=(source,), skills=skills
        )

    async def search_guides(
        self, question: str, language: Language, about: str = ""
    ) -> tuple[str, GuideAnswers]:
        """Search the guide pages on rules and ways in.

        They cover recognition of foreign education, licences, SFI, komvux, validation, study aid, driving
        licences, pay, ads, starting a business and whom to ask.

        Args:
            question: The person's question in their own words.
            language: Language of the person, sv or en.
            about: The question before, when this one only says "it": its page is then looked through.
        """
        if about:
            hits = await asyncio.to_thread(sections_on, self.knowledge, question, about=about)
        else:
            hits = await asyncio.to_thread(search_guides, self.knowledge, question)
        sources = tuple(guide_source(hit.page, hit.section, language) for hit in hits)
        lines = [f"{source.token} {source.title} ({source.system}): {source.quote}" for source in sources]
        text = "\n".join(lines) or "No guide page answers this. Say that you do not know, and whom to ask."
        return text, GuideAnswers(sources=sources, hits=hits)

    async def note_progress(
        self, profile: ProfileInput, phase: Phase, memo: str = ""
    ) -> tuple[str, Progress]:
        """Note what the person has confirmed and where the interview is. Call it whenever either changes.

        Args:
            profile: The whole profile as it is now; it replaces the one noted before.
            phase: Where the interview is.
            memo: A note to yourself that you want to find again next turn.
        """
        return "Noted.", Progress(profile=known_profile(self.knowledge, profile), phase=phase, memo=memo)

    async def offer_choices(self, choices: list[ChoiceInput]) -> tuple[str, OfferedChoices]:
        """Show buttons under your answer, such as occupations to confirm. The person may also write.

        Args:
            choices: At most sixteen buttons; all pieces of a CV, whose ids begin with `piece:`.
        """
        offered = tuple(c.to_choice() for c in choices)
        boxes = tuple(c for c in offered if c.choice_id.startswith(PIECE))
        buttons = tuple(c for c in offered if c not in boxes)
        return "Shown under your answer.", OfferedChoices(choices=(*boxes, *buttons[:_MOST_BUTTONS]))

    async def _live(self, concept_id: str) -> TaxonomyConcept | None:
        """The concept as the taxonomy has it now; None when it cannot be had."""
        if self.taxonomy is None:
            return None
        try:
            return await self.taxonomy.concept(concept_id)
        except (UpstreamError, ConceptNotFound) as error:
            logger.info("taxonomy: %s", error)
            return None

    def _occupation_sources(
        self, group: OccupationGroup, live: TaxonomyConcept | None, language: Language
    ) -> tuple[Source, ...]:
        catalogue, manifest = self.knowledge.catalogue, self.knowledge.manifest
        record = (
            live_taxonomy_source(live, self.now())
            if live
            else copied_taxonomy_source(group, catalogue, manifest)
        )
        route = route_source(group, catalogue.guides[group.education.guide_ids[0]], language)
        sources = [record, description_source(group, language, manifest), route]
        if group.regulation:
            guide = catalogue.guides[group.regulation.guide_id]
            sources.append(regulation_source(group, group.regulation, guide, language))
        return tuple(sources)
