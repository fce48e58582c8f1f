"""What tools bring back beside the text for the model: typed, for citations, cards and the guide."""

from dataclasses import dataclass, field

from assistant.agent.piece import Piece
from assistant.apis.ad_records import Ad
from assistant.apis.barometer import Outlook
from assistant.apis.esco import EscoHit
from assistant.apis.historical_ads import YearCount
from assistant.apis.jobsearch import AdCount
from assistant.apis.scb import Pay
from assistant.domain.cards import ComparisonCard, OccupationCard, PathCard, PlanCard
from assistant.domain.concept import OccupationGroup, Skill
from assistant.domain.conversation import Choice, Phase
from assistant.domain.language import Cefr
from assistant.domain.path import Path
from assistant.domain.profile import Profile
from assistant.domain.route import Origin, Route, RouteStep
from assistant.domain.source import Source
from assistant.guidance.educations import OfferedEducation
from assistant.guidance.statement import Statement
from assistant.guidance.whereabouts import Whereabouts
from assistant.retrieval.guide_search import GuideHit
from assistant.retrieval.linker import LinkedConcept
from assistant.retrieval.mentions.finder import Mention
from assistant.retrieval.places.names import FoundPlace


@dataclass(frozen=True, slots=True)
class ToolResult:
    """Sources that a tool brought; each kind of result adds its own data."""

    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundOccupations(ToolResult):
    """Experiences in a message, the groups that fit it as a whole, and the Swedish places it names.

    The concepts of each mention, and `choices` among the nearest, are those to offer: they differ in kind.
    """

    mentions: tuple[Mention, ...] = ()
    nearest: tuple[LinkedConcept, ...] = ()
    choices: tuple[LinkedConcept, ...] = ()
    places: tuple[FoundPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class OccupationFacts(ToolResult):
    """What is known of one group; `replaced_by` when the taxonomy has retired its concept."""

    group: OccupationGroup | None = None
    confirmed_live: bool = False
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class ListedSkills(ToolResult):
    """Skills of a group, those that fit the person's words first."""

    skills: tuple[Skill, ...] = ()


@dataclass(frozen=True, slots=True)
class GuideAnswers(ToolResult):
    """Sections of guide pages that answer a question; empty when none does."""

    hits: tuple[GuideHit, ...] = ()


@dataclass(frozen=True, slots=True)
class SuggestedPaths(ToolResult):
    """Paths with their explanations, in the order to show them."""

    cards: tuple[PathCard, ...] = ()


@dataclass(frozen=True, slots=True)
class AssessedOccupation(ToolResult):
    """An honest answer about one occupation for this person."""

    path: Path | None = None
    card: PathCard | None = None


@dataclass(frozen=True, slots=True)
class Progress(ToolResult):
    """The profile and where the interview is; `memo` is the model's own note to itself."""

    profile: Profile = field(default_factory=Profile)
    phase: Phase = Phase.WELCOME
    memo: str = ""


@dataclass(frozen=True, slots=True)
class OfferedChoices(ToolResult):
    """Buttons to show under the answer."""

    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveResult(ToolResult):
    """What public sources say now; the rest of it stands even when some of them are missing.

    Attributes:
        statements: Sentences in the person's language, each with the token of its source.
        missing: Systems that could not be reached.
        stale: Systems that do not answer now, each with the time of the earlier answer in its place.
        is_live: Whether public sources are asked at all (the setting `LIVE_SOURCES`).
    """

    statements: tuple[Statement, ...] = ()
    missing: tuple[str, ...] = ()
    stale: tuple[tuple[str, str], ...] = ()
    is_live: bool = True


@dataclass(frozen=True, slots=True)
class ReadText(LiveResult):
    """What a CV or another long text tells.

    Attributes:
        pieces: All of it, piece by piece, for the person to keep or strike. Nothing else of the text is
            here: what is kept with a conversation can be seen and struck.
    """

    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundAds(LiveResult):
    """Open job ads of a group; `total` is for the place, None when it could not be read."""

    group: OccupationGroup | None = None
    where: Whereabouts = field(default_factory=Whereabouts)
    total: int | None = None
    country_total: int | None = None
    ads: tuple[Ad, ...] = ()
    by_region: tuple[AdCount, ...] = ()
    by_year: tuple[YearCount, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundEducations(LiveResult):
    """Educations, those in the place first.

    `total` is how many were found before the best were chosen; `group` is the occupation that they are
    for, also when only the words asked for led to it.
    """

    group: OccupationGroup | None = None
    where: Whereabouts = field(default_factory=Whereabouts)
    total: int = 0
    educations: tuple[OfferedEducation, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownDemand(LiveResult):
    """Forecasts of demand; `county` is empty where only the whole country is assessed."""

    group: OccupationGroup | None = None
    where: Whereabouts = field(default_factory=Whereabouts)
    county: tuple[Outlook, ...] = ()
    country: tuple[Outlook, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPay(LiveResult):
    """Pay of a group; None when nothing is published or the source is missing."""

    group: OccupationGroup | None = None
    pay: Pay | None = None


@dataclass(frozen=True, slots=True)
class FoundEsco(LiveResult):
    """Concepts of ESCO; `groups` are occupation groups of ours by the ISCO code of a hit."""

    occupations: tuple[EscoHit, ...] = ()
    skills: tuple[EscoHit, ...] = ()
    groups: tuple[OccupationGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownRoute(LiveResult):
    """The way into an occupation, for somebody trained in one place.

    Attributes:
        group: The occupation group.
        route: Its route; None in an index without routes only.
        origin: Where the person is trained for it.
        steps: In order.
        swedish: How well they say they know Swedish; None when they have not said.
    """

    group: OccupationGroup | None = None
    route: Route | None = None
    origin: Origin = Origin.NONE
    steps: tuple[RouteStep, ...] = ()
    swedish: Cefr | None = None


@dataclass(frozen=True, slots=True)
class ShownOccupation(LiveResult):
    """The page of one occupation."""

    group: OccupationGroup | None = None
    card: OccupationCard | None = None


@dataclass(frozen=True, slots=True)
class ComparedOccupations(LiveResult):
    """Occupations side by side."""

    groups: tuple[OccupationGroup, ...] = ()
    card: ComparisonCard | None = None


@dataclass(frozen=True, slots=True)
class ExploredOccupations(LiveResult):
    """Occupations found by what they are near or like, as paths, best first."""

    cards: tuple[PathCard, ...] = ()


@dataclass(frozen=True, slots=True)
class MadePlan(LiveResult):
    """The way to one occupation as a plan; the statements are what is to be said beside it."""

    group: OccupationGroup | None = None
    card: PlanCard | None = None
