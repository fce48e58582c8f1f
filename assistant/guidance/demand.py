"""Demand for an occupation group in a county and in the country, as Yrkesbarometern forecasts it."""

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
    """The forecasts of one group; `county` is empty where the county has no assessment of its own."""

    county: tuple[Outlook, ...]
    country: tuple[Outlook, ...]


async def read_demand(barometer: BarometerClient, ssyk_code: str, county_code: str) -> Demand:
    """Read the forecasts for a county ("00" for none) and for the country.

    Raises:
        UpstreamError: The barometer could not be read.
    """
    country = await barometer.outlooks(ssyk_code=ssyk_code)
    # The file is in memory by now.
    nearest = await barometer.outlooks(ssyk_code=ssyk_code, county_code=county_code)
    county = tuple(outlook for outlook in nearest if not outlook.is_national)
    return Demand(county[:SHOWN_OUTLOOKS], country[:SHOWN_OUTLOOKS])


def outlook_statement(outlook: Outlook, area: str, voice: Voice) -> Statement:
    """What the barometer says of one occupation in one area, in plain words of the person's language.

    Args:
        outlook: The forecast.
        area: Name of the county; of no matter for the whole country.
        voice: The language to say it in.
    """
    source = _source(outlook, area, voice.now)
    place = voice.say("demand.country") if outlook.county_code == SWEDEN else area
    said = [voice.say("demand.about", work=outlook.occupation, area=place, round=outlook.round)]
    if outlook.opportunities:
        said.append(voice.say(f"demand.opportunities.{_OPPORTUNITIES[outlook.opportunities]}"))
    if outlook.recruitment:
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
