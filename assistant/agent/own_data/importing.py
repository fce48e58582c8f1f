"""A file of own data is read in: nothing in it is trusted, and no source or answer is taken from it."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from pydantic import ValidationError

from assistant.agent.guide.memory import Candidate, Memory
from assistant.agent.guide.policy import Question, next_rule
from assistant.agent.guide.wording import Wording
from assistant.agent.messages import HOW, LANGUAGE, STRUCK
from assistant.agent.own_data.facts import Facts
from assistant.agent.own_data.file_form import FileForm, PieceForm, ProfileForm, RememberedForm, SkillForm
from assistant.agent.own_data.notes import notes, with_note
from assistant.agent.own_data.portable import FORMAT, VERSION
from assistant.agent.piece import Piece, PieceKind
from assistant.agent.snapshot import SessionState
from assistant.agent.welcome import welcome
from assistant.domain.conversation import AnswerEvent, Choice, Phase, ToldTurn
from assistant.domain.held import HowTold
from assistant.domain.language import Bilingual, Language, Level
from assistant.domain.plan import Conditions
from assistant.domain.profile import Education, Experience, HeldSkill, Profile, SpokenLanguage
from assistant.errors import ImportRefused
from assistant.prompts import Texts
from assistant.retrieval.stores.catalogue import Catalogue

MOST_BYTES = 5_000_000
START = "start:on"
_MOST_SHOWN = 200
T = TypeVar("T")


def read_portable(content: bytes | str) -> object:
    """The plain values in a file of own data.

    Raises:
        ImportRefused: It is too large, or no JSON.
    """
    if len(content) > MOST_BYTES:
        raise ImportRefused(reason=f"more than {MOST_BYTES} bytes")
    try:
        value: object = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ImportRefused(reason=f"no JSON ({type(error).__name__})") from None
    return value


def imported(portable: object, catalogue: Catalogue, texts: Texts) -> SessionState:
    """A conversation that begins with what a file says, and greets with it.

    Of the file only what the person has told is taken. Concepts that the index does not know are left out.

    Raises:
        ImportRefused: It is no such file, or of another version.
    """
    try:
        file = FileForm.model_validate(portable)
    except (ValidationError, RecursionError) as error:
        raise ImportRefused(reason=_wrong(error)) from None
    known = _Known(catalogue)
    profile = known.profile(file.profile)
    memory = known.memory(file.remembered) if file.remembered else None
    phase = next_rule(profile, memory).phase if memory else Phase.EXPERIENCE
    said = [
        HumanMessage(
            each.text, id=f"human-{number}",
            additional_kwargs={LANGUAGE: file.language.value, HOW: each.how.value, STRUCK: each.struck},
        )
        for number, each in enumerate(file.messages)
    ]  # fmt: skip
    origins = {item: (o.how.value, o.words, o.number) for item, o in file.origins.items()}
    facts = Facts(profile, memory, "" if memory else file.memo)
    messages = with_note(said, facts, HowTold.IMPORTED, phase=phase, origins=origins)
    greeting = _greeting(facts, phase, Wording(texts.at(file.level), file.language), left_out=known.left_out)
    greeting = replace(greeting, level=file.level)
    return SessionState(
        language=file.language,
        level=file.level,
        messages=(*messages, AIMessage(greeting.text)),
        turns=(ToldTurn("", "", greeting),),
    )


def _wrong(error: ValidationError | RecursionError) -> str:
    """What is wrong, without what the file holds, which may be anything."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    told = [f"{'.'.join(map(str, each['loc']))[:60]}: {each['type']}" for each in error.errors()]
    return f"not a file of {FORMAT}, version {VERSION} ({'; '.join(told)[:_MOST_SHOWN]})"


def beginning(
    messages: Sequence[BaseMessage], texts: Texts, language: Language, level: Level, model: str
) -> AnswerEvent:
    """How a conversation began: with the greeting of a file, or with the welcome (`model` as there)."""
    begun = next((note for note in notes(messages) if note.how is HowTold.IMPORTED), None)
    if begun is None:
        return welcome(texts, language, level, model)
    phase = begun.message.artifact.phase
    return replace(_greeting(begun.facts, phase, Wording(texts.at(level), language), left_out=0), level=level)


