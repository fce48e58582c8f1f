"""What the loader of prompts and texts refuses, and that the project's own are in step with the code."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from string import Template

import pytest
import yaml

from assistant.agent.guide.acts import Act, load_cues
from assistant.domain.language import Language
from assistant.errors import PromptError
from assistant.prompts import PROMPTS_DIR, Texts, load_prompt, load_texts
from assistant.settings import PROJECT_DIR
from tests.yaml_keys import keys_written_twice

GOOD = "---\ndescription: Says hello.\nvariables: [name]\n---\nHello $name, it costs $$5.\n"


def write(root: Path, name: str, text: str) -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return root


@dataclass(frozen=True)
class Case:
    id: str
    given: str
    said: str


REFUSED = (
    Case("no front matter", "Hello", "no front matter"),
    Case("front matter left open", "---\ndescription: x\nvariables: []\nHello", "no front matter"),
    Case("front matter is a list", "---\n- x\n---\nHello", "must hold description and variables"),
    Case("no variables", "---\ndescription: x\n---\nHello", "must hold description and variables"),
    Case("unknown field", "---\ndescription: x\nvariables: []\nmodel: y\n---\nHi", "must hold description"),
    Case("not YAML", "---\ndescription: [x\nvariables: []\n---\nHi", "front matter"),
    Case("undeclared", "---\ndescription: x\nvariables: []\n---\nHi $name", "uses ['name']"),
    Case("unused", "---\ndescription: x\nvariables: [name]\n---\nHi", "declares ['name']"),
    Case("stray dollar", "---\ndescription: x\nvariables: []\n---\nIt costs $ 5", "$"),
)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.id)
def test_a_malformed_prompt_is_refused_by_name(case: Case, tmp_path: Path) -> None:
    with pytest.raises(PromptError, match=re.escape(case.said)) as caught:
        load_prompt("hello", root=write(tmp_path, "hello.md", case.given))
    assert caught.value.name == "hello"


def test_a_missing_prompt_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="hello"):
        load_prompt("hello", root=tmp_path)


def test_a_prompt_renders_with_exactly_its_variables(tmp_path: Path) -> None:
    prompt = load_prompt("hello", root=write(tmp_path, "hello.md", GOOD))
    assert prompt.render(name="Amira") == "Hello Amira, it costs $5."
    with pytest.raises(PromptError, match="no value for name"):
        prompt.render()
    with pytest.raises(PromptError, match="no place for age"):
        prompt.render(name="Amira", age="40")


def test_the_hash_names_the_wording(tmp_path: Path) -> None:
    root = write(tmp_path, "hello.md", GOOD)
    first = load_prompt("hello", root=root).content_hash
    assert re.fullmatch("[0-9a-f]{8}", first)
    assert load_prompt("hello", root=root).content_hash == first
    write(root, "hello.md", GOOD.replace("Hello", "Hi"))
    assert load_prompt("hello", root=root).content_hash != first


def test_a_variant_stands_in_front_of_the_usual_files(tmp_path: Path) -> None:
    root = write(tmp_path, "hello.md", GOOD)
    write(root, "bye.md", GOOD)
    write(root, "variants/warm/hello.md", GOOD.replace("Hello", "Dear"))
    assert load_prompt("hello", variant="warm", root=root).body.startswith("Dear")
    assert load_prompt("bye", variant="warm", root=root).body.startswith("Hello")
    assert load_prompt("hello", root=root).body.startswith("Hello")


def texts(root: Path) -> Texts:
    write(root, "guide/sv.yaml", "ask:\n  work: Vad gör du, $name?\n")
    write(root, "guide/en.yaml", "ask:\n  work: What do you do, $name?\n")
    return load_texts(root=root)


def test_a_text_is_said_in_the_language_asked_for(tmp_path: Path) -> None:
    said = texts(tmp_path)
    assert said.say("ask.work", Language.SV, name="Amira") == "Vad gör du, Amira?"
    assert said.say("ask.work", Language.EN, name="Amira") == "What do you do, Amira?"
    assert said.keys(Language.SV) == {"ask.work"}


def test_a_text_that_cannot_be_said_is_named(tmp_path: Path) -> None:
    said = texts(tmp_path)
    with pytest.raises(PromptError, match=r"'ask\.pay'.*no text in sv"):
        said.say("ask.pay", Language.SV)
    with pytest.raises(PromptError, match=r"'ask\.work'.*name"):
        said.say("ask.work", Language.EN)


BAD_TEXTS = (
    Case("a list", "ask:\n  - work\n", "neither a text nor a group"),
    Case("a number", "ask:\n  work: 5\n", "neither a text nor a group"),
    Case("nothing", "", "neither a text nor a group"),
    Case("not YAML", "ask: [work", "guide/sv.yaml"),
)


@pytest.mark.parametrize("case", BAD_TEXTS, ids=lambda case: case.id)
def test_malformed_texts_are_refused(case: Case, tmp_path: Path) -> None:
    write(tmp_path, "guide/en.yaml", "ask: x\n")
    with pytest.raises(PromptError, match=re.escape(case.said)):
        load_texts(root=write(tmp_path, "guide/sv.yaml", case.given))


@pytest.mark.parametrize("name", sorted(file.stem for file in PROMPTS_DIR.glob("*.md")))
def test_every_prompt_of_the_project_loads(name: str) -> None:
    prompt = load_prompt(name)
    assert prompt.description
    assert prompt.render(**dict.fromkeys(prompt.variables, "x"))


@pytest.mark.parametrize("folder", ["guide", "ui", "exports"])
def test_both_languages_hold_the_same_texts_with_the_same_variables(folder: str) -> None:
    said = load_texts(folder=folder)
    swedish, english = ({key: _variables(said, key, one) for key in said.keys(one)} for one in Language)
    assert swedish == english
    assert [key for key in swedish for one in Language if not said.template(key, one).strip()] == []


def _variables(said: Texts, key: str, language: Language) -> frozenset[str]:
    return frozenset(Template(said.template(key, language)).get_identifiers())


def test_no_text_is_written_twice(tmp_path: Path) -> None:
    assert [
        double for file in sorted(PROMPTS_DIR.rglob("*.yaml")) for double in keys_written_twice(file)
    ] == []
    write(tmp_path, "sv.yaml", "ask:\n  work: a\n  pay: b\n  work: c\n")
    assert keys_written_twice(tmp_path / "sv.yaml") == ["sv.yaml:4: work"]


@dataclass(frozen=True)
class Use:
    """A call that says a text, by its key or by a key with gaps ("path.*.read")."""

    where: str
    key: str
    is_exact: bool
    values: frozenset[str | None]


SAYERS = ("say", "labels", "self")


def uses(folder: str) -> Iterator[Use]:
    """The calls that say a text by a written key, in the code of the page, of the exports, or all other."""
    for file in sorted((PROJECT_DIR / "assistant").rglob("*.py")):
        own = next((part for part in ("ui", "exports") if part in file.parts), "guide")
        if own == folder:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and node.args and _name(node.func) in SAYERS:
                    yield from _uses_of(node, f"{file.name}:{node.lineno}")


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _uses_of(call: ast.Call, where: str) -> Iterator[Use]:
    values = frozenset(keyword.arg for keyword in call.keywords)
    keys = [call.args[0]]
    while keys:
        key = keys.pop()
        if isinstance(key, ast.IfExp):
            keys += [key.body, key.orelse]
        elif isinstance(key, ast.Constant):
            yield Use(where, str(key.value), True, values)
        elif isinstance(key, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else "*" for part in key.values]
            yield Use(where, "".join(parts), False, values)


@pytest.mark.parametrize("folder", ["guide", "ui", "exports"])
def test_every_text_that_the_code_says_exists_with_its_variables(folder: str) -> None:
    said = load_texts(folder=folder)
    found = list(uses(folder))
    assert len(found) > 20
    for use in found:
        keys = [key for key in said.keys(Language.SV) if fnmatchcase(key, use.key)]
        assert keys, f"{use.where} says {use.key}, which has no text"
        # None stands for values passed on by **, which are the caller's.
        if use.is_exact and None not in use.values:
            assert _variables(said, use.key, Language.SV) <= use.values, f"{use.where} says {use.key}"


def test_every_cue_compiles_and_every_cue_used_exists() -> None:
    cues = load_cues()
    raw = yaml.safe_load((PROMPTS_DIR / "guide/cues.yaml").read_text(encoding="utf-8"))
    for name, places in raw.items():
        assert set(places) <= {"whole", "start", "any"}, name
        assert all(isinstance(pattern, str) and pattern for found in places.values() for pattern in found)
        assert not cues.fits(name, ""), f"{name} fits an empty message"
    named = re.compile(r"cues\.fits\(\s*f?\"(\w+?)(?:_\{\w+\})?\"")
    for file in (PROJECT_DIR / "assistant/agent").rglob("*.py"):
        for name in named.findall(file.read_text(encoding="utf-8")):
            assert name in raw or any(key.startswith(f"{name}_") for key in raw), (file.name, name)


def test_an_unreadable_cue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="cues"):
        load_cues(write(tmp_path, "guide/cues.yaml", "greet:\n  any: ['(']\n"))
    with pytest.raises(PromptError, match="cues"):
        load_cues(tmp_path / "nowhere")


def test_every_act_that_is_read_from_words_has_a_cue() -> None:
    raw = yaml.safe_load((PROMPTS_DIR / "guide/cues.yaml").read_text(encoding="utf-8"))
    assert {act.value for act in Act} - set(raw) == {"choose", "foreign", "unreadable", "masked", "tell"}
