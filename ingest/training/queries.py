"""Synthetic queries: what people might write for titles that are held out of all training.

A query knows the title that it came from, so that whoever ranks it can mask that title's passages:
what is measured is then how words are understood that no passage has. The same titles give the same
queries, whatever else the build holds.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.concept import OccupationGroup
from assistant.domain.language import Language
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.text import fold
from ingest.training.held_out import is_held_out
from ingest.training.slips import misspelt
from ingest.training.wrappers import AS_DEED, AS_SKILL, AS_TASK, AS_TITLE, BOTH, MIXED, NO_WORK

_IRREGULAR = {
    Language.SV: {
        "gjorde": ("gör", "gjort"),
        "sålde": ("säljer", "sålt"),
        "lade": ("lägger", "lagt"),
        "skar": ("skär", "skurit"),
        "drev": ("driver", "drivit"),
        "skrev": ("skriver", "skrivit"),
        "tog": ("tar", "tagit"),
        "grävde": ("gräver", "grävt"),
        "byggde": ("bygger", "byggt"),
        "hade": ("har", "haft"),
        "ledde": ("leder", "lett"),
    },
    Language.EN: {
        "drove": ("drive", "driving"),
        "ran": ("run", "running"),
        "made": ("make", "making"),
        "took": ("take", "taking"),
        "sold": ("sell", "selling"),
        "cut": ("cut", "cutting"),
        "taught": ("teach", "teaching"),
        "wrote": ("write", "writing"),
        "built": ("build", "building"),
        "kept": ("keep", "keeping"),
        "fed": ("feed", "feeding"),
        "led": ("lead", "leading"),
        "did": ("do", "doing"),
        "grew": ("grow", "growing"),
        "dug": ("dig", "digging"),
        "swept": ("sweep", "sweeping"),
        "taped": ("tape", "taping"),
    },
}
# Past tense to present and to the other form that people use, most particular first.
_REGULAR = {
    Language.SV: (
        (r"ade$", "ar", "at"),
        (r"dde$", "r", "tt"),
        (r"tte$", "ter", "tt"),
        (r"de$", "er", "t"),
        (r"te$", "er", "t"),
    ),
    Language.EN: ((r"ed$", "", "ing"),),
}
# How the sentences of a description begin.
_YOU = {Language.SV: "du ", Language.EN: "you "}
_AGENT = {
    Language.SV: (r"are$", ("ade", "at", "ar", "a")),
    Language.EN: (r"er$", ("ed", "ing")),
}


class QueryKind(StrEnum):
    """How a query was made from its title."""

    PLAIN = "plain"
    WRAPPED = "wrapped"
    INFLECTED = "inflected"
    MISSPELT = "misspelt"
    MIXED = "mixed"
    JOINED = "joined"
    DESCRIBED = "described"
    NO_WORK = "no-work"


@dataclass(frozen=True, slots=True)
class SyntheticQuery:
    """Something that a person might write, and what it means.

    Attributes:
        text: The query.
        language: Of the title, which the words around it may differ from.
        accepted: Concept ids that are all right answers; empty when the text names none.
        origin: The folded title or description that the query came from; empty when it came from none.
        kind: How it was made.
    """

    text: str
    language: Language
    accepted: frozenset[str]
    origin: str
    kind: QueryKind


def occupation_queries(catalogue: Catalogue) -> tuple[SyntheticQuery, ...]:
    """Queries for the groups' held-out titles and sentences, and text that names no work.

    About five a title; a title that several groups have accepts them all. A sentence is held out of
    a group's description, which is then its origin.
    """
    titles = (
        (fold(title), language, group.concept_id)
        for group in catalogue.groups.values()
        for language in Language
        for title in group.titles.get(language, ())
    )
    held_out = _held_out(titles)
    made = (q for (title, language), ids in held_out for q in _of_title(title, language, ids))
    joined = _joined(catalogue, {title: ids for (title, _), ids in held_out})
    described = (q for group in catalogue.groups.values() for q in _described(group))
    return (*made, *joined, *described, *_of_no_work())


def skill_queries(catalogue: Catalogue) -> tuple[SyntheticQuery, ...]:
    """Queries for the held-out labels of skills that are no papers, and text that names none."""
    labels = (
        (fold(skill.preferred_label.text(language)), language, skill.concept_id)
        for skill in catalogue.skills.values()
        if not skill.is_qualification
        for language in Language
    )
    held_out = _held_out(labels)
    made = (q for (label, language), ids in held_out for q in _of_skill(label, language, ids))
    return (*made, *_of_no_work())


def _held_out(
    titles: Iterable[tuple[str, Language, str]],
) -> list[tuple[tuple[str, Language], frozenset[str]]]:
    """Held-out titles in order of the alphabet, each with all the concepts that have it."""
    owners: dict[str, set[str]] = defaultdict(set)
    languages: dict[tuple[str, Language], None] = {}
    for title, language, concept_id in titles:
        if title and is_held_out(title):
            owners[title].add(concept_id)
            languages[title, language] = None
    return [((title, language), frozenset(owners[title])) for title, language in sorted(languages)]


def _of_title(title: str, language: Language, ids: frozenset[str]) -> Iterator[SyntheticQuery]:
    chance = random.Random(f"{language}:{title}")
    inflected = _inflections(title, language)
    is_deed = bool(_deed_forms(title, language))
    around = chance.choice((AS_DEED if is_deed else AS_TITLE)[language]).format(title)

    def query(text: str, kind: QueryKind) -> SyntheticQuery:
        return SyntheticQuery(text, language, ids, title, kind)

    yield query(title, QueryKind.PLAIN)
    yield query(around, QueryKind.WRAPPED)
    slip = misspelt(title, language, chance)
    yield query(around.replace(title, slip) if chance.random() < 0.4 else slip, QueryKind.MISSPELT)
    if inflected:
        yield query(chance.choice(inflected), QueryKind.INFLECTED)
    elif not is_deed:
        yield query(chance.choice(MIXED[language]).format(title), QueryKind.MIXED)


def _joined(catalogue: Catalogue, held_out: Mapping[str, frozenset[str]]) -> Iterator[SyntheticQuery]:
    """A held-out title with the one that stands beside it among its group's titles."""
    for group in catalogue.groups.values():
        for language, titles in group.titles.items():
            told = [fold(title) for title in titles]
            for title, beside in zip(told, told[1:] + told[:1], strict=True):
                if title not in held_out or title == beside:
                    continue
                chance = random.Random(f"{language}:{title}+{beside}")
                pair = (title, beside) if chance.random() < 0.5 else (beside, title)
                text = chance.choice(BOTH[language]).format(*pair)
                yield SyntheticQuery(text, language, held_out[title], title, QueryKind.JOINED)


