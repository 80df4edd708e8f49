"""A person's phone: a browser with a store of its own, and what a thumb can do with Leeward on it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal, Self, TypedDict, Unpack, cast
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    ViewportSize,
    expect,
)

from tests.e2e.waiting import eventually

BrowserName = Literal["chromium", "firefox"]
Weather = Literal["Stormy", "Rainy", "Cloudy", "Fair", "Clear"]

SIZE: Final = ViewportSize(width=390, height=844)
SYNC_BETWEEN: Final = {409}
"""A sync between the server's cookie and the store's owner is told so, and waits: no trouble."""
PASSWORD: Final = "lantern in the fog"

# Says in the console what the policy has stopped: no page may ever have reason to.
_TELL_VIOLATIONS: Final = """
document.addEventListener('securitypolicyviolation', (event) => {
  console.error(`CSP: ${event.violatedDirective} stopped ${event.blockedURI} ${event.sample}`)
})
"""

# What browsers say by themselves about a network that is not there; the tests take it away on purpose.
_ABOUT_THE_NETWORK: Final = re.compile(
    r"Failed to load resource|net::ERR_|NetworkError|can’t establish a connection|was interrupted while|"
    r"Loading failed for the module|NS_ERROR_|ServiceWorker intercepted the request"
)


class Options(TypedDict, total=False):
    """What a phone may be told when it is made."""

    viewport: Any
    timezone_id: str
    locale: str
    color_scheme: Literal["dark", "light"]
    reduced_motion: Literal["reduce"]
    device_scale_factor: float
    permissions: list[str]


@dataclass(frozen=True)
class DevTools:
    """What is set through it holds as long as it is kept."""

    session: CDPSession

    async def send(self, command: str, **parameters: object) -> dict[str, Any]:
        answer = await self.session.send(command, parameters)  # pyright: ignore[reportUnknownVariableType]
        return cast("dict[str, Any]", answer)


@dataclass(eq=False)
class Phone:
    """One browser profile, with a tab in front. Whatever the page says that it should not is in `troubles`."""

    context: BrowserContext
    page: Page
    origin: str
    troubles: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set[int])
    """Statuses of 400 and above that the test means the server to give."""
    _on_the_way_in: set[int] = field(default_factory=set[int])
    allowed: str | None = None
    """Words of a console message that the test provokes."""

    @classmethod
    async def unpack(cls, context: BrowserContext, origin: str) -> Self:
        """Take a new phone out of its box: nothing on it, one empty tab."""
        await context.add_init_script(_TELL_VIOLATIONS)
        context.set_default_timeout(20_000)
        phone = cls(context, context.pages[0] if context.pages else await context.new_page(), origin)
        context.on("request", phone._look_at_request)
        context.on("response", phone._look_at_response)
        context.on("console", phone._look_at_message)
        context.on("weberror", lambda error: phone._hear(error.error.message))
        return phone

    # Ways around

    async def open(self, path: str = "/") -> None:
        """Type an address, or open the app from the home screen."""
        await self.page.goto(self.origin + path)
        await expect(self.heading).to_be_visible()

    async def come_in(self) -> None:
        """Open Leeward for the very first time and go through the door."""
        await self.page.goto(self.origin)
        await self.button("Come in").click()
        await expect(self.heading).to_have_text("How’s the weather in you?")

    async def offline_ready(self) -> None:
        """Wait until the whole app is on the phone: its worker is active and has this page."""
        await self.page.evaluate(_WORKER_IN_CHARGE)

    async def go(self, place: Literal["Today", "History", "Buddies", "Toolbox", "Me", "Help now"]) -> None:
        """Tap one of the places that are always there."""
        # A screen's way back may be called the same; the place itself comes first.
        await self.page.get_by_role("link", name=place, exact=True).first.click()
        title = "How’s the weather in you?" if place == "Today" else place
        await expect(self.heading).to_have_text(title)

    async def new_tab(self) -> None:
        """Open a second tab and bring it to the front."""
        self.page = await self.context.new_page()

    async def close_tab(self) -> None:
        """Swipe the tab away. The next one is empty."""
        await self.page.close()
        self.page = await self.context.new_page()

    async def crash(self) -> None:
        """The tab dies without a word to the page; the next one is empty."""
        if self.is_chromium:
            devtools = await self.devtools()
            async with self.page.expect_event("crash"):
                # Never answered: there is nobody left to do it.
                crash = asyncio.create_task(devtools.send("Page.crash"))
            await self.page.close()
            await asyncio.gather(crash, return_exceptions=True)
        await self.close_tab()

    async def devtools(self) -> DevTools:
        """Chromium's side door to the tab in front."""
        return DevTools(await self.context.new_cdp_session(self.page))

    @property
    def is_chromium(self) -> bool:
        browser = self.context.browser
        return browser is None or browser.browser_type.name == "chromium"

    # What is on the screen

    @property
    def heading(self) -> Locator:
        """The title of the screen; beside a list, the detail's."""
        return self.page.locator("main h1:visible").last

    @property
    def sync_line(self) -> Locator:
        """The quiet line that tells the truth about sync."""
        return self.page.locator('a[href="/sync"]')

    @property
    def note(self) -> Locator:
        """The field for one's own words."""
        return self.page.get_by_label("In your own words")

    @property
    def moments(self) -> Locator:
        """Check-ins listed on this screen."""
        return self.page.get_by_role("article")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    async def up_to_date(self) -> None:
        """Wait until nothing waits to be sent, and the phone says so."""
        await eventually(self._has_sent, "everything is sent")
        await expect(self.sync_line).to_have_text("Up to date")

    # What people do

    async def tap(self, weather: Weather) -> None:
        """Tap the weather; wait until the app says that it is saved."""
        await self.button(weather).click()
        await expect(self.heading).to_have_text(f"{weather}. Saved.")

    async def done(self) -> None:
        """Close the moment that is open."""
        await self.button("Done").click()
        await expect(self.heading).to_have_text("How’s the weather in you?")

    async def check_in(self, *weathers: Weather) -> None:
        """Record moments, one after the other."""
        for weather in weathers:
            await self.tap(weather)
            await self.done()

    async def fill_sign_up(self, name: str, password: str = PASSWORD) -> None:
        """Fill in the form for a new account, and send it."""
        self._on_the_way_in = SYNC_BETWEEN
        await self.open("/sign-up")
        await self.page.get_by_label("Name to sign in with").fill(name)
        await self.page.get_by_label("Password", exact=True).fill(password)
        await self.page.get_by_label("Yes, that is fine with me").check()
        await self.page.get_by_label("I am 18 or older").check()
        await self.button("Sign up").click()

    async def keep_codes(self) -> list[str]:
        """Take the recovery codes that are shown once, and put them away."""
        await expect(self.heading).to_have_text("Your recovery codes")
        codes = await self.page.locator("main ol code").all_inner_texts()
        await self.button("I have kept them").click()
        await expect(self.heading).to_have_text("How’s the weather in you?")
        return codes

    async def sign_up(self, name: str) -> list[str]:
        """Make an account; returns its recovery codes."""
        await self.fill_sign_up(name)
        codes = await self.keep_codes()
        await self.up_to_date()
        return codes

    async def join(self, name: str) -> None:
        """Be the phone of a new member, for tests that begin there: no screen is used."""
        await self._come_back("/api/accounts", name, adult=True, consent="2026-11")

    async def join_again(self, name: str) -> None:
        """Be one more phone of somebody who is a member, for tests that begin there: no screen is used."""
        await self._come_back("/api/sessions", name)

    async def _come_back(self, door: str, name: str, **given: object) -> None:
        """As if the app had been closed right after the server's yes: opened again, it finds out who is signed in."""
        self._on_the_way_in = SYNC_BETWEEN
        body = {"name": name, "password": PASSWORD, "deviceLabel": "A phone", **given}
        answer = await self.context.request.post(self.origin + door, data=body, headers={"Origin": self.origin})
        assert answer.ok, await answer.text()
        # Not a page of the app: what it keeps is on the phone before the app is.
        await self.page.goto(self.origin + "/icons/favicon.svg")
        await self.page.evaluate("() => localStorage.setItem('leeward.came-in', 'yes')")
        await self.open()
        await expect(self.sync_line).to_have_text("Up to date")

    async def fill_sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Fill in the form for an account that exists, and send it."""
        self._on_the_way_in = SYNC_BETWEEN
        await self.open("/sign-in")
        await self.page.get_by_label("Name", exact=True).fill(name)
        await self.page.get_by_label("Password", exact=True).fill(password)
        await self.button("Sign in").click()

    async def sign_in(self, name: str) -> None:
        """Sign in on a phone with nothing on it."""
        await self.fill_sign_in(name)
        await expect(self.heading).to_have_text("How’s the weather in you?")
        await self.up_to_date()

    async def set_clock(self, moment: datetime) -> None:
        """Set the pages' clock. The worker's cannot be set: on a phone with two clocks it must not send what waits."""
        await self.context.add_init_script("delete self.ServiceWorkerRegistration?.prototype.sync")
        await self.context.clock.set_fixed_time(moment)

    async def help_is_near(self) -> bool:
        """Whether Help now is one tap away, or here; behind a dialog it waits for that to be closed."""
        if await self.dialog.count() > 0 or "/help" in self.page.url:
            return True
        return await self.page.get_by_role("link", name="Help now", exact=True).is_visible()

    # What is in the store, to wait for what no screen shows

    async def stored(self, table: str) -> list[Any]:
        """Every row of a table of the phone's store."""
        return await self.page.evaluate(_READ_TABLE, table)

    async def draft_is_kept(self) -> None:
        """Wait until what is typed would survive."""
        await eventually(self._has_draft, "a draft in the phone's store")

    async def _has_sent(self) -> bool:
        return not await self.stored("outbox")

    async def _has_draft(self) -> bool:
        return bool(await self.stored("drafts"))

    # What the browser noticed

    def _look_at_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.troubles.append(f"a request to another host: {request.url}")

    def _look_at_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected | self._on_the_way_in:
            self.troubles.append(f"{response.status} for {response.request.method} {response.url}")

    def _look_at_message(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._hear(message.text)

    def _hear(self, words: str) -> None:
        allowed = self.allowed is not None and self.allowed in words
        if not allowed and not _ABOUT_THE_NETWORK.search(words):
            self.troubles.append(f"console: {words}")


_WORKER_IN_CHARGE: Final = """
async () => {
  const workers = navigator.serviceWorker
  await workers.ready
  if (workers.controller === null) {
    await new Promise((taken) => workers.addEventListener('controllerchange', taken, { once: true }))
  }
}
"""

_READ_TABLE: Final = """
(table) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('leeward')
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const database = opening.result
    const reading = database.transaction(table).objectStore(table).getAll()
    reading.onerror = () => reject(reading.error)
    reading.onsuccess = () => {
      database.close()
      resolve(reading.result)
    }
  }
})
"""


@asynccontextmanager
async def phone_of(browser: Browser, origin: str, **options: Unpack[Options]) -> AsyncGenerator[Phone]:
    """A phone in a browser, which goes when the test is over."""
    made: Mapping[str, Any] = {"viewport": SIZE, **options}
    context = await browser.new_context(**made)
    try:
        yield await Phone.unpack(context, origin)
    finally:
        await context.close()
