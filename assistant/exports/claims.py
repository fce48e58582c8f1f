"""What a person says of themselves, claim by claim, for the formats in which each claim stands alone.

Work is no claim here: none of these formats has a place for it, and what it taught are the skills.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from assistant.domain.addresses import Addresses
from assistant.domain.concept import EducationLevel
from assistant.domain.dossier import Dossier, NamedConcept
from assistant.domain.language import Language
from assistant.domain.profile import Education, HeldSkill
from assistant.prompts import Texts


class ClaimKind(StrEnum):
    """What is claimed."""

    SKILL = "skill"
    CERTIFICATE = "certificate"
    DRIVING_LICENCE = "driving_licence"
    EDUCATION = "education"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that the person says of themselves.

    Attributes:
        kind: What it is.
        names: Its name in each language that there is one in, the main one first; the person's own words
            are in the language that they were said in.
        concept_id: Of the taxonomy's concept that it is; empty for all but skills.
        concept: That concept; None where the index does not know it.
    """

    kind: ClaimKind
    names: Mapping[Language, str]
    concept_id: str = ""
    concept: NamedConcept | None = None

    @property
    def name(self) -> str:
        """The name in all its languages."""
        return joined(self.names)


def claims_of(dossier: Dossier, texts: Texts) -> tuple[Claim, ...]:
    """All claims, skills first; a skill that several experiences taught stands once.

    Args:
        dossier: What the person takes along.
        texts: Those of `prompts/exports`.
    """
    return (*_skills(dossier), *_licences(dossier, texts), *_education(dossier, texts))


def said_in(dossier: Dossier, texts: Texts, key: str, **values: str) -> dict[Language, str]:
    """A text in each of the dossier's languages, the main one first."""
    return {language: texts.say(key, language, **values) for language in dossier.languages}


def joined(texts: Mapping[Language, str]) -> str:
    """A text in all its languages, for a place that has room for one text."""
    return " / ".join(dict.fromkeys(texts.values()))


def told_of(claim: Claim, key: str, dossier: Dossier, texts: Texts) -> dict[Language, str]:
    """A text about a claim, with its `$name`, in each of the dossier's languages."""
    return {
        language: texts.say(key, language, name=claim.names.get(language, claim.name))
        for language in dossier.languages
    }


def described(claim: Claim, dossier: Dossier, texts: Texts) -> dict[Language, str]:
    """The claim as a sentence."""
    return told_of(claim, f"open.claim.{claim.kind}", dossier, texts)


def taxonomy_url(concept_id: str) -> str:
    """The public address of a concept's record."""
    return f"{Addresses().taxonomy}/main/concepts?id={concept_id}&include-deprecated=true"


def in_utc(made_at: str) -> str:
    """An ISO 8601 time in UTC; one without a time zone is taken to be in UTC."""
    at = datetime.fromisoformat(made_at)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _skills(dossier: Dossier) -> Iterator[Claim]:
    profile = dossier.profile
    held = (*profile.skills, *(skill for each in profile.experiences for skill in each.skills))
    for skill in {skill.concept_id: skill for skill in held}.values():
        concept = dossier.concepts.get(skill.concept_id)
        on_paper = concept is not None and concept.is_qualification
        kind = ClaimKind.CERTIFICATE if on_paper else ClaimKind.SKILL
        yield Claim(kind, skill_names(skill, dossier), skill.concept_id, concept)


def skill_names(skill: HeldSkill, dossier: Dossier) -> dict[Language, str]:
    """The names of a skill; one that the index does not know has its label alone."""
    if concept := dossier.concepts.get(skill.concept_id):
        return {language: concept.label.text(language) for language in dossier.languages}
    return {dossier.told_in: skill.label}


def _licences(dossier: Dossier, texts: Texts) -> Iterator[Claim]:
    for licence in dossier.profile.licences:
        names = said_in(dossier, texts, "profile.licence", licence=licence)
        yield Claim(ClaimKind.DRIVING_LICENCE, names)


def _education(dossier: Dossier, texts: Texts) -> Iterator[Claim]:
    for education in dossier.profile.education:
        if education.level is not None and education.level.order > 0:
            yield Claim(ClaimKind.EDUCATION, _education_names(education, education.level, dossier, texts))
        elif education.field:
            yield Claim(ClaimKind.COURSE, {dossier.told_in: education.field})


def _education_names(
    education: Education, level: EducationLevel, dossier: Dossier, texts: Texts
) -> dict[Language, str]:
    """Level and subject; the subject is in the person's own words in all languages."""
    levels = said_in(dossier, texts, f"education.{level}")
    return {language: ": ".join(filter(None, (name, education.field))) for language, name in levels.items()}
