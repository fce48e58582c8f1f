"""The conversation in a terminal, for people (rich) and for programs (JSON lines)."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markdown import Markdown

from assistant.agent.event_objects import event_object
from assistant.agent.session import Session
from assistant.build import Application
from assistant.documents.document import file_bytes, read_document
from assistant.documents.kinds import kind_of
from assistant.domain.conversation import AnswerEvent, ErrorEvent, Event, TokenEvent, UserInput
from assistant.domain.language import Language
from assistant.errors import DocumentError
from assistant.prompts import Texts


async def chat(application: Application, language: Language) -> None:
    """Talk with a person until end of input or an empty interrupt."""
    console = Console()
    session = application.new_session(language)
    _show(console, session.welcome())
    try:
        while (line := await asyncio.to_thread(_read_line, console)) is not None:
            if line.strip():
                with console.status("…"):
                    last = await _last_event(session, UserInput(message=line))
                _show(console, last)
    finally:
        await application.aclose()


def _read_line(console: Console) -> str | None:
    try:
        return console.input("[bold cyan]> [/]")
    except (EOFError, KeyboardInterrupt):
        return None


async def _last_event(session: Session, user_input: UserInput) -> Event:
    last: Event = ErrorEvent("")
    async for event in session.send(user_input):
        last = event
    return last


def _show(console: Console, event: Event) -> None:
    if isinstance(event, ErrorEvent):
        console.print(event.message, style="red")
    if not isinstance(event, AnswerEvent):
        return
    console.print()
    # Two spaces keep a line break in Markdown.
    console.print(Markdown(event.text.replace("\n", "  \n")))
    for i, choice in enumerate(event.choices, start=1):
        console.print(f"  [bold]{i}[/] {choice.label}", highlight=False)
        if choice.explanation:
            console.print(f"    {choice.explanation}", style="dim", highlight=False)
    in_text = [c for c in event.citations if f"[{c.marker}]" in event.text]
    for citation in in_text:
        source = citation.source
        where = f"{source.system} {source.version} ({source.retrieved_at[:10]})"
        line = f"  \\[{citation.marker}] {source.title} – {where} {source.url}"
        console.print(line, style="dim", highlight=False, soft_wrap=True)
    console.print()


async def chat_json(application: Application, language: Language) -> None:
    """Talk with a program: one JSON object a line in, several out; see docs/interfaces.md."""
    session = application.new_session(language)
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            if line.strip():
                await _answer_line(session, application.texts, line)
    finally:
        await application.aclose()


async def _answer_line(session: Session, texts: Texts, line: str) -> None:
    try:
        user_input = await asyncio.to_thread(_parsed, json.loads(line))
    except ValueError as error:
        _write({"type": "error", "message": str(error)})
        return
    except DocumentError as error:
        _write({"type": "error", "message": texts.say(error.text_key, session.language)})
        return
    async for event in session.send(user_input):
        if not isinstance(event, TokenEvent) or event.text:
            _write(event_object(event))


def _parsed(raw: Any) -> UserInput:
    """One line of input; a file is read to its text.

    Raises:
        ValueError: Not an object with a message, a choice or a file.
        DocumentError: The file cannot be read.
    """
    if isinstance(raw, dict) and isinstance(raw.get("message"), str):
        return UserInput(message=raw["message"])
    if isinstance(raw, dict) and isinstance(raw.get("choice"), str):
        return UserInput(choice_id=raw["choice"])
    if isinstance(raw, dict) and isinstance(raw.get("upload"), str):
        data = file_bytes(Path(raw["upload"]))
        return UserInput(message=read_document(data), file=kind_of(data).value)
    raise ValueError('expected {"message": "..."}, {"choice": "<id>"} or {"upload": "<file>"}')


def _write(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()
