"""The code that a build depends on: with other code, the same content may become something else."""

import hashlib

from assistant.settings import PROJECT_DIR

_CODE = (
    "ingest/build.py ingest/concept_documents.py ingest/documents.py ingest/education_kinds.py"
    " ingest/education_links.py ingest/education_ties.py ingest/group_titles.py ingest/training/*.py"
    " ingest/vectors.py"
    " assistant/retrieval/dense.py assistant/retrieval/fusion.py assistant/retrieval/group_ranker.py"
    " assistant/retrieval/index.py"
    " assistant/retrieval/lexical.py assistant/retrieval/linker.py assistant/retrieval/passage.py"
    " assistant/retrieval/retriever.py assistant/retrieval/spelling.py"
    " assistant/retrieval/stores/catalogue.py assistant/retrieval/stores/concept_store.py"
    " assistant/retrieval/stores/education_store.py assistant/retrieval/stores/group_titles.py"
    " assistant/retrieval/stores/passage_store.py assistant/retrieval/stores/route_facts.py"
    " assistant/retrieval/text.py"
    " assistant/retrieval/trained/*.py"
).split()


def code_hash() -> str:
    """SHA-256 of all of it."""
    digest = hashlib.sha256()
    for pattern in _CODE:
        files = sorted(PROJECT_DIR.glob(pattern))
        assert files, f"no code is called {pattern}"
        for file in files:
            digest.update(file.read_bytes())
    return digest.hexdigest()
