import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.retrieval.stores.manifest import SourceVersion
from assistant.settings import PROJECT_DIR
from ingest.cleaning import Read
from ingest.findings import Finding, FindingKind
from ingest.mirror import Mirror
from ingest.records import (
    ConceptRecord,
    EducationEventRecord,
    EducationRecord,
    RelationRecord,
    Removal,
)
from ingest.settling import closing_edges
from tests.ingest.folders import ESCO, occupation_id, rows, write_folder
from tests.ingest.syncing import KILLS, sync

JOBTECH, SUSA = "JobTech Taxonomy", "Susa-navet"
DAY = "2026-11-22"


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with Mirror(tmp_path / "mirror.sqlite") as opened:
        yield opened


def occupation(number: int, **others: object) -> ConceptRecord:
    record = ConceptRecord(occupation_id(number), "occupation-name", JOBTECH, label_sv=f"Yrke {number}")
    return replace(record, **others)  # type: ignore[arg-type]


def broader(source: int, target: int) -> RelationRecord:
    return RelationRecord(occupation_id(source), "broader", occupation_id(target), JOBTECH)


def education(number: int) -> EducationRecord:
    return EducationRecord(f"i.{number}", SUSA, title_sv=f"Kurs {number}", school_type="YH")


def event(number: int, of: int) -> EducationEventRecord:
    return EducationEventRecord(f"e.{number}", f"i.{of}", SUSA, towns=("Umeå",))


def put(mirror: Mirror, *records: Read, key: str = "1", is_partial: bool = False) -> None:
    """One whole sync of the records' source."""
    system = records[0].system
    mirror.begin(system, key, is_partial=is_partial)
    mirror.put_page(system, "end", records)
    mirror.finish(system, key, DAY)
    mirror.settle()


def found(mirror: Mirror, kind: FindingKind) -> list[Finding]:
    return [finding for finding in mirror.findings() if finding.kind is kind]


def assert_adds_up(mirror: Mirror) -> None:
    for totals in mirror.totals():
        assert totals.read == totals.kept + totals.set_aside + totals.removals, totals


def test_records_come_back_as_they_were_put_ordered_by_type_and_id(mirror: Mirror) -> None:
    skill = ConceptRecord(
        "skil_001_aaa",
        "skill",
        JOBTECH,
        label_sv="Svetsning",
        alternative_sv=("TIG", "MIG"),
        definition_sv="Att foga metall.\nMed värme.",
        code="0110",
        esco_uri=f"{ESCO}skill/1",
    )
    relation = RelationRecord(occupation_id(1), "has_skill", skill.concept_id, JOBTECH, 3, 75)
    put(mirror, skill, occupation(2), occupation(1), relation)
    assert list(mirror.concepts()) == [occupation(1), occupation(2), skill]
    assert list(mirror.concepts("skill")) == [skill]
    assert list(mirror.relations("has_skill")) == [relation]
    assert mirror.concept("skil_001_aaa") == skill
    assert mirror.concept("none_001_aaa") is None
    assert mirror.counts() == {"occupation-name": 2, "skill": 1}
    assert mirror.relation_counts() == {"has_skill": 1}
    assert mirror.versions() == (SourceVersion(JOBTECH, "1", DAY),)
    assert_adds_up(mirror)


def test_educations_come_back_with_their_events(mirror: Mirror) -> None:
    put(mirror, education(1), event(2, of=1), event(1, of=1), event(3, of=9))
    assert list(mirror.educations()) == [education(1)]
    assert mirror.events("i.1") == (event(1, of=1), event(2, of=1))
    assert list(mirror.all_events()) == [event(1, of=1), event(2, of=1)]
    assert mirror.counts() == {"education": 1, "education-event": 2}
    assert [finding.record_id for finding in found(mirror, FindingKind.UNKNOWN_EDUCATION)] == ["e.3"]
    assert_adds_up(mirror)


def test_what_a_whole_sync_no_longer_has_disappears(mirror: Mirror) -> None:
    put(mirror, occupation(1), occupation(2), broader(1, 2))
    put(mirror, occupation(1), key="2")
    assert list(mirror.concepts()) == [occupation(1)]
    assert list(mirror.relations()) == []
    assert mirror.totals()[0].disappeared == 2


def test_another_source_is_left_alone(mirror: Mirror) -> None:
    put(mirror, occupation(1))
    put(mirror, education(1))
    put(mirror, occupation(2), key="2")
    assert list(mirror.educations()) == [education(1)]


def test_a_retired_concept_that_names_its_successor_stays(mirror: Mirror) -> None:
    retired = occupation(1, deprecated=True, replaced_by=(occupation_id(2),))
    put(mirror, retired, occupation(2), occupation(3, deprecated=True))
    put(mirror, occupation(2), key="2")
    assert list(mirror.concepts(include_deprecated=True)) == [retired, occupation(2)]
    assert list(mirror.concepts()) == [occupation(2)]
    assert mirror.replacements() == {occupation_id(1): occupation_id(2)}


