"""What tells how to reach somebody, taken out of a text before it leaves the machine."""

import re

from assistant.agent.safety import MASK, mask_identity_numbers
from assistant.apis.ad_records import without_contacts

_WEB = r"(?:https?://|www\.)\S{1,300}|\b(?:[\w-]{1,63}\.){1,4}(?:com|se|net|org|nu|eu|io|me)/\S{1,300}"
# What is said to be a number to call, in whatever form: those of other countries have many.
_LABEL = r"\b(?:tel|tfn|telefon|telefonnummer|phone|mobil|mobile|mob|cell|whatsapp)\b[\s.:nr]{0,6}"
_DIGITS = r"[(+]{0,2}\d[\d\s()/.\u2010-\u2015-]{4,20}\d"
_CONTACT = re.compile(rf"{_WEB}|{_LABEL}{_DIGITS}", re.IGNORECASE)


def without_contact_details(text: str) -> str:
    """The text with e-mail and web addresses, phone numbers and personal identity numbers masked.

    Names and street addresses stay: they cannot be told from places of work with certainty.
    """
    return without_contacts(_CONTACT.sub(MASK, mask_identity_numbers(text).text))
