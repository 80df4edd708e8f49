"""Five thousand reminders fall due while workers and the database are killed: each comes, and none is seen twice."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from app import clock
from app.embedded_postgres import EmbeddedPostgres
from app.migrations import migrate
from app.push.kinds import topic_of
from app.push.vapid import VapidKeys
from app.reminders import rules
from app.settings import Settings
from tests.accounts.conftest import VAPID_KEY
from tests.processes import ROOT
from tests.push.conftest import until
from tests.push.local_push_service import LocalPushService

pytestmark = pytest.mark.long

MEMBERS, EACH = 100, 50
WORKER_DIES_AT = (400, 1_000, 1_600, 2_200, 3_000, 3_800, 4_600)
DATABASE_DIES_AT = (700, 2_500)
PATIENCE = 300.0

MEMBER = """
WITH a AS (
    INSERT INTO account (id, name, name_key, password_hash, adult_confirmed_at, consent_version, created_at)
    VALUES ($1, $1::uuid::text, $1::uuid::text, '-', $6, '2026-11', $6)
), b AS (
    INSERT INTO session (id, account_id, token_hash, known_hash, label, created_at, seen_at)
    VALUES ($2, $1, $7, '', 'Phone', $6, $6)
), c AS (
    INSERT INTO space (id, kind, version, floor, created_at) VALUES ($3, 'journal', 0, 0, $6)
), d AS (
    INSERT INTO membership (account_id, space_id, role) VALUES ($1, $3, 'owner')
)
INSERT INTO push_subscription (id, account_id, session_id, endpoint, p256dh, auth, vapid_key, zone, created_at)
VALUES (gen_random_uuid(), $1, $2, $4, $5, $8, $9, 'UTC', $6)
"""

REMINDER = """
INSERT INTO reminder (space_id, id, version, deleted, written_at, label, times, weekdays, zone, is_on)
VALUES ($1, $2, $3, false, $4, '', $5, '{1,2,3,4,5,6,7}', 'UTC', true)
"""


async def test_none_is_missed_and_none_is_shown_twice(tmp_path: Path, pushes: LocalPushService) -> None:
    folder = tmp_path / "durable"
    with EmbeddedPostgres(folder) as postgres:
        environment = {
            "DATABASE_URL": postgres.url,
            "LEEWARD_VAPID_PRIVATE_KEY": VAPID_KEY,
            "LEEWARD_PUSH_HOSTS": pushes.origin,
            "LEEWARD_PUSH_CONTACT": "mailto:operator@leeward.example",
        }
        settings = Settings.from_environment(environment)
        await migrate(settings)
        pushes.key = VapidKeys(settings).key.public
        expected = await fill(postgres.url, pushes)
        seen: set[tuple[str, str]] = set()
        pushes.on_received = lambda received: seen.add((received.path, received.topic))
        async with workers(environment, 2) as running:
            for so_many in sorted({*WORKER_DIES_AT, *DATABASE_DIES_AT}):
                await until(lambda so_many=so_many: len(seen) >= so_many, within=PATIENCE)
                if so_many in WORKER_DIES_AT:
                    running.append(await worker(environment))
                    running.pop(0).kill()
                else:
                    os.kill(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
            await until(lambda: len(seen) == len(expected), within=PATIENCE)
            await until(lambda: nothing_waits(postgres.url), within=PATIENCE)
        assert seen == expected
        assert pushes.wrong == []
        sent = pushes.topics()
        print(f"{len(sent)} reminders, {sum(sent.values()) - len(sent)} of them sent again under the same Topic")


async def fill(url: str, pushes: LocalPushService) -> set[tuple[str, str]]:
    """Members with reminders that have all fallen due within the last hour; what each device has to see."""
    connection = await asyncpg.connect(url)
    now = clock.now()
    expected: set[tuple[str, str]] = set()
    secret = await connection.fetchval("SELECT reminder_secret FROM instance")
    try:
        for _ in range(MEMBERS):
            account, session, journal = uuid4(), uuid4(), uuid4()
            device = pushes.device()
            await connection.execute(
                MEMBER,
                account,
                session,
                journal,
                device.endpoint,
                device.p256dh,
                now,
                secrets.token_bytes(32),
                device.auth,
                pushes.key,
            )
            dues: list[tuple[UUID, datetime]] = []
            for number in range(EACH):
                reminder = uuid4()
                due_at = (now - timedelta(minutes=1 + number)).replace(second=0, microsecond=0)
                dues.append((reminder, due_at))
                key = rules.delivery_key(secret, reminder, due_at.date(), f"{due_at:%H:%M}")
                expected.add((device.endpoint.removeprefix(pushes.origin), topic_of(key)))
            await connection.executemany(
                REMINDER,
                [(journal, one, number, now, [f"{at:%H:%M}"]) for number, (one, at) in enumerate(dues, 1)],
            )
            await connection.executemany(
                "INSERT INTO due (kind, space_id, subject, due_at) VALUES ('reminder', $1, $2, $3)",
                [(journal, one, at) for one, at in dues],
            )
    finally:
        await connection.close()
    return expected


async def nothing_waits(url: str) -> bool:
    connection = await asyncpg.connect(url)
    try:
        return not await connection.fetchval("SELECT EXISTS (SELECT FROM push_delivery WHERE state = 'waiting')")
    finally:
        await connection.close()


async def worker(environment: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app.cli",
        "worker",
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )


@asynccontextmanager
async def workers(environment: dict[str, str], count: int) -> AsyncGenerator[list[asyncio.subprocess.Process]]:
    running = [await worker(environment) for _ in range(count)]
    try:
        yield running
    finally:
        for each in running:
            if each.returncode is None:
                each.kill()
            await each.wait()
