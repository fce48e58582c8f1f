from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.domain.education import EducationKind, EducationTie, TieOrigin
from ingest.cleaning import ESCO, JOBTECH
from ingest.findings import Action, Finding, FindingKind, RunTotals
from ingest.mirror import MIRROR_FILE, Mirror
from ingest.quality.education_measures import SHARED_BY
from ingest.quality.figures import number, percent
from ingest.quality.measure import Measure, Part, Section, Severity, most_urgent, parts_of
from ingest.quality.report import measured
from ingest.quality.skill_links import spread
from ingest.quality.snapshot import Snapshot, TiedEducation, read_snapshot
from ingest.records import ConceptRecord, RelationRecord, SubjectCode
from ingest.sources.taxonomy_records import OPEN_FILES
from tests.ingest.building import build_full
from tests.ingest.folders import rows, write_folder
from tests.ingest.planted import (
    BAROMETER,
    BRIDGE,
    EARLIER,
    ESCO_OCCUPATION,
    ESCO_SKILL,
    GROUP,
    ISCO,
    OCCUPATION,
    SKILL,
    SUSA,
    TODAY,
    URI,
    Records,
    concept,
    education,
    event,
    healthy,
    put,
    relation,
    write,
)

NEW = "occu_002_aaa"
Plant = Callable[[Records], None]


def snapshot_of(folder: Path, records: Records) -> Snapshot:
    write(folder, records)
    with Mirror(folder / MIRROR_FILE) as mirror:
        return read_snapshot(folder, mirror, TODAY)


def counts(snapshot: Snapshot) -> dict[str, int]:
    return {measure.id: measure.count for measure in measured(snapshot) if measure.count}


def by_id(snapshot: Snapshot, id: str) -> Measure:
    return next(measure for measure in measured(snapshot) if measure.id == id)


def changed(id: str, **others: object) -> Plant:
    """Another form of the concept with an id."""

    def plant(records: Records) -> None:
        for read in records.values():
            for at, record in enumerate(read):
                if isinstance(record, ConceptRecord) and record.concept_id == id:
                    read[at] = replace(record, **others)  # type: ignore[arg-type]

    return plant


def without(source: str, name: str) -> Plant:
    """No relation of a name from a concept."""

    def plant(records: Records) -> None:
        for read in records.values():
            read[:] = [
                record
                for record in read
                if not (
                    isinstance(record, RelationRecord)
                    and (record.source_id, record.relation) == (source, name)
                )
            ]

    return plant


def added(system: str, *more: object) -> Plant:
    return lambda records: records[system].extend(more)  # type: ignore[arg-type]


def susa(*records: object) -> Plant:
    """These educations and events instead of the healthy ones."""

    def plant(found: Records) -> None:
        found[SUSA] = list(records)  # type: ignore[arg-type]

    return plant


def both(*plants: Plant) -> Plant:
    def plant(records: Records) -> None:
        for each in plants:
            each(records)

    return plant


def coded(code: str) -> object:
    return education(1, subjects=(SubjectCode("AUB_Subject", code),))


@dataclass(frozen=True)
class Case:
    """A defect planted in the healthy records, and all that the measures must then count."""

    id: str
    plant: Plant
    counts: dict[str, int]


LIKE_OCCUPATION = (
    relation(NEW, "broader", GROUP),
    relation(NEW, "barometer", BAROMETER),
)

