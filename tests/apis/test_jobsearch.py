from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.apis.ad_records import MASK, Ad, AdConcept, AdPlace, Demand, local_time, without_contacts
from assistant.apis.jobsearch import JobSearchClient, search_address
from assistant.domain.place import Place, PlaceType
from assistant.errors import (
    UpstreamError,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from tests.apis.canned import Canned
from tests.apis.conftest import Connect
from tests.standin.local import LocalServer
from tests.standin.server import StandIn

RECORDED_AD = "28746073"
# The SSYK group 2221 and the occupation of most of its ads.
NURSES = "Z8ci_bBE_tmx"
NURSE = "bXNH_MNX_dUR"
STOCKHOLM = Place("AvNB_uwa_6n6", PlaceType.MUNICIPALITY, "0180", "Stockholm", "01")
SKANE = Place("CaRE_1nn_cSU", PlaceType.REGION, "12", "Skåne län", "12")
UNKNOWN_ID = "AAAA_aaa_aaa"

shared = pytest.mark.shared


@pytest.fixture
def jobsearch(service: StandIn, connect: Connect) -> JobSearchClient:
    return JobSearchClient(connect(service.url("jobsearch"), timeout_s=30.0, deadline_s=60.0))


@contextmanager
def answering(**answers: object) -> Iterator[tuple[str, Canned]]:
    """A server that gives these answers to `search`, `complete` and `ad`, and its address."""
    app = Canned({f"/{name}": answer for name, answer in answers.items()})
    with LocalServer(app) as server:
        yield server.origin, app


def envelope(*hits: object) -> dict[str, Any]:
    return {"total": {"value": len(hits)}, "stats": [], "hits": list(hits)}


def kept_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def first_ad(hit: object, connect: Connect) -> Ad:
    with answering(search=envelope(hit)) as (url, _):
        (ad,) = (await JobSearchClient(connect(url)).search()).ads
    return ad


@shared
async def test_an_ad_is_read_whole(jobsearch: JobSearchClient) -> None:
    ad = await jobsearch.ad(RECORDED_AD)
    assert ad == Ad(
        ad_id=RECORDED_AD,
        headline="Group Product Manager - Customer Care",
        employer="Volvo Personvagnar AB",
        occupation=AdConcept("32bC_YdL_JtU", "Produktutvecklare"),
        occupation_group=AdConcept("mp2Y_vyC_RFV", "Övriga civilingenjörsyrken"),
        occupation_field=AdConcept("6Hq3_tKo_V57", "Yrken med teknisk inriktning"),
        municipality=AdPlace("AvNB_uwa_6n6", "0180", "Stockholm"),
        region=AdPlace("CifL_Rzy_Mku", "01", "Stockholms län"),
        coordinates=(18.06858, 59.329323),
        employment_type="Vanlig anställning",
        working_hours="Heltid",
        duration="Tills vidare",
        scope_percent=(100, 100),
        vacancies=1,
        published="2024-04-24T14:27:02",
        deadline="2024-05-08T23:59:59",
        url="https://arbetsformedlingen.se/platsbanken/annonser/28746073",
        text="[ad body removed by collector]",
        skills=(),
        languages=(),
        experiences=(Demand(AdConcept("32bC_YdL_JtU", "Produktutvecklare"), is_required=True),),
        licences=(),
        needs_licence=False,
        needs_experience=True,
        is_removed=False,
    )


@shared
async def test_ads_are_searched_by_group_occupation_and_place(jobsearch: JobSearchClient) -> None:
    everywhere = await jobsearch.search(occupation_group=NURSES)
    in_skane = await jobsearch.search(occupation_group=NURSES, place=SKANE, limit=100)
    of_occupation = await jobsearch.search(occupation_name=NURSE, place=STOCKHOLM, limit=100)
    assert (everywhere.total, len(everywhere.ads)) == (500, 10)
    assert (in_skane.total, len(in_skane.ads)) == (40, 40)
    assert {ad.region.concept_id for ad in in_skane.ads} == {SKANE.concept_id}
    assert {ad.occupation.concept_id for ad in of_occupation.ads} == {NURSE}
    assert {ad.municipality.name for ad in of_occupation.ads} == {"Stockholm"}


@shared
async def test_pages_follow_each_other_with_the_newest_first(jobsearch: JobSearchClient) -> None:
    first = await jobsearch.search(occupation_group=NURSES, limit=100)
    second = await jobsearch.search(occupation_group=NURSES, limit=100, offset=100)
    ads = (*first.ads, *second.ads)
    assert len({ad.ad_id for ad in ads}) == 200
    assert [ad.published for ad in ads] == sorted((ad.published for ad in ads), reverse=True)


@shared
async def test_ads_are_found_by_words(jobsearch: JobSearchClient) -> None:
    found = await jobsearch.search(text="skolsköterska", place=STOCKHOLM)
    assert found.total > 0
    assert all("skolsköterska" in f"{ad.headline} {ad.occupation.label}".lower() for ad in found.ads)


@shared
async def test_a_concept_that_nobody_knows_has_no_ads(jobsearch: JobSearchClient) -> None:
    found = await jobsearch.search(occupation_group=UNKNOWN_ID)
    assert (found.total, found.ads) == (0, ())
    assert await jobsearch.counts("region", occupation_group=UNKNOWN_ID) == ()


@shared
async def test_ads_are_counted_by_place(jobsearch: JobSearchClient) -> None:
    counts = await jobsearch.counts("region", occupation_group=NURSES)
    assert [count.count for count in counts] == sorted((count.count for count in counts), reverse=True)
    first = counts[0]
    assert (first.concept_id, first.label, first.code, first.count) == (
        "zdoY_6u5_Krt", "Västra Götalands län", "14", 84,
    )  # fmt: skip
    within = await jobsearch.counts("municipality", occupation_group=NURSES, place=SKANE, limit=3)
    assert len(within) == 3
    assert all(count.code.startswith("12") for count in within)


@shared
async def test_ads_are_counted_by_occupation(jobsearch: JobSearchClient) -> None:
    counts = await jobsearch.counts("occupation-name", occupation_group=NURSES)
    assert [(count.label, count.count) for count in counts] == [
        ("Sjuksköterska, grundutbildad", 462),
        ("Sjuksköterska, medicin och kirurgi", 38),
    ]


@shared
async def test_words_are_completed(jobsearch: JobSearchClient) -> None:
    found = await jobsearch.complete("apot", limit=3)
    assert ("apotekare", "occupation") in {(one.value, one.type) for one in found}
    assert all(one.value.startswith("apot") and one.occurrences > 0 for one in found)


@shared
async def test_an_unknown_ad_is_refused(jobsearch: JobSearchClient) -> None:
    with pytest.raises(UpstreamRejected) as caught:
        await jobsearch.ad("1")
    assert caught.value.status == 404


@pytest.mark.parametrize("ad_id", ["", "..", "1/logo", "1?x=1", "ä", "1\n", "a" * 65])
async def test_what_is_no_id_is_never_sent(ad_id: str, jobsearch: JobSearchClient, service: StandIn) -> None:
    with pytest.raises(UpstreamRejected) as caught:
        await jobsearch.ad(ad_id)
    assert caught.value.status == 404
    assert service.calls == ()


@dataclass(frozen=True)
class TooMuch:
    id: str
    ask: Callable[[JobSearchClient], Awaitable[object]]
    said: str


TOO_MUCH = (
    TooMuch("offset", lambda client: client.search(offset=2001), "offset must be 0-2000, not 2001"),
    TooMuch("limit", lambda client: client.search(limit=101), "limit must be 0-100, not 101"),
    TooMuch("negative", lambda client: client.search(limit=-1), "limit must be 0-100, not -1"),
    TooMuch("counts", lambda client: client.counts("region", limit=31), "limit must be 1-30, not 31"),
    TooMuch("completions", lambda client: client.complete("a", limit=51), "limit must be 0-50, not 51"),
)


@pytest.mark.parametrize("case", TOO_MUCH, ids=lambda case: case.id)
async def test_too_much_is_never_asked_for(
    case: TooMuch, jobsearch: JobSearchClient, service: StandIn
) -> None:
    with pytest.raises(ValueError, match=case.said):
        await case.ask(jobsearch)
    assert service.calls == ()


async def test_the_outermost_page_may_be_asked_for(connect: Connect) -> None:
    with answering(search=envelope()) as (url, app):
        await JobSearchClient(connect(url)).search(limit=100, offset=2000)
    assert {"limit": "100", "offset": "2000"}.items() <= app.asked[0].params.items()


@dataclass(frozen=True)
class Query:
    id: str
    text: str
    sent: str | None


QUERIES = (
    Query("words", "  kock   i Malmö ", "kock i Malmö"),
    Query("minus takes nothing away", "-erfarenhet kock -Malmö", "erfarenhet kock Malmö"),
    Query("hyphen within a word", "ö-vik C++", "ö-vik C++"),
    Query("quotes and stars", '"kock" kall*', "kock kall"),
    Query("nothing but signs", ' -- "*" ', None),
    Query("cut between words", "lärare " * 60, ("lärare " * 36).strip()),
    Query("one endless word", "a" * 400, "a" * 255),
)


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case.id)
async def test_a_persons_words_are_words_alone(case: Query, connect: Connect) -> None:
    with answering(search=envelope(), complete={"typeahead": None}) as (url, app):
        client = JobSearchClient(connect(url))
        await client.search(text=case.text)
        assert await client.complete(case.text) == ()
    queries = [asked.params.get("q") for asked in app.asked]
    assert queries == ([case.sent, case.sent] if case.sent else [None])


