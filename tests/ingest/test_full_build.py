"""The whole of the sources into an index, from a small folder whose rows are invented."""

import json
import random
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.domain.language import Language
from assistant.retrieval.index import VectorIndex
from assistant.retrieval.passage import OWN_TYPES, PassageType
from assistant.retrieval.stores.concept_store import ConceptStore
from assistant.retrieval.stores.manifest import builds_folder, current_build
from assistant.retrieval.stores.passage_store import read_embedded, read_passages
from ingest.build import REPORT_FILE, VECTOR_CACHE_FILE, Content, build_index
from ingest.mirror import Mirror
from ingest.progress import QUIET, Progress
from ingest.records import ConceptRecord
from ingest.sources.starter import read_starter
from tests.encoders import UnwillingWordEncoder, WordEncoder
from tests.ingest.building import TINY, build, build_full, opened
from tests.ingest.folders import GROUP, Row, esco_id, occupation_id, rows, write_folder
from tests.ingest.test_build import ask_much, start, wait_until_killed

Folder = dict[str, list[Row]]


@pytest.fixture
def content() -> Folder:
    """Four occupations, and a course that says which occupation it leads to."""
    content = rows()
    content["educations_sample"].append(
        {
            "title": "Påhittat yrke 2025",
            "type": "aub",
            "ssyk": ["0110"],
            "location": "Umeå",
            "url": "https://a.se/1",
        }
    )
    return content


@pytest.fixture
def folder(tmp_path: Path, content: Folder) -> Path:
    return write_folder(tmp_path / "folder", content)


def texts_of(index_dir: Path, passage_type: PassageType, owner_id: str) -> list[tuple[str, str, bool]]:
    passages = read_passages(current_build(index_dir), passage_type)
    return [(p.language.value, p.text, p.embedded) for p in passages if p.owner_id == owner_id]


def assert_vectors_match_passages(index_dir: Path) -> None:
    build = current_build(index_dir)
    index = VectorIndex(build / "chroma")
    for passage_type in PassageType:
        wanted = {key for key, _ in read_embedded(build, passage_type)}
        assert index.keys(passage_type) == wanted, passage_type
    index.close()


def test_everything_is_found_by_its_type(tmp_path: Path, folder: Path) -> None:
    manifest = build_full(tmp_path, folder).manifest
    assert set(manifest.by_type) == set(PassageType)
    knowledge = opened(tmp_path)
    found = {
        PassageType.OCCUPATION_NAME: ("annat ord", occupation_id(0)),
        PassageType.OCCUPATION_AREA: ("påhittat område", "fild_001_aaa"),
        PassageType.TAXONOMY_SKILL: ("kunskap 2", "skil_002_aaa"),
        PassageType.ESCO_OCCUPATION: ("job 3", esco_id(3)),
        PassageType.ESCO_SKILL: ("do 1", "http://data.europa.eu/esco/skill/1"),
    }
    for passage_type, (words, owner_id) in found.items():
        best = knowledge.retrievers.require(passage_type).retrieve(words, top_k=1)[0]
        assert best.owner_id == owner_id, passage_type
    assert knowledge.educations.search("kurs 3")[0].kind.title == "Kurs 3"
    assert_vectors_match_passages(tmp_path)


def test_our_own_data_stays_as_it_is_beside_the_sources(tmp_path: Path, folder: Path) -> None:
    build(tmp_path / "own")
    build_full(tmp_path / "full", folder)
    own, full = opened(tmp_path / "own"), opened(tmp_path / "full")
    assert full.catalogue == own.catalogue
    assert full.linker.occupations("kör lastbil") == own.linker.occupations("kör lastbil")
    assert full.linker.skills("baking") == own.linker.skills("baking")
    assert {t: full.manifest.by_type[t] for t in OWN_TYPES} == own.manifest.by_type


def test_an_index_of_our_own_data_has_empty_stores_and_all_places(tmp_path: Path) -> None:
    build(tmp_path)
    knowledge = opened(tmp_path)
    assert knowledge.concepts.counts() == {}
    assert knowledge.concepts.concept(GROUP) is None
    assert knowledge.educations.counts() == {"kind": 0, "offering": 0, "tie": 0}
    assert knowledge.educations.search("kurs") == ()
    assert knowledge.retrievers.get(PassageType.EDUCATION) is None
    assert [found.place.name for found in knowledge.places.find("jag bor i Solna")] == ["Solna"]


