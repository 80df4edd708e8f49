"""`leeward serve`: the database, the migrations, the worker processes, and the end of all of them."""

import asyncio
import errno
import http.client
import os
import resource
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from types import FrameType
from typing import Any, cast
from urllib.parse import urlsplit

from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from granian.server.mp import MPServer
from litestar.types import ASGIApp

from app import asgi, logs
from app.cannot_start import CannotStart
from app.database_access import database_of
from app.memory import settle
from app.migrations import migrate
from app.parents import end_with, stop_with_ancestors
from app.push import vapid
from app.settings import Settings
from app.web.ending_streams import STOP_STREAMS, EndingStreams

Say = Callable[[str], None]
"""Tells the person in front of the terminal how far it is."""

_MOST_CONNECTIONS = 16_384
"""Open at once in a worker; Granian's own choice would be 1,024, and each phone that listens holds one."""
_FILES_BESIDE_THEM = 256
"""What a worker opens otherwise: connections to the database, files, libraries."""
_PATIENCE_WITH_WORKERS = 10  # seconds until a worker that does not stop is killed


def serve(
    settings: Settings,
    say: Say,
    *,
    stop_with_parent: bool = False,
    prepare: Callable[[Settings], None] = lambda _settings: None,
) -> None:
    """Run the server until it is told to stop (Ctrl-C, SIGTERM); `prepare` is run once the database is up to date.

    Whatever ends this process, kill -9 included, ends its workers and its database too.
    Raises CannotStart with one sentence when it cannot run, or cannot go on.
    """
    if stop_with_parent:
        stop_with_ancestors()
    make_sure_the_port_is_free(settings)
    trouble: list[str] = []

    def lost(sentence: str) -> None:
        trouble.append(sentence)
        os.kill(os.getpid(), signal.SIGTERM)

    with ExitStack() as stack:
        settings = stack.enter_context(database_of(settings, say, lost=lost, exclusive=True))
        run = asyncio.run(migrate(settings))
        if run:
            say(f"The database is up to date ({len(run)} {'migration' if len(run) == 1 else 'migrations'} run).")
        vapid.load(settings)  # made now if there is none, once for all workers
        prepare(settings)
        os.environ["DATABASE_URL"] = settings.database_url or ""  # the workers read their settings from there
        say("Starting the server …")
        stopped = threading.Event()
        threading.Thread(target=_announce, args=(settings, say, stopped), name="announce", daemon=True).start()
        try:
            _run_workers(settings)
        except SystemExit as end:
            raise CannotStart("The server ended by itself; its last words are above.") from end
        finally:
            stopped.set()
            say("Stopping …")
    if trouble:
        raise CannotStart(trouble[0])


class _Server(MPServer):
    """Granian, which waits for open requests when it stops: it tells the endless ones to end."""

    def signal_handler_interrupt(self, *_: object, **__: object) -> None:
        """Begin to stop."""
        for worker in self.wrks:
            worker.interrupt_by_parent = True
            with suppress(OSError, TypeError):  # it has ended, or not begun
                os.kill(cast("int", worker.inner.pid), STOP_STREAMS)
        super().signal_handler_interrupt()


def _run_workers(settings: Settings) -> None:
    configuration: dict[str, Any] = logs.configure(settings.log_level)
    server = _Server(
        "leeward",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        backpressure=_room_for_connections(),
        log_level=LogLevels.warning,
        log_dictconfig=configuration,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE_WITH_WORKERS,
    )
    # A closed terminal means stop, where Granian would reload; under nohup it means nothing.
    under_nohup = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    server.on_startup(lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN if under_nohup else _stop_in_order))
    os.register_at_fork(after_in_child=_forget_signal_handlers)
    server.serve(target_loader=partial(_worker, os.getpid()), wrap_loader=False)


def _room_for_connections() -> int:
    """How many connections a worker may hold open, after asking for as many files as that takes."""
    wanted = _MOST_CONNECTIONS + _FILES_BESIDE_THEM
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        more = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        with suppress(OSError, ValueError):  # macOS has a limit of its own below this one
            resource.setrlimit(resource.RLIMIT_NOFILE, (more, most))
            allowed = more
    if allowed == resource.RLIM_INFINITY:
        allowed = wanted
    return max(1, min(wanted, allowed) - _FILES_BESIDE_THEM)


def _forget_signal_handlers() -> None:
    """Let a worker that is told to stop before it has begun end at once.

    It would inherit handlers that note the wish of the first process, and go on.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


def _stop_in_order(_number: int, _frame: FrameType | None) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def _worker(parent: int) -> ASGIApp:
    """Begin a worker process: what it runs."""
    end_with(parent)
    os.setpgid(0, 0)  # Ctrl-C goes to the first process alone, which stops the others in order
    application = EndingStreams(asgi.application())
    settle()
    return application


def make_sure_the_port_is_free(settings: Settings) -> None:
    """Raise CannotStart with a sentence when nobody could listen where these settings say."""
    where = f"port {settings.port} on {settings.host}"
    try:
        address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0], socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address[4])
    except socket.gaierror as error:
        raise CannotStart(f"LEEWARD_HOST is {settings.host!r}, which is no address of this machine.") from error
    except OSError as error:
        match error.errno:
            case errno.EADDRINUSE:
                why = f"Another program already listens on {where}: stop it, or choose another LEEWARD_PORT."
            case errno.EACCES:
                why = f"This user may not listen on {where}: choose a LEEWARD_PORT from 1024 up."
            case errno.EADDRNOTAVAIL:
                why = f"LEEWARD_HOST is {settings.host}, which is no address of this machine."
            case _:
                why = f"Leeward cannot listen on {where}: {error.strerror}."
        raise CannotStart(why) from error


def _announce(settings: Settings, say: Say, stopped: threading.Event) -> None:
    """Say where Leeward is as soon as it answers there."""
    while not stopped.wait(0.05):
        if answers(settings):
            say(f"Leeward is at {settings.origin} (Ctrl-C stops it)")
            return


def answers(settings: Settings) -> bool:
    """Whether a Leeward that is ready answers on the address of these settings."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - read, not bound
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", "/health/ready", headers={"Host": urlsplit(settings.origin).netloc})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
