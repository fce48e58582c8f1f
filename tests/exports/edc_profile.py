"""What the profile of European Digital Credentials asks of the parts that ours is made of.

Facts of the SHACL shapes EDC-generic-no-cv 1.1.0 (European Commission, CC BY 4.0): for each class its
properties, how many of each there may be, and of which class or datatype they are. One rule is left out: that
the issuer has a legal identifier, which a person who speaks for themselves does not have.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import RDF, SKOS, XSD, Graph, Literal, Namespace
from rdflib.term import Node, URIRef

ELM = Namespace("http://data.europa.eu/snb/model/elm/")
DC = Namespace("http://purl.org/dc/terms/")
CRED = Namespace("https://www.w3.org/2018/credentials#")
_MANY = 1000


@dataclass(frozen=True)
class Rule:
    """How many there must and may be, and one of which kinds each is."""

    least: int
    most: int
    kinds: tuple[URIRef, ...]


_CONCEPT = (SKOS.Concept,)
_TEXT = Rule(1, _MANY, (RDF.langString,))
_MAYBE_TEXT = Rule(0, _MANY, (RDF.langString,))
_ONE_TIME = Rule(1, 1, (XSD.dateTime,))
_AGENT = (ELM.Agent, ELM.Person, ELM.Organisation)

RULES: Mapping[URIRef, Mapping[URIRef, Rule]] = {
    ELM.EuropeanDigitalCredential: {
        ELM.credentialProfiles: Rule(1, _MANY, _CONCEPT),
        ELM.displayParameter: Rule(1, 1, (ELM.DisplayParameter,)),
        CRED.issuer: Rule(1, 1, _AGENT),
        CRED.credentialSubject: Rule(1, 1, _AGENT),
        CRED.issuanceDate: Rule(0, 1, (XSD.dateTime,)),
        CRED.issued: _ONE_TIME,
        CRED.validFrom: _ONE_TIME,
        CRED.credentialSchema: Rule(1, _MANY, (ELM.ShaclValidator2017,)),
    },
    ELM.DisplayParameter: {
        DC.title: _TEXT,
        DC.description: _MAYBE_TEXT,
        DC.language: Rule(1, _MANY, _CONCEPT),
        ELM.primaryLanguage: Rule(1, 1, _CONCEPT),
        ELM.individualDisplay: Rule(1, _MANY, (ELM.IndividualDisplay,)),
    },
    ELM.IndividualDisplay: {
        DC.language: Rule(1, 1, _CONCEPT),
        ELM.displayDetail: Rule(1, _MANY, (ELM.DisplayDetail,)),
    },
    ELM.DisplayDetail: {
        ELM.image: Rule(1, 1, (ELM.MediaObject,)),
        ELM.page: Rule(1, 1, (XSD.positiveInteger,)),
    },
    ELM.MediaObject: {
        ELM.contentType: Rule(1, 1, _CONCEPT),
        ELM.contentEncoding: Rule(1, 1, _CONCEPT),
        ELM.content: Rule(1, 1, (XSD.string,)),
    },
    ELM.Person: {ELM.hasClaim: Rule(1, _MANY, (ELM.LearningAchievement,))},
    ELM.LearningAchievement: {
        DC.title: _TEXT,
        DC.description: _MAYBE_TEXT,
        ELM.awardedBy: Rule(1, 1, (ELM.AwardingProcess,)),
        ELM.specifiedBy: Rule(0, 1, (ELM.LearningAchievementSpecification,)),
    },
    ELM.AwardingProcess: {
        DC.description: _MAYBE_TEXT,
        ELM.awardingBody: Rule(1, _MANY, _AGENT),
    },
    ELM.LearningAchievementSpecification: {
        DC.title: _TEXT,
        ELM.learningOutcome: Rule(0, _MANY, (ELM.LearningOutcome,)),
    },
    ELM.LearningOutcome: {
        DC.title: _TEXT,
        ELM.relatedSkill: Rule(0, _MANY, _CONCEPT),
        ELM.relatedESCOSkill: Rule(0, _MANY, _CONCEPT),
    },
}
_FREE = {SKOS.Concept, SKOS.ConceptScheme, ELM.ShaclValidator2017, CRED.VerifiableCredential}


def breaches(graph: Graph) -> Iterator[str]:
    """What in a credential goes against the profile; a property that the profile does not know does too."""
    for thing, kind in graph.subject_objects(RDF.type):
        if kind in _FREE:
            continue
        rules = RULES.get(URIRef(str(kind)), {})
        if not rules:
            yield f"{kind} is no class of the profile"
        said = {path for path in graph.predicates(thing) if path != RDF.type}
        yield from (f"{kind} has {path}" for path in said - rules.keys())
        for path, rule in rules.items():
            yield from _against(graph, list(graph.objects(thing, path)), rule, f"{kind} {path}")


def _against(graph: Graph, found: list[Node], rule: Rule, where: str) -> Iterator[str]:
    if not rule.least <= len(found) <= rule.most:
        yield f"{where}: {len(found)}"
    for each in found:
        if not _kinds(graph, each) & set(rule.kinds):
            yield f"{where}: {each!r:.80}"
    languages = [each.language for each in found if isinstance(each, Literal) and each.language]
    if len(languages) != len(set(languages)):
        yield f"{where}: two texts in one language"


def _kinds(graph: Graph, node: Node) -> set[Node]:
    if not isinstance(node, Literal):
        return set(graph.objects(node, RDF.type))
    return {RDF.langString if node.language else node.datatype or XSD.string}