def test_an_occupation_is_found_by_all_that_it_is_called(tmp_path: Path, folder: Path) -> None:
    build_full(tmp_path, folder)
    assert texts_of(tmp_path, PassageType.OCCUPATION_NAME, occupation_id(0)) == [
        ("sv", "Yrke 0", True),
        ("sv", "Annat ord", True),
        ("en", "job 0", True),
    ]


def test_the_stores_answer_how_things_hang_together(tmp_path: Path, folder: Path) -> None:
    build_full(tmp_path, folder)
    knowledge = opened(tmp_path)
    concepts = knowledge.concepts
    names = concepts.occupation_names_of(GROUP)
    assert [name.preferred_label.sv for name in names] == ["Yrke 0", "Yrke 1", "Yrke 2", "Yrke 3"]
    group = concepts.group_of(occupation_id(2))
    assert group is not None
    assert (group.concept_id, group.code) == (GROUP, "0110")
    matches = concepts.relations_of(occupation_id(1), "exact_match")
    assert [match.target_id for match in matches] == [esco_id(1)]
    assert [r.source_id for r in concepts.sources_of(esco_id(1), "exact_match")] == [occupation_id(1)]
    tied = knowledge.educations.kinds_for(GROUP)
    assert [(t.kind.title, t.origin.value, t.probability) for t in tied] == [
        ("Påhittat yrke", "ssyk_code", 1.0)
    ]
    assert [o.towns for o in knowledge.educations.offerings(tied[0].kind.kind_id)] == [("Umeå",)]


def test_a_second_build_does_nothing_and_renews_the_dates(tmp_path: Path, folder: Path) -> None:
    first = build_full(tmp_path, folder)
    again = build_full(tmp_path, folder, make_encoder=UnwillingWordEncoder)
    assert again.is_unchanged
    assert again.folder == first.folder
    assert again.manifest == first.manifest
    assert (again.folder / REPORT_FILE).is_file()


def test_only_what_has_changed_is_encoded_and_added(tmp_path: Path, folder: Path, content: Folder) -> None:
    first = build_full(tmp_path, folder)
    content["jobtech_concepts"][2]["label_sv"] = "Nytt yrke"
    write_folder(folder, content)
    encoder = WordEncoder()
    done: list[tuple[str, int]] = []
    progress = Progress(lambda name, total: None, lambda name, count: done.append((name, count)))
    again = build_full(tmp_path, folder, make_encoder=lambda: encoder, progress=progress)
    assert encoder.passages == ["Nytt yrke"]
    # ESCO's label, which was the same but for its capital, is now a title with a known vector.
    assert (again.encoded, again.vectors) == (1, 2)
    assert first.vectors > 50
    assert sum(count for name, count in done if name == "Embedding texts") == 2
    found = opened(tmp_path).retrievers.require(PassageType.OCCUPATION_NAME).retrieve("nytt yrke", top_k=1)
    assert found[0].owner_id == occupation_id(0)
    assert_vectors_match_passages(tmp_path)


def test_what_has_disappeared_is_gone(tmp_path: Path, folder: Path, content: Folder) -> None:
    build_full(tmp_path, folder)
    assert opened(tmp_path).concepts.concept("skil_003_aaa") is not None
    content["jobtech_concepts"] = [row for row in content["jobtech_concepts"] if row["id"] != "skil_003_aaa"]
    write_folder(folder, content)
    build_full(tmp_path, folder)
    knowledge = opened(tmp_path)
    assert knowledge.concepts.concept("skil_003_aaa") is None
    assert knowledge.concepts.resolve("skil_003_aaa") is None
    assert texts_of(tmp_path, PassageType.TAXONOMY_SKILL, "skil_003_aaa") == []
    assert_vectors_match_passages(tmp_path)


