"""Accuracy of linking a newcomer's phrase to an SSYK 2012 group, by language."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.domain.language import Language
from assistant.retrieval.linker import Linker

_DEPTHS = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class PhraseCase:
    """A phrase and the SSYK codes that are all right answers to it."""

    phrase: str
    language: Language
    ssyk_codes: frozenset[str]


def read_phrases(file: Path) -> list[PhraseCase]:
    """Read cases from a table with the columns lang, phrase and ssyk (codes parted by commas)."""
    with file.open(encoding="utf-8", newline="") as table:
        return [
            PhraseCase(row["phrase"], Language(row["lang"]), frozenset(row["ssyk"].split(",")))
            for row in csv.DictReader(table, delimiter="\t")
        ]


def evaluate_phrases(linker: Linker, cases: Iterable[PhraseCase]) -> dict[str, dict[str, float]]:
    """Share of phrases with a right group among the first 1, 3 and 5, by language."""
    found: dict[Language, list[int]] = defaultdict(list)
    for case in cases:
        concepts = linker.occupations(case.phrase, top_k=max(_DEPTHS))
        right = [c.rank for c in concepts if c.ssyk_code in case.ssyk_codes]
        found[case.language].append(min(right, default=max(_DEPTHS) + 1))
    return {
        language.value: {
            "n": len(ranks),
            **{f"accuracy@{k}": round(sum(rank <= k for rank in ranks) / len(ranks), 4) for k in _DEPTHS},
        }
        for language, ranks in found.items()
    }