def test_chains_of_replacements_lead_to_the_live_concept_and_cycles_to_none(mirror: Mirror) -> None:
    def retired(number: int, *successors: int) -> ConceptRecord:
        return occupation(number, deprecated=True, replaced_by=tuple(map(occupation_id, successors)))

    put(mirror, retired(1, 2), retired(2, 3), occupation(3), retired(4, 5), retired(5, 4), retired(6, 9, 3))
    assert mirror.replacements() == {occupation_id(n): occupation_id(3) for n in (1, 2, 6)}
    lost = found(mirror, FindingKind.LOST_REPLACEMENT)
    assert [finding.record_id for finding in lost] == [occupation_id(4), occupation_id(5)]


def test_changes_alone_leave_the_rest_in_place(mirror: Mirror) -> None:
    put(mirror, education(1), education(2), event(1, of=1), event(2, of=2))
    changed = replace(education(2), title_sv="Nytt namn")
    gone = (Removal("i.1", SUSA), Removal("e.unknown", SUSA))
    put(mirror, changed, *gone, key="2", is_partial=True)
    assert list(mirror.educations()) == [changed]
    assert list(mirror.all_events()) == [event(2, of=2)]
    assert mirror.totals()[0].removals == 2
    assert_adds_up(mirror)


def test_a_record_that_is_removed_in_the_same_sync_is_accounted_for(mirror: Mirror) -> None:
    put(mirror, education(1), event(1, of=1), Removal("i.1", SUSA))
    assert mirror.counts() == {}
    assert len(found(mirror, FindingKind.REMOVED_AGAIN)) == 2
    assert_adds_up(mirror)


def test_of_two_records_with_one_id_the_later_is_kept(mirror: Mirror) -> None:
    put(mirror, occupation(1), occupation(1, label_sv="Nyare"), broader(1, 1), occupation(2), broader(1, 2))
    assert [record.label_sv for record in mirror.concepts()] == ["Nyare", "Yrke 2"]
    assert [finding.record_id for finding in found(mirror, FindingKind.DUPLICATE_ID)] == [occupation_id(1)]
    assert_adds_up(mirror)


def test_a_record_that_has_become_unusable_leaves_the_mirror(mirror: Mirror) -> None:
    put(mirror, education(1))
    put(mirror, replace(education(1), title_sv=""), key="2", is_partial=True)
    assert list(mirror.educations()) == []
    put(mirror, education(1), key="3", is_partial=True)
    assert list(mirror.educations()) == [education(1)]
    assert found(mirror, FindingKind.MISSING_LABEL) == []


def test_equal_labels_are_both_kept_and_noted(mirror: Mirror) -> None:
    put(mirror, occupation(1, label_sv="Kock"), occupation(2, label_sv="kock"), occupation(3))
    assert mirror.counts() == {"occupation-name": 3}
    doubles = found(mirror, FindingKind.DUPLICATE_LABEL)
    assert [finding.record_id for finding in doubles] == [occupation_id(1), occupation_id(2)]
    assert_adds_up(mirror)


def test_a_relation_waits_for_its_end(mirror: Mirror) -> None:
    target = ConceptRecord(f"{ESCO}occupation/1", "esco-occupation", "ESCO", label_en="cook")
    match = RelationRecord(occupation_id(1), "exact_match", target.concept_id, JOBTECH)
    put(mirror, occupation(1), match)
    assert list(mirror.relations()) == []
    assert len(found(mirror, FindingKind.UNKNOWN_CONCEPT)) == 1
    assert_adds_up(mirror)
    put(mirror, target)
    assert list(mirror.relations()) == [match]
    assert found(mirror, FindingKind.UNKNOWN_CONCEPT) == []
    assert_adds_up(mirror)


def test_a_relation_to_a_concept_that_was_set_aside_is_told_from_one_to_nothing(mirror: Mirror) -> None:
    put(mirror, occupation(1), occupation(2, label_sv=""), broader(1, 2), broader(1, 3))
    assert [finding.detail for finding in found(mirror, FindingKind.END_SET_ASIDE)] == [occupation_id(2)]
    assert [finding.detail for finding in found(mirror, FindingKind.UNKNOWN_CONCEPT)] == [occupation_id(3)]


def test_cycles_are_cut_at_the_edge_that_closes_them(mirror: Mirror) -> None:
    circle = [broader(1, 2), broader(2, 3), broader(3, 1)]
    put(mirror, *map(occupation, (1, 2, 3, 4)), *circle, broader(4, 2))
    assert list(mirror.relations("broader")) == [broader(1, 2), broader(2, 3), broader(4, 2)]
    cut = found(mirror, FindingKind.CYCLE)
    assert [finding.record_id for finding in cut] == [f"{occupation_id(3)} broader {occupation_id(1)}"]
    assert_adds_up(mirror)


def test_a_graph_without_its_closing_edges_has_no_cycle_even_when_it_is_deep() -> None:
    chain = [(f"{n:05d}", f"{n + 1:05d}") for n in range(20_000)]
    assert closing_edges([*chain, ("20000", "00007"), ("00000", "00500")]) == (("20000", "00007"),)
    assert closing_edges([("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")]) == (("b", "a"), ("c", "b"))


