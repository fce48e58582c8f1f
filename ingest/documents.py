"""Turns our own records into what is indexed: passages, and the facts behind them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.domain.concept import (
    Asking,
    EducationRoute,
    EscoMatch,
    GroupEvidence,
    OccupationGroup,
    Regulation,
    Skill,
)
from assistant.domain.concept import GuidePage as Guide
from assistant.domain.concept import GuideSection as Section
from assistant.domain.language import Bilingual, Language
from assistant.domain.route import Route, RouteStep
from assistant.retrieval.passage import Passage, PassageField, PassageType, section_owner_id
from assistant.retrieval.places.names import PlaceEntry
from assistant.retrieval.stores.catalogue import Catalogue
from ingest import starter_schema as schema
from ingest.sources.starter import Records

_QUALIFICATION = re.compile(
    r"legitimation|behörig|examen|\w+utbildning\b|^utbildning i |kompetensbevis|yrkesbevis|\bbevis\b|certifi"
    r"|intyg|körkort|licens|diplom|\btillstånd\b|gesällbrev|mästarbrev|auktorisation|förarbevis|\w+kort\b"
    r"|grundkurs|programmet\b",
    re.IGNORECASE,
)
_ABILITY = re.compile(r"erfarenhet|kunskap|\bvana\b", re.IGNORECASE)

# The encoder is the slow part of a build. What these leave out changed no figure of the phrase
# evaluation: the encoder is multilingual, and the words are indexed anyway. All titles have a vector:
# with the first four only, three in a hundred Swedish phrases more were misunderstood. Sayings have none.
EMBEDDED_DESCRIPTIONS = Language.EN
EMBEDDED_SKILL_LABELS = Language.SV


def to_catalogue(records: Records, places: Iterable[PlaceEntry] = ()) -> Catalogue:
    """Join our own records into one catalogue."""
    ids = {group.ssyk_code: group.concept_id for group in records.groups}
    evidence = {record.ssyk_code: _evidence(record, ids) for record in records.evidence}
    groups = {
        record.concept_id: replace(
            _group(record, ids),
            features=records.features[record.ssyk_code],
            evidence=evidence.get(record.ssyk_code, GroupEvidence()),
        )
        for record in records.groups
    }
    skills = {
        skill.concept_id: Skill(
            skill.concept_id, Bilingual(skill.sv, skill.en), is_qualification=names_qualification(skill.sv)
        )
        for record in records.groups
        for skill in record.skills
    }
    guides = {record.id: _guide(record) for record in records.guides}
    routes = tuple(map(_route, records.routes))
    esco = {concept_id: EscoMatch(found.uri, found.match) for concept_id, found in records.esco.items()}
    return Catalogue(groups, skills, guides, tuple(places), routes, esco)


def own_passages(records: Records, catalogue: Catalogue) -> Iterator[Passage]:
    """A passage for every label, title and description of our own records, type by type.

    Args:
        records: The records.
        catalogue: What `to_catalogue` made of them.
    """
    for group in catalogue.groups.values():
        yield from _group_passages(group)
    for group_record in records.groups:
        yield from _said_passages(group_record)
    for skill in catalogue.skills.values():
        yield from _skill_passages(skill)
    for record in records.guides:
        yield from _guide_passages(record)
    for record in records.guides:
        yield from _section_passages(record)


def names_qualification(label_sv: str) -> bool:
    """Whether a Swedish skill label names a paper (licence, degree, certificate) rather than an ability."""
    return _QUALIFICATION.search(label_sv) is not None and _ABILITY.search(label_sv) is None


def _bilingual(text: schema.Bilingual) -> Bilingual:
    return Bilingual(text.sv, text.en)


def _group(record: schema.GroupRecord, ids: dict[str, str]) -> OccupationGroup:
    regulation = record.regulation
    return OccupationGroup(
        concept_id=record.concept_id,
        ssyk_code=record.ssyk_code,
        preferred_label=_bilingual(record.preferred_label),
        description=_bilingual(record.description),
        skill_ids=tuple(skill.concept_id for skill in record.skills),
        neighbour_ids=tuple(ids[code] for code in record.neighbours),
        education=EducationRoute(
            record.education.level, _bilingual(record.education.route), tuple(record.education.guides)
        ),
        regulation=Regulation(regulation.authority, _bilingual(regulation.title), regulation.guide)
        if regulation
        else None,
        licences=tuple(record.licences),
        titles={Language.SV: tuple(record.titles.sv), Language.EN: tuple(record.titles.en)},
    )


def _evidence(record: schema.EvidenceRecord, ids: dict[str, str]) -> GroupEvidence:
    return GroupEvidence(
        flows=tuple(ids[code] for code in record.flows),
        similar=tuple(ids[code] for code in record.similar),
        substitutes={ids[code]: percentage for code, percentage in record.substitutes.items()},
        asked={
            skill_id: Asking(asked.ads, asked.essential, asked.optional)
            for skill_id, asked in record.asked.items()
        },
    )


def _route(record: schema.RouteRecord) -> Route:
    steps = {name: _route_step(name, step) for name, step in record.steps.items()}
    return Route(
        route_id=record.id,
        title=_bilingual(record.title),
        authority=record.authority or "",
        ssyk_codes=tuple(record.groups),
        swedish=record.swedish,
        steps={origin: tuple(steps[name] for name in way) for origin, way in record.ways.items()},
        checked=record.checked.isoformat(),
    )


def _route_step(name: str, record: schema.RouteStepRecord) -> RouteStep:
    return RouteStep(
        kind=record.kind,
        title=_bilingual(record.title),
        text=_bilingual(record.text),
        first_action=_bilingual(record.first_action),
        months=record.months,
        guide_id=record.guide,
        url=str(record.url) if record.url else "",
        name=name,
    )


def _guide(record: schema.GuidePage) -> Guide:
    return Guide(
        guide_id=record.id,
        title=_bilingual(record.title),
        authority=record.authority,
        url=str(record.url),
        checked=record.checked.isoformat(),
        sections=tuple(Section(_bilingual(s.heading), _bilingual(s.body)) for s in record.sections),
    )


def _group_passages(group: OccupationGroup) -> list[Passage]:
    passages = []
    for language in Language:
        label = group.name(language)
        passages.append(
            Passage(group.concept_id, PassageType.OCCUPATION, language, PassageField.LABEL, label)
        )
        passages += [
            Passage(group.concept_id, PassageType.OCCUPATION, language, PassageField.TITLE, title)
            for title in group.titles[language]
        ]
        passages.append(
            Passage(
                group.concept_id,
                PassageType.OCCUPATION,
                language,
                PassageField.DESCRIPTION,
                group.description.text(language),
                embedded=language is EMBEDDED_DESCRIPTIONS,
            )
        )
    return passages


def _said_passages(record: schema.GroupRecord) -> Iterator[Passage]:
    by_language = {Language.SV: record.said.sv, Language.EN: record.said.en}
    for language, texts in by_language.items():
        for text in texts:
            yield Passage(
                record.concept_id,
                PassageType.OCCUPATION,
                language,
                PassageField.TITLE,
                text,
                embedded=False,
            )


def _skill_passages(skill: Skill) -> list[Passage]:
    return [
        Passage(
            skill.concept_id,
            PassageType.SKILL,
            language,
            PassageField.LABEL,
            skill.preferred_label.text(language),
            # Papers are never matched with what somebody says they can do.
            embedded=language is EMBEDDED_SKILL_LABELS and not skill.is_qualification,
        )
        for language in Language
    ]


def _guide_passages(record: schema.GuidePage) -> list[Passage]:
    passages = []
    for language in Language:
        keywords = record.keywords.sv if language is Language.SV else record.keywords.en
        texts = [(PassageField.LABEL, _bilingual(record.title).text(language))]
        texts += [(PassageField.TITLE, keyword) for keyword in keywords]
        passages += [Passage(record.id, PassageType.GUIDE, language, f, text) for f, text in texts]
    return passages


def _section_passages(record: schema.GuidePage) -> list[Passage]:
    passages = []
    for number, section in enumerate(record.sections):
        owner_id = section_owner_id(record.id, number)
        for language in Language:
            heading, body = (
                _bilingual(section.heading).text(language),
                _bilingual(section.body).text(language),
            )
            passages += [
                Passage(owner_id, PassageType.SECTION, language, PassageField.TITLE, heading),
                Passage(owner_id, PassageType.SECTION, language, PassageField.TITLE, body, embedded=False),
            ]
    return passages
