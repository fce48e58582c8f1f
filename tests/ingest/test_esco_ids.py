"""The ESCO ids: carried whole into the catalogue, and made from the files as it is said."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.domain.concept import EscoMatch, EscoMatchKind
from assistant.errors import StarterDataError
from assistant.retrieval.stores.catalogue import read_catalogue, write_catalogue
from ingest.documents import to_catalogue
from ingest.esco_ids import esco_text, make_esco
from ingest.sources.starter import ESCO_FILE, STARTER_DIR, read_groups, read_starter
from tests.ingest.building import TINY
from tests.ingest.folders import FILES, write_folder

SKILLS = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-00000000000"
ISCO = "http://data.europa.eu/esco/isco/C"


def test_the_ids_come_whole_into_the_catalogue(tmp_path: Path) -> None:
    write_catalogue(tmp_path, to_catalogue(read_starter(TINY)))
    assert read_catalogue(tmp_path).esco == {
        "Grup_aaa_001": EscoMatch(f"{ISCO}8322", EscoMatchKind.RELATED),
        "Skil_aaa_001": EscoMatch(f"{SKILLS}1", EscoMatchKind.EXACT),
        "Skil_aaa_002": EscoMatch(f"{SKILLS}2", EscoMatchKind.CLOSE),
    }


@pytest.mark.shared
def test_the_embedded_ids_are_what_the_command_makes(shared_dir: Path) -> None:
    made = esco_text(make_esco(shared_dir / "data", read_groups()))
    assert made == (STARTER_DIR / ESCO_FILE).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Case:
    """What the taxonomy says of one skill, and what it gets: the number of ESCO's skill, and how near."""

    id: str
    links: tuple[tuple[str, int], ...]
    expected: tuple[int, EscoMatchKind] | None


CASES = (
    Case("the same", (("exact", 1), ("close", 2)), (1, EscoMatchKind.EXACT)),
    Case("close", (("close", 2), ("broad", 1)), (2, EscoMatchKind.CLOSE)),
    Case("the same as two", (("exact", 1), ("exact", 2), ("close", 3)), None),
    Case("wider and narrower", (("broad", 1), ("narrow", 2)), None),
    Case("retired", (("exact", 4), ("close", 2)), (2, EscoMatchKind.CLOSE)),
    Case("the same as one that is left", (("exact", 1), ("exact", 4)), (1, EscoMatchKind.EXACT)),
    Case("nothing said", (), None),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_skill_gets_the_nearest_if_no_other_is_as_near(case: Case, tmp_path: Path) -> None:
    groups = read_groups(TINY)
    skill_id = groups[0].skills[0].concept_id
    links = [
        {"source": skill_id, "relation": f"esco_{name}_match", "target": f"{SKILLS}{number}"}
        for name, number in case.links
    ]
    write_files(tmp_path, links)
    made = make_esco(tmp_path, groups).get(skill_id)
    assert (made and (made.uri, made.match)) == (
        case.expected and (f"{SKILLS}{case.expected[0]}", case.expected[1])
    )


def test_a_group_gets_the_isco_group_that_it_alone_is_tied_to(tmp_path: Path) -> None:
    one, two, *_ = groups = read_groups(TINY)
    ties = [(one, "baker"), (two, "baker"), (two, "cook")]
    write_files(
        tmp_path,
        [{"source": g.concept_id, "relation": "related_isco", "target": target} for g, target in ties],
    )
    made = make_esco(tmp_path, groups)
    assert made[one.concept_id].uri == f"{ISCO}7512"
    assert made[one.concept_id].match is EscoMatchKind.RELATED
    assert two.concept_id not in made


def test_ids_of_concepts_that_are_not_ours_are_refused(starter: Path) -> None:
    line = f"Skil_zzz_999: {{uri: {SKILLS}1, match: exact}}\n"
    (starter / ESCO_FILE).write_text(line, encoding="utf-8")
    with pytest.raises(StarterDataError, match="Skil_zzz_999"):
        read_starter(starter)


def write_files(folder: Path, links: list[dict[str, str]]) -> None:
    """Three living skills of ESCO's, a retired one, two ISCO groups, and the links."""
    skills = [{"uri": f"{SKILLS}{n}", "version": "1.2.0" if n < 4 else "1.0.9 only"} for n in range(1, 5)]
    isco = {"baker": "7512", "cook": "5120"}
    content = {
        "jobtech_relations": links,
        "jobtech_concepts": [{"id": i, "type": "isco-level-4", "isco": code} for i, code in isco.items()],
        "esco_skills": skills,
        "esco_isco_groups": [{"uri": f"{ISCO}{code}", "code": code} for code in isco.values()],
    }
    write_folder(folder, {name: content.get(name, []) for name in FILES})
