"""Ties kinds of education to concepts: by the sources' own codes, else by what the title says."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from assistant.domain.concept import ConceptType
from assistant.domain.education import EducationKind, EducationTie, TieOrigin
from assistant.retrieval.stores.concept_store import ConceptStore
from assistant.retrieval.stores.education_store import EducationStore, add_ties
from assistant.retrieval.stores.vector_cache import VectorCache
from ingest.education_links import LinkCache, TitleLinker, sure_links
from ingest.progress import Progress
from ingest.sources.qualification_records import ESCO_SCHEME

STEP = "Tying educations"
_BATCH = 1000
# Susa-navet's schemes of subjects: AUB_Subject holds SSYK codes, C_Subject_SUN SUN 2020 fields.
_SSYK_SCHEME = "AUB_Subject"
_SUN_SCHEME = "C_Subject_SUN"
_SUN_TYPES = tuple(f"sun-education-field-{level}" for level in (4, 3, 2, 1))
_OCCUPATION_NAME = "occupation-name"
_KEYWORD = "keyword"
_RELATED = "related"

# Courses of general school subjects lead to no single occupation: mathematics to no mathematician.
_GENERAL_FORMS = frozenset({"GR", "GRAN", "GYAN", "VUXGR", "VUXGRAN", "VUXGYAN", "VUXSFI"})
# The first letters of the national course codes of such subjects (Skolverket's subject codes).
_GENERAL_SUBJECTS = (
    "BIO ENG FIL FYS GEO HIS IDR KEM LAT MAT MOD MOE MÄN NAK NAU POI PSK REL RES SAM SOI SVA SVE TES"
).split()
_GENERAL_COURSE = "allmän kurs"


def write_ties(
    build: Path, cache: VectorCache, link_cache: Path, progress: Progress, *, floor: float
) -> None:
    """Tie every kind of education of a new build to concepts, as far as it can be known.

    Args:
        build: Folder of the new build, whose concepts, educations, words and vectors are written.
        cache: Vectors of all titles.
        link_cache: File of what titles were found to lead to, kept between builds.
        progress: Told of each kind that the linker has looked at.
        floor: Of the encoder, see `Encoder.floor`.
    """
    educations, concepts = EducationStore(build), ConceptStore(build)
    add_ties(build, _by_code(educations, concepts))
    # A code of the source's own says more than any title.
    told = set(educations.kinds_tied_by(TieOrigin.SSYK_CODE))
    rest = (kind for kind in educations.kinds() if kind.kind_id not in told and not is_general(kind))
    linker = TitleLinker(build, cache, floor)
    add_ties(build, _by_title(linker, rest, cache, link_cache, progress))


def is_general(kind: EducationKind) -> bool:
    """Whether a kind teaches a general school subject, which prepares for no occupation by itself."""
    return (
        kind.school_type in _GENERAL_FORMS
        or kind.code.upper().startswith(tuple(_GENERAL_SUBJECTS))
        or kind.title.casefold().startswith(_GENERAL_COURSE)
    )


def _by_code(educations: EducationStore, concepts: ConceptStore) -> Iterator[tuple[str, EducationTie]]:
    for kind_id, scheme, code in list(educations.subjects()):
        if scheme == _SSYK_SCHEME:
            yield from ((kind_id, tie) for tie in _ssyk_ties(code, concepts))
        elif scheme == _SUN_SCHEME:
            yield from ((kind_id, tie) for tie in _sun_ties(code, concepts))
        elif scheme == ESCO_SCHEME:
            yield from ((kind_id, tie) for tie in _skill_ties(code, concepts))
        else:
            yield kind_id, EducationTie(f"{scheme}:{code}", TieOrigin.SUBJECT_CODE, 1.0)


def _ssyk_ties(code: str, concepts: ConceptStore) -> Iterator[EducationTie]:
    for group in concepts.concepts_by_code(ConceptType.OCCUPATION_GROUP, code):
        yield EducationTie(group.concept_id, TieOrigin.SSYK_CODE, 1.0)


def _sun_ties(code: str, concepts: ConceptStore) -> Iterator[EducationTie]:
    """The SUN concept, and the occupation-names that share a keyword of the taxonomy with it."""
    fields = (field for type_ in _SUN_TYPES for field in concepts.concepts_by_code(type_, code))
    for field in fields:
        yield EducationTie(field.concept_id, TieOrigin.SUN_CODE, 1.0)
        for keyword in concepts.sources(field.concept_id, _RELATED):
            if keyword.type != _KEYWORD:
                continue
            for occupation in concepts.targets(keyword.concept_id, _RELATED):
                if occupation.type == _OCCUPATION_NAME:
                    yield EducationTie(occupation.concept_id, TieOrigin.SUN_CODE, 1.0)


def _skill_ties(uri: str, concepts: ConceptStore) -> Iterator[EducationTie]:
    if skill_id := concepts.resolve(uri):
        yield EducationTie(skill_id, TieOrigin.ESCO_SKILL, 1.0)


def _by_title(
    linker: TitleLinker,
    kinds: Iterator[EducationKind],
    cache: VectorCache,
    link_cache: Path,
    progress: Progress,
) -> Iterator[tuple[str, EducationTie]]:
    links = LinkCache(link_cache, linker.fingerprint)
    progress.on_step(STEP, None)
    while batch := list(islice(kinds, _BATCH)):
        titles = [kind.title for kind in batch]
        found = links.get(titles)
        vectors = cache.get(title for title in titles if title not in found)
        new = {title: linker.candidates(title, vector) for title, vector in vectors.items()}
        links.put(new)
        for kind in batch:
            for group_id, probability in sure_links((found | new).get(kind.title, ())):
                yield kind.kind_id, EducationTie(group_id, TieOrigin.LINKER, probability)
        progress.on_done(STEP, len(batch))
