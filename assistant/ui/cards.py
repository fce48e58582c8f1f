"""What an answer brings, as props for the elements in `public/elements/`; pure functions.

Every text is finished here, in the conversation's language, so that the elements only lay it out.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from babel.dates import format_date, format_time

from assistant.domain.conversation import AnswerEvent, Choice
from assistant.domain.language import Language
from assistant.domain.path import Path
from assistant.domain.source import Citation
from assistant.prompts import Texts
from assistant.ui.repeated import around_cards

Props = dict[str, object]

SKILL_PREFIX = "skill:"
KEEP_PREFIX = "skills:keep:"

_MARKER = re.compile(r"\[(\d{1,3})\](?!\()")
# Chainlit's Markdown takes ":s" in "EU:s" for a directive and drops it, and "~" for struck out.
_EATEN = re.compile(r":(?=[^\W\d_])|~")


@dataclass(frozen=True, slots=True)
class Labels:
    """The texts of the page in one language."""

    texts: Texts
    language: Language

    def __call__(self, key: str, **values: str) -> str:
        """One text with its variables filled in."""
        return self.texts.say(key, self.language, **values)

    def number(self, value: float) -> str:
        """A number with the language's decimal sign."""
        return f"{value:g}".replace(".", "," if self.language is Language.SV else ".")

    def group(self, prefix: str, names: str) -> Props:
        """Several texts under one prefix, by their own names."""
        return {name: self(f"{prefix}.{name}") for name in names.split()}


def preferred_language(accept_language: str) -> Language:
    """The first of the two languages that a browser asks for; Swedish when it asks for neither.

    Args:
        accept_language: The header, such as `ar, en;q=0.8`. Browsers send it best first.
    """
    for part in accept_language.lower().split(","):
        for language in Language:
            if re.match(rf"\s*{language}\b", part):
                return language
    return Language.SV


def safe_markdown(text: str) -> str:
    """A text that Chainlit's Markdown shows as it is written."""
    return _EATEN.sub(lambda found: f"\\{found.group()}", text)


def told_markdown(text: str, answer: AnswerEvent) -> str:
    """A text of an answer for Chainlit; each marker is a link that `Sources.jsx` opens in the side panel."""
    known = {citation.marker for citation in answer.citations}

    def link(found: re.Match[str]) -> str:
        marker = int(found.group(1))
        return f"[[{marker}]](#source-{marker})" if marker in known else found.group()

    return _MARKER.sub(link, safe_markdown(text))


def told_props(answer: AnswerEvent, labels: Labels) -> Props:
    """Props of `Told.jsx`: what an answer says above its cards, and what can be done with that.

    The lines that repeat choices and cards, which the terminal needs, are left out: the page shows them
    as buttons and cards.
    """
    above, _ = around_cards(answer)
    return {
        "language": answer.language.value,
        "text": above,
        "known": [citation.marker for citation in answer.citations],
        "note": "",
        "labels": labels.group("access", "read stop no_voice_sv no_voice_en close"),
    }


def closing_props(answer: AnswerEvent) -> Props:
    """Props of `Closing.jsx`: what an answer says below its cards."""
    _, below = around_cards(answer)
    return {"text": below, "known": [citation.marker for citation in answer.citations]}


def markers_in(*texts: str) -> frozenset[int]:
    """The markers that stand in texts."""
    return frozenset(int(found) for text in texts for found in _MARKER.findall(text))


def without_markers(text: str) -> str:
    """A text without its markers."""
    return " ".join(_MARKER.sub("", text).split())


def moment(written: str, language: Language) -> str:
    """An ISO 8601 date or time as people write it; the text itself when it is neither."""
    try:
        if len(written) <= len("2026-01-01"):
            return format_date(date.fromisoformat(written), "long", locale=language.value)
        at = datetime.fromisoformat(written)
    except ValueError:
        return written
    at = at.astimezone(UTC) if at.tzinfo else at
    clock = format_time(at, "HH:mm", locale=language.value)
    return f"{format_date(at, 'long', locale=language.value)}, {clock}{' UTC' if at.tzinfo else ''}"


def path_names(answer: AnswerEvent) -> tuple[tuple[Path, str], ...]:
    """The paths of an answer, and what they are called in its language."""
    return tuple((card.path, card.label) for card in answer.paths)


def without_repeated_paths(answer: AnswerEvent, shown: tuple[tuple[Path, str], ...]) -> AnswerEvent:
    """The answer without paths that the page shows already, and without the sources of those alone."""
    if not answer.paths or path_names(answer) != shown:
        return answer
    others = (card for card in (answer.occupation, answer.comparison, answer.plan) if card)
    used = markers_in(answer.text).union(*(card.markers for card in others))
    cited = tuple(citation for citation in answer.citations if citation.marker in used)
    return replace(answer, paths=(), citations=cited)


def source_props(citations: Iterable[Citation], labels: Labels) -> list[Props]:
    """The sources of an answer, in the order of their markers."""
    return [
        {
            "marker": citation.marker,
            "open": labels("source.open", number=str(citation.marker)),
            "panel": labels("source.title", number=str(citation.marker)),
            "title": citation.source.title,
            "system": citation.source.system,
            "url": citation.source.url if citation.source.url.startswith(("https://", "http://")) else "",
            "version": citation.source.version,
            "retrieved": moment(citation.source.retrieved_at, labels.language),
            "quote": citation.source.quote,
            "labels": labels.group("source", "system version retrieved quote visit new_tab close"),
        }
        for citation in sorted(citations, key=lambda citation: citation.marker)
    ]


def sources_props(answer: AnswerEvent, labels: Labels) -> Props:
    """Props of `Sources.jsx`."""
    number = len(answer.citations)
    heading = labels("source.one") if number == 1 else labels("source.many", number=str(number))
    return {"heading": heading, "sources": source_props(answer.citations, labels)}


def is_skill(choice: Choice) -> bool:
    """Whether a choice is a skill to keep or strike."""
    return choice.choice_id.startswith(SKILL_PREFIX)


def choices_props(choices: Iterable[Choice], labels: Labels) -> Props:
    """Props of `Choices.jsx`: a button for each."""
    return {
        "choices": [_choice_props(choice) for choice in choices],
        "labels": labels.group("choices", "label"),
    }


def skills_props(choices: Iterable[Choice], labels: Labels) -> Props:
    """Props of `SkillPicker.jsx`: boxes for the skills, and buttons for the other choices."""
    offered = tuple(choices)
    return {
        "skills": [_choice_props(choice) for choice in offered if is_skill(choice)],
        "choices": [_choice_props(choice) for choice in offered if not is_skill(choice)],
        "labels": labels.group("choices", "skills"),
        "keep_count": labels.texts.template("choices.keep_count", labels.language),
    }


def _choice_props(choice: Choice) -> Props:
    return {"id": choice.choice_id, "label": choice.label, "explanation": choice.explanation}


def kept_skills(choice_id: str, offered: Iterable[Choice], labels: Labels) -> str:
    """What a person says by keeping skills: their labels in a sentence."""
    kept = choice_id.removeprefix(KEEP_PREFIX).split(",")
    names = [c.label for c in offered if c.choice_id.removeprefix(SKILL_PREFIX) in kept]
    return labels("choices.kept", skills=", ".join(names))
