import asyncio
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import StarterDataError
from ingest.findings import FindingKind
from ingest.mirror import Mirror
from ingest.progress import Progress
from ingest.sources.files import file_readers
from ingest.sync import sync_files, sync_readers
from tests.ingest.folders import ESCO, esco_id, occupation_id, rows, write_folder


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with Mirror(tmp_path / "mirror.sqlite") as opened:
        yield opened


def read(mirror: Mirror, folder: Path) -> None:
    asyncio.run(sync_readers(mirror, file_readers(folder)))


def kinds(mirror: Mirror) -> Counter[FindingKind]:
    return Counter(finding.kind for finding in mirror.findings())


def test_a_small_folder_is_read_in_whole(tmp_path: Path, mirror: Mirror) -> None:
    read(mirror, write_folder(tmp_path / "files", rows(occupations=4)))
    assert mirror.counts() == {
        "education": 4,
        "education-event": 4,
        "esco-occupation": 4,
        "esco-skill": 4,
        "isco-group": 1,
        "occupation-field": 1,
        "occupation-name": 4,
        "skill": 4,
        "ssyk-level-4": 1,
    }
    assert mirror.relation_counts() == {
        "broader": 5,
        "essential_skill": 4,
        "exact_match": 4,
        "has_skill": 4,
    }
    assert [source.system for source in mirror.versions()] == [
        "Arbetsförmedlingen open files",
        "ESCO",
        "JobTech Taxonomy",
        "SCB labour flows",
        "Susa-navet",
    ]
    first = next(mirror.concepts("occupation-name"))
    assert (first.label_en, first.alternative_sv) == ("job 0", ("Annat ord",))
    assert next(mirror.concepts("ssyk-level-4")).code == "0110"
    assert kinds(mirror) == {}


def test_an_unchanged_folder_is_not_read_again(tmp_path: Path, mirror: Mirror) -> None:
    folder = write_folder(tmp_path / "files", rows())
    steps: list[str] = []
    progress = Progress(
        on_step=lambda name, total: steps.append(name), on_done=lambda name, count: steps.append(name)
    )
    sync_files(mirror, folder, progress)
    assert steps
    before = mirror.content_hash()
    steps.clear()
    for file in folder.iterdir():
        os.utime(file)
    sync_files(mirror, folder, progress)
    assert steps == []
    assert mirror.content_hash() == before


def test_only_the_source_whose_file_changed_is_read_again(tmp_path: Path, mirror: Mirror) -> None:
    content = rows()
    folder = write_folder(tmp_path / "files", content)
    read(mirror, folder)
    content["esco_occupations"] = content["esco_occupations"][:3]
    write_folder(folder, content)
    steps: set[str] = set()
    progress = Progress(on_step=lambda name, total: steps.add(name), on_done=lambda name, count: None)
    sync_files(mirror, folder, progress)
    # gzip writes its time into the file, so an equal content may be another file.
    assert "ESCO" in steps
    assert mirror.concept(esco_id(3)) is None
    # The match leads to nothing now, and is back when its end is.
    assert mirror.relation_counts()["exact_match"] == 3
    read(mirror, write_folder(folder, rows()))
    assert mirror.relation_counts()["exact_match"] == 4


def test_concepts_that_version_30_does_not_have_are_retired(tmp_path: Path, mirror: Mirror) -> None:
    content = rows(occupations=2)
    content["jobtech_concepts"] += [
        {"id": "oldo_001_aaa", "type": "occupation-name", "label_sv": "Gammalt yrke"},
        {"id": "titl_001_aaa", "type": "job-title", "label_sv": "Titel"},
    ]
    content["esco_skills"].append({"uri": f"{ESCO}skill/old", "label_sv": "äldre", "version": "1.0.9 only"})
    read(mirror, write_folder(tmp_path / "files", content))
    retired = {record.concept_id for record in mirror.concepts(include_deprecated=True) if record.deprecated}
    assert retired == {"oldo_001_aaa", f"{ESCO}skill/old"}


def test_dirty_rows_are_set_aside_and_told(tmp_path: Path, mirror: Mirror) -> None:
    content = rows(occupations=2)
    dirty: list[dict[str, object] | str] = [
        *content["jobtech_concepts"],
        '{"id": "brok_001_aaa", "type"',
        "[]",
        "null",
        "[" * 100_000,
        '{"id": 7, "type": "skill", "label_sv": "Ett tal"}',
        '{"id": "null_001_aaa", "type": "occupation-name", "label_sv": null, "v30": true}',
        '{"id": "indu_001_aaa", "type": "sni-level-1", "label_sv": "Näring"}',
    ]
    content["jobtech_relations"] += [
        {"source": occupation_id(0), "relation": "likes", "target": occupation_id(1)},
        {"source": occupation_id(0), "relation": "broader", "target": "miss_001_aaa"},
        {"source": occupation_id(0), "relation": "substitutes", "target": "null_001_aaa"},
    ]
    read(mirror, write_folder(tmp_path / "files", {**content, "jobtech_concepts": dirty}))
    assert kinds(mirror) == {
        FindingKind.UNREADABLE: 5,
        FindingKind.MISSING_LABEL: 1,
        FindingKind.NOT_MIRRORED: 1,
        FindingKind.UNKNOWN_RELATION: 1,
        FindingKind.UNKNOWN_CONCEPT: 1,
        FindingKind.END_SET_ASIDE: 1,
    }
    for totals in mirror.totals():
        assert totals.read == totals.kept + totals.set_aside
    assert mirror.counts()["occupation-name"] == 2


def test_a_folder_without_search_words_serves(tmp_path: Path, mirror: Mirror) -> None:
    folder = write_folder(tmp_path / "files", rows())
    (folder / "autosuggest_terms.jsonl.gz").unlink()
    read(mirror, folder)
    assert next(mirror.concepts("occupation-name")).alternative_sv == ()


def test_a_missing_or_broken_file_is_an_error_that_names_it(tmp_path: Path, mirror: Mirror) -> None:
    folder = write_folder(tmp_path / "files", rows())
    whole = (folder / "esco_skills.jsonl.gz").read_bytes()
    (folder / "esco_skills.jsonl.gz").write_bytes(whole[:-12])
    with pytest.raises(StarterDataError, match=r"esco_skills\.jsonl\.gz"):
        read(mirror, folder)
    (folder / "esco_skills.jsonl.gz").unlink()
    with pytest.raises(StarterDataError, match=r"esco_skills\.jsonl\.gz"):
        read(mirror, folder)
