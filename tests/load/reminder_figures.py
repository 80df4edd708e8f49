"""Reminders: how fast they are claimed, sent, and how late the last of ten thousand is."""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import httpx
import psutil
import uvloop
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pywebpush import WebPusher, webpush  # pyright: ignore[reportUnknownVariableType]

from app import clock
from app.asgi import wakes
from app.db import Database
from app.embedded_postgres import EmbeddedPostgres
from app.migrations import migrate
from app.push.sender import Address, Sender
from app.push.vapid import Signer, VapidKeys
from app.settings import Settings
from app.worker.waker import wake_once
from tests.load.figures import Figure, Section, percent
from tests.load.load import median, percentile
from tests.load.server import ROOT

IN_THE_TABLE: Final = 1_000_000
CLAIMED: Final = 50_000
DUE_AT_ONCE: Final = 10_000
MEMBERS: Final = 1_000
ROUNDS: Final = 5
PUSHES: Final = 1_500
PLAIN: Final = 150
AT_ONCE: Final = 100
PAYLOAD: Final = b"x" * 600
CONTACT: Final = "mailto:operator@leeward.example"
_PATIENCE: Final = 180.0

JOURNALS = """
WITH made AS (
    SELECT number, gen_random_uuid() AS account, gen_random_uuid() AS journal, gen_random_uuid() AS session
    FROM generate_series(1, $1::int) AS number
), a AS (
    INSERT INTO account (id, name, name_key, password_hash, adult_confirmed_at, consent_version, created_at)
    SELECT account, account::text, account::text, '-', $2, '2026-11', $2 FROM made
), s AS (
    INSERT INTO session (id, account_id, token_hash, known_hash, label, created_at, seen_at)
    SELECT session, account, sha256(session::text::bytea), '', 'Phone', $2, $2 FROM made
), j AS (
    INSERT INTO space (id, kind, version, floor, created_at) SELECT journal, 'journal', 0, 0, $2 FROM made
), m AS (
    INSERT INTO membership (account_id, space_id, role) SELECT account, journal, 'owner' FROM made
)
INSERT INTO push_subscription (id, account_id, session_id, endpoint, p256dh, auth, vapid_key, zone, created_at)
SELECT gen_random_uuid(), account, session, $3 || session, $4, $5, $6, 'UTC', $2 FROM made WHERE $3 <> ''
"""

REMINDERS = """
INSERT INTO reminder (space_id, id, version, deleted, written_at, label, times, weekdays, zone, is_on)
SELECT s.id, gen_random_uuid(), number, false, $2, '', ARRAY[$3], '{1,2,3,4,5,6,7}', 'Europe/Berlin', true
FROM space s, generate_series(1, $1::int) AS number WHERE s.kind = 'journal'
"""

DUE = "INSERT INTO due (kind, space_id, subject, due_at) SELECT 'reminder', space_id, id, $1 FROM reminder"

Sent = Callable[[], Awaitable[None]]


def measure(folder: Path) -> list[Section]:
    """All of it, on databases of its own under `folder`."""
    return [
        Section(
            "Reminders and pushes",
            # On the event loop that `leeward worker` runs on.
            [*uvloop.run(sending()), uvloop.run(claiming(folder)), uvloop.run(at_once(folder))],
        )
    ]


# How fast one worker sends


