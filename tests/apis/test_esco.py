from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from assistant.apis.esco import (
    ISCO_SCHEME,
    NOTICE,
    SKILL_GROUP_SCHEME,
    EscoClient,
    EscoLink,
    EscoResource,
    EscoText,
    EscoType,
    concept_address,
)
from assistant.domain.language import Bilingual, Language
from assistant.errors import ConceptNotFound, UpstreamError, UpstreamMalformed, UpstreamRejected
from tests.apis.canned import Canned
from tests.apis.conftest import Connect
from tests.standin.esco.data import described
from tests.standin.local import LocalServer
from tests.standin.server import StandIn
from tests.standin.shared import EDUCATION_SAMPLES, read_json, read_rows

BASE = "http://data.europa.eu/esco/"
PIPE_WELDER = f"{BASE}occupation/2ff73126-7aff-4233-9d9c-d8725e1c6822"
WELDER = f"{BASE}occupation/7aedaa07-3884-4c5b-88f9-80997b2aa54b"
# Without a Swedish label in 1.2.0.
ENGLISH_ONLY = f"{BASE}occupation/01d74409-5303-4b5c-8925-0cc21c4da8ee"
HASKELL = f"{BASE}skill/000f1d3d-220f-4789-9c0a-cc742521fb02"
RETIRED_SKILL = f"{BASE}skill/408fcc8e-d4e6-43e7-ab27-b617a1dced98"
SV, EN = Language.SV, Language.EN


@pytest.fixture
def esco(service: StandIn, connect: Connect, shared_dir: object) -> EscoClient:
    return EscoClient(connect(service.url("esco"), timeout_s=30, deadline_s=60))


@pytest.mark.shared
async def test_a_search_finds_labels_in_the_language_of_the_words(esco: EscoClient) -> None:
    found = await esco.search("svetsare", type="occupation", language=SV)
    hit = next(hit for hit in found.hits if hit.uri == WELDER)
    assert hit.label == EscoText("svetsare, manuell", SV)
    assert hit.labels == Bilingual(sv="svetsare, manuell", en="welder")
    assert (hit.isco_code, hit.matched) == ("7212", "TIG-svetsare")
    assert found.total == len(found.hits) == 2


@pytest.mark.shared
async def test_pages_of_a_search_are_counted_from_zero(esco: EscoClient) -> None:
    first = await esco.search("manage", type="skill", language=EN, limit=5)
    second = await esco.search("manage", type="skill", language=EN, limit=5, page=1)
    both = await esco.search("manage", type="skill", language=EN, limit=10)
    assert first.hits + second.hits == both.hits
    assert first.total == second.total > 100


@pytest.mark.shared
@pytest.mark.parametrize("text", ["qqqq", "';--", "%00", "\u202e", "﷽", "&type=skill", "🙂"])
async def test_words_that_nothing_has_find_nothing(text: str, esco: EscoClient) -> None:
    assert (await esco.search(text, type="occupation", language=SV)).hits == ()


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
async def test_blank_words_are_never_sent(text: str, service: StandIn, connect: Connect) -> None:
    found = await EscoClient(connect(service.url("esco"))).search(text, type="skill", language=SV)
    assert (found.total, found.hits) == (0, ())
    assert service.calls == ()


@pytest.mark.shared
async def test_a_persons_words_are_never_kept_on_disk(
    service: StandIn, connect: Connect, tmp_path: Path, shared_dir: object
) -> None:
    transport = connect(service.url("esco"), timeout_s=30, deadline_s=60, cache_file=tmp_path / "esco.db")
    esco = EscoClient(transport)
    await esco.search("svetsareimalmö", type="occupation", language=SV)
    await esco.resource(WELDER, type="occupation", language=SV)
    assert b"7aedaa07-3884-4c5b-88f9-80997b2aa54b" in all_bytes(tmp_path)
    assert b"svetsareimalm" not in all_bytes(tmp_path)


def all_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


