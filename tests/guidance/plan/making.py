"""Facts for plans, made by hand."""

from assistant.domain.path import Gap, Path, PathKind
from assistant.domain.place import Place, PlaceType
from assistant.domain.plan import Conditions
from assistant.guidance.educations import OfferedEducation
from assistant.guidance.plan.steps import PlanFacts
from assistant.retrieval.stores.catalogue import Catalogue
from tests.guidance.people import group

TODAY = "2026-11-22"
MALMO = Place("oYPt_yRA_Smm", PlaceType.MUNICIPALITY, "1280", "Malmö", "12")


def facts_for(
    catalogue: Catalogue, ssyk_code: str, kind: PathKind, *gaps: Gap, conditions: Conditions | None = None
) -> PlanFacts:
    occupation = group(catalogue, ssyk_code)
    path = Path(occupation.concept_id, ssyk_code, kind, 0.5, matched=(), missing=(), gaps=gaps)
    return PlanFacts(occupation, path, conditions or Conditions(), TODAY)


def offered(title: str, *, place: str = "1280", pace: int = 0, months_long: int = 0) -> OfferedEducation:
    """An education that begins in January 2027, of a known length if it is not 0 months."""
    return OfferedEducation(
        record_id=title,
        system="Planned Educations",
        title=title,
        provider="Exempelskolan",
        form="VUXGY",
        area_codes=(place,),
        place_names=("Malmö",),
        is_distance=False,
        start="2027-01-11",
        end=f"2027-{1 + months_long:02}-11" if months_long else "",
        pace_percent=pace,
        url="https://exempel.se/kurs",
    )
