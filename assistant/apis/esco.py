"""ESCO, the European classification of occupations and skills.

Contract: https://ec.europa.eu/esco/api/doc/esco_api_doc.html. `offset` is the number of a page, counted
from zero, and the version is always named, because the documents disagree on which is the default.
Labels come in all languages at once, titles of links in the language asked for alone.
"""

import math
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from assistant.apis.esco_wire import (
    EscoHit,
    EscoLink,
    EscoResource,
    EscoText,
    EscoType,
    RelatedAnswer,
    SearchAnswer,
    WireResource,
)
from assistant.apis.transport import Params, Transport
from assistant.apis.wire import parsed
from assistant.domain.language import Language
from assistant.errors import ConceptNotFound, UpstreamRejected

__all__ = [
    "ISCO_SCHEME",
    "NOTICE",
    "SERVICE",
    "SKILL_GROUP_SCHEME",
    "VERSION",
    "EscoClient",
    "EscoHit",
    "EscoHits",
    "EscoLink",
    "EscoPage",
    "EscoResource",
    "EscoText",
    "EscoType",
    "concept_address",
]

SERVICE = "ESCO"
VERSION = "v1.2.0"
NOTICE = "This service uses the ESCO classification of the European Commission."
"""The notice that the terms of use require wherever ESCO is shown."""

ISCO_SCHEME = "http://data.europa.eu/esco/concept-scheme/isco"
SKILL_GROUP_SCHEME = "http://data.europa.eu/esco/concept-scheme/skills-hierarchy"

_URI_START = "http://data.europa.eu/esco/"
_LONGEST_TEXT = 200
_RELATED_SIZE = 100
_RELATED_PAGES = 20
_Plain: TypeAlias = str | int


@dataclass(frozen=True, slots=True)
class EscoHits:
    """Hits of a search, best first, and how many there are in all."""

    total: int
    hits: tuple[EscoHit, ...]


@dataclass(frozen=True, slots=True)
class EscoPage:
    """One page of all resources of a type.

    Attributes:
        resources: Those that could be read.
        total: How many there are on all pages.
        pages: How many pages there are.
        skipped: How many of this page could not be read.
    """

    resources: tuple[EscoResource, ...]
    total: int
    pages: int
    skipped: int


def concept_address(uri: str, language: Language = Language.EN) -> str:
    """The page of one concept at ESCO's own site.

    Args:
        uri: Of an occupation, a skill or a group.
        language: That of the page.
    """
    kind = "skill" if uri.startswith((f"{_URI_START}skill/", f"{_URI_START}isced-f/")) else "occupation"
    return f"https://esco.ec.europa.eu/{language}/classification/{kind}?uri={quote(uri, safe='')}"


