"""Gathers what a person takes along out of their conversation."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from assistant.agent.log_words import kind_of_error
from assistant.agent.session import Session
from assistant.domain.conversation import AnswerEvent, ToldTurn
from assistant.domain.dossier import Dossier, NamedConcept
from assistant.domain.held import HeldData, HeldKind, HowTold
from assistant.domain.language import Bilingual, Language
from assistant.domain.profile import Experience, Profile
from assistant.errors import GuidanceError
from assistant.retrieval.knowledge import Knowledge
from assistant.retrieval.stores.catalogue import Catalogue

# What of all that is held a document shows.
SHOWN_KINDS = (
    HeldKind.EXPERIENCE,
    HeldKind.SKILL,
    HeldKind.EDUCATION,
    HeldKind.LANGUAGE,
    HeldKind.LICENCE,
    HeldKind.WISH,
)

logger = logging.getLogger(__name__)


async def make_dossier(
    session: Session, knowledge: Knowledge, languages: tuple[Language, ...], made_at: str
) -> Dossier:
    """The profile with all names in both languages, and the latest paths and plan.

    Args:
        session: The conversation; it stays as it is.
        knowledge: Names of groups, occupations and skills.
        languages: One or two, the main one first.
        made_at: ISO 8601 time.
    """
    profile = session.profile
    return Dossier(
        made_at=made_at,
        languages=languages,
        profile=profile,
        concepts={concept.concept_id: concept for concept in _concepts(profile, knowledge)},
        paths=await _told(session, languages, _turn_of_paths(session.turns), _suggested),
        plans=await _told(session, languages, _turn_of_plan(session.turns), _planned),
        titles=dict(_titles(profile.experiences, knowledge)),
        origins=_origins(session.held()),
        told_in=session.language,
    )


def _concepts(profile: Profile, knowledge: Knowledge) -> Iterator[NamedConcept]:
    catalogue = knowledge.catalogue
    for experience in profile.experiences:
        if group := catalogue.groups.get(experience.concept_id):
            yield _named(group.concept_id, group.preferred_label, catalogue, code=group.ssyk_code)
    for skill_id in sorted(profile.held_skill_ids):
        if skill := catalogue.skills.get(skill_id):
            label, on_paper = skill.preferred_label, skill.is_qualification
            yield _named(skill_id, label, catalogue, is_qualification=on_paper)
        elif stored := knowledge.concepts.concept(skill_id):
            yield NamedConcept(skill_id, stored.preferred_label)


def _named(
    concept_id: str, label: Bilingual, catalogue: Catalogue, *, code: str = "", is_qualification: bool = False
) -> NamedConcept:
    esco = catalogue.esco.get(concept_id)
    uri, match = (esco.uri, esco.kind) if esco else ("", None)
    return NamedConcept(concept_id, label, code, uri, match, is_qualification)


def _titles(experiences: Iterable[Experience], knowledge: Knowledge) -> Iterator[tuple[str, Bilingual]]:
    """Titles that name the group or one of its occupations; own words have no other language."""
    for experience in experiences:
        group = knowledge.catalogue.groups.get(experience.concept_id)
        if group is None:
            continue
        of_group = Bilingual(group.name(Language.SV), group.name(Language.EN))
        occupations = knowledge.concepts.occupation_names_of(group.concept_id)
        for name in (of_group, *(occupation.preferred_label for occupation in occupations)):
            if experience.title in (name.sv, name.en):
                yield experience.title, name
                break


def _origins(held: HeldData) -> Mapping[HeldKind, tuple[HowTold, ...]]:
    """The ways in which the items of each kind were told, without the words that they were told in."""
    found: dict[HeldKind, set[HowTold]] = {}
    for item in held.items:
        found.setdefault(item.kind, set()).add(item.origin.how)
    return {
        kind: tuple(how for how in HowTold if how in found[kind]) for kind in SHOWN_KINDS if kind in found
    }


def _turn_of_paths(turns: Sequence[ToldTurn]) -> int | None:
    """The turn that brought the latest paths; every later answer carries them along."""
    shown = [tuple((card.path, card.label) for card in turn.answer.paths) for turn in turns]
    latest = len(turns) - 1
    if latest < 0 or not shown[latest]:
        return None
    while latest > 0 and shown[latest - 1] == shown[latest]:
        latest -= 1
    return latest


def _turn_of_plan(turns: Sequence[ToldTurn]) -> int | None:
    return next((number for number in reversed(range(len(turns))) if turns[number].answer.plan), None)


def _suggested(answer: AnswerEvent) -> tuple[str, ...]:
    return tuple(card.path.concept_id for card in answer.paths)


def _planned(answer: AnswerEvent) -> tuple[str, ...]:
    plan = answer.plan
    return (plan.concept_id, *(step.kind for step in plan.steps)) if plan else ()


async def _told(
    session: Session,
    languages: tuple[Language, ...],
    number: int | None,
    shown: Callable[[AnswerEvent], tuple[str, ...]],
) -> Mapping[Language, AnswerEvent]:
    """An answer in each of the languages that it can be told in.

    Played again, an answer may come out otherwise, when a public source is down or has changed: then it
    would say something else than the person has read, and is left out.
    """
    if number is None:
        return {}
    said = session.turns[number].answer
    answers: dict[Language, AnswerEvent] = {}
    for language in languages:
        try:
            answer = await session.retell(number, language)
        except GuidanceError as error:
            logger.error("could not tell a turn in %s: %s", language, kind_of_error(error))
            continue
        if shown(answer) == shown(said):
            answers[language] = answer
    return answers or {said.language: said}
