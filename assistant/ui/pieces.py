"""What was read in a CV, and the handing over of a file, as props for the elements; pure functions."""

from collections.abc import Iterable
from itertools import groupby

from assistant.documents.document import LARGEST_BYTES
from assistant.domain.conversation import Choice
from assistant.ui.cards import Labels, Props

PIECE_PREFIX = "piece:"
KEEP_PREFIX = "pieces:keep:"
# What the name of a file may end in. What kind of file it is its content says; the ending only saves the
# sending of one that nobody could read.
ENDINGS = (".pdf", ".docx", ".txt")


def is_piece(choice: Choice) -> bool:
    """Whether a choice is a piece of a CV to keep or strike."""
    return choice.choice_id.startswith(PIECE_PREFIX)


def pieces_props(choices: Iterable[Choice], labels: Labels) -> Props:
    """Props of `Pieces.jsx`: the pieces under their headings, numbered as in the text, and the buttons."""
    offered = tuple(choices)
    pieces = [choice for choice in offered if is_piece(choice)]
    return {
        "groups": [
            {"heading": heading, "pieces": [_piece(choice) for choice in group]}
            for heading, group in groupby(pieces, key=lambda choice: choice.group)
        ],
        "choices": [
            {"id": choice.choice_id, "label": choice.label}
            for choice in offered
            # The boxes and their button say the same.
            if not is_piece(choice) and choice.choice_id != "pieces:all"
        ],
        "labels": labels.group("pieces", "legend said read all"),
        "keep_count": labels.texts.template("pieces.keep_count", labels.language),
    }


def _piece(choice: Choice) -> Props:
    return {
        "id": choice.choice_id,
        "number": int(choice.choice_id.removeprefix(PIECE_PREFIX)),
        "said": choice.label,
        "read": choice.explanation,
        "ticked": choice.is_ticked,
    }


def kept_pieces(choice_id: str, labels: Labels) -> str:
    """What a person says by keeping pieces: their numbers in a sentence."""
    numbers = [number for number in choice_id.removeprefix(KEEP_PREFIX).split(",") if number]
    return labels("pieces.kept", numbers=", ".join(numbers)) if numbers else labels("pieces.kept_none")


def upload_props(labels: Labels) -> Props:
    """Props of `Upload.jsx`."""
    names = "open title body choose drop reading cancel again large kind failed lost"
    sending = labels.texts.template("upload.sending", labels.language)
    return {
        "language": labels.language.value,
        "largest": LARGEST_BYTES,
        "endings": list(ENDINGS),
        "labels": {**labels.group("upload", names), "sending": sending},
    }
