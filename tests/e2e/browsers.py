"""Real browsers, as Debian ships them: a package's own downloads are never used."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from playwright.async_api import Browser, Playwright

from tests.e2e.phone import BrowserName

CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FIREFOX: Final = os.environ.get("FIREFOX", "/usr/bin/firefox-esr")

# As root there is no sandbox to be had; and nothing may be fetched behind the tests' back.
CHROMIUM_FLAGS: Final = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@asynccontextmanager
async def running_browser(playwright: Playwright, name: BrowserName) -> AsyncGenerator[Browser]:
    """One browser for many phones."""
    browser = await launch(playwright, name)
    try:
        yield browser
    finally:
        await browser.close()


async def launch(playwright: Playwright, name: BrowserName) -> Browser:
    """Start a browser process."""
    if name == "chromium":
        return await playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS))
    return await playwright.firefox.launch(channel="moz-firefox", executable_path=FIREFOX)
