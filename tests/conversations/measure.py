"""Measures dialogues: `python -m tests.conversations.measure` prints one JSON line.

Without `--base-url` those without live sources; with the address of a stand-in (`make standin`) the others.
"""

import argparse
import asyncio
import json
import resource
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from assistant.build import Application, build_application
from assistant.domain.addresses import Addresses
from assistant.domain.conversation import Phase
from assistant.settings import Settings
from tests.conversations.dialogue import DIALOGUES, Dialogue, read_dialogue
from tests.conversations.player import play


@dataclass(frozen=True)
class _Measured:
    """Seconds of each turn, and the first turn of each phase."""

    seconds: list[float]
    reached: dict[Phase, int]


async def _measure(application: Application, dialogue: Dialogue) -> _Measured:
    measured = _Measured([], {})
    async for played in play(application, dialogue):
        measured.seconds.append(played.answer.usage.seconds)
        measured.reached.setdefault(played.answer.phase, played.number)
    return measured


async def _figures(application: Application, *, live: bool) -> dict[str, object]:
    application.warm_up()
    read = {file.stem: read_dialogue(file) for file in DIALOGUES}
    dialogues = {
        name: dialogue
        for name, dialogue in read.items()
        if dialogue.live is live and all(turn.sources is None for turn in dialogue.turns)
    }
    measured = {name: await _measure(application, dialogue) for name, dialogue in dialogues.items()}
    seconds = sorted(second for each in measured.values() for second in each.seconds)
    ordinary = [each for name, each in measured.items() if dialogues[name].ordinary]
    return {
        "dialogues": len(measured),
        "turns": len(seconds),
        "turns_per_dialogue": {name: len(each.seconds) for name, each in measured.items()},
        "turns_to_paths": _spread(ordinary, Phase.PATHS),
        "turns_to_plan": _spread(ordinary, Phase.PLAN),
        "median_turn_s": round(statistics.median(seconds), 3),
        "p95_turn_s": round(_quantile(seconds, 0.95), 3),
        "max_turn_s": seconds[-1],
        # Linux counts in kilobytes.
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _spread(measured: Sequence[_Measured], phase: Phase) -> dict[str, float]:
    turns = [each.reached[phase] for each in measured if phase in each.reached]
    return {"dialogues": len(turns), "median": statistics.median(turns), "max": max(turns)} if turns else {}


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The nearest-rank quantile of values in ascending order."""
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.conversations.measure")
    parser.add_argument("--index-dir", type=Path, default=Settings().index_dir)
    parser.add_argument("--base-url", help="where a stand-in serves all public sources")
    options = parser.parse_args()
    settings = Settings(
        _env_file=None, model="guide", live_sources=bool(options.base_url), index_dir=options.index_dir
    )
    if options.base_url:
        addresses = Addresses.below(options.base_url)
        below = {f"{field.name}_url": getattr(addresses, field.name) for field in fields(Addresses)}
        settings = settings.model_copy(update={**below, "http_timeout_s": 20.0, "http_deadline_s": 30.0})
    figures = asyncio.run(_figures(build_application(settings), live=bool(options.base_url)))
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
