"""`leeward worker` and `leeward push …` as whoever runs the server uses them."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from app import clock
from app.push.vapid import read_key
from tests import commands
from tests.accounts.conftest import VAPID_KEY
from tests.processes import ROOT
from tests.push.conftest import Harbour, until
from tests.push.local_push_service import Told

# Each starts Leeward as a process.
pytestmark = pytest.mark.long

Run = Callable[..., Awaitable[tuple[int, str]]]


def settings(harbour: Harbour, data: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": harbour.database.url,
        "LEEWARD_DATA": str(data),
        "LEEWARD_PUSH_HOSTS": harbour.pushes.origin,
        "LEEWARD_VAPID_PRIVATE_KEY": VAPID_KEY,
    }


@pytest.fixture
def leeward(harbour: Harbour, tmp_path: Path) -> Run:
    async def run(*words: str, **more: str) -> tuple[int, str]:
        return await asyncio.to_thread(commands.leeward, *words, **settings(harbour, tmp_path) | more)

    return run


@asynccontextmanager
async def worker(harbour: Harbour, data: Path) -> AsyncGenerator[Process]:
    """A `leeward worker` that has begun."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEEWARD_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.cli", "worker"),
        cwd=ROOT,
        env=kept | settings(harbour, data),
        stdout=PIPE,
        stderr=STDOUT,
    )
    assert process.stdout is not None
    try:
        assert (await process.stdout.readline()).startswith(b"Waking what is due")
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_a_worker_delivers_and_stops_in_order(harbour: Harbour, tmp_path: Path) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    async with worker(harbour, tmp_path) as process:
        await harbour.due(ada)
        await until(harbour.all_done)
        harbour.pushes.answers = [Told(hang=True)]
        await harbour.due(ada)
        await until(lambda: harbour.pushes.requests == 2)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 15) == 0
    [row] = await harbour.rows("SELECT status FROM pgqueuer")
    assert row["status"] == "queued"
    async with worker(harbour, tmp_path):
        await until(harbour.all_done)
    assert len(harbour.pushes.received) == 2


async def test_what_a_killed_worker_had_begun_is_taken_by_another(harbour: Harbour, tmp_path: Path) -> None:
    members = [await harbour.member(f"m{number}") for number in range(20)]
    for actor in members:
        await harbour.subscribe(actor)
    async with worker(harbour, tmp_path) as first, worker(harbour, tmp_path):
        harbour.pushes.answers = [Told(hang=True)] * 10
        for actor in members:
            await harbour.due(actor)
        await until(lambda: harbour.pushes.requests == 20)
        first.kill()
        await until(harbour.all_done, within=60)
    assert set(harbour.pushes.topics().values()) <= {1, 2}
    assert len(harbour.pushes.topics()) == 20
    assert {row["state"] for row in await harbour.rows("SELECT state FROM push_delivery")} == {"sent"}


async def test_the_keys_are_told_but_for_the_private_one(leeward: Run, tmp_path: Path) -> None:
    code, said = await leeward("push", "keys")
    assert code == 0
    assert read_key(VAPID_KEY).public in said
    assert VAPID_KEY not in said
    code, said = await leeward("push", "keys", LEEWARD_VAPID_PRIVATE_KEY="")
    made = read_key((tmp_path / "vapid.pem").read_text())
    assert (code, made.public in said) == (0, True)
    code, said = await leeward("push", "keys", LEEWARD_VAPID_PRIVATE_KEY="nonsense")
    assert (code, said) == (
        1,
        "leeward: LEEWARD_VAPID_PRIVATE_KEY has to be a private key of P-256, in PEM or as 32 bytes in base64url.\n",
    )


async def test_a_test_says_what_each_push_service_answered(harbour: Harbour, leeward: Run) -> None:
    code, said = await leeward("push", "test", "nobody")
    assert (code, said) == (1, "leeward: Nobody here signs in as 'nobody'.\n")
    ada = await harbour.member("ada")
    code, said = await leeward("push", "test", "ada")
    assert (code, "No device of theirs gets pushes" in said) == (1, True)
    good = await harbour.subscribe(ada)
    code, said = await leeward("push", "test", "ada")
    assert (code, "accepted after" in said) == (0, True), said
    refusing, gone = [await harbour.subscribe(await harbour.other_phone(ada)) for _ in range(2)]
    for device, status in ((refusing, 403), (gone, 410)):
        harbour.pushes.at[device.endpoint.removeprefix(harbour.pushes.origin)] = Told(status)
    code, said = await leeward("push", "test", "ada")
    assert code == 1
    assert "accepted after" in said
    assert "failed (answer-403)" in said
    assert "1 gone: " in said
    assert "status=403" in said
    assert harbour.pushes.topics()[good.endpoint.removeprefix(harbour.pushes.origin), _last(harbour)] == 1


def _last(harbour: Harbour) -> str:
    return harbour.pushes.received[-1].topic


async def test_status_and_doctor_say_when_there_is_something_to_do(harbour: Harbour, leeward: Run) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    code, said = await leeward("push", "status")
    assert (code, said.startswith("Devices: 1 (127.0.0.1:")) == (0, True), said
    assert "ok     Pushes are accepted, and none is overdue." in (await leeward("doctor"))[1]
    await harbour.due(ada, due_at=clock.now() - timedelta(minutes=12))
    await harbour.due(ada)
    await harbour.change(
        "UPDATE push_delivery SET state = 'failed', reason = 'answer-403', finished_at = $1"
        " WHERE due_at = (SELECT max(due_at) FROM push_delivery)",
        clock.now(),
    )
    code, said = await leeward("push", "status")
    assert code == 1
    assert "Push services refused 1 pushes in the last 24 hours (answer-403: 1)" in said
    assert "Nobody delivers pushes: the oldest has waited for 12 minutes." in said
    code, said = await leeward("doctor", LEEWARD_WORKER="off")
    assert code == 1
    assert "WRONG  Push services refused 1 pushes" in said
    assert "WRONG  Nobody delivers pushes" in said
    assert "note   LEEWARD_WORKER is off" in said
    assert "note   LEEWARD_PUSH_HOSTS names this machine" in said


async def test_doctor_looks_after_the_key(leeward: Run, tmp_path: Path) -> None:
    assert "note   There is no key for pushes yet" in (await leeward("doctor", LEEWARD_VAPID_PRIVATE_KEY=""))[1]
    assert not (tmp_path / "vapid.pem").exists()
    await leeward("push", "keys", LEEWARD_VAPID_PRIVATE_KEY="")
    (tmp_path / "vapid.pem").chmod(0o644)
    said = (await leeward("doctor", LEEWARD_VAPID_PRIVATE_KEY=""))[1]
    assert "WRONG  Others on this machine may read the key for pushes: chmod 600" in said
    (tmp_path / "vapid.pem").write_text("nonsense")
    assert "vapid.pem has to be a private key of P-256" in (await leeward("doctor", LEEWARD_VAPID_PRIVATE_KEY=""))[1]
