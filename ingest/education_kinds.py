"""Recognises the same programme or course at several providers as one kind of education."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import blake2s
from pathlib import Path

from assistant.domain.education import QUALIFICATION, EducationKind, Offering
from assistant.domain.language import Language
from assistant.retrieval.passage import Passage, PassageField, PassageType
from assistant.retrieval.stores.education_store import EducationStore, EducationWriter
from ingest.mirror import Mirror
from ingest.records import EducationEventRecord, EducationRecord

# Codes that Skolverket gives; those of universities and of MYH's decisions differ from school to school.
_NATIONAL_CODES = frozenset({"GY", "GYAN", "VUXGR", "VUXGRAN", "VUXGY", "VUXGYAN", "VUXSFI"})
# Other codes of Susa-navet for one form of education.
_SAME_FORM = {"AU": "AUB", "KU": "KKU", "FTH": "FHS"}

_PARENTHESIS = re.compile(r"[(\[][^)\]]*[)\]]")
# What tells one round from another: "HT2024", "start H25", "2024/25", "100 %", "20 v", "på distans".
_ROUND = re.compile(
    r"\b(?:start(?:ar)?\s+)?(?:[hv]t?|gy)\s?-?(?:20)?\d\d\b"
    r"|\b(?:19|20)\d\d(?:\s?[/-]\s?(?:20)?\d\d)?\b"
    r"|\b\d{1,3}\s?(?:%|procent\b)(?:\s*(?:fart|takt|studietakt))?"
    r"|\b\d{1,3}\s?(?:v|veckor|dgr|dagar|mån|månader|terminer|år)\b"
    r"|\b(?:på\s+|via\s+)?distans(?:kurs|utbildning|studier)?\b|\bflex(?:ibel)?(?=\s*distans|\s*$)"
    r"|\b(?:heltid|deltid|halvtid|helfart|halvfart|kvartsfart|dagtid|kvällstid|kvällskurs|kväll)\b",
    re.IGNORECASE,
)
_SEPARATORS = r"\s\-–—,:;/|.&+"
# "Kyrkomusiker - heltid och deltid" leaves a word behind that joins nothing any more.
_EDGES = re.compile(rf"^[{_SEPARATORS}]+|(?:[{_SEPARATORS}]+|\s(?:och|eller|på|delvis|i)(?=\W*$))+$")
_EMPTY_BETWEEN = re.compile(r"\s([\-–—,:;/|])(?:\s+[\-–—,:;/|])+")


def kind_title(title: str, names: Iterable[str] = ()) -> str:
    """A title without what concerns one provider or one round; its letters stay as they are.

    Args:
        title: As the provider has it.
        names: Names of providers and towns to take out where they stand apart or at an end.

    Returns:
        The title as it is when nothing else is in it.
    """
    whole = " ".join(unicodedata.normalize("NFC", title).split())
    short = _ROUND.sub(" ", _PARENTHESIS.sub(" ", whole))
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        short = _without_name(short, name)
    short = _EMPTY_BETWEEN.sub(r" \1", " ".join(short.split()))
    return _EDGES.sub("", short).strip() or whole


def kind_id(title: str, school_type: str, code: str) -> str:
    """Id of the kind that a title (see `kind_title`), form of education and course code stand for."""
    family = _SAME_FORM.get(school_type, school_type)
    national = code.upper() if family in _NATIONAL_CODES else ""
    name = re.sub(rf"[{_SEPARATORS}]+", " ", title.casefold()).strip()
    return f"kind-{blake2s(chr(0).join((family, national, name)).encode(), digest_size=8).hexdigest()}"


def kind_of(education: EducationRecord, events: Iterable[EducationEventRecord] = ()) -> EducationKind | None:
    """The kind that an education belongs to, as this education has it; None when it has no title."""
    names = [name for event in events for name in (event.provider, *event.towns) if name]
    full = education.title_sv or education.title_en
    if not full.strip():
        return None
    title = kind_title(full, names)
    national = education.code if education.school_type in _NATIONAL_CODES else ""
    return EducationKind(
        kind_id=kind_id(title, education.school_type, education.code),
        title=title,
        title_en=education.title_en,
        description=education.description_sv,
        school_type=education.school_type,
        code=national,
        configuration=education.configuration,
        credits=education.credits,
        seqf_level=education.seqf_level,
        educations=1,
    )


def write_kinds(build: Path, mirror: Mirror | None) -> None:
    """Write all educations with their kinds into the store of a new build; streamed.

    An education without an event that is not cancelled stays, as an offering without a date; a
    qualification has none.

    Args:
        build: Folder of the new build.
        mirror: The sources; None for a store without educations.
    """
    with EducationWriter(build) as writer:
        for education, events in _with_events(mirror) if mirror else ():
            kind = kind_of(education, events)
            if kind is None:
                continue
            subjects = {(subject.scheme, subject.code) for subject in education.subjects}
            held = [event for event in events if not event.is_cancelled]
            offerings = [_offering(kind, education, event) for event in held]
            if not offerings and education.school_type != QUALIFICATION:
                offerings = [_undated(kind, education)]
            writer.add(kind, sorted(subjects), offerings)


def _with_events(mirror: Mirror) -> Iterator[tuple[EducationRecord, tuple[EducationEventRecord, ...]]]:
    for education in mirror.educations():
        yield education, mirror.events(education.education_id)


def kind_passages(store: EducationStore) -> Iterator[Passage]:
    """The passages by which kinds of education are found; the description by its words only."""
    for kind in store.kinds():
        parts = (
            (Language.SV, PassageField.LABEL, kind.title),
            (Language.EN, PassageField.LABEL, kind.title_en),
            (Language.SV, PassageField.DESCRIPTION, kind.description),
        )
        for language, field, text in parts:
            if text:
                is_label = field is PassageField.LABEL
                yield Passage(kind.kind_id, PassageType.EDUCATION, language, field, text, embedded=is_label)


def _without_name(text: str, name: str) -> str:
    """The text without a name that stands apart ("Kock, Malmö", "Kock i Malmö"), not one within it."""
    apart = rf"(?:^|[{_SEPARATORS}]\s*|\s+(?:i|på|vid|hos)\s+){re.escape(name)}(?=\s*$|\s*[\-–—,:;/|])"
    return re.sub(apart, " ", text, flags=re.IGNORECASE)


def _offering(kind: EducationKind, education: EducationRecord, event: EducationEventRecord) -> Offering:
    return Offering(
        education_id=education.education_id,
        event_id=event.event_id,
        kind_id=kind.kind_id,
        system=education.system,
        title=education.title_sv or education.title_en,
        provider=event.provider,
        towns=event.towns,
        municipality_codes=event.municipality_codes,
        is_distance=event.is_distance,
        start=event.start,
        end=event.end,
        apply_from=event.apply_from,
        apply_by=event.apply_by,
        pace_percent=event.pace_percent,
        languages=event.languages,
        url=event.url or education.url,
    )


def _undated(kind: EducationKind, education: EducationRecord) -> Offering:
    return _offering(kind, education, EducationEventRecord("", education.education_id, education.system))
