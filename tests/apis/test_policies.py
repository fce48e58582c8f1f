from dataclasses import fields
from pathlib import Path

import pytest

from assistant.apis.policies import SOURCES, bulk_policy_for, policy_for
from assistant.domain.addresses import Addresses
from assistant.settings import Settings

NAMES = tuple(field.name for field in fields(Addresses))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        http_timeout_s=1,
        http_deadline_s=2,
        http_contact="me@example.org",
        http_cache_dir=tmp_path,
    )


def test_every_service_has_a_policy() -> None:
    assert SOURCES.keys() == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_conversation_follows_the_settings(name: str, settings: Settings, tmp_path: Path) -> None:
    policy = policy_for(name, settings)
    assert (policy.contact, policy.cache_file) == ("me@example.org", tmp_path / f"{name}.db")
    own = SOURCES[name].deadline_s
    assert (policy.timeout_s, policy.deadline_s) == ((own, own) if own else (1, 2))
    assert policy.cache_lifetime_s >= 300


@pytest.mark.parametrize("name", NAMES)
def test_bulk_reading_is_patient_and_keeps_nothing(name: str, settings: Settings) -> None:
    policy = bulk_policy_for(name, settings)
    assert policy.cache_file is None
    assert policy.contact == "me@example.org"
    assert policy.timeout_s >= 60
    assert policy.deadline_s >= 300
    assert policy.attempts >= 6


def test_longer_patience_in_the_settings_is_heeded(settings: Settings) -> None:
    patient = settings.model_copy(update={"http_timeout_s": 30.0, "http_deadline_s": 40.0})
    policy = policy_for("historical_ads", patient)
    assert (policy.timeout_s, policy.deadline_s) == (30, 40)


def test_the_nightly_load_of_susa_is_waited_out(settings: Settings) -> None:
    policy = bulk_policy_for("susa", settings)
    growing = sum(min(policy.backoff_s * 2**n, policy.longest_backoff_s) for n in range(policy.attempts - 1))
    assert growing >= policy.deadline_s == 45 * 60


def test_what_scb_states_of_its_calls_is_kept(settings: Settings) -> None:
    for policy in (policy_for("scb", settings), bulk_policy_for("scb", settings)):
        assert (policy.budget_calls, policy.budget_window_s) == (30, 10)
