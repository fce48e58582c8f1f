from dataclasses import replace

import pytest

from assistant.apis.barometer import Opportunities, Outlook, Recruitment, Trend, barometer_address
from assistant.domain import market
from assistant.domain.language import Language
from assistant.domain.place import Place, PlaceType
from assistant.guidance.demand import Demand, county_outlooks, outlook_statement
from assistant.guidance.statement import Voice
from assistant.prompts import load_texts
from tests.guidance.cited import assert_held_by_its_source, evidence, is_shown

# The sentences of the source are made up; the rest is of round 2025-2.
OUTLOOK = Outlook(
    occupation="Grundutbildade sjuksköterskor",
    concept_id="TYX8_Ccd_QRk",
    county_code="12",
    ssyk_codes=("2221",),
    opportunities=Opportunities.LARGE,
    recruitment=Recruitment.SHORTAGE,
    outlook=Trend.STAYS,
    text_opportunities="Möjligheterna till arbete bedöms vara stora i 3 av 4 regioner.",
    text_recruitment="Det råder brist på personer med rätt utbildning.",
    level="län",
    is_partial=False,
    is_part_of_group=False,
    round="2025-2",
    taxonomy_version="30",
)


def test_a_forecast_is_told_with_area_round_and_its_own_words(voice: Voice) -> None:
    said = outlook_statement(OUTLOOK, "Skåne län", voice)
    assert "Skåne län" in said.text
    assert "2025-2" in said.text
    source = said.source
    assert source is not None
    assert (source.system, source.version, source.url) == ("Yrkesbarometern", "2025-2", barometer_address())
    for words in ("stora", "brist", "vara oförändrad", OUTLOOK.text_opportunities, OUTLOOK.text_recruitment):
        assert words in source.quote
    assert_held_by_its_source(said)


def test_its_own_sentences_may_be_quoted_and_no_others(voice: Voice) -> None:
    said = outlook_statement(OUTLOOK, "Skåne län", voice)
    assert said.source is not None
    known, token = evidence(said), said.source.token
    assert is_shown(f"Arbetsförmedlingen skriver: ”{OUTLOOK.text_recruitment}” {token}", known)
    assert not is_shown(f"Arbetsförmedlingen skriver: ”Det råder brist på personer i Lund.” {token}", known)


def test_the_whole_country_is_named_as_such() -> None:
    national = replace(OUTLOOK, county_code="00")
    texts = load_texts()
    swedish = outlook_statement(national, "Skåne län", Voice(texts, Language.SV, "2026-11-22"))
    english = outlook_statement(national, "Skåne län", Voice(texts, Language.EN, "2026-11-22"))
    assert "hela Sverige" in swedish.text
    assert "all of Sweden" in english.text
    assert "Skåne" not in swedish.text + english.text
    assert swedish.source == english.source
    assert swedish.source is not None
    county = outlook_statement(OUTLOOK, "Skåne län", Voice(texts, Language.SV, "2026-11-22")).source
    assert county is not None
    assert county.source_id != swedish.source.source_id


@pytest.mark.parametrize("opportunities", [*Opportunities, None])
@pytest.mark.parametrize("recruitment", [*Recruitment, None])
@pytest.mark.parametrize("trend", [*Trend, None])
def test_every_assessment_has_words_in_both_languages(
    opportunities: Opportunities | None, recruitment: Recruitment | None, trend: Trend | None, voice: Voice
) -> None:
    outlook = replace(OUTLOOK, opportunities=opportunities, recruitment=recruitment, outlook=trend)
    said = outlook_statement(outlook, "Skåne län", voice)
    assert "None" not in said.text
    assert said.source is not None
    assert "None" not in said.source.quote


def test_a_brief_forecast_is_held_by_the_same_source(voice: Voice) -> None:
    said = outlook_statement(OUTLOOK, "Skåne län", voice, briefly=True)
    assert said.source == outlook_statement(OUTLOOK, "Skåne län", voice).source
    assert OUTLOOK.occupation not in said.text
    assert_held_by_its_source(said)


def test_a_map_has_every_county_and_a_value_where_the_occupations_of_a_group_agree() -> None:
    counties = [
        Place(name, PlaceType.REGION, code, name, code) for name, code in (("X", "01"), ("Skåne", "12"))
    ]
    florist = replace(OUTLOOK, concept_id="b", opportunities=Opportunities.SMALL)
    national = replace(OUTLOOK, county_code="00", outlook=None)
    demand = Demand((), (), (OUTLOOK, florist, national))
    assert county_outlooks(demand, counties, "Sverige") == (
        market.CountyOutlook("00", "Sverige", market.Opportunities.LARGE, None),
        market.CountyOutlook("01", "X", None, None),
        market.CountyOutlook("12", "Skåne", None, market.Trend.STAYS),
    )
