import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from assistant.domain.addresses import Addresses
from assistant.errors import IndexMissing
from assistant.settings import Settings
from ingest.__main__ import main
from ingest.check import SAMPLE, check
from ingest.checked import LIMIT, Checked, Count, Difference, Held, exit_code, read_held, to_lines
from ingest.cleaning import ESCO, JOBTECH, clean
from ingest.records import ConceptRecord, EducationRecord
from ingest.sources.esco_records import row_to_concept as esco_concept
from ingest.sources.shared_educations import read_shared_educations
from ingest.sources.taxonomy_records import row_to_concept
from tests.ingest.building import build
from tests.ingest.planted import OCCUPATION, SUSA, concept, education, event, healthy, write
from tests.standin.local import LocalServer
from tests.standin.server import StandIn
from tests.standin.shared import SHARED_DIR, read_rows

SETTINGS = Settings(_env_file=None)
TYPES = ("region", "municipality", "ssyk-level-4")
ESCO_FILES = {
    "esco_isco_groups": "isco-group",
    "esco_skill_groups": "esco-skill-group",
    "esco_occupations": "esco-occupation",
    "esco_skills": "esco-skill",
}


def _taxonomy() -> Iterator[ConceptRecord]:
    for row in read_rows("jobtech_concepts"):
        if row["type"] in TYPES:
            yield row_to_concept(row, {})


def _esco() -> Iterator[ConceptRecord]:
    for name, type in ESCO_FILES.items():
        for row in read_rows(name):
            record = esco_concept(row, type)
            yield replace(record, alternative_sv=(), alternative_en=(), definition_en="")


@pytest.fixture(scope="module")
def held(taxonomy_standin: StandIn) -> Held:
    """What a build would hold of the stand-in: some types of the taxonomy, all of ESCO and Susa-navet."""
    cleaned = [clean(r, r.system).record for r in (*_taxonomy(), *_esco())]
    concepts = {c.concept_id: c for c in cleaned if isinstance(c, ConceptRecord)}
    educations = [clean(record, SUSA) for record in read_shared_educations(SHARED_DIR / "data")]
    raw = list(read_shared_educations(SHARED_DIR / "data"))
    titles = {e.education_id: e.title_sv for c in educations if isinstance(e := c.record, EducationRecord)}
    number = sum(isinstance(record, EducationRecord) for record in raw)
    return Held(
        versions={JOBTECH: "30", ESCO: "1.2.0", SUSA: "2026-11-22"},
        concepts=concepts,
        types=TYPES,
        titles=titles,
        educations=number,
        events=len(raw) - number,
    )


@pytest.fixture
def addresses(taxonomy_standin: StandIn) -> Addresses:
    return Addresses.below(taxonomy_standin.origin)


async def by_system(held: Held, addresses: Addresses) -> dict[str, Checked]:
    return {checked.system: checked for checked in await check(held, addresses, SETTINGS)}


def altered(
    held: Held, every: int, alter: Callable[[ConceptRecord], ConceptRecord | None], system: str
) -> Held:
    """The same with one concept in so many of a source altered, or removed where that gives None."""
    concepts = dict(held.concepts)
    own = sorted(id for id, concept in concepts.items() if concept.system == system)
    for id in own[::every]:
        changed = alter(concepts.pop(id))
        if changed:
            concepts[id] = changed
    return replace(held, concepts=concepts)


@pytest.mark.shared
async def test_what_was_just_read_has_not_drifted(held: Held, addresses: Addresses) -> None:
    checked = await by_system(held, addresses)
    assert list(checked) == [JOBTECH, ESCO, SUSA]
    assert exit_code(checked.values(), LIMIT) == 0
    assert not any(source.differences or source.error for source in checked.values())
    assert checked[JOBTECH].counts == (
        Count("municipality", 290, 290),
        Count("region", 21, 21),
        Count("ssyk-level-4", 400, 400),
    )
    assert checked[JOBTECH].compared == 711
    assert all(count.here == count.there > 0 for count in checked[ESCO].counts)
    assert checked[ESCO].compared == checked[SUSA].compared == SAMPLE
    # Two educations and three events of the stand-in are gone, and counted by its totals.
    assert checked[SUSA].counts == (Count("education", 720, 722), Count("education-event", 2400, 2403))


