"""Which passages of the taxonomy and of ESCO speak for which occupation groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.passage import PassageType

# The types whose passages name occupations; our own first.
NAMING_GROUPS = (PassageType.OCCUPATION, PassageType.OCCUPATION_NAME, PassageType.ESCO_OCCUPATION)
_FOLDER = "group-titles"


@dataclass(frozen=True, slots=True)
class GroupTitles:
    """Passages of one type with the groups that they speak for; a passage may speak for several.

    Attributes:
        positions: Of passages of the type; ascending by group.
        starts: Where in `positions` each group of `groups` begins.
        groups: Number of each group that has any, ascending.
        shares: How far each passage speaks for its group, in (0, 1]; the shape of `positions`.
    """

    positions: NDArray[np.int32]
    starts: NDArray[np.int64]
    groups: NDArray[np.int32]
    shares: NDArray[np.float32]

    def best(self, scores: NDArray[np.float32], group_count: int) -> NDArray[np.float32]:
        """The best score that any of its passages gives each group.

        Args:
            scores: Of each passage of the type.
            group_count: How many groups there are.

        Returns:
            Shape (group_count,); 0 for a group without passages.
        """
        best = np.zeros(group_count, dtype=np.float32)
        if len(self.positions):
            spoken = scores[self.positions] * self.shares
            best[self.groups] = np.maximum.reduceat(spoken, self.starts)
        return best

    def of_group(self, group: int) -> NDArray[np.int32]:
        """The positions of a group's passages, by the group's number."""
        place = int(np.searchsorted(self.groups, group))
        if place == len(self.groups) or self.groups[place] != group:
            return self.positions[:0]
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.positions)
        return self.positions[self.starts[place] : end]


def group_titles(rows: Iterable[tuple[int, int, float]]) -> GroupTitles:
    """Join rows of a passage's position, a group's number and a share; in any order."""
    ordered = sorted((group, position, share) for position, group, share in rows)
    numbers = np.array([group for group, _, _ in ordered], dtype=np.int32)
    groups, starts = np.unique(numbers, return_index=True)
    return GroupTitles(
        np.array([position for _, position, _ in ordered], dtype=np.int32),
        starts.astype(np.int64),
        groups.astype(np.int32),
        np.array([share for _, _, share in ordered], dtype=np.float32),
    )


def write_group_titles(build: Path, passage_type: PassageType, titles: GroupTitles) -> None:
    """Keep them in a build's folder."""
    folder = build / _FOLDER
    folder.mkdir(exist_ok=True)
    np.savez(
        folder / f"{passage_type}.npz",
        positions=titles.positions,
        starts=titles.starts,
        groups=titles.groups,
        shares=titles.shares,
    )


def read_group_titles(build: Path, passage_type: PassageType) -> GroupTitles:
    """What `write_group_titles` kept."""
    with np.load(build / _FOLDER / f"{passage_type}.npz") as kept:
        return GroupTitles(kept["positions"], kept["starts"], kept["groups"], kept["shares"])
