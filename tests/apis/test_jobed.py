import logging
import traceback
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from assistant.apis.jobed import (
    LONGEST_TEXT,
    AskedTerm,
    EducationForm,
    Execution,
    JobEdClient,
    JobEdEducation,
    MatchedOccupation,
    education_address,
)
from assistant.errors import ConceptNotFound, UpstreamError, UpstreamMalformed, UpstreamRejected
from tests.apis.conftest import Connect
from tests.standin.jobed.data import sample
from tests.standin.local import LocalServer
from tests.standin.server import StandIn

COOK = "Vg3d_Azf_p5Y"
NURSE = "bXNH_MNX_dUR"
UNKNOWN_ID = "AAAA_aaa_aaa"
SECRET = "Aziza Hemlighetsson"


@pytest.fixture
def jobed(taxonomy_standin: StandIn, service: StandIn, connect: Connect) -> JobEdClient:
    return JobEdClient(connect(service.url("jobed"), timeout_s=30.0, deadline_s=60.0))


@dataclass
class Scripted:
    """A server that answers everything with what the test says, and keeps what it was asked."""

    answer: Any = None
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    def plays(self, answer: Any) -> None:
        """Answer with this from now on, and forget what was asked."""
        self.answer, self.asked = answer, []

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "POST"])])

    async def _answer(self, request: Request) -> JSONResponse:
        body = await request.body()
        self.asked.append((request.method, request.url.path, dict(request.query_params), body))
        return JSONResponse(self.answer)


@pytest.fixture(scope="module")
def script_server() -> Iterator[tuple[Scripted, str]]:
    script = Scripted()
    with LocalServer(script.app()) as server:
        yield script, server.origin


@pytest.fixture
def script(script_server: tuple[Scripted, str]) -> Scripted:
    script, _ = script_server
    script.plays(None)
    return script


@pytest.fixture
def scripted(script_server: tuple[Scripted, str], connect: Connect) -> JobEdClient:
    return JobEdClient(connect(script_server[1], attempts=1))


BIM = JobEdEducation(
    education_id="i.myh.yh.12291",
    title="BIM-verktyg: Parametrisk design och programmering",
    description="Bygg- och anläggningsbranschen digitaliseras i snabb takt.",
    form="yh",
    type="",
    code="YH01839-2026",
    provider="Nackademin Aktiebolag",
    municipality_codes=("0184",),
    region_codes=("01",),
    paces_percent=(),
    languages=(),
    is_distance=False,
    executions=(Execution("2026-08-01", "2028-05-31"),),
    credits=35,
    credit_system="yh",
    url="https://nackademin.se",
    expires="",
)


@pytest.mark.shared
async def test_a_search_gives_the_recorded_education(jobed: JobEdClient) -> None:
    found = await jobed.educations("BIM-verktyg", form=EducationForm.HIGHER_VOCATIONAL, region_code="01")
    assert (found.total, found.educations) == (1, (BIM,))
    assert (BIM.start, BIM.end) == ("2026-08-01", "2028-05-31")
    assert education_address(BIM) == "https://nackademin.se"


@pytest.mark.shared
async def test_html_becomes_plain_text(jobed: JobEdClient) -> None:
    found = await jobed.educations("undersköterska kombination")
    description = found.educations[0].description
    assert description.startswith("Undersköterska\nUtbildningen passar")
    assert "<" not in description
    assert "\xa0" not in description


@pytest.mark.shared
async def test_a_match_has_the_same_form_as_a_search(jobed: JobEdClient) -> None:
    found = await jobed.educations_for_jobtitle("Träarbetare")
    education = found.educations[0]
    assert (education.education_id, education.title) == ("i.alvis.19.115.118347", "Träarbetare, Klassrum")
    assert (education.form, education.type, education.provider) == ("vuxgy", "kurspaket", "Vallentuna")
    assert education.description == "Träarbetare\nArbetsuppgifter\nSom träarbetare bygger du hus."
    assert education.paces_percent == (100,)
    assert education_address(education).endswith("/v1/educations/i.alvis.19.115.118347")


@pytest.mark.shared
async def test_pages_of_a_search_follow_each_other(jobed: JobEdClient) -> None:
    whole = await jobed.educations(form=EducationForm.FOLK_HIGH_SCHOOL, limit=20)
    second = await jobed.educations(form=EducationForm.FOLK_HIGH_SCHOOL, limit=10, offset=10)
    assert second.educations == whole.educations[10:]
    assert whole.total == second.total > 20
    assert {education.form for education in whole.educations} == {"fhs"}


@pytest.mark.shared
async def test_places_narrow_a_search(jobed: JobEdClient) -> None:
    found = await jobed.educations(municipality_code="2281", limit=100)
    assert found.educations
    assert all("2281" in education.municipality_codes for education in found.educations)


