"""What the product and its rivals are asked alike: texts to find, and queries with their right answers."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

from assistant.domain.concept import ConceptType
from assistant.evaluation.linking import read_linking_set
from assistant.evaluation.phrases import read_phrases
from assistant.retrieval.passage import PassageField, PassageType
from assistant.retrieval.stores.catalogue import read_catalogue
from assistant.retrieval.stores.concept_store import ConceptStore, StoredConcept
from assistant.retrieval.stores.passage_store import read_passages
from assistant.retrieval.text import fold

_OCCUPATION_TYPES = (PassageType.OCCUPATION, PassageType.OCCUPATION_NAME, PassageType.ESCO_OCCUPATION)
_MATCHES = ("exact_match", "narrow_match", "close_match", "broad_match")
_OCCUPATION_NAME = "occupation-name"
_ISCO_GROUP = "isco-level-4"
_NO_SKILL = frozenset({"UNDERSPECIFIED", "LABEL NOT PRESENT"})


@dataclass(frozen=True, slots=True)
class Query:
    """A text and all answers that are right."""

    text: str
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Texts to rank for queries; the rank of an answer is that of its best text.

    Attributes:
        name: What the table calls it.
        labels: The texts.
        answers: What each of them stands for: an SSYK code, an id, a skill.
        queries: What is asked.
    """

    name: str
    labels: tuple[str, ...]
    answers: tuple[str, ...]
    queries: tuple[Query, ...]

    def save(self, file: Path) -> None:
        """Write the task for another process."""
        file.write_text(json.dumps(asdict(self)), encoding="utf-8")


def load_task(file: Path) -> Task:
    """Read what `Task.save` wrote."""
    raw = json.loads(file.read_text(encoding="utf-8"))
    queries = tuple(Query(query["text"], tuple(query["right"])) for query in raw["queries"])
    return Task(raw["name"], tuple(raw["labels"]), tuple(raw["answers"]), queries)


def phrase_tasks(build: Path, file: Path) -> list[Task]:
    """Newcomer phrases by language, over every label of an occupation that the build has."""
    pairs = list(dict.fromkeys(_group_labels(build)))
    labels, answers = tuple(text for text, _ in pairs), tuple(code for _, code in pairs)
    cases = read_phrases(file)
    return [
        Task(
            f"phrases {language}",
            labels,
            answers,
            tuple(Query(c.phrase, tuple(sorted(c.ssyk_codes))) for c in cases if c.language == language),
        )
        for language in dict.fromkeys(case.language for case in cases)
    ]


def linking_task(name: str, queries: Path, corpus: Path, qrels: Path) -> Task:
    """A set of `evaluate linking`: each text of the corpus is an answer of its own, known by its place."""
    read = read_linking_set(queries, corpus, qrels)
    asked = (
        Query(text, tuple(map(str, sorted(right))))
        for text, right in zip(read.queries, read.right, strict=True)
    )
    return Task(name, read.corpus, tuple(map(str, range(len(read.corpus)))), tuple(asked))


def sentence_task(name: str, build: Path, files: Sequence[Path]) -> Task:
    """English sentences to ESCO skills, over the English labels of all skills of the build.

    A skill is known by its preferred label. Spans that the annotators gave no skill are left out, and so
    are sentences without any.
    """
    skills = {c.concept_id: fold(c.preferred_label.en) for c in ConceptStore(build).concepts("esco-skill")}
    pairs = [
        (passage.text, skills[passage.owner_id])
        for passage in read_passages(build, PassageType.ESCO_SKILL)
        if passage.language == "en" and passage.field is not PassageField.DESCRIPTION
    ]
    known = frozenset(skills.values())
    by_sentence: dict[str, dict[str, None]] = {}
    for row in chain.from_iterable(_rows(file) for file in files):
        if row["label"] not in _NO_SKILL and fold(row["label"]) in known:
            by_sentence.setdefault(row["sentence"], {})[fold(row["label"])] = None
    queries = tuple(Query(sentence, tuple(labels)) for sentence, labels in by_sentence.items())
    return Task(name, tuple(text for text, _ in pairs), tuple(skill for _, skill in pairs), queries)


def distinct(answers: Iterable[str], depth: int) -> list[str]:
    """The first answers, each once, in order."""
    found: dict[str, None] = {}
    for answer in answers:
        found[answer] = None
        if len(found) == depth:
            break
    return list(found)


def figures(task: Task, ranked: Sequence[Sequence[str]]) -> dict[str, float]:
    """Accuracy@1, 5 and 10, R-precision@5 and mean reciprocal rank of each query's answers, best first."""
    first = [
        next((rank for rank, answer in enumerate(answers, 1) if answer in query.right), 0)
        for query, answers in zip(task.queries, ranked, strict=True)
    ]
    precision = [
        sum(answer in query.right for answer in answers[:5]) / min(5, len(query.right))
        for query, answers in zip(task.queries, ranked, strict=True)
    ]
    count = max(len(first), 1)
    return {
        **{f"accuracy@{k}": sum(0 < rank <= k for rank in first) / count for k in (1, 5, 10)},
        "rp@5": sum(precision) / count,
        "mrr": sum(1 / rank for rank in first if rank) / count,
    }


def _group_labels(build: Path) -> Iterator[tuple[str, str]]:
    """Every label and title of an occupation with the SSYK code of its group."""
    catalogue, store = read_catalogue(build), ConceptStore(build)
    codes = {group.concept_id: group.ssyk_code for group in catalogue.groups.values()}
    for passage_type in _OCCUPATION_TYPES:
        for passage in read_passages(build, passage_type):
            if passage.owner_id not in codes:
                codes[passage.owner_id] = _ssyk_code(store, passage.owner_id)
            if passage.field is not PassageField.DESCRIPTION and codes[passage.owner_id]:
                yield passage.text, codes[passage.owner_id]


def _ssyk_code(store: ConceptStore, concept_id: str) -> str:
    """The SSYK code of an occupation-name, or of an ESCO occupation by the crosswalk or its ISCO code."""
    concept = store.concept(concept_id)
    if concept is None:
        return ""
    groups = _groups(store, concept)
    return next((group.code for group in groups if group.type == ConceptType.OCCUPATION_GROUP), "")


def _groups(store: ConceptStore, concept: StoredConcept) -> Iterator[StoredConcept]:
    if concept.type == _OCCUPATION_NAME:
        yield from store.targets(concept.concept_id, "broader")
        return
    for match in _MATCHES:
        for occupation in store.sources(concept.concept_id, match):
            yield from store.targets(occupation.concept_id, "broader")
    for isco in store.concepts_by_code(_ISCO_GROUP, concept.code[:4]):
        yield from chain(store.targets(isco.concept_id, "related"), store.sources(isco.concept_id, "related"))


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
