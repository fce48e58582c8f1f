"""The groups on offer for work that was told, and their lines for the model."""

from dataclasses import replace

from assistant.guidance.choosing import differing, sureness
from assistant.retrieval.cv.values import CvExperience
from assistant.retrieval.linker import LinkedConcept, Linker
from assistant.retrieval.mentions.finder import Mention


def offered(mention: Mention, linker: Linker) -> Mention:
    """A mention with the groups to ask about, which differ in kind."""
    return replace(mention, concepts=differing(mention.concepts, mention.quote, linker.are_near))


def offered_of_list(experience: CvExperience, linker: Linker) -> CvExperience:
    """As `offered`, for an experience that a CV lists."""
    return replace(experience, concepts=differing(experience.concepts, experience.title, linker.are_near))


def mention_lines(mention: Mention) -> list[str]:
    """An experience that a message tells of and what it may be, for the model."""
    sure = sureness(mention.concepts)
    return [f'"{mention.quote}" ({_details(mention)}), {sure}:', *map(concept_line, mention.concepts)]


def experience_lines(experience: CvExperience) -> list[str]:
    """An experience that a CV lists and what it may be, for the model."""
    sure = sureness(experience.concepts)
    return [
        f'"{experience.title}" ({_details(experience)}), {sure}:',
        *map(concept_line, experience.concepts),
    ]


def _details(told: Mention | CvExperience) -> str:
    years = f"{told.years:g} years" if told.years is not None else "years not said"
    country = f"country {told.country}" if told.country else "country not said"
    return f"{years}, {country}, kind {told.kind}"


def concept_line(concept: LinkedConcept) -> str:
    """A concept on one line, for the model."""
    label = concept.preferred_label
    names = f"{label.sv} / {label.en}"
    code = f"SSYK {concept.ssyk_code}, " if concept.ssyk_code else ""
    how = f"probability {concept.probability:.2f}" if code else f"score {concept.score:.2f}"
    return f"- {concept.concept_id}: {names} ({code}{how})"
