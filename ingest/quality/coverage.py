"""Which concepts lack a label, a definition, an English label, other words or a link to ESCO."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.cleaning import ESCO, JOBTECH
from ingest.findings import FindingKind
from ingest.quality.measure import Measure, Section, Severity, parts_of
from ingest.quality.owners import ARBETSFORMEDLINGEN, ESCO_OWNER
from ingest.quality.snapshot import GROUP, OCCUPATION, Snapshot
from ingest.records import ConceptRecord

MATCHES = ("exact_match", "close_match", "broad_match", "narrow_match")


@dataclass(frozen=True, slots=True)
class _Field:
    """Something that a concept may lack; `meaning` and `remedy` are continued by the unit."""

    name: str
    title: str
    meaning: str
    remedy: str
    has: Callable[[Snapshot, ConceptRecord], bool]


def _has_esco(snapshot: Snapshot, concept: ConceptRecord) -> bool:
    links = snapshot.links
    return bool(concept.esco_uri) or any(concept.concept_id in links.get(name, {}) for name in MATCHES)


_DEFINITION = _Field(
    "definition",
    "definition",
    "Varken en svensk eller en engelsk definition eller beskrivning finns.",
    "Skriv en definition på ett par meningar i klarspråk. Den gör att begreppet hittas med andra ord.",
    lambda _, concept: bool(concept.definition_sv or concept.definition_en),
)
_ENGLISH = _Field(
    "engelska",
    "engelsk benämning",
    "Källan har ingen engelsk benämning, och ingen kan lånas från ett ESCO- eller ISCO-begrepp som är samma.",
    "Sätt en engelsk benämning, eller en exakt koppling till ESCO som ger den.",
    lambda _, concept: bool(concept.label_en),
)
_SWEDISH = _Field(
    "svenska",
    "svensk benämning",
    "Begreppet har en engelsk benämning men ingen svensk.",
    "Översätt benämningen till svenska.",
    lambda _, concept: bool(concept.label_sv),
)
_WORDS = _Field(
    "alternativ",
    "alternativ svensk benämning",
    "Inget annat svenskt ord än benämningen leder till begreppet.",
    "Lägg till de ord som människor själva använder: vardagsord, äldre ord, förkortningar.",
    lambda _, concept: bool(concept.alternative_sv),
)
_ESCO_LINK = _Field(
    "esco",
    "koppling till ESCO",
    "Ingen koppling till ESCO av något slag (exakt, nära, bredare eller smalare).",
    "Koppla begreppet till det ESCO-begrepp som ligger närmast.",
    _has_esco,
)


@dataclass(frozen=True, slots=True)
class _Covered:
    """A type of concept and what its concepts should have."""

    type: str
    name: str
    unit: str
    system: str
    fields: tuple[_Field, ...]


_COVERED = (
    _Covered(OCCUPATION, "yrken", "yrkesbenämningar", JOBTECH, (_DEFINITION, _ENGLISH, _WORDS, _ESCO_LINK)),
    _Covered(GROUP, "yrkesgrupper", "yrkesgrupper (SSYK, 4 siffror)", JOBTECH, (_DEFINITION, _ENGLISH)),
    _Covered("skill", "kompetenser", "kompetenser", JOBTECH, (_DEFINITION, _ENGLISH, _WORDS, _ESCO_LINK)),
    _Covered("esco-occupation", "esco-yrken", "ESCO-yrken", ESCO, (_SWEDISH, _WORDS, _DEFINITION)),
    _Covered("esco-skill", "esco-kompetenser", "ESCO-kompetenser", ESCO, (_SWEDISH, _WORDS, _DEFINITION)),
)
_COLUMNS = ("id", "benämning", "kod", "yrkesområde")


def coverage(snapshot: Snapshot) -> Iterator[Measure]:
    """What the concepts of each type lack."""
    if snapshot.has_read(JOBTECH):
        yield _unlabelled(snapshot)
    for covered in _COVERED:
        if snapshot.has_read(covered.system):
            yield from (_lacking(snapshot, covered, wanted) for wanted in covered.fields)


def _lacking(snapshot: Snapshot, covered: _Covered, wanted: _Field) -> Measure:
    concepts = snapshot.live(covered.type)
    lacking = [concept for concept in concepts if not wanted.has(snapshot, concept)]
    has_field = covered.type in (OCCUPATION, GROUP)
    missing = {concept.concept_id for concept in lacking}
    is_own = covered.system == JOBTECH
    return Measure(
        id=f"{covered.name}-utan-{wanted.name}",
        section=Section.JOBTECH if is_own else Section.ESCO,
        title=f"{covered.unit[0].upper()}{covered.unit[1:]} utan {wanted.title}",
        owner=ARBETSFORMEDLINGEN if is_own else ESCO_OWNER,
        systems=(covered.system,),
        meaning=wanted.meaning,
        remedy=wanted.remedy,
        unit=covered.unit,
        severity=Severity.GAP,
        count=len(lacking),
        total=len(concepts),
        columns=_COLUMNS if has_field else _COLUMNS[:3],
        rows=tuple(_row(snapshot, concept, has_field) for concept in lacking),
        concerned=len(lacking),
        parts=parts_of((snapshot.field_of(c.concept_id), c.concept_id in missing) for c in concepts)
        if has_field
        else (),
        parts_title="yrkesområde" if has_field else "",
        is_doubtful=covered.system in snapshot.from_files and len(lacking) == len(concepts) > 0,
    )


def _row(snapshot: Snapshot, concept: ConceptRecord, has_field: bool) -> tuple[str, ...]:
    group = snapshot.group_of(concept.concept_id)
    code = concept.code or (group.code if group else "")
    row = (concept.concept_id, concept.label_sv or concept.label_en, code)
    return (*row, snapshot.field_of(concept.concept_id)) if has_field else row


def _unlabelled(snapshot: Snapshot) -> Measure:
    """Concepts with no label in any language: they are set aside when they are read."""
    found = [
        finding
        for finding in snapshot.findings
        if finding.kind is FindingKind.MISSING_LABEL and finding.system == JOBTECH
    ]
    kept = sum(concept.system == JOBTECH for concept in snapshot.concepts.values())
    return Measure(
        id="begrepp-utan-benamning",
        section=Section.JOBTECH,
        title="Begrepp helt utan benämning",
        owner=ARBETSFORMEDLINGEN,
        systems=(JOBTECH,),
        meaning="Begreppet har en identitet men ingen benämning, så det kan varken visas eller hittas.",
        remedy="Sätt benämningen, eller avveckla begreppet med hänvisning till det som ersätter det.",
        unit="begrepp",
        severity=Severity.WRONG,
        count=len(found),
        total=kept + len(found),
        columns=("id", "typ"),
        rows=tuple((finding.record_id, finding.detail) for finding in found),
        concerned=len(found),
    )