CASES = (
    Case("no definition", changed(OCCUPATION, definition_sv=""), {"yrken-utan-definition": 1}),
    Case("no other words", changed(OCCUPATION, alternative_sv=()), {"yrken-utan-alternativ": 1}),
    Case("no ESCO link", without(OCCUPATION, "exact_match"), {"yrken-utan-esco": 1}),
    Case(
        "no English",
        both(changed(OCCUPATION, label_en=""), without(OCCUPATION, "exact_match")),
        {"yrken-utan-engelska": 1, "yrken-utan-esco": 1},
    ),
    Case("group undefined", changed(GROUP, definition_sv=""), {"yrkesgrupper-utan-definition": 1}),
    Case("group without English", changed(GROUP, label_en=""), {"yrkesgrupper-utan-engelska": 1}),
    Case("skill undefined", changed(SKILL, definition_sv=""), {"kompetenser-utan-definition": 1}),
    Case("skill without words", changed(SKILL, alternative_sv=()), {"kompetenser-utan-alternativ": 1}),
    Case("skill without ESCO", without(SKILL, "exact_match"), {"kompetenser-utan-esco": 1}),
    Case("ESCO without Swedish", changed(ESCO_OCCUPATION, label_sv=""), {"esco-yrken-utan-svenska": 1}),
    Case("ESCO undefined", changed(ESCO_SKILL, definition_sv=""), {"esco-kompetenser-utan-definition": 1}),
    Case(
        "skill without English",
        both(changed(SKILL, label_en=""), without(SKILL, "exact_match")),
        {"kompetenser-utan-engelska": 1, "kompetenser-utan-esco": 1},
    ),
    Case(
        "ESCO skill without Swedish", changed(ESCO_SKILL, label_sv=""), {"esco-kompetenser-utan-svenska": 1}
    ),
    Case(
        "ESCO without words", changed(ESCO_OCCUPATION, alternative_sv=()), {"esco-yrken-utan-alternativ": 1}
    ),
    Case(
        "ESCO skill without words",
        changed(ESCO_SKILL, alternative_sv=()),
        {"esco-kompetenser-utan-alternativ": 1},
    ),
    Case(
        "ESCO occupation undefined",
        changed(ESCO_OCCUPATION, definition_sv=""),
        {"esco-yrken-utan-definition": 1},
    ),
    Case(
        "no label at all",
        added(JOBTECH, concept(NEW, "occupation-name", label_sv="", label_en="")),
        {"begrepp-utan-benamning": 1},
    ),
    Case(
        "group without skills",
        without(GROUP, "has_skill"),
        {"yrkesgrupper-utan-kompetenser": 1, "yrken-utan-kompetenser": 1, "kompetenser-utan-yrke": 1},
    ),
    Case(
        "ESCO without skills", without(ESCO_OCCUPATION, "essential_skill"), {"esco-yrken-utan-kompetenser": 1}
    ),
    Case(
        "no forecast",
        added(JOBTECH, concept(NEW, "occupation-name", esco_uri=ESCO_OCCUPATION), LIKE_OCCUPATION[0]),
        {"yrken-utan-prognos": 1},
    ),
    Case(
        "the same label",
        added(
            JOBTECH,
            concept(
                NEW, "occupation-name", label_sv="BEGREPP occu_001_aaa occupation-name", esco_uri=ESCO_SKILL
            ),
            *LIKE_OCCUPATION,
        ),
        {"samma-benamning": 2},
    ),
    Case(
        "a code of another group",
        changed(GROUP, code="9321"),
        {"ssyk-kod-mot-overgrupp": 1, "aub-koder-som-inte-finns": 1},
    ),
    Case("no group above", without("grup_003_aaa", "broader"), {"ssyk-kod-mot-overgrupp": 1}),
    Case("a retired target", changed(BAROMETER, deprecated=True), {"pekar-pa-avvecklat": 1}),
    Case(
        "retired without successor",
        added(
            JOBTECH,
            concept(NEW, "occupation-name", deprecated=True),
            concept("occu_003_aaa", "occupation-name", deprecated=True, replaced_by=(OCCUPATION,)),
        ),
        {"avvecklade-utan-ersattning": 1},
    ),
    Case("another ISCO group", changed(ESCO_OCCUPATION, code="2211.1"), {"isco-mot-esco": 1}),
    Case("another ESCO label", changed(BRIDGE, label_sv="Löda"), {"esco-benamning-i-taxonomin": 1}),
    Case("unknown at ESCO", changed(BRIDGE, esco_uri=f"{URI}skill/9"), {"esco-begrepp-som-inte-finns": 1}),
    Case(
        "two exact targets",
        both(
            added(ESCO, concept(f"{URI}skill/2", "esco-skill")),
            added(JOBTECH, relation(SKILL, "exact_match", f"{URI}skill/2")),
        ),
        {"exakt-men-flera": 2},
    ),
    Case(
        "two exact sources",
        added(
            JOBTECH,
            concept(NEW, "occupation-name"),
            *LIKE_OCCUPATION,
            relation(NEW, "exact_match", ESCO_OCCUPATION),
        ),
        {"exakt-men-flera": 2},
    ),
    Case(
        "two kinds of match",
        added(JOBTECH, relation(SKILL, "broad_match", ESCO_SKILL)),
        {"kopplad-pa-tva-satt": 1},
    ),
    Case(
        "no description",
        susa(education(1, description_sv=""), event(1)),
        {"utbildningar-utan-beskrivning": 1},
    ),
    Case(
        "one description for all",
        susa(
            *(education(n, description_sv="Välkommen.") for n in range(SHARED_BY)),
            *(event(n) for n in range(SHARED_BY)),
        ),
        {"utbildningar-med-samma-beskrivning": SHARED_BY},
    ),
    Case("all over", susa(education(1), event(1, start=EARLIER)), {"utbildningar-som-ar-over": 1}),
    Case(
        "too late to apply", susa(education(1), event(1, apply_by=EARLIER)), {"utbildningar-som-ar-over": 1}
    ),
    Case("no event", susa(education(1)), {"utbildningar-utan-tillfalle": 1}),
    Case(
        "no municipality", susa(education(1), event(1, municipality_codes=())), {"tillfallen-utan-kommun": 1}
    ),
    Case("at a distance", susa(education(1), event(1, municipality_codes=(), is_distance=True)), {}),
    Case("an unknown code", susa(coded("5329"), event(1)), {"aub-koder-som-inte-finns": 1}),
    Case("year 2099", susa(education(1), event(1, apply_by="2099-12-31")), {"susa-navet-open-date": 1}),
    Case("markup", changed(SKILL, definition_sv="<p>Att foga.</p>"), {"jobtech-taxonomy-html": 1}),
    Case("mojibake", changed(SKILL, label_sv="SjukskÃ¶terska"), {"jobtech-taxonomy-mojibake": 1}),
    Case(
        "an unknown end",
        added(JOBTECH, relation(SKILL, "related", "gone_001_aaa")),
        {"jobtech-taxonomy-unknown-concept": 1},
    ),
    Case("a type that is not used", added(JOBTECH, concept("sni1_001_aaa", "sni-level-1")), {}),
    Case(
        "a relation to what is not used",
        added(JOBTECH, concept("sni1_001_aaa", "sni-level-1"), relation(SKILL, "related", "sni1_001_aaa")),
        {},
    ),
)


