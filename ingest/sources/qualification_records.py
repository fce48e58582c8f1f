"""Qualifications in the European Learning Model as educations that nobody gives at a time and place."""

import hashlib
import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2s
from pathlib import Path

from assistant.apis.qualifications import SERVICE, Qualification, QualificationsReader, is_address
from assistant.apis.transport import Transport, TransportPolicy
from assistant.domain.education import QUALIFICATION
from assistant.errors import UpstreamUnavailable
from assistant.settings import Settings
from ingest.cleaning import Read
from ingest.records import EducationRecord, Removal, SubjectCode
from ingest.sources.reading import Page, Reader

SYSTEM = "ELM qualifications"
ISCED_SCHEME = "ISCED-F"
ESCO_SCHEME = "ESCO"
"""Schemes of subjects: codes of fields of education, and URIs of ESCO skills."""

_ESCO_SKILL = re.compile(r"http://data\.europa\.eu/esco/skill/[\w.-]+", re.ASCII)
_END = "end"
# To be raised when documents come to be read in another way, so that unchanged files are read again.
_READING = 1

# An archive of a country comes in one answer. An address that lacks most is rather at fault than emptied.
_LARGEST_ANSWER_BYTES = 256 * 2**20
_TIMEOUT_S, _DEADLINE_S = 60.0, 600.0
_BACKOFF_S, _LONGEST_BACKOFF_S = 2.0, 60.0
_LARGEST_LOSS = 0.5


@asynccontextmanager
async def qualifications_reader(source: str, settings: Settings) -> AsyncIterator[Reader]:
    """Reader of all qualifications that a file, a folder, an archive or an address holds.

    Files are read again when one of them has changed, an address every time.

    Args:
        source: As in the setting; not empty.
        settings: The contact that an address is given.

    Raises:
        UpstreamUnavailable: A file cannot be opened.
    """
    today = datetime.now(UTC).date().isoformat()
    if not is_address(source):
        pages = partial(_pages, QualificationsReader(source))
        yield Reader(SYSTEM, today, _fingerprint(Path(source)), pages)
        return
    transport = Transport(SERVICE, source.partition("?")[0], _policy(settings))
    try:
        pages = partial(_pages, QualificationsReader(source, transport))
        # An address may hold a key, which the mirror need not know.
        key = f"address {hashlib.sha256(source.encode()).hexdigest()} {today}"
        yield Reader(SYSTEM, today, key, pages, is_skippable=False, largest_loss=_LARGEST_LOSS)
    finally:
        await transport.aclose()


async def _pages(reader: QualificationsReader, cursor: str) -> AsyncIterator[Page]:
    """All qualifications as one page: reading takes the time, so there is nothing to carry on with."""
    if cursor != _END:
        found = await reader.read()
        yield Page(_END, tuple(map(qualification_to_record, found)), len(found), len(found))


def qualification_to_record(qualification: Qualification) -> Read:
    """A qualification as an education; one that is no longer published is gone.

    The Swedish level is the European one where the document does not say it: SeQF was referenced to the
    EQF level by level (`docs/data-sources.md`).
    """
    record_id = _record_id(qualification)
    if qualification.is_withdrawn:
        return Removal(record_id, SYSTEM)
    return EducationRecord(
        education_id=record_id,
        system=SYSTEM,
        title_sv=_swedish(qualification.titles),
        title_en=qualification.title_en,
        description_sv="\n".join(_description(qualification)),
        school_type=QUALIFICATION,
        code=qualification.uri,
        seqf_level=qualification.nqf_level or qualification.eqf_level or 0,
        subjects=tuple(_subjects(qualification)),
        url=qualification.homepage,
    )


def _description(qualification: Qualification) -> Iterator[str]:
    """What it is and what its holder knows and can do, one thing a line, each once."""
    outcomes = (outcome.titles for outcome in qualification.learning_outcomes)
    texts = map(_swedish, (qualification.descriptions, qualification.summaries, *outcomes))
    yield from filter(None, dict.fromkeys(texts))


def _subjects(qualification: Qualification) -> Iterator[SubjectCode]:
    yield from (SubjectCode(ISCED_SCHEME, code) for code in qualification.isced_codes)
    skills = {skill for outcome in qualification.learning_outcomes for skill in outcome.esco_skills}
    yield from (SubjectCode(ESCO_SCHEME, skill) for skill in sorted(skills) if _ESCO_SKILL.fullmatch(skill))


def _swedish(texts: Mapping[str, str]) -> str:
    """The Swedish text; one without a language counts as Swedish, since Sweden's registers are read."""
    return texts.get("sv") or texts.get("", "")


def _record_id(qualification: Qualification) -> str:
    # A URI has signs that ids of educations have not, and some qualifications have no URI.
    told = qualification.uri or repr((sorted(qualification.titles.items()), qualification.eqf_level))
    return f"elm.{blake2s(told.encode(), digest_size=12).hexdigest()}"


def _fingerprint(source: Path) -> str:
    """Tells what a file or a folder holds."""
    digest = hashlib.sha256()
    try:
        for file in _files(source):
            # The ending of a name says how a document is to be read.
            digest.update(str(file.relative_to(source.parent)).encode())
            with file.open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
    except OSError as error:
        operation = f"reading {source.name}"
        raise UpstreamUnavailable(
            service=SERVICE, operation=operation, reason=type(error).__name__
        ) from error
    return f"files {_READING} {digest.hexdigest()}"


def _files(source: Path) -> Iterable[Path]:
    return sorted(file for file in source.rglob("*") if file.is_file()) if source.is_dir() else [source]


def _policy(settings: Settings) -> TransportPolicy:
    return TransportPolicy(
        timeout_s=_TIMEOUT_S,
        deadline_s=_DEADLINE_S,
        backoff_s=_BACKOFF_S,
        longest_backoff_s=_LONGEST_BACKOFF_S,
        largest_answer_bytes=_LARGEST_ANSWER_BYTES,
        contact=settings.http_contact,
    )
