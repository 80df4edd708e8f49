"""`leeward doctor`: looks at everything that commonly goes wrong, and says what to do about it."""

import asyncio
import os
import shutil
import socket
import ssl
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from app import clock
from app.build import FRONTEND
from app.cannot_start import CannotStart
from app.database_access import database_of
from app.db import Database, connect
from app.embedded_postgres import holder_of
from app.embedded_postgres.binaries import find_binaries
from app.migrations import missing
from app.moderation import service as reports
from app.push import vapid
from app.push.operating import troubles_of
from app.push.service import figures
from app.safety.service import helplines
from app.serving import answers, make_sure_the_port_is_free
from app.settings import Settings, is_loopback
from app.worker import heartbeat

_OLDEST_PYTHON = (3, 11)
_OLDEST_POSTGRES = 15
_LITTLE_ROOM = 500 * 1024 * 1024
_CHECKED_AGAIN_AFTER = timedelta(days=365)
_CLOCKS_APART = timedelta(seconds=5)
_DURABLE = ["fsync", "full_page_writes", "synchronous_commit"]
_MARKS = {"well": "ok     ", "remark": "note   ", "wrong": "WRONG  "}


@dataclass(frozen=True)
class Finding:
    """One sentence about one part of the installation."""

    how: Literal["well", "remark", "wrong"]
    sentence: str


def examine(environment: Mapping[str, str], say: Callable[[str], None]) -> int:
    """Look at everything and say what was found; returns the exit code: 1 when something is wrong."""
    worst = 0
    for finding in _findings(environment):
        say(_MARKS[finding.how] + finding.sentence)
        worst = max(worst, 1 if finding.how == "wrong" else 0)
    say("Something is wrong: see above." if worst else "Nothing is wrong.")
    return worst


def _findings(environment: Mapping[str, str]) -> Iterator[Finding]:
    yield from _python()
    try:
        settings = Settings.from_environment(environment)
    except CannotStart as error:
        yield Finding("wrong", str(error))
        return
    for look in (_user, _data_folder, _frontend, _port, _origin, _proxies, _workers, _pushes, _helplines, _database):
        try:
            yield from look(settings)
        except CannotStart as error:
            yield Finding("wrong", str(error))


def _python() -> Iterator[Finding]:
    here = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < _OLDEST_PYTHON:
        yield Finding("wrong", f"This is Python {here}; Leeward needs 3.11 or newer.")
    else:
        yield Finding("well", f"Python {here}.")


def _user(settings: Settings) -> Iterator[Finding]:
    if os.geteuid() == 0 and settings.database_url is None:
        yield Finding("remark", "Leeward runs as root; an ordinary user is enough, and safer.")


def _data_folder(settings: Settings) -> Iterator[Finding]:
    data = settings.data
    existing = next(folder for folder in (data, *data.parents) if folder.exists())
    if not existing.is_dir():
        yield Finding("wrong", f"LEEWARD_DATA is {data}, but {existing} is a file.")
        return
    if not os.access(existing, os.W_OK | os.X_OK):
        yield Finding("wrong", f"This user may not write in {existing}: see to its rights, or change LEEWARD_DATA.")
        return
    if existing == data and data.stat().st_mode & 0o044:
        yield Finding("remark", f"Others on this machine may look into {data}: chmod 700 {data}")
    free = shutil.disk_usage(existing).free
    if free < _LITTLE_ROOM:
        yield Finding("wrong", f"Only {free // 1_000_000} MB are free on the disk of {data}: make room.")
    else:
        yield Finding("well", f"Data folder {data}, {free / 1_000_000_000:.1f} GB free.")


def _frontend(_: Settings) -> Iterator[Finding]:
    if (FRONTEND / "index.html").is_file():
        yield Finding("well", "The app for phones is built.")
    else:
        yield Finding("wrong", "The app for phones has not been built: in a checkout `make run` does it.")


def _port(settings: Settings) -> Iterator[Finding]:
    if answers(settings):
        yield Finding("well", f"Leeward is running, on port {settings.port}.")
        return
    make_sure_the_port_is_free(settings)
    yield Finding("well", f"Port {settings.port} on {settings.host} is free.")


def _origin(settings: Settings) -> Iterator[Finding]:
    host = urlsplit(settings.origin).hostname or ""
    if not settings.secure:
        yield Finding("remark", f"People reach this server at {settings.origin}: from this machine only.")
        if not is_loopback(settings.host):
            yield Finding(
                "wrong",
                f"LEEWARD_HOST is {settings.host}, open to the network, but phones have no address to use:"
                " set LEEWARD_ORIGIN to the https address of your reverse proxy.",
            )
        return
    try:
        with urlopen(f"{settings.origin}/health/live", timeout=5):  # noqa: S310 - https, as the settings made sure
            yield Finding("well", f"{settings.origin} answers, and its certificate is good.")
    except URLError as error:
        yield _why_no_answer(settings, host, error)
    except (OSError, ValueError) as error:
        yield Finding("remark", f"{settings.origin} does not answer ({type(error).__name__}).")


def _why_no_answer(settings: Settings, host: str, error: URLError) -> Finding:
    match error.reason:
        case ssl.SSLCertVerificationError() as problem:
            return Finding("wrong", f"The certificate of {settings.origin} is not good: {problem.verify_message}.")
        case socket.gaierror():
            return Finding("wrong", f"There is no address for {host}: is the name in LEEWARD_ORIGIN right?")
        case _:
            running = "the reverse proxy is" if answers(settings) else "Leeward or the reverse proxy is"
            return Finding("remark", f"{settings.origin} does not answer: {running} not running, or not reachable.")


