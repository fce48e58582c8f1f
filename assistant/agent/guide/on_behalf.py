"""A counsellor's words about a client, read as the client's own. Pure."""

import re

_CLIENT = (
    r"(?:my|our|the|a|min|vår|en)\s+(?:client|klient|participant|deltagare|jobseeker|arbetssökande)"
    r"|(?:klienten|deltagaren|the client|the participant)"
)
_SPEAKS_OF_CLIENT = re.compile(rf"\b(?:{_CLIENT})\b", re.IGNORECASE)
# "My client is" becomes "I am"; Swedish verbs have one form for all persons.
_WHO = rf"(?:{_CLIENT}|he|she|they|han|hon|hen|de)"
_VERBS = (
    (re.compile(rf"\b{_WHO}\s+(?:is|are)\b", re.IGNORECASE), "I am"),
    (re.compile(rf"\b{_WHO}\s+has\b", re.IGNORECASE), "I have"),
    (re.compile(rf"\b{_WHO}\s+was\b", re.IGNORECASE), "I was"),
    (re.compile(rf"\b{_WHO}\s+(wants|speaks|knows|needs|likes|lives|works)\b", re.IGNORECASE), r"I \1"),
    (re.compile(r"\b(?:and|but)\s+wants\b", re.IGNORECASE), "and want"),
    (re.compile(r"\bI (want|speak|know|need|like|live|work)s\b"), r"I \1"),
    (re.compile(r"\b(?:klienten|deltagaren|(?:min|vår|en)\s+(?:klient|deltagare))s\b", re.IGNORECASE), "min"),
    (re.compile(rf"\b(?:{_CLIENT})\b(?=\s+\w*(?:ar|er|r|de|te|dde|vill|kan|bor)\b)", re.IGNORECASE), "jag"),
    (re.compile(r"\b(?:han|hon|hen)\b", re.IGNORECASE), "jag"),
    (re.compile(r"\b(?:he|she)\b", re.IGNORECASE), "I"),
    (re.compile(r"\b(?:hans|hennes|hens)\b", re.IGNORECASE), "min"),
    (re.compile(r"\b(?:his|her)\b", re.IGNORECASE), "my"),
)
_SELF = re.compile(
    r"\b(?:i am|i'm|jag är|jag jobbar som|i work as)\s+(?:an?\s+|en\s+)?"
    r"(?:career\s+|job\s+|guidance\s+|employment\s+|study\s+|studie-? och yrkes|yrkes|jobb)?"
    r"(?:counsell?or|adviser|advisor|coach|handläggare|vägledare|arbetsförmedlare)\b[^.!?\n]*[.!?\n]?",
    re.IGNORECASE,
)


def speaks_of_client(text: str) -> bool:
    """Whether a message is about a counsellor's client."""
    return _SPEAKS_OF_CLIENT.search(text) is not None


def as_own_words(text: str) -> str:
    """What is said of a client, in the first person, without what the counsellor says of themselves."""
    said = _SELF.sub(" ", text)
    for pattern, own in _VERBS:
        said = pattern.sub(own, said)
    return said.strip() or text
