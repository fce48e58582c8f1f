"""What the guide takes up from a CV that is pasted into the chat, and what is no CV."""

from dataclasses import dataclass

import pytest

from assistant.agent.guide.acts import is_long_text
from assistant.agent.guide.memory import Memory
from assistant.agent.guide.pieces import ALL
from assistant.agent.guide.policy import Question
from assistant.agent.piece import PIECE, PieceKind
from assistant.build import Application
from assistant.domain.concept import EducationLevel
from assistant.domain.conversation import AnswerEvent
from assistant.domain.language import Language
from assistant.domain.profile import Profile
from assistant.guidance.long_text import LONG_TEXT
from tests.agent.talking import sent

# Made-up people.
SWEDISH = """Amira Exempel
Malmö

ARBETSLIVSERFARENHET:
2015-2019 Undersköterska på äldreboende i Malmö. Personlig omvårdnad, läkemedel och dokumentation.
2010-2015 Kassabiträde i livsmedelsbutik i Damaskus, Syrien. Kassa, varuplock och kundservice.

UTBILDNING
Gymnasiet i Damaskus, Syrien 2006-2009

KURSER
Svetsare, grundkurs 2009

INTRESSEN
Jag lagar mat och har varit kock på kollo. Jag målar tavlor och läser mycket på fritiden.
Referenser lämnas gärna när ni frågar efter dem, både från hemmet och från butiken i Damaskus."""
ENGLISH = """John Sample

Work experience
Carpenter, BuildCo, Nairobi, Kenya 2012-2018
Built roofs, formwork, windows and doors. Read drawings. Led a team of four people on site.
Taxi driver, Nairobi, Kenya 2018-2020
Drove passengers in Nairobi, kept the car clean, handled payments and complaints from customers.

Education
High school, Nairobi 2008

Skills
Forklift, Excel, customer service, welding, first aid, safety at work

Languages
Swahili, English"""
NO_HEADINGS = """Hej, här kommer lite om vad jag har gjort genom åren, jag hoppas att det är till hjälp.
2003-2009 arbetade jag som svetsare på ett varv i Gdansk i Polen och lagade skrov och däck.
2009-2012 var jag lastbilsförare och körde mellan Polen och Tyskland med livsmedel och möbler.
Sedan 2012 har jag varit hemma och tagit hand om min familj och mitt hus, och jag mår bra.
Jag gick ut gymnasiet i Gdansk.
Jag tycker om att vara ute i naturen och jag har aldrig varit sjuk en enda dag i hela mitt liv."""
ONLY_STUDIES = """Sara Prov

Utbildning
Gymnasiet, naturvetenskapliga programmet, Uppsala 2015-2018
Kandidatexamen i biologi, Uppsala universitet 2018-2021

Språk
svenska, engelska, franska

Intressen
Jag sjunger i kör, springer långa lopp, spelar schack och läser böcker om rymden och havet.
Jag reser så ofta jag kan och har besökt många länder, mest med tåg genom hela Europa.
Jag är glad, noggrann och lugn och vill gärna lära mig nya saker tillsammans med andra."""


@dataclass(frozen=True)
class Case:
    """A CV; `work` has the SSYK code, years and country of what is to be confirmed, in this order."""

    name: str
    text: str
    language: Language
    work: tuple[tuple[str, float | None, str], ...]
    level: EducationLevel | None = None


CASES = (
    Case(
        "swedish",
        SWEDISH,
        Language.SV,
        (("5321", 4, "SE"), ("5230", 5, "SY")),
        EducationLevel.UPPER_SECONDARY,
    ),
    Case(
        "english",
        ENGLISH,
        Language.EN,
        (("7111", 6, "KE"), ("8321", 2, "KE")),
        EducationLevel.UPPER_SECONDARY,
    ),
    Case(
        "without headings",
        NO_HEADINGS,
        Language.SV,
        (("7212", 6, "PL"), ("8332", 3, "PL"), ("5311", None, "")),
        EducationLevel.UPPER_SECONDARY,
    ),
    Case("only studies", ONLY_STUDIES, Language.SV, (), EducationLevel.BACHELOR),
)


async def _read(application: Application, text: str, language: Language) -> tuple[AnswerEvent, Memory]:
    return await sent(application.new_session(language), text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_cv_is_put_forward_piece_by_piece(case: Case, application: Application) -> None:
    answer, memory = await _read(application, case.text, case.language)
    groups = application.knowledge.catalogue.groups
    works = [piece for piece in memory.pieces if piece.kind is PieceKind.EXPERIENCE]
    found = tuple((groups[work.concept_ids[0]].ssyk_code, work.years, work.country) for work in works)
    assert found == case.work
    assert answer.profile == Profile(), "nothing is written down before it is kept"
    levels = [piece.education_level for piece in memory.pieces if piece.kind is PieceKind.EDUCATION]
    assert case.level in levels
    assert memory.open_question == Question.PIECES
    assert all("\n" not in piece.said for piece in memory.pieces)
    boxes = [choice for choice in answer.choices if choice.choice_id.startswith(PIECE)]
    assert [choice.label for choice in boxes] == [piece.said for piece in memory.pieces]


async def test_the_skills_of_a_cv_are_kept_for_the_question_on_skills(application: Application) -> None:
    session = application.new_session(Language.EN)
    await sent(session, ENGLISH)
    answer, memory = await sent(session, choice_id=ALL)
    assert "excel" in memory.read.lower()
    assert "MS Excel" in {skill.label for skill in answer.profile.skills}


def test_a_long_message_in_one_breath_is_an_answer_like_others() -> None:
    assert not is_long_text("jag körde lastbil och lagade motorer " * 40)
    assert not is_long_text("kock\nservitör\nstädare\nväktare")
    assert is_long_text("\n".join(["jag körde lastbil och lagade motorer"] * (LONG_TEXT // 30)))
    assert not is_long_text("\n" * LONG_TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "can I paste my cv?",
        "kan jag klistra in mitt cv här?",
        "do you want my resume?",
        "ska jag skicka mitt cv",
    ],
)
async def test_whoever_asks_may_paste_a_cv(text: str, application: Application) -> None:
    answer, memory = await _read(application, text, Language.EN)
    assert "CV" in answer.text.upper()
    assert not answer.citations
    assert memory.open_question == Question.EXPERIENCE


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("vem kan läsa det jag skriver?", "Visa mina uppgifter"),
        ("sparas det jag skriver?", "Visa mina uppgifter"),
        ("vad vet du om mig", "Visa mina uppgifter"),
        ("skickar ni det till Migrationsverket", "Visa mina uppgifter"),
        ("do you tell the employment office what i say", "Show my data"),
        ("is this saved?", "Show my data"),
        ("what do you know about me?", "Show my data"),
        ("hur tar jag bort det jag har skrivit", "Glöm mig"),
        ("how can I delete what I wrote", "Forget me"),
    ],
)
async def test_whoever_asks_about_own_data_is_told_what_to_press(
    text: str, button: str, application: Application
) -> None:
    language = Language.EN if button in ("Show my data", "Forget me") else Language.SV
    answer, memory = await _read(application, text, language)
    assert button in answer.text
    assert answer.profile == Profile()
    assert memory.missed == 0
