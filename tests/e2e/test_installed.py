"""Leeward from the home screen: Chromium says what it thinks of it, and sends with no page open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.async_api import Playwright, expect

from tests.e2e.browsers import CHROMIUM, CHROMIUM_FLAGS
from tests.e2e.conftest import NewName, chromium_only, with_window
from tests.e2e.gate import Gate
from tests.e2e.member import Member
from tests.e2e.phone import SIZE, Phone
from tests.e2e.server import Server
from tests.e2e.waiting import eventually

pytestmark = with_window


async def test_nothing_stands_in_the_way_of_installing_and_a_restart_without_a_network(
    playwright: Playwright, server: Server, gate: Gate, tmp_path: Path
) -> None:
    async def start() -> Phone:
        # A profile on disk: a window without one can install nothing.
        context = await playwright.chromium.launch_persistent_context(
            tmp_path, executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS), viewport=SIZE
        )
        return await Phone.unpack(context, server.origin)

    phone = await start()
    await phone.come_in()
    await phone.offline_ready()
    devtools = await phone.devtools()
    errors = await devtools.send("Page.getInstallabilityErrors")
    assert errors["installabilityErrors"] == []

    manifest: dict[str, Any] = json.loads((await devtools.send("Page.getAppManifest"))["data"])
    assert manifest["display"] == "standalone"
    assert "maskable" in {icon["purpose"] for icon in manifest["icons"]}
    assert [shortcut["name"] for shortcut in manifest["shortcuts"]] == ["Check in"]
    assert "share_target" not in manifest
    for shortcut in [manifest["start_url"], *(one["url"] for one in manifest["shortcuts"])]:
        await phone.open(shortcut)
        await expect(phone.heading).to_have_text("How’s the weather in you?")
    await phone.check_in("Stormy")
    await phone.context.close()

    await gate.cut()
    again = await start()
    await again.open()
    await expect(again.moments).to_contain_text(["Stormy"])
    await again.check_in("Clear")
    await expect(again.moments).to_have_count(2)
    await again.context.close()
    assert phone.troubles + again.troubles == []


@chromium_only
async def test_what_waits_is_sent_with_no_page_open(phone: Phone, server: Server, new_name: NewName) -> None:
    ada = Member(server, new_name("ada"))

    async def is_known() -> bool:
        return len(phone.context.service_workers) == 1

    await phone.join(ada.name)
    await phone.offline_ready()
    # Only what the driver knows of can be told that there is no network.
    await eventually(is_known, "the worker is known to the driver")
    await phone.context.set_offline(offline=True)
    await phone.tap("Rainy")

    async def wanted() -> bool:
        tags: list[str] = await phone.page.evaluate("async () => (await navigator.serviceWorker.ready).sync.getTags()")
        return tags == ["outbox"]

    await eventually(wanted, "the worker is asked to send")
    await phone.close_tab()
    assert await ada.moods() == []
    await phone.context.set_offline(offline=False)
    await ada.has(2)
    await phone.open()
    await phone.up_to_date()
    await expect(phone.moments).to_have_count(1)
