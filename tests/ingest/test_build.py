import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from assistant.errors import IndexBusy, IndexMissing, IndexStale
from assistant.retrieval.knowledge import open_knowledge
from assistant.retrieval.stores.manifest import (
    SCHEMA_VERSION,
    Manifest,
    builds_folder,
    current_build,
    put_in_service,
    read_manifest,
)
from assistant.retrieval.stores.vector_cache import VectorCache
from assistant.settings import PROJECT_DIR
from ingest.build import VECTOR_CACHE_FILE, content_hash
from ingest.documents import own_passages, to_catalogue
from ingest.progress import Progress
from ingest.sources.starter import read_starter
from tests.encoders import UnwillingWordEncoder, WordEncoder
from tests.ingest.building import NO_FOLDER, TINY, build, opened


def driver_found_by(phrase: str, index_dir: Path) -> bool:
    found = opened(index_dir).linker.occupations(phrase, top_k=1)[0]
    return found.ssyk_code == "9001" and found.score > 0.5


def edit(starter: Path, old: str, new: str) -> None:
    file = starter / "groups" / "work.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_build_can_be_opened_and_searched(tmp_path: Path) -> None:
    manifest = build(tmp_path)
    knowledge = opened(tmp_path)
    assert knowledge.manifest == manifest
    assert [concept.ssyk_code for concept in knowledge.linker.occupations("lagade mat", top_k=1)] == ["9002"]
    assert knowledge.linker.skills("baking", top_k=1)[0].preferred_label.sv == "Bakning"
    assert knowledge.guides.retrieve("apply for a licence", top_k=1)[0].owner_id == "nursing"


def test_the_manifest_tells_what_was_built(tmp_path: Path) -> None:
    manifest = build(tmp_path)
    assert (manifest.schema_version, manifest.encoder) == (SCHEMA_VERSION, "words")
    assert manifest.concepts == 4 + 9
    assert manifest.passages == sum(manifest.by_type.values())
    assert set(manifest.by_type) == {"occupation", "skill", "guide", "section"}
    assert [(source.system, source.version) for source in manifest.sources] == [
        ("JobTech Taxonomy", "30"),
        ("Arbetsförmedlingen open files", "29"),
        ("SCB labour flows", "2025-04"),
        ("ESCO", "1.2.0"),
        ("Vägvisare guide pages", "2026-01-02"),
    ]


def test_a_second_build_is_the_same_and_encodes_nothing(tmp_path: Path) -> None:
    first = build(tmp_path)
    second = build(tmp_path, make_encoder=UnwillingWordEncoder)
    assert second.content_hash == first.content_hash
    assert replace(second, built_at=first.built_at) == first
    assert driver_found_by("kör lastbil", tmp_path)


def test_the_same_content_is_not_built_again(tmp_path: Path) -> None:
    first = build(tmp_path)
    folder = current_build(tmp_path)
    again = build(tmp_path, make_encoder=UnwillingWordEncoder)
    assert again == first
    assert list(builds_folder(tmp_path).iterdir()) == [folder]
    assert driver_found_by("kör lastbil", tmp_path)


def test_other_code_builds_the_same_content_anew_from_the_vectors_in_service(tmp_path: Path) -> None:
    built = replace(build(tmp_path), code_hash="of another version")
    before = current_build(tmp_path)
    built.write(before)
    assert build(tmp_path, make_encoder=UnwillingWordEncoder).content_hash == built.content_hash
    assert current_build(tmp_path) != before
    assert driver_found_by("kör lastbil", tmp_path)


def test_the_build_that_was_replaced_stays_for_those_who_have_it_open(tmp_path: Path, starter: Path) -> None:
    index_dir = tmp_path / "index"
    build(index_dir)
    first = current_build(index_dir)
    serving = opened(index_dir)
    edit(starter, "budbil", "paketbil")
    build(index_dir, starter)
    second = current_build(index_dir)
    assert set(builds_folder(index_dir).iterdir()) == {first, second}
    assert serving.linker.occupations("kör lastbil")

    build(index_dir)
    assert set(builds_folder(index_dir).iterdir()) == {second, current_build(index_dir)}


