"""Compares what was read from the sources with what they have now.

The taxonomy, which has no totals, is read whole but for its relations. ESCO and Susa-navet are asked for
their totals and for a sample of records, which is the same every time.
"""

import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace

from assistant.apis.esco import ISCO_SCHEME, SKILL_GROUP_SCHEME, EscoClient, EscoType
from assistant.apis.policies import bulk_policy_for
from assistant.apis.susa import SERVICE as SUSA
from assistant.apis.susa import SusaClient
from assistant.apis.taxonomy import TaxonomyClient
from assistant.apis.taxonomy_bulk import PAGE_SIZE
from assistant.apis.transport import Transport
from assistant.domain.addresses import Addresses
from assistant.domain.language import Language
from assistant.errors import ConceptNotFound, UpstreamError, UpstreamRejected
from assistant.settings import Settings
from ingest.checked import Checked, Count, Difference, Held, compared
from ingest.cleaning import ESCO, JOBTECH, Read, clean
from ingest.records import ConceptRecord, EducationRecord
from ingest.sources.esco_records import resource_to_records
from ingest.sources.live import TAXONOMY_TYPES
from ingest.sources.susa_records import info_to_record
from ingest.sources.taxonomy_records import bulk_to_records

SAMPLE = 50
"""Records of ESCO and of Susa-navet that are compared."""

_SEED = 20
_MISSING = "missing"
_GONE = (404, 410)
# Somebody waits for the answer, so a source that is down is given up sooner than by a build.
_ATTEMPTS, _BACKOFF_S, _DEADLINE_S = 3, 0.5, 60.0
_ESCO_PARTS: tuple[tuple[str, EscoType, str], ...] = (
    ("isco-group", "concept", ISCO_SCHEME),
    ("esco-skill-group", "concept", SKILL_GROUP_SCHEME),
    ("esco-occupation", "occupation", ""),
    ("esco-skill", "skill", ""),
)
_ESCO_TYPES = {mirrored: type for mirrored, type, _ in _ESCO_PARTS}


async def check(held: Held, addresses: Addresses, settings: Settings) -> tuple[Checked, ...]:
    """Compare all sources that were read; one that cannot be read now is said so, and the rest compared."""
    checks = {JOBTECH: _check_taxonomy, ESCO: _check_esco, SUSA: _check_susa}
    found = []
    for system, compare in checks.items():
        if system in held.versions:
            found.append(await _checked(system, compare, held, addresses, settings))
    return tuple(found)


async def _checked(
    system: str,
    compare: Callable[[Held, Addresses, Settings], Awaitable[Checked]],
    held: Held,
    addresses: Addresses,
    settings: Settings,
) -> Checked:
    try:
        return await compare(held, addresses, settings)
    except UpstreamError as error:
        return Checked(system, held.versions[system], error=str(error))


@asynccontextmanager
async def _transport(name: str, addresses: Addresses, settings: Settings) -> AsyncIterator[Transport]:
    policy = replace(
        bulk_policy_for(name, settings), attempts=_ATTEMPTS, backoff_s=_BACKOFF_S, deadline_s=_DEADLINE_S
    )
    transport = Transport(name, getattr(addresses, name), policy)
    try:
        yield transport
    finally:
        await transport.aclose()


async def _check_taxonomy(held: Held, addresses: Addresses, settings: Settings) -> Checked:
    here = {id: concept for id, concept in held.concepts.items() if concept.system == JOBTECH}
    async with _transport("taxonomy", addresses, settings) as transport:
        client = TaxonomyClient(transport)
        version = await client.version()
        there = await _taxonomy(client, held.types or TAXONOMY_TYPES)
    # What the source has retired and then dropped is no loss.
    known = sorted(id for id, concept in here.items() if id in there or not concept.deprecated)
    return Checked(
        system=JOBTECH,
        version_here=held.versions[JOBTECH],
        version_there=version,
        counts=_counts(_live_by_type(here.values()), _live_by_type(there.values())),
        compared=len(known),
        differences=tuple(d for id in known for d in _differences(here[id], there.get(id))),
    )