def _proxies(settings: Settings) -> Iterator[Finding]:
    if settings.secure and not settings.trusted_proxies:
        yield Finding(
            "remark",
            "LEEWARD_TRUSTED_PROXIES is empty: to the limits against guessing, everybody comes from the reverse"
            " proxy's address. Name it (127.0.0.1 if it runs on this machine).",
        )


def _workers(settings: Settings) -> Iterator[Finding]:
    cores = os.cpu_count() or 1
    if settings.workers > cores:
        yield Finding("remark", f"LEEWARD_WORKERS is {settings.workers}, more than this machine's {cores} cores.")


def _pushes(settings: Settings) -> Iterator[Finding]:
    file = settings.data / vapid.FILE
    if settings.vapid_private_key is None and not file.exists():
        yield Finding("remark", "There is no key for pushes yet: `leeward serve` makes one.")
    else:
        vapid.load(settings)
        yield Finding("well", "The key for pushes can be read.")
    if settings.vapid_private_key is None and file.exists() and file.stat().st_mode & 0o077:
        yield Finding("wrong", f"Others on this machine may read the key for pushes: chmod 600 {file}")
    if not settings.works:
        yield Finding("remark", "LEEWARD_WORKER is off: nothing is woken or pushed unless `leeward worker` runs.")
    if any(host.startswith("http://") for host in settings.push_hosts):
        yield Finding("remark", "LEEWARD_PUSH_HOSTS names this machine: that is for tests alone.")


def _helplines(_: Settings) -> Iterator[Finding]:
    verified = [line.verified for region in helplines().regions for line in region.lines]
    oldest = clock.now().date() - _CHECKED_AGAIN_AFTER
    never = sum(day is None for day in verified)
    overdue = sum(day is not None and day < oldest for day in verified)
    if never or overdue:
        yield Finding(
            "remark",
            f"Of {len(verified)} helplines {never} were never checked by this server and {overdue} not for a year;"
            " the app says so beside each.",
        )
    else:
        yield Finding("well", f"All {len(verified)} helplines were checked within a year.")


def _database(settings: Settings) -> Iterator[Finding]:
    if settings.database_url is None:
        binaries = find_binaries(settings.postgres_bin)
        yield Finding("well", f"PostgreSQL {binaries.major} in {binaries.folder}.")
        if not (settings.data / "postgres").exists() and holder_of(settings.data) is None:
            yield Finding("remark", "There is no database yet: `leeward serve` makes one.")
            return
    with database_of(settings, lambda _sentence: None) as reachable:
        yield from asyncio.run(_look_into(reachable))


async def _look_into(settings: Settings) -> list[Finding]:
    database = connect(settings)
    await database.start()
    found = [Finding("well", "The database can be reached.")]
    try:
        async with database.connection() as connection:
            version = connection.get_server_version().major
            if version < _OLDEST_POSTGRES:
                found.append(Finding("wrong", f"The database is PostgreSQL {version}; 15 or newer is needed."))
            apart = abs(await connection.fetchval("SELECT clock_timestamp()") - clock.now())
            if apart > _CLOCKS_APART:
                seconds = apart.total_seconds()
                found.append(
                    Finding("wrong", f"This machine's clock and the database's are {seconds:.0f} s apart: set both.")
                )
            off = await connection.fetch(
                "SELECT name FROM pg_settings WHERE name = ANY($1) AND setting = 'off'", _DURABLE
            )
            found += [
                Finding("wrong", f"{row['name']} is off in the database: what people save can be lost. Turn it on.")
                for row in off
            ]
            if await connection.fetchval("SHOW server_encoding") != "UTF8":
                found.append(Finding("wrong", "The database is not in UTF8: create it with ENCODING 'UTF8'."))
        waiting = await missing(database)
        if waiting:
            found.append(
                Finding("remark", f"{len(waiting)} migrations wait: `leeward serve` or `leeward migrate` runs them.")
            )
        else:
            found.append(Finding("well", "The database is up to date."))
            troubles = troubles_of(await figures(database, clock.now()))
            found += [Finding("wrong", trouble) for trouble in troubles]
            found += [] if troubles else [Finding("well", "Pushes are accepted, and none is overdue.")]
            found.append(await _worker(database, settings))
            found += await _reports(database, settings)
    finally:
        await database.close()
    return found


async def _reports(database: Database, settings: Settings) -> list[Finding]:
    now = clock.now()
    async with database.connection() as connection:
        wait = await reports.waiting(connection)
    found: list[Finding] = []
    if wait.oldest is not None:
        said = f"{wait.count} reports wait" if wait.count > 1 else "1 report waits"
        found.append(
            Finding(
                "wrong" if now - wait.oldest > reports.OVERDUE else "remark",
                f"{said} to be read, the oldest since {wait.oldest:%Y-%m-%d}: `leeward reports list`.",
            )
        )
    if settings.reports_read_by is None:
        found.append(
            Finding(
                "remark",
                "LEEWARD_REPORTS_READ_BY is empty: whoever reports somebody is told that nobody is named who reads it.",
            )
        )
    return found or [Finding("well", "No report waits to be read.")]


async def _worker(database: Database, settings: Settings) -> Finding:
    async with database.connection() as connection:
        trouble = await heartbeat.trouble(connection, clock.now(), works=settings.works)
    if trouble is None:
        return Finding("well", "Somebody wakes reminders and delivers pushes.")
    # Beside a server that does not run, nobody is expected to.
    return Finding("wrong" if answers(settings) else "remark", f"The worker: {trouble}")
