"""The tool on educations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from langchain_core.tools import ToolException

from assistant.agent.results import FoundEducations
from assistant.agent.tools.form import Tool, group_of
from assistant.agent.tools.live import LiveContext, cited, place_notes, reach_notes, told
from assistant.domain.language import Language
from assistant.guidance.education_details import detail_statements, with_details
from assistant.guidance.education_search import EducationSearch, FoundOffers
from assistant.guidance.educations import OfferedEducation, chosen, education_statement
from assistant.guidance.reach import missing, stale
from assistant.guidance.statement import Statement, Voice
from assistant.guidance.whereabouts import Whereabouts

_IN_REGION = 1


@dataclass(frozen=True, slots=True)
class StudyTools:
    """Tools that find educations to apply for."""

    live: LiveContext

    def methods(self) -> tuple[Tool, ...]:
        """The methods that are tools."""
        return (self.search_educations,)

    async def search_educations(
        self,
        language: Language,
        concept_id: str = "",
        query: str = "",
        place: str = "",
        at_distance: bool = False,
    ) -> tuple[str, FoundEducations]:
        """Find educations that one can still apply for, for an occupation or by subject.

        They are komvux, folk high schools, higher vocational education, universities and labour-market
        training. Give concept_id, query or both.

        Args:
            language: Language of the person, sv or en.
            concept_id: Concept id of the occupation group that the education is for.
            query: A subject or the name of an education, in Swedish if you can.
            place: Where in Sweden, in the person's words; empty for the whole country.
            at_distance: Only those at a distance, when the person asks for that.
        """
        if not concept_id and not query.strip():
            raise ToolException("Give concept_id from find_occupations, or query, or both.")
        live, voice = self.live, self.live.voice(language)
        group = group_of(live.knowledge, concept_id) if concept_id else None
        where, today = live.where(place), voice.now[:10]
        search = EducationSearch(live.knowledge, live.clients, where, today, at_distance)
        found = await search.find(group, query)
        shown, total = chosen(found.educations, where, today)
        shown = await self._first_detailed(shown)
        statements = [*place_notes(where, voice), *_elsewhere(shown, where, voice, at_distance=at_distance)]
        if shown and found.group and found.group is not group:
            statements.append(Statement(voice.say("education.meant", work=found.group.name(language))))
        statements += self._told(shown, found, voice)
        if live.clients is None:
            statements.append(Statement(voice.say("live.switched_off")))
        elif not shown and not missing(*found.asked):
            none = "education.none_at_distance" if at_distance else "education.none"
            statements.append(Statement(voice.say(none)))
        statements += reach_notes(voice, *found.asked)
        result = FoundEducations(
            **cited(statements),
            missing=missing(*found.asked),
            stale=stale(*found.asked),
            is_live=live.clients is not None,
            group=found.group,
            where=where,
            total=total,
            educations=shown,
        )
        return told(result, f"These are {len(shown)} of {total} found.")

    async def _first_detailed(self, shown: tuple[OfferedEducation, ...]) -> tuple[OfferedEducation, ...]:
        """The same, the first with what its own record adds."""
        if self.live.clients is None:
            return shown
        return (*await with_details(self.live.clients.planned_educations, shown[:1]), *shown[1:])

    def _told(
        self, shown: Sequence[OfferedEducation], found: FoundOffers, voice: Voice
    ) -> Iterator[Statement]:
        """Each education in a line, dated by when its source gave it; more of the first."""
        since = dict(stale(*found.asked))
        for education in shown:
            yield education_statement(education, voice.as_of(since.get(education.system, "")))
        for first in shown[:1]:
            yield from detail_statements(first, voice, self.live.knowledge.catalogue.guides)


def _elsewhere(
    shown: Sequence[OfferedEducation], where: Whereabouts, voice: Voice, *, at_distance: bool
) -> tuple[Statement, ...]:
    """What has to be said where none of the educations is in the place or its region."""
    if not shown or where.place is None or at_distance or shown[0].nearness(where.place) <= _IN_REGION:
        return ()
    return (Statement(voice.say("education.elsewhere", place=where.place.name)),)
