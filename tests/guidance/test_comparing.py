from dataclasses import replace

import pytest

from assistant.apis.barometer import Opportunities, Outlook, Trend
from assistant.apis.jobsearch import AdSearch
from assistant.apis.scb import Pay
from assistant.domain.cards import ComparedRow
from assistant.guidance.comparing import Compared, Comparer, Comparison
from assistant.guidance.demand import Demand
from assistant.guidance.market import GroupMarket, NamedLanguages
from assistant.guidance.occupation_facts import FactWriter
from assistant.guidance.reach import Reached
from assistant.guidance.statement import Voice
from assistant.guidance.whereabouts import Whereabouts
from assistant.retrieval.stores.catalogue import Catalogue
from tests.fakes import MANIFEST
from tests.guidance.people import group

# Invented figures.
PAY = Pay("5311", 25_000, 30_000, 36_000, 30_500, 2024, "TAB1", "Lönespridning", "https://www.scb.se/x")
OUTLOOK = Outlook(
    occupation="Barnskötare",
    concept_id="AAAA_aaa_aaa",
    county_code="00",
    ssyk_codes=("5311",),
    opportunities=Opportunities.SMALL,
    recruitment=None,
    outlook=Trend.STAYS,
    text_opportunities="",
    text_recruitment="",
    level="nationellt",
    is_partial=False,
    is_part_of_group=False,
    round="2025-2",
    taxonomy_version="30",
)
NAMED = NamedLanguages(100, 40, 3)


@pytest.fixture
def facts(catalogue: Catalogue, voice: Voice) -> FactWriter:
    return FactWriter(catalogue, MANIFEST, voice)


def market(
    *ids: str, pay: Pay | None = PAY, outlook: Outlook = OUTLOOK, named: NamedLanguages = NAMED
) -> GroupMarket:
    return GroupMarket(
        demand=Reached("Yrkesbarometern", Demand((), (outlook,), (outlook,))),
        pay=Reached("SCB", pay),
        ads=Reached("JobSearch", AdSearch(12, ())),
        country_ads=None,
        languages=Reached("JobSearch", dict.fromkeys(ids, named)),
    )


def unreached() -> GroupMarket:
    return GroupMarket(
        Reached("Yrkesbarometern", None, is_missing=True),
        Reached("SCB", None, is_missing=True),
        Reached("JobSearch", None, is_missing=True),
        None,
        Reached("JobSearch", None, is_missing=True),
    )


def compared(facts: FactWriter, *markets: GroupMarket | None, codes: tuple[str, ...]) -> Comparison:
    ones = (
        Compared(group(facts.catalogue, code), market, None)
        for code, market in zip(codes, markets, strict=True)
    )
    return Comparer(facts, tuple(ones), Whereabouts(), "").comparison()


def rows(comparison: Comparison) -> dict[str, ComparedRow]:
    return {row.key: row for row in comparison.card.rows}


def of_two(
    facts: FactWriter, *, pay: Pay | None = PAY, outlook: Outlook = OUTLOOK, named: NamedLanguages = NAMED
) -> dict[str, ComparedRow]:
    """The rows of two groups, of which the second has other figures."""
    codes = ("5321", "5311")
    ids = [group(facts.catalogue, code).concept_id for code in codes]
    other = market(*ids, pay=pay, outlook=outlook, named=named)
    return rows(compared(facts, market(*ids), other, codes=codes))


def test_what_is_alike_does_not_differ(facts: FactWriter) -> None:
    found = of_two(facts)
    assert not any(found[key].differs for key in ("pay", "demand", "ads", "languages", "education"))
    assert found["tasks"].differs


def test_what_is_known_and_unlike_differs(facts: FactWriter) -> None:
    other = of_two(
        facts,
        pay=replace(PAY, median=40_000),
        outlook=replace(OUTLOOK, outlook=Trend.GROWS),
        named=NamedLanguages(100, 80, 3),
    )
    assert all(other[key].differs for key in ("pay", "demand", "languages"))
    slightly = of_two(facts, named=NamedLanguages(90, 37, 1))
    assert not slightly["languages"].differs, "counts always differ; the share hardly does"


def test_what_is_known_of_one_alone_differs_and_what_is_known_of_none_does_not(facts: FactWriter) -> None:
    found = of_two(facts, pay=None, named=NamedLanguages(0, 0, 0))
    assert found["pay"].differs
    assert found["languages"].differs
    nothing = rows(
        compared(facts, unreached(), unreached(), codes=("5321", "5311")),
    )
    assert not any(nothing[key].differs for key in ("pay", "demand", "ads", "languages"))
    unknown = facts.voice.say("compare.unknown")
    assert found["languages"].cells[1] == unknown
    first = market(group(facts.catalogue, "5321").concept_id)
    one_sided = rows(compared(facts, first, None, codes=("5321", "5311")))
    assert one_sided["pay"].cells[1] == unknown


def test_pay_without_a_median_is_told_by_its_mean(facts: FactWriter) -> None:
    found = of_two(facts, pay=replace(PAY, median=None))
    assert "30\u00a0500" not in found["pay"].cells[0]
    assert "30\u00a0500" in found["pay"].cells[1]
    assert "36\u00a0000" in found["pay"].cells[1]


def test_three_are_compared_by_what_all_and_what_only_one_of_them_uses(
    facts: FactWriter, catalogue: Catalogue
) -> None:
    codes = ("5321", "5342", "5330")
    found = compared(facts, None, None, None, codes=codes)
    listed = rows(found)
    assert "pay" not in listed
    assert found.card.pay == (None, None, None)
    ids = [set(group(catalogue, code).skill_ids) for code in codes]
    assert ("shared_skills" in listed) == bool(set.intersection(*ids))
    assert len(listed["own_skills"].cells) == 3
    assert found.card.source_ids == tuple(source.source_id for source in found.sources)


def test_only_differences_are_said_in_words(facts: FactWriter) -> None:
    found = compared(facts, None, None, codes=("5321", "5311"))
    differing = {row.label for row in found.card.rows if row.differs}
    said = [statement.text.split(".**")[0].removeprefix("**") for statement in found.differences]
    assert said
    assert set(said) <= differing
