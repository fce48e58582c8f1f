"""On what terms work was done: for pay, unpaid, in the family or in a business of one's own."""

import re

from assistant.domain.profile import ExperienceKind
from assistant.retrieval.mentions.kin import ADJECTIVES_EN, ADJECTIVES_SV, KIN_EN, KIN_SV
from assistant.retrieval.text import fold

# "My own van" and "own children" are no business.
_OWN_THINGS = (
    r"bil\b|cykel|hand|rum|lägenhet|hus\b|barn|porträtt|verktyg|tid|språk|land|tools|van\b|car\b|room|children|kids"
    r"|house\b|home|hands?\b|time|language|country"
)
_TRADES = (
    r"\w*(?:butik|affär|restaurang|kiosk|verkstad|salong|ateljé|byrå|firma|företag|café|kafé|bageri|klinik|hotell|gård"
    r"|shop|store|restaurant|stall|garage|workshop|salon|bakery|clinic|hotel|firm|company|business|farm)"
)
_CUES: tuple[tuple[ExperienceKind, re.Pattern[str]], ...] = (
    (
        ExperienceKind.OWN_BUSINESS,
        re.compile(
            rf"\b(?:(?:egen|eget|own) (?!{_OWN_THINGS})\w+"
            r"|egenföretag\w*|enskild firma|self[- ]employed"
            r"|freelanc\w*|frilans\w*|ägde|owned|drev|drivit|öppnade|opened (?:a|my|our)|ran (?:a|my|our)"
            r"|startade (?:jag |vi )?(?:en|ett)|started (?:a|my|our)"
            rf"|(?:hade|haft|had) (?:jag |vi )?(?:en|ett|a|an|our) (?:\w+ )?{_TRADES}"
            r"|sålde .{0,30}på (?:gatan|marknaden|torget)|sold .{0,30}(?:on|in|at) the (?:street|market))\b"
        ),
    ),
    (
        ExperienceKind.FAMILY,
        re.compile(
            r"\b(?:hemma|hemmafru|hemmaman|(?<!med )(?:min|mina|mitt|vår|våra|sin|sina)"
            rf" (?:{ADJECTIVES_SV})?(?:{KIN_SV})"
            rf"|familjen|syskon|föräldrar|at home|(?<!with )(?:my|our) (?:{ADJECTIVES_EN})?(?:{KIN_EN})"
            r"|(?:med|with) (?:mina|våra|my|our) (?:\w+ )?(?:barn|barnbarn|children|kids|grandchildren)"
            r"|stayed home"
            r"|housewife|the household|hushåll\w*|raised)\b"
        ),
    ),
    (
        ExperienceKind.UNPAID,
        re.compile(
            r"\b(?:volont\w*|ideell\w*|frivillig\w*|utan (?:lön|betalning|betalt)|obetal\w*|oavlön\w*|gratis"
            r"|\w*praktik\w*|praktisera\w*|volunteer\w*|unpaid|without (?:pay|payment|salary)|for free|no pay"
            r"|never got paid|internship|intern)\b"
        ),
    ),
)
# What says only on what terms, and nothing of what was done.
_TERMS = re.compile(
    rf"{_CUES[-1][1].pattern}|\b(?:egen|eget|egna|own|enskild|firma|företag|business|company|obviously)\b"
)


def kind_said(text: str) -> ExperienceKind:
    """On what terms the work was done; paid work unless the text says otherwise."""
    folded = fold(text)
    return next((kind for kind, cue in _CUES if cue.search(folded)), ExperienceKind.PAID)


def without_terms(text: str) -> str:
    """The folded text without words that say on what terms work was done, and not what it was."""
    return _TERMS.sub(" ", fold(text))
