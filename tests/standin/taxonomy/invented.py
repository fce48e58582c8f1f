"""What no source gives and the tests need. Nothing here is real."""

from tests.standin.taxonomy.data import Taxonomy

DEPRECATED_ID = "Pahi_tta_001"
"""Invented: a deprecated occupation that names its replacement; the shared data has none."""
REPLACEMENT_ID = "17FS_XzU_AQ4"
"""Real: Skolvärd, in version 30."""


def add_invented(taxonomy: Taxonomy) -> None:
    taxonomy.add(
        DEPRECATED_ID,
        "occupation-name",
        {"preferred_label": "Påhittat utgånget yrke", "deprecated": True},
    )
    taxonomy.relate(DEPRECATED_ID, "replaced_by", REPLACEMENT_ID)
