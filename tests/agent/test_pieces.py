"""What is read in a CV is put forward whole, piece by piece, and only what is kept reaches the profile."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.agent.contact_details import without_personal_details
from assistant.agent.guide.kept_pieces import KEEP
from assistant.agent.guide.memory import Memory
from assistant.agent.guide.pieces import ALL, NONE
from assistant.agent.guide.policy import Question
from assistant.agent.piece import PIECE, Piece, PieceKind
from assistant.build import Application
from assistant.documents.document import read_file
from assistant.domain.conversation import AnswerEvent
from assistant.domain.held import HeldKind, HowTold
from assistant.domain.language import Language
from assistant.domain.profile import Profile
from assistant.guidance.choosing import Sureness
from assistant.retrieval.cv.reader import read_cv
from tests.agent.talking import sent
from tests.evals.cvs.make_cvs import make_cvs, read_cvs

CVS = sorted(cv.file_name for cv in read_cvs(Path("tests/evals/cvs/cvs.yaml").absolute()))
# A made-up person.
CV = """Erfarenhet
Snickare, Bygghuset, Lund
2015-2019
Snickare, Kvällsbygg, Lund
2017-2020
Kock, Restaurang Sjön, Lund
2010-2013
Lagade mat, beställde varor och hade hand om matsalen.

Utbildning
Byggprogrammet, Lund 2012-2015
Gymnasiet, Damaskus, Syrien 2006-2009

Språk
Svenska, B2
Tyska, grundläggande

Körkort
B
Truckkort

Övriga uppgifter
Referenser lämnas gärna på begäran till den som frågar efter dem, både från hemmet och från köket."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the invented CVs."""
    made = tmp_path_factory.mktemp("cvs")
    make_cvs(made)
    return made


def of_kind(pieces: tuple[Piece, ...], kind: PieceKind) -> list[Piece]:
    return [piece for piece in pieces if piece.kind is kind]


@pytest.mark.parametrize("name", CVS)
async def test_all_that_the_reader_finds_is_put_forward_and_kept_or_struck(
    name: str, folder: Path, application: Application
) -> None:
    text = read_file(folder / name)
    session = application.new_session(Language.SV)
    answer, memory = await sent(session, text, file=name[-3:])
    _shows_what_was_found(answer, memory, text, application)
    assert answer.profile == Profile()
    # Read once and answered twice.
    other = application.restored_session(session.snapshot())
    kept, after = await sent(session, choice_id=ALL)
    _holds(kept.profile, after, memory.pieces)
    struck, after = await sent(other, choice_id=NONE)
    assert struck.profile == Profile()
    assert not after.pieces


def _shows_what_was_found(answer: AnswerEvent, memory: Memory, text: str, application: Application) -> None:
    linker = application.knowledge.linker
    found = read_cv(linker, without_personal_details(text)[0], today=datetime.now(UTC).date())
    pieces = memory.pieces
    assert len(of_kind(pieces, PieceKind.EXPERIENCE)) == len(found.experiences)
    assert len(of_kind(pieces, PieceKind.EDUCATION)) == len(found.educations)
    assert [piece.code for piece in of_kind(pieces, PieceKind.LANGUAGE)] == [
        told.code for told in found.languages
    ]
    assert len(of_kind(pieces, PieceKind.LICENCE)) == len(found.licences)
    linked = {piece.concept_ids[0] for piece in pieces if piece.concept_ids}
    assert {skill.concept.concept_id for skill in found.skills} <= linked
    boxes = [choice for choice in answer.choices if choice.choice_id.startswith(PIECE)]
    assert [choice.label for choice in boxes] == [piece.said for piece in pieces]
    assert all(f"{piece.said} – " in answer.text for piece in pieces), "nothing is held back"


def _holds(profile: Profile, memory: Memory, pieces: tuple[Piece, ...]) -> None:
    works = of_kind(pieces, PieceKind.EXPERIENCE)
    sure = {work.concept_ids[0] for work in works if work.sureness is Sureness.SURE}
    assert {experience.concept_id for experience in profile.experiences} == sure
    waiting = [work for work in works if work.sureness is not Sureness.SURE]
    assert [told.quote for told in memory.pending] == [work.said for work in waiting]
    assert len(profile.languages) == len(of_kind(pieces, PieceKind.LANGUAGE))
    fields = {education.field for education in profile.education}
    assert fields == {study.title for study in of_kind(pieces, PieceKind.EDUCATION)}
    held = profile.held_skill_ids | set(profile.licences)
    others = [*of_kind(pieces, PieceKind.SKILL), *of_kind(pieces, PieceKind.LICENCE)]
    assert {
        piece.concept_ids[0] if piece.concept_ids else piece.code or piece.title for piece in others
    } <= held


@dataclass(frozen=True)
class Answered:
    """An answer in words, and the numbers of what it keeps."""

    id: str
    words: str
    kept: tuple[int, ...]
    language: Language = Language.SV


