"""Reports as whoever runs the server reads them: `leeward reports list|show|close`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from textwrap import indent
from typing import Final

from app.cannot_start import CannotStart
from app.db import Database
from app.moderation import rules, service
from app.moderation.rules import Category, Outcome, plain
from app.moderation.service import Case, Evidence

Say = Callable[[str], None]

CATEGORIES: Final[dict[Category, str]] = {
    "worried": "worried about this person",
    "harassing": "harassing",
    "sexual": "sexual, not wanted",
    "threat": "threat",
    "hateful": "hateful",
    "scam": "wants money, or deceives",
    "minor": "may be under 18",
    "other": "something else",
}

OUTCOMES: Final[dict[Outcome, str]] = {
    "no-rule-broken": "it was read, and no rule was broken",
    "spoken-with": "it was read, and somebody spoke with the person",
    "acted": "it was read, and something was done about it",
    "passed-on": "it was read, and passed on to somebody who can help",
    "cannot-help": "it was read, and nothing can be done from here",
}

_KINDS: Final = {
    "message": "Message",
    "signal": "Signal",
    "shared_check_in": "Shared check-in",
    "hello": "Words for a missed check-in",
}

_PARTED: Final[dict[service.Ending, str]] = {
    "no": "the reporter left it as it was",
    "end": "the reporter ended it",
    "block": "the reporter blocked them",
}


async def say_list(database: Database, say: Say, *, closed: bool) -> None:
    """Say which reports wait, without a word of what is in them."""
    async with database.connection() as connection:
        found = await service.cases(connection, closed=closed)
    for case in found:
        state = "waits" if case.outcome is None else f"closed: {case.outcome}"
        say(f"{case.number:>5}  {_at(case.sent_at)}  {CATEGORIES[case.category]}  ({state}; copied: {case.kept})")
    if not found:
        say("There is no report." if closed else "No report waits.")
    elif not closed:
        say("`leeward reports show NUMBER` shows one, with what people wrote.")


async def show(database: Database, number: int, say: Say) -> None:
    """Say everything about a report, the words in it too. Raises CannotStart when there is none of that number."""
    async with database.connection() as connection:
        case = await _case(await service.cases(connection, number=number), number)
        evidence = await service.evidence_of(connection, number)
    say(f"Report {case.number}, {_at(case.sent_at)}: {CATEGORIES[case.category]}")
    say(f"From:   {plain(case.reporter)} (they sign in with this name; never tell the other that they reported)")
    say(f"About:  {plain(case.about) if case.about is not None else 'somebody whose account is deleted'}")
    say(f"Pair:   {_PARTED[case.parted]}")
    say(f"Told:   {_told(case)}")
    if case.outcome is not None:
        say(f"Closed: {OUTCOMES[case.outcome]}")
    if case.answer:
        say(f"Answer:\n{_quoted(case.answer)}")
    say(f"In the reporter's words:\n{_quoted(case.text)}" if case.text else "The reporter wrote nothing.")
    if case.kept > sum(one.kind != "name" for one in evidence):
        say("Some of what was copied is gone, with the account of whoever wrote it.")
    for one in evidence:
        say(_evidence(case, one))


async def close(database: Database, number: int, outcome: Outcome, answer: str, now: datetime, say: Say) -> None:
    """Close a report: its reporter sees the outcome. Raises CannotStart when there is none of that number, or it is."""
    if len(answer) > rules.LONGEST_ANSWER:
        raise CannotStart(f"What you tell the reporter may have {rules.LONGEST_ANSWER} characters.")
    async with database.transaction() as connection:
        case = await _case(await service.cases(connection, number=number), number)
        closed = await service.close(connection, case, outcome, answer, now)
    if not closed:
        raise CannotStart(f"Report {number} was closed before.")
    say(f"Report {number} is closed. The reporter is told: {OUTCOMES[outcome]}.")
    days = rules.CLOSED_ARE_KEPT.days
    say(f"What was copied for it is erased after {days} days. The one it is about is told nothing.")


async def _case(found: list[Case], number: int) -> Case:
    if not found:
        raise CannotStart(f"There is no report {number}.")
    return found[0]


def _told(case: Case) -> str:
    return "that nobody is named who reads reports" if case.read_by is None else f"that {plain(case.read_by)} reads it"


def _evidence(case: Case, one: Evidence) -> str:
    who = "the reporter" if one.author_id == case.reporter_id else "the one it is about"
    if one.kind == "name":
        return f"Called in the pair: {plain(one.text)}"
    when = f", {_at(one.said_at)}" if one.said_at else ""
    gone = ", deleted by its author since" if one.was_deleted else ""
    return f"{_KINDS.get(one.kind, one.kind)} of {who}{when}{gone}:\n{_quoted(one.text)}"


def _quoted(text: str) -> str:
    return indent(plain(text), "  | ", lambda _: True)


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment.utcoffset() is not None else f"{moment:%Y-%m-%d %H:%M}"
