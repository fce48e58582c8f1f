"""A document of the European Learning Model as an RDF graph: RDF/XML, Turtle and JSON-LD.

The documents come from outside, so nothing in them may make us read anything else: a document type
declaration (and with it every entity) is refused, and so is a JSON-LD context other than the two that
are kept here. Of those two, only the terms that a qualification needs are kept; what other terms say is
left out, as JSON-LD prescribes for terms without a meaning.
"""

import json
import re
from contextlib import suppress
from enum import StrEnum
from typing import Any
from xml.parsers import expat
from xml.sax import SAXException

from pyld import jsonld
from rdflib import Graph
from rdflib.exceptions import ParserError

from assistant.errors import UpstreamMalformed

SERVICE = "European Learning Model"
LARGEST_DOCUMENT_BYTES = 20_000_000

CREDENTIALS_CONTEXT = "https://www.w3.org/2018/credentials/v1"
ELM_CONTEXT = "http://data.europa.eu/snb/model/context/edc-ap"

_IRI = {"@type": "@id"}
_TRANSLATED = {"@container": "@language"}
_IRI_TERMS = {
    # Some documents write the three levels and codes as the model does, others as the context does.
    "EQFLevel": "elm:EQFLevel",
    "ISCEDFCode": "elm:ISCEDFCode",
    "NQFLevel": "elm:NQFLevel",
    "awardedBy": "elm:awardedBy",
    "awardingBody": "elm:awardingBody",
    "awardingOpportunity": "elm:awardingOpportunity",
    "credentialSubject": "cred:credentialSubject",
    "eqfLevel": "elm:EQFLevel",
    "hasClaim": "elm:hasClaim",
    "homepage": "foaf:homepage",
    "language": "dc:language",
    "learningAchievementSpecification": "elm:learningAchievementSpecification",
    "learningOutcome": "elm:learningOutcome",
    "learningOutcomeSummary": "elm:learningOutcomeSummary",
    "nqfLevel": "elm:NQFLevel",
    "providedBy": "elm:providedBy",
    "relatedESCOSkill": "elm:relatedESCOSkill",
    "specifiedBy": "elm:specifiedBy",
    "thematicArea": "elm:ISCEDFCode",
}
_TRANSLATED_TERMS = {
    "description": "dc:description",
    "legalName": "rov:legalName",
    "noteLiteral": "elm:noteLiteral",
    "prefLabel": "skos:prefLabel",
    "title": "dc:title",
}
_CLASSES = (
    "AwardingOpportunity",
    "AwardingProcess",
    "LearningAchievement",
    "LearningAchievementSpecification",
    "LearningOpportunity",
    "LearningOutcome",
    "Note",
    "Organisation",
    "Qualification",
    "WebResource",
)
_CONTEXTS: dict[str, dict[str, Any]] = {
    CREDENTIALS_CONTEXT: {"id": "@id", "type": "@type"},
    ELM_CONTEXT: {
        "id": "@id",
        "type": "@type",
        "cred": "https://www.w3.org/2018/credentials#",
        "dc": "http://purl.org/dc/terms/",
        "elm": "http://data.europa.eu/snb/model/elm/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "rov": "http://www.w3.org/ns/regorg#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "Concept": "skos:Concept",
        "contentURL": "elm:contentUrl",
        "contentUrl": "elm:contentUrl",
        "notation": "skos:notation",
        "status": "elm:status",
        **{name: f"elm:{name}" for name in _CLASSES},
        **{name: {"@id": iri, **_IRI} for name, iri in _IRI_TERMS.items()},
        **{name: {"@id": iri, **_TRANSLATED} for name, iri in _TRANSLATED_TERMS.items()},
    },
}


class ElmFormat(StrEnum):
    """How a document is written."""

    RDF_XML = "RDF/XML"
    TURTLE = "Turtle"
    JSON_LD = "JSON-LD"


