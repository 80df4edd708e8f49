"""Answers on the notification itself, and pushes that nobody foresaw: a Chromium phone, and what its server sends."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.conftest import MakePhone, NewName, chromium_only, with_window
from tests.e2e.inspecting import inspect
from tests.e2e.lock_screen import AnswerName, LockScreen, changed, subscribes_as
from tests.e2e.phone import Phone
from tests.e2e.reminded import (
    DONE,
    GENERIC,
    LOOKS_THROUGH,
    Minute,
    Reminded,
    is_shown,
    let_reminders_reach,
    make_reminder,
    minutes_ago,
    take_down,
)
from tests.e2e.screens import REACHED
from tests.e2e.server import Server
from tests.e2e.waiting import eventually
from tests.push.local_push_service import LocalPushService

pytestmark = [chromium_only, with_window]

SAVED: Final = "Saved on this phone. Tap to add more."
# Nobody sees the icon: what is said to it is noted instead.
NOTE_BADGES: Final = """
globalThis.badges = []
Object.assign(Navigator.prototype, {
  setAppBadge: async (count) => void badges.push(count),
  clearAppBadge: async () => void badges.push(0),
})
"""

SPOIL_WHAT_WAITS: Final = """
() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('leeward')
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const changing = opening.result.transaction('outbox', 'readwrite')
    changing.objectStore('outbox').openCursor().onsuccess = ({ target: { result: cursor } }) => {
      if (cursor !== null) cursor.update({ ...cursor.value, args: { ...cursor.value.args, mood: 9 } })
    }
    changing.oncomplete = () => {
      opening.result.close()
      resolve()
    }
  }
})
"""

KEEP_LOOKING: Final = f"""
async () => {{
  const registration = await navigator.serviceWorker.ready
  globalThis.looks = 0
  for (;; globalThis.looks += 1) await {LOOKS_THROUGH}
}}
"""

SOMETHING: Final = "There may be something new for you."

Remind = Callable[[Minute], Awaitable[dict[str, Any]]]


@pytest.fixture
def ada(sender: Server, new_name: NewName) -> Reminded:
    return Reminded(sender, new_name("ada"))


@pytest_asyncio.fixture(loop_scope="session")
async def phone(make_phone: MakePhone, pushes: LocalPushService, sender: Server, ada: Reminded) -> Phone:
    """Ada's phone, which pushes reach."""
    # Playwright takes away what is not named here.
    phone = await make_phone(sender, permissions=["notifications", "background-sync"], locale="en-GB")
    await subscribes_as(phone, pushes.device())
    await phone.join(ada.name)
    await phone.offline_ready()
    await let_reminders_reach(phone)
    return phone


@pytest.fixture
def remind(phone: Phone, ada: Reminded, pushes: LocalPushService) -> Remind:
    """Makes a reminder and has it fall due; what the server has sent of it, as the phone reads it."""

    async def sent(minute: Minute) -> dict[str, Any]:
        await make_reminder(phone, minute)
        await phone.up_to_date()
        before = len(pushes.received)
        await ada.falls_due(minute)

        async def has_come() -> bool:
            return len(pushes.received) > before

        await eventually(has_come, "the server sends it")
        assert pushes.wrong == []
        return pushes.received[-1].message

    return sent


async def is_asked_to_send(phone: Phone) -> None:
    """Wait until the browser has been asked to wake the worker when there is a network."""

    async def holds() -> bool:
        tags: list[str] = await phone.page.evaluate("async () => (await navigator.serviceWorker.ready).sync.getTags()")
        return tags == ["outbox"]

    await eventually(holds, "the worker is asked to send")


async def badges_are(phone: Phone, *counts: int) -> None:
    """Wait until exactly this was said to the icon, one after the other."""

    async def holds() -> bool:
        said: list[int] = await phone.page.evaluate("() => badges")
        return said == list(counts)

    await eventually(holds, f"the badge is said to be {counts}")


