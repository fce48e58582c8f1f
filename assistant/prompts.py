"""Prompts and texts as data: files under `prompts/`, never strings in code.

A prompt is a Markdown file with a front matter that lists its variables, and a body with `$name`
in it. The guide's texts are one YAML file a language, with the same keys in each; those that are too
hard for the simple level stand once more under `simple/`. A variant is a folder under
`prompts/variants/` whose files stand in front of the usual ones.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import Template
from typing import Any

import yaml

from assistant.domain.language import Language, Level
from assistant.errors import PromptError
from assistant.settings import PROJECT_DIR
from assistant.yaml_text import parse_yaml

PROMPTS_DIR = PROJECT_DIR / "prompts"
SIMPLE_FOLDER = "simple"
_FENCE = "---\n"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file; `content_hash` is 8 hex digits that name this wording in transcripts."""

    name: str
    description: str
    variables: frozenset[str]
    body: str
    content_hash: str

    def render(self, **values: str) -> str:
        """Fill in the variables.

        Raises:
            PromptError: A variable is missing, or a value has no place.
        """
        if missing := self.variables - values.keys():
            raise PromptError(name=self.name, reason=f"no value for {', '.join(sorted(missing))}")
        if unused := values.keys() - self.variables:
            raise PromptError(name=self.name, reason=f"no place for {', '.join(sorted(unused))}")
        return Template(self.body).substitute(values)


def load_prompt(name: str, *, variant: str = "", root: Path = PROMPTS_DIR) -> Prompt:
    """Read one prompt.

    Raises:
        PromptError: No such file, a malformed front matter, or variables that differ from the body's.
    """
    text = _variant_file(f"{name}.md", variant, root).read_text(encoding="utf-8")
    if not text.startswith(_FENCE) or _FENCE not in text[len(_FENCE) :]:
        raise PromptError(name=name, reason="no front matter")
    front, body = text[len(_FENCE) :].split(_FENCE, 1)
    fields = _yaml(front, name)
    if not isinstance(fields, dict) or set(fields) != {"description", "variables"}:
        raise PromptError(name=name, reason="the front matter must hold description and variables")
    declared = frozenset(fields["variables"] or ())
    if not Template(body).is_valid():
        raise PromptError(name=name, reason="a $ that names no variable; write $$ for the sign itself")
    used = frozenset(Template(body).get_identifiers())
    if declared != used:
        raise PromptError(name=name, reason=f"declares {sorted(declared)} but uses {sorted(used)}")
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return Prompt(name, str(fields["description"]), declared, body.strip(), digest)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts that people read, by key and language, at one level.

    `_simple` has all keys too; without any, both levels say the same.
    """

    _by_language: Mapping[Language, Mapping[str, str]]
    _simple: Mapping[Language, Mapping[str, str]] = field(default_factory=dict)
    level: Level = Level.NORMAL

    def at(self, level: Level) -> "Texts":
        """The same texts at a level, for all that is said with them from then on."""
        return replace(self, level=level)

    def say(self, key: str, language: Language, **values: str) -> str:
        """One text with its variables filled in.

        Raises:
            PromptError: No such key, or a variable without a value.
        """
        template = self._all(language).get(key)
        if template is None:
            raise PromptError(name=key, reason=f"no text in {language}")
        try:
            return Template(template).substitute(values).strip()
        except (KeyError, ValueError) as error:
            raise PromptError(name=key, reason=f"{error!r} in {language}") from error

    def keys(self, language: Language) -> frozenset[str]:
        """All keys of one language."""
        return frozenset(self._by_language[language])

    def template(self, key: str, language: Language) -> str:
        """One text as written, with its variables in place."""
        return self._all(language)[key]

    def group(self, key: str) -> frozenset[str]:
        """All texts under a key, in both languages."""
        told = self._by_language.values()
        return frozenset(
            text for by_key in told for name, text in by_key.items() if name.startswith(f"{key}.")
        )

    def words(self) -> frozenset[str]:
        """All words of the texts, in both languages and at both levels, folded."""
        texts = (
            each
            for told in (self._by_language, self._simple)
            for by_key in told.values()
            for each in by_key.values()
        )
        return frozenset(word.casefold() for text in texts for word in re.findall(r"\w+", text))

    def _all(self, language: Language) -> Mapping[str, str]:
        is_simple = self._simple and self.level is Level.SIMPLE
        return (self._simple if is_simple else self._by_language)[language]


def load_texts(*, folder: str = "guide", variant: str = "", root: Path = PROMPTS_DIR) -> Texts:
    """Read the texts of both languages; nested keys are joined with dots.

    Args:
        folder: `guide` for what the guide says, `ui` for the labels of the web page.
        variant: Name of a variant whose files stand in front.
        root: The folder of all prompts.

    Raises:
        PromptError: A file is missing or is not a tree of texts.
    """
    usual = {language: _load_language(f"{folder}/{language}.yaml", variant, root) for language in Language}
    has_simple = (root / folder / SIMPLE_FOLDER).is_dir()
    return Texts(usual, _with_simple(usual, f"{folder}/{SIMPLE_FOLDER}", variant, root) if has_simple else {})


def _with_simple(
    usual: Mapping[Language, dict[str, str]], folder: str, variant: str, root: Path
) -> dict[Language, dict[str, str]]:
    """The usual texts with the simple ones in place of those that are too hard."""
    simple = {language: _load_language(f"{folder}/{language}.yaml", variant, root) for language in Language}
    for language, own in simple.items():
        if unknown := own.keys() - usual[language].keys():
            raise PromptError(name=folder, reason=f"no such text in {language}: {sorted(unknown)}")
    return {language: {**usual[language], **own} for language, own in simple.items()}


def _load_language(name: str, variant: str, root: Path) -> dict[str, str]:
    path = _variant_file(name, variant, root)
    return dict(_flattened(_yaml(path.read_text(encoding="utf-8"), name), prefix=""))


def _yaml(text: str, name: str) -> Any:
    try:
        return parse_yaml(text)
    except yaml.YAMLError as error:
        raise PromptError(name=name, reason=f"the front matter or file is no YAML: {error}") from error


def _flattened(tree: Any, prefix: str) -> list[tuple[str, str]]:
    if isinstance(tree, str):
        return [(prefix, tree)]
    if not isinstance(tree, dict):
        raise PromptError(name=prefix or "texts", reason="neither a text nor a group of texts")
    joined = f"{prefix}." if prefix else ""
    return [pair for key, value in tree.items() for pair in _flattened(value, f"{joined}{key}")]


def _variant_file(name: str, variant: str, root: Path) -> Path:
    candidates = [root / "variants" / variant / name] if variant else []
    for path in [*candidates, root / name]:
        if path.is_file():
            return path
    raise PromptError(name=name, reason=f"no such file in {root}")