@pytest.mark.shared
async def test_one_education_is_read_by_its_id(jobed: JobEdClient) -> None:
    assert await jobed.education(BIM.education_id) == BIM


@pytest.mark.shared
async def test_an_unknown_education_is_refused(jobed: JobEdClient) -> None:
    with pytest.raises(UpstreamRejected) as caught:
        await jobed.education("i.myh.yh.0")
    assert caught.value.status == 404


@pytest.mark.parametrize("education_id", ["", "..", "../occupations", "a/b", "a b", "a?limit=1", "å"])
async def test_what_is_no_education_id_is_never_sent(
    education_id: str, scripted: JobEdClient, script: Scripted
) -> None:
    with pytest.raises(UpstreamRejected):
        await scripted.education(education_id)
    assert script.asked == []


@pytest.mark.shared
async def test_educations_lead_to_an_occupation(jobed: JobEdClient) -> None:
    found = await jobed.educations_for_occupation(COOK, limit=5)
    assert found.total > len(found.educations) == 5
    assert found.occupation_label.startswith("Kock")


@pytest.mark.shared
async def test_an_occupation_that_the_service_lacks_is_refused(jobed: JobEdClient) -> None:
    with pytest.raises(UpstreamRejected):
        await jobed.educations_for_occupation(UNKNOWN_ID)


@pytest.mark.shared
async def test_the_recorded_occupations_fit_the_text(jobed: JobEdClient) -> None:
    found = await jobed.occupations_for_text("Jag kan CSS, HTML, JavaScript")
    assert found.total == 2286
    assert found.skills == ("css", "html", "javascript")
    assert len(found.matches) == 10
    assert found.matches[0] == MatchedOccupation(
        concept_id="GDHs_eoz_uKx",
        label="Frontend-utvecklare",
        group_concept_id="DJh5_yyF_hEM",
        group_label="Mjukvaru- och systemutvecklare m.fl.",
        ssyk_code="2512",
        score=None,
    )


@pytest.mark.shared
async def test_occupations_fit_a_text_with_scores(jobed: JobEdClient) -> None:
    found = await jobed.occupations_for_text("kock i restaurang", limit=5)
    assert found.occupations == ("kock",)
    assert "5120" in {match.ssyk_code for match in found.matches}
    scores = [match.score for match in found.matches]
    assert None not in scores
    assert scores == sorted(scores, key=lambda score: -(score or 0))


@pytest.mark.shared
async def test_what_ads_ask_for_comes_most_common_first(jobed: JobEdClient) -> None:
    asked = await jobed.asked_terms(NURSE)
    percents = [term.percent or 0 for term in asked.skills]
    assert percents == sorted(percents, reverse=True)
    assert percents[0] <= 100
    assert asked.ads > 0
    assert asked.traits


async def test_a_match_is_asked_with_parameters_and_without_a_body(
    scripted: JobEdClient, script: Scripted
) -> None:
    script.answer = {"related_occupations": []}
    await scripted.occupations_for_text("kock  i\nkök", headline="Kock", limit=500)
    parameters = {
        "input_text": "kock i kök",
        "input_headline": "Kock",
        "limit": "100",
        "include_metadata": "true",
    }
    assert script.asked == [("POST", "/occupations/match-by-text", parameters, b"")]


async def test_a_long_text_is_cut_between_words(scripted: JobEdClient, script: Scripted) -> None:
    script.answer = {"related_occupations": []}
    for text in ("åtta ord " * 1000, "a" * 9000):
        await scripted.occupations_for_text(text)
    between, within = (parameters["input_text"] for _, _, parameters, _ in script.asked)
    assert len(between) <= LONGEST_TEXT
    assert between.endswith(("åtta", "ord"))
    assert within == "a" * LONGEST_TEXT


async def test_nothing_is_asked_about_no_text(scripted: JobEdClient, script: Scripted) -> None:
    assert (await scripted.occupations_for_text(" \n")).matches == ()
    assert (await scripted.educations_for_jobtitle("")).educations == ()
    assert script.asked == []


@pytest.mark.shared
def test_the_forms_are_the_recorded_ones() -> None:
    recorded = sample("searchparameters_education_forms")
    assert {form.value for form in EducationForm} == {form["key"] for form in recorded}


async def test_only_known_forms_reach_the_service(scripted: JobEdClient, script: Scripted) -> None:
    script.answer = {"hits": 0, "result": []}
    await scripted.educations(form=EducationForm.LABOUR_MARKET_TRAINING)
    assert script.asked[0][2]["education_form"] == "af arbetsmarknadsutbildning"


