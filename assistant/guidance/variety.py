"""Chooses a few paths out of many, so that they differ: in kind, in title and in field."""

import math
from collections import Counter
from collections.abc import Sequence

from assistant.domain.path import Path, PathKind
from assistant.guidance.parameters import Limits


def varied(
    paths: Sequence[Path], wished_ids: Sequence[str], *, limit: int, limits: Limits
) -> tuple[Path, ...]:
    """The best paths that are not all alike.

    Args:
        paths: Best first.
        wished_ids: What the person has named; the first of them is always among the chosen.
        limit: Most paths wanted; one outside the person's field may come besides.
        limits: What makes a list varied.
    """
    chosen: list[Path] = []
    of_minor_group: Counter[str] = Counter()
    of_kind: Counter[PathKind] = Counter()
    most_of_kind = max(1, math.ceil(limit * limits.of_kind))
    for path in sorted(paths, key=lambda path: path.concept_id not in wished_ids[:1]):
        if len(chosen) == limit:
            break
        minor = path.ssyk_code[:3]
        if of_minor_group[minor] < limits.of_minor_group and of_kind[path.kind] < most_of_kind:
            chosen.append(path)
            of_minor_group[minor] += 1
            of_kind[path.kind] += 1
    return tuple(_with_one_outside(chosen, paths, limits))


def _with_one_outside(chosen: list[Path], paths: Sequence[Path], limits: Limits) -> list[Path]:
    """The same, and the best path outside the person's field if none is and one is well founded."""
    if not chosen or any(path.outside_own_field for path in chosen):
        return chosen
    least = limits.outside_score * max(path.score for path in chosen)
    return chosen + [path for path in paths if path.outside_own_field and path.score >= least][:1]
