"""Lines of a CV that tell nothing of what the person has done. Pure functions."""

import re

from assistant.retrieval.text import fold

_PLACEHOLDER = re.compile(
    r"lorem ipsum|dolor sit amet|consectetur|adipiscing|\[[^\]]{2,80}\]|<[^>]{2,60}>"
    r"|klicka här|click (?:here|or tap)|add (?:your )?text|skriv (?:din|ditt|här)|\bxxx+|your (?:name"
    r"|title) here"
    r"|ange (?:ditt|din) |insert (?:your|a) "
)
_ABOUT_AN_EMPLOYER = re.compile(
    r"\b(?:is|are|was) (?:an?|the|one of the|known as)\b.{0,60}\b(?:compan(?:y|ies)|provider|employer"
    r"|firm|agency|group"
    r"|leader|leading|organi[sz]ation|supplier|manufacturer|retailer|chain|market|business|start-?up"
    r"|startup|brand)\b"
    r"|\bär (?:en|ett|sveriges|nordens|europas|landets|ledande|marknadsledande)\b.{0,80}\b(?:företag\w*"
    r"|byrå\w*|leverantör\w*"
    r"|\w*bolag\w*|koncern\w*|kedja\w*|aktör\w*|vårdgivare|arbetsgivare|organisation\w*|myndighet\w*"
    r"|del av|ledande|butik\w*"
    r"|verksamhet\w*|grupp\w*|tillverkare)\b"
    r"|\b(?:equal opportunit\w+|with offices in|kontor i hela|grundades|founded in|världsledande"
    r"|world[- ]leading"
    r"|our customers|våra kunder|our mission|vår vision)\b"
    r"|^(?:vi|we|our|vårt|våra|hos oss|företaget|bolaget|verksamheten|the company|the firm) \w+"
)
_FORMAL = re.compile(
    r"gdpr|personuppgift|dataskydd|personal data|samtycker|i (?:hereby )?consent|data protection"
    r"|on request|på begäran"
    r"|lämnas gärna|upon request|confidential|konfidentiell|©|copyright|all rights reserved|cv-?mall"
    r"|\bpage \d"
    r"|\bsida \d|^\W*\d+ ?(?:/|\(|av|of) ?\d+\W*$|^(?:curriculum vitae|cv|meritförteckning|europass.{0,30})$"
    r"|sanningsenlig|true and correct"
)
_PERSONAL = re.compile(
    r"@|\b(?:född|födelse\w*|date of birth|birth ?date|born|personnummer|person ?nr|nationalit\w+"
    r"|medborgar\w+|citizen\w*"
    r"|civilstånd|marital status|gift\b|ogift|sambo|skild|married|single\b|divorced|widow\w*|religion"
    r"|muslim|kristen"
    r"|christian|kön|gender|male|female|linkedin|github|facebook|telefon|mobil(?:nummer)?|phone"
    r"|tel)\b\s*(?:[:.\t|,]|\d|$|är|,)"
    r"|(?:https?://|www\.)|\b(?:linkedin|github|facebook|instagram)\.com"
    r"|(?<![\d-])(?:\+\d{2}[\d ()-]{7,}|(?!0\d[-/. ](?:19"
    r"|20)\d\d)0\d{1,3}[ -]?\d{2,3}[ -]?\d{2,3}(?:[ -]?\d{2,3})?)(?!\d)"
    r"|\b\d{3} ?\d{2} [A-ZÅÄÖa-zåäö]{3,}"
)
_ABSENT = re.compile(
    r"^(?:\W|\d)*(?:föräldra\w+|mamma\w*ledig\w*|pappa\w*ledig\w*|parental leave|maternity leave"
    r"|paternity leave|arbetslös\w*"
    r"|arbetssökande|unemployed|job ?seeker|jobsökande|sjukskriven|sick leave|sabbatical|sabbatsår"
    r"|career break|tjänstledig\w*"
    r"|gap year|militär\w*|military service|national service|civilplikt|asylsökande|asylum.*|värnplikt\w*"
    r"|lumpen)\b"
)
_LETTER_BEGINS = re.compile(
    r"^(?:dear\b.{2,60}|hej[ ,!].{0,40}|to whom it may concern|till (?:den|dig) .{2,60})[,!]?$"
)
_LETTER_ENDS = re.compile(
    r"^(?:yours (?:sincerely|faithfully|truly)|(?:kind|best|warm) regards|sincerely|med (?:vänlig|vänliga"
    r"|bästa) hälsning\w*"
    r"|(?:vänliga|bästa) hälsningar|mvh|hälsningar)\b"
)


def is_noise(line: str) -> bool:
    """Whether a line is boilerplate of a template or an employer, or tells who the person is."""
    folded = fold(line)
    return any(pattern.search(folded) for pattern in (_PLACEHOLDER, _ABOUT_AN_EMPLOYER, _FORMAL, _PERSONAL))


def is_absence(line: str) -> bool:
    """Whether a line tells of a time without work, which is nobody's business."""
    return bool(_ABSENT.search(fold(line)))


def begins_letter(line: str) -> bool:
    """Whether a line addresses somebody, as a letter before the CV does."""
    return bool(_LETTER_BEGINS.match(fold(line)))


def ends_letter(line: str) -> bool:
    """Whether a line ends a letter; the name below it is its last line."""
    return bool(_LETTER_ENDS.match(fold(line)))
