"""Qualifications in the European Learning Model, from a file, an archive or an address.

No public interface of MYH's own database of qualifications is known. What Sweden publishes to Europass
comes out of its Qualifications Dataset Register in this model; `docs/data-sources.md` says where.
Application profile: Learning Opportunities and Qualifications, https://europa.eu/europass/elm-browser/.
"""

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SKOS
from rdflib.term import Node

from assistant.apis.elm_documents import from_bytes, from_path
from assistant.apis.elm_graph import SERVICE, ElmFormat, read_graph
from assistant.apis.transport import Transport

__all__ = [
    "SERVICE",
    "ElmFormat",
    "LearningOutcome",
    "Qualification",
    "QualificationsReader",
    "is_address",
    "read_qualifications",
]

ELM = Namespace("http://data.europa.eu/snb/model/elm/")
REGORG = Namespace("http://www.w3.org/ns/regorg#")
ACCEPT = "text/turtle, application/rdf+xml, application/ld+json, application/zip;q=0.8"

_KINDS = (ELM.Qualification, ELM.LearningAchievementSpecification)
_READ = frozenset(
    {
        DCTERMS.title,
        DCTERMS.description,
        DCTERMS.language,
        FOAF.homepage,
        SKOS.prefLabel,
        SKOS.notation,
        REGORG.legalName,
        ELM.contentUrl,
        ELM.noteLiteral,
        ELM.status,
        ELM.EQFLevel,
        ELM.NQFLevel,
        ELM.ISCEDFCode,
        ELM.learningOutcome,
        ELM.learningOutcomeSummary,
        ELM.relatedESCOSkill,
        ELM.awardedBy,
        ELM.awardingBody,
        ELM.awardingOpportunity,
        ELM.specifiedBy,
    }
)
_EQF = re.compile(r"(?:http://data\.europa\.eu/snb/eqf/)?([1-8])")
_SEQF = re.compile(r"seqf\D*([1-8])\b", re.IGNORECASE)
_ISCED = re.compile(r"http://data\.europa\.eu/snb/isced-f/([0-9]{2,4})")
_LANGUAGE = re.compile(r"http://publications\.europa\.eu/resource/authority/language/([A-Z_]+)")
_CURRENT = "released"


