"""One Leeward for one data folder."""

import fcntl
import os
import time
from pathlib import Path

from app.cannot_start import CannotStart

_STOPPING = 0
# A server that is stopping writes down what it has in memory first.
_PATIENCE = 60.0
# One that was killed this very moment still looks alive until its end has been noticed.
_PATIENCE_WITH_THE_LIVING = 0.5
_LOOK_EVERY = 0.02


class DataFolderLock:
    """Holds the data folder while its database runs, and names the process that it runs for."""

    def __init__(self, data: Path) -> None:
        self._path = _path(data)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, owner: int) -> None:
        """Take the lock for process `owner`, waiting for one that is just stopping.

        Raises CannotStart when another Leeward has it.
        """
        began = time.monotonic()
        while not _try(self._descriptor, fcntl.LOCK_EX):
            holder = _holder(self._descriptor)
            if time.monotonic() - began > (_PATIENCE if holder is None else _PATIENCE_WITH_THE_LIVING):
                raise CannotStart(
                    f"Leeward is already running on {self._path.parent}"
                    + (f" (process {holder})" if holder else "")
                    + ": stop that one first, or name another folder in LEEWARD_DATA."
                )
            time.sleep(_LOOK_EVERY)
        self._write(owner)

    def say_stopping(self) -> None:
        """Tell whoever wants the folder next that it is worth waiting."""
        self._write(_STOPPING)

    def _write(self, number: int) -> None:
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{number}\n".encode(), 0)


def holder_of(data: Path) -> int | None:
    """Return the process that the embedded database of this data folder is running for; None: it is not running."""
    try:
        descriptor = os.open(_path(data), os.O_RDONLY)
    except OSError:
        return None
    try:
        return None if _try(descriptor, fcntl.LOCK_SH) else _holder(descriptor)
    finally:
        os.close(descriptor)


def is_alive(process: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _path(data: Path) -> Path:
    return data / "postgres.lock"


def _try(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(descriptor: int) -> int | None:
    """Return the living process that is written down; None: there is none, or it is stopping."""
    text = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
    if not text.isdecimal() or int(text) == _STOPPING:
        return None
    return int(text) if is_alive(int(text)) else None
