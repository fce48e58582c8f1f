"""Everything that is held about the person, as props for `MyData.jsx`; pure functions."""

from itertools import groupby

from assistant.agent.own_data.editing import EDITABLE
from assistant.agent.own_data.importing import MOST_BYTES
from assistant.domain.concept import EducationLevel, Feature
from assistant.domain.held import HeldData, HeldItem, HeldKind, HowTold, Origin, SaidMessage
from assistant.domain.profile import (
    Education,
    Experience,
    ExperienceKind,
    HeldSkill,
    SpokenLanguage,
    WishKind,
)
from assistant.retrieval.mentions.details import country_name
from assistant.ui.cards import Labels, Props
from assistant.ui.overview import education_row, experience_row, wish_words

_NUMBER, _TEXT = "number", "text"
_BUTTONS = "strike strike_ask strike_yes strike_no edit save_change cancel"
_TEXTS = "intro empty written messages_help save import import_help import_failed failed"


def data_props(held: HeldData, labels: Labels) -> Props:
    """Props of the panel: groups of items, each with where it came from, and the person's messages."""
    return {
        "groups": [
            {"title": labels(f"data.kind.{kind}"), "items": [_item(each, labels) for each in items]}
            for kind, items in groupby(held.items, key=lambda item: item.kind)
        ],
        "largest": MOST_BYTES,
        "messages": [_message(message, labels) for message in held.messages],
        "labels": {**labels.group("data", _TEXTS), **labels.group("data.button", _BUTTONS)},
    }


def _item(item: HeldItem, labels: Labels) -> Props:
    text, detail = _words(item, labels)
    return {
        "id": item.item_id,
        "text": text,
        "detail": detail,
        "origin": origin_words(item.origin, labels),
        "fields": _fields(item, labels) if _is_editable(item) else [],
    }


def _is_editable(item: HeldItem) -> bool:
    return item.kind in EDITABLE and item.value not in list(WishKind)


def _message(message: SaidMessage, labels: Labels) -> Props:
    return {
        "id": message.message_id,
        "text": message.text,
        "origin": labels(f"data.message.{message.how}", number=str(message.number)),
    }


def origin_words(origin: Origin, labels: Labels) -> str:
    """Where an item came from, in a sentence."""
    if origin.how in (HowTold.EDITED, HowTold.IMPORTED):
        return labels(f"data.from.{origin.how}")
    if not origin.words:
        return labels("data.from.struck", number=str(origin.number))
    if origin.how is HowTold.FILE:
        return labels("data.from.file")
    return labels(f"data.from.{origin.how}", words=origin.words)


def _words(item: HeldItem, labels: Labels) -> tuple[str, str]:
    """An item in words: what it is, and what is known of it."""
    match item.value:
        case Experience():
            row = experience_row(item.value, labels)
            return str(row["title"]), str(row["detail"])
        case Education():
            row = education_row(item.value, labels)
            return str(row["title"]), str(row["detail"])
        case SpokenLanguage(name=name, level=level):
            return name, level
        case HeldSkill(label=label):
            return label, ""
        case str() as told:
            return _told(item, told, labels), ""


def _told(item: HeldItem, told: str, labels: Labels) -> str:
    name = item.item_id.partition(":")[2]
    if item.kind is HeldKind.WISH:
        return wish_words(told, labels)
    if item.kind in (HeldKind.FEATURE, HeldKind.UNWANTED) and told in list(Feature):
        return labels(f"data.feature.{told}")
    if item.kind is HeldKind.CONDITION:
        return labels(f"data.condition.{name}", **({"months": told} if told.isdecimal() else {}))
    if item.item_id == "note:of_client":
        return labels("data.note.of_client")
    if item.kind is HeldKind.NOTE:
        return labels(f"data.note.{name}", words=told)
    return told


def _fields(item: HeldItem, labels: Labels) -> list[Props]:
    """The fields of the form that changes an item."""
    match item.value:
        case Experience(title=title, years=years, country=country, kind=kind):
            kinds = {each.value: labels(f"profile.kind.{each}") for each in ExperienceKind}
            return [
                _field("title", title, labels),
                _field("years", "" if years is None else f"{years:g}", labels, kind=_NUMBER),
                _field("country", _country(country, labels), labels),
                _field("kind", kind.value, labels, options=kinds),
            ]
        case Education(level=level, field=field, country=country):
            levels = {each.value: labels(f"profile.level.{each}") for each in EducationLevel}
            return [
                _field("level", level.value if level else "", labels, options={"": "–", **levels}),
                _field("field", field, labels),
                _field("country", _country(country, labels), labels),
            ]
        case SpokenLanguage(name=name, level=level):
            return [_field("name", name, labels), _field("level", level, labels)]
        case _:
            return [_field("text", str(item.value), labels)]


def _field(
    name: str, value: str, labels: Labels, *, kind: str = _TEXT, options: dict[str, str] | None = None
) -> Props:
    listed = [{"value": each, "label": label} for each, label in (options or {}).items()]
    return {
        "name": name,
        "value": value,
        "label": labels(f"data.field.{name}"),
        "type": kind,
        "options": listed,
    }


def _country(code: str, labels: Labels) -> str:
    return country_name(code, labels.language) if code else ""