async def test_a_persons_words_are_not_kept_on_disk(connect: Connect, tmp_path: Path) -> None:
    kept = tmp_path / "answers.db"
    with answering(search=envelope(), complete={"typeahead": []}) as (url, _):
        client = JobSearchClient(connect(url, cache_file=kept))
        await client.search(occupation_group=NURSES)
        await client.search(text="hemlighetsord")
        await client.complete("hemlighetsord")
    await client.aclose()
    content = kept_in(tmp_path)
    assert NURSES.encode() in content
    assert b"hemlighetsord" not in content


# Invented: an ad as it could be, with a person in every corner.
PERSONAL: dict[str, Any] = {
    "id": 4711,
    "headline": "Kock, ring Kim 070-123 45 67",
    "description": {
        "text": "Frågor: kim.exempel@krogen.example eller 08-123 45 678.",
        "text_formatted": "<p>x",
    },
    "employer": {"name": "Krogen", "email": "kim@krogen.example", "phone_number": "08-1234567"},
    "application_details": {"email": "jobb@krogen.example", "information": "Fråga efter Kim Exempelson"},
    "application_contacts": [{"name": "Kim Exempelson", "telephone": "0701234567"}],
    "removed": True,
    "removed_date": "2026-01-01T00:00:00",
}


async def test_nothing_personal_passes(connect: Connect) -> None:
    ad = await first_ad(PERSONAL, connect)
    assert ad.headline == f"Kock, ring Kim {MASK}"
    assert ad.text == f"Frågor: {MASK} eller {MASK}."
    assert ad.is_removed
    shown = repr(ad)
    assert not any(part in shown for part in ("Exempelson", "@", "123", "2026-01-01"))


