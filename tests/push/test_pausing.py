"""A push service that fails is left alone for a while, and holds up no other."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.push import jobs, service, trial
from app.push.breaker import FAILURES, LONGEST_PAUSE, Breaker
from app.push.kinds import NewDelivery
from app.push.push_service import AT_ONCE
from app.push.vapid import VapidKeys
from app.spaces.actor import Actor
from app.worker import deliverer
from tests.push.conftest import Harbour, until
from tests.push.local_push_service import LocalPushService, Told, local_push_service, told


def opened(**given: Any) -> Breaker:  # noqa: ANN401
    breaker = Breaker(**given)
    for _ in range(FAILURES):
        breaker.begins()
        breaker.failed(0.0)
    return breaker


def test_a_service_is_left_alone_after_five_failures_in_a_row() -> None:
    breaker = Breaker(first_pause=5)
    for _ in range(3):
        assert [breaker.failed(0.0) for _ in range(FAILURES - 1)] == [False] * (FAILURES - 1)
        assert not breaker.worked()
    assert [breaker.failed(0.0) for _ in range(FAILURES)] == [False] * (FAILURES - 1) + [True]
    assert (breaker.waits(0.0), breaker.waits(4.0), breaker.waits(5.0)) == (5.0, 1.0, 0.0)


def test_one_push_finds_out_whether_it_works_again_and_the_others_wait_for_it() -> None:
    breaker = opened(first_pause=5)
    assert breaker.waits(5.0) == 0.0
    breaker.begins()
    assert breaker.waits(5.0) == 5.0
    assert breaker.worked()
    assert not breaker.is_open
    assert breaker.waits(5.0) == 0.0
    assert not breaker.failed(6.0)


def test_a_probe_that_was_broken_off_leaves_it_to_the_next() -> None:
    breaker = opened(first_pause=5)
    breaker.begins()
    assert breaker.waits(5.0) > 0
    breaker.given_up()
    assert breaker.waits(5.0) == 0.0


def test_the_pause_is_longer_each_time_but_has_an_end() -> None:
    breaker, now, pauses = opened(first_pause=5), 0.0, list[float]()
    for _ in range(10):
        pauses.append(breaker.waits(now))
        now += pauses[-1]
        breaker.begins()
        assert not breaker.failed(now)
    assert pauses == [5, 10, 20, 40, 80, 160, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]


def test_what_had_begun_before_the_pause_makes_it_no_longer() -> None:
    breaker = opened(first_pause=5)
    breaker.failed(1.0)
    assert breaker.waits(1.0) == 4.0
    breaker.failed(5.0)
    assert breaker.waits(5.0) == 10.0


@pytest.fixture
async def other(keys: VapidKeys) -> AsyncGenerator[LocalPushService]:
    """A second push service."""
    async with local_push_service() as service:
        service.key = keys.key.public
        yield service


async def due_often(harbour: Harbour, actor: Actor, times: int, lasts: timedelta = timedelta(hours=2)) -> None:
    now = clock.now()
    soon = [
        NewDelivery(
            account_id=actor.account_id,
            key=secrets.token_bytes(24),
            kind=trial.NAME,
            due_at=now,
            expires_at=now + lasts,
        )
        for _ in range(times)
    ]
    async with harbour.database.transaction() as connection:
        await service.enqueue(connection, soon, now)


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "app.push.push_service"]


@pytest.mark.long
async def test_a_service_that_hangs_holds_up_no_other_and_is_tried_again(
    harbour: Harbour, other: LocalPushService, caplog: pytest.LogCaptureFixture
) -> None:
    ada, ben = await harbour.member("ada"), await harbour.member("ben")
    await harbour.subscribe(ada, other.device())
    await harbour.subscribe(ben)
    other.always = Told(hang=True)
    # More than the deliverer has in hand at once, and all of it before what is for ben.
    await due_often(harbour, ada, (deliverer.AT_ONCE + 2) * jobs.TOGETHER)
    await due_often(harbour, ben, 50)
    async with harbour.delivering(hosts=[other.origin], patience=60, first_pause=0.3):
        await until(lambda: len(harbour.pushes.received) == 50)
        assert other.received == []
        assert 0 < other.requests <= AT_ONCE + 10
        waiting = await harbour.rows("SELECT DISTINCT reason FROM push_delivery WHERE state = 'waiting'")
        assert {row["reason"] for row in waiting} <= {None, "timeout", "service-paused"}
        other.always = None
        other.released.set()
        await until(harbour.all_done, within=60)
    assert set(await harbour.ledger()) == {("sent", None)}
    assert len(other.topics()) == (deliverer.AT_ONCE + 2) * jobs.TOGETHER
    host = other.origin.removeprefix("http://")
    assert said(caplog) == [
        f"push service paused: host={host} reason=no answer",
        f"push service works again: host={host}",
    ]


@pytest.mark.long
async def test_a_service_in_trouble_is_asked_by_one_push_at_a_time_until_it_works_again(
    harbour: Harbour, caplog: pytest.LogCaptureFixture
) -> None:
    ada = await harbour.member()
    for _ in range(4):
        await harbour.subscribe(await harbour.other_phone(ada))
    harbour.pushes.always = told(503)
    await due_often(harbour, ada, 100)
    async with harbour.delivering(first_pause=1):
        await until(lambda: put_off(harbour, 250))
        assert harbour.pushes.requests <= AT_ONCE + 5
        harbour.pushes.always = None
        await until(harbour.all_done, within=60)
    assert set(await harbour.ledger()) == {("sent", None)}
    assert [line.partition(":")[0] for line in said(caplog)] == ["push service paused", "push service works again"]
    assert "wpush" not in caplog.text
    [tried] = await harbour.rows("SELECT sum(attempts) AS times FROM push_delivery")
    assert tried["times"] == harbour.pushes.requests


@pytest.mark.long
async def test_what_is_not_worth_showing_after_the_pause_is_given_up(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    harbour.pushes.always = told(500)
    async with harbour.delivering(first_pause=60):
        await due_often(harbour, ada, 5)
        await until(lambda: harbour.pushes.requests >= 5)
        await due_often(harbour, ada, 1, timedelta(seconds=30))
        await until(lambda: failed_by_pause(harbour))
    assert harbour.pushes.requests == 5


async def put_off(harbour: Harbour, so_many: int) -> bool:
    return (await harbour.ledger()).count(("waiting", "service-paused")) >= so_many


async def failed_by_pause(harbour: Harbour) -> bool:
    return ("failed", "service-paused") in await harbour.ledger()
