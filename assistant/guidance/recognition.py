"""The way into an occupation by where somebody is trained: recognition, licences, validation, Swedish."""

from collections.abc import Iterable

from assistant.domain.concept import EducationLevel, OccupationGroup
from assistant.domain.language import Cefr
from assistant.domain.plan import StepKind
from assistant.domain.profile import Education, Profile
from assistant.domain.route import Origin, Route, RouteStep
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.text import content_words, fold

HOME = "SE"
# EU, EEA and Switzerland: the directive on professional qualifications (2005/36/EC) holds for all of them.
DIRECTIVE_COUNTRIES = frozenset(
    "AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()
)
# Where no rule names a level, whoever speaks as well as this has nothing to learn for the job first.
_ENOUGH_WITHOUT_RULE = Cefr.C1
_SHORT_WORD, _LONG_STEM, _SHORT_STEM = 7, 5, 4


def route_of(catalogue: Catalogue, group: OccupationGroup) -> Route | None:
    """The route for a group; that for all others where no route names it.

    Returns:
        None in a catalogue without routes only.
    """
    named = (route for route in catalogue.routes if group.ssyk_code in route.ssyk_codes)
    for_all = (route for route in catalogue.routes if not route.ssyk_codes)
    return next(named, None) or next(for_all, None)


def route_steps(
    catalogue: Catalogue, group: OccupationGroup, origin: Origin, swedish: Cefr | None = None
) -> tuple[RouteStep, ...]:
    """The steps into a group, in order.

    Args:
        catalogue: With the routes.
        group: Where the person wants to.
        origin: Where they are trained for it; see `origin_of`.
        swedish: How well they know Swedish; None when they have not said. Steps on Swedish are left out
            for those who know as much as is asked for.

    Returns:
        One to eight steps; none in a catalogue without routes only.
    """
    route = route_of(catalogue, group)
    if route is None:
        return ()
    asked = route.swedish or _ENOUGH_WITHOUT_RULE
    knows_enough = swedish is not None and swedish.order >= asked.order
    return tuple(step for step in route.steps[origin] if not (knows_enough and step.kind is StepKind.SWEDISH))


def origin_of(profile: Profile, group: OccupationGroup) -> Origin:
    """Where somebody is trained for a group, by the country of their education or their work in it.

    An education counts where it is for the group: by its words where an authority decides, since a
    degree in economics is no beginning of a licence as a nurse; by its level elsewhere.

    Where they are trained but have not said where, the countries that they have worked in tell.

    Returns:
        NONE for those without a training for it; also where they have told of no country, since nobody
        is sent to a recognition that they may not need.
    """
    trained = [education.country for education in profile.education if is_for(education, group)]
    worked = [done.country for done in profile.experiences if done.ssyk_code == group.ssyk_code]
    told = [country for country in (*trained, *worked) if country]
    if not told and (trained or worked):
        told = [done.country for done in profile.experiences if done.country]
    return _most_settled(map(origin_by_country, told))


def origin_by_country(country: str) -> Origin:
    """The origin that a country makes.

    Args:
        country: ISO 3166 code of two letters, empty for no training.
    """
    code = country.strip().upper()
    if not code:
        return Origin.NONE
    if code == HOME:
        return Origin.SWEDEN
    return Origin.EU if code in DIRECTIVE_COUNTRIES else Origin.ELSEWHERE


def is_for(education: Education, group: OccupationGroup) -> bool:
    """Whether an education is a training for a group, as far as its level and its words tell."""
    if group.regulation is None:
        level = education.level
        return level is not None and level.order >= max(
            group.education.level.order, EducationLevel.UPPER_SECONDARY.order
        )
    names = fold(" ".join(_names(group)))
    return any(_stem(word) in names for word in content_words(education.field) if len(word) > 2)


def _names(group: OccupationGroup) -> Iterable[str]:
    yield group.preferred_label.sv
    yield group.preferred_label.en
    for titles in group.titles.values():
        yield from titles


def _stem(word: str) -> str:
    """The beginning of a word that "nursing" and "nurse", "lärarutbildning" and "lärare" have in common."""
    return word[: _SHORT_STEM if len(word) <= _SHORT_WORD else _LONG_STEM]


def _most_settled(origins: Iterable[Origin]) -> Origin:
    """The origin with the shortest way, since any one training is enough to go it."""
    return min(origins, key=list(Origin).index, default=Origin.NONE)
