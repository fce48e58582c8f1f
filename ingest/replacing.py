"""Where retired concepts lead to: through chains and past cycles, to the live concept at the end."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence


def final_replacements(db: sqlite3.Connection) -> dict[str, str]:
    """The live concept that each retired one of a mirror leads to; those that lead to none are left out."""
    successors: dict[str, list[str]] = {
        concept_id: json.loads(ids)
        for concept_id, ids in db.execute(
            "SELECT concept_id, json_extract(body, '$.replaced_by') FROM concept "
            "WHERE deprecated AND json_array_length(body, '$.replaced_by') > 0"
        )
    }

    def is_live(concept_id: str) -> bool:
        query = "SELECT 1 FROM concept WHERE concept_id = ? AND NOT deprecated"
        return db.execute(query, (concept_id,)).fetchone() is not None

    found = {retired: first_live(retired, successors, is_live) for retired in sorted(successors)}
    return {retired: live for retired, live in found.items() if live}


def first_live(
    concept_id: str, successors: Mapping[str, Sequence[str]], is_live: Callable[[str], bool]
) -> str | None:
    """The nearest live successor of a retired concept; of several equally near the first one named."""
    seen = {concept_id}
    front: list[str] = [concept_id]
    while front:
        following = [target for one in front for target in successors.get(one, ())]
        front = [target for target in dict.fromkeys(following) if target not in seen]
        live = next((target for target in front if is_live(target)), None)
        if live:
            return live
        seen.update(front)
    return None
