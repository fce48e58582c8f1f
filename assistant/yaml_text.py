"""Reads YAML with the parser in C where there is one: the same result in a tenth of the time."""

from typing import IO, Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str | IO[str]) -> Any:
    """Plain values only, as `yaml.safe_load` gives them.

    Raises:
        yaml.YAMLError: The text is no YAML.
    """
    return yaml.load(text, Loader=_LOADER)
