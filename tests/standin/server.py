"""The public APIs as one local server."""

from collections import Counter

from tests.standin.app import Call, StandInApp
from tests.standin.local import LocalServer
from tests.standin.services import base_path


class StandIn(LocalServer):
    """The running stand-in; use it in a `with` statement."""

    def __init__(self) -> None:
        self._app = StandInApp()
        super().__init__(self._app)

    def url(self, service: str = "taxonomy") -> str:
        """Base address of a service, as for its setting (`TAXONOMY_URL`)."""
        return self.origin + base_path(service)

    def fault_url(self, mode: str, service: str = "taxonomy") -> str:
        """Base address at which everything fails in one way; modes in `faults.py`."""
        return f"{self.origin}/fault/{mode}{base_path(service)}"

    @property
    def calls(self) -> tuple[Call, ...]:
        """What was asked since the last reset, oldest first."""
        return tuple(self._app.calls)

    @property
    def requests(self) -> Counter[str]:
        """How many requests came, by path; the path starts with the service or `/fault`."""
        return Counter(call.path for call in self.calls)

    def fail(self, mode: str) -> None:
        """Let everything fail in one way from now on; with an empty mode all is well again."""
        self._app.failing = mode

    def reset(self) -> None:
        """Forget what was asked, and let nothing fail but what fails by its address."""
        self._app.failing = ""
        self._app.calls.clear()
        self._app.faults.reset()