async def sending() -> list[Figure]:
    """The sender against pywebpush as its README shows it, and against the encryption alone, in turns."""
    keys = VapidKeys(Settings.from_environment({"LEEWARD_VAPID_PRIVATE_KEY": new_key()}))
    with sink() as origin:
        address = device(origin)
        ours: list[tuple[float, float]] = []
        encryption: list[tuple[float, float]] = []
        plain: list[tuple[float, float]] = []
        async with Sender([origin], Signer(keys, CONTACT)) as sender:

            async def send() -> None:
                answer = await sender.send(
                    address, PAYLOAD, ttl=7200, urgency="normal", topic="A" * 32, now=clock.now()
                )
                if getattr(answer, "status", None) != 201:
                    raise RuntimeError(f"not sent: {answer}")

            await many(send, PUSHES // 5)
            for _ in range(ROUNDS):
                ours.append(await rate_of(lambda: many(send, PUSHES), PUSHES))
                encryption.append(rate(lambda: [encrypt_alone(address) for _ in range(PUSHES)], PUSHES))
                plain.append(rate(lambda: [send_plainly(address, keys) for _ in range(PLAIN)], PLAIN))
    of_encryption = median([mine[0] / bare[0] for mine, bare in zip(ours, encryption, strict=True)])
    of_plain = median([mine[0] / bare[0] for mine, bare in zip(ours, plain, strict=True)])
    return [
        Figure(
            "One worker sends, against encrypting alone",
            f"**{percent(of_encryption)}**: {median([one[0] for one in ours]):,.0f} pushes/s, "
            f"{median([one[1] for one in ours]) * 1e6:,.0f} µs CPU each (pywebpush's encryption alone: "
            f"{median([one[0] for one in encryption]):,.0f}/s, {median([one[1] for one in encryption]) * 1e6:,.0f} µs)",
            f"{PUSHES:,} pushes of {len(PAYLOAD)} bytes, {AT_ONCE} at a time, to a service on this machine that only "
            f"counts and takes CPU of its own; {ROUNDS} rounds in turn",
            "≥ 60 %",
            of_encryption >= 0.6,
        ),
        Figure(
            "The same, against pywebpush.webpush() as its README calls it",
            f"**{of_plain:.1f} ×** of {median([one[0] for one in plain]):,.0f} pushes/s",
            "one after the other, a connection and a signature for each",
            "≥ 3 ×",
            of_plain >= 3,
        ),
    ]


def encrypt_alone(address: Address) -> object:
    """pywebpush's encryption, and nothing sent."""
    keys = {"p256dh": address.p256dh, "auth": address.auth}
    return WebPusher({"endpoint": address.endpoint, "keys": keys}).encode(PAYLOAD)


def send_plainly(address: Address, keys: VapidKeys) -> None:
    """As pywebpush's README shows it."""
    webpush(
        {"endpoint": address.endpoint, "keys": {"p256dh": address.p256dh, "auth": address.auth}},
        PAYLOAD.decode(),
        vapid_private_key=urlsafe_b64encode(raw_of(keys)).decode(),
        vapid_claims={"sub": CONTACT},
    )


async def many(send: Sent, count: int) -> None:
    """So many, AT_ONCE at a time."""
    left = iter(range(count))

    async def some() -> None:
        for _ in left:
            await send()

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))


async def rate_of(work: Callable[[], Awaitable[None]], count: int) -> tuple[float, float]:
    """How many a second, and seconds of CPU for each."""
    began, cpu = time.perf_counter(), time.process_time()
    await work()
    return count / (time.perf_counter() - began), (time.process_time() - cpu) / count


def rate(work: Callable[[], object], count: int) -> tuple[float, float]:
    """The same of something that waits for nothing."""
    began, cpu = time.perf_counter(), time.process_time()
    work()
    return count / (time.perf_counter() - began), (time.process_time() - cpu) / count


# How fast what is due is claimed