def test_a_concept_without_an_english_label_has_that_of_its_match(mirror: Mirror) -> None:
    def esco(number: int, label_sv: str, label_en: str) -> ConceptRecord:
        uri = f"{ESCO}occupation/{number}"
        return ConceptRecord(uri, "esco-occupation", "ESCO", label_sv=label_sv, label_en=label_en)

    def match(target: int, source: int = 1) -> RelationRecord:
        return RelationRecord(occupation_id(source), "exact_match", f"{ESCO}occupation/{target}", JOBTECH)

    put(mirror, esco(1, "hovmästare", "head waiter"), esco(2, "Yrke 1", "job one"), esco(3, "", ""))
    own = occupation(2, label_en="own label")
    put(mirror, occupation(1), own, match(1), match(2), match(1, source=2), occupation(3))
    labels = [record.label_en for record in mirror.concepts("occupation-name")]
    assert labels == ["job one", "own label", ""]
    assert mirror.english_sources() == {occupation_id(1): f"{ESCO}occupation/2"}


def test_an_isco_group_has_the_english_label_of_esco(mirror: Mirror) -> None:
    put(mirror, ConceptRecord(f"{ESCO}isco/C0110", "isco-group", "ESCO", label_en="Officers"))
    put(mirror, ConceptRecord("isco_001_aaa", "isco-level-4", JOBTECH, label_sv="Officerare", code="0110"))
    assert [record.label_en for record in mirror.concepts("isco-level-4")] == ["Officers"]


def test_the_content_hash_follows_the_content_and_nothing_else(mirror: Mirror, tmp_path: Path) -> None:
    put(mirror, occupation(1), occupation(2), broader(1, 2))
    first = mirror.content_hash()
    put(mirror, occupation(2), broader(1, 2), occupation(1), key="2")
    assert mirror.content_hash() == first
    put(mirror, occupation(1), occupation(2, definition_sv="Ny"), broader(1, 2), key="3")
    assert mirror.content_hash() != first


def test_a_sync_carries_on_where_it_stopped(tmp_path: Path) -> None:
    file = tmp_path / "mirror.sqlite"
    with Mirror(file) as mirror:
        assert mirror.begin(JOBTECH, "1") == ""
        mirror.put_page(JOBTECH, "page 1", [occupation(1)])
    with Mirror(file) as mirror:
        assert not mirror.is_current(JOBTECH, "1")
        assert mirror.begin(JOBTECH, "1") == "page 1"
        mirror.put_page(JOBTECH, "page 2", [occupation(2)])
        mirror.finish(JOBTECH, "1", DAY)
        assert list(mirror.concepts()) == [occupation(1), occupation(2)]
        assert mirror.is_current(JOBTECH, "1")


def test_another_version_is_read_from_the_beginning(mirror: Mirror) -> None:
    mirror.begin(JOBTECH, "1")
    mirror.put_page(JOBTECH, "page 1", [occupation(1)])
    assert mirror.begin(JOBTECH, "2") == ""
    mirror.put_page(JOBTECH, "page 1", [occupation(2)])
    mirror.finish(JOBTECH, "2", DAY)
    assert list(mirror.concepts()) == [occupation(2)]
    assert_adds_up(mirror)


def test_a_page_that_fails_leaves_nothing_behind(mirror: Mirror) -> None:
    def broken() -> Iterator[Read]:
        yield occupation(1)
        raise OSError("the source broke off")

    mirror.begin(JOBTECH, "1")
    with pytest.raises(OSError, match="broke off"):
        mirror.put_page(JOBTECH, "page 1", broken())
    assert list(mirror.concepts()) == []
    assert mirror.begin(JOBTECH, "1") == ""


def test_a_page_of_a_sync_that_never_began_is_refused(mirror: Mirror) -> None:
    with pytest.raises(ValueError, match="no sync"):
        mirror.put_page(JOBTECH, "page 1", [occupation(1)])


def test_a_mirror_of_another_version_of_the_program_is_emptied(tmp_path: Path) -> None:
    file = tmp_path / "mirror.sqlite"
    with Mirror(file) as mirror:
        put(mirror, occupation(1))
    database = sqlite3.connect(file)
    database.execute("PRAGMA user_version = 999")
    database.close()
    with Mirror(file) as mirror:
        assert mirror.counts() == {}
        put(mirror, occupation(2))
        assert mirror.counts() == {"occupation-name": 1}


def test_killed_ten_times_it_ends_as_if_undisturbed(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "files", rows(occupations=40))
    command = [sys.executable, "-m", "tests.ingest.syncing", folder, tmp_path / "killed.sqlite", "7"]
    run = subprocess.run(command, cwd=PROJECT_DIR, capture_output=True, text=True, check=True)
    assert int(run.stdout) == KILLS
    sync(folder, tmp_path / "whole.sqlite")
    with Mirror(tmp_path / "killed.sqlite") as killed, Mirror(tmp_path / "whole.sqlite") as whole:
        assert killed.content_hash() == whole.content_hash()
        assert list(killed.findings()) == list(whole.findings())
        assert killed.totals() == whole.totals()
        assert killed.counts()["occupation-name"] == 40
        assert_adds_up(killed)
