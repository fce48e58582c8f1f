"""Which of our two languages a part of a message is in, and its little words as they are written."""

import re

from wordfreq import zipf_frequency

from assistant.domain.language import Language
from assistant.retrieval.text import words

# How the little words that show who speaks are written by ear.
_BY_EAR = (
    (re.compile(r"\b(?:ja|jak|jg|jaa|jah)\b(?= \w)", re.IGNORECASE), "jag"),
    (re.compile(r"\bja?g? ?e\b", re.IGNORECASE), "jag är"),
    (re.compile(r"\bi am was\b|\bi was be\b", re.IGNORECASE), "i was"),
)
_GREETED = re.compile(
    r"^\s*(?:(?:asså|alltså|ah|öh|hallå|hej(?:san)?|god ?dag|tjena|tja|hello|hi|hey|ok(?:ay|ej)?|well|yes"
    r"|yeah|jo|so|så)\b[ ,]*)+(?=\w)",
    re.IGNORECASE,
)


def spoken(text: str) -> str:
    """A text without what one says before one begins, its pronouns as they are written."""
    text = _GREETED.sub("", text) or text
    for heard, written in _BY_EAR:
        text = heard.sub(written, text)
    return text


def language_of(text: str, around: str = "") -> Language:
    """The language whose words a text has more of.

    Word frequencies of wordfreq; misspelt words count for neither. Where they do not tell, the text
    around does; Swedish where that tells nothing either.

    Args:
        text: A part of a message.
        around: The whole message.
    """
    return Language.EN if (_english(text) or _english(around)) > 0 else Language.SV


def _english(text: str) -> float:
    """How much more English than Swedish a text is, on the Zipf scale summed over its words."""
    return sum(
        zipf_frequency(word, "en", wordlist="small") - zipf_frequency(word, "sv", wordlist="small")
        for word in words(text)
        if not word.isdigit()
    )
