import io

from rich.console import Console

from ingest.progress import progress_bars


def shown(*, is_terminal: bool) -> str:
    """What a console shows of a job with two steps."""
    written = io.StringIO()
    console = Console(file=written, force_terminal=is_terminal, width=100)
    with progress_bars(console) as progress:
        progress.on_step("ESCO", None)
        progress.on_step("ESCO", 200)
        progress.on_done("ESCO", 150)
        progress.on_step("Susa-navet", None)
        progress.on_done("Susa-navet", 7)
    return written.getvalue()


def test_every_step_has_a_bar_with_what_is_done() -> None:
    text = shown(is_terminal=True)
    assert "ESCO" in text
    assert "150/200" in text
    assert "Susa-navet" in text


def test_nothing_is_shown_where_nobody_watches() -> None:
    assert shown(is_terminal=False).strip() == ""