BAD_CODES: tuple[tuple[str, dict[str, str]], ...] = (
    ("a region in words", {"region_code": "Skåne"}),
    ("a region without its zero", {"region_code": "1"}),
    ("a municipality for a region", {"region_code": "1280"}),
    ("a region for a municipality", {"municipality_code": "12"}),
    ("other digits", {"municipality_code": "١٢٣٤"}),
    ("a newline", {"region_code": "12\n"}),
)


@pytest.mark.parametrize("codes", [codes for _, codes in BAD_CODES], ids=[name for name, _ in BAD_CODES])
async def test_a_code_of_another_form_is_never_sent(
    codes: dict[str, str], scripted: JobEdClient, script: Scripted
) -> None:
    with pytest.raises(ValueError, match="digits"):
        await scripted.educations("kock", **codes)  # type: ignore[arg-type]
    assert script.asked == []


@pytest.mark.parametrize("concept_id", ["", "kock", f"{COOK}\n", "../../educations"])
async def test_what_is_no_concept_id_is_never_sent(
    concept_id: str, scripted: JobEdClient, script: Scripted
) -> None:
    for ask in (scripted.educations_for_occupation, scripted.asked_terms):
        with pytest.raises(ConceptNotFound):
            await ask(concept_id)
    assert script.asked == []


def flat(education_id: str, **others: Any) -> dict[str, Any]:
    return {"id": education_id, "education_title": "Kock", **others}


async def test_distance_is_asked_for_and_its_opposite_sorted_out_here(
    scripted: JobEdClient, script: Scripted
) -> None:
    script.answer = {
        "hits_total": 3,
        "hits": [
            flat("far", eventSummary={"distance": True}),
            flat("near", eventSummary={"distance": False}),
            flat("unsaid"),
        ],
    }
    near = await scripted.educations_for_occupation(COOK, is_distance=False)
    await scripted.educations_for_occupation(COOK, is_distance=True)
    assert [education.education_id for education in near.educations] == ["near", "unsaid"]
    assert [parameters.get("distance") for _, _, parameters, _ in script.asked] == [None, "true"]


@dataclass(frozen=True)
class Sparse:
    """A nested education, and what is left of it in one field."""

    id: str
    row: dict[str, Any]
    field: str
    expected: Any


def education(**others: Any) -> dict[str, Any]:
    return {"id": "i.x.1", "education": others}


SPARSE = (
    Sparse("nothing but an id", {"id": "i.x.1"}, "title", ""),
    Sparse("null education", {"id": "i.x.1", "education": None}, "form", ""),
    Sparse("null title", education(title=None), "title", ""),
    Sparse("title as text", education(title="Kock"), "title", "Kock"),
    Sparse("no language", education(title=[{"content": "Kock"}]), "title", "Kock"),
    Sparse(
        "Swedish before English",
        education(title=[{"lang": "eng", "content": "Cook"}, {"lang": "swe", "content": "Kock"}]),
        "title",
        "Kock",
    ),
    Sparse(
        "English when Swedish is empty",
        education(title=[{"lang": "swe", "content": " "}, {"lang": "eng", "content": "Cook"}]),
        "title",
        "Cook",
    ),
    Sparse("form as text", education(form="yh"), "form", "yh"),
    Sparse("null credits", education(credits={"credits": None, "system": None}), "credits", None),
    Sparse("null urls", education(urls=None), "url", ""),
    Sparse("hostile url", education(urls=[{"content": "javascript:alert(1)"}]), "url", ""),
    Sparse(
        "second url",
        education(urls=[{"content": "nackademin"}, {"content": "https://nackademin.se"}]),
        "url",
        "https://nackademin.se",
    ),
    Sparse(
        "hostile description",
        education(description="<p>Läs<script>alert(1)</script> mer</p>"),
        "description",
        "Läs mer",
    ),
    Sparse("null events", {"id": "i.x.1", "eventSummary": None}, "is_distance", None),
    Sparse(
        "nulls among events",
        {"id": "i.x.1", "eventSummary": {"executions": [None, {"start": None}], "distance": None}},
        "executions",
        (),
    ),
    Sparse(
        "null codes",
        {"id": "i.x.1", "eventSummary": {"municipalityCode": None, "regionCode": [None, "01"]}},
        "region_codes",
        ("01",),
    ),
    Sparse(
        "half pace",
        {"id": "i.x.1", "eventSummary": {"paceOfStudyPercentage": [None, 50.0]}},
        "paces_percent",
        (50,),
    ),
    Sparse(
        "times out of order",
        {"id": "i.x.1", "eventSummary": {"executions": [{"start": "2027-01-04"}, {"start": "2026-08-01"}]}},
        "start",
        "2026-08-01",
    ),
    Sparse("null providers", {"id": "i.x.1", "providerSummary": {"providers": None}}, "provider", ""),
    Sparse(
        "providers by name",
        {"id": "i.x.1", "education_providers": [{"name": [{"lang": "swe", "content": "Komvux Lund"}]}]},
        "provider",
        "Komvux Lund",
    ),
)


