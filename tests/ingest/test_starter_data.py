"""The embedded data: complete, in two clean languages, in our own words, and true to the taxonomy."""

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel

from assistant.domain.concept import Feature
from assistant.retrieval.text import words
from ingest.sources.starter import STARTER_DIR, Records, read_starter
from ingest.starter_schema import GroupRecord, GuidePage
from tests.yaml_keys import keys_written_twice

LONGEST_GUIDE_BODY = 520
# Words of each language that the other never uses.
SWEDISH_WORDS = frozenset("och att är för på inte som med av eller till den ett du din när om".split())
ENGLISH_WORDS = frozenset("and the is are with of or to you your when not which from".split())


@cache
def starter() -> Records:
    return read_starter()


def texts(record: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record with its path, such as `description.sv`."""
    if isinstance(record, BaseModel):
        for name in type(record).model_fields:
            yield from texts(getattr(record, name), f"{path}.{name}")
    elif isinstance(record, list):
        for item in record:
            yield from texts(item, path)
    elif isinstance(record, str):
        yield path.lstrip("."), record


def records() -> list[GroupRecord | GuidePage]:
    return [*starter().groups, *starter().guides]


def name_of(record: GroupRecord | GuidePage) -> str:
    return record.ssyk_code if isinstance(record, GroupRecord) else record.id


def in_language(record: GroupRecord | GuidePage, language: str) -> list[str]:
    return [text for path, text in texts(record) if path.endswith(f".{language}")]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[^\W\d_a-zåäö])", text)


def test_there_is_enough_of_everything() -> None:
    assert len(starter().groups) >= 150
    assert len(starter().guides) >= 12
    for group in starter().groups:
        assert min(len(group.titles.sv), len(group.titles.en)) >= 6, group.ssyk_code
        assert 8 <= len(group.skills) <= 15, group.ssyk_code


def test_no_key_is_written_twice() -> None:
    files = sorted(STARTER_DIR.rglob("*.yaml"))
    assert [double for file in files for double in keys_written_twice(file)] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_descriptions_are_two_plain_sentences(language: str) -> None:
    for group in starter().groups:
        text = getattr(group.description, language)
        assert len(sentences(text)) == 2, (group.ssyk_code, text)
        assert text.endswith("."), (group.ssyk_code, text)


def test_guide_pages_are_short_and_have_official_addresses() -> None:
    for guide in starter().guides:
        assert guide.url.scheme == "https", guide.id
        for section in guide.sections:
            for language in ("sv", "en"):
                assert len(getattr(section.body, language)) <= LONGEST_GUIDE_BODY, (guide.id, section.heading)
                assert getattr(section.heading, language).endswith("?"), (guide.id, section.heading)


def unclean(text: str) -> bool:
    """Whether a text has signs of a wrong decoding, of markup, or of stray white space."""
    return (
        re.search(r"Ã|Â|â€|\ufffd|&\w+;|<\w+|[\u00a0\u00ad\u200b]|\s\s|^\s|\s$", text) is not None
        or unicodedata.normalize("NFC", text) != text
    )


def untranslated(text: str, other: frozenset[str], own: frozenset[str]) -> bool:
    """Whether a text of several words reads as the other language."""
    found = words(text)
    return len(found) > 2 and sum(word in other for word in found) > sum(word in own for word in found)


def foreign_letters(english: str, known: list[str]) -> set[str]:
    """Words with å, ä or ö in an English text that no Swedish word begins with, but for an ending -n."""
    found = {word for word in words(english) if set("åäö") & set(word)}
    return {word for word in found if not any(term.startswith(word.removesuffix("n")) for term in known)}


def swedish_terms(record: GroupRecord | GuidePage) -> list[str]:
    names = [guide.authority for guide in starter().guides]
    return [word for text in (*in_language(record, "sv"), *names) for word in words(text)]


def test_every_text_is_clean() -> None:
    found = [(name_of(r), path, text) for r in records() for path, text in texts(r) if unclean(text)]
    assert found == []


def test_no_text_is_in_the_wrong_language() -> None:
    for record in records():
        # Swedish skill labels are the taxonomy's, with an English term here and there.
        theirs = {skill.sv for skill in record.skills} if isinstance(record, GroupRecord) else set()
        for text in set(in_language(record, "sv")) - theirs:
            assert not untranslated(text, ENGLISH_WORDS, SWEDISH_WORDS), (name_of(record), text)
        for text in in_language(record, "en"):
            assert not untranslated(text, SWEDISH_WORDS, ENGLISH_WORDS), (name_of(record), text)


def test_english_texts_hold_swedish_names_and_terms_alone() -> None:
    found = {
        (name_of(record), word)
        for record in records()
        for text in in_language(record, "en")
        for word in foreign_letters(text, swedish_terms(record))
    }
    assert found == set()


@dataclass(frozen=True)
class Case:
    id: str
    text: str


@dataclass(frozen=True)
class Work:
    """What a group's work is like, and what it is not."""

    ssyk_code: str
    has: set[Feature]
    lacks: set[Feature]


PLAUSIBLE = (
    Work("2221", {Feature.CARE}, {Feature.CALM, Feature.DAYTIME}),
    Work("2341", {Feature.TEACHING, Feature.CHILDREN}, {Feature.OUTDOORS}),
    Work("2512", {Feature.COMPUTER, Feature.LIGHT}, {Feature.OUTDOORS, Feature.HANDS}),
    Work("3240", {Feature.ANIMALS}, {Feature.PLANTS}),
    Work("3360", {Feature.SAFETY}, {Feature.CALM, Feature.DAYTIME}),
    Work("4111", {Feature.NUMBERS, Feature.COMPUTER}, {Feature.CUSTOMERS}),
    Work("5120", {Feature.FOOD}, {Feature.LIGHT, Feature.CALM}),
    Work("5223", {Feature.CUSTOMERS}, {Feature.COMPUTER}),
    Work("5311", {Feature.CHILDREN, Feature.CARE}, {Feature.CALM}),
    Work("6112", {Feature.OUTDOORS, Feature.PLANTS}, {Feature.ANIMALS}),
    Work("7111", {Feature.BUILDING, Feature.HANDS}, {Feature.LIGHT}),
    Work("7231", {Feature.REPAIR}, {Feature.CARE}),
    Work("7531", {Feature.HANDS, Feature.LIGHT}, {Feature.OUTDOORS}),
    Work("8142", {Feature.MACHINES}, {Feature.CUSTOMERS}),
    Work("8332", {Feature.DRIVING}, {Feature.COMPUTER, Feature.LIGHT}),
)


@pytest.mark.parametrize("work", PLAUSIBLE, ids=lambda work: work.ssyk_code)
def test_features_are_plausible(work: Work) -> None:
    features = starter().features[work.ssyk_code]
    assert work.has <= features
    assert not work.lacks & features


@pytest.mark.parametrize("feature", Feature)
def test_every_wish_finds_several_groups(feature: Feature) -> None:
    found = sum(feature in features for features in starter().features.values())
    assert 8 <= found <= len(starter().groups) * 0.65


UNCLEAN = (
    Case("wrong decoding", "stÃ¤dare"),
    Case("lost letter", "st\ufffddare"),
    Case("decomposed", "sta\u0308dare"),
    Case("double space", "du  städar"),
    Case("hard space", "du\u00a0städar"),
    Case("markup", "du <b>städar"),
)


@pytest.mark.parametrize("case", UNCLEAN, ids=lambda case: case.id)
def test_the_check_for_clean_texts_bites(case: Case) -> None:
    assert unclean(case.text)


def test_the_checks_for_language_bite() -> None:
    assert untranslated("Du städar rum och torkar golv.", SWEDISH_WORDS, ENGLISH_WORDS)
    assert untranslated("You clean rooms and mop the floors.", ENGLISH_WORDS, SWEDISH_WORDS)
    assert not untranslated("assistant nurse (undersköterska)", SWEDISH_WORDS, ENGLISH_WORDS)
    assert foreign_letters("You work as a städare.", ["vårdbiträde"]) == {"städare"}


@pytest.fixture(scope="module")
def taxonomy(shared_dir: Path) -> dict[str, dict[str, object]]:
    """The concepts of the JobTech Taxonomy, version 30, by id."""
    with gzip.open(shared_dir / "data" / "jobtech_concepts.jsonl.gz", "rt", encoding="utf-8") as lines:
        concepts = [json.loads(line) for line in lines]
    return {concept["id"]: concept for concept in concepts if concept.get("v30")}


def label(concept: dict[str, object]) -> str:
    # One label of the taxonomy has a hard space.
    return str(concept["label_sv"]).replace("\u00a0", " ")


@pytest.mark.shared
def test_every_group_is_that_of_the_taxonomy(taxonomy: dict[str, dict[str, object]]) -> None:
    for group in starter().groups:
        concept = taxonomy[group.concept_id]
        assert concept["type"] == "ssyk-level-4", group.ssyk_code
        assert (concept["ssyk"], label(concept)) == (group.ssyk_code, group.preferred_label.sv)


@pytest.mark.shared
def test_every_skill_is_that_of_the_taxonomy(taxonomy: dict[str, dict[str, object]]) -> None:
    for skill in {skill.concept_id: skill for group in starter().groups for skill in group.skills}.values():
        concept = taxonomy[skill.concept_id]
        assert (concept["type"], label(concept)) == ("skill", skill.sv)


@pytest.mark.shared
def test_no_sentence_is_copied_from_the_taxonomy(taxonomy: dict[str, dict[str, object]]) -> None:
    sources = ("definition", "description_from_esco", "hitta_yrken_description")
    theirs = {
        folded(sentence)
        for concept in taxonomy.values()
        for name in sources
        for sentence in sentences(str(concept.get(name, "")))
    }
    assert len(theirs) > 1000
    # Labels are the taxonomy's own; some definitions only repeat the label.
    ours = [
        (name_of(record), sentence)
        for record in records()
        for path, text in texts(record)
        if not path.startswith(("preferred_label", "skills"))
        for sentence in sentences(text)
        if len(words(sentence)) > 4
    ]
    assert [(name, sentence) for name, sentence in ours if folded(sentence) in theirs] == []


def folded(sentence: str) -> str:
    return " ".join(words(sentence))
