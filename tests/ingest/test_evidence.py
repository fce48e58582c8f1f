"""The evidence of kinship: carried whole into the catalogue, and made from the files as it is said."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest

from assistant.domain.concept import Asking, GroupEvidence
from assistant.errors import StarterDataError
from assistant.retrieval.stores.catalogue import read_catalogue, write_catalogue
from ingest.documents import to_catalogue
from ingest.evidence import evidence_text, make_evidence
from ingest.sources.starter import EVIDENCE_FILE, STARTER_DIR, read_groups, read_starter
from ingest.starter_schema import GroupRecord

Rows: TypeAlias = Sequence[Mapping[str, object]]
DRIVER, COOK = "Grup_aaa_001", "Grup_aaa_002"
TINY = Path(__file__).parent.parent / "data" / "starter"


def test_evidence_comes_whole_into_the_catalogue(tmp_path: Path) -> None:
    write_catalogue(tmp_path, to_catalogue(read_starter(TINY)))
    groups = read_catalogue(tmp_path).groups
    assert groups[DRIVER].evidence == GroupEvidence(
        flows=(COOK, "Grup_aaa_003"),
        similar=(COOK,),
        substitutes={COOK: 75},
        asked={
            "Skil_aaa_001": Asking(ads=0.9, essential=True),
            "Skil_aaa_002": Asking(ads=0.4, optional=True),
        },
    )
    assert groups["Grup_aaa_004"].evidence == GroupEvidence()


@pytest.mark.shared
def test_the_embedded_evidence_is_what_the_command_makes(shared_dir: Path) -> None:
    made = evidence_text(make_evidence(shared_dir / "data", read_groups()))
    assert made == (STARTER_DIR / EVIDENCE_FILE).read_text(encoding="utf-8")


def test_all_groups_have_flows_and_none_leads_to_itself() -> None:
    records = read_starter().evidence
    assert {record.ssyk_code for record in records} == {group.ssyk_code for group in read_groups()}
    for record in records:
        assert record.flows
        assert record.ssyk_code not in {*record.flows, *record.similar, *record.substitutes}


def test_relations_of_occupations_become_those_of_their_groups(tmp_path: Path) -> None:
    tiny = read_groups(TINY)
    driver, cook, other = tiny[:3]
    skill = driver.skills[0].concept_id
    occupations = {"van": driver, "lorry": driver, "chef": cook, "baker": cook, "help": other}
    relations: Rows = [
        *({"source": name, "relation": "broader", "target": g.concept_id} for name, g in occupations.items()),
        {"source": driver.concept_id, "relation": "labour_flow_to", "target": other.concept_id, "rank": 2},
        {"source": driver.concept_id, "relation": "labour_flow_to", "target": cook.concept_id, "rank": 1},
        {"source": driver.concept_id, "relation": "labour_flow_to", "target": driver.concept_id, "rank": 3},
        # One of the two drivers can do a cook's work well; the other one cannot do it at all.
        {"source": "van", "relation": "substitutes", "target": "chef", "percentage": 75},
        {"source": "van", "relation": "substitutes", "target": "baker", "percentage": 25},
        # Third for one alone is less than first for both.
        {"source": "van", "relation": "similar_occupation", "target": "help", "rank": 1},
        {"source": "lorry", "relation": "similar_occupation", "target": "help", "rank": 1},
        {"source": "van", "relation": "similar_occupation_other_group", "target": "chef", "rank": 3},
        # The eleventh of 20 for one of two.
        {"source": "van", "relation": "has_skill_calculated", "target": skill, "rank": 11},
        {"source": "lorry", "relation": "has_skill_calculated", "target": "other", "rank": 1},
        {
            "source": "lorry",
            "relation": "esco_exact_match",
            "target": "http://data.europa.eu/esco/occupation/o",
        },
        {"source": skill, "relation": "esco_close_match", "target": "http://data.europa.eu/esco/skill/s"},
    ]
    concepts: Rows = [{"id": g.concept_id, "type": "ssyk-level-4", "ssyk": g.ssyk_code} for g in tiny]
    concepts = [*concepts, *({"id": name, "type": "occupation-name", "v30": True} for name in occupations)]
    esco: Rows = [{"source": "occupation/o", "relation": "essential_skill", "targets": ["skill/s"]}]
    write(tmp_path, jobtech_concepts=concepts, jobtech_relations=relations, esco_relations=esco)
    made = next(iter(make_evidence(tmp_path, tiny)))
    assert made.flows == [cook.ssyk_code, other.ssyk_code]
    assert made.substitutes == {cook.ssyk_code: 38}
    assert made.similar == [other.ssyk_code, cook.ssyk_code]
    asked = made.asked[skill]
    assert (asked.ads, asked.essential, asked.optional) == (0.25, True, False)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    groups: tuple[GroupRecord, ...] = read_groups(TINY)
    with pytest.raises(StarterDataError, match="jobtech_concepts"):
        list(make_evidence(tmp_path, groups))


def write(folder: Path, **files: Rows) -> None:
    for name, rows in files.items():
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(row)}\n" for row in rows)
