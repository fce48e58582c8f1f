"""Measures all dialogues: `python -m tests.conversations.measure [--index-dir DIR]` prints one JSON line."""

import argparse
import asyncio
import json
import resource
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.build import Application, build_application
from assistant.domain.conversation import Phase
from assistant.settings import Settings
from tests.conversations.dialogue import DIALOGUES, Dialogue, read_dialogue
from tests.conversations.player import play


async def _measure(application: Application, dialogue: Dialogue) -> tuple[list[float], int | None]:
    """Seconds of each turn, and the turn in which the paths were shown."""
    seconds, shown = [], None
    async for played in play(application, dialogue):
        seconds.append(played.answer.usage.seconds)
        if shown is None and played.answer.phase is Phase.PATHS:
            shown = played.number
    return seconds, shown


async def _figures(application: Application) -> dict[str, object]:
    application.warm_up()
    read = {file.stem: read_dialogue(file) for file in DIALOGUES}
    dialogues = {name: dialogue for name, dialogue in read.items() if not dialogue.live}
    measured = {name: await _measure(application, dialogue) for name, dialogue in dialogues.items()}
    seconds = sorted(second for turns, _ in measured.values() for second in turns)
    shown = [shown for name, (_, shown) in measured.items() if dialogues[name].ordinary]
    return {
        "dialogues": len(measured),
        "turns": len(seconds),
        "turns_per_dialogue": {name: len(turns) for name, (turns, _) in measured.items()},
        "turns_to_paths_median": statistics.median(turn for turn in shown if turn is not None),
        "turns_to_paths_max": max(turn for turn in shown if turn is not None),
        "median_turn_s": round(statistics.median(seconds), 3),
        "p95_turn_s": round(_quantile(seconds, 0.95), 3),
        "max_turn_s": seconds[-1],
        # Linux counts in kilobytes.
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The nearest-rank quantile of values in ascending order."""
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.conversations.measure")
    parser.add_argument("--index-dir", type=Path, default=Settings().index_dir)
    options = parser.parse_args()
    settings = Settings(_env_file=None, model="guide", live_sources=False, index_dir=options.index_dir)
    sys.stdout.write(json.dumps(asyncio.run(_figures(build_application(settings)))) + "\n")


if __name__ == "__main__":
    main()
