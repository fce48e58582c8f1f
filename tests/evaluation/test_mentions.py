"""How found and gold experiences are matched and counted, and what our own set gives."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.domain.concept import ConceptType
from assistant.domain.language import Bilingual
from assistant.domain.profile import ExperienceKind
from assistant.errors import EvaluationDataError
from assistant.evaluation.mentions import (
    GoldExperience,
    MessageCase,
    match,
    mention_figures,
    read_cases,
    read_message_cases,
)
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.linker import LinkedConcept
from assistant.retrieval.mentions.mention import Mention
from assistant.settings import PROJECT_DIR

MESSAGES = PROJECT_DIR / "tests" / "evals" / "messages.jsonl"
TEXT = "I was a cook, a driver and a nurse"


def gold(*quotes: str, text: str = TEXT) -> MessageCase:
    experiences = tuple(GoldExperience(quote=quote, ssyk=("5120",), years=2) for quote in quotes)
    return MessageCase(id="m", language="en", text=text, experiences=experiences)


def mention(quote: str, *, ssyk: str = "5120", years: float | None = None) -> Mention:
    concept = LinkedConcept(1, "id", ConceptType.OCCUPATION_GROUP, Bilingual("", ""), ssyk, 1.0, "")
    start = TEXT.index(quote)
    return Mention(quote, start, start + len(quote), (concept,), years, "", ExperienceKind.PAID)


@dataclass(frozen=True)
class Case:
    name: str
    gold: tuple[str, ...]
    found: tuple[str, ...]
    hits: int
    missed: int
    false: int


CASES = (
    Case("each found", ("cook", "driver"), ("I was a cook", "a driver"), 2, 0, 0),
    Case("one long mention is one hit", ("cook", "driver", "nurse"), (TEXT,), 1, 2, 0),
    Case("two mentions of one are one hit", ("cook, a driver",), ("cook", "driver"), 1, 0, 1),
    Case("a long one leaves its other half free", ("cook", "driver"), (TEXT, "cook"), 2, 0, 0),
    Case("no overlap", ("cook",), ("nurse",), 0, 1, 1),
    Case("nothing found", ("cook",), (), 0, 1, 0),
    Case("nothing to find", (), ("nurse",), 0, 0, 1),
    Case("a quote that the text has not", ("plumber",), (), 0, 1, 0),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_found_and_gold_are_matched_one_to_one(case: Case) -> None:
    read = match(gold(*case.gold), tuple(map(mention, case.found)))
    assert (len(read.pairs), len(read.missed), len(read.false)) == (case.hits, case.missed, case.false)


def test_figures_count_experiences_not_messages() -> None:
    right = mention("I was a cook", years=2)
    wrong = mention("a driver", ssyk="8321", years=3)
    read = [match(gold("cook", "driver"), (right, wrong)), match(gold("nurse"), ()), match(gold(), (right,))]
    figures = mention_figures(read)
    assert figures["n"] == 3
    assert figures["precision"] == figures["recall"] == figures["f1"] == 0.6667
    assert figures["accuracy@1"] == 0.5
    assert figures["years"] == 0.5
    assert figures["quiet"] == 0.0


def test_no_case_gives_zeros() -> None:
    figures = mention_figures([])
    assert (figures["n"], figures["f1"], figures["accuracy@1"]) == (0, 0.0, 0.0)


BROKEN = (
    pytest.param('{"id": "m1"', id="no json"),
    pytest.param('{"id": "m1", "language": "sv", "text": "kock"}', id="no experiences"),
    pytest.param(
        '{"id": "m1", "language": "sv", "text": "kock", "experiences": [{"quote": "kock", "ssyk": []}]}',
        id="no code",
    ),
)


@pytest.mark.parametrize("line", BROKEN)
def test_a_broken_row_names_the_file(line: str, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(EvaluationDataError, match=r"cases\.jsonl"):
        read_message_cases(file)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationDataError, match=r"none\.jsonl"):
        read_message_cases(tmp_path / "none.jsonl")


def test_rows_may_have_more_fields_and_empty_lines(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    row = {"id": "m1", "language": "sv", "text": "kock", "experiences": [], "note": "short"}
    file.write_text(f"{json.dumps(row)}\n\n", encoding="utf-8")
    assert [case.id for case in read_message_cases(file)] == ["m1"]


def test_our_own_messages_are_read_well(knowledge: Knowledge) -> None:
    """A little below what is measured, so that a change for the worse shows."""
    figures = mention_figures(read_cases(knowledge.linker, read_message_cases(MESSAGES)))
    floors = {"precision": 0.84, "recall": 0.85, "f1": 0.85, "accuracy@1": 0.83, "years": 0.92, "quiet": 0.9}
    low = {name: figures[name] for name, floor in floors.items() if float(str(figures[name])) < floor}
    assert not low
