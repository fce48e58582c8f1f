"""The gate that all a person sends passes before a model, a tool or a log sees it."""

from dataclasses import dataclass

from assistant.agent.contact_details import without_personal_details
from assistant.agent.safety import mask_identity_numbers
from assistant.domain.conversation import UserInput
from assistant.retrieval.cv.reader import LONGEST_CV

LONGEST_INPUT = 10_000
LONGEST_CHOICE = 200


@dataclass(frozen=True, slots=True)
class Gated:
    """What may go on.

    Attributes:
        text: The words, cut and masked.
        choice_id: The choice, likewise.
        file: The kind of file that the words were read in; empty for what was written.
        masked: A personal identity number was masked in what was written.
        removed: How many personal details were taken out of the text of a file.
    """

    text: str
    choice_id: str
    file: str = ""
    masked: bool = False
    removed: int = 0


def gated(given: UserInput) -> Gated:
    """What a person sends, masked before it is cut, lest a number loses its end and passes.

    What was written loses identity numbers. The text of a file, which nobody wrote for this conversation,
    loses all that tells how to reach somebody and what no suggestion may build on.
    """
    choice = mask_identity_numbers(given.choice_id[:LONGEST_CHOICE])
    if given.file:
        text, removed = without_personal_details(given.message)
        return Gated(text[:LONGEST_CV], choice.text, given.file, choice.masked, removed)
    said = mask_identity_numbers(given.message)
    return Gated(said.text[:LONGEST_INPUT], choice.text, masked=said.masked or choice.masked)
