"""What educations lack, and where educations and occupations miss each other."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from assistant.apis.susa import SERVICE as SUSA
from assistant.domain.education import TieOrigin
from ingest.cleaning import JOBTECH
from ingest.quality.measure import Measure, Section, Severity, parts_of
from ingest.quality.owners import ARBETSFORMEDLINGEN, SKOLVERKET, school_name, school_owner
from ingest.quality.snapshot import GROUP, Snapshot, TiedEducation
from ingest.records import EducationEventRecord, EducationRecord

SHARED_BY = 5
"""So many educations with different titles and the same description: then it says nothing of the course."""

_COLUMNS = ("id", "titel", "skolform", "ansvarig")


def educations(snapshot: Snapshot) -> Iterator[Measure]:
    """What educations lack by themselves."""
    if not snapshot.has_read(SUSA):
        return
    yield _defect(
        snapshot,
        [education for education in snapshot.educations if not education.description_sv],
        id="utbildningar-utan-beskrivning",
        title="Utbildningar utan beskrivning",
        meaning="Fältet för beskrivning är tomt, eller håller inget annat än märkning.",
        remedy="Beskriv vad man lär sig och vilka yrken det leder till.",
    )
    yield _defect(
        snapshot,
        shared_descriptions(snapshot.educations),
        id="utbildningar-med-samma-beskrivning",
        title="Utbildningar med en beskrivning som inte handlar om dem",
        meaning=f"Minst {SHARED_BY} utbildningar med olika titlar har ordagrant samma beskrivning.",
        remedy="Skriv om kursens innehåll i beskrivningen; lägg det som gäller alla kurser i ett eget fält.",
    )
    yield _defect(
        snapshot,
        [e for e in snapshot.educations if is_over(snapshot.events.get(e.education_id, ()), snapshot.today)],
        id="utbildningar-som-ar-over",
        title="Utbildningar vars alla tillfällen har passerat",
        meaning="Sista ansökningsdag, eller start där den saknas, ligger före rapportens dag "
        "för varje tillfälle.",
        remedy="Lägg in nästa tillfälle, eller ta bort utbildningen.",
        severity=Severity.WRONG,
    )
    yield _defect(
        snapshot,
        [e for e in snapshot.educations if not snapshot.events.get(e.education_id)],
        id="utbildningar-utan-tillfalle",
        title="Utbildningar utan tillfälle",
        meaning="Inget utbildningstillfälle hör till utbildningen, så var och när den ges är inte sagt.",
        remedy="Lägg in tillfällen, eller ta bort utbildningen.",
    )
    yield _without_municipality(snapshot)


def ties(snapshot: Snapshot) -> Iterator[Measure]:
    """Where educations and occupations miss each other."""
    if snapshot.has_read(SUSA) and snapshot.has_read(JOBTECH):
        yield _unknown_codes(snapshot)
    if snapshot.tied is None:
        return
    yield _leading_nowhere(snapshot, snapshot.tied)
    if snapshot.has_read(JOBTECH):
        yield _groups_without_education(snapshot, snapshot.tied)


def shared_descriptions(educations: Sequence[EducationRecord]) -> list[EducationRecord]:
    """The educations whose description many with another title have too."""
    titles: dict[str, set[str]] = defaultdict(set)
    for education in educations:
        titles[education.description_sv].add(education.title_sv.casefold())
    return [e for e in educations if e.description_sv and len(titles[e.description_sv]) >= SHARED_BY]


def is_over(events: Sequence[EducationEventRecord], today: str) -> bool:
    """Whether one can no longer apply for any of the events; False where one has no date."""
    last = [event.apply_by or event.start for event in events]
    return bool(last) and all(day and day < today for day in last)


def _defect(
    snapshot: Snapshot,
    found: Sequence[EducationRecord],
    *,
    id: str,
    title: str,
    meaning: str,
    remedy: str,
    severity: Severity = Severity.GAP,
) -> Measure:
    defects = {education.education_id for education in found}
    return Measure(
        id=id,
        section=Section.EDUCATIONS,
        title=title,
        owner=SKOLVERKET,
        systems=(SUSA,),
        meaning=meaning,
        remedy=remedy,
        unit="utbildningar",
        severity=severity,
        count=len(found),
        total=len(snapshot.educations),
        columns=_COLUMNS,
        rows=tuple(_row(e.education_id, e.title_sv or e.title_en, e.school_type) for e in found),
        concerned=len(found),
        parts=parts_of((school_name(e.school_type), e.education_id in defects) for e in snapshot.educations),
        parts_title="skolform",
    )


def _row(id: str, title: str, school_type: str) -> tuple[str, str, str, str]:
    return id, title, school_name(school_type), school_owner(school_type)


def _without_municipality(snapshot: Snapshot) -> Measure:
    on_site = [e for events in snapshot.events.values() for e in events if not e.is_distance]
    missing = [event for event in on_site if not event.municipality_codes]
    return Measure(
        id="tillfallen-utan-kommun",
        section=Section.EDUCATIONS,
        title="Utbildningstillfällen på plats utan kommunkod",
        owner=SKOLVERKET,
        systems=(SUSA,),
        meaning="Tillfället ges inte på distans och har ingen kommunkod, så det hittas inte på ort.",
        remedy="Sätt kommunens fyrsiffriga kod.",
        unit="utbildningstillfällen på plats",
        severity=Severity.GAP,
        count=len(missing),
        total=len(on_site),
        columns=("id", "utbildning", "anordnare", "ort"),
        rows=tuple((e.event_id, e.education_id, e.provider, ", ".join(e.towns)) for e in missing),
        concerned=len({event.education_id for event in missing}),
    )


def _unknown_codes(snapshot: Snapshot) -> Measure:
    known = {group.code for group in snapshot.live(GROUP)}
    coded = [
        (education, subject.code)
        for education in snapshot.educations
        for subject in education.subjects
        if subject.scheme == "AUB_Subject"
    ]
    wrong = [(education, code) for education, code in coded if code not in known]
    return Measure(
        id="aub-koder-som-inte-finns",
        section=Section.DISAGREEMENTS,
        title="SSYK-koder på utbildningar som inte finns i taxonomin",
        owner=ARBETSFORMEDLINGEN,
        systems=(SUSA, JOBTECH),
        meaning="Utbildningen har en SSYK-kod (AUB_Subject) som ingen yrkesgrupp med fyra siffror har.",
        remedy="Rätta koden till en grupp i SSYK 2012.",
        unit="SSYK-koder på utbildningar",
        severity=Severity.WRONG,
        count=len(wrong),
        total=len(coded),
        columns=("id", "titel", "SSYK-kod"),
        rows=tuple((education.education_id, education.title_sv, code) for education, code in wrong),
        concerned=len({education.education_id for education, _ in wrong}),
    )


def _leading_nowhere(snapshot: Snapshot, tied: Sequence[TiedEducation]) -> Measure:
    vocational = [education for education in tied if not education.is_general]
    missing = [education for education in vocational if not _leads_on(education)]
    lost = {education.kind.kind_id for education in missing}
    return Measure(
        id="utbildningar-utan-yrke",
        section=Section.EDUCATIONS,
        title="Slag av utbildningar som inte leder till något yrke",
        owner=SKOLVERKET,
        systems=(SUSA,),
        meaning="Ingen ämnes- eller yrkeskod leder till ett yrke, och titeln pekar inte tillräckligt säkert "
        "på någon yrkesgrupp. Kurser i allmänna skolämnen är inte med.",
        remedy="Ange SSYK-kod eller SUN-inriktning på utbildningen.",
        unit="slag av utbildningar utom allmänna skolämnen",
        severity=Severity.GAP,
        count=len(missing),
        total=len(vocational),
        columns=("id", "titel", "skolform", "ansvarig", "utbildningarnas id"),
        rows=tuple(
            (*_row(e.kind.kind_id, e.kind.title, e.kind.school_type), " ".join(e.education_ids))
            for e in missing
        ),
        concerned=sum(education.kind.educations for education in missing),
        parts=parts_of((school_name(e.kind.school_type), e.kind.kind_id in lost) for e in vocational),
        parts_title="skolform",
    )


def _leads_on(education: TiedEducation) -> bool:
    """Whether it is tied to an occupation; a code of another classification alone is no occupation."""
    return any(tie.origin is not TieOrigin.SUBJECT_CODE for tie in education.ties)


def _groups_without_education(snapshot: Snapshot, tied: Sequence[TiedEducation]) -> Measure:
    leading = Counter(tie.concept_id for education in tied for tie in education.ties)
    occupations = snapshot.occupations_of()

    def is_reached(group_id: str) -> bool:
        own = (group_id, *(occupation.concept_id for occupation in occupations.get(group_id, ())))
        return any(leading[id] for id in own)

    groups = [group for group in snapshot.live(GROUP) if occupations.get(group.concept_id)]
    missing = [group for group in groups if not is_reached(group.concept_id)]
    lost = {group.concept_id for group in missing}
    return Measure(
        id="yrkesgrupper-utan-utbildning",
        section=Section.EDUCATIONS,
        title="Yrkesgrupper som ingen utbildning leder till",
        owner=SKOLVERKET,
        systems=(SUSA, JOBTECH),
        meaning="Ingen av de inlästa utbildningarna är kopplad till gruppen eller till något av dess yrken. "
        "Vissa yrken kräver ingen utbildning.",
        remedy="Ange SSYK-kod eller SUN-inriktning på de utbildningar som leder hit.",
        unit="yrkesgrupper med yrken",
        severity=Severity.GAP,
        count=len(missing),
        total=len(groups),
        columns=("id", "SSYK", "benämning", "yrkesområde", "yrkesbenämningar i gruppen"),
        rows=tuple(
            (
                g.concept_id,
                g.code,
                g.label_sv,
                snapshot.field_of(g.concept_id),
                len(occupations[g.concept_id]),
            )
            for g in missing
        ),
        concerned=sum(len(occupations[group.concept_id]) for group in missing),
        parts=parts_of((snapshot.field_of(group.concept_id), group.concept_id in lost) for group in groups),
        parts_title="yrkesområde",
    )