def test_nothing_is_found_where_nothing_is_wrong(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, healthy())
    assert counts(snapshot) == {}
    assert len(measured(snapshot)) > 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_planted_defect_is_counted_by_its_measure_alone(case: Case, tmp_path: Path) -> None:
    records = healthy()
    case.plant(records)
    snapshot = snapshot_of(tmp_path, records)
    assert counts(snapshot) == case.counts
    for measure in measured(snapshot):
        assert measure.count <= measure.total, measure.id
        assert len(measure.rows) >= measure.count, measure.id
        assert all(len(row) == len(measure.columns) for row in measure.rows), measure.id
        is_share = measure.parts_title in ("yrkesområde", "skolform")
        assert not is_share or measure.count == sum(part.count for part in measure.parts), measure.id


def test_a_row_names_the_record_to_mend(tmp_path: Path) -> None:
    records = healthy()
    changed(OCCUPATION, definition_sv="")(records)
    measure = by_id(snapshot_of(tmp_path, records), "yrken-utan-definition")
    label = "Begrepp occu_001_aaa occupation-name"
    assert measure.rows == ((OCCUPATION, label, "5321", "Begrepp fild_001_aaa occupation-field"),)
    assert measure.parts == (Part("Begrepp fild_001_aaa occupation-field", 1, 1),)
    assert measure.share == 1.0


def kind(id: str, **others: object) -> EducationKind:
    base = EducationKind(id, f"Kurs {id}", "", "", "YH", "", "", "", 0, 3)
    return replace(base, **others)  # type: ignore[arg-type]


