"""PostgreSQL's main process: starting it, knowing when it is ready, ending it, and ending one that was left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from app.embedded_postgres.account import identity
from app.embedded_postgres.cluster import ENVIRONMENT, Cluster, last_words
from app.embedded_postgres.lock import is_alive

FAST = signal.SIGINT
"""Disconnects everybody, writes everything down, ends."""
IMMEDIATE = signal.SIGQUIT
"""Ends at once; the next start reads the write-ahead log."""

_PR_SET_PDEATHSIG = 1
_PATIENCE = {FAST: 60.0, IMMEDIATE: 10.0}
_LOG_IS_LONG = 10 * 1024 * 1024


class Postmaster:
    """A running PostgreSQL server on a cluster."""

    def __init__(self, cluster: Cluster, sockets: Path, log: Path, max_connections: int) -> None:
        self._cluster = cluster
        self._log = log
        if log.exists() and log.stat().st_size > _LOG_IS_LONG:
            log.replace(log.with_suffix(".log.old"))
        command = cluster.command("postgres", *_options(cluster, sockets, max_connections))
        with log.open("ab") as output:
            self._log_began = output.tell()
            self.process = subprocess.Popen(  # noqa: S603 - words of ours
                command.words,
                cwd=command.working_folder,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # Safe: this process has one thread. After the change of the user, which would undo it.
                preexec_fn=_end_with_parent(os.getpid()),  # noqa: PLW1509
                **identity(command.account),
            )

    def is_ready(self) -> bool:
        """Whether it takes connections."""
        try:
            lines = (self._cluster.folder / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(self.process.pid) and lines[7].strip() == "ready"  # noqa: PLR2004

    def has_ended(self) -> bool:
        """Whether it is gone."""
        return self.process.poll() is not None

    def last_words(self) -> str:
        """What it complained about last since it was started, in its own words."""
        with self._log.open("rb") as log:
            log.seek(self._log_began)
            return last_words(log.read().decode("utf-8", "replace"))

    def stop(self, how: signal.Signals) -> None:
        """End it, more and more firmly, and wait until it is gone."""
        for step in (FAST, IMMEDIATE) if how == FAST else (IMMEDIATE,):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.send_signal(step)
                self.process.wait(_PATIENCE[step])
                return
        self.process.kill()
        self.process.wait()


def stop_one_left_behind(folder: Path) -> None:
    """End a server that still runs on the folder although nobody supervises it any more."""
    written = folder / "postmaster.pid"
    try:
        process = int(written.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return
    for how in (FAST, IMMEDIATE, signal.SIGKILL):
        deadline = time.monotonic() + _PATIENCE.get(how, 10.0)
        if not _serves(process, folder):
            break
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, how)
        while _serves(process, folder) and time.monotonic() < deadline:
            time.sleep(0.01)
    if process > 1 and is_alive(process) and not _serves(process, folder):
        # Dead and not yet waited for, or its number was given to somebody else. PostgreSQL would take that for a server
        # and not start; whether its own children are still there, it sees by the shared memory as well.
        written.unlink(missing_ok=True)


def _serves(process: int, folder: Path) -> bool:
    """Whether this process is a PostgreSQL of this folder, not another one that was given the same number."""
    if process <= 1 or not is_alive(process):
        return False
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{process}/cwd").resolve() == folder.resolve()
        except OSError:
            return False
    listing = subprocess.run(["/bin/ps", "-o", "command=", "-p", str(process)], check=False, capture_output=True)  # noqa: S603
    return b"postgres" in listing.stdout


def _options(cluster: Cluster, sockets: Path, max_connections: int) -> list[str]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "max_connections": str(max_connections),
        # Statements carry what people wrote; a log of errors would carry it to a file.
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_parameter_max_length": "0",
        "log_timezone": "UTC",
        "timezone": "UTC",
    }
    if cluster.binaries.major >= 18:  # noqa: PLR2004
        settings["io_method"] = "sync"  # three processes fewer; they pay off on large tables only
    if not cluster.durable:
        settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}
    return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]


def _end_with_parent(parent: int):  # noqa: ANN202 - what Popen takes
    """On Linux PostgreSQL ends by itself when this process is killed. Elsewhere the next start finds and ends it."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, FAST.value, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask
