"""What a buddy's pushes lead to in a real Firefox, which gets them from its own push service."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Playwright, expect

from app.embedded_postgres import EmbeddedPostgres
from tests.e2e.agreeing import Two
from tests.e2e.browsers import running_firefox
from tests.e2e.conftest import MakePhone, NewName, phones_for
from tests.e2e.desktop import Desktop, desktop_at
from tests.e2e.reached import all_is_told
from tests.e2e.reminded import is_shown, let_reminders_reach, take_down
from tests.e2e.server import Server, running_server
from tests.e2e.test_talking import said, together, write
from tests.e2e.waiting import eventually
from tests.push.autopush import Autopush, autopush

ASKED: Final = "Somebody would like company."


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
    options = [f"--start-debugger-server={door}", "--remote-allow-system-access"]
    async with running_firefox(playwright, mozilla.address, options) as browser:
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


@pytest_asyncio.fixture(loop_scope="session")
async def two(make_fox: MakePhone, sender: Server, new_name: NewName) -> Two:
    """Ada and ben, who have agreed and heard of it; and from now on pushes reach ben's phone."""
    two = await together(make_fox, new_name)
    await two.ben.offline_ready()
    await all_is_told(sender, two.pair)
    await let_reminders_reach(two.ben)
    return two


async def test_a_push_says_that_a_buddy_wrote_and_leads_there(
    two: Two, desktop: Desktop, sender: Server, mozilla: Autopush
) -> None:
    ada, ben = two.ada, two.ben
    await write(ada, "Ben", "Nobody beside the phone reads this.")
    (push,) = await is_shown(ben, "A buddy wrote to you.")
    assert (push["title"], push["path"], push["actions"]) == ("Leeward", two.path(), [])
    await desktop.click_notification("A buddy wrote to you.")
    await expect(ben.heading).to_have_text("Ada")
    await expect(said(ben, "Ada").first).to_contain_text("Nobody beside the phone reads this.")
    await is_shown(ben)

    # By choice, with the name; of several there is one.
    await ben.open(two.path("/settings"))
    await ben.page.get_by_role("switch", name="Show the name Ada").click()
    await ben.up_to_date()
    await ben.open("/me")
    for text in ("Two", "Three"):
        await write(ada, "Ben", text)
    await is_shown(ben, "Ada wrote to you.")
    await take_down(ben)

    # And turned off for this pair, not at all.
    await ben.open(two.path("/settings"))
    await ben.page.get_by_role("switch", name="Messages").click()
    await ben.up_to_date()
    await write(ada, "Ben", "Four")

    async def is_dropped() -> bool:
        async with sender.database() as connection:
            return await connection.fetchval("SELECT count(*) FROM push_delivery WHERE reason = 'off'") == 1

    await eventually(is_dropped, "the push that nobody wants is dropped")
    await is_shown(ben)
    assert mozilla.wrong == []


async def test_an_ask_is_answered_where_a_tap_on_it_leads(two: Two, desktop: Desktop, mozilla: Autopush) -> None:
    ada, ben = two.ada, two.ben
    await ben.open("/history")
    await ada.open("/reach-out")
    await ada.page.get_by_label("Listen").check()
    await ada.button("Ask Ben").click()
    await expect(ada.page.get_by_text("Asked Ben just now. No answer yet.")).to_be_visible()
    # Two buttons at most, and many desktops show none: all the answers stand where it leads.
    (shown,) = await is_shown(ben, ASKED)
    assert (shown["silent"], shown["path"], shown["actions"]) == (False, two.path(), ["can", "cant"])
    await desktop.click_notification(ASKED)
    await expect(ben.page).to_have_url(ben.origin + two.path())
    await expect(ben.page.get_by_text("Ada would like somebody to listen.")).to_be_visible()
    await is_shown(ben)
    await ben.button("Later today").click()
    await expect(ada.page.get_by_text("Ben can later today.")).to_be_visible()

    # With the app closed a tap opens it there, and an answer can still be another.
    await ada.button("That’s all for now").click()
    await ben.close_tab()
    await ada.open("/reach-out")
    await ada.button("Ask Ben").click()
    async with ben.context.expect_page() as opening:
        await desktop.click_notification(ASKED)
    ben.page = await opening.value
    await expect(ben.page).to_have_url(ben.origin + two.path())
    await ben.button("I can").click()
    await expect(ada.heading).to_have_text("Ben can")
    assert mozilla.wrong == []
