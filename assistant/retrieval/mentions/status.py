"""Whether a clause tells of the person's own past, or of what is wished, denied or told of others."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, StrEnum, auto

from assistant.retrieval.mentions.clauses import Clause, Joint
from assistant.retrieval.mentions.signs import (
    ASKS,
    DENIED,
    FIRST_PERSON,
    GOES_ON,
    GREETING,
    NAMES_A_ROLE,
    OF_OTHERS,
    OWN_VERB,
    QUESTION_START,
    ROLE,
    SAYS_WHEN_FIRST,
    TELLS_OF_NO_WORK,
    WISHED,
    WORKED,
)
from assistant.retrieval.mentions.tongue import spoken


class Status(StrEnum):
    """How a message speaks of work."""

    DONE = "done"
    WISHED = "wished"
    DENIED = "denied"
    OTHER_PERSON = "other_person"
    # Studies, leisure, questions, where one lives.
    NO_WORK = "no_work"


class _Place(Enum):
    FREE = auto()
    HEADING = auto()
    UNDER = auto()


_WORK_HEADING = re.compile(
    r"(?:arbetslivs|yrkes)?erfarenhet(?:er)?|anställningar|arbete?n?|jobb|praktik|employment(?: history)?"
    r"|(?:work |professional |previous )?experiences?|work(?: history)?|career|before|now"
    r"|yrkesmässigt|tidigare|jobbat|arbeten"
)
_OTHER_HEADING = re.compile(
    r"utbildning(?:ar)?|studier|skola|education(?: and training)?|studies|school|qualifications"
    r"|språk(?:kunskaper)?"
    r"|languages?(?: skills)?|körkort|licen[cs]es?|driving licen[cs]e|kurser|courses|certifikat|certificates?"
    r"|referenser|references|(?:fritids)?intressen|interests|hobby|hobbies|hobbyer|fritid|om mig"
    r"|about me|profil"
    r"|profile|sammanfattning|summary|kontakt(?:uppgifter)?|contact|kompetenser|färdigheter|skills"
    r"|it[- ]kunskaper|övrigt|other|mål|goals?|dröm|dream|önskemål|namn|name"
)


def statuses(message: str, clauses: Sequence[Clause]) -> tuple[Status, ...]:
    """The status of each clause.

    A clause without a verb of its own goes on with the status of the one before in the same sentence,
    unless "but" stands between them.
    """
    found: list[Status] = []
    carried = Status.DONE
    for i, (clause, place) in enumerate(zip(clauses, _under_headings(message, clauses), strict=True)):
        if clause.joint is Joint.BUT or i == 0 or clauses[i - 1].sentence != clause.sentence:
            carried = Status.DONE
        said = Status.NO_WORK if place is not _Place.FREE else _said(clause)
        if said is Status.OTHER_PERSON and i and _is_me_and(clauses[i - 1], clause):
            said = Status.DONE
        found.append(said or carried)
        if said is not None:
            carried = said if _goes_on(said, place, clause) else Status.DONE
    return tuple(found)


def _goes_on(said: Status, place: _Place, clause: Clause) -> bool:
    """Whether what follows without a verb has the same status."""
    if said is not Status.NO_WORK:
        return True
    return place is _Place.UNDER or clause.is_asked or GOES_ON.search(clause.text) is not None


def _said(clause: Clause) -> Status | None:
    """What the clause itself says of its status; None when it has no verb of its own."""
    text = spoken(clause.text)
    if ASKS.match(text) or (
        clause.is_asked and (QUESTION_START.match(text) or not FIRST_PERSON.search(text))
    ):
        return Status.NO_WORK
    if GREETING.match(clause.text) and not FIRST_PERSON.search(text):
        return Status.NO_WORK
    if DENIED.search(text):
        return Status.DENIED
    if WISHED.search(text):
        return Status.WISHED
    if OF_OTHERS.match(text):
        return Status.OTHER_PERSON
    if _tells_of_no_work(text):
        return Status.NO_WORK
    return Status.DONE if OWN_VERB.search(text) or WORKED.search(text) or ROLE.match(text) else None


def _tells_of_no_work(text: str) -> bool:
    text = SAYS_WHEN_FIRST.sub("", text)
    if WORKED.search(text) or not TELLS_OF_NO_WORK.search(text):
        return False
    return GOES_ON.search(text) is not None or NAMES_A_ROLE.search(text) is None


def _is_me_and(before: Clause, clause: Clause) -> bool:
    """Whether "my husband had a shop" goes on from "I and"."""
    return (
        clause.joint is Joint.AND
        and re.fullmatch(r"(?:jag|i|me|mig)", before.text, re.IGNORECASE) is not None
    )


def _under_headings(message: str, clauses: Sequence[Clause]) -> Iterator[_Place]:
    """Whether each clause is a heading, or stands under one that is not on work.

    A heading is a line of its own, or the beginning of a line or sentence that a colon ends; that one
    counts for its sentence.
    """
    section, inline, sentence = False, False, -1
    for clause in clauses:
        if clause.sentence != sentence:
            sentence, inline = clause.sentence, False
        heading = _heading(message, clause)
        if heading is None:
            yield _Place.UNDER if section or inline else _Place.FREE
            continue
        is_other, is_whole_line = heading
        if is_whole_line:
            section = is_other
        else:
            inline = is_other
            section = section and is_other
        yield _Place.HEADING


def _heading(message: str, clause: Clause) -> tuple[bool, bool] | None:
    """For a heading: whether it is on something else than work, and whether it is a whole line."""
    named = clause.text.strip(" #*_-=:").lower()
    is_other = _OTHER_HEADING.fullmatch(named) is not None
    if not is_other and not _WORK_HEADING.fullmatch(named):
        return None
    after = message[clause.end :].lstrip(" #*_-=")
    rest = after[1:].lstrip(" \t") if after.startswith(":") else after
    is_line = clause.joint is Joint.LINE and (not rest or rest.startswith("\n"))
    if is_line and (after.startswith(":") or "\n" in message.strip()):
        return is_other, True
    return (is_other, False) if after.startswith(":") and clause.joint.begins_sentence else None
