"""Reads whole sources from the public APIs."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeAlias, TypeVar

from assistant.apis.esco import ISCO_SCHEME, SKILL_GROUP_SCHEME, EscoClient, EscoType
from assistant.apis.policies import bulk_policy_for
from assistant.apis.susa import MOST_A_PAGE, SusaClient, SusaPage
from assistant.apis.susa import SERVICE as SUSA
from assistant.apis.taxonomy import TaxonomyClient
from assistant.apis.taxonomy_bulk import PAGE_SIZE, ConceptPage
from assistant.apis.transport import Transport
from assistant.domain.addresses import Addresses
from assistant.errors import UpstreamMalformed
from assistant.settings import Settings
from ingest.cleaning import ESCO, JOBTECH, Read, Unreadable
from ingest.mirror import Mirror
from ingest.sources.esco_records import resource_to_records
from ingest.sources.reading import Page, Reader
from ingest.sources.susa_records import event_to_record, info_to_record, removal
from ingest.sources.taxonomy_records import API_RELATIONS, bulk_to_records

TAXONOMY_TYPES = tuple(
    """
    region municipality country language occupation-field ssyk-level-1 ssyk-level-2 ssyk-level-3
    ssyk-level-4 occupation-name occupation-collection job-title keyword skill-headline skill isco-level-4
    sun-education-field-1 sun-education-field-2 sun-education-field-3 sun-education-field-4
    sun-education-level-1 sun-education-level-2 sun-education-level-3 barometer-occupation esco-occupation
    esco-skill
    """.split()
)

_ESCO_PAGE = 100
# The mirror's type, ESCO's, and the scheme that the concepts must be in.
_ESCO_PARTS: tuple[tuple[str, EscoType, str], ...] = (
    ("isco-group", "concept", ISCO_SCHEME),
    ("esco-skill-group", "concept", SKILL_GROUP_SCHEME),
    ("esco-occupation", "occupation", ""),
    ("esco-skill", "skill", ""),
)
_LIVE = "live"

# An answer that lacks most of a type is rather a fault of the service than the end of the type.
_LARGEST_LOSS = 0.5

_ItemT = TypeVar("_ItemT")
MakeReader: TypeAlias = Callable[[], Awaitable[Reader]]


@asynccontextmanager
async def live_readers(
    mirror: Mirror, addresses: Addresses, settings: Settings
) -> AsyncIterator[tuple[MakeReader, ...]]:
    """Makers of the readers of ESCO, the taxonomy and Susa-navet; each may find its source down."""
    async with AsyncExitStack() as opened:

        def transport(name: str) -> Transport:
            made = Transport(name, getattr(addresses, name), bulk_policy_for(name, settings))
            opened.push_async_callback(made.aclose)
            return made

        esco = EscoClient(transport("esco"))
        taxonomy = TaxonomyClient(transport("taxonomy"))
        susa = SusaClient(transport("susa"))

        async def make_esco() -> Reader:
            return esco_reader(esco)

        async def make_taxonomy() -> Reader:
            return await taxonomy_reader(taxonomy)

        async def make_susa() -> Reader:
            return susa_reader(susa, mirror)

        yield make_esco, make_taxonomy, make_susa


async def taxonomy_reader(client: TaxonomyClient) -> Reader:
    """Reader of the taxonomy's newest version.

    Raises:
        UpstreamError: The version could not be read.
    """
    version = await client.version()

    async def pages(cursor: str) -> AsyncIterator[Page]:
        name, _, skipped = cursor.partition(":")
        first = TAXONOMY_TYPES.index(name) if name else 0
        offset = int(skipped or 0)
        for type in TAXONOMY_TYPES[first:]:
            async for found in _taxonomy_pages(client, type, offset):
                offset += found.rows
                yield Page(f"{type}:{offset}", tuple(_taxonomy_records(found)), found.rows)
            offset = 0

    return Reader(JOBTECH, version, f"{_LIVE} {version}", pages, largest_loss=_LARGEST_LOSS)


async def _taxonomy_pages(client: TaxonomyClient, type: str, offset: int) -> AsyncIterator[ConceptPage]:
    """All pages of one type, however many concepts the service gives at a time."""
    last_first = ""
    while True:
        page = await client.concepts((type,), relations=API_RELATIONS.get(type, ("broader",)), offset=offset)
        first = page.concepts[0].concept_id if page.concepts else ""
        if first and first == last_first:
            if page.rows == PAGE_SIZE:
                raise UpstreamMalformed(service=JOBTECH, operation="concepts", reason="the same page again")
            # Neither limit nor offset was heeded, so the page before was all.
            return
        if not page.rows:
            return
        yield page
        last_first = first
        offset += page.rows


def _taxonomy_records(page: ConceptPage) -> list[Read]:
    records: list[Read] = [record for concept in page.concepts for record in bulk_to_records(concept)]
    return records + [Unreadable(row, JOBTECH, "not a concept") for row in page.unreadable]


def esco_reader(client: EscoClient) -> Reader:
    """Reader of all of ESCO in the client's version, with what it has retired."""

    async def pages(cursor: str) -> AsyncIterator[Page]:
        part, start = map(int, cursor.split(":")) if cursor else (0, 0)
        for number, (mirrored, type, scheme) in enumerate(_ESCO_PARTS[part:], part):
            count = start + 1
            while start < count:
                found = await client.page_of(
                    type, page=start, size=_ESCO_PAGE, scheme=scheme, with_obsolete=True
                )
                count, start = found.pages, start + 1
                records = tuple(
                    record
                    for resource in found.resources
                    for record in resource_to_records(resource, mirrored)
                )
                yield Page(f"{number}:{start}", records, len(found.resources))
            start = 0

    version = client.version.removeprefix("v")
    return Reader(ESCO, version, f"{_LIVE} {version}", pages, largest_loss=_LARGEST_LOSS)


