"""The process between Leeward and PostgreSQL. It lives as long as its standard input is open.

Leeward holds the other end of that pipe: however Leeward ends, kill -9 included, the pipe closes, and the database is
brought down in good order. If this process is killed, PostgreSQL gets a signal from the kernel (Linux).

        start ──▶ lock ──▶ create if new ──▶ postgres ──▶ ready ──▶ pipe closed ──▶ stop postgres ──▶ end
                    │            │             ▲   │                     ▲
                    └─ failed ◀──┘             └───┴─ died: start again ─┘  (three times a minute, then failed)

It speaks in lines of JSON on standard output: {"progress": …}, {"ready": folder of the socket}, {"failed": sentence}.
Only the standard library is imported here: it starts in a few hundredths of a second.
"""

import json
import os
import select
import shutil
import signal
import socket
import sys
import time
from collections import deque
from dataclasses import asdict, dataclass
from pathlib import Path

from app.cannot_start import CannotStart
from app.embedded_postgres.account import Account, account_for
from app.embedded_postgres.binaries import Binaries, runnable_by
from app.embedded_postgres.cluster import Cluster
from app.embedded_postgres.lock import DataFolderLock
from app.embedded_postgres.orphans import end_orphans
from app.embedded_postgres.postmaster import FAST, IMMEDIATE, Postmaster, stop_one_left_behind
from app.embedded_postgres.sockets import socket_folder

_RESTARTS = 3
_WITHIN = 60.0
# After a kill -9 of PostgreSQL its children hold the shared memory until they notice, or until they are ended here.
_SHARED_MEMORY_PATIENCE = 60.0
_LOOK_EVERY = 0.005
_START_AGAIN_AFTER = 0.1


@dataclass(frozen=True)
class Task:
    """What the supervisor is asked to do."""

    data: str
    owner: int
    """The process that the database runs for."""
    postgres_bin: str
    """Folder of the programs …"""
    postgres_major: int
    """… and which PostgreSQL they are."""
    max_connections: int
    throwaway: bool
    """For tests: nothing is synced to disk, and the data folder is removed at the end."""

    def to_json(self) -> str:
        """Write it as the supervisor's one argument."""
        return json.dumps(asdict(self))


def main() -> int:
    """Run until standard input closes; the exit code is 1 when there was something to say why not."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)  # Leeward decides when the database may go
    os.umask(0o077)
    task = Task(**json.loads(sys.argv[1]))
    try:
        _supervise(task)
    except CannotStart as error:
        _say(failed=str(error))
        return 1
    except OSError as error:
        _say(failed=f"The database cannot be started: {error.strerror}: {error.filename}.")
        return 1
    finally:
        if task.throwaway:
            shutil.rmtree(task.data, ignore_errors=True)
    return 0


def _supervise(task: Task) -> None:
    data = Path(task.data)
    account = account_for(data)
    _make_data_folder(data, account)
    lock = DataFolderLock(data)
    lock.take(task.owner)
    binaries = runnable_by(Binaries(Path(task.postgres_bin), task.postgres_major), account)
    cluster = Cluster(data / "postgres", binaries, account, durable=not task.throwaway)
    stop_one_left_behind(cluster.folder)
    if cluster.make_sure_it_is_there():
        _say(progress="made a new database")
    sockets = socket_folder(data, account)
    for left_behind in sockets.glob(".s.PGSQL.*"):  # by a server that was killed: it names a process, dead or another's
        left_behind.unlink()
    try:
        _keep_running(cluster, sockets, data / "postgres.log", task, lock)
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


def _keep_running(cluster: Cluster, sockets: Path, log: Path, task: Task, lock: DataFolderLock) -> None:
    woken = _wake_when_a_child_ends()
    deaths: deque[float] = deque(maxlen=_RESTARTS)
    postmaster = Postmaster(cluster, sockets, log, task.max_connections)
    try:
        while True:
            postmaster = _until_ready(postmaster, cluster, sockets, log, task)
            if _owner_is_gone(0):
                return
            _say(ready=str(sockets))
            while not postmaster.has_ended():
                readable, _, _ = select.select([sys.stdin, woken], [], [])
                if woken in readable:
                    woken.recv(4096)
                if _owner_is_gone(0):
                    return
            if len(deaths) == _RESTARTS and time.monotonic() - deaths[0] < _WITHIN:
                raise CannotStart(
                    f"The database keeps ending by itself; the last words in {log}: {postmaster.last_words()}"
                )
            deaths.append(time.monotonic())
            _say(progress="the database ended by itself and is started again")
            end_orphans(cluster.folder)
            postmaster = Postmaster(cluster, sockets, log, task.max_connections)
    finally:
        lock.say_stopping()
        if not postmaster.has_ended():
            postmaster.stop(IMMEDIATE if task.throwaway else FAST)


def _until_ready(postmaster: Postmaster, cluster: Cluster, sockets: Path, log: Path, task: Task) -> Postmaster:
    """Wait until it takes connections, without a limit: reading a long write-ahead log takes what it takes."""
    began = time.monotonic()
    told = False
    while not postmaster.is_ready():
        waited = time.monotonic() - began
        if postmaster.has_ended():
            words = postmaster.last_words()
            if "shared memory" not in words or waited > _SHARED_MEMORY_PATIENCE:
                raise CannotStart(f"The database did not start; the last words in {log}: {words}")
            end_orphans(cluster.folder)
            if _owner_is_gone(_START_AGAIN_AFTER):
                return postmaster
            postmaster = Postmaster(cluster, sockets, log, task.max_connections)
        if waited > 2 and not told:  # noqa: PLR2004
            _say(progress="the database is catching up after it was not stopped in good order")
            told = True
        if _owner_is_gone(_LOOK_EVERY):
            return postmaster
    return postmaster


def _owner_is_gone(timeout: float) -> bool:
    readable, _, _ = select.select([sys.stdin], [], [], timeout)
    return bool(readable) and os.read(sys.stdin.fileno(), 4096) == b""


def _wake_when_a_child_ends() -> socket.socket:
    ours, signals = socket.socketpair()
    ours.setblocking(False)
    signals.setblocking(False)
    _wakers.append(signals)
    signal.set_wakeup_fd(signals.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    return ours


_wakers: list[socket.socket] = []  # kept open: the signal handler writes to them


def _make_data_folder(data: Path, account: Account | None) -> None:
    if data.exists():
        return
    data.parent.mkdir(parents=True, exist_ok=True)
    try:
        data.mkdir(mode=0o700)
    except FileExistsError:
        return  # another Leeward made it this very moment; the lock decides
    if account is not None and data.parent.stat().st_uid == account.uid:
        os.chown(data, account.uid, account.gid)


def _say(**words: str) -> None:
    try:
        print(json.dumps(words), flush=True)  # noqa: T201 - this is how it speaks
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - nobody listens any more: stdin will say so too
