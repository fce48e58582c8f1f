"""Finds what the YAML loader passes over in silence: a key written twice, of which only the last counts."""

from collections.abc import Iterator
from pathlib import Path

import yaml


def keys_written_twice(file: Path) -> list[str]:
    """Each such key with its line."""
    root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    return [f"{file.name}:{key.start_mark.line + 1}: {key.value}" for key in _doubles(root)] if root else []


def _doubles(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _doubles(item)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _doubles(value)
