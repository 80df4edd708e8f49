"""`leeward reports`: reading what members reported, and closing it."""

import argparse
from functools import partial
from typing import Final

from app import clock
from app.cli_push import AddParser, ReadSettings, Say, with_database
from app.database_access import database_of
from app.db import Database
from app.moderation import operating
from app.moderation.rules import OUTCOMES, Outcome
from app.settings import Settings

_OUTCOMES: Final = "\n".join(f"  {outcome:<15} {said}" for outcome, said in operating.OUTCOMES.items())


def add_reports(add_parser: AddParser, settings: ReadSettings, say: Say) -> None:
    """Add `leeward reports …` to the command line."""
    reports = add_parser(
        "reports",
        help="what members reported: list, show, close",
        description="Reports that members sent in confidence. The one whom a report is about is never told of it by"
        " Leeward; what you do about it is yours to decide.",
    )
    asked = reports.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = asked.add_parser(
        "list",
        help="which reports wait",
        description="Say which reports wait: number, when, of which kind. Nothing of what people wrote.",
    )
    listing.add_argument("--all", action="store_true", help="those that are closed, too")
    listing.set_defaults(run=partial(_list, settings, say))
    showing = asked.add_parser(
        "show",
        help="one report, with what people wrote",
        description="Say everything about a report: who sent it, whom it is about, and the words that were copied.",
    )
    showing.set_defaults(run=partial(_show, settings, say))
    closing = asked.add_parser(
        "close",
        help="say what came of a report",
        description="Close a report. Its reporter sees the outcome in the app; nobody else is told.",
        epilog=f"outcomes:\n{_OUTCOMES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for command in (showing, closing):
        command.add_argument("number", type=int, metavar="NUMBER", help="as `leeward reports list` says it")
    closing.add_argument("outcome", choices=OUTCOMES, metavar="OUTCOME", help="one of those below")
    closing.add_argument("--text", default="", help="what you want to tell the reporter besides")
    closing.set_defaults(run=partial(_close, settings, say))


def _list(read: ReadSettings, say: Say, asked: argparse.Namespace) -> int:
    async def run(_: Settings, database: Database) -> None:
        await operating.say_list(database, say, closed=bool(asked.all))

    with database_of(read(), say) as reachable:
        with_database(reachable, run)
    return 0


def _show(read: ReadSettings, say: Say, asked: argparse.Namespace) -> int:
    number: int = asked.number

    async def run(_: Settings, database: Database) -> None:
        await operating.show(database, number, say)

    with database_of(read(), say) as reachable:
        with_database(reachable, run)
    return 0


def _close(read: ReadSettings, say: Say, asked: argparse.Namespace) -> int:
    number: int = asked.number
    outcome: Outcome = asked.outcome
    answer: str = asked.text

    async def run(_: Settings, database: Database) -> None:
        await operating.close(database, number, outcome, answer.strip(), clock.now(), say)

    with database_of(read(), say) as reachable:
        with_database(reachable, run)
    return 0