def test_a_retired_concept_leads_to_the_one_in_its_place(tmp_path: Path) -> None:
    retired = ConceptRecord(
        occupation_id(1), "occupation-name", "JobTech Taxonomy", label_sv="Eldare", deprecated=True
    )
    records = (
        replace(retired, replaced_by=(occupation_id(2),)),
        replace(retired, concept_id=occupation_id(2), replaced_by=(occupation_id(3),)),
        replace(retired, concept_id=occupation_id(3), label_sv="Drifttekniker", deprecated=False),
    )
    with Mirror(tmp_path / "mirror.sqlite") as mirror:
        mirror.begin("JobTech Taxonomy", "all")
        mirror.put_page("JobTech Taxonomy", "end", records)
        mirror.finish("JobTech Taxonomy", "30", "2026-11-22")
        mirror.settle()
        build_index(Content(read_starter(TINY), (), mirror), tmp_path, WordEncoder, QUIET)
    knowledge = opened(tmp_path)
    assert knowledge.concepts.concept(occupation_id(1)) is None
    assert knowledge.concepts.resolve(occupation_id(1)) == occupation_id(3)
    assert texts_of(tmp_path, PassageType.OCCUPATION_NAME, occupation_id(1)) == []
    assert texts_of(tmp_path, PassageType.OCCUPATION_NAME, occupation_id(3)) == [
        ("sv", "Drifttekniker", True)
    ]


def test_from_everything_back_to_our_own_data(tmp_path: Path, folder: Path) -> None:
    build_full(tmp_path, folder)
    build(tmp_path, make_encoder=UnwillingWordEncoder)
    assert set(opened(tmp_path).manifest.by_type) == set(OWN_TYPES)
    assert_vectors_match_passages(tmp_path)


def test_the_report_tells_of_every_source(tmp_path: Path, folder: Path) -> None:
    built = build_full(tmp_path, folder)
    report = json.loads((built.folder / REPORT_FILE).read_text(encoding="utf-8"))
    assert {total["system"] for total in report["totals"]} == {s.system for s in built.manifest.sources} - {
        "Vägvisare guide pages"
    }


@dataclass(frozen=True)
class KillCase:
    id: str
    event: str
    needle: str


KILLS = (
    KillCase("as the mirror is opened", "sqlite3.connect", "mirror.sqlite"),
    KillCase("as the concepts are written", "sqlite3.connect", "concepts.sqlite"),
    KillCase("as the educations are written", "sqlite3.connect", "educations.sqlite"),
    KillCase("as the words are indexed", "open", "own_scores.npy"),
    KillCase("as vectors are looked up", "sqlite3.connect", VECTOR_CACHE_FILE),
    KillCase("as educations are tied", "sqlite3.connect", "links.sqlite"),
    KillCase("as the report is written", "open", REPORT_FILE),
    KillCase("as it switches over", "os.rename", "current.pending"),
)


@pytest.mark.parametrize("case", KILLS, ids=lambda case: case.id)
def test_a_full_build_killed_at_any_step_leaves_the_old_index_in_service(
    case: KillCase, tmp_path: Path, folder: Path, content: Folder
) -> None:
    index_dir = tmp_path / "index"
    old = build_full(index_dir, folder).manifest
    content["jobtech_concepts"][2]["label_sv"] = "Nytt yrke"
    write_folder(folder, content)
    wait_until_killed(start(TINY, index_dir, case.event, case.needle, folder=folder))
    assert opened(index_dir).manifest == old

    build_full(index_dir, folder)
    label = opened(index_dir).concepts.concept(occupation_id(0))
    assert label is not None
    assert label.preferred_label.text(Language.SV) == "Nytt yrke"
    assert len(list(builds_folder(index_dir).iterdir())) == 2
    assert_vectors_match_passages(index_dir)


def test_a_full_build_killed_at_random_moments_carries_on(
    tmp_path: Path, starter: Path, folder: Path, content: Folder
) -> None:
    index_dir = tmp_path / "index"
    old = build_full(index_dir, folder).manifest
    ask_much(starter)
    content["jobtech_concepts"][2]["label_sv"] = "Nytt yrke"
    write_folder(folder, content)
    moments = random.Random(20261122)
    for _ in range(3):
        process = start(starter, index_dir, folder=folder)
        time.sleep(moments.uniform(0.3, 2.0))
        process.kill()
        wait_until_killed(process)
        assert opened(index_dir).manifest == old
    built = build_full(index_dir, folder, starter)
    undisturbed = build_full(tmp_path / "other", folder, starter)
    assert built.manifest.content_hash == undisturbed.manifest.content_hash
    assert built.manifest.by_type == undisturbed.manifest.by_type
    assert ConceptStore(built.folder).counts() == ConceptStore(undisturbed.folder).counts()
    assert_vectors_match_passages(index_dir)
