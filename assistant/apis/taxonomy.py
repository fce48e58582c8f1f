"""The JobTech Taxonomy API: GraphQL by GET, and autocomplete.

Contract: https://taxonomy.api.jobtechdev.se/v1/taxonomy/swagger-ui. An unknown id gives an empty
answer with status 200, never 404. Concepts are never deleted; a deprecated one names what
replaces it.
"""

import asyncio
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from assistant.apis.taxonomy_bulk import PAGE_SIZE, ConceptPage, concept_page
from assistant.apis.taxonomy_graphql import SERVICE, ask
from assistant.apis.transport import Transport
from assistant.apis.wire import Flag, ListOf, Text, Wire, parsed
from assistant.errors import ConceptNotFound, UpstreamMalformed

__all__ = ["SERVICE", "ConceptRef", "TaxonomyClient", "TaxonomyConcept", "concept_address"]

_CONCEPT_ID = re.compile(r"[A-Za-z0-9]{4}_[A-Za-z0-9]{3}_[A-Za-z0-9]{3}")
_VERSION_LIFETIME_S = 3600.0

_CONCEPT_QUERY = (
    "query Concept {{ concepts(id: {ids}, include_deprecated: true) "
    "{{ id type preferred_label definition deprecated ssyk_code_2012 "
    "replaced_by {{ id type preferred_label }} }} }}"
)
_NAMES_QUERY = (
    "query Names {{ concepts(id: {ids}) "
    '{{ id narrower(type: "occupation-name") {{ id type preferred_label }} }} }}'
)
_VERSIONS_QUERY = "query Versions { versions { id timestamp } }"


@dataclass(frozen=True, slots=True)
class ConceptRef:
    """A concept by id, type and label."""

    concept_id: str
    type: str
    preferred_label: str


@dataclass(frozen=True, slots=True)
class TaxonomyConcept:
    """A concept as the taxonomy has it now.

    `definition` and `ssyk_code` are empty where the taxonomy gives none.
    """

    concept_id: str
    type: str
    preferred_label: str
    definition: str
    ssyk_code: str
    deprecated: bool
    replaced_by: tuple[ConceptRef, ...]
    version: str


def concept_address(concept_id: str, base_url: str = "https://taxonomy.api.jobtechdev.se/v1/taxonomy") -> str:
    """The public address of one concept."""
    return f"{base_url}/main/concepts?id={concept_id}&include-deprecated=true"


class _WireRef(Wire):
    id: str
    type: Text = ""
    preferred_label: Text = ""


class _WireConcept(_WireRef):
    definition: Text = ""
    ssyk_code_2012: Text = ""
    deprecated: Flag = False
    replaced_by: ListOf[_WireRef] = []

    def to_concept(self, version: str) -> TaxonomyConcept:
        return TaxonomyConcept(
            concept_id=self.id,
            type=self.type,
            preferred_label=self.preferred_label,
            definition=self.definition,
            ssyk_code=self.ssyk_code_2012,
            deprecated=self.deprecated,
            replaced_by=tuple(ConceptRef(ref.id, ref.type, ref.preferred_label) for ref in self.replaced_by),
            version=version,
        )


class _ConceptsAnswer(Wire):
    concepts: ListOf[_WireConcept] = []


class _WireGroup(Wire):
    id: str
    narrower: ListOf[_WireRef] = []


class _NamesAnswer(Wire):
    concepts: ListOf[_WireGroup] = []


class _WireVersion(Wire):
    id: int


class _VersionsAnswer(Wire):
    versions: ListOf[_WireVersion] = []


class _Suggestion(Wire):
    id: Annotated[str, Field(alias="taxonomy/id")]
    type: Annotated[str, Field(alias="taxonomy/type")]
    preferred_label: Annotated[str, Field(alias="taxonomy/preferred-label")]


class _Suggestions(Wire):
    items: list[_Suggestion]


class TaxonomyClient:
    """Reads concepts from the taxonomy; the current version is remembered for an hour."""

    def __init__(self, transport: Transport, clock: Callable[[], float] = time.monotonic) -> None:
        self._transport = transport
        self._clock = clock
        self._version: tuple[str, float] | None = None

    async def concept(self, concept_id: str) -> TaxonomyConcept:
        """Read one concept, deprecated or not.

        Raises:
            ConceptNotFound: The taxonomy has no such concept.
            UpstreamError: The taxonomy could not be read.
        """
        # The id goes into a query text, so nothing but an id may pass.
        if not _CONCEPT_ID.fullmatch(concept_id):
            raise ConceptNotFound(concept_id)
        query = _CONCEPT_QUERY.format(ids=json.dumps([concept_id]))
        answer, version = await asyncio.gather(
            ask(self._transport, query, _ConceptsAnswer, operation="concept"), self.version()
        )
        if not answer.concepts:
            raise ConceptNotFound(concept_id)
        return answer.concepts[0].to_concept(version)

    async def occupation_names(self, group_id: str) -> tuple[ConceptRef, ...]:
        """The occupations of an occupation group, by label; none for a group that is not known.

        Raises:
            ConceptNotFound: What is given is no concept id.
            UpstreamError: The taxonomy could not be read.
        """
        if not _CONCEPT_ID.fullmatch(group_id):
            raise ConceptNotFound(group_id)
        query = _NAMES_QUERY.format(ids=json.dumps([group_id]))
        answer = await ask(self._transport, query, _NamesAnswer, operation="occupation names")
        names = (
            ConceptRef(ref.id, ref.type, ref.preferred_label) for g in answer.concepts for ref in g.narrower
        )
        return tuple(sorted(names, key=lambda name: name.preferred_label))

    async def version(self) -> str:
        """The number of the newest published version, such as `31`.

        Raises:
            UpstreamError: The taxonomy could not be read.
        """
        if self._version and self._clock() < self._version[1]:
            return self._version[0]
        answer = await ask(self._transport, _VERSIONS_QUERY, _VersionsAnswer, operation="versions")
        if not answer.versions:
            raise UpstreamMalformed(service=SERVICE, operation="versions", reason="no version")
        newest = str(max(version.id for version in answer.versions))
        self._version = (newest, self._clock() + _VERSION_LIFETIME_S)
        return newest

    async def autocomplete(self, text: str, *, type: str, limit: int = 10) -> tuple[ConceptRef, ...]:
        """Concepts of one type whose label holds the text.

        Args:
            text: Part of a label.
            type: A concept type, such as `occupation-name`; one a request.
            limit: Most concepts wanted.

        Raises:
            UpstreamError: The taxonomy could not be read.
        """
        raw = await self._transport.get_json(
            "/suggesters/autocomplete",
            {"query-string": text, "type": type, "limit": limit},
            operation="autocomplete",
            is_personal=True,
        )
        found = parsed(_Suggestions, {"items": raw}, service=SERVICE, operation="autocomplete")
        return tuple(ConceptRef(item.id, item.type, item.preferred_label) for item in found.items)

    async def concepts(
        self, types: Sequence[str], *, relations: Sequence[str] = (), offset: int, limit: int = PAGE_SIZE
    ) -> ConceptPage:
        """Read one page of concepts of some types, retired ones too; see `concept_page`.

        Raises:
            UpstreamError: The taxonomy could not be read.
        """
        return await concept_page(self._transport, types, relations=relations, offset=offset, limit=limit)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()