def susa_reader(client: SusaClient, mirror: Mirror) -> Reader:
    """Reader of Susa-navet: all of it the first time, then what has changed since the day before the last.

    The day before, because the clocks differ and the service takes in records at night.
    """
    begun = mirror.last_started(SUSA, _LIVE)
    since = (begun.date() - timedelta(days=1)).isoformat() if begun else ""

    async def pages(cursor: str) -> AsyncIterator[Page]:
        kind, _, start = cursor.partition(":")
        if kind != "events":
            async for page in _infos(client, since, int(start or 0)):
                yield page
            start = "0"
        async for page in _events(client, since, int(start)):
            yield page

    key = f"{_LIVE} since {since}" if since else f"{_LIVE} all"
    # The service has no versions: what it holds is of the day on which it is asked.
    today = datetime.now(UTC).date().isoformat()
    return Reader(
        SUSA,
        today,
        key,
        pages,
        is_partial=bool(since),
        is_skippable=False,
        largest_loss=_LARGEST_LOSS,
    )


async def _infos(client: SusaClient, since: str, start: int) -> AsyncIterator[Page]:
    async for found in _numbered(client.infos, since, start):
        yield _susa_page("infos", found, map(info_to_record, found.items))


async def _events(client: SusaClient, since: str, start: int) -> AsyncIterator[Page]:
    # An event of today may be of a provider that has not changed for years.
    providers = {
        provider.provider_id.lower(): provider
        async for page in _numbered(client.providers, "", 0)
        for provider in page.items
    }
    async for found in _numbered(client.events, since, start):
        yield _susa_page("events", found, (event_to_record(event, providers) for event in found.items))


async def _numbered(
    read: Callable[..., Awaitable[SusaPage[_ItemT]]], since: str, start: int
) -> AsyncIterator[SusaPage[_ItemT]]:
    number, count = start, start + 1
    while number < count:
        page = await read(updated_since=since, page=number, size=MOST_A_PAGE)
        number, count = number + 1, page.pages
        yield page


def _susa_page(kind: str, found: SusaPage[_ItemT], records: Iterable[Read]) -> Page:
    removals = (removal(id) for id in found.removed_ids)
    unread = (Unreadable(id or f"{kind} page {found.page}", SUSA, "no content") for id in found.unread_ids)
    rows = len(found.items) + len(found.removed_ids) + len(found.unread_ids)
    is_last_of_infos = kind == "infos" and found.page + 1 >= found.pages
    cursor = "events:0" if is_last_of_infos else f"{kind}:{found.page + 1}"
    return Page(cursor, (*records, *removals, *unread), rows)
