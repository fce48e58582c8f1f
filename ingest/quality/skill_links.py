"""How skills and occupations are tied to each other, and forecasts to occupations."""

from collections.abc import Iterator, Sequence

from ingest.cleaning import ESCO, JOBTECH
from ingest.quality.measure import Measure, Part, Section, Severity, parts_of
from ingest.quality.owners import ARBETSFORMEDLINGEN, ESCO_OWNER
from ingest.quality.snapshot import GROUP, OCCUPATION, Snapshot
from ingest.sources.taxonomy_records import OPEN_FILES

_OF_OCCUPATIONS = ("has_skill", "has_skill_calculated")
_BARS = ((0, 0), (1, 5), (6, 10), (11, 20), (21, 40), (41, 80))
_SPREAD = "antal kompetenser"


def skill_links(snapshot: Snapshot) -> Iterator[Measure]:
    """Skills per occupation, and occupations per skill."""
    if snapshot.has_read(OPEN_FILES):
        yield _groups_without_skills(snapshot)
        yield _occupations_without_skills(snapshot)
        yield _skills_without_occupations(snapshot)
    if snapshot.has_read(ESCO):
        yield _esco_without_skills(snapshot)


def forecasts(snapshot: Snapshot) -> Iterator[Measure]:
    """Occupations that the forecasts of Yrkesbarometern leave out."""
    covered = snapshot.links.get("barometer", {})
    if not covered:
        return
    occupations = snapshot.live(OCCUPATION)
    missing = [occupation for occupation in occupations if occupation.concept_id not in covered]
    yield Measure(
        id="yrken-utan-prognos",
        section=Section.FORECASTS,
        title="Yrkesbenämningar utan prognos",
        owner=ARBETSFORMEDLINGEN,
        systems=(JOBTECH,),
        meaning="Yrket hör inte till något av de yrken som Yrkesbarometern bedömer.",
        remedy="Koppla fler yrken till Yrkesbarometerns yrken, eller säg att ingen bedömning görs.",
        unit="yrkesbenämningar",
        severity=Severity.GAP,
        count=len(missing),
        total=len(occupations),
        columns=("id", "benämning", "yrkesområde"),
        rows=tuple((o.concept_id, o.label_sv, snapshot.field_of(o.concept_id)) for o in missing),
        concerned=len(missing),
        parts=parts_of(
            (snapshot.field_of(occupation.concept_id), occupation.concept_id not in covered)
            for occupation in occupations
        ),
        parts_title="yrkesområde",
    )


def spread(counts: Sequence[int]) -> tuple[Part, ...]:
    """How many of the counts are in each range, from none up."""
    parts = [
        Part(f"{low}–{high}" if high else "inga", sum(low <= count <= high for count in counts), len(counts))
        for low, high in _BARS
    ]
    most = _BARS[-1][1]
    parts.append(Part(f"fler än {most}", sum(count > most for count in counts), len(counts)))
    return tuple(parts) if counts else ()


def _groups_without_skills(snapshot: Snapshot) -> Measure:
    groups = snapshot.live(GROUP)
    skills = snapshot.links.get("has_skill", {})
    missing = [group for group in groups if not skills.get(group.concept_id)]
    occupations = snapshot.occupations_of()
    members = {group.concept_id: len(occupations.get(group.concept_id, ())) for group in groups}
    return Measure(
        id="yrkesgrupper-utan-kompetenser",
        section=Section.SKILLS,
        title="Yrkesgrupper utan relevanta kompetenser",
        owner=ARBETSFORMEDLINGEN,
        systems=(OPEN_FILES, JOBTECH),
        meaning="Listan över relevanta kompetenser har ingen kompetens för gruppen. "
        "Diagrammet visar hur många kompetenser grupperna har.",
        remedy="Välj minst fem kompetenser för varje grupp som har yrken.",
        unit="yrkesgrupper (SSYK, 4 siffror)",
        severity=Severity.GAP,
        count=len(missing),
        total=len(groups),
        columns=("id", "SSYK", "benämning", "yrkesbenämningar i gruppen"),
        rows=tuple((g.concept_id, g.code, g.label_sv, members[g.concept_id]) for g in missing),
        concerned=sum(members[group.concept_id] for group in missing),
        parts=spread([len(skills.get(group.concept_id, ())) for group in groups]),
        parts_title=_SPREAD,
    )


