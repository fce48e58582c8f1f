"""The public APIs as one local server."""

from collections import Counter

from tests.standin.app import BASE_PATH, Call, StandInApp
from tests.standin.local import LocalServer


class StandIn(LocalServer):
    """The running stand-in; use it in a `with` statement."""

    def __init__(self) -> None:
        self._app = StandInApp()
        super().__init__(self._app)

    @property
    def url(self) -> str:
        """Base address, as for the setting `TAXONOMY_URL`."""
        return self.origin + BASE_PATH

    def fault_url(self, mode: str) -> str:
        """Base address at which everything fails in one way; modes in `faults.py`."""
        return f"{self.origin}/fault/{mode}{BASE_PATH}"

    @property
    def calls(self) -> tuple[Call, ...]:
        """What was asked since the last reset, oldest first."""
        return tuple(self._app.calls)

    @property
    def requests(self) -> Counter[str]:
        """How many requests came, by path; the path starts with `/v1` or `/fault`."""
        return Counter(call.path for call in self.calls)

    def reset(self) -> None:
        """Forget what was asked."""
        self._app.calls.clear()
        self._app.faults.reset()
