from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.domain.language import Language
from assistant.retrieval.passage import Passage, PassageField, PassageType
from assistant.retrieval.stores.passage_store import (
    PassageWriter,
    read_embedded,
    read_passage_table,
    read_passages,
)

KIND = PassageType.ESCO_SKILL
PASSAGES = (
    Passage("a", KIND, Language.SV, PassageField.LABEL, "svetsa"),
    Passage("a", KIND, Language.EN, PassageField.LABEL, "weld"),
    Passage("b", KIND, Language.EN, PassageField.LABEL, "weld"),
    Passage("a", KIND, Language.EN, PassageField.DESCRIPTION, "Join metal parts.", embedded=False),
)


def written(folder: Path) -> Path:
    with PassageWriter(folder) as writer:
        writer.add(PASSAGES[:2])
        writer.add([replace(PASSAGES[0], type=PassageType.SKILL), *PASSAGES[1:]])
        assert writer.counts == {KIND: 4, PassageType.SKILL: 1}
    return folder


def test_passages_come_back_in_order_and_each_once(tmp_path: Path) -> None:
    written(tmp_path)
    assert tuple(read_passages(tmp_path, KIND)) == PASSAGES
    assert dict(read_embedded(tmp_path, KIND)) == {p.key: p.text for p in PASSAGES if p.embedded}


def test_a_table_knows_owners_and_keys_and_reads_texts_when_asked(tmp_path: Path) -> None:
    table = read_passage_table(written(tmp_path), KIND)
    assert len(table) == 4
    assert table.owner_ids == ("a", "b")
    assert table.owners.tolist() == [0, 0, 1, 0]
    assert table.is_description.tolist() == [False, False, False, True]
    assert table.keys.tolist() == [p.key for p in PASSAGES]
    assert list(table.texts()) == [p.text for p in PASSAGES]
    assert list(table.texts(descriptions=False)) == ["svetsa", "weld", "weld"]
    assert table.passage(3) == PASSAGES[3]


def test_a_type_that_a_build_lacks_is_empty(tmp_path: Path) -> None:
    table = read_passage_table(written(tmp_path), PassageType.GUIDE)
    assert (len(table), table.owner_ids, list(table.texts())) == (0, (), [])
    assert table.keys.dtype == np.int64


def test_a_key_tells_passages_apart_by_all_but_being_embedded() -> None:
    first = PASSAGES[0]
    others = (
        replace(first, owner_id="b"),
        replace(first, type=PassageType.SKILL),
        replace(first, language=Language.EN),
        replace(first, field=PassageField.TITLE),
        replace(first, text="svets"),
    )
    assert len({first.key, *(other.key for other in others)}) == 6
    assert replace(first, embedded=False).key == first.key
    assert 0 <= first.key < 2**63
