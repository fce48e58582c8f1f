"""The tool that makes a plan."""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from assistant.agent.results import MadePlan
from assistant.agent.schemas import ConditionsInput, ProfileInput
from assistant.agent.tools.form import Tool, group_of, known_profile
from assistant.agent.tools.live import LiveContext, place_notes, reach_notes, told
from assistant.apis.jobsearch import SERVICE as JOBSEARCH
from assistant.apis.jobsearch import AdSearch
from assistant.domain.cards import PlanCard
from assistant.domain.concept import OccupationGroup
from assistant.domain.language import Cefr, Language
from assistant.domain.path import Gap, PathKind
from assistant.domain.plan import Conditions
from assistant.domain.profile import Profile
from assistant.guidance.education_details import with_details
from assistant.guidance.education_search import EducationSearch
from assistant.guidance.gap_search import FoundForGaps, search_for_gaps
from assistant.guidance.jobs import total_statement
from assistant.guidance.match_input import MatchInput
from assistant.guidance.matching import Matcher
from assistant.guidance.own_words import input_from_words
from assistant.guidance.plan.notes import plan_notes
from assistant.guidance.plan.planner import made_plan, needs_education
from assistant.guidance.plan.steps import Found, PlanFacts
from assistant.guidance.plan.words import PlanWriter
from assistant.guidance.reach import Reached, missing, reach, stale
from assistant.guidance.recognition import origin_of, route_of, route_steps
from assistant.guidance.statement import Statement, Voice, sources_of
from assistant.guidance.swedish import swedish_level
from assistant.guidance.whereabouts import Whereabouts

_RANKED = 12


@dataclass(frozen=True, slots=True)
class PlanningTools:
    """Tools that say what to do, in which order."""

    live: LiveContext
    matcher: Matcher

    def methods(self) -> tuple[Tool, ...]:
        """The methods that are tools."""
        return (self.make_plan,)

    async def make_plan(
        self,
        concept_id: str,
        profile: ProfileInput,
        language: Language,
        place: str = "",
        conditions: ConditionsInput | None = None,
    ) -> tuple[str, MadePlan]:
        """Make a plan of three to six steps to an occupation; it is shown beside your answer.

        Call it again when the person says that something must be different. Say in a few sentences what
        comes first and what their conditions rule out; do not read the whole plan to them.

        Args:
            concept_id: Concept id of the occupation group.
            profile: All that the person has confirmed.
            language: Language of the person, sv or en.
            place: Where in Sweden they live or want to be, in their words; empty when not said.
            conditions: What the plan must fit, as the person has said it.
        """
        group, voice = group_of(self.live.knowledge, concept_id), self.live.voice(language)
        where = self.live.where(place)
        wanted = conditions.to_conditions() if conditions else Conditions()
        told_profile = known_profile(self.live.knowledge, profile)
        facts = await asyncio.to_thread(self._facts, group, told_profile, wanted, voice.now[:10])
        offers, ads = await asyncio.gather(self._offers(facts, where), self._open_ads(group, where))
        facts = replace(facts, found=await self._detailed(offers))
        catalogue, manifest = self.live.knowledge.catalogue, self.live.knowledge.manifest
        plan = made_plan(facts)
        said_ads = _ads_said(ads, group, where, voice)
        card, sources = PlanWriter(catalogue, manifest, voice, said_ads).card(plan, facts)
        asked = (*offers.asked, *([ads] if ads else []))
        notes = (*place_notes(where, voice), *plan_notes(plan, facts, voice, catalogue.guides))
        notes = (*notes, *reach_notes(voice, *asked))
        result = MadePlan(
            sources=tuple(dict.fromkeys((*sources, *sources_of(*notes)))),
            statements=notes,
            missing=missing(*asked),
            stale=stale(*asked),
            is_live=self.live.clients is not None,
            group=group,
            card=card,
        )
        return told(result, _card_text(card))

    def _facts(
        self, group: OccupationGroup, profile: Profile, conditions: Conditions, today: str
    ) -> PlanFacts:
        """What the index knows of the person's way; blocking, since their words are linked."""
        catalogue = self.live.knowledge.catalogue
        known = input_from_words(self.live.knowledge.linker, profile)
        swedish = swedish_level(profile)
        # The way for all occupations says less than what is missing on this path.
        named = route_of(catalogue, group)
        way = named if named and named.ssyk_codes else None
        return PlanFacts(
            group=group,
            path=self.matcher.assess(group, known),
            conditions=conditions,
            today=today,
            way=way,
            route=route_steps(catalogue, group, origin_of(profile, group), swedish) if way else (),
            ready=self._ready(known, group) if conditions.needs_income or conditions.no_studies else (),
            needs_swedish=swedish is not None and swedish.order < Cefr.C1.order,
        )

    def _ready(self, known: MatchInput, group: OccupationGroup) -> tuple[OccupationGroup, ...]:
        """Other occupations that the person can work in now, the likeliest first."""
        return tuple(
            self.live.knowledge.catalogue.groups[path.concept_id]
            for path in self.matcher.rank(known, limit=_RANKED)
            if path.kind is PathKind.READY and path.concept_id != group.concept_id
        )

    async def _offers(self, facts: PlanFacts, where: Whereabouts) -> FoundForGaps:
        search = EducationSearch(self.live.knowledge, self.live.clients, where, facts.today)
        return await search_for_gaps(search, facts.group, needs_education(facts), facts.conditions)

    async def _detailed(self, offers: FoundForGaps) -> dict[Gap, Found]:
        """What was found, the best for each gap with what its own record says."""
        if self.live.clients is None:
            return offers.found
        best = [gap for gap, found in offers.found.items() if found.fitting]
        client = self.live.clients.planned_educations
        detailed = await with_details(client, [offers.found[gap].fitting[0] for gap in best])
        changed = {
            gap: replace(offers.found[gap], fitting=(first, *offers.found[gap].fitting[1:]))
            for gap, first in zip(best, detailed, strict=True)
        }
        return {**offers.found, **changed}

    async def _open_ads(self, group: OccupationGroup, where: Whereabouts) -> Reached[AdSearch] | None:
        if self.live.clients is None:
            return None
        asked = self.live.clients.jobsearch.search(
            occupation_group=group.concept_id, place=where.place, limit=0
        )
        return await reach(JOBSEARCH, asked)


def _ads_said(
    ads: Reached[Any] | None, group: OccupationGroup, where: Whereabouts, voice: Voice
) -> Statement | None:
    if ads is None or ads.answer is None:
        return None
    return total_statement(group, where.place, ads.answer.total, voice.as_of(ads.stale_since))


def _card_text(card: PlanCard) -> str:
    """The plan for the model."""
    lines = [f"Plan for {card.label} ({card.concept_id}). {card.total}"]
    for number, step in enumerate(card.steps, start=1):
        lines.append(f"{number}. {step.title}: {step.text} First: {step.first_action} {step.time}")
    return "\n".join(lines)
