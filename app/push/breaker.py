"""When to leave a push service alone for a while. Pure: it is told the time, in seconds of whatever clock."""

from __future__ import annotations

from typing import Final

FAILURES: Final = 5
"""So many one after the other, and it is paused."""
FIRST_PAUSE: Final = 5.0
LONGEST_PAUSE: Final = 300.0
_AFTER_THE_PROBE: Final = 5.0


class Breaker:
    """Closed while a push service works; open, and nothing goes there, for longer each time it fails again.

    When a pause is over, one push is the probe: it closes the breaker or opens it for twice as long.
    `first_pause` in seconds.
    """

    def __init__(self, *, first_pause: float = FIRST_PAUSE) -> None:
        self._first_pause = first_pause
        self._failures = 0
        self._pause = 0.0
        self._until: float | None = None
        self._is_probed = False

    @property
    def is_open(self) -> bool:
        """Whether the last that is known of it is bad."""
        return self._until is not None

    def waits(self, now: float) -> float:
        """Seconds until a push may be tried; 0: now."""
        if self._until is None:
            return 0.0
        if now < self._until:
            return self._until - now
        return _AFTER_THE_PROBE if self._is_probed else 0.0

    def begins(self) -> None:
        """A push that may be tried is tried; how it ends has to be said, or that it was given up."""
        self._is_probed = self.is_open

    def worked(self) -> bool:
        """A push was answered. Whether that closes it."""
        was_open = self.is_open
        self._until, self._is_probed, self._failures, self._pause = None, False, 0, 0.0
        return was_open

    def failed(self, now: float, *, at_once: bool = False) -> bool:
        """A push was not answered, or by the push service's own trouble. Whether that opens it, having been closed.

        `at_once`: no further one is needed.
        """
        if self._until is None:
            self._failures += 1
            if self._failures < FAILURES and not at_once:
                return False
            self._open(now, self._first_pause)
            return True
        if now >= self._until:  # the probe; what had begun before the pause says nothing new
            self._open(now, min(self._pause * 2, LONGEST_PAUSE))
        return False

    def given_up(self) -> None:
        """A push was broken off, and says nothing."""
        self._is_probed = False

    def _open(self, now: float, pause: float) -> None:
        self._pause, self._until, self._is_probed = pause, now + pause, False
