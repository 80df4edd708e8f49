"""Deleted means gone: a dump of the whole database, table by table as it says itself, holds nothing of the member."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import httpx

from app.accounts.rules import name_mark
from tests.accounts.a_life import Friends, lived, two_friends
from tests.accounts.conftest import Town, new_account

Cells = tuple[tuple[str, Any], ...]
Dump = dict[str, Counter[Cells]]

# Tables that hold nothing of any member, and why.
NOBODYS = {
    "migration": "which migrations were run",
    "instance": "the epoch of this database, and its secrets",
    "worker_seen": "when somebody last woke what is due, and delivered",
    "push_tally": "how many pushes came to what, all members' together",
    "pgqueuer_schedules": "the queue's own, not used",
    "pgqueuer_statistics": "the queue's own, not used",
}

# What the server remembers of a phone.
OF_A_PHONE = {"sync_device", "sync_batch"}

# Rows that may be there afterwards and were not there before, and why.
MAY_STAY: dict[str, Callable[[dict[str, Any]], bool]] = {
    # The phones have to learn that they must erase. A hash of 256 random bits, for 400 days, with no account in it.
    "ended_token": lambda _: True,
    # When a job, which is gone, was in the queue: its number and state, for a day.
    "pgqueuer_log": lambda row: row["entrypoint"] == "push" and row["traceback"] is None,
    # How often an address signed up or in, a browser asked for a test, or an account for a code: a hash of that alone,
    # for two hours.
    "rate_limit": lambda row: row["about"] is None,
    # A friend's report about her, in the friend's own words, naming nobody any more.
    "report": lambda row: row["answer"] is None,
    "report_case": lambda row: row["about_id"] is None and row["text"] == "She may need help.",
    "due": lambda row: row["kind"] == "report_waits",
}


async def dump(town: Town, friends: Friends) -> Dump:
    """Every row of every table of ours, whatever tables there are, but for what her friends' own phones did."""
    theirs = {UUID(friend.account) for friend in friends}
    journals = await town.rows("SELECT account_id, space_id FROM membership WHERE role = 'owner'")
    their_journals = {row["space_id"] for row in journals if row["account_id"] in theirs}
    tables = await town.rows(
        "SELECT table_schema AS schema, table_name AS name FROM information_schema.tables"
        " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')"
    )
    found: Dump = {}
    for table in tables:
        rows = await town.rows(f'SELECT * FROM "{table["schema"]}"."{table["name"]}"')
        found[table["name"]] = Counter(
            tuple((name, _plain(value)) for name, value in row.items())
            for row in rows
            if not (table["name"] in OF_A_PHONE and row["account_id"] in theirs)
            and not (table["name"] == "space" and row["id"] in their_journals)
        )
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever the database holds
    return tuple(_plain(part) for part in value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownVariableType]


def values_of(cells: Any) -> set[str | bytes | UUID]:  # noqa: ANN401
    """Texts, bytes and ids in there, however deep: what could point to somebody."""
    if isinstance(cells, str | bytes | UUID):
        return {cells}
    if isinstance(cells, tuple | Counter):
        return set[str | bytes | UUID]().union(*(values_of(cell) for cell in cells))  # pyright: ignore[reportUnknownVariableType]
    return set()


def all_text(found: Dump) -> str:
    def written(value: Any) -> str:  # noqa: ANN401
        return value.hex() if isinstance(value, bytes) else str(value)

    return "\n".join(
        f"{table}: " + " ".join(f"{name}={written(value)}" for name, value in row)
        for table, rows in found.items()
        for row in rows
    )


