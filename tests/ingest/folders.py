"""Small folders of files in the shared data's form; every row in them is invented."""

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Row = dict[str, Any]

ESCO = "http://data.europa.eu/esco/"
GROUP, FIELD = "grup_001_aaa", "fild_001_aaa"
FILES = (
    "jobtech_concepts",
    "jobtech_relations",
    "autosuggest_terms",
    "esco_isco_groups",
    "esco_skill_groups",
    "esco_occupations",
    "esco_skills",
    "esco_relations",
    "educations_sample",
)


def occupation_id(number: int) -> str:
    return f"occu_{number:03d}_aaa"


def esco_id(number: int) -> str:
    return f"{ESCO}occupation/{number}"


def rows(occupations: int = 4) -> dict[str, list[Row]]:
    """Rows for all files: so many occupations in one group, each with an ESCO occupation and a skill."""
    numbers = range(occupations)
    concepts = [
        {"id": FIELD, "type": "occupation-field", "label_sv": "Påhittat område", "v30": True},
        {"id": GROUP, "type": "ssyk-level-4", "label_sv": "Påhittad grupp", "ssyk": "0110", "v30": True},
    ]
    relations = [{"source": GROUP, "relation": "broader", "target": FIELD}]
    for n in numbers:
        concepts += [
            {"id": occupation_id(n), "type": "occupation-name", "label_sv": f"Yrke {n}", "v30": True},
            {"id": f"skil_{n:03d}_aaa", "type": "skill", "label_sv": f"Kunskap {n}", "v30": True},
        ]
        relations += [
            {"source": occupation_id(n), "relation": "broader", "target": GROUP},
            {"source": occupation_id(n), "relation": "esco_exact_match", "target": esco_id(n)},
            {"source": occupation_id(n), "relation": "has_skill", "target": f"skil_{n:03d}_aaa", "rank": 0},
        ]
    return {
        "jobtech_concepts": concepts,
        "jobtech_relations": relations,
        "autosuggest_terms": [{"id": occupation_id(0), "type": "occupation-name", "label": "Annat ord"}],
        "esco_isco_groups": [{"uri": f"{ESCO}isco/C0110", "label_en": "Invented group", "code": "0110"}],
        "esco_skill_groups": [],
        "esco_occupations": [
            {"uri": esco_id(n), "label_sv": f"yrke {n}", "label_en": f"job {n}", "version": "1.2.0"}
            for n in numbers
        ],
        "esco_skills": [{"uri": f"{ESCO}skill/{n}", "label_en": f"do {n}"} for n in numbers],
        "esco_relations": [
            {"source": f"occupation/{n}", "relation": "essential_skill", "targets": [f"skill/{n}"]}
            for n in numbers
        ],
        "educations_sample": [
            {
                "id": f"e.{n}",
                "title": f"Kurs {n}",
                "type": "Yrkeshögskoleutbildning",
                "provider": "Påhittad skola",
                "location": "Umeå",
                "start": "2027-01-11",
            }
            for n in numbers
        ],
    }


def write_folder(folder: Path, content: Mapping[str, Iterable[Row | str]]) -> Path:
    """Write the files; a row that is a text is written as it stands."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            for row in content[name]:
                file.write((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n")
    return folder
