"""What a steward sees of the server, and nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from app import clock
from app.push import service as push
from app.push.endpoints import allowed_as
from app.stewards import operating
from app.worker.heartbeat import Heart
from tests.accounts.conftest import Town, new_account, open_town
from tests.push.conftest import Harbour, until
from tests.push.local_push_service import Device, told

SERVER = "/api/steward/server"


async def sign_up(browser: httpx.AsyncClient, name: str) -> dict[str, Any]:
    answer = await browser.post("/api/accounts", json=new_account(name))
    assert answer.status_code == 201
    return answer.json()["account"]


async def make_steward(town: Town, name: str) -> None:
    await operating.add(town.database, name, clock.now(), lambda _: None)


async def test_a_member_who_is_no_steward_finds_nothing_there(town: Town) -> None:
    async with town.browser() as ada, town.browser() as ben:
        await sign_up(ada, "ada")
        await sign_up(ben, "ben")
        await make_steward(town, "ada")
        refused, unknown = await ben.get(SERVER), await ben.get("/api/steward/no-such-thing")
        assert (refused.status_code, refused.json()) == (404, unknown.json())
        assert (await ben.get("/api/account")).json()["steward"] is False
        assert (await ada.get("/api/account")).json()["steward"] is True
        assert (await ada.get(SERVER)).status_code == 200
        await operating.remove(town.database, "ada", lambda _: None)
        assert (await ada.get(SERVER)).status_code == 404
        assert (await ada.get("/api/account")).json()["steward"] is False


async def test_who_is_signed_out_is_asked_to_sign_in(town: Town) -> None:
    async with town.browser() as stranger:
        answer = await stranger.get(SERVER)
        assert (answer.status_code, answer.json()["code"]) == (401, "signed-out")


async def test_a_new_server_has_sent_nothing_and_nobody_was_seen(town: Town) -> None:
    async with town.browser() as ada:
        await sign_up(ada, "ada")
        await make_steward(town, "ada")
        assert (await ada.get(SERVER)).json() == {"pushes": [], "worker": {"wakes": False, "delivers": False}}
        await Heart("wakes").beat(town.database, clock.now())
        assert (await ada.get(SERVER)).json()["worker"] == {"wakes": True, "delivers": False}
        await Heart("delivers").beat(town.database, clock.now() - timedelta(minutes=3))
        assert (await ada.get(SERVER)).json()["worker"] == {"wakes": True, "delivers": False}


@pytest.mark.parametrize("status", [400, 401, 403])
async def test_a_steward_sees_that_pushes_are_refused_until_they_are_accepted(harbour: Harbour, status: int) -> None:
    host = harbour.pushes.origin.removeprefix("http://")
    ben = await harbour.member("ben")
    device = await harbour.subscribe(ben)

    async def pushed() -> dict[str, Any]:
        await harbour.due(ben)
        await until(harbour.all_done)
        answer = await ada.get(SERVER)
        for secret in ("ben", str(ben.account_id), str(ben.session_id), device.endpoint, device.p256dh):
            assert secret not in answer.text
        [one] = answer.json()["pushes"]
        return one

    async with open_town(harbour.database.url, LEEWARD_PUSH_HOSTS=harbour.pushes.origin) as town, town.browser() as ada:
        await sign_up(ada, "ada")
        await make_steward(town, "ada")
        async with harbour.delivering():
            accepted = await pushed()
            assert (accepted["host"], accepted["accepted"], accepted["refused"]) == (host, 1, 0)
            assert (accepted["refusedAt"], accepted["refusingSince"]) == (None, None)
            harbour.pushes.always = told(status)
            first = await pushed()
            second = await pushed()
            assert (second["accepted"], second["refused"]) == (1, 2)
            assert second["refusingSince"] == first["refusingSince"] == first["refusedAt"]
            since, last = (datetime.fromisoformat(second[name]) for name in ("refusingSince", "refusedAt"))
            assert since < last
            assert second["acceptedAt"] == accepted["acceptedAt"]
            harbour.pushes.always = None
            mended = await pushed()
            assert (mended["accepted"], mended["refused"], mended["refusingSince"]) == (2, 2, None)
            # What is no refusal of who we are is not one here.
            harbour.pushes.always = told(413)
            assert (await pushed())["refused"] == 2


async def test_a_push_service_is_named_as_the_operator_knows_it(harbour: Harbour) -> None:
    ben = await harbour.member("ben")
    for name in ("i-am-ben", "wns2"):
        phone = await harbour.other_phone(ben)
        await harbour.subscribe(phone, Device(f"https://{name}.notify.windows.com/w/1"))
    await harbour.subscribe(await harbour.other_phone(ben), Device("https://not.allowed.example/any/more"))
    await harbour.due(ben)
    await harbour.change("UPDATE push_delivery SET state = 'failed', reason = 'answer-403', finished_at = now()")
    async with harbour.database.connection() as connection:
        [one] = await push.answered(connection, ["fcm.googleapis.com", "*.notify.windows.com"])
    assert (one.name, one.refused) == ("*.notify.windows.com", 2)


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("https://fcm.googleapis.com", "fcm.googleapis.com"),
        ("https://x.notify.windows.com", "*.notify.windows.com"),
        ("https://notify.windows.com", None),
        ("http://127.0.0.1:8123", "127.0.0.1:8123"),
        ("http://127.0.0.1:8124", None),
    ],
)
def test_only_what_is_allowed_has_a_name(origin: str, name: str | None) -> None:
    hosts = ["fcm.googleapis.com", "*.notify.windows.com", "http://127.0.0.1:8123"]
    assert allowed_as(origin, hosts) == name
