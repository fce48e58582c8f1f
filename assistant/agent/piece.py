"""One piece of what was read in a CV or another long text, for the person to keep or strike."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.concept import EducationLevel
from assistant.domain.language import Bilingual
from assistant.domain.profile import ExperienceKind
from assistant.guidance.choosing import Sureness
from assistant.retrieval.text import fold

# Choices that are pieces have ids that begin so, and end with the number of the piece.
PIECE = "piece:"


class PieceKind(StrEnum):
    """Kinds of pieces, in the order to show them."""

    EXPERIENCE = "experience"
    EDUCATION = "education"
    LANGUAGE = "language"
    LICENCE = "licence"
    SKILL = "skill"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that a text tells of its writer.

    Attributes:
        kind: What it is.
        said: The words of the text.
        title: What the work or the education is called there.
        concept_ids: Groups that work may be, likeliest first; the concept of a skill or a permit, if any.
        names: What the first of them is called; None without one.
        token: Of the source of that name; empty without one.
        sureness: How sure the first group is.
        years: How long; None when not told.
        country: ISO 3166 code; empty when not told.
        work: On what terms it was done.
        level: Of an education, or of a language (CEFR, `native`, or empty).
        code: Of a language or a driving licence class.
        description: What the text tells of the work.
        is_guess: Only named in the text, or not by its own name: for the person to tick.
        is_repeated: The text tells it more than once.
        is_known: It stands in the profile already.
    """

    kind: PieceKind
    said: str
    title: str = ""
    concept_ids: tuple[str, ...] = ()
    names: Bilingual | None = None
    token: str = ""
    sureness: Sureness = Sureness.SURE
    years: float | None = None
    country: str = ""
    work: ExperienceKind = ExperienceKind.PAID
    level: str = ""
    code: str = ""
    description: str = ""
    is_guess: bool = False
    is_repeated: bool = False
    is_known: bool = False

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes two pieces the same thing, wherever they were told."""
        if self.concept_ids:
            return (self.kind, self.concept_ids[0])
        if self.kind is PieceKind.EDUCATION:
            return (self.kind, self.level, fold(self.title))
        return (self.kind, self.code or fold(self.said))

    @property
    def education_level(self) -> EducationLevel | None:
        """Level of an education; None when it cannot be told."""
        return EducationLevel(self.level) if self.level and self.kind is PieceKind.EDUCATION else None
