"""Parts a message into clauses, each of which tells of one thing at most. Pure functions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from assistant.retrieval.mentions.details import DURATION, YEAR_SPAN


class Joint(Enum):
    """How a clause is tied to the one before it."""

    LINE = auto()
    SENTENCE = auto()
    COMMA = auto()
    AND = auto()
    OR = auto()
    NEXT = auto()
    BUT = auto()
    REASON = auto()
    RUN_ON = auto()

    @property
    def begins_sentence(self) -> bool:
        """Whether nothing of what was said before carries over."""
        return self in (Joint.LINE, Joint.SENTENCE)

    @property
    def adds(self) -> bool:
        """Whether the clause may go on with the verb of the one before."""
        return self in (Joint.AND, Joint.OR, Joint.NEXT)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message.

    Attributes:
        start: Position of its first character in the message.
        end: Position after its last one.
        text: `message[start:end]`, without space around it; never empty.
        joint: How it is tied to the clause before.
        joined_by: The words of the joint ("och sen").
        sentence: Number of the sentence, from 0.
        is_asked: The sentence ends with a question mark.
    """

    start: int
    end: int
    text: str
    joint: Joint
    joined_by: str
    sentence: int
    is_asked: bool


_AFTER_THAT = (
    r"(?:efter|innan|före) (?:det|dess)|dessförinnan|därefter|dessutom|till sist|senare"
    r"|before that|after that|afterwards|later|prior to that|currently|previously"
)
_VERBS_EN = (
    r"was|am|did|do|had|have|can|could|drove|drive|sold|sell|sew|sewed|cook|clean|work|worked|help"
    r"|helped|made"
    r"|make|taught|teach|also|ran|run|got|used|never|want|went|came|took|built|fix|wrote|kept|grew|gave|left"
    r"|moved|studied|live|like|know|need|speak|\w+ed"
)
_VERBS_SV = (
    r"har|hade|är|e|var|vart|blev|fick|kan|vill|ska|måste|söker|gick|går|kom|tog|tar|höll|körde|kör"
    r"|sålde|säljer"
    r"|sydde|syr|lagar|städar|bygger|sköter|skötte|hjälper|hjälpte|lärde|lär|drev|driver|satt|stod"
    r"|bakar|jobbar"
    r"|jobba|arbetar|arbeta|måla|gjorde|bor|trivs|\w+ade"
)
# Dictated text has no stops: "... fem barn jag syr kläder", "... many years i did plastering". After a
# word that waits for a clause ("when I was", "där jag satt") nothing new begins.
_WAITS = (
    "som när där att om och å o men medan eftersom for that when where which who and but because"
    " what så then if"
    " while since tills innan before until how vad hur nu här då sen sedan now do does did can could should"
    " would kan får ska".split()
)
_RUN_ON = re.compile(
    "".join(rf"(?<!\b{word})" for word in _WAITS)
    + rf"\s+(?=(?:jag? (?:{_VERBS_SV})|i (?:{_VERBS_EN})|i'(?:m|ve|d)|(?:he|she|han|hon) \w+"
    r"|(?:my|min) \w+ (?:is|was|are|works|är|var|jobbar|säger|says|said))\b)",
    re.IGNORECASE,
)
_TURNED = re.compile(rf"(?<=\s)(?:{_VERBS_SV}) (?:jag?|vi)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\b(?:jag?|vi|i|we)\b", re.IGNORECASE)
_SEPARATORS: tuple[tuple[Joint, re.Pattern[str]], ...] = tuple(
    (joint, re.compile(pattern, re.IGNORECASE))
    for joint, pattern in (
        (Joint.LINE, r"\s*\n\s*(?:[-*•·–]\s+)?"),
        (Joint.SENTENCE, r"(?<!\b[^\W\d])\.+(?!\d)|[!?;…•|]+|[\U0001F300-\U0001FAFF\u2600-\u27BF]+"),
        (Joint.COMMA, r",(?!\d)|\s[-–—]+\s|[()]|(?<!\d)/(?!\d)|:(?!\d)"),
        (
            Joint.BUT,
            r"\b(?:men (?:också|även|sen|sedan|nu)|fast|men|but (?:also|then|now)|but|although|though)\b"
            r"|(?<=\s)utan(?=\s+(?:som|en|ett|jag)\b)",
        ),
        (
            Joint.NEXT,
            rf"\b(?:(?:[oå]ch|å|o|and|so) )?(?:{_AFTER_THAT}|sen|sedan(?! (?:\d|två|tre|fyra|fem"
            rf"|barn))|then)\b",
        ),
        (
            Joint.AND,
            # "Jag och min syster", "my brother and I" are one subject, "väg- och vattenbyggnad" is one word.
            r"(?<!- )\b(?:[oå]ch (?:även|också)|(?:(?<!\bjag )(?<!\bme )(?<!\bi )|(?!\w+ (?:min|mina|mitt"
            r"|my)\b))(?:[oå]ch|and)"
            r"|[oå]|n(?= a\b)|samt|and also|plus|as well as)\b|\s[&+]\s",
        ),
        (Joint.OR, r"\b(?:eller|or)\b"),
        (
            Joint.REASON,
            r"\b(?:tills|until|eftersom|därför att|because|while(?= (?:i|we|my|the|\w+ing)\b)"
            r"|innan(?= (?:jag|vi|kriget|den|det|de)\b)|before(?= (?:i|we|the|my|he|she)\b)"
            r"|så att|so that|från att|since(?= (?:i|my)\b))\b",
        ),
        (Joint.COMMA, r"\b(?:medan|så(?= (?:jag|vi)\b)|so(?= (?:i|we)\b))\b"),
    )
)
_ALL = re.compile("|".join(f"(?P<j{i}>{p.pattern})" for i, (_, p) in enumerate(_SEPARATORS)), re.IGNORECASE)


