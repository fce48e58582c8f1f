"""Chooses the chat model: the embedded guide, or any tool-calling model by `<provider>:<name>`."""

from langchain_core.language_models import BaseChatModel

from assistant.agent.guide.acts import load_cues
from assistant.agent.guide.model import GuideModel
from assistant.domain.language import Language
from assistant.errors import ModelError
from assistant.guidance.words import load_words
from assistant.prompts import Texts
from assistant.settings import Settings

GUIDE = "guide"


def make_model(settings: Settings, texts: Texts) -> BaseChatModel:
    """Make the model that the settings name.

    Raises:
        ModelError: The provider is unknown, or its package or key is missing.
    """
    if settings.model == GUIDE:
        return GuideModel(texts=texts, cues=load_cues(), words={each: load_words(each) for each in Language})
    # Imported late: the guide needs none of it.
    from langchain.chat_models import init_chat_model

    options: dict[str, object] = {"timeout": settings.model_timeout_s, "max_retries": 1}
    if settings.model_base_url:
        options["base_url"] = settings.model_base_url
    key = settings.model_api_key.get_secret_value()
    if key or settings.model_base_url:
        # Local servers ask for no key, but the clients refuse an empty one.
        options["api_key"] = key or "none"
    try:
        model = init_chat_model(settings.model, **options)  # type: ignore[call-overload]
    except Exception as error:
        # Besides ImportError and ValueError each provider has its own error for a missing key.
        raise ModelError(model=settings.model, reason=str(error)) from error
    if not isinstance(model, BaseChatModel):
        raise ModelError(model=settings.model, reason="not a chat model")
    return model
