"""The measure of reading CVs, and what it must show for the set of our own."""

import json
from pathlib import Path

import pytest

from assistant.cli import CV_CASES
from assistant.errors import DocumentMissing
from assistant.evaluation.cvs import CvCase, Gold, Report, evaluate_cvs, files_of, read_cases
from assistant.retrieval.knowledge import Knowledge

TEXT = """Work experience
Cook, Grill House, 2015 - 2019

Education
Bachelor of Arts, 2010

Languages
English, Swahili"""


def case(**given: object) -> CvCase:
    empty: dict[str, object] = {
        "experiences": [],
        "educations": [],
        "languages": {},
        "licences": [],
        "skills": {},
    }
    return CvCase(id="one", format="txt", gold=Gold.model_validate(empty | {"nothing": []} | given))


def measured(knowledge: Knowledge, folder: Path, given: CvCase) -> Report:
    (folder / given.file_name).write_text(TEXT, encoding="utf-8")
    return evaluate_cvs(knowledge.linker, [given], folder)


def test_what_is_right_counts(knowledge: Knowledge, tmp_path: Path) -> None:
    report = measured(
        knowledge,
        tmp_path,
        case(
            experiences=[("Cook", "5120", "2015", "2019")],
            educations=[("Bachelor of Arts", "bachelor", 2010)],
            languages={"en": "", "sw": ""},
        ),
    )
    assert report["experiences"] == {"precision": 1, "recall": 1, "f1": 1, "accuracy@1": 1, "years": 1}
    assert report["educations"] == {"precision": 1, "recall": 1, "f1": 1, "level": 1}
    assert report["languages"] == {"precision": 1, "recall": 1, "f1": 1, "level": 1}
    assert report["boilerplate"] == 0


def test_what_is_wrong_or_missing_counts_against_it(knowledge: Knowledge, tmp_path: Path) -> None:
    report = measured(
        knowledge,
        tmp_path,
        case(
            experiences=[("Cook", "7111", "2015", "2018"), ("Driver", "8321", "2010", "2012")],
            languages={"en": "C1", "sv": ""},
            nothing=["Cook, Grill House, 2015 - 2019"],
        ),
    )
    assert report["experiences"] == {"precision": 1, "recall": 0.5, "f1": 0.6667, "accuracy@1": 0, "years": 0}
    assert report["languages"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "level": 0}
    assert report["boilerplate"] == 1


def test_a_missing_file_is_told(knowledge: Knowledge, tmp_path: Path) -> None:
    with pytest.raises(DocumentMissing):
        evaluate_cvs(knowledge.linker, [case()], tmp_path)


def test_the_files_of_the_set_are_the_same_each_time(tmp_path: Path) -> None:
    with files_of(CV_CASES) as first, files_of(CV_CASES) as second:
        names = sorted(file.name for file in first.iterdir())
        assert names == sorted(cv.file_name for cv in read_cases(CV_CASES))
        assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)


def test_the_set_is_varied() -> None:
    cases = read_cases(CV_CASES)
    assert (len(cases), sum(cv.format == "pdf" for cv in cases)) == (20, 12)
    assert sum(cv.id.startswith("sv-") for cv in cases) == 10
    assert sum(cv.id.startswith("en-") for cv in cases) == 6


def test_the_set_is_read_well_enough(knowledge: Knowledge) -> None:
    with files_of(CV_CASES) as folder:
        report = evaluate_cvs(knowledge.linker, read_cases(CV_CASES), folder)
    figures = {name: value for name, value in report.items() if isinstance(value, dict)}
    said = json.dumps(report)
    assert figures["experiences"]["f1"] >= 0.9, said
    assert figures["experiences"]["accuracy@1"] >= 0.85, said
    assert figures["educations"]["f1"] >= 0.9, said
    assert figures["languages"]["f1"] >= 0.95, said
    assert figures["licences"]["f1"] >= 0.95, said
    assert report["boilerplate"] == 0, said
