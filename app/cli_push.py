"""`leeward worker`, `push` and `steward`: waking and delivering apart from the server, and looking after it."""

import argparse
import asyncio
import signal
import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Final, TypeVar

import asyncpg
import uvloop

from app import clock
from app.asgi import deliverer, working
from app.cannot_start import CannotStart
from app.database_access import database_of
from app.db import Database, connect
from app.embedded_postgres import holder_of
from app.memory import settle
from app.migrations import migrate
from app.push.operating import say_keys, say_status, send_test
from app.push.vapid import VapidKeys
from app.settings import Settings
from app.stewards import operating as stewards

Say = Callable[[str], None]
ReadSettings = Callable[[], Settings]
AddParser = Callable[..., argparse.ArgumentParser]

T = TypeVar("T")

_PATIENCE: Final = 30.0  # seconds


def add_worker(add_parser: AddParser, settings: ReadSettings, say: Say) -> None:
    """Add `leeward worker` to the command line."""
    worker = add_parser(
        "worker",
        help="wake what is due and deliver pushes, apart from the server",
        description="Wake what is due and deliver pushes, until Ctrl-C or SIGTERM. `leeward serve` does it too, unless"
        " LEEWARD_WORKER is off. Several may run, on several machines; they share the work.",
    )
    worker.set_defaults(run=partial(_work, settings, say))


def add_push(add_parser: AddParser, settings: ReadSettings, say: Say) -> None:
    """Add `leeward push …` to the command line."""
    push = add_parser("push", help="the key for pushes, a test, how they are doing", description="Pushes.")
    asked = push.add_subparsers(title="commands", metavar="COMMAND", required=True)
    keys = asked.add_parser(
        "keys",
        help="who this server is to push services",
        description="Say the public key for pushes and where the private one is; make them when there are none.",
    )
    keys.set_defaults(run=partial(_keys, settings, say))
    test = asked.add_parser(
        "test",
        help="send a test to a member's devices",
        description="Send a test to all devices of a member, and say what their push services answered. Exit code 1"
        " when one of them did not take it.",
    )
    test.add_argument("name", metavar="NAME", help="what the member signs in as")
    test.set_defaults(run=partial(_test, settings, say))
    status = asked.add_parser(
        "status",
        help="how pushes are doing",
        description="Say how many devices there are, what became of the pushes of the last 24 hours, and what waits."
        " Exit code 1 when there is something to do.",
    )
    status.set_defaults(run=partial(_status, settings, say))


def add_steward(add_parser: AddParser, settings: ReadSettings, say: Say) -> None:
    """Add `leeward steward …` to the command line."""
    steward = add_parser(
        "steward",
        help="the members who look after this server",
        description="Stewards are members who see in the app how the server is doing (Me → Steward): whether pushes go"
        " out. They see nothing of other members.",
    )
    asked = steward.add_subparsers(title="commands", metavar="COMMAND", required=True)
    adding = asked.add_parser(
        "add", help="make a member a steward", description="Make a member a steward; they see it at once."
    )
    adding.set_defaults(run=partial(_add_steward, settings, say))
    removing = asked.add_parser(
        "remove",
        help="make a steward a member like any other",
        description="Make a steward a member like any other, at once. What they wrote stays theirs.",
    )
    removing.set_defaults(run=partial(_remove_steward, settings, say))
    for command in (adding, removing):
        command.add_argument("name", metavar="NAME", help="what the member signs in as")
    listing = asked.add_parser("list", help="who is a steward", description="Say who is a steward, and since when.")
    listing.set_defaults(run=partial(_list_stewards, settings, say))


def _work(read: ReadSettings, say: Say, _: argparse.Namespace) -> int:
    settings = read()
    if settings.database_url is None and holder_of(settings.data) is None:
        raise CannotStart("`leeward worker` works beside a server: start `leeward serve` first, or set DATABASE_URL.")

    async def work(settings: Settings, database: Database) -> None:
        told = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, told.set)
        async with working(settings, database, VapidKeys(settings)):
            say("Waking what is due and delivering pushes (Ctrl-C stops it).")
            await told.wait()
            say("Stopping …")

    with database_of(settings, say) as reachable:
        _once_it_is_there(reachable, say)
        settle()
        with_database(reachable, work)
    return 0


def _once_it_is_there(settings: Settings, say: Say) -> None:
    """Bring the database up to date, and wait a little for one that is just starting, as after a crash."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            asyncio.run(migrate(settings))
        except CannotStart as error:
            passing = isinstance(error.__cause__, OSError | asyncpg.CannotConnectNowError)
            if not passing or time.monotonic() > deadline:
                raise
            say("The database is not there yet …")
            time.sleep(1)
        else:
            return


def _keys(read: ReadSettings, say: Say, _: argparse.Namespace) -> int:
    say_keys(read(), say)
    return 0


def _test(read: ReadSettings, say: Say, asked: argparse.Namespace) -> int:
    async def test(settings: Settings, database: Database) -> bool:
        async with deliverer(settings, database, VapidKeys(settings)):
            return await send_test(database, asked.name, say)

    with database_of(read(), say) as reachable:
        return 0 if with_database(reachable, test) else 1


def _status(read: ReadSettings, say: Say, _: argparse.Namespace) -> int:
    async def status(_: Settings, database: Database) -> bool:
        return await say_status(database, clock.now(), say)

    with database_of(read(), say) as reachable:
        return 0 if with_database(reachable, status) else 1


def _add_steward(read: ReadSettings, say: Say, asked: argparse.Namespace) -> int:
    async def add(_: Settings, database: Database) -> None:
        await stewards.add(database, asked.name, clock.now(), say)

    with database_of(read(), say) as reachable:
        with_database(reachable, add)
    return 0


def _remove_steward(read: ReadSettings, say: Say, asked: argparse.Namespace) -> int:
    async def remove(_: Settings, database: Database) -> None:
        await stewards.remove(database, asked.name, say)

    with database_of(read(), say) as reachable:
        with_database(reachable, remove)
    return 0


def _list_stewards(read: ReadSettings, say: Say, _: argparse.Namespace) -> int:
    async def say_all(_: Settings, database: Database) -> None:
        await stewards.say_all(database, say)

    with database_of(read(), say) as reachable:
        with_database(reachable, say_all)
    return 0


def with_database(settings: Settings, do: Callable[[Settings, Database], Coroutine[None, None, T]]) -> T:
    """Do it on the database of these settings, started before and closed afterwards."""

    async def run() -> T:
        database = connect(settings)
        await database.start()
        try:
            return await do(settings, database)
        finally:
            await database.close()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(run())
