"""Every dialogue, turn by turn, against the real application with the embedded guide."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assistant.agent.session import Session
from assistant.build import Application, build_application
from assistant.domain.conversation import Phase
from tests.conversations.dialogue import (
    DIALOGUES,
    MOST_TURNS,
    MOST_TURNS_TO_A_PLAN,
    MOST_TURNS_WITH_A_GOAL,
    Dialogue,
    read_dialogue,
)
from tests.conversations.ended import Ended
from tests.conversations.expectations import check_expectation
from tests.conversations.invariants import check_turn
from tests.conversations.player import Played, play, transcript
from tests.live import SOURCES, settings_at
from tests.standin.esco.data import read_esco
from tests.standin.jobsearch.ads import read_ads
from tests.standin.server import StandIn

_AGENT = "assistant.agent"
_TAXONOMY = "JobTech Taxonomy"
_LIVE = ("lorry-driver-syria", "nurse-iran")


_ON_ITS_OWN, _LIVE_ONLY = (
    [file for file in DIALOGUES if read_dialogue(file).live is is_live] for is_live in (False, True)
)


async def _hold(
    application: Application,
    dialogue: Dialogue,
    caplog: pytest.LogCaptureFixture,
    standin: StandIn | None = None,
    session: Session | None = None,
) -> list[Played]:
    caplog.set_level(logging.WARNING, logger=_AGENT)
    language = dialogue.language
    so_far: list[Played] = []
    async for played in play(application, dialogue, standin, session=session):
        language = played.turn.expect.language or language
        try:
            check_turn(played, so_far)
            check_expectation(application, played, language)
            assert not caplog.messages, "something was held back"
        except AssertionError as error:
            error.add_note(f"turn {played.number} of:\n{transcript([*so_far, played])}")
            raise
        so_far.append(played)
    return so_far


@pytest.mark.parametrize("file", _ON_ITS_OWN, ids=lambda file: file.stem)
async def test_dialogue(
    file: Path, application: Application, ended: Ended, caplog: pytest.LogCaptureFixture
) -> None:
    dialogue = read_dialogue(file)
    session = application.new_session(dialogue.language)
    _shows_all_in_time(dialogue, await _hold(application, dialogue, caplog, session=session))
    ended.keep(file.stem, session)


def _shows_all_in_time(dialogue: Dialogue, so_far: list[Played]) -> None:
    planned = next((p.number for p in so_far if p.answer.plan), None)
    if dialogue.knows_goal:
        assert planned is not None, "no plan was shown"
        assert planned <= MOST_TURNS_WITH_A_GOAL
    elif dialogue.ordinary:
        shown = next((p.number for p in so_far if p.answer.phase is Phase.PATHS), None)
        assert shown is not None, "no paths were shown"
        assert shown <= MOST_TURNS
        assert planned is not None, "no plan was shown"
        assert planned <= MOST_TURNS_TO_A_PLAN


@pytest.fixture(scope="session")
def whole_standin(taxonomy_standin: StandIn) -> StandIn:
    """The stand-in with all its data read, so that no turn waits for that."""
    read_esco()
    read_ads()
    return taxonomy_standin


@pytest.fixture
async def application_with_all_sources(
    index_dir: Path, whole_standin: StandIn, tmp_path: Path
) -> AsyncIterator[Application]:
    """The application with the stand-in as every public source, and nothing in its cache."""
    whole_standin.reset()
    settings = settings_at(whole_standin, tmp_path)
    application = build_application(settings.model_copy(update={"index_dir": index_dir}))
    yield application
    await application.aclose()
    whole_standin.reset()


@pytest.mark.shared
@pytest.mark.parametrize("file", _LIVE_ONLY, ids=lambda file: file.stem)
async def test_dialogue_with_every_source(
    file: Path,
    application_with_all_sources: Application,
    whole_standin: StandIn,
    caplog: pytest.LogCaptureFixture,
) -> None:
    dialogue = read_dialogue(file)
    so_far = await _hold(application_with_all_sources, dialogue, caplog, whole_standin)
    _shows_all_in_time(dialogue, so_far)


@pytest.fixture
async def live_application(
    index_dir: Path, taxonomy_standin: StandIn, tmp_path: Path
) -> AsyncIterator[Application]:
    """The application with the stand-in as its taxonomy, and no other source within reach."""
    faults = dict.fromkeys((name for name in SOURCES if name != "taxonomy"), "503")
    settings = settings_at(taxonomy_standin, tmp_path, faults=faults)
    application = build_application(settings.model_copy(update={"index_dir": index_dir}))
    yield application
    await application.aclose()


@pytest.mark.shared
@pytest.mark.parametrize("name", _LIVE)
async def test_dialogue_with_the_live_taxonomy(
    name: str, live_application: Application, caplog: pytest.LogCaptureFixture
) -> None:
    dialogue = read_dialogue(Path(__file__).with_name(f"{name}.yaml"))
    so_far = await _hold(live_application, dialogue, caplog)
    records = {
        citation.source.source_id: citation.source
        for played in so_far
        for citation in played.answer.citations
        if citation.source.source_id.startswith("taxonomy:")
    }
    assert records
    for source in records.values():
        concept_id = source.source_id.removeprefix("taxonomy:")
        group = live_application.knowledge.catalogue.groups[concept_id]
        assert source.system == _TAXONOMY
        assert source.version.isdecimal()
        assert source.retrieved_at.startswith("20")
        assert "T" in source.retrieved_at, "read just now, to the second"
        assert concept_id in source.url
        assert source.quote != group.preferred_label.sv, "the definition, not the label"


def test_there_are_dialogues_in_both_languages() -> None:
    begun_in = [read_dialogue(file).language for file in DIALOGUES]
    assert begun_in.count("sv") >= 6
    assert begun_in.count("en") >= 6
