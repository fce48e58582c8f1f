"""The tools on the labour market: open ads, forecasts of demand, pay."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.agent.results import FoundAds, ShownDemand, ShownPay
from assistant.agent.tools.form import Tool, group_of
from assistant.agent.tools.live import (
    LiveContext,
    cited,
    place_notes,
    reach_notes,
    switched_off,
    told,
)
from assistant.apis.ad_records import Ad
from assistant.apis.barometer import SERVICE as BAROMETER
from assistant.apis.clients import Clients
from assistant.apis.historical_ads import SERVICE as HISTORICAL_ADS
from assistant.apis.historical_ads import YearCount
from assistant.apis.jobsearch import SERVICE as JOBSEARCH
from assistant.apis.jobsearch import AdCount, AdSearch
from assistant.apis.scb import SERVICE as SCB
from assistant.domain.concept import OccupationGroup
from assistant.domain.language import Language
from assistant.guidance.demand import outlook_statement, read_demand
from assistant.guidance.jobs import ad_statement, regions_statement, total_statement, years_statement
from assistant.guidance.pay import pay_source
from assistant.guidance.reach import Reached, missing, reach, stale
from assistant.guidance.statement import Statement, Voice, quoting
from assistant.guidance.whereabouts import Whereabouts

_EXAMPLES = 3
_YEARS = 5
_AnswerT = TypeVar("_AnswerT")


@dataclass(frozen=True, slots=True)
class MarketTools:
    """Tools that say how the market is for one occupation group."""

    live: LiveContext

    def methods(self) -> tuple[Tool, ...]:
        """The methods that are tools."""
        return (self.search_ads, self.show_demand, self.show_pay)

    async def search_ads(
        self,
        concept_id: str,
        language: Language,
        place: str = "",
        by_region: bool = False,
        with_history: bool = False,
    ) -> tuple[str, FoundAds]:
        """Find open job ads for an occupation: how many, and some examples.

        Args:
            concept_id: Concept id of an occupation group, from find_occupations.
            language: Language of the person, sv or en.
            place: Where in Sweden, in the person's words; empty for the whole country.
            by_region: Also how many there are in each county, when the person may move.
            with_history: Also the number of ads of earlier years; slow, only when the person asks for it.
        """
        group = group_of(self.live.knowledge, concept_id)
        voice = self.live.voice(language)
        if self.live.clients is None:
            return switched_off(FoundAds, voice)
        where = self.live.where(place)
        asked = await _ask_for_ads(
            self.live.clients, group.concept_id, where, voice.now, by_region, with_history
        )
        statements = [*place_notes(where, voice), *_ads_told(asked, group, where, voice)]
        statements += reach_notes(voice, *asked.all)
        near, country = asked.near.answer, asked.country.answer if asked.country else asked.near.answer
        result = FoundAds(
            **cited(statements),
            missing=missing(*asked.all),
            stale=stale(*asked.all),
            group=group,
            where=where,
            total=near.total if near else None,
            country_total=country.total if country else None,
            ads=_examples(asked),
            by_region=asked.by_region.answer or () if asked.by_region else (),
            by_year=asked.by_year.answer or () if asked.by_year else (),
        )
        return told(result)

    async def show_demand(
        self, concept_id: str, language: Language, place: str = ""
    ) -> tuple[str, ShownDemand]:
        """Show how easy it is to get work in an occupation now and in five years, by Yrkesbarometern.

        Args:
            concept_id: Concept id of an occupation group, from find_occupations.
            language: Language of the person, sv or en.
            place: Where in Sweden, in the person's words; empty for the whole country.
        """
        group = group_of(self.live.knowledge, concept_id)
        voice = self.live.voice(language)
        if self.live.clients is None:
            return switched_off(ShownDemand, voice)
        where = self.live.where(place)
        county = self.live.region_name(where)
        asked = read_demand(self.live.clients.barometer, group.ssyk_code, where.region_code)
        reached = await reach(BAROMETER, asked)
        demand = reached.answer
        statements = [*place_notes(where, voice)]
        if demand:
            then = voice.as_of(reached.stale_since)
            outlooks = (*demand.county, *demand.country)
            statements += [outlook_statement(outlook, county, then) for outlook in outlooks]
            if not demand.country:
                statements.append(Statement(voice.say("demand.none", work=group.name(language))))
            elif county and not demand.county:
                statements.append(Statement(voice.say("demand.only_country", area=county)))
        statements += reach_notes(voice, reached)
        result = ShownDemand(
            **cited(statements),
            missing=missing(reached),
            stale=stale(reached),
            group=group,
            where=where,
            county=demand.county if demand else (),
            country=demand.country if demand else (),
        )
        return told(result)

    async def show_pay(self, concept_id: str, language: Language) -> tuple[str, ShownPay]:
        """Show what an occupation pays a month before tax, by SCB: median, spread and mean.

        Args:
            concept_id: Concept id of an occupation group, from find_occupations.
            language: Language of the person, sv or en.
        """
        group = group_of(self.live.knowledge, concept_id)
        voice = self.live.voice(language)
        if self.live.clients is None:
            return switched_off(ShownPay, voice)
        reached = await reach(SCB, self.live.clients.scb.pay(group.ssyk_code))
        statements = []
        if reached.answer:
            source = pay_source(group, reached.answer, voice.as_of(reached.stale_since))
            statements.append(quoting(source))
        elif not reached.is_missing:
            statements.append(Statement(voice.say("pay.none", work=group.name(language))))
        statements += reach_notes(voice, reached)
        result = ShownPay(
            **cited(statements),
            missing=missing(reached),
            stale=stale(reached),
            group=group,
            pay=reached.answer,
        )
        return told(result)


@dataclass(frozen=True, slots=True)
class _AskedAds:
    """The answers on ads; None for what was not asked."""

    near: Reached[AdSearch]
    country: Reached[AdSearch] | None
    by_region: Reached[tuple[AdCount, ...]] | None
    by_year: Reached[tuple[YearCount, ...]] | None

    @property
    def all(self) -> tuple[Reached[Any] | None, ...]:
        return (self.near, self.country, self.by_region, self.by_year)


async def _ask_for_ads(
    clients: Clients, group_id: str, where: Whereabouts, now: str, by_region: bool, with_history: bool
) -> _AskedAds:
    """Ask for everything at once: the place, the country beside it, and the counts that are wanted."""
    ads, place = clients.jobsearch, where.place
    last_year = int(now[:4]) - 1
    years = range(last_year - _YEARS + 1, last_year + 1)
    near, country, regions, past = await asyncio.gather(
        reach(JOBSEARCH, ads.search(occupation_group=group_id, place=place, limit=_EXAMPLES)),
        _if(place is not None, JOBSEARCH, lambda: ads.search(occupation_group=group_id, limit=_EXAMPLES)),
        _if(by_region, JOBSEARCH, lambda: ads.counts("region", occupation_group=group_id)),
        _if(
            with_history,
            HISTORICAL_ADS,
            lambda: clients.historical_ads.counts_by_year(
                occupation_group=group_id, place=place, years=years
            ),
        ),
    )
    return _AskedAds(near, country, regions, past)


async def _if(
    wanted: bool, system: str, ask: Callable[[], Coroutine[Any, Any, _AnswerT]]
) -> Reached[_AnswerT] | None:
    return await reach(system, ask()) if wanted else None


def _examples(asked: _AskedAds) -> tuple[Ad, ...]:
    """Ads of the place; of the country where the place has none."""
    near = asked.near.answer.ads if asked.near.answer else ()
    country = asked.country.answer.ads if asked.country and asked.country.answer else ()
    return near or country


def _ads_told(
    asked: _AskedAds, group: OccupationGroup, where: Whereabouts, voice: Voice
) -> Iterator[Statement]:
    near, country, regions, past = asked.near, asked.country, asked.by_region, asked.by_year
    is_none_anywhere = bool(near.answer and country and country.answer and country.answer.total == 0)
    if near.answer:
        then = voice.as_of(near.stale_since)
        yield total_statement(group, where.place, near.answer.total, then, is_none_anywhere=is_none_anywhere)
    if country and country.answer and not is_none_anywhere:
        yield total_statement(group, None, country.answer.total, voice.as_of(country.stale_since))
    for ad in _examples(asked):
        yield ad_statement(ad, voice.as_of(near.stale_since))
    if regions and regions.answer:
        yield regions_statement(group, regions.answer, voice.as_of(regions.stale_since))
    if past and past.answer:
        yield years_statement(group, where.place, past.answer, voice.as_of(past.stale_since))
