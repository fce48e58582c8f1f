"""Tells a route: who decides, each step with its source, and what Swedish is missing."""

from assistant.domain.concept import OccupationGroup
from assistant.domain.language import Cefr
from assistant.domain.plan import StepKind
from assistant.domain.route import Origin, Route, RouteStep
from assistant.domain.source import Source
from assistant.guidance.recognition import route_of
from assistant.guidance.sources import OWN_SYSTEM, guide_source, regulation_source
from assistant.guidance.statement import Statement, Voice
from assistant.retrieval.stores.catalogue import Catalogue

_REGULATED = ("regulated-professions", 0)
_LEVELS, _WHERE_TO_LEARN = ("swedish-levels", 0), ("swedish-levels", 3)
_WEEKS_IN_A_MONTH = 4.3
# What may take less than a month is said in weeks, and what takes a year in years where it comes out even.
_ONE_MONTH, _A_YEAR = 1.0, 12.0


def step_time(step: RouteStep, voice: Voice) -> str:
    """How long a step takes, as a sentence; empty when nobody can say."""
    if step.months is None:
        return ""
    least, most = step.months
    if least < _ONE_MONTH:
        unit, lengths = "weeks", [max(1.0, round(months * _WEEKS_IN_A_MONTH)) for months in (least, most)]
    elif least >= _A_YEAR and all(months * 2 % _A_YEAR == 0 for months in (least, most)):
        unit, lengths = "years", [months / _A_YEAR for months in (least, most)]
    else:
        unit, lengths = "months", [least, most]
    shortest, longest = (f"{length:g}".replace(".", voice.say("way.time.decimal")) for length in lengths)
    if shortest == longest:
        return voice.say(f"way.time.{unit}_one" if longest == "1" else f"way.time.{unit}", longest=longest)
    return voice.say(f"way.time.{unit}_range", shortest=shortest, longest=longest)


def step_source(route: Route, step: RouteStep, catalogue: Catalogue, voice: Voice) -> Source:
    """Our own words on one step of a route, with the authority's page to check them by."""
    title = step.title.text(voice.language)
    said = (f"{title}.", step.text.text(voice.language), step.first_action.text(voice.language))
    return Source(
        source_id=f"route-step:{route.route_id}:{step.name}:{voice.language}",
        system=OWN_SYSTEM,
        title=f"{route.title.text(voice.language)}: {title}",
        url=step.url or catalogue.guides[step.guide_id].url,
        version=route.checked,
        retrieved_at=route.checked,
        quote=" ".join(part for part in (*said, step_time(step, voice)) if part),
    )


def who_decides(group: OccupationGroup, catalogue: Catalogue, voice: Voice) -> Statement:
    """The authority that decides on a group, or that the employer does."""
    route = route_of(catalogue, group)
    if regulation := group.regulation:
        authority, title = regulation.authority, regulation.title.text(voice.language)
        guide = catalogue.guides[regulation.guide_id]
        source = regulation_source(group, regulation, guide, voice.language)
    elif route and route.authority:
        authority, title = route.authority, route.title.text(voice.language)
        source = _route_source(route, catalogue, voice)
    else:
        return _said("way.who.employer", _REGULATED, catalogue, voice)
    said = voice.say("way.who.authority", authority=authority, title=title)
    return Statement(f"{said} {source.token}", source)


def whose_way(origin: Origin, group: OccupationGroup, voice: Voice) -> Statement:
    """For whom the steps are, by where they are trained."""
    key = f"way.origin.{origin}"
    return Statement(voice.say(key, work=group.name(voice.language)))


def step_statements(
    route: Route, steps: tuple[RouteStep, ...], catalogue: Catalogue, voice: Voice
) -> tuple[Statement, ...]:
    """The steps, each on a line with its number, what to do first, its time and its source."""
    return tuple(_step_told(number, route, step, catalogue, voice) for number, step in enumerate(steps, 1))


def swedish_told(
    route: Route, origin: Origin, known: Cefr | None, catalogue: Catalogue, voice: Voice
) -> tuple[Statement, ...]:
    """How the person's Swedish compares with the level that the rules name, and where to learn the rest.

    Args:
        route: The route.
        origin: Where the person is trained.
        known: How well they have told that they know Swedish; None when they have not.
        catalogue: With the guide pages.
        voice: The language to say it in.

    Returns:
        Nothing where the rules name no level: the step on Swedish says then what holds.
    """
    if route.swedish is None or not any(step.kind is StepKind.SWEDISH for step in route.steps[origin]):
        return ()
    if known is None:
        return (Statement(voice.say("way.swedish.untold")),)
    if known.order >= route.swedish.order:
        return (_own_level(known, catalogue, voice), Statement(voice.say("way.swedish.enough")))
    learn = "way.swedish.learn_sfi" if known.order < Cefr.B1.order else "way.swedish.learn_more"
    return (_own_level(known, catalogue, voice), _said(learn, _WHERE_TO_LEARN, catalogue, voice))


def _route_source(route: Route, catalogue: Catalogue, voice: Voice) -> Source:
    """Who decides on a route, with the page of its first step to check it by."""
    first = route.steps[Origin.NONE][0]
    title = route.title.text(voice.language)
    return Source(
        source_id=f"route-authority:{route.route_id}:{voice.language}",
        system=OWN_SYSTEM,
        title=title,
        url=first.url or catalogue.guides[first.guide_id].url,
        version=route.checked,
        retrieved_at=route.checked,
        quote=f"{title}: {route.authority}",
    )


def _own_level(known: Cefr, catalogue: Catalogue, voice: Voice) -> Statement:
    if known is Cefr.NONE:
        return Statement(voice.say("way.swedish.own_none"))
    return _said("way.swedish.own", _LEVELS, catalogue, voice, level=known)


def _step_told(number: int, route: Route, step: RouteStep, catalogue: Catalogue, voice: Voice) -> Statement:
    source = step_source(route, step, catalogue, voice)
    said = voice.say(
        "way.first_step" if number == 1 else "way.step",
        title=step.title.text(voice.language).rstrip("?"),
        text=step.text.text(voice.language),
        first=step.first_action.text(voice.language),
    )
    time = step_time(step, voice)
    return Statement(" ".join(part for part in (f"{number}.", said, time, source.token) if part), source)


def _said(key: str, section: tuple[str, int], catalogue: Catalogue, voice: Voice, **values: str) -> Statement:
    guide_id, number = section
    source = guide_source(catalogue.guides[guide_id], number, voice.language)
    return Statement(f"{voice.say(key, **values)} {source.token}", source)
