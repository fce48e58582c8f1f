"""How many of the educations that lead to an occupation the product finds near a place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from assistant.apis.clients import Clients
from assistant.build import make_clients
from assistant.domain.addresses import Addresses
from assistant.guidance.education_search import EducationSearch
from assistant.guidance.educations import OfferedEducation, chosen
from assistant.guidance.whereabouts import whereabouts
from assistant.retrieval.encoder import make_encoder
from assistant.retrieval.knowledge import Knowledge, open_knowledge
from assistant.retrieval.text import fold
from assistant.settings import Settings
from assistant.yaml_text import parse_yaml

_AT_A_DISTANCE = ""
_FIRST = 5


class EducationPair(BaseModel):
    """An occupation and a place.

    Attributes:
        ssyk: Of the group.
        place: In words.
        on: ISO date on which one looks.
        gold: Codes of municipalities by title; the empty code stands for at a distance.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    ssyk: str
    place: str
    on: str
    gold: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class PairFound:
    """What was found for one pair.

    Attributes:
        pair: The pair.
        missed: Title and place of the gold that was not found.
        rights: For each of the educations shown first, whether it is gold.
    """

    pair: EducationPair
    missed: tuple[tuple[str, str], ...]
    rights: tuple[bool, ...]

    @property
    def recall(self) -> float:
        """Share of the gold that was found, whether shown or not."""
        return 1 - len(self.missed) / sum(len(places) for places in self.pair.gold.values())


def read_pairs(path: Path) -> list[EducationPair]:
    """Read the pairs of a file."""
    return TypeAdapter(list[EducationPair]).validate_python(parse_yaml(path.read_text(encoding="utf-8")))


async def find_at(settings: Settings, base_url: str, pairs: Sequence[EducationPair]) -> list[PairFound]:
    """Look for the educations of each pair with the index in service.

    Args:
        settings: Of the product.
        base_url: All public sources lie below it, each by its name; see `Addresses.below`.
        pairs: The pairs.
    """
    addresses = Addresses.below(base_url)
    at_base = {f"{field.name}_url": getattr(addresses, field.name) for field in fields(Addresses)}
    knowledge = open_knowledge(settings.index_dir, make_encoder(settings.encoder))
    clients = make_clients(settings.model_copy(update=at_base))
    try:
        return await find_pairs(knowledge, clients, pairs)
    finally:
        await clients.aclose()


async def find_pairs(
    knowledge: Knowledge, clients: Clients, pairs: Sequence[EducationPair]
) -> list[PairFound]:
    """Look for the educations of each pair, one pair after the other, as the product does."""
    return [await _find(knowledge, clients, pair) for pair in pairs]


def education_figures(found: Sequence[PairFound]) -> dict[str, float]:
    """Mean recall over the pairs, and the shares of them with a right one first or among the first five."""
    count = len(found)
    return {
        "n": count,
        "recall": round(sum(pair.recall for pair in found) / count, 4),
        f"right@{_FIRST}": round(sum(any(pair.rights) for pair in found) / count, 4),
        "right@1": round(sum(any(pair.rights[:1]) for pair in found) / count, 4),
    }


async def _find(knowledge: Knowledge, clients: Clients, pair: EducationPair) -> PairFound:
    group = knowledge.catalogue.group_by_ssyk(pair.ssyk)
    where = whereabouts(knowledge.places, pair.place)
    offers = await EducationSearch(knowledge, clients, where, pair.on).find(group, "")
    gold = {(fold(title), code) for title, codes in pair.gold.items() for code in codes}
    keys = {
        key for education in offers.educations if not education.is_over(pair.on) for key in _keys(education)
    }
    shown, _ = chosen(offers.educations, where, pair.on, limit=_FIRST)
    rights = tuple(not _keys(education).isdisjoint(gold) for education in shown)
    return PairFound(pair, tuple(sorted(gold - keys)), rights)


def _keys(education: OfferedEducation) -> set[tuple[str, str]]:
    codes = (_AT_A_DISTANCE,) if education.is_distance else education.area_codes
    return {(fold(education.title), code) for code in codes}
