"""One Leeward for one data folder."""

import fcntl
import os
import time
from pathlib import Path

from app.cannot_start import CannotStart

_STOPPING = 0
# A server that is stopping writes down what it has in memory first.
_PATIENCE = 60.0


class DataFolderLock:
    """Holds the data folder while its database runs, and names the process that it runs for."""

    def __init__(self, data: Path) -> None:
        self._path = data / "postgres.lock"
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, owner: int) -> None:
        """Take the lock for process `owner`, waiting for one that is just stopping.

        Raises CannotStart when another Leeward has it.
        """
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                holder = self.holder()
                if holder is not None or time.monotonic() > deadline:
                    raise CannotStart(
                        f"Leeward is already running on {self._path.parent} (process {holder}):"
                        " stop that one first, or name another folder in LEEWARD_DATA."
                    ) from error
                time.sleep(0.02)
            else:
                self._write(owner)
                return

    def say_stopping(self) -> None:
        """Tell whoever wants the folder next that it is worth waiting."""
        self._write(_STOPPING)

    def holder(self) -> int | None:
        """Return the living process that the database runs for; None: there is none, or it is stopping."""
        text = os.pread(self._descriptor, 20, 0).decode("ascii", "replace").strip()
        if not text.isdecimal() or int(text) == _STOPPING:
            return None
        return int(text) if is_alive(int(text)) else None

    def _write(self, number: int) -> None:
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{number}\n".encode(), 0)


def is_alive(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
