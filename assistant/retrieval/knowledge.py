"""Everything that an index holds, opened together."""

from dataclasses import dataclass
from pathlib import Path

from assistant.retrieval.catalogue import Catalogue, read_catalogue
from assistant.retrieval.encoder import Encoder
from assistant.retrieval.fusion import FusionWeights
from assistant.retrieval.index import VectorIndex
from assistant.retrieval.linker import Linker
from assistant.retrieval.manifest import Manifest, current_build, read_manifest
from assistant.retrieval.passage import PassageType
from assistant.retrieval.retriever import Retriever, load_retriever

# Guide pages are found by their keywords, which have no descriptions beside them. Their sections are
# told apart by sense: headings share their words ("How do I apply?").
WEIGHTS = {
    PassageType.OCCUPATION: FusionWeights(),
    PassageType.SKILL: FusionWeights(),
    PassageType.GUIDE: FusionWeights(descriptions=0.0),
    PassageType.SECTION: FusionWeights(words=0.5, characters=0.25, dense=2.0, descriptions=0.0),
}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The index in service: its facts, its linker, its guide pages and what it was built from.

    `guides` ranks whole guide pages, `sections` their sections.
    """

    catalogue: Catalogue
    linker: Linker
    guides: Retriever
    sections: Retriever
    manifest: Manifest


def open_knowledge(index_dir: Path, encoder: Encoder, weights: FusionWeights | None = None) -> Knowledge:
    """Open the index in service.

    Raises:
        IndexMissing: Nothing has been built there.
        IndexStale: Built by another encoder or schema.
    """
    build = current_build(index_dir)
    manifest = read_manifest(build)
    manifest.require(encoder.name)
    catalogue = read_catalogue(build)
    vectors = VectorIndex(build / "chroma")

    def retriever(passage_type: PassageType) -> Retriever:
        passages = catalogue.passages[passage_type]
        fusion = weights or WEIGHTS[passage_type]
        return load_retriever(passage_type, build, passages, vectors, encoder, fusion)

    linker = Linker(catalogue, retriever(PassageType.OCCUPATION), retriever(PassageType.SKILL))
    return Knowledge(
        catalogue, linker, retriever(PassageType.GUIDE), retriever(PassageType.SECTION), manifest
    )
