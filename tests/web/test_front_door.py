from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from app.web.front_door import FrontDoor
from app.web.static import Frontend
from tests.web.conftest import ORIGIN, api, client_of, settings

SECURITY = {
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
}


@pytest.mark.parametrize("path", ["/", "/sw.js", "/nothing.js", "/api/nothing", "/schema/openapi.json"])
async def test_every_answer_carries_the_security_headers(visitor: httpx.AsyncClient, path: str) -> None:
    answer = await visitor.get(path)
    assert answer.headers.keys() >= SECURITY
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "strict-transport-security" not in answer.headers, "only https may promise https"


async def test_https_is_promised_where_there_is_https(built: Path) -> None:
    origin = "https://leeward.example"
    async with client_of(FrontDoor(api(), Frontend.load(built), settings(origin)), origin) as client:
        assert "max-age=" in (await client.get("/")).headers["strict-transport-security"]


async def test_nothing_of_the_api_is_stored_on_the_way(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/api/words/tea")).headers["cache-control"] == "no-store"
    assert (await visitor.post("/api/words", json={"text": "tea"})).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/history?month=2026-11", "/a%20b", "//elsewhere.example/", "/x%0d%0ay"])
async def test_another_host_name_is_led_to_the_right_one(visitor: httpx.AsyncClient, path: str) -> None:
    answer = await visitor.get(ORIGIN + path, headers={"Host": "localhost:8000"})
    assert answer.status_code == 307
    assert answer.headers["location"].lower() == ORIGIN + path
    assert answer.headers["cache-control"] == "no-store"


async def test_a_write_to_another_host_name_is_not_passed_on(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.post("/api/words", json={"text": "tea"}, headers={"Host": "localhost:8000"})
    assert answer.status_code == 421
    assert answer.json()["code"] == "other-host"


async def test_whoever_looks_after_the_server_may_use_any_name(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/health/nothing", headers={"Host": "10.0.0.5:8000"})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": ORIGIN},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
async def test_our_own_pages_may_write(visitor: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await visitor.post("/api/words", json={"text": "tea"}, headers=headers)
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8000"},
        {"Origin": "https://127.0.0.1:8000"},
        {"Origin": ORIGIN + "/"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
async def test_other_pages_may_not_write(visitor: httpx.AsyncClient, headers: dict[str, str]) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = await visitor.request(method, "/api/words", json={"text": "tea"}, headers=headers)
        assert answer.status_code == 403
        assert answer.json()["code"] == "other-origin"


async def test_the_api_describes_itself_and_loads_nothing_from_elsewhere(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/schema/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
    assert "/api/words" in answer.json()["paths"]
    for path in ("/schema", "/schema/", "/schema/swagger", "/schema/redoc"):
        assert (await visitor.get(path)).headers["content-type"] == "application/problem+json"