@dataclass(frozen=True)
class Case:
    """One concept in twenty of a source altered; what must be found."""

    id: str
    system: str
    alter: Callable[[ConceptRecord], ConceptRecord | None]
    fields: frozenset[str]


DRIFTED = (
    Case("removed", JOBTECH, lambda concept: None, frozenset()),
    Case("another label", JOBTECH, lambda c: replace(c, label_sv=f"{c.label_sv}x"), frozenset({"label_sv"})),
    Case("retired here", JOBTECH, lambda c: replace(c, deprecated=True), frozenset({"deprecated"})),
    Case("replaced", JOBTECH, lambda c: replace(c, replaced_by=(OCCUPATION,)), frozenset({"replaced_by"})),
    Case("removed of ESCO", ESCO, lambda concept: None, frozenset()),
)


@pytest.mark.shared
@pytest.mark.parametrize("case", DRIFTED, ids=lambda case: case.id)
async def test_one_concept_in_twenty_is_drift(case: Case, held: Held, addresses: Addresses) -> None:
    old = altered(held, 20, case.alter, case.system)
    only = replace(old, versions={case.system: held.versions[case.system]})
    checked = await check(only, addresses, SETTINGS)
    assert exit_code(checked, LIMIT) == 1
    assert {difference.field for difference in checked[0].differences} == case.fields
    assert any("DRIFT" in line for line in to_lines(checked, LIMIT))


@pytest.mark.shared
async def test_a_concept_that_the_taxonomy_lacks_is_a_difference(held: Held, addresses: Addresses) -> None:
    invented = {"none_001_aaa": concept("none_001_aaa", "region", label_sv="Län")}
    retired = {"none_002_aaa": concept("none_002_aaa", "region", deprecated=True)}
    concepts = {**held.concepts, **invented, **retired}
    (checked,) = await check(replace(held, concepts=concepts, versions={JOBTECH: "30"}), addresses, SETTINGS)
    assert checked.differences == (Difference("none_001_aaa", "concept", "Län", "missing"),)


@pytest.mark.shared
@pytest.mark.parametrize("field", ["label_sv", "label_en"])
async def test_the_sample_of_esco_is_compared_by_field(field: str, held: Held, addresses: Addresses) -> None:
    old = altered(held, 3, lambda c: replace(c, **{field: "annat"}), ESCO)
    checked = await check(replace(old, versions={ESCO: "1.2.0"}), addresses, SETTINGS)
    assert exit_code(checked, LIMIT) == 1
    assert {(d.field, d.here) for d in checked[0].differences} == {(field, "annat")}


@pytest.mark.shared
async def test_a_concept_that_esco_does_not_know_is_a_difference(held: Held, addresses: Addresses) -> None:
    invented = [concept(f"http://data.europa.eu/esco/skill/none-{n}", "esco-skill") for n in range(3)]
    old = replace(held, concepts={c.concept_id: c for c in invented}, versions={ESCO: "1.2.0"})
    (checked,) = await check(old, addresses, SETTINGS)
    assert [difference.there for difference in checked.differences] == ["missing"] * 3


@pytest.mark.shared
async def test_educations_are_compared_by_title_and_by_being_there(held: Held, addresses: Addresses) -> None:
    some = dict(sorted(held.titles.items())[:4])
    gone, renamed, *_ = some
    titles = {**{id: title for id, title in some.items() if id != gone}, "i.none": "Borta", renamed: "Annan"}
    only = replace(held, titles=titles, versions={SUSA: "2026-11-22"})
    (checked,) = await check(only, addresses, SETTINGS)
    assert exit_code([checked], LIMIT) == 1
    assert set(checked.differences) == {
        Difference("i.none", "education", "Borta", "missing"),
        Difference(renamed, "title_sv", "Annan", some[renamed]),
    }


@pytest.mark.shared
async def test_less_than_the_limit_is_told_and_is_no_drift(held: Held, addresses: Addresses) -> None:
    old = altered(held, 400, lambda c: replace(c, label_sv="Annat"), JOBTECH)
    only = replace(old, versions={JOBTECH: "30"})
    checked = await check(only, addresses, SETTINGS)
    assert len(checked[0].differences) == 2
    assert exit_code(checked, LIMIT) == 0
    assert exit_code(checked, 0.0) == 1


