"""Where a fact comes from, and its mark in an answer."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A record of a public source that an answer may cite.

    Attributes:
        source_id: Stable within the product, such as `taxonomy:3MBw_pDA_P2F`.
        system: The public system, such as "JobTech Taxonomy".
        title: What the record is called there.
        url: Public address of that very record.
        version: The system's own version, empty when it has none.
        retrieved_at: ISO 8601 time or date when the record was read or checked.
        quote: The text that may be quoted, in the language of the record.
    """

    source_id: str
    system: str
    title: str
    url: str
    version: str
    retrieved_at: str
    quote: str

    @property
    def token(self) -> str:
        """The short name that a model sees in place of an address."""
        return source_token(self.source_id)


def source_token(source_id: str) -> str:
    """Six hex digits of the source's id: short, and nothing that a model could guess.

    Returns:
        The token in the form that texts carry, `[#1a2b3c]`.
    """
    return f"[#{hashlib.sha256(source_id.encode()).hexdigest()[:6]}]"


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered mark in an answer and the source behind it; `marker` counts from 1."""

    marker: int
    source: Source
