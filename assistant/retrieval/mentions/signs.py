"""Words by which a message shows what it tells of: where clauses end, what was wished, denied, cared for."""

import re

from assistant.retrieval.mentions.kin import ELDERS_EN, ELDERS_SV, YOUNGER_EN, YOUNGER_SV

# Dictated text has no stops: "... fem barn jag syr kläder", "... many years i did plastering".
_RUNS_ON = (
    r"(?<!som)(?<!när)(?<!där)(?<!att)(?<!och)(?<!men)(?<!that)(?<!when)(?<!where)(?<!which)(?<!and)"
    r"(?<!but)(?<!because)(?<!what)(?<!så)(?<!then)"
    r"\s+(?=(?:jag (?:har|hade|är|syr|säljer|lagar|städar|bygger|kör|sköter|hjälper|\w+ade)"
    r"|i (?:was|did|had|have been|drove|drive|sold|sell|sew|cook|clean|worked|helped|made|taught|also))\b)"
)
STOPS = re.compile(rf"[.!?;\n]+|,|\s[-–]\s|{_RUNS_ON}", re.IGNORECASE)
CONJUNCTIONS = re.compile(
    r"\b(?:[oå]ch (?:sen|sedan|också|även)|[oå]ch|[oå]|samt|sedan|sen|därefter|men (?:också|även)|men"
    r"|and (?:also|then)|and|then|after that|but also|but|plus|also|också|även)\b",
    re.IGNORECASE,
)
WISHED = re.compile(
    r"\b(?:vill?(?! säga)|skulle vilja|drömmer|hoppas|söker (?:jobb|arbete)"
    r"|tänker bli|plan to|wants?|would like|'d like|dream|hope to|looking for|wish)\b",
    re.IGNORECASE,
)
ABOUT_WISHING = re.compile(
    r"\b(?:jag|ångrar mig|vill|skulle vilja|helst|gärna|hellre|istället|i stället|i sverige"
    r"|bli|drömmer om att|i|changed? my mind|wants?|would like|like|instead|rather|in sweden|become|be|to"
    r"|can|could|what (?:do|would) i need|what is needed|how (?:do|can) i|what does"
    r"|vad behöver jag|vad krävs|hur (?:blir|kan) jag|kan jag|behöver jag|vad gör"
    r"|work(?:ing)? as|a|an|en|ett)\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:aldrig|inte (?:jobbat|arbetat|varit)|har ingen|never|not worked|haven't|have not|no experience"
    r"|didn't)\b",
    re.IGNORECASE,
)
TELLS_OF_NO_WORK = re.compile(
    r"^\s*(?:och |and )?(?:jag |vi |i |we |min familj |my family )?"
    r"(?:bor|bodde|lives?|lived|är gift|(?:am|i'm) married|heter|kommer från"
    r"|talar|pratar|(?:can )?speak|(?:har|have|got) (?:\w+ )?(?:barn|kids|children)"
    r"|(?:har |have )?(?:bara |only |just )*(?:gått|gick|been|went|gone|finish\w*|läst|läser|study|studied)"
    r" (?:(?:klart|ut|i|på|to|in|at|the|\w+) ){0,3}(?:skol\w*|grundskol\w*|gymnasi\w*|school\w*)"
    r"|(?:har|have|got|inget|no) .{0,15}(?:körkort|licen[cs]e))\b",
    re.IGNORECASE,
)
# Care for somebody of the family, which titles of occupations name only in part.
CARES = re.compile(
    r"\b(?:skött\w*|tog hand|tagit hand|tar hand|passa\w*|vakta\w*|vårda\w*|hjälp\w*|looked after"
    r"|took care|taken care|cared|helped|nursed|babysat)\b",
    re.IGNORECASE,
)
TOLD_AS_A_JOB = re.compile(
    r"\b(?:jobb\w*|arbet\w*|work\w*|som|as|var|varit|was|were|been|anställd\w*|employed)\b", re.IGNORECASE
)
NEXT = re.compile(
    r"[.!?;\n]|\b(?:sen|sedan|därefter|innan|också|även|then|after|before|also)\b", re.IGNORECASE
)
# Relatives that the titles do not name stand for those that they do.
PLAIN_KIN = (
    (re.compile(rf"\bmin (?:{ELDERS_SV})\b", re.IGNORECASE), "min mamma"),
    (re.compile(rf"\b(?:min|mina) (?:{YOUNGER_SV})\b", re.IGNORECASE), "barn"),
    (re.compile(rf"\bmy (?:{ELDERS_EN})\b", re.IGNORECASE), "my mother"),
    (re.compile(rf"\bmy (?:{YOUNGER_EN})\b", re.IGNORECASE), "children"),
)
SOMEBODY_ELSE = re.compile(
    r"\b(?:min|mina|my)\s+(?:far|pappa|mor|mamma|bror|syster|fru|man|make|son|dotter|farbror|kusin"
    r"|farfar|morfar|father|dad|mother|mom|mum|brother|sister|wife|husband|son|daughter|uncle|aunt|cousin|grandfather)\s+"
    r"(?:är|var|jobba\w*|arbeta\w*|is|was|works?|worked|used)\b",
    re.IGNORECASE,
)

STARTS_WITH_VERB = re.compile(
    r"^\s*(?:jag|vi|i|we|har|hade|have|had|\w{2,}(?:ade|at|ed)|körde?|kört|sålde?|sålt|sydde?|sytt|var|varit|gjorde?"
    r"|gjort|byggt?|byggde|skrev|skötte?|lärde|höll|hjälp\w+|drove|sold|was|were|ran|taught|built|made|wrote|kept"
    r"|did|grew|sewed|took|tog|tagit|gav|gave|led|ledde|bakt|drev|drivit|födde|fött"
    r"|drive|cook|clean|sell|sew|make|fix|build|repair|lagar|städar|syr|säljer|kör|bygger|sköter|fixar)\b",
    re.IGNORECASE,
)
ENDS_AT_A_PLACE = re.compile(r"\b(?:på|i|hos|at|in|on|for|åt)\s+(?:\w+\s+)?\w+\s*$", re.IGNORECASE)
# What follows says the same again: "I am an auditor, that is, an economist".
SAID_AGAIN = re.compile(
    r"^\s*(?:alltså|dvs|d\.v\.s|det vill säga|that is|that means|i mean|i\.e)\b", re.IGNORECASE
)
# "And also a taxi": another thing, however short it is said.
SAID_AS_MORE = re.compile(r"\b(?:also|också|även|plus)\s*$", re.IGNORECASE)
# "Worked in a shop": the place is all that names the work.
WORKED_AT = re.compile(r"\b(?:jobb\w*|arbeta\w*|work\w*)\s+(?:på|i|hos|in|at|for)\b", re.IGNORECASE)
