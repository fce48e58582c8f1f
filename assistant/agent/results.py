"""What tools bring back beside the text for the model: typed, for citations, cards and the guide."""

from dataclasses import dataclass, field

from assistant.domain.concept import OccupationGroup, Skill
from assistant.domain.conversation import Choice, PathCard, Phase
from assistant.domain.path import Path
from assistant.domain.profile import Profile
from assistant.domain.source import Source
from assistant.retrieval.guide_search import GuideHit
from assistant.retrieval.linker import LinkedConcept
from assistant.retrieval.mentions import Mention


@dataclass(frozen=True, slots=True)
class ToolResult:
    """Sources that a tool brought; each kind of result adds its own data."""

    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundOccupations(ToolResult):
    """Experiences in a message, and the groups that fit the message as a whole."""

    mentions: tuple[Mention, ...] = ()
    nearest: tuple[LinkedConcept, ...] = ()


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