@pytest.mark.parametrize(("action", "mood"), [("better", 4), ("not-so-good", 2)])
async def test_an_answer_without_a_network_is_one_check_in(
    phone: Phone, ada: Reminded, remind: Remind, action: AnswerName, mood: int
) -> None:
    minute = await minutes_ago(phone)
    payload = await remind(minute)
    lock_screen = await LockScreen.of(phone)
    # Two tabs, both of which would send what waits.
    await phone.open()
    first = phone.page
    await phone.new_tab()
    await phone.open()
    await phone.context.set_offline(offline=True)
    await lock_screen.push(json.dumps(payload))
    (reminder,) = await is_shown(phone, GENERIC)
    assert reminder["actions"] == ["better", "not-so-good"]
    assert reminder["path"] is not None
    assert reminder["path"].endswith(f"&time={minute.clock.replace(':', '%3A')}")

    await lock_screen.press(action, times=2)
    (saved,) = await is_shown(phone, SAVED)
    assert saved["silent"]
    assert saved["tag"] == reminder["tag"]
    assert [one["mood"] for one in await phone.stored("check_ins")] == [mood]
    assert [line["name"] for line in await phone.stored("outbox")] == ["check_ins.record"]
    for tab in (first, phone.page):
        await expect(tab.get_by_role("article")).to_have_count(1)
    await is_asked_to_send(phone)
    await first.close()
    await phone.close_tab()
    assert await ada.moods() == []
    await phone.context.set_offline(offline=False)
    await ada.has(mood)

    # The same push again, as after a crash of the server: there is nothing left to ask.
    lock_screen = await LockScreen.of(phone)
    await phone.open()
    await phone.up_to_date()
    await take_down(phone)
    await lock_screen.push(json.dumps(payload))
    (again,) = await is_shown(phone, DONE)
    assert again["silent"]
    assert again["actions"] == []
    await expect(phone.moments).to_have_count(1)
    await ada.has(mood)


async def test_a_check_in_takes_a_reminder_of_today_down_and_nothing_else(
    phone: Phone, make_phone: MakePhone, sender: Server, ada: Reminded, remind: Remind
) -> None:
    payload = await remind(await minutes_ago(phone))
    lock_screen = await LockScreen.of(phone)
    await lock_screen.push(json.dumps({"web_push": 8030, "notification": {"title": "The tide", "body": "High water"}}))
    await lock_screen.push(json.dumps(payload))
    await is_shown(phone, "High water", GENERIC)

    # Made on another phone: it arrives by sync while the app is open here.
    other = await make_phone(sender, locale="en-GB")
    await other.join_again(ada.name)
    await other.check_in("Cloudy")
    await is_shown(phone, "High water")

    # One that comes whatever was checked in before, and so is answered by the next one: made here, without a network.
    key: str = payload["leeward"]["key"]
    later = {"key": f"later{key[5:]}", "skipHours": None, "dueAt": datetime.now(UTC).isoformat()}
    yesterday = str(date.fromisoformat(payload["leeward"]["date"]) - timedelta(days=1))
    old = later | {"key": f"older{key[5:]}", "date": yesterday}
    await lock_screen.push(changed(payload, notification={"tag": "later"}, leeward=later))
    await lock_screen.push(changed(payload, notification={"tag": "old", "body": "Of yesterday"}, leeward=old))
    await is_shown(phone, "High water", GENERIC, "Of yesterday")
    await phone.open()
    await phone.context.set_offline(offline=True)
    await phone.check_in("Fair")
    await is_shown(phone, "High water", "Of yesterday")
    await phone.context.set_offline(offline=False)
    await ada.has(4, 3)


async def test_the_badge_says_what_waits_for_a_look_and_nothing_of_reminders_or_moods(
    phone: Phone, ada: Reminded, remind: Remind
) -> None:
    payload = await remind(await minutes_ago(phone))
    lock_screen = await LockScreen.of(phone)
    await phone.context.add_init_script(NOTE_BADGES)
    await phone.open()
    await lock_screen.push(json.dumps(payload))
    await is_shown(phone, GENERIC)
    await phone.check_in("Fair")
    await ada.has(4)
    await badges_are(phone, 0)

    # A change that the server has to refuse.
    await phone.context.set_offline(offline=True)
    await phone.check_in("Rainy")
    await phone.page.evaluate(SPOIL_WHAT_WAITS)
    await phone.context.set_offline(offline=False)

    await badges_are(phone, 0, 1)


async def test_with_two_tabs_open_there_is_one_notification_and_a_tap_brings_one_tab_forward(
    phone: Phone, remind: Remind
) -> None:
    payload = await remind(await minutes_ago(phone))
    lock_screen = await LockScreen.of(phone)
    await phone.open("/history")
    history = phone.page
    await phone.new_tab()
    await phone.open("/me")
    await lock_screen.push(json.dumps(payload))
    (reminder,) = await is_shown(phone, GENERIC)
    before = {history: history.url, phone.page: phone.page.url}
    (focused,) = await lock_screen.tap()
    assert focused in before.values()
    for tab, url in before.items():
        await expect(tab).to_have_url(phone.origin + str(reminder["path"]) if url == focused else url)
    assert len(phone.context.pages) == 2
    await is_shown(phone)