def _greeting(facts: Facts, phase: Phase, wording: Wording, *, left_out: int) -> AnswerEvent:
    place = facts.memory.place if facts.memory else ""
    parts = (
        wording.say("own.back"),
        wording.summary(facts.profile),
        wording.say("summary.place", place=place) if place else "",
        wording.say("own.left_out") if left_out else "",
        wording.say("own.next"),
    )
    return AnswerEvent(
        "\n\n".join(filter(None, parts)),
        wording.language,
        phase,
        choices=(Choice(START, wording.say("own.go_on")),),
        profile=facts.profile,
    )


class _Known:
    """Takes what is known to the index and counts what is not."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.left_out = 0

    def profile(self, given: ProfileForm) -> Profile:
        groups = self._catalogue.groups
        return Profile(
            experiences=tuple(
                Experience(
                    e.title, e.concept_id, groups[e.concept_id].ssyk_code, e.years, e.kind, e.country,
                    self._skills(e.skills),
                )
                for e in self._of(given.experiences, lambda e: e.concept_id in groups)
            ),
            education=tuple(Education(e.level, e.field, e.country) for e in given.education),
            languages=tuple(SpokenLanguage(each.name, each.level) for each in given.languages),
            licences=tuple(given.licences),
            wishes=tuple(given.wishes),
            skills=self._skills(given.skills),
        )  # fmt: skip

    def memory(self, given: RememberedForm) -> Memory:
        is_group = self._catalogue.groups.__contains__
        works = self._of(given.pending, lambda work: all(map(is_group, work.concept_ids)))
        told = given.model_dump(exclude={"conditions", "pending", "pieces", "settled"})
        tuples = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
        memory = Memory(**{**told, **tuples})
        return replace(
            memory,
            conditions=Conditions(**given.conditions.model_dump()),
            goal="".join(self._of([memory.goal] if memory.goal else [], is_group)),
            wanted=tuple(self._of(memory.wanted, is_group)),
            turned_down=tuple(self._of(memory.turned_down, is_group)),
            pending=tuple(
                Candidate(**{**work.model_dump(), "concept_ids": tuple(work.concept_ids)}) for work in works
            ),
            pieces=tuple(map(self._piece, self._of(given.pieces, self._is_piece))),
            settled=frozenset(self._of(given.settled, self._is_question)),
        )

    def _is_piece(self, given: PieceForm) -> bool:
        ids = self._catalogue.groups if given.kind is PieceKind.EXPERIENCE else self._catalogue.skills
        return all(concept_id in ids for concept_id in given.concept_ids)

    def _piece(self, given: PieceForm) -> Piece:
        told = {**given.model_dump(), "concept_ids": tuple(given.concept_ids)}
        return Piece(**told, names=self._names(given.concept_ids[0]) if given.concept_ids else None)

    def _names(self, concept_id: str) -> Bilingual:
        if group := self._catalogue.groups.get(concept_id):
            return Bilingual(group.name(Language.SV), group.name(Language.EN))
        return self._catalogue.skills[concept_id].preferred_label

    def _is_question(self, name: str) -> bool:
        question, _, concept_id = name.partition(":")
        return question in list(Question) and (not concept_id or concept_id in self._catalogue.groups)

    def _skills(self, given: list[SkillForm]) -> tuple[HeldSkill, ...]:
        skills = self._catalogue.skills
        held = []
        for each in self._of(given, lambda skill: skill.concept_id in skills):
            label = skills[each.concept_id].preferred_label
            # A label of the concept, whatever the file calls it.
            held.append(
                HeldSkill(each.concept_id, each.label if each.label in (label.sv, label.en) else label.sv)
            )
        return tuple(held)

    def _of(self, given: Iterable[T], is_known: Callable[[T], bool]) -> list[T]:
        given = list(given)
        kept = [each for each in given if is_known(each)]
        self.left_out += len(given) - len(kept)
        return kept
