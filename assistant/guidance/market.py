"""What public sources say now of some occupation groups: demand, pay, open ads and languages in ads."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.apis.barometer import SERVICE as BAROMETER
from assistant.apis.clients import Clients
from assistant.apis.jobsearch import SERVICE as JOBSEARCH
from assistant.apis.jobsearch import AdSearch, JobSearchClient
from assistant.apis.scb import SERVICE as SCB
from assistant.apis.scb import Pay
from assistant.domain.concept import OccupationGroup
from assistant.domain.place import Place
from assistant.guidance.demand import Demand, read_demand
from assistant.guidance.reach import Reached, reach
from assistant.guidance.whereabouts import Whereabouts

# As ads in Swedish name the languages; JobSearch finds other forms of a word too.
SWEDISH_WORD = "svenska"
ENGLISH_WORD = "engelska"


@dataclass(frozen=True, slots=True)
class NamedLanguages:
    """How many of a group's open ads there are, and how many of them name a language."""

    ads: int
    swedish: int
    english: int

    @property
    def swedish_share(self) -> float:
        """In [0, 1]; 1 where there are no ads, of which nothing is known."""
        return min(self.swedish / self.ads, 1.0) if self.ads else 1.0


LanguagesByGroup = Mapping[str, NamedLanguages]


@dataclass(frozen=True, slots=True)
class GroupMarket:
    """The answers on one group.

    Attributes:
        demand: Forecasts.
        pay: None as an answer where SCB publishes none.
        ads: Open ads in the place, or in the country where no place is known.
        country_ads: Those of the whole country beside the place; None where no place is known.
        languages: Of all the groups that were asked about, in the whole country.
    """

    demand: Reached[Demand]
    pay: Reached[Pay | None]
    ads: Reached[AdSearch]
    country_ads: Reached[AdSearch] | None
    languages: Reached[LanguagesByGroup]

    @property
    def all(self) -> tuple[Reached[Any] | None, ...]:
        """Every answer, for what has to be said about those that are missing."""
        return (self.demand, self.pay, self.ads, self.country_ads, self.languages)


async def read_markets(
    clients: Clients, groups: Sequence[OccupationGroup], where: Whereabouts, *, examples: int
) -> tuple[GroupMarket, ...]:
    """Ask for everything about the groups at once; what fails is missing and the rest stands.

    Args:
        clients: The public sources.
        groups: At most 30.
        where: The place that the person means.
        examples: How many ads are wanted of each group.

    Returns:
        One a group, in their order.
    """
    # One question for all groups, which each of them waits for.
    languages = asyncio.ensure_future(reach(JOBSEARCH, read_languages(clients.jobsearch, groups)))
    return tuple(
        await asyncio.gather(*(_read_market(clients, group, where, examples, languages) for group in groups))
    )


async def _read_market(
    clients: Clients,
    group: OccupationGroup,
    where: Whereabouts,
    examples: int,
    languages: asyncio.Future[Reached[LanguagesByGroup]],
) -> GroupMarket:
    ads = clients.jobsearch
    demand, pay, near, country, named = await asyncio.gather(
        reach(BAROMETER, read_demand(clients.barometer, group.ssyk_code, where.region_code)),
        reach(SCB, clients.scb.pay(group.ssyk_code)),
        reach(JOBSEARCH, ads.search(occupation_group=group.concept_id, place=where.place, limit=examples)),
        _country_ads(ads, group, where.place, examples),
        languages,
    )
    return GroupMarket(demand, pay, near, country, named)


async def _country_ads(
    ads: JobSearchClient, group: OccupationGroup, place: Place | None, examples: int
) -> Reached[AdSearch] | None:
    if place is None:
        return None
    return await reach(JOBSEARCH, ads.search(occupation_group=group.concept_id, limit=examples))


async def read_languages(ads: JobSearchClient, groups: Sequence[OccupationGroup]) -> LanguagesByGroup:
    """Count, for each of at most 30 groups, its open ads and those that name Swedish and English.

    Three questions, however many groups. An ad that does not name Swedish may ask for it all the same.

    Raises:
        UpstreamError: The ads could not be counted.
    """
    ids = [group.concept_id for group in groups]
    total, swedish, english = await asyncio.gather(
        ads.ads_by_group(ids),
        ads.ads_by_group(ids, word=SWEDISH_WORD),
        ads.ads_by_group(ids, word=ENGLISH_WORD),
    )
    return {
        group_id: NamedLanguages(total[group_id], swedish[group_id], english[group_id]) for group_id in ids
    }