async def claiming(folder: Path) -> Figure:
    """Claimed, looked at, and due again: one worker, a million in the table."""
    async with filled(folder / "million", members=10_000, each=IN_THE_TABLE // 10_000, devices_at="") as database:
        now = clock.now()
        async with database.connection() as connection:
            await connection.execute(DUE, now + timedelta(days=1))
            await connection.execute(
                "UPDATE due SET due_at = $1 WHERE (space_id, subject) IN (SELECT space_id, subject FROM due LIMIT $2)",
                now - timedelta(minutes=1),
                CLAIMED,
            )
            await connection.execute("ANALYZE due")
        woken = 0
        began = time.perf_counter()
        while (some := await wake_once(database, wakes(), now)) > 0:
            woken += some
        took = time.perf_counter() - began
    if woken != CLAIMED:
        raise RuntimeError(f"{woken} were woken")
    return Figure(
        f"Claiming, with {IN_THE_TABLE:,} reminders in the table",
        f"**{woken / took:,.0f}/s**",
        f"{CLAIMED:,} that are due, one worker, durable: claimed, their next time worked out and written, committed",
        "≥ 10,000/s",
        woken / took >= 10_000,
    )


# Ten thousand in one second


async def at_once(folder: Path) -> Figure:
    """From the full minute to the push service, with `leeward worker` as anybody runs it."""
    with sink() as origin:
        async with filled(
            folder / "at-once", members=MEMBERS, each=DUE_AT_ONCE // MEMBERS, devices_at=f"{origin}/d/"
        ) as database:
            due_at = (clock.now() + timedelta(seconds=75)).replace(second=0, microsecond=0)
            berlin = due_at.astimezone(ZoneInfo("Europe/Berlin"))
            async with database.connection() as connection:
                await connection.execute("UPDATE reminder SET times = ARRAY[$1]", f"{berlin:%H:%M}")
                await connection.execute(DUE, due_at)
            with worker(database.url, origin):
                times = await arrived(origin, due_at)
    late = sorted(min(each) - due_at.timestamp() for each in times.values())
    again = sum(len(each) - 1 for each in times.values())
    p99 = percentile(late, 99)
    return Figure(
        f"{DUE_AT_ONCE:,} reminders due in the same second",
        f"**p99 {p99:.1f} s**, p50 {percentile(late, 50):.1f} s, first {late[0]:.1f} s, last {late[-1]:.1f} s; "
        f"{len(late):,} came, {again} of them twice",
        f"{MEMBERS:,} members with a device each, one `leeward worker`, the database and the push service on the same "
        "machine; from the full minute until the push service has it",
        "p99 ≤ 7 s, none missed",
        p99 <= 7 and len(late) == DUE_AT_ONCE,
    )


async def arrived(origin: str, due_at: datetime) -> dict[str, list[float]]:
    """When each came, by Topic, once all have."""
    times: dict[str, list[float]] = {}
    deadline = due_at.timestamp() + _PATIENCE
    async with httpx.AsyncClient() as client:
        while len(times) < DUE_AT_ONCE and time.time() < deadline:
            waits = due_at.timestamp() + 5 - time.time()
            await asyncio.sleep(max(1.0, waits))
            times = (await client.get(f"{origin}/times")).json()
    return times


# What it stands on


@asynccontextmanager
async def filled(folder: Path, *, members: int, each: int, devices_at: str) -> AsyncGenerator[Database]:
    """A durable database with so many members who have so many reminders each."""
    with EmbeddedPostgres(folder) as postgres:
        settings = Settings.from_environment({"DATABASE_URL": postgres.url})
        await migrate(settings)
        database = Database(postgres.url, 4)
        await database.start()
        address = device("http://127.0.0.1")
        try:
            async with database.transaction() as connection:
                await connection.execute("SET LOCAL statement_timeout = 0")
                now = clock.now()
                public = VapidKeys(Settings.from_environment({"LEEWARD_VAPID_PRIVATE_KEY": KEY})).key.public
                await connection.execute(JOURNALS, members, now, devices_at, address.p256dh, address.auth, public)
                await connection.execute(REMINDERS, each, now, "08:00")
            yield database
        finally:
            await database.close()


@contextmanager
def sink() -> Generator[str]:
    """A push service that only counts, in a process of its own; its origin."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.load.push_sink"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait()


@contextmanager
def worker(database_url: str, origin: str) -> Generator[psutil.Process]:
    """`leeward worker` on this database."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "LEEWARD_PUSH_HOSTS": origin,
        "LEEWARD_VAPID_PRIVATE_KEY": KEY,
        "LEEWARD_PUSH_CONTACT": CONTACT,
        "LEEWARD_LOG_LEVEL": "warning",
    }
    process = subprocess.Popen([sys.executable, "-m", "app.cli", "worker"], cwd=ROOT, env=environment)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def device(origin: str) -> Address:
    """A device's subscription; nobody reads what is sent to it."""
    public = (
        ec.generate_private_key(ec.SECP256R1())
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return Address(f"{origin}/d/bench", _b64(public), _b64(secrets.token_bytes(16)))


def new_key() -> str:
    """A VAPID key as a setting."""
    return _b64(ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32, "big"))


def raw_of(keys: VapidKeys) -> bytes:
    """The private key as 32 bytes."""
    private: Any = keys.key.private
    return private.private_numbers().private_value.to_bytes(32, "big")


def _b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


KEY: Final = new_key()