def clauses(message: str) -> tuple[Clause, ...]:
    """Part a message into clauses, in order; none overlaps another, and none is empty."""
    found: list[Clause] = []
    sentence, at, joint, joined_by = 0, 0, Joint.LINE, ""
    for start, end, following in (*_joints(message), (len(message), len(message), Joint.LINE)):
        if clause := _clause(message, (at, start), joint, joined_by, sentence):
            found.append(clause)
            joint, joined_by = following, message[start:end].strip()
        elif not joint.begins_sentence or following is Joint.LINE:
            joint, joined_by = _stronger(joint, following), f"{joined_by} {message[start:end]}".strip()
        at = end
        if following.begins_sentence:
            sentence += 1
    return tuple(found)


def _joints(message: str) -> list[tuple[int, int, Joint]]:
    """Where clauses end: start and end of what stands between, and what it is."""
    whole = [found.span() for pattern in (YEAR_SPAN, DURATION) for found in pattern.finditer(message)]
    inside = {i for start, end in whole for i in range(start, end)}
    joints = [
        (found.start(), found.end(), _SEPARATORS[int((found.lastgroup or "j0")[1:])][0])
        for found in _ALL.finditer(message)
        if found.start() not in inside
    ]
    joints += [(found.start(), found.end(), Joint.RUN_ON) for found in _RUN_ON.finditer(message)]
    joints += _between_durations(whole, message)
    apart = list(_apart(sorted(joints, key=lambda joint: joint[:2])))
    return sorted([*apart, *_before_turned_verbs(message, apart)], key=lambda joint: joint[:2])


def _before_turned_verbs(
    message: str, joints: list[tuple[int, int, Joint]]
) -> Iterator[tuple[int, int, Joint]]:
    """Where "... jag kom till Sverige" ends and "monterade jag" begins: a second verb and subject."""
    at = 0
    for start, end, _ in (*joints, (len(message), len(message), Joint.LINE)):
        told = _TURNED.search(message, at, start)
        if told and _SUBJECT.search(message, at, told.start()):
            yield told.start(), told.start(), Joint.RUN_ON
        at = end


def _between_durations(whole: list[tuple[int, int]], message: str) -> Iterator[tuple[int, int, Joint]]:
    """Lists without stops: "3 år som kock 2 år på lager" and "cook 3 years driver 2 years"."""
    for (_, end), (start, _) in zip(sorted(whole), sorted(whole)[1:], strict=False):
        between = message[end:start]
        if not between.strip() or _ALL.search(between) or _RUN_ON.search(between):
            continue
        if re.match(r"\s+(?:som|as|på|at|with|med|i|in)\b", between, re.IGNORECASE):
            yield start, start, Joint.COMMA
        else:
            yield end, end, Joint.COMMA


def _apart(joints: list[tuple[int, int, Joint]]) -> Iterator[tuple[int, int, Joint]]:
    at = 0
    for start, end, joint in joints:
        if start >= at:
            yield start, end, joint
            at = end


def _stronger(joint: Joint, other: Joint) -> Joint:
    """Of two joints with nothing between them: ", och sen" says that something new comes next."""
    if Joint.LINE in (joint, other):
        return Joint.LINE
    if Joint.SENTENCE in (joint, other):
        return Joint.SENTENCE
    return joint if other in (Joint.COMMA, Joint.RUN_ON) else other


def _clause(
    message: str, span: tuple[int, int], joint: Joint, joined_by: str, sentence: int
) -> Clause | None:
    text = message[slice(*span)]
    if not any(c.isalnum() for c in text):
        return None
    start = span[0] + len(text) - len(text.lstrip())
    end = start + len(text.strip())
    stop = re.search(r"[.!?;\n]", message[end:])
    is_asked = stop is not None and stop[0] == "?"
    return Clause(start, end, message[start:end], joint, joined_by, sentence, is_asked)
