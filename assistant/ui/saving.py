"""What the page is told of its conversation: its secret, until when it is saved, what the banner says."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from babel.dates import format_date

from assistant.ui.cards import Labels, Props

if TYPE_CHECKING:
    from assistant.keeping.conversations import Kept


def page_state(kept: "Kept", labels: Labels, notice: str = "") -> Props:
    """What `public/conversation.js` is told.

    Args:
        kept: The conversation.
        labels: The texts of the page.
        notice: Key of something to tell the person, such as that another conversation was not found.
    """
    return {
        "vagvisare": "state",
        "secret": kept.secret,
        "saved": saved_until(kept.saved_until, labels) if kept.saved_until else "",
        "notice": labels(notice) if notice else "",
        "labels": labels.group("connection", "lost back linked close"),
    }


def lost_state(reason: str, labels: Labels) -> Props:
    """What `public/conversation.js` is told when there is no conversation to go on with."""
    return {
        "vagvisare": "lost",
        "notice": labels(reason),
        "labels": labels.group("connection", "lost start_again"),
    }


def saved_until(until: datetime, labels: Labels) -> str:
    """Until when a conversation is saved, in words."""
    return labels("save.until", date=format_date(until, "long", locale=labels.language.value))


def save_props(until: datetime | None, days: Iterable[int], labels: Labels) -> Props:
    """Props of `Save.jsx`: what saving means, for how many days, and until when it is saved already."""
    return {
        "saved": saved_until(until, labels) if until else "",
        "days": [{"days": each, "label": labels("save.days", number=str(each))} for each in days],
        "labels": {
            **labels.group("save", "what who where_not how_long agree saved_hint stop stopped failed"),
            **labels.group("save", "link link_once copy copied mail mail_subject mail_body"),
        },
    }