@dataclass(frozen=True)
class Contact:
    id: str
    text: str
    masked: str


CONTACTS = (
    Contact("address", "Mejla anna.svensson@foretag.se!", f"Mejla {MASK}!"),
    Contact("spelt out", "anna (at) företag.se, bo[snabel-a]x.se", f"{MASK}, {MASK}"),
    Contact("mobile", "070-123 45 67, 0701234567, 070.123.45.67", f"{MASK}, {MASK}, {MASK}"),
    Contact("landline", "08-123 456 78 / 0480-123 45 / (031) 12 34 56", f"{MASK} / {MASK} / {MASK}"),
    Contact("abroad", "+46 70 123 45 67, +46(0)8-12345678, 0046701234567", f"{MASK}, {MASK}, {MASK}"),
    Contact("identity number", "19850312-1234 och 850312-1234", f"{MASK} och {MASK}"),
)
NO_CONTACTS = (
    "kl. 08.00-17.00, 07:30-16:00, 06.30 – 15.30",
    "2019-2024, 2025-01-31, 01-02-2025",
    "28 000-32 000 kr, 75-100 %, 0,5 mil",
    "Ref. 2025/1234, SSYK 2221, 412 63 Göteborg",
)


@pytest.mark.parametrize("case", CONTACTS, ids=lambda case: case.id)
def test_contacts_are_masked_in_texts(case: Contact) -> None:
    assert without_contacts(case.text) == case.masked


@pytest.mark.parametrize("text", NO_CONTACTS)
def test_hours_days_and_sums_are_no_contacts(text: str) -> None:
    assert without_contacts(text) == text


async def test_what_an_ad_lacks_is_empty(connect: Connect) -> None:
    nothing = dict.fromkeys(
        "headline employer description occupation occupation_group workplace_address must_have nice_to_have "
        "driving_license number_of_vacancies publication_date scope_of_work removed".split()
    )
    absent, null = await first_ad({"id": "1"}, connect), await first_ad({"id": "1", **nothing}, connect)
    assert absent == null
    assert (absent.occupation, absent.municipality, absent.coordinates) == (AdConcept(), AdPlace(), None)
    assert (absent.vacancies, absent.scope_percent, absent.published) == (None, (None, None), "")


async def test_unknown_coordinates_are_none(connect: Connect) -> None:
    ad = await first_ad({"id": "1", "workplace_address": {"coordinates": [None, None]}}, connect)
    assert ad.coordinates is None


