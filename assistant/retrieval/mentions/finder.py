"""Finds the experiences that a whole message tells of."""

from collections.abc import Set
from dataclasses import dataclass, field, replace

from assistant.retrieval.mentions.clauses import Clause, Joint, clauses
from assistant.retrieval.mentions.details import country_said, years_said
from assistant.retrieval.mentions.joining import (
    is_part_of_home,
    is_same_work,
    joined,
    lengthened,
    with_details,
)
from assistant.retrieval.mentions.kinds import kind_said
from assistant.retrieval.mentions.mention import Mention, PhraseLinker
from assistant.retrieval.mentions.signs import ABOUT_WISHING, FURTHER, HERE, NOWADAYS, SAID_AGAIN, UNTIL
from assistant.retrieval.mentions.status import Status, statuses
from assistant.retrieval.mentions.tongue import language_of
from assistant.retrieval.mentions.weighing import enough, is_only_details, tells_workplace, work_named
from assistant.retrieval.text import words

# Longer messages are cut: the rest is for a later turn, and the person is told so.
LONGEST_MESSAGE = 2000
TOLD = frozenset(Status) - {Status.NO_WORK}


def find_mentions(linker: PhraseLinker, message: str) -> tuple[Mention, ...]:
    """Find all work that a message says the person has done, in the order told.

    What is wished for, denied, or told of somebody else is left out. Blocking: about 20 ms a clause.

    Args:
        linker: Links each clause.
        message: In Swedish, English or both; cut at 2,000 characters.
    """
    return told_mentions(linker, message, wanted=frozenset({Status.DONE}))


def told_mentions(linker: PhraseLinker, message: str, *, wanted: Set[Status] = TOLD) -> tuple[Mention, ...]:
    """Find all work that a message speaks of, also what is wished for, denied or told of others.

    Args:
        linker: As in `find_mentions`.
        message: As in `find_mentions`.
        wanted: Mentions of other statuses are left out.
    """
    message = message[:LONGEST_MESSAGE]
    parts = clauses(message)
    reader = _Reader(linker, message, parts)
    for i, status in enumerate(statuses(message, parts)):
        if status in wanted:
            reader.take(i, status)
        elif status is Status.NO_WORK:
            reader.hear_where(parts[i])
    return reader.mentions()


@dataclass(slots=True)
class _Told:
    """A mention being read; `around` is the country that the story was in when it came up."""

    mention: Mention
    sentence: int
    around: str


@dataclass(slots=True)
class _Reader:
    """Reads clause by clause; what says only how long or where goes to the work that it is said of."""

    linker: PhraseLinker
    message: str
    clauses: tuple[Clause, ...]
    told: list[_Told] = field(default_factory=list)
    # Details said before the work that they belong to.
    ahead: list[Clause] = field(default_factory=list)
    country: str = ""

    def take(self, i: int, status: Status) -> None:
        clause = self.clauses[i]
        self.hear_where(clause)
        concepts = work_named(self.linker, clause.text, enough=enough(self.message, self.clauses, i))
        if not concepts:
            self._add_details(clause)
            return
        mention = Mention(
            clause.text,
            clause.start,
            clause.end,
            concepts,
            years_said(clause.text),
            country_said(clause.text),
            kind_said(clause.text),
            status,
            language_of(clause.text, self.message),
        )
        self._add(clause, self._with_what_was_said_ahead(clause, mention))

    def hear_where(self, clause: Clause) -> None:
        """Follow the story from country to country."""
        if UNTIL.search(clause.joined_by):
            # "Before I came to Sweden": it was elsewhere.
            self.country = ""
        elif country := country_said(clause.text):
            self.country = country
        elif HERE.search(clause.text):
            self.country = "SE"
        elif NOWADAYS.search(clause.text):
            self.country = ""

    def mentions(self) -> tuple[Mention, ...]:
        return tuple(replace(told.mention, country=told.mention.country or told.around) for told in self.told)

    def _add(self, clause: Clause, mention: Mention) -> None:
        last = self.told[-1].mention if self.told else None
        if last is None or last.status is not mention.status:
            self.told.append(_Told(mention, clause.sentence, self.country))
        elif SAID_AGAIN.match(clause.text):
            self.told[-1].mention = lengthened(self.message, with_details(last, clause.text), mention)
        elif clause.joined_by.startswith(":") and self.told[-1].sentence == clause.sentence:
            # "I have worked with IT: network technician" says it again, and more exactly.
            self.told[-1].mention = replace(
                joined(self.linker, self.message, last, mention), concepts=mention.concepts
            )
        elif tells_workplace(clause) and self.told[-1].sentence == clause.sentence and last.years is None:
            self.told[-1].mention = lengthened(self.message, with_details(last, clause.text), mention)
        elif is_part_of_home(self.message, last, mention):
            self.told[-1].mention = lengthened(self.message, last, mention)
        elif self._is_here(mention) and is_same_work(
            self.linker, last, mention, is_further=_is_further(clause)
        ):
            self.told[-1].mention = joined(self.linker, self.message, last, mention)
        else:
            # What came then may have been elsewhere: better asked than guessed.
            around = "" if clause.joint is Joint.NEXT else self.country
            self.told.append(_Told(mention, clause.sentence, around))

    def _is_here(self, mention: Mention) -> bool:
        """Whether the story is in the same country as at the mention before, as far as is known."""
        before = self.told[-1].mention.country or self.told[-1].around
        return not before or before == (mention.country or self.country)

    def _add_details(self, clause: Clause) -> None:
        last = self.told[-1] if self.told else None
        if last is not None and last.sentence == clause.sentence:
            last.mention = with_details(last.mention, clause.text)
        elif last is not None and is_only_details(clause.text) and last.mention.years is None:
            last.mention = replace(last.mention, years=years_said(clause.text))
        else:
            self.ahead.append(clause)

    def _with_what_was_said_ahead(self, clause: Clause, mention: Mention) -> Mention:
        for said in self.ahead:
            if said.sentence == clause.sentence:
                mention = with_details(mention, said.text)
        self.ahead.clear()
        return mention


def _is_further(clause: Clause) -> bool:
    """Whether a clause is told as what came then, or as well."""
    return FURTHER.search(" ".join([clause.joined_by, *clause.text.split()[:3]])) is not None


def wished_work(wish: str) -> str:
    """What a wish names, without "I want to" and "instead"; the wish itself when nothing is left."""
    named = " ".join(ABOUT_WISHING.sub(" ", wish).split())
    return named if words(named) else wish


__all__ = ["LONGEST_MESSAGE", "Mention", "find_mentions", "told_mentions", "wished_work"]