class EscoClient:
    """Reads ESCO in one version of the classification."""

    def __init__(self, transport: Transport, version: str = VERSION) -> None:
        self._transport = transport
        self.version = version

    async def search(
        self, text: str, *, type: EscoType, language: Language, limit: int = 10, page: int = 0
    ) -> EscoHits:
        """Search labels, preferred and alternative, for a person's words.

        Args:
            text: Words in the given language; blank finds nothing, and over 200 characters are cut.
            type: What to look for.
            language: That of the words and of the hits' labels.
            limit: Most hits on a page, 1-100.
            page: Number of the page, from 0.

        Raises:
            UpstreamError: ESCO could not be read.
        """
        if not text.strip():
            return EscoHits(0, ())
        raw = await self._get(
            "/search",
            {
                "text": text.strip()[:_LONGEST_TEXT],
                "type": type,
                "language": language,
                "limit": limit,
                "offset": page,
            },
            operation="search",
            is_personal=True,
        )
        answer = parsed(SearchAnswer, raw, service=SERVICE, operation="search")
        hits = tuple(item.to_hit(language) for item in answer.resources())
        return EscoHits(max(answer.total, len(hits)), hits)

    async def resource(self, uri: str, *, type: EscoType, language: Language) -> EscoResource:
        """Read one occupation, skill or group with all that it is related to.

        Args:
            uri: Full ESCO URI.
            type: What it is.
            language: That of the titles of related concepts.

        Raises:
            ConceptNotFound: ESCO has no such concept in this version.
            UpstreamError: ESCO could not be read.
        """
        raw = await self._of_concept(
            f"/resource/{type}", {"uri": uri, "language": language}, operation="resource"
        )
        return parsed(WireResource, raw, service=SERVICE, operation="resource").to_resource()

    async def related(self, uri: str, *, relation: str, language: Language) -> tuple[EscoLink, ...]:
        """All concepts that one concept has a relation to.

        Args:
            uri: Full ESCO URI.
            relation: ESCO's name of it, such as `hasEssentialSkill`.
            language: That of the titles.

        Raises:
            ConceptNotFound: ESCO has no such concept in this version.
            UpstreamError: ESCO could not be read.
        """
        found: dict[str, EscoLink] = {}
        for page in range(_RELATED_PAGES):
            raw = await self._of_concept(
                "/resource/related",
                {
                    "uri": uri,
                    "relation": relation,
                    "language": language,
                    "limit": _RELATED_SIZE,
                    "offset": page,
                },
                operation="related",
            )
            answer = parsed(RelatedAnswer, raw, service=SERVICE, operation="related")
            links = [item.to_link(language) for item in (answer.embedded or {}).get(relation, [])]
            known = len(found)
            found |= {link.uri: link for link in links if link.uri}
            # A page that brings nothing new ends it, whatever total the answer claims.
            if len(found) in (known, answer.total):
                break
        return tuple(found.values())

    async def page_of(
        self, type: EscoType, *, page: int, size: int = 100, scheme: str = "", with_obsolete: bool = False
    ) -> EscoPage:
        """Read one page of all resources of a type, whole, ordered by label.

        ESCO caps sizes; `pages` of the answer counts by the size that it really used.

        Args:
            type: What to read; `concept` with a scheme gives the groups.
            page: Number of the page, from 0.
            size: Resources wanted on a page, 1-500.
            scheme: URI of a concept scheme that they must be in, such as `ISCO_SCHEME`; any if empty.
            with_obsolete: Take those too that this version has retired; their status is not `released`.

        Raises:
            UpstreamError: ESCO could not be read.
        """
        params: dict[str, _Plain] = {"type": type, "language": Language.SV, "limit": size, "offset": page}
        if scheme:
            params["isInScheme"] = scheme
        if with_obsolete:
            params["viewObsolete"] = "true"
        raw = await self._get("/search", {**params, "full": "true"}, operation="page")
        answer = parsed(SearchAnswer, raw, service=SERVICE, operation="page")
        resources = tuple(item.to_resource() for item in answer.resources())
        total = max(answer.total, answer.count)
        pages = math.ceil(total / (answer.limit or size))
        return EscoPage(resources, total, pages, answer.count - len(resources))

    async def skills_of(
        self, uri: str, *, language: Language
    ) -> tuple[tuple[EscoLink, ...], tuple[EscoLink, ...]]:
        """Essential and optional skills of an occupation.

        Raises:
            ConceptNotFound: ESCO has no such occupation in this version.
            UpstreamError: ESCO could not be read.
        """
        occupation = await self.resource(uri, type="occupation", language=language)
        return occupation.essential_skills, occupation.optional_skills

    async def _of_concept(self, path: str, params: Params, *, operation: str) -> object:
        uri = str(params["uri"])
        if not uri.startswith(_URI_START):
            raise ConceptNotFound(uri)
        try:
            return await self._get(path, params, operation=operation)
        except UpstreamRejected as error:
            if error.status == 404:
                raise ConceptNotFound(uri) from error
            raise

    async def _get(self, path: str, params: Params, *, operation: str, is_personal: bool = False) -> object:
        answer: object = await self._transport.get_json(
            path,
            {**params, "selectedVersion": self.version},
            operation=operation,
            is_personal=is_personal,
        )
        return answer

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()
