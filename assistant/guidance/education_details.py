"""What an education's own record adds: who may apply, what it costs, and whether there is student aid."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.apis.planned_educations import SERVICE as PLANNED
from assistant.apis.planned_educations import PlannedEducationsClient, PlannedEvent
from assistant.domain.concept import GuidePage
from assistant.guidance.educations import OfferedEducation, education_source
from assistant.guidance.reach import Reached, reach
from assistant.guidance.statement import Statement, Voice, one_line
from assistant.guidance.study_forms import form_statement, study_form

# Ids of events, which the index and Planned Educations share; JobEd Connect has those of educations.
_EVENT = "e."
_ABOUT = ("eligibility", "cost", "aid")
_LONGEST = 200


async def with_details(
    client: PlannedEducationsClient, educations: Sequence[OfferedEducation]
) -> tuple[OfferedEducation, ...]:
    """The same educations with what their own records add; those whose record cannot be read as they are.

    Args:
        client: Where records are read, one request each, so only for the few that are shown.
        educations: The educations.
    """
    return tuple(await asyncio.gather(*(_detailed(client, education) for education in educations)))


async def _detailed(client: PlannedEducationsClient, education: OfferedEducation) -> OfferedEducation:
    if not education.record_id.startswith(_EVENT):
        return education
    reached: Reached[PlannedEvent] = await reach(PLANNED, client.event(education.record_id))
    event = reached.answer
    if event is None:
        return education
    return replace(
        education,
        eligibility=event.requirements,
        fee=event.fee,
        gives_student_aid=event.has_student_aid,
        time_of_study=event.time_of_study or education.time_of_study,
    )


def detail_statements(
    education: OfferedEducation, voice: Voice, guides: Mapping[str, GuidePage]
) -> tuple[Statement, ...]:
    """Who may apply, what it costs and whether there is student aid."""
    said = (detail_statement(education, about, voice, guides) for about in _ABOUT)
    return tuple(statement for statement in said if statement)


def detail_statement(
    education: OfferedEducation, about: str, voice: Voice, guides: Mapping[str, GuidePage]
) -> Statement | None:
    """One of these, by the record where it says so, else by the rule for its form of education.

    Args:
        education: With details, where they were read.
        about: `eligibility`, `cost` or `aid`.
        voice: The language to say it in.
        guides: The guide pages by id.

    Returns:
        None where neither says anything.
    """
    words = {"eligibility": education.eligibility, "cost": education.fee, "aid": _aid(education, voice)}[
        about
    ]
    if not words:
        form = study_form(education.form)
        return form_statement(form, about, voice, guides) if form else None
    text = voice.say(f"study.own.{about}", title=education.title, words=_short(words))
    source = education_source(education, text, voice, about)
    return Statement(f"{text} {source.token}", source)


def _aid(education: OfferedEducation, voice: Voice) -> str:
    if education.gives_student_aid is None:
        return ""
    return voice.say("study.own.aid_yes" if education.gives_student_aid else "study.own.aid_no")


def _short(words: str) -> str:
    """The beginning of a long text, up to the end of a word."""
    line = one_line(words)
    if len(line) <= _LONGEST:
        return line.rstrip(".")
    return f"{line[:_LONGEST].rpartition(' ')[0].rstrip(',.;:')} …"