@pytest.mark.parametrize("case", SPARSE, ids=lambda case: case.id)
async def test_what_an_education_lacks_is_empty(
    case: Sparse, scripted: JobEdClient, script: Scripted
) -> None:
    script.answer = {"hits": 1, "result": [case.row]}
    (found,) = (await scripted.educations("kock")).educations
    assert getattr(found, case.field) == case.expected


@dataclass(frozen=True)
class Asked:
    id: str
    answer: Any
    ads: int = 0
    skills: tuple[AskedTerm, ...] = ()


TERMS = {
    "competencies": [{"term": "lastning", "percent_for_occupation": 4}, {"term": None}, {"term": "truck"}]
}
ASKED = (
    Asked("nothing", {}),
    Asked("null metadata", {"metadata": None}),
    Asked(
        "null terms", {"metadata": {"enriched_ads_count": 7, "enriched_candidates_term_frequency": None}}, 7
    ),
    Asked(
        "a term without a share",
        {"metadata": {"enriched_candidates_term_frequency": TERMS}},
        skills=(AskedTerm("lastning", 4), AskedTerm("truck", None)),
    ),
    Asked("in a list", [{"metadata": {"enriched_ads_count": 7}}], 7),
)


@pytest.mark.parametrize("case", ASKED, ids=lambda case: case.id)
async def test_what_the_answer_on_ads_lacks_is_empty(
    case: Asked, scripted: JobEdClient, script: Scripted
) -> None:
    script.answer = case.answer
    asked = await scripted.asked_terms(COOK)
    assert (asked.ads, asked.skills, asked.traits) == (case.ads, case.skills, ())


Ask = Callable[[JobEdClient], Awaitable[object]]
QUESTIONS: dict[str, Ask] = {
    "text": lambda client: client.occupations_for_text(SECRET, headline=SECRET),
    "jobtitle": lambda client: client.educations_for_jobtitle(SECRET),
    "search": lambda client: client.educations(SECRET),
    "education": lambda client: client.education("i.x.1"),
    "asked": lambda client: client.asked_terms(COOK),
}


@pytest.mark.parametrize("answer", [None, "text", 7, [1, 2]], ids=str)
@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
async def test_an_answer_of_another_form_is_malformed(
    ask: Ask, answer: Any, scripted: JobEdClient, script: Scripted
) -> None:
    script.answer = answer
    with pytest.raises(UpstreamMalformed):
        await ask(scripted)


@pytest.mark.parametrize("name", ["text", "jobtitle", "search", "education"])
async def test_an_answer_without_its_rows_is_malformed(
    name: str, scripted: JobEdClient, script: Scripted
) -> None:
    script.answer = {"error": "invented"}
    with pytest.raises(UpstreamMalformed):
        await QUESTIONS[name](scripted)


@pytest.mark.shared
@pytest.mark.parametrize("mode", ["503", "429:1", "malformed", "truncated", "reset", "html", "slow:5"])
@pytest.mark.parametrize("name", ["text", "jobtitle", "search"])
async def test_a_failing_service_tells_nothing_of_a_persons_words(
    name: str, mode: str, standin: StandIn, connect: Connect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    transport = connect(standin.fault_url(mode, "jobed"), attempts=1, timeout_s=0.3, deadline_s=0.6)
    with pytest.raises(UpstreamError) as caught:
        await QUESTIONS[name](JobEdClient(transport))
    # The stand-in's own log names what it was asked, as that of any server may.
    ours = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("uvicorn"))
    assert "Hemlighetsson" not in "".join(traceback.format_exception(caught.value)) + ours


def contents(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_a_search_in_a_persons_words_is_not_kept_on_disk(
    script_server: tuple[Scripted, str], script: Scripted, connect: Connect, tmp_path: Path
) -> None:
    client = JobEdClient(connect(script_server[1], cache_file=tmp_path / "jobed.db", cache_lifetime_s=60.0))
    script.plays({"hits": 0, "result": [], "related_occupations": []})
    for _ in range(2):
        await client.educations(SECRET)
        await client.educations(form=EducationForm.HIGHER_VOCATIONAL)
        await client.occupations_for_text(SECRET)
    assert b"Hemlighetsson" not in contents(tmp_path)
    paths = [path for _, path, _, _ in script.asked]
    # Of the two searches, the one without words was answered from disk the second time.
    assert (paths.count("/educations"), paths.count("/occupations/match-by-text")) == (3, 2)