@pytest.mark.shared
async def test_an_occupation_comes_with_all_that_it_is_related_to(esco: EscoClient) -> None:
    found = await esco.resource(PIPE_WELDER, type="occupation", language=SV)
    assert (found.kind, found.status) == ("Occupation", "released")
    assert found.labels == Bilingual(sv="rörsvetsare", en="pipe welder")
    assert found.alternative_sv == ("svetsare",)
    assert "pipefitter" in found.alternative_en
    assert (found.code, found.isco_code) == ("7212.3.3", "7212")
    assert found.broader == (EscoLink(WELDER, "svetsare, manuell", ""),)
    assert found.essential_skills[0].title == "typer av rörledningar"
    assert await esco.skills_of(PIPE_WELDER, language=SV) == (found.essential_skills, found.optional_skills)


@pytest.mark.shared
async def test_the_group_of_an_occupation_comes_with_its_code(esco: EscoClient) -> None:
    found = await esco.resource(WELDER, type="occupation", language=EN)
    assert found.broader == (EscoLink(f"{BASE}isco/C7212", "Welders and flamecutters", "7212"),)


@pytest.mark.shared
async def test_what_is_not_translated_is_in_english_and_says_so(esco: EscoClient) -> None:
    found = await esco.resource(ENGLISH_ONLY, type="occupation", language=SV)
    assert found.label(SV) == EscoText(found.labels.en, EN)
    assert found.labels.sv == ""
    assert found.description(SV).language is EN
    pipe_welder = await esco.resource(PIPE_WELDER, type="occupation", language=SV)
    assert pipe_welder.label(SV) == EscoText("rörsvetsare", SV)
    assert pipe_welder.label(EN) == EscoText("pipe welder", EN)


@pytest.mark.shared
async def test_a_skill_says_what_kind_it_is(esco: EscoClient) -> None:
    found = await esco.resource(HASKELL, type="skill", language=SV)
    assert (found.kind, found.skill_type, found.reuse_level) == ("Skill", "knowledge", "sector-specific")
    assert (found.code, found.isco_code) == ("", "")


@dataclass(frozen=True)
class NotFound:
    name: str
    uri: str
    type: EscoType = "occupation"


NOT_FOUND = (
    NotFound("no such", f"{BASE}occupation/00000000-0000-0000-0000-000000000000"),
    NotFound("of another type", HASKELL),
    NotFound("hostile", f"{BASE}occupation/&uri={WELDER}"),
)


@pytest.mark.shared
@pytest.mark.parametrize("case", NOT_FOUND, ids=lambda case: case.name)
async def test_an_unknown_concept_is_not_found(case: NotFound, esco: EscoClient) -> None:
    with pytest.raises(ConceptNotFound) as caught:
        await esco.resource(case.uri, type=case.type, language=SV)
    assert caught.value.concept_id == case.uri


@pytest.mark.parametrize("uri", ["", "welder", "https://evil.example/", "file:///etc/passwd", f"x{WELDER}"])
async def test_what_is_no_uri_of_esco_is_never_sent(uri: str, service: StandIn, connect: Connect) -> None:
    esco = EscoClient(connect(service.url("esco")))
    with pytest.raises(ConceptNotFound):
        await esco.resource(uri, type="skill", language=SV)
    with pytest.raises(ConceptNotFound):
        await esco.related(uri, relation="hasEssentialSkill", language=SV)
    assert service.calls == ()


@pytest.mark.shared
async def test_related_concepts_are_read_over_all_pages(esco: EscoClient) -> None:
    most = max(
        (row for row in read_rows("esco_relations") if row["relation"] == "optional_skill"), key=targets
    )
    assert targets(most) > 100
    found = await esco.related(BASE + most["source"], relation="hasOptionalSkill", language=SV)
    assert sorted(link.uri for link in found) == sorted(BASE + uri for uri in most["targets"])
    resource = await esco.resource(BASE + most["source"], type="occupation", language=SV)
    assert {link.uri: link.title for link in found} == {
        link.uri: link.title for link in resource.optional_skills
    }


def targets(row: Mapping[str, Any]) -> int:
    return len(row["targets"])


@pytest.mark.shared
async def test_an_unknown_relation_leads_nowhere(esco: EscoClient) -> None:
    assert await esco.related(WELDER, relation="hasNothing", language=SV) == ()