async def test_required_and_wished_are_told_apart(connect: Connect) -> None:
    skill, language = {"concept_id": "a", "label": "HLR"}, {"concept_id": "b", "label": "Arabiska"}
    ad = await first_ad(
        {
            "id": "1",
            "must_have": {"skills": [skill, {"label": None}], "languages": None},
            "nice_to_have": {"languages": [language]},
            "driving_license": [{"label": "B"}, {"label": "C"}],
            "driving_license_required": True,
        },
        connect,
    )
    assert ad.skills == (Demand(AdConcept("a", "HLR"), is_required=True),)
    assert ad.languages == (Demand(AdConcept("b", "Arabiska"), is_required=False),)
    assert (ad.licences, ad.needs_licence) == (("B", "C"), True)


async def test_a_text_in_html_alone_becomes_plain(connect: Connect) -> None:
    text = {"text": None, "text_formatted": "<p>Vi söker <b>kock</b></p><script>x</script>"}
    ad = await first_ad({"id": "1", "description": text}, connect)
    assert ad.text == "Vi söker kock"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2025-05-07 09:05:55", "2025-05-07T09:05:55"),
        ("2025-07-01T10:00:00Z", "2025-07-01T12:00:00"),
        ("i morgon", ""),
        ("", ""),
    ],
)
def test_times_are_swedish_local_time(given: str, expected: str) -> None:
    assert local_time(given) == expected


async def test_what_has_no_id_is_no_ad(connect: Connect) -> None:
    with answering(search={"total": {"value": 9}, "hits": [{"headline": "x"}, None, {"id": "1"}]}) as (
        url,
        _,
    ):
        found = await JobSearchClient(connect(url)).search()
    assert (found.total, [ad.ad_id for ad in found.ads]) == (9, ["1"])


MALFORMED: tuple[object, ...] = (
    [],
    None,
    "x",
    {"hits": []},
    {"total": None},
    {"total": {"value": "many"}},
    envelope({"id": "1", "headline": {}}),
)


@pytest.mark.parametrize("answer", MALFORMED, ids=repr)
async def test_an_answer_of_another_form_is_malformed(answer: object, connect: Connect) -> None:
    with answering(search=answer) as (url, _), pytest.raises(UpstreamMalformed):
        await JobSearchClient(connect(url)).search()


@dataclass(frozen=True)
class Fault:
    mode: str
    error: type[UpstreamError]


FAULTS = (
    Fault("429:60", UpstreamUnavailable),
    Fault("500", UpstreamUnavailable),
    Fault("503", UpstreamUnavailable),
    Fault("html", UpstreamMalformed),
    Fault("errors", UpstreamMalformed),
    Fault("slow:30", UpstreamTimeout),
    Fault("reset", UpstreamUnavailable),
)


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.mode)
async def test_a_service_that_fails_gives_a_typed_error(
    case: Fault, service: StandIn, connect: Connect
) -> None:
    url = service.fault_url(case.mode, "jobsearch")
    client = JobSearchClient(connect(url, timeout_s=0.3, deadline_s=0.5, attempts=1, breaker_failures=9))
    calls = (client.search(), client.counts("region"), client.ad("1"), client.complete("kock"))
    for call in calls:
        with pytest.raises(case.error):
            await call


def test_a_count_has_a_public_address() -> None:
    assert search_address(occupation_group=NURSES, place=SKANE) == (
        "https://jobsearch.api.jobtechdev.se/search?occupation-group=Z8ci_bBE_tmx&region=CaRE_1nn_cSU&limit=0"
    )


@shared
async def test_ads_of_several_groups_are_counted_in_one_question(
    jobsearch: JobSearchClient, service: StandIn
) -> None:
    service.reset()
    counted = await jobsearch.ads_by_group([NURSES, UNKNOWN_ID])
    nurses = await jobsearch.search(occupation_group=NURSES, limit=0)
    assert counted == {NURSES: nurses.total, UNKNOWN_ID: 0}
    assert service.requests.total() == 2
    here = await jobsearch.ads_by_group([NURSES], word="sjuksköterska", place=STOCKHOLM)
    assert 0 < here[NURSES] < nurses.total


async def test_no_group_is_no_question_and_too_many_are_refused(connect: Connect) -> None:
    with answering(search=envelope()) as (url, app):
        client = JobSearchClient(connect(url))
        assert await client.ads_by_group([]) == {}
        with pytest.raises(ValueError, match="number of groups"):
            await client.ads_by_group([str(n) for n in range(31)])
        assert not app.asked
    assert "q=svenska" in search_address(occupation_group=NURSES, word="svenska")
