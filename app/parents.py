"""Ending when the process that started us is gone, also when it was killed and could tell nobody."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LOOK_EVERY = 1.0  # seconds


def end_with(parent: int) -> None:
    """Make this process end at once, without a word, when its parent is gone."""
    if sys.platform == "linux":
        ask_for_a_signal(signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    else:
        end_by_looking(parent)


def ask_for_a_signal(number: signal.Signals) -> None:
    """Ask the kernel (Linux) for a signal when the parent ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number.value, 0, 0, 0)


def end_by_looking(parent: int) -> None:
    """Do the same as `end_with` where no kernel tells: look every second."""
    _in_background(lambda: os.getppid() == parent, lambda: os._exit(1))


def stop_with_ancestors() -> None:
    """Stop this process in good order (SIGTERM) when its parent, or the parent's parent, is gone.

    For `make run`: make does not stop what it started when it is killed, nor when the terminal that it ran in is.
    """
    parent = os.getppid()
    grandparent = _parent_of(parent)

    def all_there() -> bool:
        return os.getppid() == parent and _parent_of(parent) == grandparent

    _in_background(all_there, lambda: os.kill(os.getpid(), signal.SIGTERM))


def _in_background(all_well: Callable[[], bool], otherwise: Callable[[], None]) -> None:
    def look() -> None:
        while all_well():
            time.sleep(_LOOK_EVERY)
        otherwise()

    threading.Thread(target=look, name="parents", daemon=True).start()


def _parent_of(process: int) -> int | None:
    """The parent's number; None when there is no such process."""
    if sys.platform == "linux":
        try:
            # The name in parentheses may hold anything, so: after the last one.
            return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return None
    words = ["/bin/ps", "-o", "ppid=", "-p", str(process)]
    listing = subprocess.run(words, check=False, capture_output=True, text=True)  # noqa: S603
    return int(listing.stdout) if listing.stdout.strip() else None
