"""An item is changed by the person: what they send is checked, noted, and known from then on as edited."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.agent.own_data.facts import Facts, HeldPiece, changed, pieces
from assistant.agent.own_data.notes import last_facts, with_note
from assistant.agent.own_data.striking import with_settled_question
from assistant.agent.safety import without_identity_numbers
from assistant.agent.snapshot import SessionState
from assistant.domain.concept import EducationLevel
from assistant.domain.held import HeldKind, HowTold
from assistant.domain.language import Language
from assistant.domain.profile import ExperienceKind
from assistant.errors import ChangeRefused, ItemMissing
from assistant.retrieval.mentions.details import country_name, country_said

_LICENCES = ("AM", "A1", "A2", "A", "B", "B96", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE")


def country_code(told: str) -> str:
    """The ISO 3166 code of a country, given as such or by its name in Swedish or English; "" for none.

    Raises:
        ValueError: No country is known by it.
    """
    if not told:
        return ""
    if len(told) == 2 and country_name(told.upper(), Language.EN) != told.upper():
        return told.upper()
    if code := country_said(told):
        return code
    raise ValueError("no such country")


def _licence(text: str) -> str:
    if text.upper() not in _LICENCES:
        raise ValueError("no such class of driving licence")
    return text.upper()


_Words = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=120), AfterValidator(without_identity_numbers)
]
_Name = Annotated[_Words, Field(min_length=1)]
_Country = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=60), AfterValidator(country_code)
]


_Licence = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5), AfterValidator(_licence)]


class _Changes(BaseModel):
    """What may be changed of an item; what is left out stays."""

    model_config = ConfigDict(extra="forbid")


class ExperienceChanges(_Changes):
    """Of an experience. What kind of work it is, is for the conversation to find out."""

    title: _Name = ""
    years: float | None = Field(None, ge=0, le=70, allow_inf_nan=False)
    country: _Country = ""
    kind: ExperienceKind = ExperienceKind.PAID


class EducationChanges(_Changes):
    """Of an education."""

    level: EducationLevel | None = None
    field: _Words = ""
    country: _Country = ""


class LanguageChanges(_Changes):
    """Of a language."""

    name: _Name = ""
    level: Annotated[_Words, StringConstraints(max_length=30)] = ""


class LicenceChanges(_Changes):
    """Of a driving licence: its class."""

    text: _Licence


class WordsChanges(_Changes):
    """Of what is held in the person's own words."""

    text: _Name


# What of each kind may be changed; what is no more than a choice is struck, and chosen anew.
EDITABLE: dict[HeldKind, type[_Changes]] = {
    HeldKind.EXPERIENCE: ExperienceChanges,
    HeldKind.EDUCATION: EducationChanges,
    HeldKind.LANGUAGE: LanguageChanges,
    HeldKind.LICENCE: LicenceChanges,
    HeldKind.WISH: WordsChanges,
    HeldKind.PLACE: WordsChanges,
}


def edit_item(state: SessionState, item_id: str, changes: object) -> SessionState:
    """The conversation with an item changed, noted as the person's own doing.

    Raises:
        ChangeRefused: The item cannot be changed like that.
        ItemMissing: Nothing with this id is held.
    """
    before = last_facts(state.messages)
    piece = next((each for each in pieces(before) if each.item_id == item_id), None)
    if piece is None:
        raise ItemMissing(item_id)
    facts: Facts = changed(before, piece.path, _change(piece, changes))
    if piece.kind is HeldKind.PLACE and facts.memory is not None:
        # The plan was made for the other place.
        facts = replace(facts, memory=replace(facts.memory, planned=None))
    edited = replace(state, messages=with_note(state.messages, facts, HowTold.EDITED))
    return with_settled_question(edited, before)


def _change(piece: HeldPiece, changes: object) -> Callable[[Any], Any]:
    model = EDITABLE.get(piece.kind)
    if model is None:
        raise ChangeRefused(reason="it can be struck, not changed")
    try:
        wanted = model.model_validate(changes)
    except ValidationError as error:
        # Without what was sent, which may be anything.
        told = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        raise ChangeRefused(reason="; ".join(told)[:200]) from None
    given = wanted.model_dump(exclude_unset=True)
    if isinstance(piece.value, str):
        return lambda value: given["text"]
    return lambda value: replace(value, **given)
