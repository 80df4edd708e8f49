"""Reminders from the first yes to the tap on the notification: a real Firefox, which gets real pushes."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Playwright, expect

from app.embedded_postgres import EmbeddedPostgres
from app.push.sender import Address, encrypt
from app.push.vapid import Signer, VapidKeys
from app.settings import Settings
from tests.e2e import look
from tests.e2e.browsers import firefox_in, running_firefox
from tests.e2e.conftest import MakePhone, NewName, phones_for
from tests.e2e.desktop import Desktop, desktop_at
from tests.e2e.phone import Phone
from tests.e2e.reminded import (
    DONE,
    GENERIC,
    MOVED,
    Reminded,
    is_shown,
    let_reminders_reach,
    make_reminder,
    minutes_ago,
    send_a_test,
    shown_on,
    take_down,
)
from tests.e2e.server import Server, running_server
from tests.e2e.waiting import eventually
from tests.push.autopush import ACCEPTED, Autopush, autopush
from tests.push.local_push_service import told

SOMETHING: Final = "There may be something new for you."


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def mozilla() -> AsyncGenerator[Autopush]:
    """The push service of Firefox."""
    async with autopush() as service:
        yield service


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where Firefox lets its debugger in."""
    return tmp_path_factory.mktemp("firefox") / "door"


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def firefox(playwright: Playwright, mozilla: Autopush, door: Path) -> AsyncGenerator[Browser]:
    async with running_firefox(
        playwright, mozilla.address, [f"--start-debugger-server={door}", "--remote-allow-system-access"]
    ) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def desktop(firefox: Browser, door: Path) -> AsyncGenerator[Desktop]:
    async with desktop_at(door) as desktop:
        yield desktop


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def sender(
    postgres: EmbeddedPostgres, built: Path, mozilla: Autopush, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Server]:
    """A server that may send to that push service, and does."""
    folder = tmp_path_factory.mktemp("server")
    async with running_server(postgres, folder, built, LEEWARD_PUSH_HOSTS=mozilla.origin) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def make_fox(request: pytest.FixtureRequest, firefox: Browser, sender: Server) -> AsyncGenerator[MakePhone]:
    async with phones_for(request, firefox, sender) as make:
        yield make
    await sender.gate.open()


@pytest.fixture
def ada(sender: Server, new_name: NewName) -> Reminded:
    return Reminded(sender, new_name("ada"))


@pytest_asyncio.fixture(loop_scope="session")
async def phone(make_fox: MakePhone, ada: Reminded) -> Phone:
    """Ada's phone, which pushes reach."""
    phone = await make_fox()
    await phone.join(ada.name)
    await phone.offline_ready()
    await let_reminders_reach(phone)
    return phone


async def test_from_the_first_yes_to_a_check_in(
    make_fox: MakePhone, mozilla: Autopush, desktop: Desktop, ada: Reminded
) -> None:
    phone = await make_fox()
    await phone.join(ada.name)
    await phone.offline_ready()
    await phone.go("Me")
    await phone.page.get_by_role("link", name="Reminders").click()
    await expect(phone.heading).to_have_text("Reminders")
    await phone.button("Let reminders reach this phone").click()
    await expect(phone.page.get_by_text("No push has reached this phone yet.")).to_be_visible()
    assert await look.too_small(phone.page) == []

    # The proof: through the server, its push service and this browser's worker, in seconds.
    await send_a_test(phone)
    await expect(phone.page.get_by_text("A push last reached this phone: today ")).to_be_visible()
    (test,) = await is_shown(phone, "This is the test you asked for. Pushes reach this device.")
    assert test["path"] == "/me/reminders"

    async def is_known_to_come() -> bool:
        known = await ada.subscription()
        assert known is not None
        assert known["endpoint"].startswith(mozilla.origin)
        return known["accepted_at"] is not None and known["reached_at"] is not None

    await eventually(is_known_to_come, "the server knows that a push has reached this phone")
    await take_down(phone)

    # A reminder, whose label stays off the lock screen.
    minute = await minutes_ago(phone)
    await make_reminder(phone, minute, "Tea on the quay")
    await phone.up_to_date()
    await ada.falls_due(minute)
    (reminder,) = await is_shown(phone, GENERIC)
    await ada.ended(("sent", None))
    assert reminder["title"] == "Leeward"
    assert not reminder["silent"]
    (sent,) = [received for received in mozilla.received if received.topic == reminder["tag"]]
    assert 7_000 <= sent.ttl <= 7_200
    assert mozilla.wrong == []
    assert {code for _, code in mozilla.acks} == {ACCEPTED}

    # Tapped, it leads into the tab that is there, and from there it is one tap as always.
    await desktop.click_notification(GENERIC)
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    assert parse_qs(urlsplit(phone.page.url).query)["reminder"] == [reminder["tag"]]
    assert len(phone.context.pages) == 1
    await is_shown(phone)
    await phone.check_in("Fair")
    await ada.has(4)

    # Now it is done: the next one is left out, and no push service hears of it.
    pushes = len(mozilla.received)
    earlier = await minutes_ago(phone, 30)
    await make_reminder(phone, earlier)
    await phone.up_to_date()
    await ada.falls_due(earlier)
    await ada.ended(("dropped", "done"), ("sent", None))
    assert len(mozilla.received) == pushes


