import subprocess
import sys

import httpx
import pytest

from assistant.settings import PROJECT_DIR, Settings
from tests.standin.faults import DESCRIPTIONS
from tests.standin.server import StandIn
from tests.standin.services import SERVICES

VERSIONS = "/main/versions"


def test_a_fault_can_be_asked_for_in_a_header(standin: StandIn) -> None:
    url = standin.url() + VERSIONS
    faulty = httpx.get(url, headers={"X-Fault": "429:7"})
    assert (faulty.status_code, faulty.headers["Retry-After"]) == (429, "7")
    assert httpx.get(url).status_code == 200


def test_a_late_answer_has_heard_the_whole_question(standin: StandIn) -> None:
    address = standin.fault_url("slow:0.05", "enrichments") + "/enrichtextdocuments"
    # No fields that the service knows: it can say so only after it has read the body.
    assert httpx.post(address, json={"unknown": 1}).status_code == 422


def test_an_answer_that_trickles_is_whole_in_the_end(standin: StandIn) -> None:
    assert httpx.get(standin.fault_url("drip:0.0001") + VERSIONS).json()


@pytest.mark.parametrize("mode", ["truncated", "reset"])
def test_a_broken_connection_is_really_broken(mode: str, standin: StandIn) -> None:
    with pytest.raises(httpx.TransportError):
        httpx.get(standin.fault_url(mode) + VERSIONS)


def test_flaky_fails_anew_after_a_reset(standin: StandIn) -> None:
    url = standin.fault_url("flaky:1") + VERSIONS
    standin.reset()
    assert [httpx.get(url).status_code for _ in range(2)] == [503, 200]
    standin.reset()
    assert httpx.get(url).status_code == 503


@pytest.mark.shared
def test_by_hand_it_says_how_to_reach_it(shared_dir: object) -> None:
    command = [sys.executable, "-m", "tests.standin", "--port", "0"]
    with subprocess.Popen(command, cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        lines = []
        while "bomb" not in (line := running.stdout.readline()):
            assert line, "it ended before it had said everything"
            lines.append(line)
        running.terminate()
    told = "".join([*lines, line])
    settings = {name.upper() for name in Settings.model_fields}
    for service in SERVICES:
        assert service.setting in settings
        assert f"\n{service.setting}=http://127.0.0.1:0{service.base_path}\n" in told
    assert all(f"#   {mode} " in told for mode in DESCRIPTIONS)
