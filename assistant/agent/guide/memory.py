"""What the guide remembers between turns: a frozen value, kept as a note in the conversation itself.

The guide has no state of its own: it writes its memory as JSON into its last `note_progress` call
and reads it from there, so the whole state is a function of the messages.
"""

from dataclasses import dataclass, field

from pydantic import TypeAdapter

from assistant.agent.piece import Piece
from assistant.domain.concept import Feature
from assistant.domain.conversation import Choice
from assistant.domain.plan import Conditions
from assistant.domain.profile import ExperienceKind
from assistant.guidance.choosing import Sureness, sureness
from assistant.retrieval.mentions.finder import Mention


@dataclass(frozen=True, slots=True)
class Candidate:
    """An experience that was told and is not yet confirmed.

    Attributes:
        quote: The person's own words.
        concept_ids: Groups that it may be, likeliest first and different in kind; never empty.
        years: As told; None when not.
        country: ISO 3166 code; empty when not told.
        kind: On what terms.
        replaces: Concept id of a confirmed experience that this one corrects.
        sureness: How sure it is that the first group is meant.
        is_denied: None of the groups fitted.
    """

    quote: str
    concept_ids: tuple[str, ...]
    years: float | None = None
    country: str = ""
    kind: ExperienceKind = ExperienceKind.PAID
    replaces: str = ""
    sureness: Sureness = Sureness.UNSURE
    is_denied: bool = False

    @property
    def needs_words(self) -> bool:
        """Whether to ask what was done, rather than to offer groups."""
        return self.is_denied or self.sureness is Sureness.UNLIKELY


@dataclass(frozen=True, slots=True)
class Listed:
    """An occupation that was put before the person in a list, in the words of the list."""

    concept_id: str
    label: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What the last plan was made for: a change of any of it makes a new one.

    `steps` are the titles of its steps, in the language of the plan; `said` tells whether the plan says
    the same as another.
    """

    concept_id: str
    place: str
    conditions: Conditions
    steps: tuple[str, ...]
    said: str = ""


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
        awaiting: A topic, or a plan or a comparison, that was asked for without an occupation.
        place: Where in Sweden the person lives or wants to work, as they said it.
        read: Words for skills that a CV or another long text named.
        pieces: What was read in such a text, while it is asked what of it to keep.
        texts_read: Fingerprints of such texts, so that the same one is noticed.
        long_text: That text, while the person may still agree to send it on.
        goal: Concept id of the occupation that the person wants a plan for; empty while they look around.
        wanted: Groups that a goal may be, while it is asked which.
        conditions: What a plan must fit.
        planned: The last plan; None before the first.
        listed: The occupations put forward last, in their order, so that "the second one" is clear.
        compared: Those compared last.
        seen: Concept ids of what earlier lists held, so that "what else" brings something else.
        turned_down: Concept ids of groups that the person does not want.
        features: What work should be like ("outdoors").
        unwanted: What it should not be like ("not with children").
        of_client: A counsellor writes on behalf of somebody.
        last: What the last answer did with an occupation (`plan`, `look`), so that "and in Lund?" is clear.
        level_offered: Whether simpler texts have been offered.
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
    about: str = ""
    topic: str = ""
    awaiting: str = ""
    place: str = ""
    read: str = ""
    pieces: tuple[Piece, ...] = ()
    texts_read: tuple[str, ...] = ()
    long_text: str = ""
    goal: str = ""
    wanted: tuple[str, ...] = ()
    conditions: Conditions = field(default_factory=Conditions)
    planned: Planned | None = None
    listed: tuple[Listed, ...] = ()
    compared: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    turned_down: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()
    unwanted: tuple[Feature, ...] = ()
    of_client: bool = False
    last: str = ""
    level_offered: bool = False

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
    """A mention as a candidate to confirm."""
    return Candidate(
        quote=mention.quote,
        concept_ids=tuple(concept.concept_id for concept in mention.concepts),
        years=mention.years,
        country=mention.country,
        kind=mention.kind,
        replaces=replaces,
        sureness=sureness(mention.concepts),
    )


def piece_candidate(piece: Piece) -> Candidate:
    """Work that was read in a text as a candidate to confirm."""
    return Candidate(
        quote=piece.said,
        concept_ids=piece.concept_ids,
        years=piece.years,
        country=piece.country,
        kind=piece.work,
        sureness=piece.sureness,
    )
