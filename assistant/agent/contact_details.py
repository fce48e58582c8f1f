"""What tells how to reach somebody, taken out of a text before it leaves the machine or is kept."""

import re

from assistant.agent.safety import MASK, mask_identity_numbers
from assistant.apis.ad_records import MASK as AD_MASK
from assistant.apis.ad_records import without_contacts

_WEB = r"(?:https?://|www\.)\S{1,300}|\b(?:[\w-]{1,63}\.){1,4}(?:com|se|net|org|nu|eu|io|me)/\S{1,300}"
# What is said to be a number to call, in whatever form: those of other countries have many.
_LABEL = r"\b(?:tel|tfn|telefon|telefonnummer|phone|mobil|mobile|mob|cell|whatsapp)\b[\s.:nr]{0,6}"
_DIGITS = r"[(+]{0,2}\d[\d\s()/.\u2010-\u2015-]{4,20}\d"
_CONTACT = re.compile(rf"{_WEB}|{_LABEL}{_DIGITS}", re.IGNORECASE)
# A street with its number, with the postal code that may follow. The town stays: it says where work was.
_POSTAL_CODE = r"(?:,?[ \t]+\d{3} ?\d{2}(?=[ \t][A-ZÅÄÖ]))?"
_STREET = (
    r"\b[A-ZÅÄÖ][\w'-]*(?: [A-ZÅÄÖ]?[\w'-]+){0,2}?"
    r"(?:(?:gatan|gata|vägen|väg|gränd|stigen|stig|backen|allén|torget) \d{1,4}"
    # Words that end so name other things too ("Handlingsplan 2019"): only short numbers make them a street.
    r"|(?: ?torg|plan|planen|platsen|leden|kajen|stranden|esplanaden|höjden|ringen|liden) \d{1,3})"
    r" ?[A-Za-z]?\b"
    rf"(?:,? ?(?:lgh|vån) ?\d+)?{_POSTAL_CODE}"
)
_ENGLISH_STREET = (
    r"\b\d{1,4}[A-Za-z]? [A-Z][\w'-]*(?: [A-Z][\w'-]*)?"
    r" (?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Drive)(?!\w)"
)
_BOX = rf"\b(?:Box|P\.?O\.? Box) \d{{1,6}}\b{_POSTAL_CODE}"
_ADDRESS = re.compile(rf"{_STREET}|{_ENGLISH_STREET}|{_BOX}")
# "05/2016–02/2019" looks like a number to call.
_MONTH = re.compile(r"(?<![\d/.-])((?:\d{1,2}[./-])?(?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d(?!\d))")
_BORN = re.compile(
    r"\b(?:född|födelsedatum|födelsedag|date of birth|born|d\.?o\.?b\.?)[\s:.-]{0,4}(?:on |den )?"
    r"(?:\d{4}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ](?:\d{1,2}|[a-zåäö]{3,9}\.?)[-./ ]\d{4}"
    r"|\d{8}|\d{6}|\d{4})\b",
    re.IGNORECASE,
)
# What no suggestion may build on, where a form asks for it.
_PERSONAL = re.compile(
    r"\b(?:nationalitet|nationality|medborgarskap|citizenship|kön|sex|gender|civilstånd|marital status"
    r"|religion)[ \t]*[:\t][ \t]*[^\n|;\t]{1,40}",
    re.IGNORECASE,
)


def without_contact_details(text: str) -> str:
    """The text with e-mail and web addresses, phone numbers and personal identity numbers masked.

    Names and street addresses stay: they cannot be told from places of work with certainty.
    """
    # Months stand at every other place.
    parts = _MONTH.split(_CONTACT.sub(MASK, mask_identity_numbers(text).text))
    return "".join(part if i % 2 else without_contacts(part) for i, part in enumerate(parts))


def without_personal_details(text: str) -> tuple[str, int]:
    """The text of a file with what a guide has no use for masked, and how many such details there were.

    Those of `without_contact_details`, street addresses (an employer's too: no work is known by its street),
    dates of birth, and what a form says of nationality, sex, marital status and religion.
    """
    for pattern in (_ADDRESS, _BORN, _PERSONAL):
        text = pattern.sub(MASK, text)
    masked = without_contact_details(text)
    masked = masked.replace(AD_MASK, MASK)
    return masked, masked.count(MASK)