async def _taxonomy(client: TaxonomyClient, types: Iterable[str]) -> dict[str, ConceptRecord]:
    """All concepts of some types, by id."""
    found: dict[str, ConceptRecord] = {}
    for type in types:
        offset = 0
        while True:
            page = await client.concepts((type,), offset=offset)
            records = [record for concept in page.concepts for record in bulk_to_records(concept)]
            new = {concept.concept_id: concept for concept in _concepts(records, JOBTECH)}
            is_last = page.rows == 0 or page.rows > PAGE_SIZE or (bool(new) and new.keys() <= found.keys())
            found |= new
            if is_last:
                break
            offset += page.rows
    return found


async def _check_esco(held: Held, addresses: Addresses, settings: Settings) -> Checked:
    here = {id: concept for id, concept in held.concepts.items() if concept.system == ESCO}
    live = _live_by_type(here.values())
    sample = _sample(id for id, concept in here.items() if concept.type in _ESCO_TYPES)
    differences: list[Difference] = []
    async with _transport("esco", addresses, settings) as transport:
        client = EscoClient(transport)
        there = {
            mirrored: (await client.page_of(type, page=0, size=1, scheme=scheme)).total
            for mirrored, type, scheme in _ESCO_PARTS
        }
        for id in sample:
            found = await _esco_concept(client, here[id])
            differences += _differences(here[id], found)
    return Checked(
        system=ESCO,
        version_here=held.versions[ESCO],
        version_there=client.version.removeprefix("v"),
        counts=_counts({mirrored: live[mirrored] for mirrored in there}, there),
        compared=len(sample),
        differences=tuple(differences),
    )


async def _esco_concept(client: EscoClient, concept: ConceptRecord) -> ConceptRecord | None:
    type = _ESCO_TYPES[concept.type]
    try:
        resource = await client.resource(concept.concept_id, type=type, language=Language.SV)
    except ConceptNotFound:
        return None
    return next(iter(_concepts(resource_to_records(resource, concept.type), ESCO)), None)


async def _check_susa(held: Held, addresses: Addresses, settings: Settings) -> Checked:
    sample = _sample(held.titles)
    differences: list[Difference] = []
    async with _transport("susa", addresses, settings) as transport:
        client = SusaClient(transport)
        # Its totals count rows that are gone too, so they may be a little higher than what was read.
        totals = {
            "education": (await client.infos(size=1)).total,
            "education-event": (await client.events(size=1)).total,
        }
        for id in sample:
            title = await _title(client, id)
            if title is None:
                differences.append(Difference(id, "education", held.titles[id], _MISSING))
            elif title != held.titles[id]:
                differences.append(Difference(id, "title_sv", held.titles[id], title))
    here = {"education": held.educations, "education-event": held.events}
    return Checked(
        system=SUSA,
        version_here=held.versions[SUSA],
        counts=_counts(here, totals),
        compared=len(sample),
        differences=tuple(differences),
    )


async def _title(client: SusaClient, education_id: str) -> str | None:
    try:
        info = await client.info(education_id)
    except UpstreamRejected as error:
        if error.status in _GONE:
            return None
        raise
    record = clean(info_to_record(info), SUSA).record
    return record.title_sv if isinstance(record, EducationRecord) else None


def _concepts(records: Iterable[Read], system: str) -> Iterable[ConceptRecord]:
    """The concepts among records, cleaned as a build would, without those that it would set aside."""
    for record in records:
        if isinstance(record, ConceptRecord):
            cleaned = clean(record, system).record
            if isinstance(cleaned, ConceptRecord):
                yield compared(cleaned)


def _live_by_type(concepts: Iterable[ConceptRecord]) -> Counter[str]:
    return Counter(concept.type for concept in concepts if not concept.deprecated)


def _counts(here: Mapping[str, int], there: Mapping[str, int]) -> tuple[Count, ...]:
    kinds = sorted(here.keys() | there.keys())
    return tuple(Count(kind, here.get(kind, 0), there.get(kind, 0)) for kind in kinds)


def _sample(ids: Iterable[str]) -> list[str]:
    known = sorted(ids)
    return random.Random(_SEED).sample(known, min(SAMPLE, len(known)))


def _differences(here: ConceptRecord, there: ConceptRecord | None) -> Iterable[Difference]:
    if there is None:
        yield Difference(here.concept_id, "concept", here.label_sv or here.label_en, _MISSING)
        return
    for name in ("label_sv", "label_en", "deprecated", "replaced_by"):
        own, other = getattr(here, name), getattr(there, name)
        if own != other:
            yield Difference(here.concept_id, name, str(own), str(other))