def _described(group: OccupationGroup) -> Iterator[SyntheticQuery]:
    """What one does in a group, told in the first person."""
    for language in Language:
        description = fold(group.description.text(language))
        for sentence in filter(is_held_out, description.split(". ")):
            task = sentence.rstrip(".").removeprefix(_YOU[language])
            text = random.Random(sentence).choice(AS_TASK[language]).format(task)
            ids = frozenset({group.concept_id})
            yield SyntheticQuery(text, language, ids, description, QueryKind.DESCRIBED)


def _of_skill(label: str, language: Language, ids: frozenset[str]) -> Iterator[SyntheticQuery]:
    chance = random.Random(f"{language}:{label}")
    around = chance.choice(AS_SKILL[language]).format(label)
    slip = misspelt(label, language, chance)
    yield SyntheticQuery(label, language, ids, label, QueryKind.PLAIN)
    yield SyntheticQuery(around, language, ids, label, QueryKind.WRAPPED)
    yield SyntheticQuery(slip, language, ids, label, QueryKind.MISSPELT)


def _of_no_work() -> Iterator[SyntheticQuery]:
    for language, texts in NO_WORK.items():
        for text in texts:
            spoken = text.lower()
            yield SyntheticQuery(text, language, frozenset(), "", QueryKind.NO_WORK)
            if spoken != text:
                yield SyntheticQuery(spoken, language, frozenset(), "", QueryKind.NO_WORK)


def _deed_forms(title: str, language: Language) -> tuple[str, ...]:
    """Other forms of the past-tense verb that a title of several words begins with; empty without one."""
    verb, _, rest = title.partition(" ")
    if not rest:
        return ()
    if forms := _IRREGULAR[language].get(verb):
        return forms
    for ending, *others in _REGULAR[language]:
        if re.search(ending, verb):
            return tuple(re.sub(ending, other, verb) for other in others)
    return ()


def _inflections(title: str, language: Language) -> list[str]:
    """A deed in other tenses ("kör lastbil"), or what the holder of a one-word title does ("städat")."""
    verb, _, rest = title.partition(" ")
    if forms := _deed_forms(title, language):
        return [f"{form} {rest}" for form in forms]
    ending, others = _AGENT[language]
    if rest or not re.search(ending, verb):
        return []
    return [re.sub(ending, other, verb) for other in others]
