"""What PostgreSQL leaves when its main process is killed: children that hold its shared memory.

They end by themselves as soon as they notice. One that waits for a slow disk, or is stuck, notices late or never, and
no other PostgreSQL starts on the folder meanwhile.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

_PROGRAM = "postgres"
# What a child calls itself; the main process shows the words that it was started with.
_CHILD = b"postgres: "


def end_orphans(folder: Path) -> None:
    """End the children of a PostgreSQL of this folder that is gone. Elsewhere than on Linux: nothing, they have to end.

    Nobody else is touched: only programs named `postgres` in this very folder that call themselves children, and have
    no parent there. As after any crash, the next start reads the write-ahead log; what was acknowledged is in it.
    """
    if sys.platform != "linux":
        return
    for process in _orphans(folder):
        # By a descriptor, which never comes to mean another process: looked at once more when it is open.
        with contextlib.suppress(OSError):
            descriptor = os.pidfd_open(process)
            try:
                if process in _orphans(folder):
                    signal.pidfd_send_signal(descriptor, signal.SIGKILL)
            finally:
                os.close(descriptor)


def _orphans(folder: Path) -> list[int]:
    parents = dict(_of(folder))
    return [process for process, parent in parents.items() if parent not in parents and _is_child(process)]


def _of(folder: Path) -> Iterator[tuple[int, int]]:
    """Each process of PostgreSQL in this folder, with its parent."""
    try:
        home = folder.stat()
    except OSError:
        return
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        with contextlib.suppress(OSError):  # it has just ended, or is not ours to look at
            program = (entry / "exe").readlink().name.removesuffix(" (deleted)")
            if program == _PROGRAM and os.path.samestat((entry / "cwd").stat(), home):
                # The name in parentheses may hold anything, so: after the last one.
                yield int(entry.name), int((entry / "stat").read_text().rpartition(")")[2].split()[1])


def _is_child(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().startswith(_CHILD)
    except OSError:
        return False
