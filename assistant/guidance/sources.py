"""Makes citable sources of what the index and the taxonomy say."""

from collections.abc import Iterable
from typing import TypedDict

from assistant.apis.taxonomy import SERVICE as TAXONOMY_SYSTEM
from assistant.apis.taxonomy import TaxonomyConcept, concept_address
from assistant.domain.concept import GuidePage, OccupationGroup, Regulation
from assistant.domain.language import Bilingual, Language
from assistant.domain.source import Source
from assistant.retrieval.stores.catalogue import Catalogue
from assistant.retrieval.stores.manifest import Manifest

OWN_SYSTEM = "Vägvisare"
# Where the owners publish or describe what has no address for a single record.
_FLOWS_ADDRESS = "https://www.scb.se/am0208"
_SIMILAR_ADDRESS = "https://data.arbetsformedlingen.se/yrke/narliggande-yrken/v1/t29/narliggande-yrken.json"


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


def copied_taxonomy_source(group: OccupationGroup, catalogue: Catalogue, manifest: Manifest) -> Source:
    """The record as the index has it; quotes label, code, related skills and neighbouring groups."""
    return _copied(taxonomy_source_id(group.concept_id), group, catalogue, manifest)


def skill_source(concept_id: str, names: Bilingual, manifest: Manifest) -> Source:
    """The record of a skill as the index has it; quotes its label."""
    return Source(
        source_id=taxonomy_source_id(concept_id),
        system=TAXONOMY_SYSTEM,
        title=names.sv,
        url=concept_address(concept_id),
        quote=names.sv if names.sv == names.en else f"{names.sv} ({names.en})",
        **_dated(TAXONOMY_SYSTEM, manifest),
    )


def relations_source(group: OccupationGroup, catalogue: Catalogue, manifest: Manifest) -> Source:
    """The skills and groups that the taxonomy relates to a group, as the index has them.

    A source of its own beside the record, so that a live reading of the record, which quotes its
    definition, does not take the place of what vouches for skills and neighbours.
    """
    return _copied(f"relations:{group.concept_id}", group, catalogue, manifest)


def flows_source(group: OccupationGroup, catalogue: Catalogue, manifest: Manifest) -> Source:
    """Where people go who leave a group, by SCB's statistics; the most common way first."""
    return Source(
        source_id=f"flows:{group.concept_id}",
        system="SCB",
        title=group.preferred_label.sv,
        url=_FLOWS_ADDRESS,
        quote=f"Från {group.preferred_label.sv} går många till: {_labels(group.evidence.flows, catalogue)}",
        **_dated("SCB labour flows", manifest),
    )


def similar_source(group: OccupationGroup, catalogue: Catalogue, manifest: Manifest) -> Source:
    """Groups whose occupations Arbetsförmedlingen's open data call near those of a group."""
    return Source(
        source_id=f"similar:{group.concept_id}",
        system="Arbetsförmedlingen",
        title=group.preferred_label.sv,
        url=_SIMILAR_ADDRESS,
        quote=f"Nära {group.preferred_label.sv} ligger: {_labels(group.evidence.similar, catalogue)}",
        **_dated("Arbetsförmedlingen open files", manifest),
    )


def substitutes_source(group: OccupationGroup, catalogue: Catalogue, manifest: Manifest) -> Source:
    """Groups whose work people of a group can do, by the taxonomy's substitutability."""
    able = _labels(group.evidence.substitutes, catalogue)
    return Source(
        source_id=f"substitutes:{group.concept_id}",
        system=TAXONOMY_SYSTEM,
        title=group.preferred_label.sv,
        url=concept_address(group.concept_id),
        quote=f"{group.preferred_label.sv} kan ersätta personal i: {able}",
        **_dated(TAXONOMY_SYSTEM, manifest),
    )


class _Dated(TypedDict):
    version: str
    retrieved_at: str


def _dated(system: str, manifest: Manifest) -> _Dated:
    """Version and date of a system in the index; when it was built if it does not say."""
    found = next((source for source in manifest.sources if source.system == system), None)
    return _Dated(
        version=found.version if found else "",
        retrieved_at=found.retrieved_at if found else manifest.built_at,
    )


def _labels(group_ids: Iterable[str], catalogue: Catalogue) -> str:
    return "; ".join(catalogue.groups[group_id].preferred_label.sv for group_id in group_ids)


def _copied(source_id: str, group: OccupationGroup, catalogue: Catalogue, manifest: Manifest) -> Source:
    skills = "; ".join(skill.preferred_label.sv for skill in catalogue.skills_of(group))
    near = _labels(group.neighbour_ids, catalogue)
    label = group.preferred_label.sv
    return Source(
        source_id=source_id,
        system=TAXONOMY_SYSTEM,
        title=label,
        url=concept_address(group.concept_id),
        quote=f"{label} (SSYK {group.ssyk_code}) | Kompetenser: {skills} | Närliggande yrkesgrupper: {near}",
        **_dated(TAXONOMY_SYSTEM, manifest),
    )


def regulation_source(
    group: OccupationGroup, regulation: Regulation, guide: GuidePage, language: Language
) -> Source:
    """Our own note on who decides, with the guide page's official address to check it by."""
    return Source(
        source_id=f"regulation:{group.concept_id}:{language}",
        system=OWN_SYSTEM,
        title=group.name(language),
        url=guide.url,
        version=guide.checked,
        retrieved_at=guide.checked,
        quote=f"{regulation.title.text(language)}: {regulation.authority}",
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
