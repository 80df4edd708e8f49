"""What became of pushes, as an operator's Prometheus reads it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import pytest

from app import clock
from app.asgi import create_app
from app.cannot_start import CannotStart
from app.db import Database
from app.metrics import Metric, Sample, text_of
from app.migrations import migrate_database
from app.push import tally, trial
from app.push.kinds import Decision, Drop, PushKind
from app.settings import Settings
from tests.accounts.conftest import running
from tests.push.conftest import Harbour, until
from tests.push.local_push_service import told
from tests.web.conftest import client_of

TOKEN = "0123456789abcdef-0123456789ABCDEF"


@asynccontextmanager
async def server(database_url: str, token: str) -> AsyncGenerator[httpx.AsyncClient]:
    settings = Settings.from_environment(
        {"DATABASE_URL": database_url, "LEEWARD_METRICS_TOKEN": token, "LEEWARD_WORKER": "off"}
    )
    app = create_app(settings, Database(database_url, 4))
    async with running(app), client_of(app) as client:
        yield client


async def counted(harbour: Harbour) -> dict[tuple[str, str], int]:
    """What was counted at least once."""
    async with harbour.database.transaction() as connection:
        total = (await tally.metrics(connection, clock.now()))[0]
    return {
        (of["became"], of["reason"]): int(one.value) for one in total.samples if one.value for of in [dict(one.labels)]
    }


def test_the_text_is_what_prometheus_reads() -> None:
    said = text_of(
        [
            Metric("a_total", "counter", "Of a.", [Sample(3, (("x", 'q"\\\n'), ("y", ""))), Sample(12345678901.5)]),
            Metric("b", "gauge", "Of b.", []),
        ]
    )
    assert said == (
        "# HELP a_total Of a.\n# TYPE a_total counter\n"
        'a_total{x="q\\"\\\\\\n",y=""} 3\na_total 12345678901.5\n'
        "# HELP b Of b.\n# TYPE b gauge\n"
    )


@pytest.mark.parametrize(
    ("state", "reason", "gone", "expected"),
    [
        ("sent", None, False, ("accepted", "")),
        ("failed", None, True, ("gone", "")),
        ("failed", "bad-keys", True, ("gone", "bad-keys")),
        ("waiting", "answer-503", False, ("retried", "answer-503")),
        ("waiting", "timeout", False, ("retried", "timeout")),
        ("waiting", "deferred", False, ("deferred", "")),
        ("waiting", "service-paused", False, ("paused", "")),
        ("dropped", "done", False, ("dropped", "done")),
        ("dropped", "too-late", False, ("expired", "")),
        ("failed", "answer-403", False, ("refused", "answer-403")),
        ("failed", "answer-413", False, ("refused", "answer-413")),
        ("failed", "answer-503", False, ("expired", "answer-503")),
        ("failed", "service-paused", False, ("expired", "service-paused")),
        ("failed", "too-large", False, ("failed", "too-large")),
    ],
)
def test_each_end_is_counted_as_what_it_is(
    state: str, reason: str | None, *, gone: bool, expected: tuple[str, str]
) -> None:
    assert tally.became(state, reason, gone=gone) == expected


async def test_what_became_of_pushes_is_counted_also_when_the_ledger_has_forgotten(harbour: Harbour) -> None:
    async def never(*_: object) -> list[Decision]:
        return [Drop("done")]

    ada = await harbour.member()
    await harbour.subscribe(ada)
    async with harbour.delivering(trial.KIND, PushKind("never", never)):
        harbour.pushes.answers = [told(503, Retry_After="1")]
        await harbour.due(ada)
        await until(harbour.all_done)
        await harbour.due(ada, "never")
        await until(harbour.all_done)
        harbour.pushes.answers = [told(403)]
        await harbour.due(ada)
        await until(harbour.all_done)
        harbour.pushes.answers = [told(410)]
        await harbour.due(ada)
        await until(harbour.all_done)
    expected = {
        ("accepted", ""): 1,
        ("retried", "answer-503"): 1,
        ("dropped", "done"): 1,
        ("refused", "answer-403"): 1,
        ("gone", ""): 1,
    }
    assert await counted(harbour) == expected
    assert await harbour.rows("SELECT 1 FROM push_delivery") == []
    async with harbour.database.transaction() as connection:
        await tally.prune(connection, clock.now())
    assert await counted(harbour) == expected
    assert len(await harbour.rows("SELECT 1 FROM push_tally")) == len(expected)


async def test_what_nobody_delivered_in_time_is_counted_too(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    hour_ago = clock.now() - timedelta(hours=1)
    await harbour.due(ada, due_at=hour_ago, expires_at=hour_ago + timedelta(minutes=5))
    await harbour.change("DELETE FROM pgqueuer")
    async with harbour.delivering():
        await until(harbour.all_done)
    assert await counted(harbour) == {("expired", ""): 1}


async def test_whoever_has_the_token_reads_figures_and_nothing_of_a_member(harbour: Harbour) -> None:
    ada = await harbour.member("ada")
    device = await harbour.subscribe(ada)
    await harbour.due(ada, due_at=clock.now() - timedelta(minutes=2))
    async with server(harbour.database.url, TOKEN) as client:
        answer = await client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}", "Host": "10.0.0.5:8000"})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        assert 'leeward_push_total{became="accepted",reason=""} 0\n' in answer.text
        assert "leeward_push_devices 1\n" in answer.text
        assert "leeward_push_waiting 1\n" in answer.text
        [overdue] = [line for line in answer.text.splitlines() if line.startswith("leeward_push_overdue_seconds ")]
        assert float(overdue.split()[1]) >= 120
        for secret in ("ada", str(ada.account_id), str(ada.session_id), device.endpoint, device.p256dh):
            assert secret not in answer.text


@pytest.mark.parametrize(
    "said", [{}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": TOKEN}]
)
async def test_nobody_else_reads_them(database_url: str, said: dict[str, str]) -> None:
    async with server(database_url, TOKEN) as client:
        answer = await client.get("/metrics", headers=said)
        assert (answer.status_code, answer.json()["code"]) == (401, "token-needed")
        assert "leeward_push" not in answer.text


async def test_without_a_token_there_are_none(database_url: str) -> None:
    async with server(database_url, "") as client:
        for said in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer None"}):
            assert (await client.get("/metrics", headers=said)).status_code == 404


def test_a_token_that_can_be_guessed_is_refused_and_not_repeated() -> None:
    for token in ("short", "x" * 31, "with a space and quite long enough to be one"):
        with pytest.raises(CannotStart) as refused:
            Settings.from_environment({"LEEWARD_METRICS_TOKEN": token})
        assert str(refused.value).startswith("LEEWARD_METRICS_TOKEN has to be 32")
        assert token not in str(refused.value)
    assert TOKEN not in repr(Settings.from_environment({"LEEWARD_METRICS_TOKEN": TOKEN}))


async def test_a_database_of_before_begins_with_what_its_ledger_knows(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    ends = [("sent", None), ("sent", None), ("dropped", "done"), ("dropped", "too-late")]
    ends += [("failed", "answer-403"), ("failed", "answer-429"), ("failed", "too-large")]
    for state, reason in ends:
        key = await harbour.due(ada)
        await harbour.change(
            "UPDATE push_delivery SET state = $2, reason = $3, finished_at = $4 WHERE key = $1",
            key,
            state,
            reason,
            clock.now(),
        )
    await harbour.due(ada)
    await harbour.change("DROP TABLE push_tally")
    await harbour.change("DELETE FROM migration WHERE name = '2026-11-22T13:11:00:000000'")
    assert await migrate_database(harbour.database) == ["2026-11-22T13:11:00:000000"]
    assert await counted(harbour) == {
        ("accepted", ""): 2,
        ("dropped", "done"): 1,
        ("expired", ""): 1,
        ("expired", "answer-429"): 1,
        ("refused", "answer-403"): 1,
        ("failed", "too-large"): 1,
    }