async def test_what_comes_while_the_phone_looks_through_the_others_can_be_tapped(phone: Phone, remind: Remind) -> None:
    """Chromium loses sight of a notification that is being shown while a script looks through those that stand."""
    payload = await remind(await minutes_ago(phone))
    lock_screen = await LockScreen.of(phone)
    await phone.page.evaluate(f"() => void ({KEEP_LOOKING})()")
    bodies = [f"High water {number}" for number in range(20)]
    for body in bodies:
        tide = {"title": "The tide", "body": body, "tag": body}
        await lock_screen.push(changed(payload, notification=tide, leeward={"kind": "tide"}))
    await is_shown(phone, *bodies)
    assert await phone.page.evaluate("() => looks") > 0


async def test_whatever_comes_something_is_shown(phone: Phone, remind: Remind) -> None:
    payload = await remind(await minutes_ago(phone))
    lock_screen = await LockScreen.of(phone)
    nonsense = [
        "",
        "{",
        "null",
        "[]",
        "7",
        '"words"',
        "{}",
        '{"web_push":8030}',
        '{"web_push":8030,"notification":null}',
        '{"web_push":8030,"notification":{"title":7,"body":[]}}',
        changed(payload, notification={"title": "", "body": ""}),
        "x" * 3_900,
    ]
    for content in nonsense:
        await lock_screen.push(content)
        (notification,) = await is_shown(phone, SOMETHING)
        assert notification["silent"], content
        assert notification["path"] == "/"
        await take_down(phone)

    # What another version of the server may send: shown as it is, and it leads nowhere else.
    elsewhere = "https://elsewhere.example/me"
    tide = {"title": "The tide", "body": "High water", "navigate": elsewhere}
    unknown = [
        json.dumps({"web_push": 8030, "notification": tide}),
        changed(payload, notification=tide, leeward={"kind": "tide"}),
        changed(payload, notification=tide, leeward={"date": "tomorrow", "slot": 8, "dueAt": "late", "zone": "Mars"}),
    ]
    for content in unknown:
        await lock_screen.push(content)
        (notification,) = await is_shown(phone, "High water")
        assert notification["path"] == "/"
        await take_down(phone)


async def test_last_nights_notification_leads_to_today_and_says_so(phone: Phone, ada: Reminded, remind: Remind) -> None:
    payload = await remind(await minutes_ago(phone))
    lock_screen = await LockScreen.of(phone)
    yesterday = str(date.fromisoformat(payload["leeward"]["date"]) - timedelta(days=1))
    # Nobody has tapped it in the meantime.
    navigate = payload["notification"]["navigate"].replace(payload["leeward"]["date"], yesterday)
    told = {"date": yesterday, "slot": "21:30"}
    await lock_screen.push(changed(payload, notification={"navigate": navigate}, leeward=told))
    (notification,) = await is_shown(phone, GENERIC)
    assert notification["path"] is not None
    await phone.open(notification["path"])
    evening = f"{date.fromisoformat(yesterday):%A} evening"
    said = f"{evening}: that is when your reminder came. This is today’s check-in."
    await expect(phone.page.get_by_role("main")).to_contain_text(said)
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    await phone.check_in("Clear")
    await ada.has(5)
    (saved,) = await ada.check_ins()
    assert str(saved["local_date"]) == payload["leeward"]["date"]


async def test_a_push_for_somebody_who_has_gone_says_nothing_of_them(
    phone: Phone, ada: Reminded, remind: Remind
) -> None:
    payload = await remind(await minutes_ago(phone))
    lock_screen = await LockScreen.of(phone)
    await lock_screen.push(changed(payload, notification={"body": "Tea on the quay"}))
    await is_shown(phone, "Tea on the quay")
    # At each start the phone asks whether the server still knows it: answered, before nobody is signed in any more.
    async with phone.page.expect_response("**/api/push/status"):
        await phone.open("/me/account")
    await phone.button("Sign out").click()
    await phone.dialog.get_by_role("button", name="Sign out", exact=True).click()
    await expect(phone.heading).to_have_text("Me")
    # What stood on the lock screen is gone as well.
    await is_shown(phone)
    assert await ada.subscription() is None
    await lock_screen.push(changed(payload, notification={"body": "Tea on the quay"}))
    (notification,) = await is_shown(phone, SOMETHING)
    assert notification["silent"]
    assert notification["actions"] == []


async def test_the_screens_of_a_phone_that_pushes_reach(phone: Phone) -> None:
    await inspect(phone, REACHED)
