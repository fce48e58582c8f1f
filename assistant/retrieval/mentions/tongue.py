"""Which of our two languages a part of a message is in."""

from wordfreq import zipf_frequency

from assistant.domain.language import Language
from assistant.retrieval.text import words


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
