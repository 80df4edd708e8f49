"""Random histories of two phones, played by the app's own code against a running server.

The phones' side, with the seed it prints, is frontend/src/sync/histories.test.ts: dropped, doubled, reordered, cut and
half-answered requests, killed tabs, wrong clocks, upgrades of the store with a full outbox, cloned stores. In the end
both phones and the server have the same, and each change was applied once.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT, Leeward

pytestmark = pytest.mark.long

HISTORIES = os.environ.get("LEEWARD_HISTORIES", "2000")
BIN = Path(sys.executable).parent


def test_two_phones_and_the_real_server_end_up_with_the_same(tmp_path: Path, database_url: str) -> None:
    settings = {"DATABASE_URL": database_url, "LEEWARD_TRUSTED_PROXIES": "127.0.0.1", "LEEWARD_LOG_LEVEL": "error"}
    with Leeward("serve", data=tmp_path / "data", environment=settings) as leeward:
        leeward.until_ready()
        played = subprocess.run(
            [BIN / "npx", "--no-install", "vitest", "run", "src/sync/histories.test.ts", "-t", "the real server"],
            cwd=ROOT / "frontend",
            env={
                **os.environ,
                "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
                "LEEWARD_SERVER": leeward.origin,
                "LEEWARD_HISTORIES": HISTORIES,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    assert played.returncode == 0, played.stdout[-6000:]
    assert "8 passed" in played.stdout
