"""What the guide remembers between turns: a frozen value, kept as a note in the conversation itself.

The guide has no state of its own: it writes its memory as JSON into its last `note_progress` call
and reads it from there, so the whole state is a function of the messages.
"""

from dataclasses import dataclass

from pydantic import TypeAdapter

from assistant.domain.conversation import Choice
from assistant.domain.profile import ExperienceKind
from assistant.retrieval.cv.values import CvExperience
from assistant.retrieval.linker import LinkedConcept
from assistant.retrieval.mentions.finder import Mention

_WORTH_OFFERING = 0.35


@dataclass(frozen=True, slots=True)
class Candidate:
    """An experience that was told and is not yet confirmed.

    `replaces` is the concept id of a confirmed experience that this one corrects; `is_guess` says that
    the words named no work clearly.
    """

    quote: str
    concept_ids: tuple[str, ...]
    years: float | None = None
    country: str = ""
    kind: ExperienceKind = ExperienceKind.PAID
    replaces: str = ""
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """Where the interview is.

    Attributes:
        open_question: The question that the last answer ended with; empty before the first.
        settled: Questions that need not be asked again, some with the concept id they were about.
        pending: Experiences to confirm, in the order told.
        current: Concept id of the experience that was confirmed last.
        day: What the person said of an ordinary day there, and of the work before.
        told: The person's words for the work that has been confirmed.
        offered: Buttons under the last answer.
        wish: What the person wants next, in their own words.
        missed: How many messages in a row were not understood.
        asked: The person's question that the last answer answered, so that "and what does it cost?" is clear.
        language: Language of the last answer; empty before the first.
        about: Concept id of the occupation that the sources were last asked about.
        topic: What they were asked (`ads`, `pay`, ...), so that "and in Lund?" is clear.
        awaiting: A topic that was asked about without an occupation.
        place: Where in Sweden the person lives or wants to work, as they said it.
        read: Words for skills that a CV or another long text named.
        long_text: That text, while the person may still agree to send it on.
        retelling: An experience that none of the offered groups fitted, to be told in other words.
    """

    open_question: str = ""
    settled: frozenset[str] = frozenset()
    pending: tuple[Candidate, ...] = ()
    current: str = ""
    day: str = ""
    told: str = ""
    offered: tuple[Choice, ...] = ()
    wish: str = ""
    missed: int = 0
    asked: str = ""
    language: str = ""
    retelling: Candidate | None = None
    about: str = ""
    topic: str = ""
    awaiting: str = ""
    place: str = ""
    read: str = ""
    long_text: str = ""

    @property
    def described(self) -> str:
        """What the person's own words say of their skills, to offer those first."""
        return f"{self.read} {self.day}".strip()


_ADAPTER = TypeAdapter(Memory)


def to_note(memory: Memory) -> str:
    """The memory as a note."""
    return _ADAPTER.dump_json(memory).decode()


def from_note(note: str) -> Memory:
    """The memory from its note; a new one from an empty note."""
    return _ADAPTER.validate_json(note) if note else Memory()


def candidate(mention: Mention, *, replaces: str = "") -> Candidate:
    """A mention as a candidate to confirm, without groups that hardly fit beside the best."""
    return Candidate(
        quote=mention.quote,
        concept_ids=_worth_offering(mention.concepts),
        years=mention.years,
        country=mention.country,
        kind=mention.kind,
        replaces=replaces,
    )


def listed_candidate(experience: CvExperience) -> Candidate:
    """An experience of a CV as a candidate to confirm; it has concepts."""
    return Candidate(
        quote=experience.title,
        concept_ids=_worth_offering(experience.concepts),
        years=experience.years,
        country=experience.country,
        kind=experience.kind,
    )


def _worth_offering(concepts: tuple[LinkedConcept, ...]) -> tuple[str, ...]:
    enough = _WORTH_OFFERING * concepts[0].score
    return tuple(concept.concept_id for concept in concepts if concept.score >= enough)