# 1 carpenter (twice, one time), 2 cook, 3-4 educations, 5-6 languages, 7 licence, 8 forklift.
ANSWERS = (
    Answered("numbers", "behåll 1, 3 och 5", (1, 3, 5)),
    Answered("a range", "behåll 1-3", (1, 2, 3)),
    Answered("struck", "ta bort 2", (1, 3, 4, 5, 6, 7, 8)),
    Answered("all but", "alla utom 4", (1, 2, 3, 5, 6, 7, 8)),
    Answered("all", "allt stämmer", (1, 2, 3, 4, 5, 6, 7, 8)),
    Answered("yes", "ja", (1, 2, 3, 4, 5, 6, 7, 8)),
    Answered("none", "nej", ()),
    Answered("by name", "stryk truckkortet", (1, 2, 3, 4, 5, 6, 7)),
    Answered("not one", "inte 2 och 4", (1, 3, 5, 6, 7, 8)),
    Answered("English numbers", "keep 1 and 2", (1, 2), Language.EN),
    Answered("English struck", "remove number 8", (1, 2, 3, 4, 5, 6, 7), Language.EN),
    Answered("English all", "all of it is right", (1, 2, 3, 4, 5, 6, 7, 8), Language.EN),
)


async def asked_about_the_cv(application: Application, language: Language) -> bytes:
    """A conversation in which the CV has been read and what is in it put forward."""
    session = application.new_session(language)
    session.welcome()
    await sent(session, CV, file="pdf")
    if language is Language.EN:
        await sent(session, choice_id="language:en")
    return session.snapshot()


@pytest.fixture(scope="module")
def asked() -> dict[Language, bytes]:
    """Conversations that were begun for several answers, by language."""
    return {}


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.id)
async def test_the_answer_may_be_written(
    case: Answered, application: Application, asked: dict[Language, bytes]
) -> None:
    if case.language not in asked:
        asked[case.language] = await asked_about_the_cv(application, case.language)
    session, pressed = (application.restored_session(asked[case.language]) for _ in range(2))
    written, _ = await sent(session, case.words)
    by_boxes, _ = await sent(pressed, choice_id=f"{KEEP}{','.join(map(str, case.kept))}")
    assert written.profile == by_boxes.profile
    assert len(written.profile.languages) == len({5, 6} & set(case.kept))


async def test_work_told_twice_counts_once_and_is_said_to(application: Application) -> None:
    session = application.new_session(Language.SV)
    answer, memory = await sent(session, CV, file="docx")
    carpenter = memory.pieces[0]
    assert (carpenter.years, carpenter.is_repeated) == (5.0, True)
    assert "flera gånger" in answer.text
    kept, _ = await sent(session, choice_id=ALL)
    assert [experience.years for experience in kept.profile.experiences] == [5.0, 3.0]


async def test_the_same_text_again_brings_nothing_twice(application: Application) -> None:
    session = application.new_session(Language.SV)
    await sent(session, CV, file="pdf")
    again, memory = await sent(session, CV, file="docx")
    assert "läst förut" in again.text
    assert len(memory.pieces) == 8
    before, _ = await sent(session, choice_id=ALL)
    after, memory = await sent(session, CV, file="pdf")
    assert "läst förut" in after.text
    assert not memory.pieces
    assert after.profile == before.profile


async def test_what_was_struck_may_be_brought_back_by_the_same_text(application: Application) -> None:
    session = application.new_session(Language.SV)
    await sent(session, CV)
    await sent(session, choice_id=f"{KEEP}1")
    answer, memory = await sent(session, CV)
    assert [piece.is_known for piece in memory.pieces] == [True] + [False] * 7
    boxes = [choice for choice in answer.choices if choice.choice_id.startswith(PIECE)]
    assert [box.is_ticked for box in boxes] == [False] + [True] * 7
    kept, _ = await sent(session, choice_id=ALL)
    assert [experience.years for experience in kept.profile.experiences] == [5.0, 3.0]


async def test_nothing_is_asked_that_the_text_has_told(application: Application) -> None:
    session = application.new_session(Language.SV)
    await sent(session, CV)
    _, memory = await sent(session, choice_id=ALL)
    answered = {Question.EXPERIENCE, Question.MORE, Question.DAY, Question.EDUCATION, Question.LANGUAGES}
    assert answered <= memory.settled
    assert memory.open_question == Question.SKILLS


async def test_personal_details_of_a_file_are_nowhere_and_their_number_is_said(
    application: Application,
) -> None:
    session = application.new_session(Language.SV)
    planted = ("811218-9876", "070-123 45 67", "amira@example.com", "Storgatan 14", "1985-04-12", "Gift")
    top = "Amira Exempel\n{}\nTel {}\n{}\n{}, 212 34 Malmö\nFödd: {}\nCivilstånd: {}\n\n".format(*planted)
    answer, _ = await sent(session, top + CV, file="pdf")
    assert "(6 stycken)" in answer.text
    held = session.held()
    said = [message.text for message in held.messages]
    said += [turn.answer.text for turn in session.turns]
    assert not [each for each in planted if any(each in text for text in said)]


async def test_what_was_kept_came_from_the_file(application: Application) -> None:
    session = application.new_session(Language.SV)
    await sent(session, CV, file="pdf")
    await sent(session, choice_id=ALL)
    items = [item for item in session.held().items if item.kind is not HeldKind.NOTE]
    assert {item.origin.how for item in items} == {HowTold.FILE}
    words = {item.kind: item.origin.words for item in items}
    assert words[HeldKind.LANGUAGE] in CV


async def test_paths_may_be_asked_for_before_anything_is_kept(application: Application) -> None:
    session = application.new_session(Language.SV)
    await sent(session, CV)
    answer, memory = await sent(session, "visa förslag")
    assert memory.open_question == Question.PATHS
    assert answer.profile == Profile()


async def test_a_piece_that_is_none_is_no_piece(application: Application) -> None:
    session = application.new_session(Language.SV)
    session.welcome()
    await sent(session, CV, file="pdf")
    answer, _ = await sent(session, choice_id="piece:x")
    assert answer.text
    assert not session.profile.experiences