async def all_of(
    esco: EscoClient, type: EscoType, *, scheme: str = "", with_obsolete: bool = False
) -> dict[str, EscoResource]:
    found: dict[str, EscoResource] = {}
    page, pages = 0, 1
    while page < pages:
        read = await esco.page_of(type, page=page, size=500, scheme=scheme, with_obsolete=with_obsolete)
        assert read.skipped == 0
        found |= {resource.uri: resource for resource in read.resources}
        page, pages = page + 1, read.pages
    assert len(found) == read.total
    return found


@pytest.mark.shared
async def test_the_pages_hold_all_that_the_files_hold(esco: EscoClient) -> None:
    occupations = await all_of(esco, "occupation", with_obsolete=True)
    skills = await all_of(esco, "skill", with_obsolete=True)
    groups = await all_of(esco, "concept")
    for found, file in ((occupations, "esco_occupations"), (skills, "esco_skills")):
        rows = {row["uri"]: row for row in read_rows(file)}
        assert found.keys() == rows.keys()
        for uri, row in rows.items():
            assert texts(found[uri]) == texts_of_row(row)
    names = {"skill_essential": "essential_skill", "skill_optional": "optional_skill"}
    assert relations(occupations | skills | groups) == {
        (BASE + row["source"], names.get(row["relation"], row["relation"]), BASE + target)
        for row in read_rows("esco_relations")
        for target in row["targets"]
    }


def texts(resource: EscoResource) -> tuple[object, ...]:
    alternatives = (resource.alternative_sv, resource.alternative_en)
    return (resource.labels, *alternatives, resource.descriptions, resource.code, resource.isco_code)


def texts_of_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    alternatives = (tuple(row.get(f"alt_labels_{one}") or ()) for one in ("sv", "en"))
    labels = Bilingual(row.get("label_sv") or "", row.get("label_en") or "")
    descriptions = Bilingual("", described(row))
    return (labels, *alternatives, descriptions, row.get("code") or "", row.get("isco") or "")


def relations(found: Mapping[str, EscoResource]) -> set[tuple[str, str, str]]:
    return {
        (resource.uri, name, link.uri)
        for resource in found.values()
        for name, links in (
            ("broader", resource.broader),
            ("essential_skill", resource.essential_skills),
            ("optional_skill", resource.optional_skills),
        )
        for link in links
    }


@pytest.mark.shared
async def test_pages_hold_this_version_alone_unless_asked(esco: EscoClient) -> None:
    assert (await esco.page_of("occupation", page=0, size=1)).total == 3039
    assert (await esco.page_of("skill", page=0, size=1)).total == 13939
    retired = await esco.resource(RETIRED_SKILL, type="skill", language=SV)
    assert retired.status != "released"
    assert retired.label(EN) == EscoText("analysera affärsmål", SV)


@pytest.mark.shared
async def test_groups_are_read_by_their_scheme(esco: EscoClient) -> None:
    isco = await all_of(esco, "concept", scheme=ISCO_SCHEME)
    skill_groups = await all_of(esco, "concept", scheme=SKILL_GROUP_SCHEME)
    assert (len(isco), len(skill_groups)) == (619, 640)
    assert isco[f"{BASE}isco/C01"].labels.sv == "Arbete som officerare"
    assert [link.uri for link in isco[f"{BASE}isco/C01"].broader] == [f"{BASE}isco/C0"]


@pytest.mark.shared
async def test_pages_count_by_the_size_that_was_really_used(esco: EscoClient) -> None:
    capped = await esco.page_of("occupation", page=6, size=5000)
    assert capped.pages == 7
    assert len(capped.resources) == 3039 - 6 * 500
    beyond = await esco.page_of("occupation", page=7, size=500)
    assert (beyond.resources, beyond.pages) == ((), 7)


@pytest.mark.shared
async def test_a_refused_request_is_told_as_such(esco: EscoClient) -> None:
    with pytest.raises(UpstreamRejected) as caught:
        await esco.page_of("taxonom", page=0)  # type: ignore[arg-type]
    assert caught.value.status == 400


@contextmanager
def canned(answers: Mapping[str, object]) -> Iterator[tuple[Canned, str]]:
    app = Canned(answers)
    with LocalServer(app) as server:
        yield app, server.origin


