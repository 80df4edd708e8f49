"""GET /api/helplines: for everybody, and only what is new."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from app.safety.routes import list_helplines


@pytest.fixture
def client() -> Iterator[TestClient[Litestar]]:
    with TestClient(Litestar([list_helplines])) as client:
        yield client


def test_everybody_reads_all_regions_signed_out(client: TestClient[Litestar]) -> None:
    reply = client.get("/api/helplines")
    assert reply.status_code == 200
    regions: list[dict[str, Any]] = reply.json()["regions"]
    assert len(regions) == 48
    ireland = next(region for region in regions if region["region"] == "IE")
    assert ireland["emergency"][0] == "112"
    text = next(line for line in ireland["lines"] if line["name"] == "Text About It")
    assert text["sms"] == {"to": "50808", "text": "HELLO"}
    assert text["forWhom"] == "everyone"
    assert text["doubts"] == ["keyword"]
    assert text["verified"] is None


def test_a_phone_that_has_this_edition_is_sent_nothing(client: TestClient[Litestar]) -> None:
    edition = client.get("/api/helplines").headers["ETag"]
    for named in (edition, f'W/{edition}, "older"', "*"):
        reply = client.get("/api/helplines", headers={"If-None-Match": named})
        assert reply.status_code == 304
        assert reply.content == b""
        assert reply.headers["ETag"] == edition
    assert client.get("/api/helplines", headers={"If-None-Match": '"older"'}).status_code == 200


def test_the_app_can_name_the_edition_it_carries(client: TestClient[Litestar]) -> None:
    raw = files("app.safety").joinpath("data/helplines.json").read_bytes()
    assert client.get("/api/helplines").headers["ETag"] == f'"{sha256(raw).hexdigest()}"'
