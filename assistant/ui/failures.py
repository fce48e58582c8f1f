"""What is written down of something that went wrong; the text of an error may hold what the person wrote."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

logger = logging.getLogger(__name__)

_P = ParamSpec("_P")
_T = TypeVar("_T")


def kind_and_place(error: Exception) -> str:
    """The kind of an error and where it arose."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {place.filename}, line {place.lineno}"


def fenced(callback: Callable[_P, Awaitable[_T]]) -> Callable[_P, Awaitable[_T | None]]:
    """A callback of the page that answers None when it fails, without the text that Chainlit would log."""

    @wraps(callback)
    async def answered(*args: _P.args, **more: _P.kwargs) -> _T | None:
        try:
            return await callback(*args, **more)
        except Exception as error:
            logger.error("%s", kind_and_place(error))
            return None

    return answered
