"""The groups on offer for work that was told, and their lines for the model."""

from collections.abc import Iterable
from dataclasses import replace

from assistant.agent.piece import Piece, PieceKind
from assistant.domain.source import Source
from assistant.guidance.choosing import differing, sureness
from assistant.guidance.sources import copied_taxonomy_source, skill_source
from assistant.retrieval.cv.values import CvExperience
from assistant.retrieval.knowledge import Knowledge
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


def piece_line(number: int, piece: Piece) -> str:
    """A piece of a CV on one line, for the model."""
    names = f"{piece.names.sv} / {piece.names.en} {piece.token}" if piece.names else ""
    parts = [
        *piece.concept_ids[:1],
        names,
        piece.sureness.value if piece.kind is PieceKind.EXPERIENCE else "",
        f"{piece.years:g} years" if piece.years is not None else "",
        f"country {piece.country}" if piece.country else "",
        f"level {piece.level}" if piece.level else "",
        piece.code,
    ]
    return f'{number}. {piece.kind} "{piece.said}": {", ".join(filter(None, parts))}'


def piece_sources(pieces: Iterable[Piece], knowledge: Knowledge) -> tuple[Source, ...]:
    """The records of what pieces were linked to."""
    catalogue, manifest = knowledge.catalogue, knowledge.manifest
    sources = []
    for piece in pieces:
        if piece.kind is PieceKind.EXPERIENCE:
            group = catalogue.groups[piece.concept_ids[0]]
            sources.append(copied_taxonomy_source(group, catalogue, manifest))
        elif piece.concept_ids and piece.names:
            sources.append(skill_source(piece.concept_ids[0], piece.names, manifest))
    return tuple(sources)


def _details(told: Mention) -> str:
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
