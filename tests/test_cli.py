"""The command line as other programs use it: each command as a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.retrieval.knowledge import Knowledge
from assistant.settings import PROJECT_DIR
from tests.documents.files import docx_of, pdf_of
from tests.standin.shared import SHARED_DIR

PHRASES = SHARED_DIR / "eval" / "newcomer_phrases_dev.tsv"
LONGEST_S = 120

Line = dict[str, Any]


@pytest.fixture
def environment(index_dir: Path) -> dict[str, str]:
    """Settings for a process; a file `.env` of the developer's has no say, since these stand before it."""
    return os.environ | {
        "INDEX_DIR": str(index_dir),
        "MODEL": "guide",
        "PROMPTS": "",
        "LIVE_SOURCES": "false",
        "LOG_LEVEL": "WARNING",
        "PYTHONIOENCODING": "utf-8",
    }


def run(
    environment: dict[str, str], *arguments: str, lines: tuple[object, ...] = ()
) -> subprocess.CompletedProcess[str]:
    given = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        input=given,
        capture_output=True,
        encoding="utf-8",
        cwd=PROJECT_DIR,
        env=environment,
        timeout=LONGEST_S,
        check=False,
    )


def chat(environment: dict[str, str], *lines: object, language: str = "sv") -> list[list[Line]]:
    """The events of each turn, a list for each line that was sent."""
    done = run(environment, "chat", "--json", "--lang", language, lines=lines)
    assert done.returncode == 0, done.stderr
    turns: list[list[Line]] = [[]]
    for line in done.stdout.splitlines():
        event = json.loads(line)
        turns[-1].append(event)
        if event["type"] in ("answer", "error"):
            turns.append([])
    assert turns.pop() == []
    return turns


def test_chat_speaks_json_line_by_line(environment: dict[str, str]) -> None:
    told, chosen, broken, wrong, upload, after = chat(
        environment,
        {"message": "Jag har kört lastbil i Syrien i 7 år"},
        {"choice": "language:en"},
        '{"message": ',
        ["message"],
        {"upload": "cv.pdf"},
        {"message": "thank you"},
    )
    assert {event["type"] for event in told} == {"token", "tool", "answer"}
    answer = told[-1]
    assert (answer["language"], answer["phase"]) == ("sv", "experience")
    assert [citation["marker"] for citation in answer["citations"]] == list(
        range(1, len(answer["citations"]) + 1)
    )
    assert answer["choices"]
    assert {"name", "arguments", "sources"} <= told[0].keys() if told[0]["type"] == "tool" else True
    assert chosen[-1]["language"] == "en"
    for failed in (broken, wrong, upload):
        assert [event["type"] for event in failed] == ["error"]
        assert failed[0].keys() == {"type", "message"}
    assert after[-1]["type"] == "answer"


def test_a_file_is_read_like_a_pasted_text(environment: dict[str, str], tmp_path: Path) -> None:
    lines = ["Work experience", "Carpenter, BuildCo, Nairobi, Kenya", "2012-2018"]
    lines += ["Languages", "Swahili", "English (fluent)", "Driving licence", "B, CE"]
    lines += ["Built roofs, windows and doors, and led a team of four people on site."] * 5
    (tmp_path / "cv.pdf").write_bytes(pdf_of(*lines))
    (tmp_path / "cv.docx").write_bytes(docx_of(*lines))
    (tmp_path / "locked.pdf").write_bytes(pdf_of(*lines, password="secret"))
    missing, locked, pdf, yes, docx = chat(
        environment,
        {"upload": str(tmp_path / "none.pdf")},
        {"upload": str(tmp_path / "locked.pdf")},
        {"upload": str(tmp_path / "cv.pdf")},
        {"message": "yes"},
        {"upload": str(tmp_path / "cv.docx")},
        language="en",
    )
    assert [event["type"] for event in (*missing, *locked)] == ["error", "error"]
    assert "password" in locked[0]["message"]
    assert "Carpenter" in pdf[-1]["text"]
    profile = yes[-1]["profile"]
    (carpenter,) = profile["experiences"]
    assert (carpenter["ssyk"], carpenter["years"], carpenter["country"]) == ("7111", 6, "KE")
    assert {"name": "English", "level": "C1"} in profile["languages"]
    assert profile["licences"] == ["B", "CE"]
    assert docx[-1]["type"] == "answer"


def test_a_choice_confirms_what_was_offered(environment: dict[str, str], knowledge: Knowledge) -> None:
    nurse = next(group for group in knowledge.catalogue.groups.values() if group.ssyk_code == "2221")
    choice = f"concept:{nurse.concept_id}"
    told, chosen = chat(
        environment, {"message": "I was a nurse for 5 years in Iran"}, {"choice": choice}, language="en"
    )
    assert choice in [offered["id"] for offered in told[-1]["choices"]]
    (experience,) = chosen[-1]["profile"]["experiences"]
    assert experience["concept_id"] == nurse.concept_id
    assert (experience["ssyk"], experience["years"], experience["country"]) == ("2221", 5, "IR")


ODD: tuple[Line, ...] = (
    {"message": ""},
    {"message": "\ud800 \u0000 \u202e"},
    {"message": "x" * 50_000},
    {"choice": ""},
    {"choice": "language:de"},
    {"choice": "concept:AAAA_aaa_aaa"},
    {"choice": "c" * 10_000},
    {"message": "hej", "choice": 7},
)


def test_odd_input_gets_an_answer_each(environment: dict[str, str]) -> None:
    turns = chat(environment, *ODD)
    assert [turn[-1]["type"] for turn in turns] == ["answer"] * len(ODD)


def test_a_model_that_cannot_be_made_is_said_in_one_line(environment: dict[str, str]) -> None:
    done = run(environment, "chat", "--json", "--model", "nobody:model", lines=({"message": "hej"},))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("assistant: ")
    assert "Traceback" not in done.stderr


def test_a_missing_index_is_said_with_what_to_run(environment: dict[str, str], tmp_path: Path) -> None:
    done = run(environment | {"INDEX_DIR": str(tmp_path)}, "link", "kock")
    assert done.returncode == 1
    assert "python -m ingest build" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", ["occupation", "skill"])
def test_link_prints_ranked_concepts(kind: str, environment: dict[str, str]) -> None:
    done = run(environment, "link", "kock på restaurang", "--type", kind, "--top", "3", "--json")
    assert done.returncode == 0, done.stderr
    concepts = json.loads(done.stdout)
    assert [concept["rank"] for concept in concepts] == [1, 2, 3]
    keys = {"rank", "concept_id", "type", "label_sv", "label_en", "ssyk", "score", "probability"}
    assert all(concept.keys() == keys for concept in concepts)
    scores = [concept["score"] for concept in concepts]
    assert scores == sorted(scores, reverse=True)
    if kind == "occupation":
        assert concepts[0]["ssyk"] == "5120"


@pytest.mark.shared
def test_phrases_reach_the_figures_that_are_promised(environment: dict[str, str]) -> None:
    if not PHRASES.exists():
        reason = f"the shared data is not in {SHARED_DIR}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    done = run(environment, "evaluate", "phrases", str(PHRASES))
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    figures = json.loads(line)
    assert figures.keys() == {"sv", "en"}
    for language, found in figures.items():
        assert found.keys() == {"n", "accuracy@1", "accuracy@3", "accuracy@5"}
        assert found["accuracy@1"] >= 0.65, language
        assert found["accuracy@5"] >= 0.85, language
