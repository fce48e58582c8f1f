"""Makes `education_pairs.yaml` of the shared educations: what the sources themselves tie to an occupation.

`python -m tests.evals.make_education_pairs`, in the project's folder. A row counts for a pair when it has the
group's SSYK code, or one of the words that are written here by hand for rows without codes, when one can
still apply for it on the pair's day, and when it is in the place's county or at a distance.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ingest.sources.places import read_places
from tests.standin.shared import read_rows

OUT = Path(__file__).with_name("education_pairs.yaml")
# Rows with codes have no dates; those without are of 2023 and 2024.
NOW, THEN = "2026-01-20", "2023-06-01"


@dataclass(frozen=True)
class Pair:
    """An occupation and a place; `words` find the rows without codes, read by eye."""

    ssyk: str
    place: str
    on: str = NOW
    words: str = ""


PAIRS = (
    Pair("7212", "Göteborg"),
    Pair("7223", "Malmö"),
    Pair("7223", "Jönköping"),
    Pair("9412", "Stockholm"),
    Pair("8332", "Gävle"),
    Pair("8332", "Uppsala"),
    Pair("8331", "Göteborg"),
    Pair("9413", "Linköping"),
    Pair("5120", "Kalmar"),
    Pair("5120", "Malmö"),
    Pair("7411", "Västerås"),
    Pair("7412", "Luleå"),
    Pair("5312", "Umeå"),
    Pair("5330", "Lund"),
    Pair("7119", "Kalmar"),
    Pair("5131", "Sundsvall"),
    Pair("5152", "Helsingborg"),
    Pair("2512", "Malmö"),
    Pair("4224", "Göteborg"),
    Pair("7131", "Malmö"),
    Pair("3411", "Jönköping"),
    Pair("5321", "Malmö"),
    Pair("5120", "Sundsvall", THEN, r"^kock$|restaurang och livsmedel"),
    Pair("7212", "Sundsvall", THEN, r"plåt och svets"),
    Pair("7223", "Härnösand", THEN, r"industriteknik cnc"),
    Pair("7231", "Sundsvall", THEN, r"personbilsmekaniker"),
    Pair("7111", "Sundsvall", THEN, r"^byggarbetare|^bygg och anläggning"),
    Pair("7231", "Luleå"),
    Pair("2512", "Sundsvall", THEN, r"^programmering \d|^webb|cloud native"),
    Pair("5350", "Sundsvall", THEN, r"^tandsköterska"),
)


def gold(pair: Pair) -> dict[str, list[str]]:
    """Municipality codes by title; the code of what is at a distance is empty."""
    codes = {entry.place.name.casefold(): entry.place.code for entry in read_places()}
    county = codes[pair.place.casefold()][:2]
    found: dict[str, set[str]] = defaultdict(set)
    for row in _open_rows(pair):
        code = codes.get(str(row.get("location", "")).casefold(), "")
        if float(row.get("distance", 0)) > 0:
            found[row["title"]].add("")
        elif code.startswith(county):
            found[row["title"]].add(code)
    return {title: sorted(places) for title, places in sorted(found.items())}


def _open_rows(pair: Pair) -> Iterator[dict[str, Any]]:
    for row in read_rows("educations_sample"):
        is_meant = pair.ssyk in row.get("ssyk", ()) or (
            pair.words and "ssyk" not in row and re.search(pair.words, row["title"].casefold())
        )
        last = row.get("apply_to") or row.get("start") or ""
        if is_meant and (not last or last >= pair.on):
            yield row


def main() -> None:
    rows = [{"ssyk": pair.ssyk, "place": pair.place, "on": pair.on, "gold": gold(pair)} for pair in PAIRS]
    empty = [f"{row['ssyk']} {row['place']}" for row in rows if not row["gold"]]
    if empty:
        sys.exit(f"nothing is tied to {', '.join(empty)}")
    head = f"# Made by {Path(__file__).name}: titles and places of educations, by what their source says.\n"
    OUT.write_text(
        head + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
