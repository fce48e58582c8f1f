"""Everything that an index holds, opened together."""

import threading
from dataclasses import dataclass
from pathlib import Path

from assistant.retrieval.encoder import Encoder
from assistant.retrieval.fusion import FusionWeights
from assistant.retrieval.index import VectorIndex
from assistant.retrieval.linker import Linker
from assistant.retrieval.passage import OWN_TYPES, PassageType
from assistant.retrieval.places.names import PlaceFinder
from assistant.retrieval.reranker import Reranker
from assistant.retrieval.retriever import Retriever, load_retriever
from assistant.retrieval.stores.catalogue import Catalogue, read_catalogue
from assistant.retrieval.stores.concept_store import ConceptStore
from assistant.retrieval.stores.education_store import EducationStore
from assistant.retrieval.stores.manifest import Manifest, current_build, read_manifest

# Guide pages are found by their keywords, which have no descriptions beside them. Their sections are
# told apart by sense: headings share their words ("How do I apply?"). Of the rest, no description has
# a vector.
_LABELS_ONLY = FusionWeights(descriptions=0.0)
WEIGHTS = {
    PassageType.OCCUPATION: FusionWeights(),
    PassageType.SKILL: FusionWeights(),
    PassageType.SECTION: FusionWeights(words=0.5, characters=0.25, dense=2.0, descriptions=0.0),
}


class Retrievers:
    """The retrievers of a build, each opened when it is first asked for; safe in several threads."""

    def __init__(
        self, build: Path, manifest: Manifest, encoder: Encoder, weights: FusionWeights | None
    ) -> None:
        self._build = build
        self._types = frozenset(manifest.by_type)
        self._encoder = encoder
        self._weights = weights
        self._vectors = VectorIndex(build / "chroma")
        self._opened: dict[PassageType, Retriever] = {}
        self._lock = threading.Lock()

    def get(self, passage_type: PassageType) -> Retriever | None:
        """The retriever of a type; None when the build has no passages of it."""
        return self.require(passage_type) if passage_type in self._types else None

    def require(self, passage_type: PassageType) -> Retriever:
        """The retriever of a type that every build has, or this one is known to have."""
        with self._lock:
            if passage_type not in self._opened:
                weights = self._weights or WEIGHTS.get(passage_type, _LABELS_ONLY)
                self._opened[passage_type] = load_retriever(
                    passage_type, self._build, self._vectors, self._encoder, weights
                )
            return self._opened[passage_type]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The index in service: its facts, what searches it, and what it was built from.

    Attributes:
        catalogue: The interview's own facts.
        linker: Words to occupation groups and skills.
        guides: Ranks whole guide pages.
        sections: Ranks the sections of guide pages.
        retrievers: Rank the owners of any passage type that the build has.
        places: Finds places in a text.
        concepts: The whole taxonomy and ESCO; empty in a build from our own data only.
        educations: As above.
        manifest: What the build was made from.
    """

    catalogue: Catalogue
    linker: Linker
    guides: Retriever
    sections: Retriever
    retrievers: Retrievers
    places: PlaceFinder
    concepts: ConceptStore
    educations: EducationStore
    manifest: Manifest


def open_knowledge(
    index_dir: Path,
    encoder: Encoder,
    weights: FusionWeights | None = None,
    reranker: Reranker | None = None,
) -> Knowledge:
    """Open the index in service.

    Args:
        index_dir: Folder of the index.
        encoder: What searches are encoded with.
        weights: Of all retrievers; by default each type's own.
        reranker: What looks again at the linker's best hits, if anything.

    Raises:
        IndexMissing: Nothing has been built there.
        IndexStale: Built by another encoder, reranker or schema.
    """
    build = current_build(index_dir)
    manifest = read_manifest(build)
    manifest.require(encoder.name, reranker.name if reranker else "")
    catalogue = read_catalogue(build)
    retrievers = Retrievers(build, manifest, encoder, weights)
    occupations, skills, guides, sections = (retrievers.require(own) for own in OWN_TYPES)
    return Knowledge(
        catalogue,
        Linker(catalogue, occupations, skills, reranker),
        guides,
        sections,
        retrievers,
        PlaceFinder(catalogue.places),
        ConceptStore(build),
        EducationStore(build, lambda: retrievers.get(PassageType.EDUCATION)),
        manifest,
    )
