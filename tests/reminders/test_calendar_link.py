"""The calendar's secret address: whoever has it reads the times, and nothing more than the member allowed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app import clock
from tests.accounts.conftest import Town, new_account


async def ada_with(town: Town, phone: httpx.AsyncClient, *changes: tuple[str, dict[str, Any]]) -> str:
    answer = await phone.post("/api/accounts", json=new_account("ada"))
    said = {
        "device": str(uuid4()),
        "owner": answer.json()["account"]["id"],
        "sentAt": "2026-11-22T08:00:00.000Z",
        "mutations": [
            {"number": number, "id": str(uuid4()), "name": name, "args": args}
            for number, (name, args) in enumerate(changes, 1)
        ],
    }
    assert (await phone.post("/api/sync", json=said)).json()["refusals"] == []
    made = await phone.post("/api/reminders/calendar")
    assert made.status_code == 201, made.text
    url: str = made.json()["url"]
    assert url.startswith(town.origin)
    return url.removeprefix(town.origin)


REMINDER = {"id": str(uuid4()), "label": "Call Jo", "times": ["08:00"], "weekdays": [1]}


async def test_it_floats_says_no_words_and_can_be_taken_back(town: Town) -> None:
    async with town.browser() as phone, town.browser() as anybody:
        assert (await phone.get("/api/reminders/calendar")).status_code == 401
        address = await ada_with(
            town, phone, ("reminders.set", REMINDER), ("preferences.set", {"key": "language", "value": "de"})
        )
        answer = await anybody.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert "SUMMARY:Ein Moment für dich?\r\n" in answer.text
        assert "T080000\r\n" in answer.text
        assert "TZID" not in answer.text
        assert "Jo" not in answer.text

        assert (await phone.get("/api/reminders/calendar")).json()["exists"] is True
        again = (await phone.post("/api/reminders/calendar")).json()["url"].removeprefix(town.origin)
        assert (await anybody.get(address)).status_code == 404
        assert (await anybody.get(again)).status_code == 200
        assert (await phone.delete("/api/reminders/calendar")).status_code == 204
        assert (await anybody.get(again)).status_code == 404
        assert (await phone.get("/api/reminders/calendar")).json() == {"exists": False, "createdAt": None}


async def test_words_stand_in_it_where_they_may_stand_on_a_lock_screen(town: Town) -> None:
    until = clock.now().date() + timedelta(days=30)
    async with town.browser() as phone:
        address = await ada_with(
            town,
            phone,
            ("reminders.set", REMINDER),
            ("reminding.set", {"showsLabel": True, "pausedUntil": str(until)}),
        )
        text = (await phone.get(address)).text
    assert "SUMMARY:Call Jo\r\n" in text
    # Paused: from the first Monday after it on.
    monday = until + timedelta(days=-until.weekday() % 7)
    assert f"DTSTART:{monday:%Y%m%d}T080000\r\n" in text


@pytest.mark.parametrize("address", ["x.ics", "x", ".ics", "%00.ics", "🌧.ics"])
async def test_what_opens_nothing(town: Town, address: str) -> None:
    async with town.browser() as anybody:
        assert (await anybody.get(f"/api/calendar/{address}")).status_code == 404
