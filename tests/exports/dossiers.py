"""Dossiers by hand, and what their documents say."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.domain.concept import EducationLevel
from assistant.domain.conversation import AnswerEvent
from assistant.domain.dossier import Dossier, NamedConcept
from assistant.domain.held import HeldKind, HowTold
from assistant.domain.language import Bilingual, Language
from assistant.domain.profile import Education, Experience, ExperienceKind, HeldSkill, Profile, SpokenLanguage
from assistant.domain.source import Citation
from assistant.exports.layout import Both, Bullets, Document, Notes, Paragraph, Table
from tests.cards import PLANNED
from tests.fakes import CITATIONS, LOADING, PATHS

SV, EN = Language.SV, Language.EN
MADE_AT = "2026-11-22T12:00:00+00:00"
LORRY = "3MBw_pDA_P2F"

FULL = Profile(
    experiences=(
        Experience(
            title="Lastbilsförare",
            concept_id=LORRY,
            ssyk_code="8332",
            years=7,
            country="SY",
            skills=(HeldSkill(LOADING.concept_id, "Lastning"),),
        ),
        Experience("Hjälpte farmor محمد", "", "", years=0.5, kind=ExperienceKind.FAMILY),
    ),
    education=(Education(EducationLevel.UPPER_SECONDARY, "fordon", "SY"), Education(None)),
    languages=(SpokenLanguage("arabiska", "är mitt modersmål"), SpokenLanguage("svenska")),
    licences=("C",),
    wishes=("same_work", "jag vill köra lastbil igen"),
    skills=(HeldSkill("unknown", "Eget ord"),),
)
# The same sources in another order: each answer counts its own.
SWAPPED = tuple(Citation(3 - citation.marker, citation.source) for citation in CITATIONS)


def _in_english(answer: AnswerEvent) -> AnswerEvent:
    """An answer with other words and other numbers, about the same."""
    paths = tuple(replace(c, label=f"{c.label} (EN)", why="Why [2].", gap="Gap [1].") for c in answer.paths)
    plan = answer.plan and replace(
        answer.plan,
        label="Truck drivers",
        steps=tuple(
            replace(step, title=f"{step.kind} (EN)", text="Text [1].", first_action="Ask.", time="Soon.")
            for step in answer.plan.steps
        ),
        conditions=("only in the evening",),
        total="About 5 months [1].",
    )
    return replace(answer, language=EN, citations=SWAPPED, paths=paths, plan=plan)


SINGLE = Dossier(
    made_at=MADE_AT,
    languages=(SV,),
    profile=FULL,
    concepts={
        LORRY: NamedConcept(LORRY, Bilingual("Lastbilsförare m.fl.", "Truck drivers"), "8332"),
        LOADING.concept_id: NamedConcept(LOADING.concept_id, LOADING.preferred_label),
    },
    paths={SV: PATHS},
    plans={SV: PLANNED},
    titles={"Lastbilsförare": Bilingual("Lastbilsförare", "Truck drivers")},
    origins={HeldKind.EXPERIENCE: (HowTold.WRITTEN, HowTold.FILE), HeldKind.SKILL: (HowTold.CHOSEN,)},
)
DOUBLE = replace(
    SINGLE,
    languages=(SV, EN),
    paths={SV: PATHS, EN: _in_english(PATHS)},
    plans={SV: PLANNED, EN: _in_english(PLANNED)},
)
EMPTY = Dossier(MADE_AT, (SV,), Profile())
# Markup of Typst and of Word's format, code, control characters, and characters that turn the direction.
HOSTILE_TITLE = (
    '#panic() $x$ *fet* <script> ]] "\\ = Rubrik #read("/etc/passwd") &amp; @ref \x00\x1b\u202eback'
)
HOSTILE_SHOWN = '#panic() $x$ *fet* <script> ]] "\\ = Rubrik #read("/etc/passwd") &amp; @ref back'
HOSTILE = replace(EMPTY, profile=Profile(experiences=(Experience(HOSTILE_TITLE, "", ""),)))
LONG_WORD = "motorfordonsreparationsverkstadsarbetsledning" * 6
LONG = replace(
    EMPTY,
    languages=(EN, SV),
    profile=Profile(
        experiences=tuple(
            Experience(
                f"Arbete {number}",
                "",
                "",
                years=number,
                skills=tuple(HeldSkill("", f"Kunskap {each}") for each in range(number % 9)),
            )
            for number in range(1, 31)
        ),
        skills=(HeldSkill("", LONG_WORD),),
    ),
)
ALL = {"single": SINGLE, "double": DOUBLE, "empty": EMPTY, "hostile": HOSTILE, "long": LONG}


def said(document: Document) -> Iterator[str]:
    """Every text of a document; those of the sources with their numbers and addresses."""
    yield from _texts(document.title)
    yield from _texts(document.footer)
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _texts(*block.header, *(cell for row in block.rows for cell in row))
        elif isinstance(block, Bullets):
            yield from _texts(*block.items)
        elif isinstance(block, Notes):
            for note in block.items:
                yield from (f"[{note.number}] {note.says[0].text}", *_texts(note.says), note.address)
        elif isinstance(block, Paragraph):
            yield from (*_texts(block.lead), *_texts(block.says))
        else:
            yield from _texts(block.says)


def _texts(*says: Both) -> list[str]:
    return [each.text for both in says for each in both]


def squeezed(text: str) -> str:
    """A text without white space, which a page sets as its lines break."""
    return "".join(text.split())
