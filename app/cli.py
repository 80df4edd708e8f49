"""The command line: `leeward`."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app import cli_push, cli_reports, clock, logs
from app.accounts.service import Accounts, Passwords
from app.asgi import registry
from app.backup import back_up, new_epoch, restore
from app.build import build_id, leeward_version
from app.cannot_start import CannotStart
from app.database_access import database_of, make_sure_nothing_runs
from app.db import connect
from app.demo import service as demo
from app.doctor import examine
from app.migrations import migrate
from app.serving import serve
from app.settings import Settings

_ABOUT = """\
Leeward: peer support for mental health that works offline.

`leeward serve` is all it takes: it brings a database of its own and answers on http://127.0.0.1:8000.
"""

_SETTINGS = """\
settings (environment variables):
  LEEWARD_HOST                  address to listen on (127.0.0.1)
  LEEWARD_PORT                  port to listen on (8000)
  LEEWARD_ORIGIN                the address people type, https://… unless it is this machine (http://HOST:PORT)
  LEEWARD_DATA                  folder of everything the server keeps (./data)
  DATABASE_URL                  a PostgreSQL of your own, postgresql://user:password@host:5432/name (the embedded one)
  LEEWARD_DATABASE_CONNECTIONS  most connections to the database from one worker (16)
  LEEWARD_POSTGRES_BIN          folder of PostgreSQL's programs (those that came with Leeward)
  LEEWARD_TRUSTED_PROXIES       addresses or networks of your reverse proxy, commas between (none)
  LEEWARD_WORKERS               processes that answer requests (1)
  LEEWARD_WORKER                on: the server also wakes what is due and delivers pushes; off: `leeward worker` (on)
  LEEWARD_PUSH_HOSTS            push services that may be called, commas between (those of all browsers)
  LEEWARD_PUSH_CONTACT          whom a push service may write to, mailto: or https (LEEWARD_ORIGIN)
  LEEWARD_VAPID_PRIVATE_KEY     the private key for pushes (LEEWARD_DATA/vapid.pem, made on the first start)
  LEEWARD_METRICS_TOKEN         who reads GET /metrics has to say it as a bearer token (nobody may read them)
  LEEWARD_REPORTS_READ_BY       who reads reports, in words that members are shown (nobody is named)
  LEEWARD_LOG_LEVEL             debug, info, warning or error (info)

It ends with exit code 0 when all went well, 1 when it says what is wrong, 2 when the command was not understood.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    asked = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = asked.run
    try:
        sys.exit(run(asked))
    except CannotStart as error:
        print(f"leeward: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="leeward", description=_ABOUT, epilog=_SETTINGS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(
        name: str, run: Callable[[argparse.Namespace], int], short: str, long: str = ""
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=short, description=long or short)
        added.set_defaults(run=run)
        return added

    serving = command(
        "serve",
        _serve,
        "run the server until Ctrl-C",
        "Run the server until Ctrl-C or SIGTERM: start the embedded database (unless DATABASE_URL names one), bring it"
        " up to date, answer requests. Whatever ends it, kill -9 included, leaves no process behind.",
    )
    demo = command(
        "demo",
        _demo,
        "the same, with four months of two people's check-ins",
        "Run the server on an embedded database of its own (LEEWARD_DATA, here ./data-demo), filled with four lifelike"
        " months of ada and ben. It says how to sign in.",
    )
    for server in (serving, demo):
        server.add_argument(
            "--stop-with-parent",
            action="store_true",
            help="stop also when the process that started this one, or the one before it, is gone (make run)",
        )
    command(
        "migrate",
        _migrate,
        "bring the database up to date",
        "Bring the database up to date; `leeward serve` does it by itself. Several may do it at once.",
    )
    command(
        "doctor",
        _doctor,
        "say in plain words what is wrong with this installation",
        "Look at everything that commonly goes wrong and say what to do about it. Changes nothing. Exit code 1 when"
        " something is wrong; remarks alone leave it at 0.",
    )
    backup = command(
        "backup",
        _backup,
        "write the whole database into one file",
        "Write the whole database into one file, while the server goes on. The file holds what people wrote: only this"
        " user may read it, keep it so. Logs and LEEWARD_DATA's other files are not in it.",
    )
    backup.add_argument("file", type=Path, metavar="FILE")
    restoring = command(
        "restore",
        _restore,
        "replace the whole database by such a file",
        "Replace the whole database by a backup: all of it, or nothing changes. Stop the server first. Phones notice"
        " and send again what they have and the backup has not. Accounts deleted since the backup come back.",
    )
    restoring.add_argument("file", type=Path, metavar="FILE")
    restoring.add_argument("--yes", action="store_true", help="do not ask whether to replace what is there")
    database = commands.add_parser("database", help="repairs", description="Repairs of the database.")
    repairs = database.add_subparsers(title="commands", metavar="COMMAND", required=True)
    epoch = repairs.add_parser(
        "new-epoch",
        help="after putting a database back by other means than `leeward restore`",
        description="Make every phone pull everything anew and send again what the database does not have. Needed after"
        " the database was put back to an earlier state by other means than `leeward restore`.",
    )
    epoch.set_defaults(run=_new_epoch)
    for add in (cli_push.add_worker, cli_push.add_push, cli_push.add_steward, cli_reports.add_reports):
        add(commands.add_parser, _settings, _say)
    command("version", _version, "say which Leeward this is")
    return parser