def test_a_second_build_at_the_same_time_is_refused(tmp_path: Path) -> None:
    with FileLock(tmp_path / "build.lock"), pytest.raises(IndexBusy, match="wait"):
        build(tmp_path)
    build(tmp_path)
    assert driver_found_by("kör lastbil", tmp_path)


def test_only_new_texts_are_encoded(tmp_path: Path, starter: Path) -> None:
    build(tmp_path / "index")
    edit(starter, "budbil", "paketbil")
    encoder = WordEncoder()
    build(tmp_path / "index", starter, lambda: encoder)
    assert encoder.passages == ["paketbil"]


EDITS = (
    ("a title", "budbil", "paketbil"),
    ("a skill's label", "Bakning", "Bageri"),
    ("a neighbour", "neighbours: ['9002', '9003']", "neighbours: ['9002', '9004']"),
    ("a licence", "licences: [C]", "licences: [D]"),
    ("a route", "You learn at the workplace.", "You learn at work."),
    ("an authority", "Socialstyrelsen", "Skolverket"),
)


def hash_of(starter: Path) -> str:
    records = read_starter(starter)
    catalogue = to_catalogue(records)
    return content_hash(catalogue, own_passages(records, catalogue))


@pytest.mark.parametrize(("old", "new"), [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS])
def test_any_change_of_content_changes_the_hash(old: str, new: str, starter: Path) -> None:
    before = hash_of(TINY)
    assert hash_of(starter) == before
    edit(starter, old, new)
    assert hash_of(starter) != before


def test_other_features_change_the_hash(starter: Path) -> None:
    file = starter / "features.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("[care]", "[care, light]"), encoding="utf-8")
    assert hash_of(starter) != hash_of(TINY)


