"""The units that a trained model sees in a text: whole words and pieces of them, as bucket numbers."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.text import unaccented, words

Units = NDArray[np.int32]

_PIECE_SIZES = (3, 4, 5)


def text_units(text: str, buckets: int) -> Units:
    """Numbers of the distinct units of a text, ascending, each below `buckets`.

    A word counts as a whole, as spelt, and by its pieces of 3 to 5 letters with its edges marked and its
    diacritics dropped: so compounds meet their parts, and `malare` meets "målare" through most pieces.
    Two units may share a number; the table that they point into is large enough for that to be rare.
    """
    found: set[str] = set()
    for word in words(text):
        found.add(f"={word}")
        padded = f"^{unaccented(word)}$"
        for size in _PIECE_SIZES:
            found.update(padded[i : i + size] for i in range(len(padded) - size + 1))
    return np.array(sorted({zlib.crc32(unit.encode()) % buckets for unit in found}), dtype=np.int32)


def texts_units(texts: Sequence[str], buckets: int) -> tuple[Units, NDArray[np.int64]]:
    """The units of many texts, one after another.

    Returns:
        The units, and where each text's begin in them; the last of the len(texts) + 1 offsets is the end.
    """
    rows = [text_units(text, buckets) for text in texts]
    offsets = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=offsets[1:])
    return (np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)), offsets
