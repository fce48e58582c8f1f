"""How clearly a clause must name work to tell of an experience."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.domain.profile import ExperienceKind
from assistant.retrieval.mentions import thresholds
from assistant.retrieval.mentions.clauses import Clause, Joint
from assistant.retrieval.mentions.details import YEAR_SPAN, without_countries, without_durations, years_said
from assistant.retrieval.mentions.kinds import kind_said, without_terms
from assistant.retrieval.mentions.mention import PhraseLinker
from assistant.retrieval.mentions.signs import (
    AFTER_WORK,
    BEFORE_WORK,
    CARES,
    ENDS_AT_A_PLACE,
    LIGHT_VERB,
    NAMES_A_ROLE,
    OWN_VERB,
    PLAIN_KIN,
    PRESENT,
    REMARK,
    SAID_AS_MORE,
    SAYS_WHEN,
    SAYS_WHEN_FIRST,
    SAYS_WHERE,
    STARTS_WITH_VERB,
    TOLD_AS,
    TOLD_AS_A_JOB,
    WORKED,
    WORKED_AT,
)
from assistant.retrieval.mentions.tongue import spoken
from assistant.retrieval.text import FUNCTION_WORDS, alike, content_words, words

if TYPE_CHECKING:
    from assistant.retrieval.linker import LinkedConcept

TOP_K = 10


def work_named(linker: PhraseLinker, text: str, *, enough: float) -> "tuple[LinkedConcept, ...]":
    """The groups that a clause names; empty when it names no work clearly enough.

    What stands round the work ("i was ... near Umeå, every summer") draws a search astray, so the core of
    the clause is searched too where the whole does not name work clearly.
    """
    # What is left of "7 years in Syria" names a place, not work.
    if enough >= thresholds.NEVER or is_only_details(text):
        return ()
    text = SAYS_WHEN_FIRST.sub("", text)
    for kin, plain in PLAIN_KIN:
        text = kin.sub(plain, text)
    found = linker.occupations(text, top_k=TOP_K)
    core = core_of(text)
    # Of care in the family, whom it was for is the core.
    if _best_score(found) < max(thresholds.CLEAR, enough) and not CARES.search(text) and core:
        found = _both(found, linker.occupations(core, top_k=TOP_K))
    if not found:
        return ()
    needed = min(enough, thresholds.TITLE) if is_title(core or text, found[0].because) else enough
    return found if found[0].score >= needed else ()


def _best_score(concepts: "tuple[LinkedConcept, ...]") -> float:
    return concepts[0].score if concepts else 0.0


def _both(
    whole: "tuple[LinkedConcept, ...]", core: "tuple[LinkedConcept, ...]"
) -> "tuple[LinkedConcept, ...]":
    """The groups that the clearer of two searches found, those first that the other found too."""
    clearer, other = sorted((whole, core), key=_best_score, reverse=True)
    more = {concept.concept_id: thresholds.OTHER_SEARCH * concept.score for concept in other}
    ranked = sorted(clearer, key=lambda c: -(c.score + more.get(c.concept_id, 0.0)))
    return tuple(replace(concept, rank=rank) for rank, concept in enumerate(ranked, start=1))


def is_title(text: str, title: str) -> bool:
    """Whether a text and the title that it fits best say the same, but for one word in three and endings."""
    said, meant = content_words(text), content_words(title)
    return min(_share_said(said, meant), _share_said(meant, said)) >= thresholds.TITLE_SHARE


def _share_said(said: Sequence[str], elsewhere: Sequence[str]) -> float:
    return sum(any(alike(word, other) for other in elsewhere) for word in said) / max(len(said), 1)


def core_of(text: str) -> str:
    """The words that name the work, without who, when and where; empty when nothing can be left out."""
    if (role := NAMES_A_ROLE.search(text)) and words(role["role"])[0] not in FUNCTION_WORDS:
        return role["role"]
    bare = without_durations(text)
    if (told := TOLD_AS.search(bare)) and WORKED.search(bare[: told.start()]):
        bare = bare[told.end() :]
    bare = BEFORE_WORK.sub("", bare, count=1)
    named = AFTER_WORK.split(bare, maxsplit=1)[0].strip()
    core = named if any(word not in FUNCTION_WORDS for word in words(named)) else bare
    return core if words(core) != words(text) else ""


def is_only_details(text: str) -> bool:
    """Whether a text says how long, where and on what terms, or nothing."""
    left = words(without_terms(without_countries(without_durations(text))))
    return all(word in FUNCTION_WORDS or word.isdigit() for word in left)


def enough(message: str, clauses: Sequence[Clause], i: int) -> float:
    """The score from which the clause at a place names work of its own."""
    clause = clauses[i]
    text = SAYS_WHEN_FIRST.sub("", spoken(clause.text))
    if CARES.search(text) and kind_said(text) is ExperienceKind.FAMILY:
        return thresholds.FAMILY_CARE
    if REMARK.match(text):
        return thresholds.REMARK
    if len(clauses) == 1:
        return thresholds.WHOLE_MESSAGE
    if SAYS_WHEN.match(text):
        return thresholds.FRAGMENT if OWN_VERB.search(text) else thresholds.NEVER
    if not OWN_VERB.search(text) and (place := _enough_as_detail(message, clauses, i)) is not None:
        return place
    if clause.joint is Joint.REASON:
        return thresholds.FRAGMENT
    return _enough_with_verb(text) or _enough_without_verb(message, clauses, i)


def _enough_with_verb(text: str) -> float | None:
    """The score for a clause that says of itself that it tells of work; None for any other."""
    if kind_said(text) in (ExperienceKind.UNPAID, ExperienceKind.OWN_BUSINESS):
        return thresholds.TOLD_AS_WORK
    has_words = len(content_words(text)) > 1
    if years_said(text) is not None and has_words and OWN_VERB.search(text):
        return thresholds.VERB_AND_YEARS
    if TOLD_AS_A_JOB.search(text) and (WORKED.search(text) or has_words):
        return thresholds.TOLD_AS_WORK
    if STARTS_WITH_VERB.search(text) or (OWN_VERB.search(text) and has_words):
        if NAMES_A_ROLE.search(text):
            return thresholds.TOLD_AS_WORK
        if PRESENT.search(text):
            return thresholds.PRESENT
        return thresholds.WITH_LIGHT_VERB if LIGHT_VERB.search(text) else thresholds.WITH_VERB
    return None


def _enough_as_detail(message: str, clauses: Sequence[Clause], i: int) -> float | None:
    """The score for a phrase that says where or of what; None for one that does not.

    "In a shop" names work after "worked at a school"; after a title, or before a verb, it says where.
    """
    clause = clauses[i]
    if message.count("(", 0, clause.start) > message.count(")", 0, clause.start):
        return thresholds.NEVER
    if not SAYS_WHERE.match(without_durations(clause.text)):
        return None
    before = [c for c in clauses[:i] if c.sentence == clause.sentence]
    follows_work = any(WORKED_AT.search(c.text) and not TOLD_AS.search(c.text) for c in before)
    if before and not follows_work and clause.joint is not Joint.NEXT:
        return thresholds.NEVER
    after = clauses[i + 1] if i + 1 < len(clauses) and not before else None
    if after and after.sentence == clause.sentence and OWN_VERB.search(after.text):
        return thresholds.NEVER
    return thresholds.TOLD_AS_WORK if follows_work else thresholds.PLACE


def tells_workplace(clause: Clause) -> bool:
    """Whether a clause says where the work just named was done: "..., worked 4 years at a power station"."""
    text = without_durations(clause.text)
    return clause.joint is Joint.COMMA and bool(WORKED_AT.search(text)) and not TOLD_AS.search(text)


def _enough_without_verb(message: str, clauses: Sequence[Clause], i: int) -> float:
    clause = clauses[i]
    before = clauses[i - 1].text if i else ""
    is_new = (
        clause.joint.begins_sentence
        or clause.joint in (Joint.NEXT, Joint.BUT)
        or clause.joined_by.startswith(":")
    )
    if not clause.joint.begins_sentence and _is_of_dated_line(message, clause):
        return thresholds.NEVER
    if years_said(clause.text) is not None and (is_new or years_said(before) is not None):
        return thresholds.WITH_YEARS
    if is_new or SAID_AS_MORE.search(f"{clause.joined_by} {clause.text}"):
        return thresholds.WITHOUT_VERB
    if clause.joint.adds and len(content_words(clause.text)) < 2 and _ends_at_a_place(before):
        return thresholds.NEVER
    return thresholds.FRAGMENT


def _is_of_dated_line(message: str, clause: Clause) -> bool:
    """Whether a fragment goes on with a line of a CV, whose first words name the work."""
    line = message[message.rfind("\n", 0, clause.start) + 1 : clause.start]
    return YEAR_SPAN.match(line.strip(" -*•\t")) is not None and bool(content_words(without_durations(line)))


def _ends_at_a_place(before: str) -> bool:
    """Whether "... hotels" of "cleaned in hotels and offices" says where, not what nor in which country."""
    return bool(ENDS_AT_A_PLACE.search(without_countries(before)) and not WORKED_AT.search(before))
