"""Random histories of two phones, played by the app's own code against a running server.

The phones' side, with the seed it prints, is frontend/src/sync/histories.test.ts: dropped, doubled, reordered, cut and
half-answered requests, killed tabs, wrong clocks, upgrades of the store with a full outbox, cloned stores. In the end
both phones and the server have the same, and each change was applied once.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import clock
from app.accounts import devices
from app.db import Database
from tests.processes import ROOT, Leeward
from tests.sync.fixtures import Member

pytestmark = pytest.mark.long

HISTORIES = os.environ.get("LEEWARD_HISTORIES", "2000")
BIN = Path(sys.executable).parent


async def test_two_phones_and_the_real_server_end_up_with_the_same(
    tmp_path: Path, database_url: str, database: Database, member: Member
) -> None:
    members = tmp_path / "members.json"
    members.write_text(json.dumps([await signed_in(database, member, number) for number in range(int(HISTORIES) + 8)]))
    settings = {"DATABASE_URL": database_url, "LEEWARD_TRUSTED_PROXIES": "127.0.0.1", "LEEWARD_LOG_LEVEL": "error"}
    with Leeward("serve", data=tmp_path / "data", environment=settings) as leeward:
        leeward.until_ready()
        played = await asyncio.to_thread(
            subprocess.run,
            [BIN / "npx", "--no-install", "vitest", "run", "src/sync/histories.test.ts", "-t", "the real server"],
            cwd=ROOT / "frontend",
            env={
                **os.environ,
                "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
                "LEEWARD_SERVER": leeward.origin,
                "LEEWARD_MEMBERS": str(members),
                "LEEWARD_HISTORIES": HISTORIES,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    assert played.returncode == 0, played.stdout[-6000:]
    assert "8 passed" in played.stdout


async def signed_in(database: Database, member: Member, number: int) -> dict[str, str]:
    """A member with a session. Two thousand passwords to hash would take as long as their histories."""
    name = f"member {number}"
    actor = await member(name)
    visit = devices.Visit("127.0.0.1")
    async with database.transaction() as connection:
        started = await devices.start(connection, actor.account_id, name, visit, "a test", clock.now())
    return {"account": str(actor.account_id), "cookie": f"leeward={started.token}"}
