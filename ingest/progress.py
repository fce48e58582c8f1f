"""How far a long job has come, and bars for people who watch it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars


@dataclass(frozen=True, slots=True)
class Progress:
    """What a job of several steps reports; steps are told apart by name.

    Attributes:
        on_step: A step begins, or its total became known: name, and how many items, `None` when unknown.
        on_done: So many more items of a step are ready: name, and how many.
    """

    on_step: Callable[[str, int | None], None]
    on_done: Callable[[str, int], None]


QUIET = Progress(on_step=lambda name, total: None, on_done=lambda name, count: None)


@contextmanager
def progress_bars(console: Console | None = None) -> Iterator[Progress]:
    """A bar for each step with its rate and the time left; nothing when stderr is no terminal."""
    console = console or Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    tasks: dict[str, TaskID] = {}
    with Bars(*columns, console=console, disable=not console.is_terminal) as bars:

        def on_step(name: str, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=None, rate="")
            bars.update(tasks[name], total=total)

        def on_done(name: str, count: int) -> None:
            bars.advance(tasks[name], count)
            speed = next(task.speed for task in bars.tasks if task.id == tasks[name])
            bars.update(tasks[name], rate=f"{speed:.0f}/s" if speed else "")

        yield Progress(on_step, on_done)