def tied(*ties: EducationTie, **others: object) -> TiedEducation:
    base = TiedEducation(kind("kind-1"), ties, ("i.1", "i.2"), is_general=False)
    return replace(base, **others)  # type: ignore[arg-type]


TO_GROUP = EducationTie(GROUP, TieOrigin.SSYK_CODE, 1.0)
TO_OCCUPATION = EducationTie(OCCUPATION, TieOrigin.SUN_CODE, 1.0)
TO_SUBJECT = EducationTie("X:1", TieOrigin.SUBJECT_CODE, 1.0)
NOWHERE = {"utbildningar-utan-yrke": 1}
UNREACHED = {"yrkesgrupper-utan-utbildning": 1}


@dataclass(frozen=True)
class TieCase:
    """The educations of a build, and what must be counted."""

    id: str
    tied: tuple[TiedEducation, ...]
    counts: dict[str, int]


TIE_CASES = (
    TieCase("to a group", (tied(TO_GROUP),), {}),
    TieCase("to an occupation of the group", (tied(TO_OCCUPATION),), {}),
    TieCase("to nothing", (tied(),), NOWHERE | UNREACHED),
    TieCase("to a subject alone", (tied(TO_SUBJECT),), NOWHERE | UNREACHED),
    TieCase("a general subject", (tied(is_general=True),), UNREACHED),
    TieCase("the title agrees", (tied(TO_GROUP, guess=GROUP, guess_probability=0.95),), {}),
    TieCase(
        "the title disagrees",
        (tied(TO_GROUP, guess="grup_003_aaa", guess_probability=0.95),),
        {"aub-kod-mot-titel": 1},
    ),
    TieCase("the title is not sure", (tied(TO_GROUP, guess="grup_003_aaa", guess_probability=0.5),), {}),
)


@pytest.mark.parametrize("case", TIE_CASES, ids=lambda case: case.id)
def test_educations_and_occupations_that_miss_each_other(case: TieCase, tmp_path: Path) -> None:
    snapshot = replace(snapshot_of(tmp_path, healthy()), tied=case.tied)
    assert counts(snapshot) == case.counts


def test_every_measure_has_a_defect_that_it_must_count(tmp_path: Path) -> None:
    records = healthy()
    changed(SKILL, replaced_by=(OCCUPATION,), deprecated=True)(records)
    snapshot = replace(snapshot_of(tmp_path, records), tied=(tied(TO_GROUP),))
    measures = {measure.id for measure in measured(snapshot) if measure.section is not Section.HYGIENE}
    counted = {id for case in (*CASES, *TIE_CASES) for id in case.counts}
    assert measures - counted == set()


def test_every_kind_of_finding_is_told_but_those_that_are_no_defects_or_counted_elsewhere() -> None:
    findings = tuple(Finding(ESCO, f"{URI}skill/{kind}", kind, Action.NOTED) for kind in FindingKind)
    snapshot = Snapshot(TODAY, findings=findings, totals=(RunTotals(ESCO, 100, 90, 10, 0, 0, False),))
    told = {measure.id: measure.count for measure in measured(snapshot)}
    left_out = {FindingKind.NOT_MIRRORED, FindingKind.DUPLICATE_LABEL}
    assert told == {f"esco-{kind.value.replace('_', '-')}": 1 for kind in FindingKind if kind not in left_out}


def test_an_education_that_leads_nowhere_concerns_all_that_give_it(tmp_path: Path) -> None:
    snapshot = replace(snapshot_of(tmp_path, healthy()), tied=(tied(),))
    measure = by_id(snapshot, "utbildningar-utan-yrke")
    assert (measure.count, measure.concerned) == (1, 3)
    assert measure.rows[0][-2:] == ("Myndigheten för yrkeshögskolan (MYH)", "i.1 i.2")


