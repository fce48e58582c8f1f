"""Which labels are kept out of all training, to serve as queries with a known answer."""

import hashlib

from assistant.retrieval.text import fold

_ONE_IN = 12


def is_held_out(text: str) -> bool:
    """Whether a label is for measuring and calibrating only: one in twelve, by its folded text alone.

    The same in every build and whatever the label belongs to, so that a text held out under one
    concept does not come back under another.
    """
    digest = hashlib.sha256(fold(text).encode()).digest()
    return int.from_bytes(digest[:8], "big") % _ONE_IN == 0
