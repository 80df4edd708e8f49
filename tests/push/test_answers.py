"""What each answer of a push service leads to."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from app import clock
from app.push import service
from tests.push.conftest import Harbour, until
from tests.push.local_push_service import Told, told

pytestmark = pytest.mark.long


@pytest.mark.parametrize("status", [404, 410])
async def test_a_device_that_is_gone_is_forgotten_with_all_that_waits_for_it(harbour: Harbour, status: int) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    harbour.pushes.answers = [told(status)]
    await harbour.due(ada)
    async with harbour.delivering():
        await until(harbour.all_done)
    assert harbour.pushes.requests == 1
    assert await harbour.rows("SELECT 1 FROM push_subscription") == []
    assert await harbour.rows("SELECT 1 FROM pgqueuer") == []


@pytest.mark.parametrize("status", [400, 401, 403, 413, 402, 302])
async def test_what_is_refused_is_not_tried_again_and_the_operator_is_told(
    harbour: Harbour, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    headers = {"Location": f"{harbour.pushes.origin}/elsewhere"} if status == 302 else {}
    harbour.pushes.answers = [told(status, **headers)]
    await harbour.due(ada)
    async with harbour.delivering():
        await until(harbour.all_done)
    assert (harbour.pushes.requests, harbour.pushes.elsewhere) == (1, 0)
    assert await harbour.ledger() == [("failed", f"answer-{status}")]
    assert len(await harbour.rows("SELECT 1 FROM push_subscription")) == 1
    [line] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert f"status={status}" in line.getMessage()
    assert "wpush" not in line.getMessage()
    figures = await service.figures(harbour.database, clock.now())
    assert figures.refused == {f"answer-{status}": 1}


@pytest.mark.parametrize("status", [429, 503, *(pytest.param(status, marks=pytest.mark.long) for status in (408, 500))])
async def test_what_passes_is_tried_again_when_the_push_service_says(harbour: Harbour, status: int) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    harbour.pushes.answers = [told(status, Retry_After="1"), told(status)]
    await harbour.due(ada)
    async with harbour.delivering():
        await until(harbour.all_done)
    assert harbour.pushes.requests == 3
    assert set(harbour.pushes.topics().values()) == {1}
    [row] = await harbour.rows("SELECT state, reason, attempts FROM push_delivery")
    assert (row["state"], row["reason"], row["attempts"]) == ("sent", None, 3)


async def test_a_push_service_that_asks_for_more_time_than_there_is_gets_no_second_try(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    harbour.pushes.answers = [told(429, Retry_After="7300")]
    await harbour.due(ada)
    async with harbour.delivering():
        await until(harbour.all_done)
    assert harbour.pushes.requests == 1
    assert await harbour.ledger() == [("failed", "answer-429")]


async def test_a_push_service_that_hangs_is_asked_again_and_holds_up_nobody(harbour: Harbour) -> None:
    ada = await harbour.member("ada")
    ben = await harbour.member("ben")
    await harbour.subscribe(ada)
    harbour.pushes.answers = [Told(hang=True)]
    await harbour.due(ada)
    async with harbour.delivering(patience=0.3):
        await until(lambda: harbour.pushes.requests)
        await harbour.subscribe(ben)
        await harbour.due(ben)
        await until(harbour.all_done)
    assert await harbour.ledger() == [("sent", None)] * 2


async def test_nobody_listening_is_tried_until_it_is_not_worth_it_any_more(harbour: Harbour) -> None:
    ada = await harbour.member()
    device = harbour.pushes.device()
    await harbour.subscribe(ada, device)
    await harbour.change("UPDATE push_subscription SET endpoint = 'http://127.0.0.1:9/wpush/v2/x'")
    await harbour.due(ada, expires_at=clock.now() + timedelta(seconds=3))
    harbour.pushes.origin = "http://127.0.0.1:9"
    async with harbour.delivering():
        await until(harbour.all_done)
    [row] = await harbour.rows("SELECT state, reason, attempts FROM push_delivery")
    assert (row["state"], row["reason"]) == ("failed", "unreachable")
    assert row["attempts"] >= 2