async def test_a_tap_with_no_tab_open_opens_one(phone: Phone, desktop: Desktop, ada: Reminded) -> None:
    minute = await minutes_ago(phone)
    await make_reminder(phone, minute)
    await phone.up_to_date()
    await phone.close_tab()
    await ada.falls_due(minute)
    async with phone.context.expect_page() as opening:
        await desktop.click_notification(GENERIC)
    phone.page = await opening.value
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    await phone.check_in("Cloudy")
    await ada.has(3)


async def test_a_tap_with_two_tabs_open_goes_to_one_of_them(phone: Phone, desktop: Desktop, ada: Reminded) -> None:
    minute = await minutes_ago(phone)
    await make_reminder(phone, minute)
    await phone.up_to_date()
    await phone.open("/history")
    await phone.new_tab()
    await phone.open("/me")
    await ada.falls_due(minute)
    (reminder,) = await is_shown(phone, GENERIC)
    await desktop.click_notification(GENERIC)
    came = f"/?reminder={reminder['tag']}"
    history, me = phone.context.pages

    async def one_is_there() -> bool:
        return [came in tab.url for tab in (history, me)].count(True) == 1

    await eventually(one_is_there, "one of the tabs goes where the notification leads")
    assert {history.url, me.url} & {f"{phone.origin}/history", f"{phone.origin}/me"}
    assert len(phone.context.pages) == 2
    await is_shown(phone)


async def test_a_busy_push_service_is_asked_again_and_it_is_shown_once(
    phone: Phone, mozilla: Autopush, ada: Reminded
) -> None:
    minute = await minutes_ago(phone)
    await make_reminder(phone, minute)
    await phone.up_to_date()
    requests = mozilla.requests
    mozilla.answers += [told(429, Retry_After="1"), told(503)]
    await ada.falls_due(minute)
    (reminder,) = await is_shown(phone, GENERIC)
    await ada.ended(("sent", None))
    assert mozilla.requests == requests + 3
    assert [received.topic for received in mozilla.received].count(reminder["tag"]) == 1
    await is_shown(phone, GENERIC)


async def test_after_a_flight_the_old_hour_is_silent_and_the_next_comes_by_the_new_clock(
    playwright: Playwright, sender: Server, mozilla: Autopush, ada: Reminded, tmp_path: Path
) -> None:
    berlin, new_york = "Europe/Berlin", "America/New_York"
    async with firefox_in(playwright, berlin, tmp_path, mozilla.address) as context:
        phone = await Phone.unpack(context, sender.origin)
        await phone.join(ada.name)
        await phone.offline_ready()
        await let_reminders_reach(phone)
        minute = await minutes_ago(phone)
        await make_reminder(phone, minute)
        await phone.up_to_date()
        await ada.goes_by(berlin)
        assert phone.troubles == []

    # Off in the air: it comes by the clock that the server knows, and waits at the push service.
    await ada.falls_due(minute)
    await ada.ended(("sent", None))
    assert f"{(await ada.next_due()).astimezone(ZoneInfo(berlin)):%H:%M}" == minute.clock

    # Switched on again elsewhere, with no page open: the worker tells the server.
    async with firefox_in(playwright, new_york, tmp_path, mozilla.address) as context:
        await ada.goes_by(new_york)
        assert f"{(await ada.next_due()).astimezone(ZoneInfo(new_york)):%H:%M}" == minute.clock
        phone = await Phone.unpack(context, sender.origin)
        await phone.open("/me/reminders")
        (reminder,) = await is_shown(phone, MOVED)
        assert reminder["silent"]
        assert reminder["actions"] == []
        await expect(phone.page.get_by_text("This phone is on New York time now")).to_be_visible()
        assert phone.troubles == []