async def test_a_dump_of_the_database_holds_nothing_of_a_deleted_member(town: Town) -> None:
    # The same happens to ben first, so that what everybody has is told from what is ada's alone.
    async with two_friends(town) as friends, lived(town, friends, "Ben Nevis", "benbenben", "198.51.100.2"):
        before = await dump(town, friends)
        async with lived(town, friends, "Ada Lovelace", "adaadaada", "198.51.100.1") as ada:
            during = await dump(town, friends)

            untouched = {table for table in during if not during[table] - before[table]}
            assert untouched == NOBODYS.keys(), "these tables need a step in a_life.py, or a reason in NOBODYS"
            hers = {
                value
                for table in during
                for row in during[table] - before[table]
                for name, cell in row
                if (table, name) != ("ended_token", "token_hash")
                for value in values_of(cell)
            } - {value for rows in before.values() for row in rows for _, cell in row for value in values_of(cell)}
            tokens = {
                cell for row in during["session"] - before["session"] for name, cell in row if name == "token_hash"
            }
            address_marks = {
                dict(row)["bucket"] for row in during["rate_limit"] - before["rate_limit"] if not dict(row)["about"]
            }
            assert len(hers) > 30

            answer = await ada.phone.post("/api/account/deletion", json={"name": "ada lovelace"})
            assert answer.status_code == 204, answer.text
            after = await dump(town, friends)

            said = all_text(after).lower()
            for trace in ("ada lovelace", "lovelace", "adaadaada", ada.account, UUID(ada.account).hex):
                assert trace not in said
            assert name_mark("ada lovelace").hex() not in said
            stays = {value for rows in after.values() for row in rows for _, cell in row for value in values_of(cell)}
            their_reports = {dict(row)["id"] for row in after["report"]}
            assert (hers & stays) - tokens - address_marks - their_reports == set()
            # Each session's token, also of the device that was signed out long before: their phones will erase.
            assert tokens <= {dict(row)["token_hash"] for row in after["ended_token"]}

            for table, rows in after.items():
                for row in rows - before[table]:
                    assert table in MAY_STAY, table
                    assert MAY_STAY[table](dict(row)), table
            # And ben has all that was his. The friends' addresses were counted on.
            buckets = {dict(row)["bucket"] for row in after["rate_limit"]}
            assert {dict(row)["bucket"] for row in before["rate_limit"]} <= buckets
            lost = {table: before[table] - after[table] for table in before if table != "rate_limit"}
            assert {table: rows for table, rows in lost.items() if rows} == {}

            for browser in (ada.phone, ada.laptop):
                browser.cookies.clear()
    async with town.browser() as phone:
        assert (await phone.post("/api/accounts", json=new_account("Ada Lovelace"))).status_code == 201


async def test_every_device_of_a_deleted_account_learns_that_it_must_erase(town: Town) -> None:
    async with two_friends(town) as friends, lived(town, friends, "ada", "adaadaada", "198.51.100.1") as ada:
        old = dict(ada.laptop.cookies)
        assert (await ada.phone.post("/api/account/deletion", json={"name": "ada"})).status_code == 204
        for _ in range(2):
            answer = await ada.laptop.get("/api/account")
            assert (answer.status_code, answer.json()["code"]) == (401, "device-ended")
        said = {"device": str(uuid4()), "owner": ada.account, "sentAt": "2026-11-22T08:00:00Z"}
        answer = await ada.laptop.post("/api/sync", json=said)
        assert (answer.status_code, answer.json()["code"]) == (401, "device-ended")
        assert dict(ada.laptop.cookies) == old
        # It has erased, and says so: from here on it is nobody's phone.
        assert (await ada.laptop.delete("/api/sessions/current")).status_code == 204
        answer = await ada.laptop.post("/api/sync", json=said | {"owner": None})
        assert answer.status_code == 200


async def test_deleting_while_the_phones_are_sending_leaves_nothing(town: Town) -> None:
    """Whatever they meet, they are answered, and what they sent is gone with the rest."""
    async with town.browser() as phone, town.browser() as other:
        answer = await phone.post("/api/accounts", json=new_account("ada"))
        account = answer.json()["account"]["id"]
        said = {"name": "ada", "password": new_account()["password"]}
        assert (await other.post("/api/sessions", json=said)).status_code == 201

        async def send(browser: httpx.AsyncClient) -> list[int]:
            """Send from a new device each time, until the account is gone."""
            met: list[int] = []
            while not met or met[-1] == 200:
                args = {"key": "theme", "value": "dark"}
                mutation = {"number": 1, "id": str(uuid4()), "name": "preferences.set", "args": args}
                said = {
                    "device": str(uuid4()),
                    "owner": account,
                    "sentAt": datetime.now().astimezone().isoformat(),
                    "mutations": [mutation],
                }
                met.append((await browser.post("/api/sync", json=said)).status_code)
            return met

        senders = [asyncio.create_task(send(other)) for _ in range(4)]
        while not await town.rows("SELECT 1 FROM sync_batch OFFSET 10"):
            pass
        answer = await phone.post("/api/account/deletion", json={"name": "ada"})
        assert answer.status_code == 204, answer.text
        met = await asyncio.gather(*senders)
    assert {statuses[-1] for statuses in met} <= {401, 409, 503}, met
    for table in ("account", "session", "membership", "sync_device", "sync_batch", "preference", "recovery_code"):
        assert await town.rows(f"SELECT 1 FROM {table}") == [], table


async def test_a_deletion_that_meets_writers_again_and_again_asks_to_try_again(town: Town) -> None:
    async with two_friends(town) as friends, lived(town, friends, "ada", "adaadaada", "198.51.100.1") as ada:
        await town.change(
            "CREATE FUNCTION meet() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'deadlock_detected'; END $$"
        )
        await town.change("CREATE TRIGGER meet BEFORE DELETE ON account EXECUTE FUNCTION meet()")
        answer = await ada.phone.post("/api/account/deletion", json={"name": "ada"})
        assert (answer.status_code, answer.json()["code"]) == (503, "try-again")
        assert answer.headers["retry-after"] == "1"
        await town.change("DROP TRIGGER meet ON account")
        assert (await ada.phone.post("/api/account/deletion", json={"name": "ada"})).status_code == 204
