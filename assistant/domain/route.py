"""The way into an occupation as ordered steps: recognition, licences, validation, Swedish, placement."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.language import Bilingual, Cefr
from assistant.domain.plan import StepKind


class Origin(StrEnum):
    """Where an education or certificate for an occupation is from; decides the way, never the rank."""

    SWEDEN = "sweden"
    EU = "eu"
    ELSEWHERE = "elsewhere"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step, in our own words, backed by a guide page.

    Attributes:
        kind: What kind of step.
        title: A few words.
        text: What is done and why, whole sentences.
        first_action: What the person does first, an imperative sentence.
        months: The least and the most that it takes; None when nobody can say.
        guide_id: The guide page that backs it; its own address is the source's.
        url: The authority's page on this very step; empty for that of the guide page.
        name: What it is called within its route.
    """

    kind: StepKind
    title: Bilingual
    text: Bilingual
    first_action: Bilingual
    months: tuple[float, float] | None
    guide_id: str
    url: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """The way into some occupation groups, for people who come from different places.

    Attributes:
        route_id: Name of its file.
        title: Such as "Licence as a nurse".
        authority: Who decides; empty where the employer does.
        ssyk_codes: The groups that it is for; empty for all that no other route names.
        swedish: The level of Swedish that the rules ask for; None when they name none.
        steps: In order, by where the education is from.
        checked: ISO date on which it was checked.
    """

    route_id: str
    title: Bilingual
    authority: str
    ssyk_codes: tuple[str, ...]
    swedish: Cefr | None
    steps: Mapping[Origin, tuple[RouteStep, ...]]
    checked: str
