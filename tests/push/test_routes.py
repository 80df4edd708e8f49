"""Pushes on a browser: turned on and off, tested, and seen to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from app import clock
from app.errors import NotSignedIn
from app.push import service
from app.push.kinds import NewDelivery
from app.push.rules import key_of
from app.push.vapid import VapidKeys
from tests.accounts.conftest import Town, new_account
from tests.push.conftest import Harbour
from tests.push.local_push_service import Device

MOZILLA = "https://updates.push.services.mozilla.com/wpush/v2/"


def device(name: str = "a") -> Device:
    return Device(MOZILLA + name)


async def signed_up(browser: httpx.AsyncClient, name: str = "ada") -> dict[str, Any]:
    answer = await browser.post("/api/accounts", json=new_account(name))
    assert answer.status_code == 201
    return answer.json()["account"]


async def subscribe(browser: httpx.AsyncClient, keys: VapidKeys, phone: Device) -> httpx.Response:
    return await browser.put("/api/push/subscription", json=phone.subscription(keys.key.public))


async def test_everybody_may_ask_for_the_key(town: Town, keys: VapidKeys) -> None:
    async with town.browser() as stranger:
        assert (await stranger.get("/api/push/key")).json() == {"key": keys.key.public}


async def test_pushes_are_turned_on_again_and_off(town: Town, keys: VapidKeys) -> None:
    phone = device()
    async with town.browser() as browser:
        await signed_up(browser)
        nothing = {"subscribed": False, "acceptedAt": None, "reachedAt": None}
        assert (await browser.get("/api/push/status")).json() == nothing
        first = await subscribe(browser, keys, phone)
        again = await subscribe(browser, keys, phone)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json() == again.json()
        assert (await browser.get("/api/push/status")).json() == nothing | {"subscribed": True}
        # The browser has another subscription now: it takes the place of the last one.
        moved = await subscribe(browser, keys, device("b"))
        assert (moved.status_code, moved.json()) == (200, first.json())
        [row] = await town.rows("SELECT endpoint, zone FROM push_subscription")
        assert (row["endpoint"], row["zone"]) == (MOZILLA + "b", "Europe/Berlin")
        for _ in range(2):
            answer = await browser.request("DELETE", "/api/push/subscription", json={"endpoint": MOZILLA + "b"})
            assert answer.status_code == 204, answer.text
        assert await town.rows("SELECT 1 FROM push_subscription") == []


async def test_who_signs_out_while_this_is_on_its_way_is_told_so(harbour: Harbour) -> None:
    ada = await harbour.member()
    async with harbour.database.connection() as connection:
        await connection.execute("DELETE FROM session WHERE id = $1", ada.session_id)
    with pytest.raises(NotSignedIn):
        await harbour.subscribe(ada)
    assert await harbour.rows("SELECT 1 FROM push_subscription") == []


async def test_an_endpoint_that_another_member_has_is_not_taken_over(town: Town, keys: VapidKeys) -> None:
    async with town.browser() as ada, town.browser("192.0.2.2") as ben:
        await signed_up(ada, "ada")
        await signed_up(ben, "ben")
        assert (await subscribe(ada, keys, device())).status_code == 201
        answer = await subscribe(ben, keys, device())
        assert (answer.status_code, answer.json()["code"]) == (409, "endpoint-taken")
        assert (
            await ben.request("DELETE", "/api/push/subscription", json={"endpoint": MOZILLA + "a"})
        ).status_code == 204
        assert (await ada.get("/api/push/status")).json()["subscribed"] is True
        # Signing out ends it, so that whoever signs in next on the same phone can have it.
        assert (await ada.delete("/api/sessions/current")).status_code == 204
        assert (await subscribe(ben, keys, device())).status_code == 201


async def test_signing_in_anew_on_the_same_browser_keeps_its_pushes(town: Town, keys: VapidKeys) -> None:
    async with town.browser() as ada, town.browser() as anew:
        await signed_up(ada)
        await subscribe(ada, keys, device())
        assert (await anew.post("/api/sessions", json=new_account())).status_code == 201
        assert (await subscribe(anew, keys, device())).status_code == 201
        assert (await anew.get("/api/push/status")).json()["subscribed"] is True
        assert len(await town.rows("SELECT 1 FROM push_subscription")) == 1


async def test_the_twenty_first_device_takes_the_place_of_the_first(town: Town, keys: VapidKeys) -> None:
    async with town.browser() as ada:
        account = await signed_up(ada)
        for number in range(20):
            await town.change(
                "WITH s AS (INSERT INTO session (id, account_id, token_hash, known_hash, label, created_at, seen_at)"
                " VALUES (gen_random_uuid(), $1, $2::text::bytea, '', '', $3, $3) RETURNING id)"
                " INSERT INTO push_subscription (id, account_id, session_id, endpoint, p256dh, auth, vapid_key, zone,"
                " created_at) SELECT gen_random_uuid(), $1, s.id, $2, '', '', '', 'UTC', $3 FROM s",
                account["id"],
                f"{MOZILLA}{number}",
                datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=number),
            )
        assert (await subscribe(ada, keys, device("new"))).status_code == 201
        left = {row["endpoint"] for row in await town.rows("SELECT endpoint FROM push_subscription")}
        assert left == {f"{MOZILLA}{number}" for number in range(1, 20)} | {MOZILLA + "new"}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"key": "another"}, 409, "key-changed"),
        ({"keys": {"p256dh": "BA", "auth": device().auth}}, 400, "invalid"),
        ({"keys": {"p256dh": "B" + "A" * 86, "auth": device().auth}}, 400, "invalid"),
        ({"keys": {"p256dh": device().p256dh, "auth": "AAAA"}}, 400, "invalid"),
        ({"keys": {"p256dh": device().p256dh, "auth": "*" * 22}}, 400, "invalid"),
        ({"endpoint": "https://push.example/x"}, 400, "endpoint-not-allowed"),
        ({"endpoint": None}, 400, "invalid"),
    ],
)
async def test_what_is_no_subscription_is_refused_in_words(
    town: Town, keys: VapidKeys, change: dict[str, Any], status: int, code: str
) -> None:
    async with town.browser() as ada:
        await signed_up(ada)
        said = device().subscription(keys.key.public) | change
        answer = await ada.put("/api/push/subscription", json=said)
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def test_a_time_zone_that_this_server_does_not_know_keeps_nobody_out(town: Town, keys: VapidKeys) -> None:
    async with town.browser() as ada:
        await signed_up(ada)
        said = device().subscription(keys.key.public, zone="Mars/Olympus")
        assert (await ada.put("/api/push/subscription", json=said)).status_code == 201
        assert (await town.rows("SELECT zone FROM push_subscription"))[0]["zone"] == "UTC"


async def test_a_test_is_for_this_browser_alone_and_ten_an_hour(town: Town, keys: VapidKeys) -> None:
    async with town.browser() as phone, town.browser() as laptop:
        await signed_up(phone)
        await laptop.post("/api/sessions", json=new_account())
        await subscribe(phone, keys, device("phone"))
        answer = await laptop.post("/api/push/test")
        assert (answer.status_code, answer.json()["code"]) == (409, "not-subscribed")
        for _ in range(10):
            answer = await phone.post("/api/push/test")
            assert (answer.status_code, len(answer.json()["key"])) == (202, 32)
        answer = await phone.post("/api/push/test")
        assert (answer.status_code, answer.json()["code"]) == (429, "too-many-tries")
        waiting = await town.rows(
            "SELECT endpoint FROM push_delivery d JOIN push_subscription s ON s.id = subscription_id"
        )
        assert [row["endpoint"] for row in waiting] == [MOZILLA + "phone"] * 10
        assert len(await town.rows("SELECT 1 FROM pgqueuer")) == 10


async def test_a_push_that_came_is_seen_by_the_time_of_the_phone_within_reason(town: Town, keys: VapidKeys) -> None:
    async with town.browser() as ada, town.browser("192.0.2.2") as ben:
        await signed_up(ada, "ada")
        await signed_up(ben, "ben")
        await subscribe(ada, keys, device("a"))
        await subscribe(ben, keys, device("b"))
        key = (await ada.post("/api/push/test")).json()["key"]

        async def say(browser: httpx.AsyncClient, key: str, at: datetime) -> datetime | None:
            answer = await browser.post("/api/push/reached", json={"key": key, "at": at.isoformat()})
            assert answer.status_code == 204, answer.text
            reached = (await browser.get("/api/push/status")).json()["reachedAt"]
            return datetime.fromisoformat(reached) if reached else None

        now = clock.now()
        assert await say(ada, "A" * 32, now) is None  # no push of ours
        assert await say(ben, key, now) is None  # not to this browser
        assert await say(ada, key, now - timedelta(minutes=5)) == now - timedelta(minutes=5)
        assert await say(ada, key, now - timedelta(hours=5)) == now - timedelta(minutes=5)
        ahead = await say(ada, key, now + timedelta(days=300))
        assert ahead is not None
        assert now <= ahead <= clock.now()
        for wrong in ("x", "=" * 32, ""):
            answer = await ada.post("/api/push/reached", json={"key": wrong, "at": now.isoformat()})
            assert answer.status_code == 400


async def test_deleting_or_ending_a_device_leaves_no_job_of_it(town: Town, keys: VapidKeys) -> None:
    async with town.browser() as ada:
        await signed_up(ada)
        await subscribe(ada, keys, device())
        await ada.post("/api/push/test")
        assert len(await town.rows("SELECT 1 FROM pgqueuer")) == 1
        [mine] = (await ada.get("/api/account/devices")).json()
        assert (await ada.delete(f"/api/account/devices/{mine['id']}")).status_code == 204
    for table in ("push_subscription", "push_delivery", "pgqueuer"):
        assert await town.rows(f"SELECT 1 FROM {table}") == [], table


async def test_the_ledger_and_the_queue_s_log_are_forgotten_in_their_time(town: Town, keys: VapidKeys) -> None:
    async with town.browser() as ada:
        account = await signed_up(ada)
        await subscribe(ada, keys, device())
        now = clock.now()
        async with town.database.transaction() as connection:
            for age in (0, 29, 31):
                moment = now - timedelta(days=age)
                due = NewDelivery(
                    account_id=account["id"], key=bytes([age] * 24), kind="test", due_at=moment, expires_at=moment
                )
                await service.enqueue(connection, [due], moment)
            await connection.execute("UPDATE push_delivery SET state = 'sent', finished_at = due_at")
            assert len(await connection.fetch("SELECT 1 FROM pgqueuer_log")) == 3
            await connection.execute("UPDATE pgqueuer_log SET created = created - interval '2 days'")
            await service.prune(connection, now)
            assert len(await connection.fetch("SELECT 1 FROM push_delivery")) == 2
            assert len(await connection.fetch("SELECT 1 FROM pgqueuer_log")) == 0


def test_a_key_is_read_back() -> None:
    assert key_of("A" * 32) == bytes(24)