@pytest.mark.shared
async def test_the_recorded_hits_are_read(shared_dir: object, connect: Connect) -> None:
    sample = read_json(EDUCATION_SAMPLES / "esco" / "search-skill-project-management-excerpt.json")
    with canned({"/search": sample}) as (_, origin):
        found = await EscoClient(connect(origin)).search("project management", type="skill", language=EN)
    assert found.total == 1741
    assert [hit.label for hit in found.hits] == [
        EscoText("project management", EN),
        EscoText("project commissioning", EN),
    ]


@pytest.mark.shared
async def test_the_recorded_skill_and_the_template_are_read(shared_dir: object, connect: Connect) -> None:
    samples = EDUCATION_SAMPLES / "esco"
    answers = {
        "/resource/skill": read_json(samples / "resource-skill-excerpt.json"),
        "/resource/occupation": read_json(samples / "resource-shape-template.json"),
    }
    with canned(answers) as (_, origin):
        esco = EscoClient(connect(origin))
        skill = await esco.resource(HASKELL, type="skill", language=SV)
        template = await esco.resource(WELDER, type="occupation", language=SV)
    assert skill.description(SV).text.startswith("Understand project management")
    assert skill.description(SV).language is EN
    assert (template.isco_code, template.code) == ("2512", "2512.4")
    assert [link.code for link in template.broader] == ["2512"]
    assert len(template.essential_skills) == 1


async def test_every_request_names_the_version_and_cuts_long_words(connect: Connect) -> None:
    with canned({"/search": {"total": 0}, "/resource/skill": {"uri": HASKELL}, "/resource/related": {}}) as (
        app,
        origin,
    ):
        esco = EscoClient(connect(origin), version="v1.2.1")
        await esco.search("å" * 5000, type="skill", language=SV)
        await esco.page_of("skill", page=3, size=50)
        await esco.resource(HASKELL, type="skill", language=SV)
        await esco.related(HASKELL, relation="hasOptionalSkill", language=SV)
    assert [asked.params["selectedVersion"] for asked in app.asked] == ["v1.2.1"] * 4
    assert app.asked[0].params["text"] == "å" * 200
    assert (app.asked[1].params["offset"], app.asked[1].params["full"]) == ("3", "true")


@dataclass(frozen=True)
class Odd:
    name: str
    answer: dict[str, object]
    expected: EscoResource


NOTHING_KNOWN = EscoResource(
    uri=WELDER,
    kind="",
    status="",
    labels=Bilingual("", ""),
    alternative_sv=(),
    alternative_en=(),
    descriptions=Bilingual("", ""),
    code="",
    isco_code="",
    skill_type="",
    reuse_level="",
    broader=(),
    essential_skills=(),
    optional_skills=(),
)
LINK = {"uri": HASKELL, "title": "Haskell", "href": "https://evil.example/"}
ODD = (
    Odd("nothing but the uri", {}, NOTHING_KNOWN),
    Odd(
        "nulls",
        dict.fromkeys(("preferredLabel", "alternativeLabel", "description", "_links", "code", "title")),
        NOTHING_KNOWN,
    ),
    Odd(
        "nulls within",
        {
            "preferredLabel": {"sv": None, "en": "welder"},
            "alternativeLabel": {"sv": None, "en": [None, "x"]},
            "description": {"sv": None, "en": {"literal": None}},
            "_links": {"hasEssentialSkill": None, "broaderIscoGroup": [{"uri": None}]},
        },
        replace(NOTHING_KNOWN, labels=Bilingual("", "welder"), alternative_en=("x",)),
    ),
    Odd(
        "a single link, bare uris, repetitions",
        {
            "_links": {
                "hasEssentialSkill": LINK,
                "hasOptionalSkill": [LINK, LINK],
                "broaderHierarchyConcept": [f"{BASE}skill/a"],
                "broaderSkillGroup": [f"{BASE}skill/a"],
            }
        },
        replace(
            NOTHING_KNOWN,
            essential_skills=(EscoLink(HASKELL, "Haskell", ""),),
            optional_skills=(EscoLink(HASKELL, "Haskell", ""),),
            broader=(EscoLink(f"{BASE}skill/a", "", ""),),
        ),
    ),
    Odd(
        "one alternative label as text",
        {"alternativeLabel": {"sv": "manuell svetsare"}},
        replace(NOTHING_KNOWN, alternative_sv=("manuell svetsare",)),
    ),
    Odd(
        "the group by its code alone",
        {"className": "Occupation", "code": "7212.3"},
        replace(NOTHING_KNOWN, kind="Occupation", code="7212.3", isco_code="7212"),
    ),
)


