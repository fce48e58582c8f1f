"""Places of Sweden as the JobTech Taxonomy has them."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceType(StrEnum):
    """JobTech concept types of places."""

    MUNICIPALITY = "municipality"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality or a region (county).

    Attributes:
        concept_id: JobTech concept id.
        type: Municipality or region.
        code: SCB's code, four digits for a municipality and two for a region (the county code).
        name: Swedish name, such as "Malmö" or "Skåne län".
        region_code: Code of the region that it lies in; its own for a region.
    """

    concept_id: str
    type: PlaceType
    code: str
    name: str
    region_code: str
