"""The form of a measure of what two sources, or two parts of one, say of the same."""

from collections.abc import Sequence

from ingest.cleaning import JOBTECH
from ingest.quality.measure import Measure, Row, Section, Severity
from ingest.quality.owners import ARBETSFORMEDLINGEN


def disagreement(
    found: Sequence[Row],
    total: int,
    *,
    id: str,
    title: str,
    texts: tuple[str, str, str],
    columns: tuple[str, ...],
    systems: tuple[str, ...] = (JOBTECH,),
    severity: Severity = Severity.WRONG,
) -> Measure:
    """A disagreement that the taxonomy's owner can mend.

    Args:
        found: Rows, which begin with the id of the record to mend.
        total: How many records could have disagreed.
        id: As in `Measure`.
        title: As in `Measure`.
        texts: Meaning, remedy and unit.
        columns: As in `Measure`.
        systems: As in `Measure`.
        severity: As in `Measure`.
    """
    meaning, remedy, unit = texts
    return Measure(
        id=id,
        section=Section.DISAGREEMENTS,
        title=title,
        owner=ARBETSFORMEDLINGEN,
        systems=systems,
        meaning=meaning,
        remedy=remedy,
        unit=unit,
        severity=severity,
        count=len(found),
        total=total,
        columns=columns,
        rows=tuple(found),
        concerned=len({row[0] for row in found}),
    )
