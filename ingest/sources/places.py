"""Reads the embedded places of Sweden: regions, municipalities, and what people call them."""

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, ValidationError

from assistant.domain.place import Place, PlaceType
from assistant.errors import StarterDataError
from assistant.retrieval.places.names import PlaceEntry
from assistant.yaml_text import parse_yaml
from ingest.starter_schema import ConceptId, StrictRecord, Text

PLACES_FILE = Path(__file__).parent.parent / "starter" / "places.yaml"


class MunicipalityRecord(StrictRecord):
    """A municipality; `also` holds its other names, and towns and districts in it."""

    code: Annotated[str, Field(pattern=r"^\d{4}$")]
    id: ConceptId
    name: Text
    also: tuple[Text, ...] = ()

    def entry(self) -> PlaceEntry:
        """The municipality with all its names."""
        place = Place(self.id, PlaceType.MUNICIPALITY, self.code, self.name, region_code=self.code[:2])
        return PlaceEntry(place, (self.name, *self.also))


class RegionRecord(StrictRecord):
    """A region (county) with its municipalities."""

    code: Annotated[str, Field(pattern=r"^\d{2}$")]
    id: ConceptId
    name: Text
    also: tuple[Text, ...]
    municipalities: Annotated[list[MunicipalityRecord], Field(min_length=1)]

    def entry(self) -> PlaceEntry:
        """The region with all its names."""
        place = Place(self.id, PlaceType.REGION, self.code, self.name, region_code=self.code)
        return PlaceEntry(place, (self.name, *self.also))


class PlacesFile(StrictRecord):
    """The whole file."""

    regions: Annotated[list[RegionRecord], Field(min_length=1)]


def read_places(path: Path = PLACES_FILE) -> tuple[PlaceEntry, ...]:
    """Read the places, each region before its municipalities.

    Raises:
        StarterDataError: The file breaks the schema, two places share an id or a code, two of one type share
            a name, or a municipality's code does not begin with its region's.
    """
    try:
        with path.open(encoding="utf-8") as file:
            read = PlacesFile.model_validate(parse_yaml(file))
    except (yaml.YAMLError, UnicodeDecodeError, ValidationError) as error:
        raise StarterDataError(file=path.name, reason=str(error)) from error
    entries: list[PlaceEntry] = []
    for region in read.regions:
        entries.append(region.entry())
        for municipality in region.municipalities:
            if not municipality.code.startswith(region.code):
                reason = f"{municipality.name}: code {municipality.code} is not in {region.name}"
                raise StarterDataError(file=path.name, reason=reason)
            entries.append(municipality.entry())
    _require_unique(path, entries)
    return tuple(entries)


def _require_unique(path: Path, entries: list[PlaceEntry]) -> None:
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        place = entry.place
        keys = [("id", place.concept_id), ("code", place.code)]
        keys += [(place.type.value, name.lower()) for name in entry.names]
        for key in keys:
            if key in seen:
                raise StarterDataError(file=path.name, reason=f"twice: {key[0]} {key[1]} ({place.name})")
            seen.add(key)
