"""The JobEd Connect API: the bridge between educations and occupations.

Contract: https://jobed-connect-api.jobtechdev.se. The match endpoints are POST with everything in the
address and no body. A school form or a code that the service does not know gives no hits and no
error, so they are checked here.

A person's text goes into the address, which the service or a proxy before it may log: it is cut to
2,000 characters, is never cached here, and identity numbers are stopped before any tool is called.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from urllib.parse import quote

from pydantic import Field

from assistant.apis.jobed_occupations import (
    AskedAnswer,
    AskedTerm,
    AskedTerms,
    MatchedOccupation,
    OccupationMatches,
    OccupationsAnswer,
)
from assistant.apis.jobed_wire import Execution, JobEdEducation, WireFlatEducation, WireNestedEducation
from assistant.apis.transport import Transport
from assistant.apis.wire import ListOf, Text, Wire, parsed
from assistant.domain.addresses import Addresses
from assistant.errors import ConceptNotFound, UpstreamRejected

__all__ = [
    "SERVICE",
    "AskedTerm",
    "AskedTerms",
    "EducationForm",
    "EducationMatches",
    "Execution",
    "JobEdClient",
    "JobEdEducation",
    "MatchedOccupation",
    "OccupationMatches",
    "education_address",
]

SERVICE = "JobEd Connect"
LONGEST_TEXT = 2000
MOST_HITS = 100
_CONCEPT_ID = re.compile(r"[A-Za-z0-9]{4}_[A-Za-z0-9]{3}_[A-Za-z0-9]{3}")
_EDUCATION_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")


class EducationForm(StrEnum):
    """The school forms that the service knows, by its own codes."""

    LABOUR_MARKET_TRAINING = "af arbetsmarknadsutbildning"
    FOLK_HIGH_SCHOOL = "fhs"
    HIGHER_EDUCATION = "hs"
    ARTS_AND_CULTURE = "kku"
    ADULT_COMPULSORY = "vuxgr"
    ADULT_UPPER_SECONDARY = "vuxgy"
    HIGHER_VOCATIONAL = "yh"


@dataclass(frozen=True, slots=True)
class EducationMatches:
    """Educations found; `occupation_label` is what the service matched against, if anything."""

    total: int
    occupation_label: str
    educations: tuple[JobEdEducation, ...]


def education_address(education: JobEdEducation, base_url: str = Addresses().jobed) -> str:
    """The public address of an education: its provider's page, else its record in the API."""
    return education.url or f"{base_url}/educations/{quote(education.education_id, safe='')}"


class _SearchAnswer(Wire):
    hits: int | None = None
    result: ListOf[WireNestedEducation]


class _MappedOccupation(Wire):
    occupation_label: Text = ""


class _MatchAnswer(Wire):
    mapped: Annotated[_MappedOccupation | None, Field(alias="mapped_occupation_for_match")] = None
    hits_total: int | None = None
    hits: ListOf[WireFlatEducation]


