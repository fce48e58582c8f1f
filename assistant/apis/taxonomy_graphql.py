"""How the JobTech Taxonomy's GraphQL is asked: by GET, with the answer below `data`."""

from typing import TypeVar

from assistant.apis.transport import Transport
from assistant.apis.wire import Wire, parsed
from assistant.errors import UpstreamMalformed

SERVICE = "JobTech Taxonomy"

_AnswerT = TypeVar("_AnswerT", bound=Wire)


class NoData(UpstreamMalformed):
    """An answer without data: so a query that cannot be answered ends, with status 200."""


async def ask(transport: Transport, query: str, model: type[_AnswerT], *, operation: str) -> _AnswerT:
    """Ask one query.

    Raises:
        NoData: The answer has no data.
        UpstreamError: The taxonomy could not be read.
    """
    raw = await transport.get_json("/graphql", {"query": query}, operation=operation)
    data = raw.get("data") if isinstance(raw, dict) else None
    if not isinstance(data, dict):
        raise NoData(service=SERVICE, operation=operation, reason="no data")
    return parsed(model, data, service=SERVICE, operation=operation)
