"""Accounts as a browser meets them: the real server, cookies, problems."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.accounts.limits import Bucket
from app.accounts.routes import Farewell, NewAccount, NewPassword, PasswordAgain, Recovery, SignIn
from app.accounts.tries import SIGN_UPS_OF_ADDRESS, TRIES_OF_NAME
from tests.accounts.conftest import NEW_PASSWORD, PASSWORD, Town, new_account, open_town


async def signed_up(phone: httpx.AsyncClient, name: str = "ada") -> dict[str, Any]:
    answer = await phone.post("/api/accounts", json=new_account(name))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def sign_in(phone: httpx.AsyncClient, name: str = "ada", password: str = PASSWORD) -> httpx.Response:
    return await phone.post("/api/sessions", json={"name": name, "password": password, "deviceLabel": "Laptop"})


def cookies_set(answer: httpx.Response) -> dict[str, list[str]]:
    """Name → the value and the attributes, in order."""
    found: dict[str, list[str]] = {}
    for line in answer.headers.get_list("set-cookie"):
        name, _, rest = line.partition("=")
        found[name] = sorted(part.strip().lower() for part in rest.split(";")[1:]) if rest else []
    return found


async def test_from_signing_up_to_deleting_the_account(town: Town) -> None:
    async with town.browser() as phone, town.browser("198.51.100.7") as laptop:
        welcome = await signed_up(phone)
        assert welcome["account"]["name"] == "ada"
        assert len(welcome["recoveryCodes"]) == 10

        account = (await phone.get("/api/account")).json()
        assert account.keys() == {"id", "name", "createdAt", "recoveryCodesLeft", "steward"}
        assert account["steward"] is False
        assert account["id"] == welcome["account"]["id"]
        assert datetime.fromisoformat(account["createdAt"]).tzinfo is not None

        answer = await sign_in(laptop, "ADA")
        assert (answer.status_code, answer.json()) == (201, {"account": welcome["account"]})
        devices = (await phone.get("/api/account/devices")).json()
        assert [(d["label"], d["current"], d["signedOut"]) for d in devices] == [
            ("Pixel", True, False),
            ("Laptop", False, False),
        ]
        assert devices[0].keys() == {"id", "label", "createdAt", "seenAt", "current", "signedOut"}

        answer = await phone.put("/api/account/password", json={"current": PASSWORD, "new": NEW_PASSWORD})
        assert (answer.status_code, answer.content) == (204, b"")
        assert (await laptop.get("/api/account")).json()["code"] == "signed-out"

        answer = await phone.post("/api/account/recovery-codes", json={"password": NEW_PASSWORD})
        assert answer.status_code == 201
        codes = answer.json()["recoveryCodes"]

        recovery = {"name": "ada", "code": codes[0].lower(), "password": PASSWORD, "deviceLabel": "Laptop"}
        answer = await laptop.post("/api/account/recovery", json=recovery)
        assert (answer.status_code, answer.json()) == (201, {"account": welcome["account"]})
        assert (await phone.get("/api/account")).json()["code"] == "signed-out"

        [_, lost] = (await laptop.get("/api/account/devices")).json()
        assert lost["signedOut"]
        assert (await laptop.delete(f"/api/account/devices/{lost['id']}")).status_code == 204
        assert (await phone.get("/api/account")).json()["code"] == "device-ended"
        assert (await laptop.delete(f"/api/account/devices/{lost['id']}")).json()["code"] == "no-such-device"

        answer = await laptop.post("/api/account/deletion", json={"name": "ad"})
        assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
            400,
            "name-does-not-match",
            "name",
        )
        answer = await laptop.post("/api/account/deletion", json={"name": " Ada "})
        assert (answer.status_code, answer.content) == (204, b"")
        assert set(laptop.cookies) == set()
        assert (await sign_in(laptop)).json()["code"] == "wrong-name-or-password"


async def test_signing_out_takes_the_session_cookie_and_may_be_repeated(town: Town) -> None:
    async with town.browser() as phone:
        await signed_up(phone)
        for _ in range(2):
            answer = await phone.delete("/api/sessions/current")
            assert (answer.status_code, answer.content) == (204, b"")
            assert set(phone.cookies) == {"leeward-known"}
        assert (await phone.get("/api/account")).status_code == 401
        assert (await sign_in(phone)).status_code == 201
        assert set(phone.cookies) == {"leeward", "leeward-known"}
    assert len(await town.rows("SELECT 1 FROM session")) == 1


async def test_on_http_which_is_this_machine_the_cookie_is_not_marked_secure(town: Town) -> None:
    async with town.browser() as phone:
        answer = await phone.post("/api/accounts", json=new_account())
    attributes = ["httponly", "max-age=34560000", "path=/", "samesite=lax"]
    assert cookies_set(answer) == {"leeward": attributes, "leeward-known": attributes}


async def test_on_https_the_cookie_is_the_hosts_alone_and_secure(database_url: str) -> None:
    async with open_town(database_url, LEEWARD_ORIGIN="https://leeward.example") as town, town.browser() as phone:
        answer = await phone.post("/api/accounts", json=new_account())
        attributes = ["httponly", "max-age=34560000", "path=/", "samesite=lax", "secure"]
        assert cookies_set(answer) == {"__Host-leeward": attributes, "__Host-leeward-known": attributes}
        assert (await phone.get("/api/account")).status_code == 200
        answer = await phone.delete("/api/sessions/current")
        assert cookies_set(answer) == {"__Host-leeward": ["httponly", "max-age=0", "path=/", "samesite=lax", "secure"]}


async def test_once_a_day_the_cookies_get_another_400_days(town: Town) -> None:
    async with town.browser() as phone:
        await signed_up(phone)
        token = phone.cookies["leeward"]
        assert cookies_set(await phone.get("/api/account")) == {}
        await town.change("UPDATE session SET seen_at = $1", datetime.now(UTC) - timedelta(days=1))
        answer = await phone.get("/api/account/devices")
        assert cookies_set(answer).keys() == {"leeward", "leeward-known"}
        assert "max-age=34560000" in cookies_set(answer)["leeward"]
        assert phone.cookies["leeward"] == token
        assert cookies_set(await phone.get("/api/account")) == {}


async def test_deleting_the_account_on_a_new_day_does_not_bring_the_cookies_back(town: Town) -> None:
    async with town.browser() as phone:
        await signed_up(phone)
        await town.change("UPDATE session SET seen_at = $1", datetime.now(UTC) - timedelta(days=1))
        answer = await phone.post("/api/account/deletion", json={"name": "ada"})
        assert answer.status_code == 204
        assert set(phone.cookies) == set()


async def test_signed_out_every_route_of_a_member_answers_so(town: Town, subtests: pytest.Subtests) -> None:
    async with town.browser() as phone:
        schema = (await phone.get("/schema/openapi.json")).json()
        walked = 0
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                if "security" not in operation:
                    continue
                walked += 1
                url = re.sub(r"{\w+}", lambda _: str(uuid4()), path) + (
                    "?device=" + str(uuid4()) if "stream" in path else ""
                )
                with subtests.test(f"{method} {path}"):
                    answer = await phone.request(method.upper(), url, json={} if method != "get" else None)
                    assert (answer.status_code, answer.json()["code"]) == (401, "signed-out")
                    assert answer.headers["content-type"] == "application/problem+json"
        assert walked >= 6


async def test_operations_have_names_that_stay(town: Town) -> None:
    async with town.browser() as phone:
        schema = (await phone.get("/schema/openapi.json")).json()
    named = {
        operation["operationId"]: f"{method} {path}"
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
    }
    assert {
        "signUp": "post /api/accounts",
        "signIn": "post /api/sessions",
        "signOut": "delete /api/sessions/current",
        "getAccount": "get /api/account",
        "changePassword": "put /api/account/password",
        "recover": "post /api/account/recovery",
        "replaceRecoveryCodes": "post /api/account/recovery-codes",
        "listDevices": "get /api/account/devices",
        "endDevice": "delete /api/account/devices/{device_id}",
        "deleteAccount": "post /api/account/deletion",
    }.items() <= named.items()


async def test_what_cannot_be_taken_is_a_problem_beside_its_field(town: Town, subtests: pytest.Subtests) -> None:
    async with town.browser() as phone:
        await signed_up(phone, "ben")
        for given, status, code, field in [
            (new_account(adult=False), 400, "adults-only", "adult"),
            (new_account(name="a"), 400, "name-invalid", "name"),
            (new_account(name="BEN"), 409, "name-taken", "name"),
            (new_account(password="short"), 400, "password-too-short", "password"),
            (new_account(password="password1"), 400, "password-too-common", "password"),
            (new_account(consent="2020-01"), 409, "consent-outdated", "consent"),
            (new_account(adult="yes"), 400, "invalid", "adult"),
            (new_account(adult="true"), 400, "invalid", "adult"),
            ({**new_account(), "name": 7}, 400, "invalid", "name"),
            ({}, 400, "invalid", None),
        ]:
            with subtests.test(code, field=field):
                answer = await phone.post("/api/accounts", json=given)
                assert answer.headers["content-type"] == "application/problem+json"
                problem = answer.json()
                assert (answer.status_code, problem["code"], problem.get("field")) == (status, code, field)


async def test_more_than_an_account_needs_is_not_read(town: Town) -> None:
    async with town.browser() as phone:
        answer = await phone.post("/api/accounts", json=new_account(name="x" * 20_000))
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


async def test_another_sites_page_cannot_sign_anybody_in_or_out(town: Town) -> None:
    async with town.browser() as phone:
        await signed_up(phone)
        for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            assert (await phone.delete("/api/sessions/current", headers=headers)).status_code == 403
        assert (await phone.get("/api/account")).status_code == 200


async def test_who_tries_too_often_is_told_when_to_come_back(town: Town) -> None:
    async with town.browser() as phone, town.browser("198.51.100.7") as stranger:
        await signed_up(phone)
        for _ in range(TRIES_OF_NAME.tries):
            assert (await sign_in(stranger, password="wrong guess")).status_code == 403
        answer = await sign_in(stranger)
        assert (answer.status_code, answer.json()["code"]) == (429, "too-many-tries")
        assert 0 < int(answer.headers["retry-after"]) <= TRIES_OF_NAME.every.total_seconds()
        await phone.delete("/api/sessions/current")
        assert (await sign_in(phone)).status_code == 201


async def counted_for(town: Town, address: str) -> bool:
    key = Bucket(SIGN_UPS_OF_ADDRESS, address.encode()).key
    return bool(await town.rows("SELECT 1 FROM rate_limit WHERE bucket = bucket_of($1)", key))


async def test_an_address_is_believed_from_trusted_proxies_only(town: Town, database_url: str) -> None:
    said = {"X-Forwarded-For": "203.0.113.9"}
    async with town.browser("10.0.0.1") as phone:
        await phone.post("/api/accounts", json=new_account("ada"), headers=said)
    assert await counted_for(town, "10.0.0.1")
    assert not await counted_for(town, "203.0.113.9")
    async with (
        open_town(database_url, LEEWARD_TRUSTED_PROXIES="10.0.0.0/8") as behind,
        behind.browser("10.0.0.1") as phone,
    ):
        await phone.post("/api/accounts", json=new_account("ben"), headers=said)
        assert await counted_for(behind, "203.0.113.9")


async def test_no_name_password_or_code_gets_into_a_log_or_an_error(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "canary-Wren"
    json = {"Content-Type": "application/json"}
    answers: list[httpx.Response] = []
    async with town.browser() as phone:
        answers.append(await phone.post("/api/accounts", json=new_account(canary, password=canary)))
        answers.append(await phone.post("/api/accounts", json=new_account(canary, password=canary + "-song", adult=0)))
        welcome = await phone.post("/api/accounts", json=new_account(canary, password="lamp " + canary))
        [code, *_] = welcome.json()["recoveryCodes"]
        await phone.delete("/api/sessions/current")
        answers += [
            await sign_in(phone, canary, canary),
            await phone.post("/api/accounts", json=new_account(canary)),
            await phone.post("/api/sessions", json={"name": canary, "password": [canary]}),
            await phone.post("/api/sessions", content=f'{{"name": "{canary}'.encode(), headers=json),
            await phone.post("/api/account/recovery", json={"name": canary, "code": code + "9", "password": canary}),
            await phone.post("/api/account/recovery", json={"name": canary, "code": code, "password": "new " + canary}),
            await phone.put("/api/account/password", json={"current": canary, "new": canary}),
            await phone.put("/api/account/password", json={"current": "new " + canary, "new": canary}),
            await phone.post("/api/account/recovery-codes", json={"password": canary}),
            await phone.post("/api/account/deletion", json={"name": canary + canary}),
        ]
    assert [answer.status_code for answer in answers] == [400, 400, 403, 409, 400, 400, 400, 201, 403, 400, 403, 400]
    for answer in answers:
        if answer.status_code != 201:
            assert canary.lower() not in answer.text.lower()
    # What httpx writes about its own requests is the test's, not the server's.
    logged = "".join(record.getMessage() for record in caplog.records if not record.name.startswith("http"))
    for secret in (canary, code, PASSWORD):
        assert secret.lower() not in logged.lower()


def test_what_is_sent_does_not_show_when_it_is_printed() -> None:
    for sent in (
        NewAccount("canary", "canary", adult=True, consent="canary"),
        SignIn("canary", "canary"),
        Recovery("canary", "canary", "canary"),
        NewPassword("canary", "canary"),
        PasswordAgain("canary"),
        Farewell("canary"),
    ):
        assert "canary" not in repr([sent])
