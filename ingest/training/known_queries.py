"""An encoder that encodes no query twice, neither in a build nor in the one after it."""

from assistant.retrieval.encoder import Encoder, Vectors
from assistant.retrieval.stores.vector_cache import VectorCache


class KnownQueries:
    """Another encoder, whose vectors of queries are kept beside those of passages."""

    def __init__(self, encoder: Encoder, cache: VectorCache) -> None:
        self._encoder = encoder
        self._cache = cache
        self._known: dict[str, Vectors] = {}

    @classmethod
    def kept_with(cls, encoder: Encoder, cache: VectorCache) -> "KnownQueries":
        """The encoder with the file of a cache of passages; a query's vector has a key of its own."""
        return cls(encoder, cache.for_encoder(f"{encoder.name} (query)"))

    @property
    def name(self) -> str:
        """That of the encoder."""
        return self._encoder.name

    @property
    def dimensions(self) -> int:
        """That of the encoder."""
        return self._encoder.dimensions

    @property
    def floor(self) -> float:
        """That of the encoder."""
        return self._encoder.floor

    @property
    def uses_all_cores(self) -> bool:
        """That of the encoder."""
        return self._encoder.uses_all_cores

    def encode_passages(self, texts: list[str]) -> Vectors:
        """As the encoder does."""
        return self._encoder.encode_passages(texts)

    def encode_query(self, text: str) -> Vectors:
        """As the encoder does, or did."""
        if text not in self._known:
            self._known.update(self._cache.get([text]))
        if text not in self._known:
            vector = self._encoder.encode_query(text)
            self._cache.put([text], vector[None, :])
            self._known[text] = vector
        return self._known[text]
