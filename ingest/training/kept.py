"""Gives a new build its trained parts; what is learned of the same labels is learned once."""

import hashlib
import os
import shutil
from pathlib import Path

from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.stores.concept_store import ConceptStore
from assistant.retrieval.trained.text_model import FOLDER
from assistant.settings import PROJECT_DIR
from ingest.training.labels import Labels, collect_labels
from ingest.training.text_model import fit_text_model

KEPT_FOLDER = "trained"
# With other code than this, the same labels may give another model.
_CODE = (
    "ingest/training/labels.py ingest/training/pairs.py ingest/training/text_model.py"
    " ingest/training/held_out.py assistant/retrieval/trained/units.py assistant/retrieval/text.py"
).split()


def write_trained(build: Path, catalogue: Catalogue, kept: Path) -> None:
    """Write the text model of a build whose facts are written.

    Args:
        build: Folder of the new build.
        catalogue: Our own facts.
        kept: Folder where the last model stays from build to build, under the hash of what it learned
            from; a build that was killed leaves none there that is not whole.
    """
    labels = collect_labels(ConceptStore(build), catalogue)
    model = kept / _hash(labels)
    if not model.is_dir():
        shutil.rmtree(kept, ignore_errors=True)
        pending = kept / "pending"
        fit_text_model(labels).save(pending)
        os.replace(pending, model)
    shutil.copytree(model, build / FOLDER)


def _hash(labels: Labels) -> str:
    digest = hashlib.sha256()
    for item in (*labels.sets.values(), *labels.descriptions.items(), *labels.memberships, *labels.uses):
        digest.update(f"{item!r}\n".encode())
    for name in _CODE:
        digest.update((PROJECT_DIR / name).read_bytes())
    return digest.hexdigest()[:32]
