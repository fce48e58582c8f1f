"""The panel from which a person takes their data along, as props for its element; a pure function."""

from assistant.domain.language import Language
from assistant.domain.profile import Profile
from assistant.exports.formats import ExportFormat
from assistant.ui.cards import Labels, Props

# Files for people come first, and the one to go on with comes last.
_GROUPS = {
    "people": (ExportFormat.PDF, ExportFormat.DOCX),
    "services": (ExportFormat.JSON_RESUME, ExportFormat.OPEN_BADGES, ExportFormat.ELM),
    "later": (ExportFormat.JSON,),
}


def take_along_props(profile: Profile, labels: Labels) -> Props:
    """Props of `TakeAlong.jsx`: the formats in plain words, and the languages, the conversation's first.

    Args:
        profile: What the person has told so far.
        labels: The texts of the page.
    """
    own, other = labels.language, labels.language.other
    languages = ((own,), (other,), (own, other))
    return {
        "empty": profile == Profile(),
        "languages": [
            {"value": ",".join(chosen), "label": labels(f"take.{_language_key(chosen)}")}
            for chosen in languages
        ],
        "groups": [
            {
                "name": group,
                "title": labels(f"take.{group}"),
                "help": labels(f"take.{group}_help"),
                "formats": [_format(each, labels) for each in formats],
            }
            for group, formats in _GROUPS.items()
        ],
        "labels": labels.group("take", "intro empty language making made again failed lost"),
    }


def _language_key(languages: tuple[Language, ...]) -> str:
    return "both" if len(languages) > 1 else f"in.{languages[0]}"


def _format(format: ExportFormat, labels: Labels) -> Props:
    return {
        "id": format.value,
        "name": labels(f"take.format.{format}.name"),
        "help": labels(f"take.format.{format}.help"),
    }