def test_another_step_changes_the_hash(starter: Path) -> None:
    file = starter / "routes/nurse.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("[1, 2]", "[1, 3]"), encoding="utf-8")
    assert hash_of(starter) != hash_of(TINY)


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_the_hash_is_the_same_in_every_process(seed: str) -> None:
    code = "from tests.ingest.test_build import TINY, hash_of; print(hash_of(TINY))"
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", code]
    found = subprocess.run(
        command, cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == hash_of(TINY)


def test_progress_tells_the_total_and_then_all_of_it(tmp_path: Path) -> None:
    totals: list[int | None] = []
    done: list[int] = []
    progress = Progress(lambda name, total: totals.append(total), lambda name, count: done.append(count))
    build(tmp_path, progress=progress)
    assert len(totals) == 1
    assert sum(done) == totals[0]
    assert sum(done) > 50


def start(
    starter: Path, index_dir: Path, *kill_at: str, folder: Path | str = NO_FOLDER
) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.ingest.building", str(starter), str(index_dir), str(folder)]
    process = subprocess.Popen([*command, *kill_at], cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "started\n"
    return process


def wait_until_killed(process: subprocess.Popen[str]) -> None:
    # The output ends when every process that holds it has ended, so no worker is left either.
    with process:
        process.communicate(timeout=20)
    assert process.returncode == -signal.SIGKILL


def ask_much(starter: Path) -> None:
    """Make the build large enough for several processes."""
    file = starter / "guides" / "driving.yaml"
    questions = ", ".join(f"question {number}" for number in range(600))
    file.write_text(file.read_text(encoding="utf-8").replace("driving test", questions), encoding="utf-8")


def test_several_processes_give_the_same_vectors_as_one(tmp_path: Path, starter: Path) -> None:
    ask_much(starter)
    build(tmp_path / "index", starter)
    texts = [f"question {number}" for number in range(600)]
    cached = VectorCache(tmp_path / "index" / VECTOR_CACHE_FILE, "words").get(texts)
    expected = WordEncoder().encode_passages(texts)
    assert np.array_equal(np.stack([cached[text] for text in texts]), expected)


def test_a_build_killed_at_random_moments_leaves_the_old_index_in_service(
    tmp_path: Path, starter: Path
) -> None:
    index_dir = tmp_path / "index"
    old = build(index_dir)
    edit(starter, "budbil", "paketbil")
    ask_much(starter)
    moments = random.Random(20261121)
    for _ in range(3):
        process = start(starter, index_dir)
        time.sleep(moments.uniform(0, 1.5))
        process.kill()
        wait_until_killed(process)
        assert opened(index_dir).manifest == old
        assert driver_found_by("budbil", index_dir)

    replaced = current_build(index_dir)
    new = build(index_dir, starter)
    assert new.content_hash != old.content_hash
    assert set(builds_folder(index_dir).iterdir()) == {replaced, current_build(index_dir)}
    assert driver_found_by("paketbil", index_dir)


@dataclass(frozen=True)
class KillCase:
    id: str
    event: str
    needle: str
    in_service: str


KILLS = (
    KillCase("as the facts are written", "sqlite3.connect", "catalogue.sqlite", "old"),
    KillCase("as the passages are written", "sqlite3.connect", "passages.sqlite", "old"),
    KillCase("as the vectors in service are copied", "shutil.copytree", "chroma", "old"),
    KillCase("as the words are indexed", "open", "own_scores.npy", "old"),
    KillCase("as the vectors are looked up", "sqlite3.connect", VECTOR_CACHE_FILE, "old"),
    KillCase("as the manifest is written", "open", "manifest.json.pending", "old"),
    KillCase("as the switch is prepared", "open", "current.pending", "old"),
    KillCase("as it switches over", "os.rename", "current.pending", "old"),
    KillCase("as old builds are removed", "shutil.rmtree", "builds", "new"),
)


@pytest.mark.parametrize("case", KILLS, ids=lambda case: case.id)
def test_a_build_killed_at_any_step_leaves_a_whole_index_in_service(
    case: KillCase, tmp_path: Path, starter: Path
) -> None:
    index_dir = tmp_path / "index"
    # The one before the last is what a build removes.
    edit(starter, "budbil", "skåpbil")
    build(index_dir, starter)
    old = build(index_dir)
    edit(starter, "skåpbil", "paketbil")
    wait_until_killed(start(starter, index_dir, case.event, case.needle))
    assert (opened(index_dir).manifest == old) is (case.in_service == "old")
    assert driver_found_by("budbil" if case.in_service == "old" else "paketbil", index_dir)

    build(index_dir, starter)
    assert driver_found_by("paketbil", index_dir)
    kept = set(builds_folder(index_dir).iterdir())
    assert current_build(index_dir) in kept
    assert len(kept) == 2
    assert not (index_dir / "current.pending").exists()


def test_nothing_built_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="python -m ingest build") as caught:
        opened(tmp_path)
    assert caught.value.path == tmp_path


def test_a_build_that_was_removed_is_missing(tmp_path: Path) -> None:
    build(tmp_path)
    (current_build(tmp_path) / "manifest.json").unlink()
    with pytest.raises(IndexMissing):
        opened(tmp_path)


def test_another_encoder_makes_an_index_stale(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(IndexStale, match="python -m ingest build") as caught:
        open_knowledge(tmp_path, WordEncoder(name="letters"))
    assert "letters" in caught.value.expected
    assert "words" in caught.value.found


def test_another_schema_makes_an_index_stale(tmp_path: Path) -> None:
    manifest = replace(build(tmp_path), schema_version=SCHEMA_VERSION - 1)
    manifest.write(current_build(tmp_path))
    with pytest.raises(IndexStale, match=f"schema {SCHEMA_VERSION - 1}"):
        opened(tmp_path)


def test_a_manifest_of_an_older_form_is_stale_too(tmp_path: Path) -> None:
    build(tmp_path)
    manifest = current_build(tmp_path) / "manifest.json"
    manifest.write_text('{"schema_version": 1, "encoder": "words"}', encoding="utf-8")
    with pytest.raises(IndexStale):
        opened(tmp_path)


def test_a_manifest_survives_writing_and_reading(tmp_path: Path) -> None:
    manifest: Manifest = build(tmp_path)
    folder = builds_folder(tmp_path) / "copy"
    folder.mkdir()
    manifest.write(folder)
    put_in_service(tmp_path, folder)
    assert read_manifest(current_build(tmp_path)) == manifest