def _occupations_without_skills(snapshot: Snapshot) -> Measure:
    occupations = snapshot.live(OCCUPATION)

    def has_skills(occupation_id: str) -> bool:
        group = snapshot.group_of(occupation_id)
        sources = (occupation_id, group.concept_id if group else "")
        return any(snapshot.links.get(name, {}).get(id) for name in _OF_OCCUPATIONS for id in sources)

    missing = [occupation for occupation in occupations if not has_skills(occupation.concept_id)]
    lacking = {occupation.concept_id for occupation in missing}
    return Measure(
        id="yrken-utan-kompetenser",
        section=Section.SKILLS,
        title="Yrkesbenämningar utan kompetenser",
        owner=ARBETSFORMEDLINGEN,
        systems=(OPEN_FILES, JOBTECH),
        meaning="Varken yrket eller dess yrkesgrupp har någon kompetens, vald eller beräknad.",
        remedy="Välj eller beräkna kompetenser för yrket. Utan dem kan ingen matchas mot det.",
        unit="yrkesbenämningar",
        severity=Severity.GAP,
        count=len(missing),
        total=len(occupations),
        columns=("id", "benämning", "yrkesområde"),
        rows=tuple((o.concept_id, o.label_sv, snapshot.field_of(o.concept_id)) for o in missing),
        concerned=len(missing),
        parts=parts_of((snapshot.field_of(o.concept_id), o.concept_id in lacking) for o in occupations),
        parts_title="yrkesområde",
    )


def _skills_without_occupations(snapshot: Snapshot) -> Measure:
    skills = snapshot.live("skill")
    links = snapshot.links
    used = {
        target for name in _OF_OCCUPATIONS for targets in links.get(name, {}).values() for target in targets
    }
    # JobTech's own relation from a skill to the groups in which it is asked for.
    used |= {skill.concept_id for skill in skills if snapshot.targets("related", skill.concept_id, GROUP)}
    missing = [skill for skill in skills if skill.concept_id not in used]
    return Measure(
        id="kompetenser-utan-yrke",
        section=Section.SKILLS,
        title="Kompetenser som inget yrke har",
        owner=ARBETSFORMEDLINGEN,
        systems=(OPEN_FILES, JOBTECH),
        meaning="Kompetensen är varken vald, beräknad eller på annat sätt kopplad till "
        "ett yrke eller en yrkesgrupp.",
        remedy="Koppla kompetensen till de yrkesgrupper där den behövs, eller avveckla den.",
        unit="kompetenser",
        severity=Severity.GAP,
        count=len(missing),
        total=len(skills),
        columns=("id", "benämning"),
        rows=tuple((skill.concept_id, skill.label_sv) for skill in missing),
        concerned=len(missing),
    )


def _esco_without_skills(snapshot: Snapshot) -> Measure:
    occupations = snapshot.live("esco-occupation")
    essential = snapshot.links.get("essential_skill", {})
    missing = [occupation for occupation in occupations if not essential.get(occupation.concept_id)]
    return Measure(
        id="esco-yrken-utan-kompetenser",
        section=Section.SKILLS,
        title="ESCO-yrken utan nödvändiga kompetenser",
        owner=ESCO_OWNER,
        systems=(ESCO,),
        meaning="Yrket har ingen nödvändig kompetens (essential skill). "
        "Diagrammet visar hur många yrkena har.",
        remedy="Ange yrkets nödvändiga kompetenser.",
        unit="ESCO-yrken",
        severity=Severity.GAP,
        count=len(missing),
        total=len(occupations),
        columns=("id", "benämning", "kod"),
        rows=tuple((o.concept_id, o.label_sv or o.label_en, o.code) for o in missing),
        concerned=len(missing),
        parts=spread([len(essential.get(occupation.concept_id, ())) for occupation in occupations]),
        parts_title=_SPREAD,
    )