class JobEdClient:
    """Asks JobEd Connect; every method raises `UpstreamError` when the service could not be read."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def occupations_for_text(
        self, text: str, *, headline: str = "", limit: int = 10
    ) -> OccupationMatches:
        """Occupations that fit a text in Swedish, such as an education's description or a person's words.

        Args:
            text: What is beyond 2,000 characters is left out.
            headline: Weighs more than the text; cut in the same way.
            limit: Most occupations wanted, 1-100.
        """
        if not text.strip():
            return OccupationMatches(total=0, skills=(), occupations=(), matches=())
        params: dict[str, str | int] = {
            "input_text": _cut(text),
            "input_headline": _cut(headline),
            "limit": _limit(limit),
            "include_metadata": "true",
        }
        operation = "occupations for a text"
        raw = await self._transport.post_json("/occupations/match-by-text", params, operation=operation)
        return parsed(OccupationsAnswer, raw, service=SERVICE, operation=operation).to_matches()

    async def educations_for_occupation(
        self, occupation_id: str, *, is_distance: bool | None = None, limit: int = 10
    ) -> EducationMatches:
        """Educations for an occupation.

        Args:
            occupation_id: Concept id of an occupation, not of a group.
            is_distance: True for distance alone; False for no distance, with a total that counts both;
                None for both.
            limit: Most educations wanted, 1-100.

        Raises:
            ConceptNotFound: What is given is no concept id.
        """
        params: dict[str, str | int] = {"occupation_id": _concept_id(occupation_id), "limit": _limit(limit)}
        # The service heeds `distance=true` alone, so the opposite is sorted out here.
        if is_distance:
            params["distance"] = "true"
        found = await self._matches("occupation", params)
        if is_distance is not False:
            return found
        near = tuple(education for education in found.educations if not education.is_distance)
        return EducationMatches(found.total, found.occupation_label, near)

    async def educations_for_jobtitle(
        self, title: str, *, region_code: str = "", limit: int = 10
    ) -> EducationMatches:
        """Educations for a job title in a person's words.

        Args:
            title: In Swedish; cut as a text is.
            region_code: Two digits; empty for all of Sweden.
            limit: Most educations wanted, 1-100.

        Raises:
            ValueError: A code has another form.
        """
        if not title.strip():
            return EducationMatches(total=0, occupation_label="", educations=())
        params: dict[str, str | int] = {
            "jobtitle": _cut(title),
            "limit": _limit(limit),
            **_code("region_code", region_code, digits=2),
        }
        return await self._matches("jobtitle", params)

    async def educations(
        self,
        query: str = "",
        *,
        form: EducationForm | None = None,
        region_code: str = "",
        municipality_code: str = "",
        limit: int = 10,
        offset: int = 0,
    ) -> EducationMatches:
        """Search educations; one may stand several times, once a municipality.

        Args:
            query: Words; empty for all.
            form: School form.
            region_code: Two digits.
            municipality_code: Four digits; adult education often has none, and is then not found.
            limit: Most educations wanted, 1-100.
            offset: Number of educations to leap over.

        Raises:
            ValueError: A code has another form.
        """
        params: dict[str, str | int] = {
            **({"query": _cut(query)} if query.strip() else {}),
            **({"education_form": EducationForm(form).value} if form else {}),
            **_code("region_code", region_code, digits=2),
            **_code("municipality_code", municipality_code, digits=4),
            "limit": _limit(limit),
            "offset": offset,
        }
        operation = "educations"
        raw = await self._transport.get_json(
            "/educations", params, operation=operation, is_personal="query" in params
        )
        answer = parsed(_SearchAnswer, raw, service=SERVICE, operation=operation)
        educations = tuple(row.to_education() for row in answer.result)
        return EducationMatches(len(educations) if answer.hits is None else answer.hits, "", educations)

    async def education(self, education_id: str) -> JobEdEducation:
        """Read one education.

        Raises:
            UpstreamRejected: Status 404: there is no such education.
        """
        operation = "education"
        if not _EDUCATION_ID.fullmatch(education_id):
            raise UpstreamRejected(service=SERVICE, operation=operation, status=404)
        raw = await self._transport.get_json(f"/educations/{education_id}", {}, operation=operation)
        return parsed(WireNestedEducation, raw, service=SERVICE, operation=operation).to_education()

    async def asked_terms(self, occupation_id: str) -> AskedTerms:
        """What the ads for an occupation ask for.

        Raises:
            ConceptNotFound: What is given is no concept id.
        """
        params = {"occupation_id": _concept_id(occupation_id), "include_metadata": "true"}
        operation = "terms asked for"
        raw = await self._transport.get_json("/enriched_occupations", params, operation=operation)
        # No answer was ever recorded; a list with the one occupation is as likely as the occupation.
        only = raw[0] if isinstance(raw, list) and len(raw) == 1 else raw
        answer = parsed(AskedAnswer, only, service=SERVICE, operation=operation)
        return answer.to_asked_terms(occupation_id)

    async def _matches(self, by: str, params: Mapping[str, str | int]) -> EducationMatches:
        operation = f"educations by {by}"
        raw = await self._transport.post_json(f"/educations/match-by-{by}", params, operation=operation)
        answer = parsed(_MatchAnswer, raw, service=SERVICE, operation=operation)
        educations = tuple(hit.to_education() for hit in answer.hits)
        return EducationMatches(
            total=len(educations) if answer.hits_total is None else answer.hits_total,
            occupation_label=answer.mapped.occupation_label if answer.mapped else "",
            educations=educations,
        )


def _cut(text: str) -> str:
    """The text on one line, within the limit, cut between words where there are any."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_TEXT:
        return line
    head, _, _ = line[: LONGEST_TEXT + 1].rpartition(" ")
    return head or line[:LONGEST_TEXT]


def _limit(limit: int) -> int:
    return max(1, min(limit, MOST_HITS))


def _concept_id(concept_id: str) -> str:
    if not _CONCEPT_ID.fullmatch(concept_id):
        raise ConceptNotFound(concept_id)
    return concept_id


def _code(name: str, code: str, *, digits: int) -> dict[str, str]:
    if code and not re.fullmatch(rf"[0-9]{{{digits}}}", code):
        raise ValueError(f"{name} is not {digits} digits: {code!r}")
    return {name: code} if code else {}