def test_the_ties_are_those_of_the_build_in_service(tmp_path: Path) -> None:
    content = rows()
    content["educations_sample"][0]["ssyk"] = ["0110"]
    folder = write_folder(tmp_path / "shared", content)
    build_full(tmp_path / "index", folder)
    with Mirror(tmp_path / "index" / MIRROR_FILE) as mirror:
        snapshot = read_snapshot(tmp_path / "index", mirror, TODAY)
    assert snapshot.tied is not None
    assert len(snapshot.tied) == 4
    coded = [e for e in snapshot.tied if any(tie.origin is TieOrigin.SSYK_CODE for tie in e.ties)]
    assert len(coded) == 1
    assert coded[0].guess
    assert len(coded[0].education_ids) == 1
    assert snapshot.from_files >= {JOBTECH, ESCO, SUSA}


def test_what_no_record_has_is_doubtful_when_only_files_were_read(tmp_path: Path) -> None:
    records = healthy()
    changed(SKILL, definition_sv="")(records)
    write(tmp_path, records)
    with Mirror(tmp_path / MIRROR_FILE) as mirror:
        put(mirror, JOBTECH, records[JOBTECH], key="files 1")
        snapshot = read_snapshot(tmp_path, mirror, TODAY)
    measure = by_id(snapshot, "kompetenser-utan-definition")
    assert measure.is_doubtful
    assert most_urgent([measure]) == ()
    from_api = replace(snapshot, from_files=frozenset())
    assert not by_id(from_api, "kompetenser-utan-definition").is_doubtful


def test_sources_that_were_not_read_are_not_measured(tmp_path: Path) -> None:
    records = healthy()
    snapshot = snapshot_of(tmp_path, {ESCO: records[ESCO]})
    assert {system for measure in measured(snapshot) for system in measure.systems} == {ESCO}
    assert measured(Snapshot(TODAY)) == ()


def test_sources_that_gave_nothing_break_no_measure(tmp_path: Path) -> None:
    snapshot = snapshot_of(tmp_path, {JOBTECH: [], ESCO: [], OPEN_FILES: [], SUSA: []})
    assert counts(replace(snapshot, tied=())) == {}
    assert all(measure.share is None for measure in measured(snapshot))


def test_the_most_urgent_come_first_and_those_without_defects_not_at_all(tmp_path: Path) -> None:
    measure = measured(snapshot_of(tmp_path, healthy()))[0]
    many = replace(measure, id="a", count=90, concerned=90, severity=Severity.UNTIDY)
    gap = replace(measure, id="b", count=9, concerned=9, severity=Severity.GAP)
    wrong = replace(measure, id="c", count=4, concerned=4, severity=Severity.WRONG)
    assert [found.id for found in most_urgent([measure, many, gap, wrong])] == ["c", "b", "a"]
    assert [found.id for found in most_urgent([many, gap, wrong], 1)] == ["c"]


def test_parts_are_shares_of_their_own_records() -> None:
    records = [("Skola", True), ("Vård", True), ("Vård", False)]
    assert parts_of(records) == (Part("Skola", 1, 1), Part("Vård", 1, 2))


def test_the_spread_counts_every_record_once() -> None:
    parts = spread([0, 0, 1, 5, 6, 80, 81])
    assert [(part.label, part.count) for part in parts if part.count] == [
        ("inga", 2), ("1–5", 2), ("6–10", 1), ("41–80", 1), ("fler än 80", 1),
    ]  # fmt: skip
    assert spread([]) == ()


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.125, "12,5 %"),
        (0.0, "0,0 %"),
        (1.0, "100,0 %"),
        (0.0001, "under 0,1 %"),
        (0.9999, "över 99,9 %"),
        (None, "–"),
    ],
)
def test_shares_are_told_in_swedish(share: float | None, told: str) -> None:
    assert percent(share).replace("\u00a0", " ") == told


def test_thousands_are_kept_apart() -> None:
    assert number(1234567).replace("\u00a0", " ") == "1 234 567"


def test_isco_groups_are_compared_only_where_both_sides_have_one(tmp_path: Path) -> None:
    records = healthy()
    without(GROUP, "related")(records)
    assert by_id(snapshot_of(tmp_path, records), "isco-mot-esco").total == 0
    assert ISCO not in {row[0] for row in by_id(snapshot_of(tmp_path, records), "isco-mot-esco").rows}