def _serve(asked: argparse.Namespace) -> int:
    settings = _settings()
    serve(settings, _say, stop_with_parent=bool(asked.stop_with_parent))
    return 0


def _demo(asked: argparse.Namespace) -> int:
    settings = _settings({"LEEWARD_DATA": "data-demo"})
    if settings.database_url is not None:
        raise CannotStart("The demo has a database of its own: unset DATABASE_URL for it.")
    serve(settings, _say, stop_with_parent=bool(asked.stop_with_parent), prepare=_fill_with_the_demo)
    return 0


def _fill_with_the_demo(settings: Settings) -> None:
    async def fill() -> None:
        database = connect(settings)
        await database.start()
        passwords = Passwords()
        members = Accounts(database, passwords, end_session=lambda _session: None)
        try:
            if await demo.fill(database, registry(), members, clock.now()):
                _say("Wrote four months of ada and ben.")
        finally:
            await database.close()
            await passwords.close()

    asyncio.run(fill())
    _say(f"Sign in as ada or ben with the password “{demo.PASSWORD}”.")


def _migrate(_: argparse.Namespace) -> int:
    with database_of(_settings(), _say) as settings:
        run = asyncio.run(migrate(settings))
    _say(f"Migrations run: {len(run)}." if run else "The database was up to date.")
    return 0


def _doctor(_: argparse.Namespace) -> int:
    return examine(os.environ, _say)


def _backup(asked: argparse.Namespace) -> int:
    file: Path = asked.file
    with database_of(_settings(), _say) as settings:
        back_up(settings, file)
    _say(f"{file} holds the whole database ({file.stat().st_size / 1_000_000:.1f} MB).")
    return 0


def _restore(asked: argparse.Namespace) -> int:
    settings, file = _settings(), asked.file
    make_sure_nothing_runs(settings)
    if not asked.yes and not _agreed(f"This replaces the whole database by {file}."):
        _say("Nothing was changed.")
        return 1
    with database_of(settings, _say, exclusive=True) as reachable:
        restore(reachable, file)
    _say("The database is as it was in the backup, and up to date. Phones will send again what it does not hold.")
    return 0


def _new_epoch(_: argparse.Namespace) -> int:
    with database_of(_settings(), _say) as settings:
        new_epoch(settings)
    _say("The database has a new epoch: phones will pull everything and send again what it does not have.")
    return 0


def _version(_: argparse.Namespace) -> int:
    _say(f"leeward {leeward_version()} (build {build_id()})")
    return 0


def _settings(defaults: Mapping[str, str] | None = None) -> Settings:
    given = {name: value for name, value in os.environ.items() if value}
    settings = Settings.from_environment({**(defaults or {}), **given})
    logs.configure(settings.log_level)
    return settings


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise CannotStart(f"{question} Say --yes when that is meant.")
    return input(f"{question} Type yes to go on: ").strip().lower() == "yes"


def _say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    main()
