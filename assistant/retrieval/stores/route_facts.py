"""Routes in the form in which the catalogue's file keeps them."""

import json
from typing import TypedDict

from assistant.domain.language import Bilingual, Cefr
from assistant.domain.plan import StepKind
from assistant.domain.route import Origin, Route, RouteStep


class _Pair(TypedDict):
    sv: str
    en: str


class _StepFacts(TypedDict):
    kind: str
    title: _Pair
    text: _Pair
    first_action: _Pair
    months: list[float] | None
    guide_id: str
    url: str
    name: str


class RouteFacts(TypedDict):
    """A route as its row has it, beside its id."""

    title: _Pair
    authority: str
    ssyk_codes: list[str]
    swedish: str | None
    steps: dict[str, list[_StepFacts]]
    checked: str


def route_row(route: Route) -> tuple[str, str]:
    """The id and the facts of a route, as JSON."""
    facts = RouteFacts(
        title=_pair(route.title),
        authority=route.authority,
        ssyk_codes=list(route.ssyk_codes),
        swedish=route.swedish,
        steps={origin: [_step_facts(step) for step in way] for origin, way in route.steps.items()},
        checked=route.checked,
    )
    return route.route_id, json.dumps(facts, ensure_ascii=False)


def read_route(route_id: str, facts: RouteFacts) -> Route:
    """A route of a row; the manifest's schema version vouches for its form."""
    return Route(
        route_id=route_id,
        title=Bilingual(**facts["title"]),
        authority=facts["authority"],
        ssyk_codes=tuple(facts["ssyk_codes"]),
        swedish=Cefr(facts["swedish"]) if facts["swedish"] else None,
        steps={Origin(origin): tuple(map(_read_step, way)) for origin, way in facts["steps"].items()},
        checked=facts["checked"],
    )


def _pair(text: Bilingual) -> _Pair:
    return _Pair(sv=text.sv, en=text.en)


def _step_facts(step: RouteStep) -> _StepFacts:
    return _StepFacts(
        kind=step.kind,
        title=_pair(step.title),
        text=_pair(step.text),
        first_action=_pair(step.first_action),
        months=list(step.months) if step.months else None,
        guide_id=step.guide_id,
        url=step.url,
        name=step.name,
    )


def _read_step(facts: _StepFacts) -> RouteStep:
    months = facts["months"]
    return RouteStep(
        kind=StepKind(facts["kind"]),
        title=Bilingual(**facts["title"]),
        text=Bilingual(**facts["text"]),
        first_action=Bilingual(**facts["first_action"]),
        months=(months[0], months[1]) if months else None,
        guide_id=facts["guide_id"],
        url=facts["url"],
        name=facts["name"],
    )