@pytest.mark.parametrize("case", ODD, ids=lambda case: case.name)
async def test_what_is_missing_or_odd_is_survived(case: Odd, connect: Connect) -> None:
    with canned({"/resource/occupation": {"uri": WELDER, "unknown": 1} | case.answer}) as (_, origin):
        found = await EscoClient(connect(origin)).resource(WELDER, type="occupation", language=SV)
    assert found == case.expected


async def test_a_bad_item_of_a_page_is_left_out_and_counted(connect: Connect) -> None:
    items: list[object] = [
        {"uri": WELDER},
        None,
        {"uri": None},
        {"title": "x"},
        {"uri": HASKELL, "_links": 7},
    ]
    answer = {"total": 12, "limit": 5, "_embedded": {"results": items}}
    with canned({"/search": answer}) as (_, origin):
        page = await EscoClient(connect(origin)).page_of("skill", page=0, size=5)
    assert [one.uri for one in page.resources] == [WELDER]
    assert (page.skipped, page.total, page.pages) == (4, 12, 3)


@pytest.mark.parametrize(
    "answer", [{"total": 0}, {"_embedded": None}, {"_embedded": {"results": None}, "total": None}]
)
async def test_an_empty_page_is_no_error(answer: dict[str, object], connect: Connect) -> None:
    with canned({"/search": answer}) as (_, origin):
        page = await EscoClient(connect(origin)).page_of("skill", page=0, size=5)
    assert (page.resources, page.total, page.pages) == ((), 0, 0)


async def test_an_error_with_status_200_is_not_taken_for_nothing_found(connect: Connect) -> None:
    answer = {"errors": [{"message": "invented"}]}
    with canned({"/search": answer}) as (_, origin), pytest.raises(UpstreamMalformed):
        await EscoClient(connect(origin)).search("kock", type="occupation", language=SV)


async def test_a_service_that_repeats_its_first_page_does_not_hold_us(connect: Connect) -> None:
    same = {"total": 10_000, "_embedded": {"hasOptionalSkill": [LINK, {"uri": WELDER, "title": "x"}]}}
    with canned({"/resource/related": same}) as (app, origin):
        found = await EscoClient(connect(origin)).related(WELDER, relation="hasOptionalSkill", language=SV)
    assert [link.uri for link in found] == [HASKELL, WELDER]
    assert len(app.asked) == 2


@pytest.mark.parametrize("answer", [None, [], "text", 7, {"uri": None}, {"uri": [1]}])
async def test_what_is_no_resource_is_malformed(answer: object, connect: Connect) -> None:
    with canned({"/resource/skill": answer}) as (_, origin), pytest.raises(UpstreamMalformed):
        await EscoClient(connect(origin)).resource(HASKELL, type="skill", language=SV)


@pytest.mark.parametrize("mode", ["503", "malformed", "html", "429:60"])
async def test_every_fault_is_an_upstream_error(mode: str, service: StandIn, connect: Connect) -> None:
    esco = EscoClient(connect(service.fault_url(mode, "esco"), attempts=1))
    with pytest.raises(UpstreamError):
        await esco.resource(HASKELL, type="skill", language=SV)


def test_concepts_have_pages_at_escos_own_site() -> None:
    assert concept_address(HASKELL) == (
        "https://esco.ec.europa.eu/en/classification/skill"
        "?uri=http%3A%2F%2Fdata.europa.eu%2Fesco%2Fskill%2F000f1d3d-220f-4789-9c0a-cc742521fb02"
    )
    assert concept_address(WELDER, SV).startswith(
        "https://esco.ec.europa.eu/sv/classification/occupation?uri="
    )
    assert "/occupation?" in concept_address(f"{BASE}isco/C7212")
    assert "/skill?" in concept_address(f"{BASE}isced-f/0613")


def test_the_notice_is_the_one_that_the_terms_require() -> None:
    assert NOTICE == "This service uses the ESCO classification of the European Commission."
