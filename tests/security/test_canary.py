"""What a member writes is in no log, at no level, whatever goes wrong."""

from __future__ import annotations

import logging
from uuid import uuid4

import pytest

from app.logs import PlainFormatter
from tests.accounts.conftest import PASSWORD, Town, new_account, town
from tests.security.test_outsider import sign_up, sync_request
from tests.sync.phone import check_in

__all__ = ["town"]

CANARY = "canary-7f3a"
JSON = {"Content-Type": "application/json"}


async def test_no_private_word_is_in_a_log(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with town.browser() as browser:
        account = await sign_up(browser, f"ada {CANARY}")
        # The database itself refuses the row, and its error quotes the whole of it.
        await town.change("ALTER TABLE check_in ADD CONSTRAINT broken CHECK (mood <> 2)")
        changes = [
            ("check_ins.record", check_in(note=CANARY, feelings=[f"own:{CANARY}"])),
            ("check_ins.record", check_in(note=CANARY * 1000)),
            ("check_ins.record", check_in(mood=2, note=CANARY)),
            (f"check_ins.{CANARY}", {"id": str(uuid4())}),
        ]
        request = sync_request(account["id"], *changes)
        answers = [await browser.post("/api/sync", json=request) for _ in range(3)]
        reasons = [refusal["reason"] for refusal in answers[-1].json()["refusals"]]
        assert reasons == ["note-too-long", "server-fault", "unknown-mutation"]
        await browser.post("/api/sync", content=f'{{"device": "{CANARY}"}}')
        await browser.post("/api/sessions", json=new_account(CANARY, password=CANARY))
        await browser.get(f"/api/{CANARY}", params={"q": CANARY})
        await town.change("DROP TABLE recovery_code")
        broken = await browser.post("/api/accounts", json=new_account(f"ben {CANARY}"))
        assert broken.status_code == 500
        assert CANARY not in broken.text
    # httpx is the browser here: what it writes is not the server's.
    told = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    written = "\n".join(map(PlainFormatter().format, told))
    assert "failed" in written, "something was logged at all"
    assert CANARY not in written
    assert PASSWORD not in written
