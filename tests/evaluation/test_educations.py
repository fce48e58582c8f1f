from pathlib import Path

import pytest

from assistant.apis.clients import Clients
from assistant.evaluation.educations import EducationPair, education_figures, find_pairs, read_pairs
from assistant.retrieval.knowledge import Knowledge
from assistant.settings import PROJECT_DIR
from tests.evals.make_education_pairs import PAIRS, gold
from tests.live import clients_at
from tests.standin.server import StandIn

OUR_PAIRS = PROJECT_DIR / "tests" / "evals" / "education_pairs.yaml"


def test_there_are_thirty_pairs_each_with_something_to_find() -> None:
    pairs = read_pairs(OUR_PAIRS)
    assert len(pairs) == len({(pair.ssyk, pair.place) for pair in pairs}) == 30
    assert all(pair.gold for pair in pairs)


@pytest.mark.shared
def test_the_pairs_are_what_the_shared_educations_say(shared_dir: Path) -> None:
    written = {(pair.ssyk, pair.place, pair.on): pair.gold for pair in read_pairs(OUR_PAIRS)}
    assert written == {(pair.ssyk, pair.place, pair.on): gold(pair) for pair in PAIRS}


@pytest.mark.shared
async def test_what_is_found_and_missed_is_counted(
    knowledge: Knowledge, standin: StandIn, shared_dir: Path, tmp_path: Path
) -> None:
    clients: Clients = clients_at(standin, tmp_path)
    cooks = next(pair for pair in read_pairs(OUR_PAIRS) if (pair.ssyk, pair.place) == ("5120", "Malmö"))
    unheard = EducationPair(ssyk="5120", place="Malmö", on=cooks.on, gold={"Ingen utbildning": ["1280"]})
    found = await find_pairs(knowledge, clients, [cooks, unheard])
    await clients.aclose()
    assert [pair.recall for pair in found] == [1, 0]
    assert found[1].missed == (("ingen utbildning", "1280"),)
    assert education_figures(found) == {"n": 2, "recall": 0.5, "right@5": 0.5, "right@1": 0.5}
