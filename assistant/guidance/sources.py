"""Makes citable sources of what the index and the taxonomy say."""

from assistant.apis.taxonomy import SERVICE as TAXONOMY_SYSTEM
from assistant.apis.taxonomy import TaxonomyConcept, concept_address
from assistant.domain.concept import GuidePage, OccupationGroup, Skill
from assistant.domain.language import Language
from assistant.domain.source import Source
from assistant.retrieval.manifest import Manifest

OWN_SYSTEM = "Vägvisare"


def taxonomy_source_id(concept_id: str) -> str:
    """Id of the source that is a concept's record in the taxonomy."""
    return f"taxonomy:{concept_id}"


def live_taxonomy_source(concept: TaxonomyConcept, retrieved_at: str) -> Source:
    """The record as the taxonomy has it now; quotes its definition, or its label if it has none."""
    return Source(
        source_id=taxonomy_source_id(concept.concept_id),
        system=TAXONOMY_SYSTEM,
        title=concept.preferred_label,
        url=concept_address(concept.concept_id),
        version=concept.version,
        retrieved_at=retrieved_at,
        quote=concept.definition or concept.preferred_label,
    )


def copied_taxonomy_source(group: OccupationGroup, skills: tuple[Skill, ...], manifest: Manifest) -> Source:
    """The record as the index has it; quotes label, code and the skills related to it."""
    version = next((source for source in manifest.sources if source.system == TAXONOMY_SYSTEM), None)
    names = "; ".join(skill.preferred_label.sv for skill in skills)
    return Source(
        source_id=taxonomy_source_id(group.concept_id),
        system=TAXONOMY_SYSTEM,
        title=group.preferred_label.sv,
        url=concept_address(group.concept_id),
        version=version.version if version else "",
        retrieved_at=version.retrieved_at if version else manifest.built_at,
        quote=f"{group.preferred_label.sv} (SSYK {group.ssyk_code}). Kompetenser: {names}.",
    )


def skills_source(group: OccupationGroup, skills: tuple[Skill, ...], manifest: Manifest) -> Source:
    """The skills that the taxonomy relates to a group, as the index has them."""
    copy = copied_taxonomy_source(group, skills, manifest)
    return Source(
        source_id=f"skills:{group.concept_id}",
        system=copy.system,
        title=copy.title,
        url=copy.url,
        version=copy.version,
        retrieved_at=copy.retrieved_at,
        quote=copy.quote,
    )


def description_source(group: OccupationGroup, language: Language, manifest: Manifest) -> Source:
    """Our own plain words on what one does in a group, with the concept's address to check them by."""
    return Source(
        source_id=f"description:{group.concept_id}:{language}",
        system=OWN_SYSTEM,
        title=group.name(language),
        url=concept_address(group.concept_id),
        version=manifest.content_hash[:8],
        retrieved_at=manifest.built_at[:10],
        quote=group.description.text(language),
    )


def route_source(group: OccupationGroup, guide: GuidePage, language: Language) -> Source:
    """Our own summary of the usual way into a group, with the authority's page to check it by."""
    return Source(
        source_id=f"route:{group.concept_id}:{language}",
        system=OWN_SYSTEM,
        title=group.name(language),
        url=guide.url,
        version=guide.checked,
        retrieved_at=guide.checked,
        quote=group.education.route.text(language),
    )


def guide_source(guide: GuidePage, section: int, language: Language) -> Source:
    """One section of a guide page, at the authority's own address."""
    part = guide.sections[section]
    return Source(
        source_id=f"guide:{guide.guide_id}:{section}:{language}",
        system=guide.authority,
        title=guide.title.text(language),
        url=guide.url,
        version=guide.checked,
        retrieved_at=guide.checked,
        quote=f"{part.heading.text(language)} {part.body.text(language)}",
    )
