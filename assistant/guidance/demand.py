"""Demand for an occupation group in a county and in the country, as Yrkesbarometern forecasts it."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.apis.barometer import (
    SERVICE,
    SWEDEN,
    BarometerClient,
    Opportunities,
    Outlook,
    Recruitment,
    Trend,
    barometer_address,
)
from assistant.domain import market
from assistant.domain.market import CountyOutlook
from assistant.domain.place import Place
from assistant.domain.source import Source
from assistant.guidance.statement import Statement, Voice

# A group has one to three occupations in the barometer; some gather many.
SHOWN_OUTLOOKS = 3
_PUBLISHER = "Arbetsförmedlingen"
# Our texts for the source's words.
_OPPORTUNITIES = {Opportunities.SMALL: "small", Opportunities.MEDIUM: "medium", Opportunities.LARGE: "large"}
_RECRUITMENT = {
    Recruitment.SURPLUS: "surplus",
    Recruitment.BALANCE: "balance",
    Recruitment.PARADOX: "paradox",
    Recruitment.SHORTAGE: "shortage",
}
_TREND = {Trend.GROWS: "grows", Trend.STAYS: "stays", Trend.SHRINKS: "shrinks"}


@dataclass(frozen=True, slots=True)
class Demand:
    """The forecasts of one group.

    Attributes:
        county: Empty where the county has no assessment of its own.
        country: Empty where the barometer has none for the group.
        everywhere: Those of all counties and of the country, for a map.
    """

    county: tuple[Outlook, ...]
    country: tuple[Outlook, ...]
    everywhere: tuple[Outlook, ...] = ()


async def read_demand(barometer: BarometerClient, ssyk_code: str, county_code: str) -> Demand:
    """Read the forecasts for a county ("00" for none) and for the country.

    Raises:
        UpstreamError: The barometer could not be read.
    """
    everywhere = await barometer.outlooks(ssyk_code=ssyk_code)
    country = tuple(outlook for outlook in everywhere if outlook.is_national)
    county = tuple(
        outlook for outlook in everywhere if outlook.county_code == county_code and not outlook.is_national
    )
    return Demand(county[:SHOWN_OUTLOOKS], country[:SHOWN_OUTLOOKS], everywhere)


def county_outlooks(
    demand: Demand, counties: Iterable[Place], country_name: str
) -> tuple[CountyOutlook, ...]:
    """The forecasts for a map: the whole country first, then every county.

    A group may have several occupations in the barometer. A county has a value where they agree; where they
    do not, no single one is true of the group, and the sentences tell of each.

    Args:
        demand: What the barometer says.
        counties: All counties of Sweden.
        country_name: What to call the whole country.
    """
    named = [(SWEDEN, country_name), *((county.code, county.name) for county in counties)]
    return tuple(_county_outlook(demand, code, name) for code, name in named)


def _county_outlook(demand: Demand, code: str, name: str) -> CountyOutlook:
    here = [outlook for outlook in demand.everywhere if outlook.county_code == code]
    opportunities = {outlook.opportunities for outlook in here if outlook.opportunities}
    trends = {outlook.outlook for outlook in here if outlook.outlook}
    return CountyOutlook(
        code,
        name,
        market.Opportunities(_OPPORTUNITIES[opportunities.pop()]) if len(opportunities) == 1 else None,
        market.Trend(_TREND[trends.pop()]) if len(trends) == 1 else None,
    )


def outlook_statement(outlook: Outlook, area: str, voice: Voice, *, briefly: bool = False) -> Statement:
    """What the barometer says of one occupation in one area, in plain words of the person's language.

    Args:
        outlook: The forecast.
        area: Name of the county; of no matter for the whole country.
        voice: The language to say it in.
        briefly: Area, chances and trend alone, for a place beside other occupations.
    """
    source = _source(outlook, area, voice.now)
    place = voice.say("demand.country") if outlook.county_code == SWEDEN else area
    named = {"area": place, "round": outlook.round}
    said = [
        voice.say("demand.in_brief", **named)
        if briefly
        else voice.say("demand.about", work=outlook.occupation, **named)
    ]
    if outlook.opportunities:
        said.append(voice.say(f"demand.opportunities.{_OPPORTUNITIES[outlook.opportunities]}"))
    if outlook.recruitment and not briefly:
        said.append(voice.say(f"demand.recruitment.{_RECRUITMENT[outlook.recruitment]}"))
    if outlook.outlook:
        said.append(voice.say(f"demand.trend.{_TREND[outlook.outlook]}"))
    return Statement(f"{' '.join(said)} {source.token}", source)


def _source(outlook: Outlook, area: str, now: str) -> Source:
    place = "Sverige" if outlook.county_code == SWEDEN else area
    fields = (
        ("Jobbmöjligheter", outlook.opportunities),
        ("Rekryteringssituation", outlook.recruitment),
        ("Prognos fem år", outlook.outlook),
        ("Omgång", outlook.round),
    )
    record = [outlook.occupation, place, *(f"{name}: {value}" for name, value in fields if value), _PUBLISHER]
    # Its own sentences, as they may be quoted.
    record += [text for text in (outlook.text_opportunities, outlook.text_recruitment) if text]
    return Source(
        source_id=f"demand:{outlook.concept_id or outlook.occupation}:{outlook.county_code}",
        system=SERVICE,
        title=f"{outlook.occupation}, {place}",
        url=barometer_address(),
        version=outlook.round,
        retrieved_at=now,
        quote=" | ".join(record),
    )
