"""Susa-navet's educations in the neutral form; ids in lower case, since their case means nothing there."""

from collections.abc import Mapping

from assistant.apis.susa import SERVICE, EducationEvent, EducationInfo, EducationProvider
from ingest.records import EducationEventRecord, EducationRecord, Removal, SubjectCode

# Swedish abbreviations, or the word where there is none; any other system keeps its code.
_CREDIT_UNITS = {"hp": "hp", "yh": "yhp", "gy": "poäng"}


def info_to_record(info: EducationInfo) -> EducationRecord:
    """An education; its description has been freed of markup."""
    return EducationRecord(
        education_id=info.info_id.lower(),
        system=SERVICE,
        title_sv=info.title_sv,
        title_en=info.title_en,
        description_sv=info.description_sv,
        school_type=info.school_type,
        code=info.code,
        configuration=info.configuration,
        levels=tuple(level.code for level in info.levels),
        seqf_level=info.seqf_level,
        credits=_credits(info),
        subjects=tuple(SubjectCode(subject.scheme, subject.code) for subject in info.subjects),
        url=info.url,
    )


def event_to_record(
    event: EducationEvent, providers: Mapping[str, EducationProvider]
) -> EducationEventRecord:
    """An education event, with the name of its first provider that has one.

    Args:
        event: As read.
        providers: By id in lower case.
    """
    known = (providers[key] for id in event.provider_ids if (key := id.lower()) in providers)
    return EducationEventRecord(
        event_id=event.event_id.lower(),
        education_id=event.education_id.lower(),
        system=SERVICE,
        provider=next((provider.name for provider in known if provider.name), ""),
        towns=event.towns,
        municipality_codes=event.municipality_codes,
        is_distance=event.is_distance,
        start=event.start,
        end=event.end,
        apply_from=event.apply_from,
        apply_by=event.apply_by,
        pace_percent=event.pace_percent,
        languages=event.languages,
        is_cancelled=event.is_cancelled,
        url=event.url,
    )


def removal(record_id: str) -> Removal:
    """A record that is gone."""
    return Removal(record_id.lower(), SERVICE)


def _credits(info: EducationInfo) -> str:
    if info.credits is None:
        return ""
    return f"{info.credits:g} {_CREDIT_UNITS.get(info.credits_system, info.credits_system)}".strip()