@dataclass(frozen=True, slots=True)
class LearningOutcome:
    """What its holder knows or can do; titles by language, and the URIs of ESCO skills that say the same."""

    titles: Mapping[str, str]
    esco_skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualification; texts are empty where the document gives none in that language.

    Attributes:
        uri: Its identifier; empty when it has none of its own.
        titles: By language code, such as `sv`; the code is empty where the document does not say.
        descriptions: As the titles; may hold HTML.
        summaries: What the learning outcomes come to, as the titles.
        eqf_level: 1-8 in the European Qualifications Framework.
        nqf_level: 1-8 in the Swedish framework, SeQF. None for a level of another country, and where the
            document gives the level's address alone.
        learning_outcomes: In the order of their titles.
        awarding_body: Names of those who award it.
        isced_codes: Fields of education, ISCED-F 2013, 2-4 digits.
        homepage: An address of the web.
        languages: Of the information; codes of the EU's authority table, such as `SWE`.
        is_withdrawn: The register says that it is no longer published.
        source_format: How the document was written.
    """

    uri: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    summaries: Mapping[str, str]
    eqf_level: int | None
    nqf_level: int | None
    learning_outcomes: tuple[LearningOutcome, ...]
    awarding_body: str
    isced_codes: tuple[str, ...]
    homepage: str
    languages: tuple[str, ...]
    is_withdrawn: bool
    source_format: ElmFormat

    @property
    def title_sv(self) -> str:
        """The title in Swedish."""
        return self.titles.get("sv", "")

    @property
    def title_en(self) -> str:
        """The title in English."""
        return self.titles.get("en", "")


def is_address(source: str) -> bool:
    """Whether the setting is an address, which needs a transport, and not a file or a folder."""
    return source.startswith(("https://", "http://"))


def read_qualifications(content: bytes, *, name: str = "", media_type: str = "") -> tuple[Qualification, ...]:
    """Read the qualifications in one document.

    Args:
        content: RDF/XML, Turtle or JSON-LD, at most 20 MB.
        name: File name or address; tells the format where the media type does not.
        media_type: As the document was sent.

    Returns:
        In the order of their URIs; one without any title is left out. Empty when there are none.

    Raises:
        UpstreamMalformed: The document cannot be read, or asks for something else to be read.
    """
    gathered = _Gathered()
    gathered.add(*read_graph(content, name=name, media_type=media_type))
    return gathered.qualifications()


class QualificationsReader:
    """Reads all qualifications from where the setting says: a file, a folder, or an address.

    A file or an address may be a ZIP archive of documents, such as Europass' export of a country. Its
    documents are read one after the other, and may speak of each other's resources. An address needs a
    transport, which bounds its size; a file needs none.
    """

    def __init__(self, source: str, transport: Transport | None = None) -> None:
        self._source = source
        self._transport = transport

    async def read(self) -> tuple[Qualification, ...]:
        """Read them; empty when the setting is.

        Raises:
            UpstreamUnavailable: There is no such file or folder.
            UpstreamMalformed: Something in it cannot be read or is too large.
            UpstreamError: The address could not be read.
        """
        if not self._source:
            return ()
        if self._transport is None:
            return await asyncio.to_thread(lambda: _read_all(from_path(Path(self._source))))
        address, _, query = self._source.partition("?")
        content = await self._transport.get_bytes(
            address, parse_qs(query, keep_blank_values=True), operation="qualifications", accept=ACCEPT
        )
        return await asyncio.to_thread(lambda: _read_all(from_bytes(self._source, content)))


def _read_all(documents: Iterable[tuple[str, bytes]]) -> tuple[Qualification, ...]:
    gathered = _Gathered()
    for name, content in documents:
        gathered.add(*read_graph(content, name=name))
    return gathered.qualifications()


class _Gathered:
    """What documents say of qualifications; learning opportunities, most of an export, are left out."""

    def __init__(self) -> None:
        self._graph = Graph()
        self._formats: dict[Node, ElmFormat] = {}

    def add(self, document: Graph, form: ElmFormat) -> None:
        """Take what is needed of one document."""
        opportunities = set(document.subjects(RDF.type, ELM.LearningOpportunity))
        their_notes = {note for opportunity in opportunities for note in document.objects(opportunity)}
        for subject, predicate, value in document:
            is_their_note = predicate == ELM.noteLiteral and subject in their_notes
            if predicate in _READ and subject not in opportunities and not is_their_note:
                self._graph.add((subject, predicate, value))
        for kind in _KINDS:
            for subject in document.subjects(RDF.type, kind):
                self._formats.setdefault(subject, form)

    def qualifications(self) -> tuple[Qualification, ...]:
        """All of them, by URI."""
        found = (self._qualification(node, form) for node, form in self._formats.items())
        titled = (qualification for qualification in found if qualification.titles)
        return tuple(sorted(titled, key=lambda q: (q.uri, sorted(q.titles.items()))))

    def _qualification(self, node: Node, form: ElmFormat) -> Qualification:
        # A credential names the achievement, and points to the qualification that specifies it.
        claims = list(self._graph.subjects(ELM.specifiedBy, node))
        status = {str(value) for value in self._graph.objects(node, ELM.status)}
        return Qualification(
            uri=str(node) if isinstance(node, URIRef) else "",
            titles=self._texts([node], DCTERMS.title) or self._texts(claims, DCTERMS.title),
            descriptions=self._texts([node], DCTERMS.description),
            summaries=self._texts(self._graph.objects(node, ELM.learningOutcomeSummary), ELM.noteLiteral),
            eqf_level=self._eqf_level(node),
            nqf_level=self._nqf_level(node),
            learning_outcomes=self._learning_outcomes(node),
            awarding_body=self._awarding_body([node, *claims]),
            isced_codes=self._codes(node, ELM.ISCEDFCode, _ISCED),
            homepage=self._homepage(node),
            languages=self._codes(node, DCTERMS.language, _LANGUAGE),
            is_withdrawn=bool(status) and _CURRENT not in status,
            source_format=form,
        )

    def _texts(self, nodes: Iterable[Node], predicate: URIRef) -> dict[str, str]:
        """Literals by language; of two in one language the first in the alphabet."""
        literals = (value for node in nodes for value in self._graph.objects(node, predicate))
        written = sorted(
            ((value.language or "").partition("-")[0].casefold(), str(value).strip())
            for value in literals
            if isinstance(value, Literal) and str(value).strip()
        )
        return dict(reversed(written))

    def _codes(self, node: Node, predicate: URIRef, pattern: re.Pattern[str]) -> tuple[str, ...]:
        values = (pattern.fullmatch(str(value)) for value in self._graph.objects(node, predicate))
        return tuple(sorted({match[1] for match in values if match}))

    def _eqf_level(self, node: Node) -> int | None:
        levels = self._codes(node, ELM.EQFLevel, _EQF)
        # Two levels are no level.
        return int(levels[0]) if len(levels) == 1 else None

    def _nqf_level(self, node: Node) -> int | None:
        names = [
            str(name)
            for level in self._graph.objects(node, ELM.NQFLevel)
            for name in (
                level,
                *self._graph.objects(level, SKOS.prefLabel),
                *self._graph.objects(level, SKOS.notation),
            )
        ]
        levels = {match[1] for name in names if (match := _SEQF.search(name))}
        return int(levels.pop()) if len(levels) == 1 else None

    def _learning_outcomes(self, node: Node) -> tuple[LearningOutcome, ...]:
        outcomes = []
        for outcome in self._graph.objects(node, ELM.learningOutcome):
            titles = self._texts([outcome], DCTERMS.title)
            skills = {str(skill) for skill in self._graph.objects(outcome, ELM.relatedESCOSkill)}
            if titles or skills:
                outcomes.append(LearningOutcome(titles, tuple(sorted(skills))))
        return tuple(
            sorted(outcomes, key=lambda outcome: (sorted(outcome.titles.items()), outcome.esco_skills))
        )

    def _awarding_body(self, nodes: Iterable[Node]) -> str:
        names = set()
        for body in self._awarding_bodies(nodes):
            by_language = self._texts([body], REGORG.legalName)
            names.add(by_language.get("sv") or by_language.get("en") or next(iter(by_language.values()), ""))
        return ", ".join(sorted(filter(None, names)))

    def _awarding_bodies(self, nodes: Iterable[Node]) -> Iterator[Node]:
        """Named by the qualification itself, or by the opportunity or the process of awarding."""
        for node in nodes:
            yield from self._graph.objects(node, ELM.awardingBody)
            for step in (ELM.awardingOpportunity, ELM.awardedBy):
                for award in self._graph.objects(node, step):
                    yield award
                    yield from self._graph.objects(award, ELM.awardingBody)

    def _homepage(self, node: Node) -> str:
        addresses = [
            str(address)
            for page in self._graph.objects(node, FOAF.homepage)
            for address in (*self._graph.objects(page, ELM.contentUrl), page)
        ]
        return next(filter(is_address, addresses), "")
