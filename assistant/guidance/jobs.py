"""Open job ads of an occupation group: how many, where, some examples, and the trend over the years."""

from collections.abc import Sequence

from assistant.apis.ad_records import Ad
from assistant.apis.historical_ads import SERVICE as HISTORICAL_ADS
from assistant.apis.historical_ads import YearCount, year_address
from assistant.apis.jobsearch import SERVICE as JOBSEARCH
from assistant.apis.jobsearch import AdCount, search_address
from assistant.domain.concept import OccupationGroup
from assistant.domain.place import Place
from assistant.domain.source import Source
from assistant.guidance.statement import Statement, Voice, grouped, one_line, quoting

_SHOWN_REGIONS = 10


def total_statement(
    group: OccupationGroup, place: Place | None, total: int, voice: Voice, *, is_none_anywhere: bool = False
) -> Statement:
    """How many ads there are in a place, or in the whole country.

    Args:
        group: The occupation group.
        place: None for the whole country.
        total: Number of ads there.
        voice: The language to say it in.
        is_none_anywhere: There are none in the place, nor in the rest of the country.
    """
    named = {"work": group.name(voice.language), "area": _area(place, voice)}
    if is_none_anywhere:
        count = voice.say("ads.none_anywhere", **named)
    else:
        count = (
            voice.say("ads.total", **named, count=grouped(total)) if total else voice.say("ads.none", **named)
        )
    return quoting(
        Source(
            source_id=f"ads:{group.concept_id}:{place.concept_id if place else 'se'}:{voice.language}",
            system=JOBSEARCH,
            title=voice.say("ads.title", **named),
            url=search_address(occupation_group=group.concept_id, place=place),
            version=voice.now[:10],
            retrieved_at=voice.now,
            quote=count,
        )
    )


def ad_statement(ad: Ad, voice: Voice) -> Statement:
    """One ad in one line."""
    named = (ad.headline, ad.employer, ad.municipality.name or ad.region.name)
    said = [line for line in map(one_line, named) if line]
    if ad.vacancies and ad.vacancies > 1:
        said.append(voice.say("ads.vacancies", count=str(ad.vacancies)))
    if ad.deadline:
        said.append(voice.say("ads.apply_by", date=ad.deadline[:10]))
    return quoting(
        Source(
            source_id=f"ad:{ad.ad_id}:{voice.language}",
            system=JOBSEARCH,
            title=one_line(ad.headline) or ad.ad_id,
            url=ad.url,
            version=ad.published[:10] or voice.now[:10],
            retrieved_at=voice.now,
            quote=f"{', '.join(said)}.",
        )
    )


def regions_statement(group: OccupationGroup, counts: Sequence[AdCount], voice: Voice) -> Statement:
    """How many ads there are by county, those with the most first."""
    listed = "; ".join(f"{one.label} {grouped(one.count)}" for one in counts[:_SHOWN_REGIONS])
    work = group.name(voice.language)
    return quoting(
        Source(
            source_id=f"ads-by-region:{group.concept_id}:{voice.language}",
            system=JOBSEARCH,
            title=voice.say("ads.regions_title", work=work),
            url=f"{search_address(occupation_group=group.concept_id)}&stats=region&stats.limit=30",
            version=voice.now[:10],
            retrieved_at=voice.now,
            quote=voice.say("ads.regions", work=work, counts=listed),
        )
    )


def years_statement(
    group: OccupationGroup, place: Place | None, counts: Sequence[YearCount], voice: Voice
) -> Statement:
    """How many ads were published year by year, and the years that could not be read; one could, at least."""
    known = [(one.year, one.ads) for one in counts if one.ads is not None]
    work = group.name(voice.language)
    listed = "; ".join(f"{year}: {grouped(ads)}" for year, ads in known)
    quote = voice.say("ads.years", work=work, area=_area(place, voice), counts=listed)
    if gone := [str(one.year) for one in counts if one.ads is None]:
        quote = f"{quote} {voice.say('ads.years_missing', years=', '.join(gone))}"
    source = Source(
        source_id=f"ads-by-year:{group.concept_id}:{place.concept_id if place else 'se'}:{voice.language}",
        system=HISTORICAL_ADS,
        title=voice.say("ads.years_title", work=work),
        url=year_address(known[-1][0], occupation_group=group.concept_id, place=place),
        version=f"{known[0][0]}-{known[-1][0]}",
        retrieved_at=voice.now,
        quote=quote,
    )
    return quoting(source)


def _area(place: Place | None, voice: Voice) -> str:
    return place.name if place else voice.say("live.whole_country")