_BY_SUFFIX = {
    "rdf": ElmFormat.RDF_XML,
    "xml": ElmFormat.RDF_XML,
    "owl": ElmFormat.RDF_XML,
    "ttl": ElmFormat.TURTLE,
    "jsonld": ElmFormat.JSON_LD,
    "json": ElmFormat.JSON_LD,
}
_BY_MEDIA_TYPE = {
    "application/rdf+xml": ElmFormat.RDF_XML,
    "application/xml": ElmFormat.RDF_XML,
    "text/xml": ElmFormat.RDF_XML,
    "text/turtle": ElmFormat.TURTLE,
    "application/ld+json": ElmFormat.JSON_LD,
    "application/json": ElmFormat.JSON_LD,
}
_XML_BEGINNING = re.compile(rb"\s*<(\?xml|!|[\w.-]+:RDF\b)")
_JSON_BEGINNING = re.compile(rb"\s*[{\[]\s*[\"{}\]]")


def format_of(name: str, media_type: str = "", content: bytes = b"") -> ElmFormat | None:
    """The format by media type, else by the ending of the name, else by how the content begins.

    None where none of them tells; only content that begins like XML or JSON tells anything.
    """
    media_type = media_type.partition(";")[0].strip().casefold()
    suffix = name.partition("?")[0].rpartition(".")[2].casefold()
    if found := _BY_MEDIA_TYPE.get(media_type) or _BY_SUFFIX.get(suffix):
        return found
    if _XML_BEGINNING.match(content):
        return ElmFormat.RDF_XML
    return ElmFormat.JSON_LD if _JSON_BEGINNING.match(content) else None


def read_graph(content: bytes, *, name: str, media_type: str = "") -> tuple[Graph, ElmFormat]:
    """Read a document.

    Args:
        content: The document, at most 20 MB.
        name: File name or address, for the format and for error messages.
        media_type: As the document was sent; empty when not known.

    Raises:
        UpstreamMalformed: Too large, not in its format, or something in it asks for more to be read.
    """
    if len(content) > LARGEST_DOCUMENT_BYTES:
        raise unreadable(name, f"larger than {LARGEST_DOCUMENT_BYTES} bytes")
    content = content.removeprefix(b"\xef\xbb\xbf")
    # Turtle has no beginning of its own.
    form = format_of(name, media_type, content) or ElmFormat.TURTLE
    graph = Graph()
    try:
        if form is ElmFormat.JSON_LD:
            graph.parse(data=_expanded(content, name), format="nt")
        elif form is ElmFormat.RDF_XML:
            _refuse_declarations(content, name)
            graph.parse(data=content, format="xml")
        else:
            graph.parse(data=content, format="turtle")
    # A SyntaxError is Turtle's; a document nested without end exhausts the stack.
    except (SAXException, ParserError, SyntaxError, ValueError, jsonld.JsonLdError, RecursionError) as error:
        raise unreadable(name, f"not {form.value}: {type(error).__name__}") from error
    return graph, form


def unreadable(name: str, reason: str) -> UpstreamMalformed:
    """The error for a document that cannot be read."""
    return UpstreamMalformed(service=SERVICE, operation=f"reading {name}", reason=reason)


class _RootReached(Exception):
    """Everything before the root element has been seen."""


def _refuse_declarations(content: bytes, name: str) -> None:
    """Refuse a document type declaration, which is where entities come from; it stands before the root."""

    def declared(*_: object) -> None:
        raise unreadable(name, "a document type declaration is not allowed")

    def root(*_: object) -> None:
        raise _RootReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = root
    # What is no XML is told by the real parser, in the same words as for the rest of the document.
    with suppress(_RootReached, expat.ExpatError):
        parser.Parse(content, True)


def _expanded(content: bytes, name: str) -> str:
    """A JSON-LD document as N-Triples."""

    def load_context(address: str, options: dict[str, Any]) -> dict[str, Any]:
        if address not in _CONTEXTS:
            raise unreadable(name, "a context that is not known here")
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": address,
            "document": {"@context": _CONTEXTS[address]},
        }

    document = json.loads(content)
    if not isinstance(document, dict | list):
        raise unreadable(name, "neither an object nor a list")
    triples = jsonld.to_rdf(document, {"documentLoader": load_context, "format": "application/n-quads"})
    return str(triples)
