"""Every route, walked by somebody who is signed out and by somebody who is somebody else."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.accounts.conftest import Town, new_account, town
from tests.sync.phone import check_in

__all__ = ["town"]

# What everybody may ask, signed out as well. A new route is not among them by itself.
PUBLIC = {
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/api/helplines"),
    ("GET", "/api/push/key"),
    # For whoever has its secret address; anything else is not there.
    ("GET", "/api/calendar/{name}"),
    ("POST", "/api/accounts"),
    ("POST", "/api/sessions"),
    ("DELETE", "/api/sessions/current"),
    ("POST", "/api/account/recovery"),
    # For whoever has the link or the code, before they have an account.
    ("POST", "/api/invitations/opened"),
    ("POST", "/api/sync"),
}


async def routes(browser: httpx.AsyncClient) -> list[tuple[str, str]]:
    paths = (await browser.get("/schema/openapi.json")).json()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


def filled(path: str, **parameters: str) -> str:
    return "/".join(parameters.get(part.strip("{}"), str(uuid4())) if "{" in part else part for part in path.split("/"))


async def sign_up(browser: httpx.AsyncClient, name: str) -> dict[str, Any]:
    answer = await browser.post("/api/accounts", json=new_account(name))
    assert answer.status_code == 201
    return answer.json()["account"]


def sync_request(owner: str | None, *changes: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    mutations = [
        {"number": number, "id": str(uuid4()), "name": name, "args": args}
        for number, (name, args) in enumerate(changes, start=1)
    ]
    return {"device": str(uuid4()), "owner": owner, "sentAt": "2026-11-22T08:00:00.000Z", "mutations": mutations}


async def test_signed_out_every_route_but_the_public_ones_asks_to_sign_in(town: Town) -> None:
    async with town.browser() as stranger:
        walked = await routes(stranger)
        assert len(walked) > len(PUBLIC)
        for method, path in walked:
            if (method, path) in PUBLIC:
                continue
            answer = await stranger.request(method, filled(path), params={"device": str(uuid4())}, json={})
            assert answer.status_code in {400, 401}, (method, path, answer.status_code)
            if answer.status_code == 400:
                answer = await stranger.request(method, filled(path), params={"device": str(uuid4())}, json=EVERYTHING)
            assert (answer.status_code, answer.json()["code"]) == (401, "signed-out"), (method, path)


# A body with every field that a route may ask for, so that nothing but the missing session can be wrong with it.
EVERYTHING = {
    "name": "ada",
    "password": "harbour lamp 41",
    "current": "harbour lamp 41",
    "new": "seven maples, one dog",
    "code": "0000-0000",
    "adult": True,
    "consent": "2026-11",
    "endpoint": "https://updates.push.services.mozilla.com/x",
    "keys": {"p256dh": "BA", "auth": "AA"},
    "key": "BA",
    "zone": "Europe/Paris",
    "at": "2026-11-22T08:00:00Z",
    "secret": None,
    "want": "sit",
    "pairs": [str(uuid4())],
    "minutes": 5,
    "begunAt": "2026-11-22T08:00:00Z",
    "sentAt": "2026-11-22T08:00:00Z",
}


async def test_somebody_else_reaches_nothing_of_a_member(town: Town) -> None:
    async with town.browser() as ada, town.browser("192.0.2.2") as cleo:
        member = await sign_up(ada, "ada")
        outsider = await sign_up(cleo, "cleo")
        mine = check_in(note="canary of ada")
        answer = await ada.post("/api/sync", json=sync_request(member["id"], ("check_ins.record", mine)))
        adas_sync = answer.json()
        [adas_device] = (await ada.get("/api/account/devices")).json()
        attempts = [
            cleo.delete(f"/api/account/devices/{adas_device['id']}"),
            cleo.post("/api/account/deletion", json={"name": "ada"}),
            cleo.post("/api/sync", json=sync_request(member["id"])),
            cleo.post("/api/sync", json=sync_request(None)),
        ]
        assert [(await attempt).status_code for attempt in attempts] == [404, 400, 409, 409]
        # With ada's ids and ada's cookie, cleo writes in her own journal and reads nothing.
        forged = sync_request(
            outsider["id"],
            ("check_ins.edit", {"id": mine["id"], "note": "cleo was here"}),
            ("check_ins.delete", {"id": mine["id"]}),
            ("check_ins.record", check_in(id=mine["id"], note="mine now")),
        ) | {"cookie": adas_sync["cookie"]}
        reply = (await cleo.post("/api/sync", json=forged)).json()
        assert "canary" not in str(reply)
        assert [refusal["reason"] for refusal in reply["refusals"]] == ["gone"]
        still = (await ada.post("/api/sync", json=sync_request(member["id"]))).json()
        assert [row["data"]["note"] for row in still["rows"]] == ["canary of ada"]


async def test_the_stream_of_a_member_is_not_for_others(town: Town) -> None:
    async with town.browser() as stranger:
        answer = await stranger.get("/api/sync/stream", params={"device": str(uuid4())})
        assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed"),
        (b"[]", 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (b'{"device": "x", "sentAt": "2026-11-22T08:00:00Z"}', 400, "malformed"),
        (b'{"device": "%s", "sentAt": "2026-11-22T08:00:00"}' % str(uuid4()).encode(), 400, "malformed"),
        (b" " * (1024 * 1024 + 1), 413, "too-large"),
    ],
)
async def test_a_sync_that_cannot_be_read_is_answered_in_words(town: Town, body: bytes, status: int, code: str) -> None:
    async with town.browser() as browser:
        await sign_up(browser, "ada")
        answer = await browser.post("/api/sync", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["content-type"] == "application/problem+json"


async def test_more_than_500_changes_at_once_are_too_many(town: Town) -> None:
    async with town.browser() as browser:
        account = await sign_up(browser, "ada")
        changes = [("preferences.set", {"key": "theme", "value": "dark"})] * 501
        answer = await browser.post("/api/sync", json=sync_request(account["id"], *changes))
        assert (answer.status_code, answer.json()["code"]) == (413, "too-many-mutations")
        answer = await browser.post("/api/sync", json=sync_request(account["id"], *changes[1:]))
        assert (answer.status_code, answer.json()["last"]) == (200, 500)


async def test_an_ended_device_is_told_to_erase_and_a_signed_out_one_to_sign_in(town: Town) -> None:
    async with town.browser() as phone, town.browser() as laptop:
        account = await sign_up(phone, "ada")
        await laptop.post("/api/sessions", json=new_account("ada"))
        devices = (await laptop.get("/api/account/devices")).json()
        [other] = [device for device in devices if not device["current"]]
        assert (await laptop.delete(f"/api/account/devices/{other['id']}")).status_code == 204
        answer = await phone.post("/api/sync", json=sync_request(account["id"]))
        assert (answer.status_code, answer.json()["code"]) == (401, "device-ended")
        phone.cookies.clear()
        answer = await phone.post("/api/sync", json=sync_request(account["id"]))
        assert (answer.status_code, answer.json()["code"]) == (401, "signed-out")
