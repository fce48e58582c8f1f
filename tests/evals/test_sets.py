import csv
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from babel import Locale

from assistant.agent.schemas import ProfileInput
from assistant.domain.language import Language
from assistant.domain.profile import Experience as ProfileExperience
from assistant.domain.profile import ExperienceKind, Profile, WishKind
from ingest.sources.starter import read_starter

FOLDER = Path(__file__).parent
LONGEST_MESSAGE = 2_000
MESSAGE_FIELDS = {"id", "language", "mixed", "text", "experiences"}
EXPERIENCE_FIELDS = {"quote", "ssyk", "years", "kind", "country"}


@dataclass(frozen=True, slots=True)
class MessageSet:
    """What a file of messages holds: how many in Swedish, English and both, and how many without work."""

    file: str
    swedish: int
    english: int
    mixed: int
    without_work: int


@dataclass(frozen=True, slots=True)
class Experience:
    """Work that a message tells of."""

    quote: str
    ssyk: tuple[str, ...]
    years: float | None
    kind: ExperienceKind
    country: str


@dataclass(frozen=True, slots=True)
class Message:
    """One row of a set."""

    id: str
    language: Language
    mixed: bool
    text: str
    experiences: tuple[Experience, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One row of the phrases."""

    id: str
    language: Language
    text: str
    ssyk: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenProfile:
    """One row of the profiles: a person, the groups to show them, and those not to call ready."""

    id: str
    about: str
    profile: Profile
    expected: tuple[str, ...]
    forbidden: tuple[str, ...]


SETS = (
    MessageSet("messages.jsonl", swedish=100, english=70, mixed=30, without_work=27),
    MessageSet("messages_more.jsonl", swedish=60, english=40, mixed=20, without_work=15),
    MessageSet("messages_check.jsonl", swedish=30, english=21, mixed=9, without_work=8),
)
each_set = pytest.mark.parametrize("messages", SETS, ids=lambda case: case.file)
each_profile_set = pytest.mark.parametrize("file", ["profiles.jsonl", "profiles_check.jsonl"])


@cache
def read(file: str) -> tuple[Message, ...]:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line, object_hook=_value) for line in lines)


def _value(fields: dict) -> Message | Experience:
    if "quote" in fields:
        assert fields.keys() <= EXPERIENCE_FIELDS, fields
        return Experience(
            fields["quote"],
            tuple(fields["ssyk"]),
            fields.get("years"),
            ExperienceKind(fields.get("kind", "paid")),
            fields.get("country", ""),
        )
    assert fields.keys() <= MESSAGE_FIELDS, fields
    return Message(
        fields["id"],
        Language(fields["language"]),
        fields.get("mixed", False),
        fields["text"],
        tuple(fields["experiences"]),
    )


@cache
def phrases() -> tuple[Phrase, ...]:
    with (FOLDER / "phrases.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        return tuple(
            Phrase(row["query_id"], Language(row["lang"]), row["phrase"], tuple(row["ssyk"].split(",")))
            for row in rows
        )


@cache
def profiles(file: str) -> tuple[WrittenProfile, ...]:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    return tuple(_written(json.loads(line)) for line in lines)


def _written(fields: dict) -> WrittenProfile:
    told = fields["profile"]
    for work in told["experiences"]:
        work["ssyk_code"] = work.pop("ssyk")
    return WrittenProfile(
        fields["id"],
        fields["about"],
        ProfileInput.model_validate(told).to_profile(),
        tuple(fields["expected"]),
        tuple(fields["forbidden"]),
    )


@cache
def groups() -> frozenset[str]:
    return frozenset(group.ssyk_code for group in read_starter().groups)


@cache
def group_ids() -> dict[str, str]:
    return {group.ssyk_code: group.concept_id for group in read_starter().groups}


@cache
def skill_labels() -> dict[str, str]:
    return {skill.concept_id: skill.sv for group in read_starter().groups for skill in group.skills}


def wrong(file: str, is_wrong: Callable[[Message, Experience], object]) -> list[tuple[str, str]]:
    return [
        (message.id, experience.quote)
        for message in read(file)
        for experience in message.experiences
        if is_wrong(message, experience)
    ]


def ill_coded(ssyk: tuple[str, ...]) -> bool:
    return not ssyk or len(set(ssyk)) < len(ssyk) or not groups().issuperset(ssyk)


@each_set
def test_a_set_holds_what_it_says(messages: MessageSet) -> None:
    rows = read(messages.file)
    languages = Counter("mixed" if row.mixed else row.language.value for row in rows)
    assert languages == {"sv": messages.swedish, "en": messages.english, "mixed": messages.mixed}
    assert sum(not row.experiences for row in rows) == messages.without_work


@each_set
def test_a_message_is_one_that_the_product_takes_whole(messages: MessageSet) -> None:
    assert [row.id for row in read(messages.file) if not 0 < len(row.text.strip()) <= LONGEST_MESSAGE] == []


@each_set
def test_a_quote_stands_once_in_its_message(messages: MessageSet) -> None:
    assert wrong(messages.file, lambda message, work: message.text.count(work.quote) != 1) == []


@each_set
def test_quotes_follow_one_another_without_overlap(messages: MessageSet) -> None:
    for row in read(messages.file):
        starts = [row.text.index(work.quote) for work in row.experiences]
        ends = [start + len(work.quote) for start, work in zip(starts, row.experiences, strict=True)]
        spans = pairwise(zip(starts, ends, strict=True))
        assert all(before[1] <= after[0] for before, after in spans), row.id


@each_set
def test_codes_are_groups(messages: MessageSet) -> None:
    assert wrong(messages.file, lambda _, work: ill_coded(work.ssyk)) == []


@each_set
def test_years_are_of_a_working_life(messages: MessageSet) -> None:
    assert wrong(messages.file, lambda _, work: work.years is not None and not 0 < work.years < 60) == []


@each_set
def test_countries_are_in_the_standard(messages: MessageSet) -> None:
    known = Locale("en").territories
    assert wrong(messages.file, lambda _, work: work.country and work.country not in known) == []


def test_messages_are_written_once() -> None:
    rows = [row for messages in SETS for row in read(messages.file)]
    assert [count for count in Counter(row.id for row in rows).values() if count > 1] == []
    assert [text for text, count in Counter(row.text.lower() for row in rows).items() if count > 1] == []


def test_phrases_are_as_many_in_both_languages() -> None:
    assert Counter(phrase.language for phrase in phrases()) == {Language.SV: 120, Language.EN: 120}


def test_phrases_are_written_once() -> None:
    assert len({phrase.id for phrase in phrases()}) == len(phrases())
    assert len({phrase.text.lower() for phrase in phrases()}) == len(phrases())


def test_phrases_are_short_and_coded() -> None:
    assert [phrase.id for phrase in phrases() if not 1 <= len(phrase.text.split()) <= 12] == []
    assert [phrase.id for phrase in phrases() if ill_coded(phrase.ssyk)] == []


def test_the_sets_reach_over_the_labour_market() -> None:
    told = {work.ssyk[0] for row in read("messages.jsonl") for work in row.experiences}
    assert len(told) >= 120
    assert len({phrase.ssyk[0] for phrase in phrases()}) >= 120


@each_profile_set
def test_there_are_forty_written_profiles(file: str) -> None:
    assert len({row.id for row in profiles(file)}) == len({row.about for row in profiles(file)}) == 40


@each_profile_set
def test_a_written_profile_is_told_in_known_concepts(file: str) -> None:
    for row in profiles(file):
        assert all(is_known(work) for work in row.profile.experiences), row.id
        skills = [skill for work in row.profile.experiences for skill in work.skills] + list(
            row.profile.skills
        )
        assert all(skill_labels()[skill.concept_id] == skill.label for skill in skills), row.id


def is_known(work: ProfileExperience) -> bool:
    return group_ids()[work.ssyk_code] == work.concept_id and (work.years is None or 0 < work.years < 60)


@each_profile_set
def test_countries_of_a_written_profile_are_in_the_standard(file: str) -> None:
    known = Locale("en").territories
    told = [
        item.country for row in profiles(file) for item in (*row.profile.experiences, *row.profile.education)
    ]
    assert [country for country in told if country and country not in known] == []


@each_profile_set
def test_a_group_is_either_expected_or_forbidden(file: str) -> None:
    for row in profiles(file):
        assert not ill_coded(row.expected + row.forbidden), row.id
        assert 3 <= len(row.expected) <= 8, row.id
        assert 2 <= len(row.forbidden) <= 6, row.id


def test_written_profiles_are_varied() -> None:
    people = [row.profile for row in profiles("profiles.jsonl")]
    kinds = {work.kind for person in people for work in person.experiences}
    wishes = {wish for person in people for wish in person.wishes}
    assert kinds == set(ExperienceKind)
    assert wishes > {wish.value for wish in WishKind}
    assert len({code for row in profiles("profiles.jsonl") for code in row.expected}) >= 120
    assert [person for person in people if not person.experiences and not person.education]
