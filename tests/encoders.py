"""Encoders for tests; apart from the other fakes, since worker processes import them."""

import hashlib
import time
from dataclasses import dataclass, field

import numpy as np

from assistant.retrieval.encoder import Vectors
from assistant.retrieval.text import words


@dataclass
class WordEncoder:
    """An encoder by hand: a vector counts the words of its text, so texts that share words are near."""

    name: str = "words"
    dimensions: int = 64
    floor: float = 0.78
    uses_all_cores: bool = False
    calls: list[str] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)

    def encode_passages(self, texts: list[str]) -> Vectors:
        self.calls += texts
        self.passages += texts
        return np.stack([self._encoded(text) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        self.calls.append(text)
        return self._encoded(text)

    def _encoded(self, text: str) -> Vectors:
        counts = np.full(self.dimensions, 1e-3, dtype=np.float32)
        for word in words(text):
            counts[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") % self.dimensions] += 1
        return np.asarray(counts / np.linalg.norm(counts), dtype=np.float32)


class SlowWordEncoder(WordEncoder):
    """The same, but a build with it never comes to its end."""

    def encode_passages(self, texts: list[str]) -> Vectors:
        time.sleep(60)
        return super().encode_passages(texts)


class UnwillingWordEncoder(WordEncoder):
    """The same, for builds that must not encode anything."""

    def encode_passages(self, texts: list[str]) -> Vectors:
        raise AssertionError(f"asked to encode {texts}")
