"""The circuit breaker: a dead service is left alone for a while, so that it costs a conversation no time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class CircuitBreaker:
    """Closed while the service works, open for a pause after failures in a row, then half-open.

    Half-open it admits one call as a trial. Others are refused for `trial_s`, so that a trial whose caller
    has gone away without a verdict blocks nobody for longer. Times in seconds.
    """

    failures: int
    pause_s: float
    trial_s: float
    clock: Callable[[], float] = time.monotonic
    _failed: int = field(default=0, init=False)
    _open_until: float | None = field(default=None, init=False)

    def admit(self) -> bool:
        """Whether a call may be made now; in the half-open state only the first is."""
        if self._open_until is None:
            return True
        if self.clock() < self._open_until:
            return False
        self._open_until = self.clock() + self.trial_s
        return True

    @property
    def pause_left_s(self) -> float:
        """How long calls will be refused from now on."""
        return max(0.0, self._open_until - self.clock()) if self._open_until is not None else 0.0

    def succeeded(self) -> None:
        """The service answered: close."""
        self._failed = 0
        self._open_until = None

    def failed(self) -> None:
        """One more failure: the last of a row opens, and any does that is not in the closed state."""
        self._failed += 1
        if self._failed >= self.failures or self._open_until is not None:
            self.open(self.pause_s)

    def open(self, pause_s: float) -> None:
        """Refuse calls for so long, or for as long as was already decided."""
        self._open_until = self.clock() + max(pause_s, self.pause_left_s)