@pytest.mark.shared
async def test_a_newer_version_is_told(held: Held, addresses: Addresses) -> None:
    only = replace(held, versions={JOBTECH: "29"})
    checked = await check(only, addresses, SETTINGS)
    assert checked[0].has_new_version
    assert "  newer version published: 30" in list(to_lines(checked, LIMIT))


@pytest.mark.shared
@pytest.mark.parametrize("fault", ["503", "malformed"])
async def test_a_source_that_fails_is_named_and_the_rest_compared(
    fault: str, held: Held, addresses: Addresses, taxonomy_standin: StandIn
) -> None:
    broken = replace(addresses, esco=taxonomy_standin.fault_url(fault, "esco"))
    checked = await by_system(held, broken)
    assert exit_code(checked.values(), LIMIT) == 2
    assert [system for system, source in checked.items() if source.error] == [ESCO]
    assert checked[SUSA].compared == SAMPLE
    assert any("NOT READ" in line for line in to_lines(checked.values(), LIMIT))


async def test_a_taxonomy_that_gives_the_same_page_for_ever_ends_the_check() -> None:
    async def answer(request: Request) -> JSONResponse:
        if "versions" in request.query_params["query"]:
            return JSONResponse({"data": {"versions": [{"id": 30, "timestamp": "2026-06-01T00:00:00Z"}]}})
        row = {"id": OCCUPATION, "type": "region", "preferred_label": "Län"}
        return JSONResponse({"data": {"concepts": [row | {"national_nuts_level_3_code_2019": "01"}]}})

    held = Held(
        {JOBTECH: "30"}, {OCCUPATION: concept(OCCUPATION, "region", label_sv="Län")}, types=("region",)
    )
    with LocalServer(Starlette(routes=[Route("/graphql", answer)])) as server:
        (checked,) = await check(held, replace(Addresses(), taxonomy=server.origin), SETTINGS)
    assert checked.counts == (Count("region", 1, 1),)


def test_the_mirror_says_what_was_read(tmp_path: Path) -> None:
    records = healthy()
    records[SUSA] += [education(2, title_sv=""), event(2)]
    # A qualification is no education that Susa-navet has.
    records["ELM qualifications"] = [EducationRecord("elm.1", "ELM qualifications", title_sv="Examen")]
    held = read_held(write(tmp_path, records))
    assert set(held.versions) == set(records)
    assert held.types == ()
    assert held.titles == {"i.1": "Kurs 1"}
    assert (held.educations, held.events) == (2, 2)
    own = held.concepts[OCCUPATION]
    assert (own.label_sv, own.label_en) == (f"Begrepp {OCCUPATION} occupation-name", "")


def test_without_an_index_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        read_held(tmp_path)


@pytest.mark.shared
def test_the_embedded_groups_are_those_of_the_taxonomy(
    index_dir: Path, taxonomy_standin: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--index-dir", str(index_dir), "check", "--base-url", taxonomy_standin.origin]
    assert main([*arguments, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["limit"], told["exit_code"]) == (LIMIT, 0)
    assert [(s["system"], s["compared"], s["differing"]) for s in told["sources"]] == [(JOBTECH, 400, 0)]
    assert told["sources"][0]["counts"] == [{"kind": "ssyk-level-4", "here": 400, "there": 400}]
    assert main(arguments) == 0
    assert "records compared" in capsys.readouterr().out


@pytest.mark.shared
def test_other_groups_than_the_taxonomys_are_drift(
    tmp_path: Path, taxonomy_standin: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    build(tmp_path)
    arguments = ["--index-dir", str(tmp_path), "check", "--base-url"]
    assert main([*arguments, taxonomy_standin.origin]) == 1
    assert "DRIFT" in capsys.readouterr().out
    assert main([*arguments, taxonomy_standin.origin, "--limit", "1"]) == 0
    assert main([*arguments, f"{taxonomy_standin.origin}/fault/503"]) == 2
    assert "NOT READ: taxonomy" in capsys.readouterr().out
