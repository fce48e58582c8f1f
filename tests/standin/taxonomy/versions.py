"""Versions of the taxonomy; the real list holds every number in between."""

VERSIONS: tuple[tuple[int, str], ...] = (
    (1, "2021-03-05T13:38:02.440Z"),
    (22, "2024-02-21T16:16:00.195Z"),
    (30, "2026-06-08T00:00:00.000Z"),  # time of day invented; the snapshot was taken on this day
)
NEWEST = VERSIONS[-1][0]
