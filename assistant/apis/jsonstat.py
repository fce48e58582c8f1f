"""Reads JSON-stat 2.0 datasets, the form in which PxWeb gives tables and what they are made of.

Format: https://json-stat.org/full/. Categories may be listed as an object or an array, values as an
array or as an object of the cells that have one.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from assistant.apis.wire import ListOf, Text, Wire, parsed
from assistant.errors import UpstreamMalformed


@dataclass(frozen=True, slots=True)
class Dimension:
    """A variable of a table.

    Attributes:
        code: The variable's code, as selections name it.
        label: The variable's name in the language asked for.
        labels: Names of the values by their codes, in the table's order.
        total_code: Code of the value that stands for all of them; empty when the source names none.
    """

    code: str
    label: str
    labels: Mapping[str, str]
    total_code: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table, with figures or without.

    Attributes:
        label: Title.
        source: Who publishes it.
        updated: When, as the source writes it.
        dimensions: The variables; the last one runs fastest through the cells.
        time_codes: Codes of the variables that are time.
        metric_codes: Codes of the variables that say what is measured.
        values: Figures by cell number; cells without a figure are left out.
        status: The source's marks by cell number, such as ".." for a figure that is not published.
    """

    label: str
    source: str
    updated: str
    dimensions: tuple[Dimension, ...]
    time_codes: tuple[str, ...]
    metric_codes: tuple[str, ...]
    values: Mapping[int, float]
    status: Mapping[int, str]

    def value(self, selection: Mapping[str, str]) -> float | None:
        """The figure of one cell, None where the source gives none.

        Args:
            selection: Value codes by variable code; a variable with a single value may be left out.

        Raises:
            KeyError: A variable of several values is left out, or there is no such value.
        """
        return self.values.get(self._cell(selection))

    def _cell(self, selection: Mapping[str, str]) -> int:
        number = 0
        for dimension in self.dimensions:
            codes = list(dimension.labels)
            is_implied = len(codes) == 1 and dimension.code not in selection
            code = codes[0] if is_implied else selection[dimension.code]
            if code not in dimension.labels:
                raise KeyError(code)
            number = number * len(codes) + codes.index(code)
        return number


def _by_cell(value: Any) -> Any:
    """Cells as an object; an array lists them all."""
    return dict(enumerate(value or [])) if value is None or isinstance(value, list) else value


def _marks(value: Any) -> Any:
    """Marks by cell; a single one for all of them says nothing of any."""
    return {} if isinstance(value, str) else _by_cell(value)


def _positions(value: Any) -> Any:
    return {code: place for place, code in enumerate(value)} if isinstance(value, list) else value


def _figure(value: Any) -> float | None:
    """A number; PxWeb writes marks such as ".." for what it does not give."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


class _Category(Wire):
    index: Annotated[dict[str, int] | None, BeforeValidator(_positions)] = None
    label: dict[str, Text] | None = None

    def ordered(self) -> dict[str, str]:
        """Labels by code, in the order of the cells; a code without a label is its own."""
        labels = self.label or {}
        index = self.index if self.index is not None else dict.fromkeys(labels, 0)
        return {code: labels.get(code, "") or code for code in sorted(index, key=index.__getitem__)}


class _DimensionExtension(Wire):
    total_code: Annotated[Text, Field(alias="eliminationValueCode")] = ""


class _WireDimension(Wire):
    label: Text = ""
    category: _Category
    extension: _DimensionExtension | None = None

    def to_dimension(self, code: str) -> Dimension:
        total = self.extension.total_code if self.extension else ""
        return Dimension(code, self.label or code, self.category.ordered(), total)


class _Role(Wire):
    time: ListOf[str] = []
    metric: ListOf[str] = []


class _WireDataset(Wire):
    label: Text = ""
    source: Text = ""
    updated: Text = ""
    id: list[str]
    size: list[int]
    dimension: dict[str, _WireDimension]
    role: _Role | None = None
    value: Annotated[dict[int, Any], BeforeValidator(_by_cell)] = {}
    status: Annotated[dict[int, Text], BeforeValidator(_marks)] = {}


def read_dataset(raw: object, *, service: str, operation: str) -> Dataset:
    """Read a dataset of one table, such as PxWeb's answers on `/metadata` and `/data`.

    Raises:
        UpstreamMalformed: It is no such dataset, or its parts do not fit together.
    """
    wire = parsed(_WireDataset, raw, service=service, operation=operation)
    if set(wire.id) - wire.dimension.keys():
        raise UpstreamMalformed(service=service, operation=operation, reason="a variable is not described")
    dimensions = tuple(wire.dimension[code].to_dimension(code) for code in wire.id)
    # Without figures it does not matter, and the official example of metadata has sizes that do not fit.
    if wire.value and wire.size != [len(dimension.labels) for dimension in dimensions]:
        raise UpstreamMalformed(service=service, operation=operation, reason="sizes do not fit")
    cells = math.prod(wire.size)
    if any(not 0 <= cell < cells for cell in wire.value):
        raise UpstreamMalformed(service=service, operation=operation, reason="more values than cells")
    figures = {cell: _figure(value) for cell, value in wire.value.items()}
    role = wire.role or _Role()
    return Dataset(
        label=wire.label,
        source=wire.source,
        updated=wire.updated,
        dimensions=dimensions,
        time_codes=tuple(role.time),
        metric_codes=tuple(role.metric),
        values={cell: figure for cell, figure in figures.items() if figure is not None},
        status=wire.status,
    )