async def test_what_is_done_here_and_not_yet_on_the_server_is_said_silently(phone: Phone, ada: Reminded) -> None:
    minute = await minutes_ago(phone)
    await make_reminder(phone, minute)
    await phone.up_to_date()
    await phone.open()
    await ada.server.gate.cut()
    await phone.check_in("Rainy")
    await ada.falls_due(minute)
    (reminder,) = await is_shown(phone, DONE)
    assert reminder["silent"]
    assert reminder["actions"] == []
    await ada.ended(("sent", None))
    assert await ada.moods() == []

    await ada.server.gate.open()
    await phone.open()
    await phone.up_to_date()
    await ada.has(2)


async def test_whatever_bytes_come_something_is_shown(phone: Phone, mozilla: Autopush, ada: Reminded) -> None:
    subscription = await ada.subscription()
    assert subscription is not None
    keys = VapidKeys(Settings.from_environment({"LEEWARD_DATA": str(ada.server.folder)}))
    headers = {
        "Authorization": Signer(keys, "mailto:operator@leeward.example").authorization(
            mozilla.origin, datetime.now(UTC)
        ),
        "TTL": "60",
    }
    address = Address(subscription["endpoint"], subscription["p256dh"], subscription["auth"])
    bodies = [b"", *(encrypt(address, content) for content in (b"\xff\xfe\x00\xc3", b"{", b"x" * 3_900))]
    async with aiohttp.ClientSession() as session:
        for body in bodies:
            coding = {"Content-Encoding": "aes128gcm"} if body else {}
            async with session.post(address.endpoint, data=body, headers=headers | coding) as answer:
                assert answer.status == 201, mozilla.wrong
            (notification,) = await is_shown(phone, SOMETHING)
            assert notification["silent"]
            assert notification["path"] == "/"
            await take_down(phone)


async def test_a_phone_that_was_off_gets_what_is_still_worth_something(
    phone: Phone, mozilla: Autopush, ada: Reminded
) -> None:
    late, now = await minutes_ago(phone, 2), await minutes_ago(phone, 1)
    await make_reminder(phone, late, "One")
    await make_reminder(phone, now, "Two")
    await phone.page.get_by_role("switch", name="Show the label of a reminder").click()
    await phone.up_to_date()
    await mozilla.go_away()
    await ada.falls_due(late)
    await ada.ended(("sent", None))
    await ada.falls_due(now)
    await ada.ended(("sent", None), ("sent", None))
    assert await shown_on(phone) == []
    # Two hours later, as far as the push service can tell of the first.
    (channel,) = [channel for channel in mozilla.channels.values() if len(channel.waiting) == 2]
    channel.waiting[0].expires_at = 0
    mozilla.come_back()
    await is_shown(phone, "Two")


async def test_a_push_service_that_has_forgotten_everybody(phone: Phone, mozilla: Autopush, ada: Reminded) -> None:
    before = await ada.subscription()
    assert before is not None
    mozilla.forget_everybody()
    await mozilla.go_away()
    mozilla.come_back()

    # The browser tells the worker, and the worker the server: with no page that asks for it.
    await ada.is_reached_elsewhere_than(before)
    await phone.open("/me/reminders")
    await send_a_test(phone)


async def test_a_push_service_that_has_dropped_this_phone_alone(phone: Phone, mozilla: Autopush, ada: Reminded) -> None:
    before = await ada.subscription()
    assert before is not None
    del mozilla.channels[urlsplit(before["endpoint"]).path]
    minute = await minutes_ago(phone)
    await make_reminder(phone, minute)
    await phone.up_to_date()
    await ada.falls_due(minute)
    await ada.is_reached_no_more()

    # The browser knows nothing of it. The next start mends it, and not with the same endpoint.
    await phone.open("/me/reminders")
    await ada.is_reached_elsewhere_than(before)
    await send_a_test(phone)


async def test_turned_off_and_signed_out_nothing_comes_any_more(phone: Phone, mozilla: Autopush, ada: Reminded) -> None:
    await phone.button("Turn off on this phone").click()
    await expect(phone.button("Let reminders reach this phone")).to_be_visible()
    await ada.is_reached_no_more()
    await let_reminders_reach(phone)
    await send_a_test(phone)
    await phone.open("/me/account")
    await phone.button("Sign out").click()
    await phone.dialog.get_by_role("button", name="Sign out").click()
    await expect(phone.heading).to_have_text("Me")
    await ada.is_reached_no_more()
    await is_shown(phone)
    subscribed = "async () => (await (await navigator.serviceWorker.ready).pushManager.getSubscription()) !== null"

    async def has_let_go() -> bool:
        return not await phone.page.evaluate(subscribed)

    await eventually(has_let_go, "the browser has let go of its subscription")
    assert mozilla.wrong == []
