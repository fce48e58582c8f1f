"""The tools to look around with: the page of one occupation, a comparison, and a search among occupations."""

from collections.abc import Sequence
from dataclasses import dataclass

from langchain_core.tools import ToolException

from assistant.agent.results import ComparedOccupations, ExploredOccupations, ShownOccupation
from assistant.agent.schemas import ProfileInput
from assistant.agent.tools.form import Tool, group_of
from assistant.agent.tools.live import LiveContext, place_notes, told
from assistant.agent.tools.searching import Search
from assistant.agent.tools.view import View, answers_of
from assistant.domain.concept import EducationLevel, Feature, OccupationGroup
from assistant.domain.language import Language
from assistant.domain.profile import Profile
from assistant.guidance.comparing import Compared, Comparer
from assistant.guidance.exploring import Wanted
from assistant.guidance.matching import Matcher
from assistant.guidance.occupation_page import SHOWN_EXAMPLES, PageWriter

_MOST_COMPARED = 3
# Work that lives by the language, although its ads take Swedish for granted and do not name it.
_MOSTLY_SWEDISH = frozenset((Feature.WRITING, Feature.TEACHING))
_NOBODY = ProfileInput()


@dataclass(frozen=True, slots=True)
class ExploreTools:
    """Tools that show one occupation, several side by side, and others that are near or alike."""

    live: LiveContext
    matcher: Matcher

    def methods(self) -> tuple[Tool, ...]:
        """The methods that are tools."""
        return (self.show_occupation, self.compare_occupations, self.explore_occupations)

    async def show_occupation(
        self, concept_id: str, language: Language, profile: ProfileInput = _NOBODY, place: str = ""
    ) -> tuple[str, ShownOccupation]:
        """Show the page of one occupation: tasks, how far it is, demand, pay, ads, education, who decides.

        Args:
            concept_id: Concept id of an occupation group, from find_occupations.
            language: Language of the person, sv or en.
            profile: All that the person has confirmed; leave out when nothing is known.
            place: Where in Sweden, in the person's words; empty for the whole country.
        """
        view = await View.of(self.live, self.matcher, profile, language, place)
        group = group_of(self.live.knowledge, concept_id)
        (market,) = await view.markets((group,), examples=SHOWN_EXAMPLES)
        page = PageWriter(view.facts, group, market, view.assessed(group), view.where, view.counties)
        card, facts = page.card()
        said = [line for fact in facts for line in fact.lines]
        statements = (*place_notes(view.where, view.voice), *said, *view.notes(answers_of(market)))
        result = ShownOccupation(
            **view.reached(answers_of(market)),
            sources=tuple(dict.fromkeys(source for fact in facts for source in fact.sources)),
            statements=statements,
            group=group,
            card=card,
        )
        return told(result)

    async def compare_occupations(
        self, concept_ids: list[str], language: Language, profile: ProfileInput = _NOBODY, place: str = ""
    ) -> tuple[str, ComparedOccupations]:
        """Compare two or three occupations side by side, what differs first.

        Args:
            concept_ids: Concept ids of two or three occupation groups, from find_occupations.
            language: Language of the person, sv or en.
            profile: All that the person has confirmed; leave out when nothing is known.
            place: Where in Sweden, in the person's words; empty for the whole country.
        """
        groups = tuple(group_of(self.live.knowledge, one) for one in dict.fromkeys(concept_ids))
        if not 2 <= len(groups) <= _MOST_COMPARED:
            raise ToolException("Give two or three different occupation groups to compare.")
        view = await View.of(self.live, self.matcher, profile, language, place)
        markets = await view.markets(groups, examples=0)
        compared = tuple(
            Compared(group, market, view.assessed(group))
            for group, market in zip(groups, markets, strict=True)
        )
        comparison = Comparer(view.facts, compared, view.where, view.county).comparison()
        notes = (
            *place_notes(view.where, view.voice),
            *comparison.differences,
            *view.notes(answers_of(*markets)),
        )
        result = ComparedOccupations(
            **view.reached(answers_of(*markets)),
            sources=comparison.sources,
            statements=notes,
            groups=groups,
            card=comparison.card,
        )
        rows = [f"{row.label}: {' | '.join(row.cells)}" for row in comparison.card.rows]
        return told(result, *rows)

    async def explore_occupations(
        self,
        profile: ProfileInput,
        language: Language,
        near: str = "",
        features: Sequence[Feature] = (),
        unwanted: Sequence[Feature] = (),
        without: Sequence[str] = (),
        licence: str = "",
        most_education: EducationLevel | None = None,
        little_swedish: bool = False,
        most_jobs: bool = False,
        place: str = "",
    ) -> tuple[str, ExploredOccupations]:
        """Find other occupations: near one, or by what the work is like, asks for or does without.

        Args:
            profile: All that the person has confirmed; may be empty.
            language: Language of the person, sv or en.
            near: Concept id of an occupation group to start from; empty for the person's own work.
            features: What the work should be like, all of these at once.
            unwanted: What the work should not be like.
            without: Concept ids of occupation groups that the person does not want to see.
            licence: A driving licence class that the person has and wants to use, such as C.
            most_education: The highest education that the work may usually ask for.
            little_swedish: Only when the person asks for work with little Swedish.
            most_jobs: Only when the person asks where there are most jobs.
            place: Where in Sweden, in the person's words; empty for the whole country.
        """
        view = await View.of(self.live, self.matcher, profile, language, place)
        filters = bool(features or unwanted or licence or most_education or little_swedish or most_jobs)
        wanted = Wanted(
            near=self._starts(near, view.profile, filters=filters),
            features=frozenset(features),
            unwanted=frozenset(unwanted) | (_MOSTLY_SWEDISH if little_swedish else frozenset()),
            licence=licence.strip().upper(),
            most_education=most_education,
            without=frozenset(without),
            is_open=little_swedish,
        )
        return await Search(view, wanted, little_swedish, most_jobs).answer()

    def _starts(self, near: str, profile: Profile, *, filters: bool) -> tuple[OccupationGroup, ...]:
        """The groups to start from: the one named, or the person's own where nothing else is asked for."""
        if near:
            return (group_of(self.live.knowledge, near),)
        own = () if filters else profile.experiences
        return tuple(group_of(self.live.knowledge, done.concept_id) for done in own)
