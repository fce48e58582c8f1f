"""What a message tells of work, as values, and what finding it asks of a linker."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.domain.language import Language
from assistant.domain.profile import ExperienceKind
from assistant.retrieval.mentions.status import Status

if TYPE_CHECKING:
    from assistant.retrieval.linker import LinkedConcept


@dataclass(frozen=True, slots=True)
class Mention:
    """Work that a message speaks of.

    Attributes:
        quote: The person's own words, `message[start:end]`.
        start: Position of the quote in the message.
        end: Position after it.
        concepts: Occupation groups that fit, best first; never empty.
        years: As said, None when not.
        country: ISO 3166 code, empty when not said.
        kind: On what terms the work was done.
        status: Done by the person, or wished for, denied, or told of somebody else.
        language: What the quote is written in.
    """

    quote: str
    start: int
    end: int
    concepts: "tuple[LinkedConcept, ...]"
    years: float | None
    country: str
    kind: ExperienceKind
    status: Status = Status.DONE
    language: Language = Language.SV


class PhraseLinker(Protocol):
    """What the finder asks of a linker, which itself offers the finder's work."""

    def occupations(self, text: str, *, top_k: int = 5) -> "tuple[LinkedConcept, ...]":
        """Occupation groups that fit a phrase, best first."""
        ...

    def are_near(self, group_id: str, other_id: str) -> bool:
        """Whether two occupation groups are neighbours."""
        ...
