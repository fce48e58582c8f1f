from dataclasses import dataclass

import pytest
from pydantic import SecretStr

from assistant.agent.guide.model import GuideModel
from assistant.agent.models import make_model
from assistant.errors import ModelError
from assistant.prompts import Texts, load_texts
from assistant.settings import Settings


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts()


def settings(model: str, base_url: str = "", key: str = "") -> Settings:
    return Settings(
        _env_file=None,
        model=model,
        model_base_url=base_url,
        model_api_key=SecretStr(key),
        model_timeout_s=7.0,
    )


def test_the_guide_is_embedded(texts: Texts) -> None:
    assert isinstance(make_model(settings("guide"), texts), GuideModel)


def test_any_openai_compatible_server_needs_only_its_address(texts: Texts) -> None:
    from langchain_openai import ChatOpenAI

    model = make_model(settings("openai:llama-3", "http://127.0.0.1:9/v1"), texts)
    assert isinstance(model, ChatOpenAI)
    assert (model.model_name, model.openai_api_base) == ("llama-3", "http://127.0.0.1:9/v1")
    assert (model.request_timeout, model.max_retries) == (7.0, 1)


def test_a_key_is_passed_on_and_never_shown(texts: Texts) -> None:
    made = settings("openai:gpt", key="secret-key")
    model = make_model(made, texts)
    assert "secret-key" not in f"{made!r} {model!r}"


@dataclass(frozen=True)
class Case:
    id: str
    model: str


UNUSABLE = (
    Case("no key", "openai:gpt"),
    Case("unknown provider", "nobody:model"),
    Case("package not installed", "anthropic:claude"),
    Case("no provider", "model-of-my-own"),
    Case("nothing", ""),
)


@pytest.mark.parametrize("case", UNUSABLE, ids=lambda case: case.id)
def test_a_model_that_cannot_be_made_is_said_plainly(
    case: Case, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError) as caught:
        make_model(settings(case.model), texts)
    assert caught.value.model == case.model
    assert caught.value.reason
