"""Dense evidence: vectors in Chroma, one collection a passage type."""

from collections.abc import Sequence
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings

from assistant.retrieval.encoder import Vectors
from assistant.retrieval.passage import PassageType

# Chroma's own limit is 5,461 records a call; smaller batches keep memory flat.
ADD_BATCH = 1000


def _collection_name(passage_type: PassageType) -> str:
    return f"{passage_type.value}-passages"


class VectorIndex:
    """Nearest passages by cosine similarity; passages are known by their position in their type."""

    def __init__(self, folder: Path) -> None:
        # One Settings for every client of one path, or Chroma refuses the second.
        self._client = chromadb.PersistentClient(
            str(folder), settings=ChromaSettings(anonymized_telemetry=False)
        )

    def add(self, passage_type: PassageType, positions: Sequence[int], vectors: Vectors) -> None:
        """Add vectors of passages.

        Args:
            passage_type: Which collection.
            positions: Position of each passage within its type, n of them.
            vectors: Shape (n, dimensions), rows of length 1.
        """
        # Chroma's default embedding function would download a model.
        collection = self._client.get_or_create_collection(
            _collection_name(passage_type),
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
        )
        for offset in range(0, len(vectors), ADD_BATCH):
            batch = vectors[offset : offset + ADD_BATCH]
            ids = [str(position) for position in positions[offset : offset + ADD_BATCH]]
            collection.add(ids=ids, embeddings=batch)

    def nearest(self, passage_type: PassageType, query: Vectors, top_k: int) -> Sequence[tuple[int, float]]:
        """The passages nearest to a query vector.

        Args:
            passage_type: Which collection.
            query: Shape (dimensions,), length 1.
            top_k: How many, at most the collection's size.

        Returns:
            Pairs of position and cosine similarity in [-1, 1], best first.
        """
        collection = self._client.get_collection(_collection_name(passage_type), embedding_function=None)
        found = collection.query(
            query_embeddings=np.asarray([query], dtype=np.float32), n_results=top_k, include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [(int(i), 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def close(self) -> None:
        """Let go of the files, so that the folder can be moved or removed."""
        self._client.close()  # type: ignore[attr-defined]  # on the class, not on its interface
