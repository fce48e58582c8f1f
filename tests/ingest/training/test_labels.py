"""Which labels of a build are learned from, and which never are."""

from pathlib import Path

from assistant.retrieval.stores.catalogue import read_catalogue
from assistant.retrieval.stores.concept_store import ConceptStore
from assistant.retrieval.stores.manifest import current_build
from ingest.training.held_out import is_held_out
from ingest.training.labels import Labels, collect_labels
from tests.ingest.building import build, build_full
from tests.ingest.folders import esco_id, occupation_id, rows, write_folder


def collected(index_dir: Path) -> Labels:
    folder = current_build(index_dir)
    return collect_labels(ConceptStore(folder), read_catalogue(folder))


def full(tmp_path: Path) -> Labels:
    files = rows(30)
    for row in files["jobtech_concepts"]:
        if row["type"] == "occupation-name":
            row |= {"label_en": f"leaked {row['id']}", "label_en_source": "ESCO exactMatch"}
    write_folder(tmp_path / "files", files)
    build_full(tmp_path / "index", tmp_path / "files")
    return collected(tmp_path / "index")


def test_our_own_data_alone_give_labels_in_both_languages(tmp_path: Path) -> None:
    build(tmp_path)
    labels = collected(tmp_path)
    assert any(one.swedish and one.english for one in labels.sets.values())
    assert labels.memberships == labels.uses == ()


def test_what_is_held_out_is_in_no_set(tmp_path: Path) -> None:
    labels = full(tmp_path)
    assert not [text for one in labels.sets.values() for text in one.labels if is_held_out(text)]


def test_links_between_jobtech_and_esco_are_not_learned(tmp_path: Path) -> None:
    labels = full(tmp_path)
    linked = {(occupation_id(n), esco_id(n)) for n in range(30)}
    assert not linked & {*labels.memberships, *labels.uses}
    assert not [text for one in labels.sets.values() for text in one.labels if "leaked" in text]


def test_occupations_belong_to_their_group_and_use_their_skills(tmp_path: Path) -> None:
    labels = full(tmp_path)
    assert any(relation[0] == occupation_id(3) for relation in labels.uses)


def test_a_copy_lends_its_swedish_label_to_the_skill_of_the_same_address(tmp_path: Path) -> None:
    files = rows()
    address = files["esco_skills"][0]["uri"]
    copy = {"id": "copy_000_aaa", "type": "esco-skill", "label_sv": "göra ett", "v30": True}
    files["jobtech_concepts"].append(copy | {"esco_uri": address})
    write_folder(tmp_path / "files", files)
    build_full(tmp_path / "index", tmp_path / "files")
    sets = collected(tmp_path / "index").sets
    assert sets[str(address)].swedish == ("göra ett",)
    assert "copy_000_aaa" not in sets
