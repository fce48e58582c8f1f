"""The rows of the measures as CSV files that Excel and other spreadsheets open as they are."""

import csv
from collections.abc import Iterable
from pathlib import Path

from ingest.quality.measure import Cell, Measure

# A spreadsheet runs what begins so as a formula, and the texts come from outside.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_tables(measures: Iterable[Measure], folder: Path) -> None:
    """Write a file for each measure: UTF-8 with a byte-order mark, semicolons, decimal commas.

    That is what a Swedish Excel takes for granted when a file is opened by a double click.

    Args:
        measures: With unique ids.
        folder: Made when absent.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for measure in measures:
        with (folder / measure.file_name).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(measure.columns)
            writer.writerows(tuple(map(_cell, row)) for row in measure.rows)


def _cell(value: Cell) -> str:
    if isinstance(value, float):
        return f"{value:.3f}".replace(".", ",")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA_STARTS) else text
