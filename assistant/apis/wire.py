"""What all clients share when they read an answer: unknown fields ignored, `null` and absent alike."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from assistant.errors import UpstreamMalformed


class Wire(BaseModel):
    """An answer, or a part of one, in the form of the service."""

    # An answer may echo what a person wrote, and errors are logged.
    model_config = ConfigDict(extra="ignore", populate_by_name=True, hide_input_in_errors=True)


def _empty_for_null(value: Any) -> Any:
    return "" if value is None else value


def _list_for_null(value: Any) -> Any:
    return [] if value is None else value


Text = Annotated[str, BeforeValidator(_empty_for_null)]
"""A text that may be `null`, which becomes empty."""

_ItemT = TypeVar("_ItemT")
ListOf = Annotated[list[_ItemT], BeforeValidator(_list_for_null)]
"""A list that may be `null`, which becomes empty."""

Flag = Annotated[bool, BeforeValidator(bool)]
"""A truth value that may be `null`, which becomes false."""

_AnswerT = TypeVar("_AnswerT", bound=Wire)


def parsed(model: type[_AnswerT], raw: Any, *, service: str, operation: str) -> _AnswerT:
    """Read an answer into its model.

    Raises:
        UpstreamMalformed: The answer has another form.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise UpstreamMalformed(service=service, operation=operation, reason=error.title) from error
