"""Quiet hours, a pause, a check-in of before: a real Firefox, real pushes, and a clock that is moved."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Playwright, expect

from app.embedded_postgres import EmbeddedPostgres
from app.reminders.rules import CATCH_UP
from tests.e2e.browsers import running_firefox
from tests.e2e.conftest import NewName, phones_for
from tests.e2e.later import Later, working_later
from tests.e2e.phone import Phone
from tests.e2e.reminded import (
    GENERIC,
    Reminded,
    is_shown,
    let_reminders_reach,
    make_reminder,
    minutes_from_now,
    shown_on,
)
from tests.e2e.server import Server, running_server
from tests.push.autopush import Autopush, autopush


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def mozilla() -> AsyncGenerator[Autopush]:
    """The push service of Firefox."""
    async with autopush() as service:
        yield service


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def firefox(playwright: Playwright, mozilla: Autopush) -> AsyncGenerator[Browser]:
    async with running_firefox(playwright, mozilla.address) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def sender(
    postgres: EmbeddedPostgres, built: Path, mozilla: Autopush, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Server]:
    """A server that leaves waking and delivering to others."""
    folder = tmp_path_factory.mktemp("server")
    settings = {"LEEWARD_PUSH_HOSTS": mozilla.origin, "LEEWARD_WORKER": "off"}
    async with running_server(postgres, folder, built, **settings) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def later(sender: Server, mozilla: Autopush) -> AsyncGenerator[Later]:
    async with working_later(sender, mozilla) as later:
        yield later


@pytest_asyncio.fixture(loop_scope="session")
async def phone(
    request: pytest.FixtureRequest, firefox: Browser, sender: Server, ada: Reminded
) -> AsyncGenerator[Phone]:
    """Ada's phone, which pushes reach."""
    async with phones_for(request, firefox, sender) as make:
        phone = await make()
        await phone.join(ada.name)
        await phone.offline_ready()
        await let_reminders_reach(phone)
        yield phone


@pytest.fixture
def ada(sender: Server, new_name: NewName) -> Reminded:
    return Reminded(sender, new_name("ada"))


async def sent_to(ada: Reminded, mozilla: Autopush) -> int:
    """How many pushes a push service took for her device."""
    subscription = await ada.subscription()
    assert subscription is not None
    endpoint: str = subscription["endpoint"]
    path = urlsplit(endpoint).path
    assert mozilla.wrong == []
    return sum(received.path == path for received in mozilla.received)


async def test_what_falls_into_quiet_hours_comes_at_their_end(
    phone: Phone, ada: Reminded, mozilla: Autopush, later: Later
) -> None:
    begin, minute, end = [await minutes_from_now(phone, minutes) for minutes in (30, 60, 120)]
    await make_reminder(phone, minute)
    await phone.page.get_by_role("switch", name="Nothing comes in quiet hours").click()
    await phone.page.get_by_label("From", exact=True).fill(begin.clock)
    await phone.page.get_by_label("To", exact=True).fill(end.clock)
    await phone.page.get_by_label("To", exact=True).blur()
    await phone.up_to_date()

    await later.goes_to(minute.at)
    await ada.ended(("waiting", "deferred"))
    assert await ada.worth_showing_until() == end.at + CATCH_UP
    assert await sent_to(ada, mozilla) == 0

    await later.goes_to(end.at)
    await ada.ended(("sent", None))
    (shown,) = await is_shown(phone, GENERIC)
    assert not shown["silent"]
    assert await sent_to(ada, mozilla) == 1


async def test_nothing_comes_in_a_pause_and_it_comes_again_afterwards(
    phone: Phone, ada: Reminded, mozilla: Autopush, later: Later
) -> None:
    minute = await minutes_from_now(phone, 60)
    await make_reminder(phone, minute)
    await phone.button("For a week").click()
    await expect(phone.button("End the pause")).to_be_visible()
    await phone.up_to_date()

    paused = ("dropped", "paused")
    await later.goes_to(minute.at)
    await ada.ended(paused)
    # Six would be the day itself, where that minute is tomorrow's.
    await later.goes_to(minute.at + timedelta(days=5))
    await ada.ended(paused, paused)
    assert await sent_to(ada, mozilla) == 0
    assert await shown_on(phone) == []

    await later.goes_to(minute.at + timedelta(days=7))
    await ada.ended(paused, paused, ("sent", None))
    (shown,) = await is_shown(phone, GENERIC)
    assert not shown["silent"]
    assert await sent_to(ada, mozilla) == 1


async def test_it_is_left_out_after_a_check_in_within_the_hours_chosen_and_comes_after_longer(
    phone: Phone, ada: Reminded, mozilla: Autopush, later: Later
) -> None:
    soon, in_two_hours = await minutes_from_now(phone, 30), await minutes_from_now(phone, 120)
    await make_reminder(phone, soon, also=in_two_hours, skip="If I checked in within 1 hour")
    await phone.go("Today")
    await phone.check_in("Fair")
    await ada.has(4)

    await later.goes_to(soon.at)
    await ada.ended(("dropped", "done"))
    assert await sent_to(ada, mozilla) == 0
    assert await shown_on(phone) == []

    await later.goes_to(in_two_hours.at)
    await ada.ended(("dropped", "done"), ("sent", None))
    (shown,) = await is_shown(phone, GENERIC)
    assert not shown["silent"]
    assert await sent_to(ada, mozilla) == 1
