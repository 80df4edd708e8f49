"""Real browsers, as Debian ships them: a package's own downloads are never used."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, BrowserContext, Playwright

from tests.e2e.phone import SIZE, BrowserName

CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
CHROMIUM_SHELL: Final = os.environ.get("CHROMIUM_SHELL") or os.environ.get(
    "CHROMIUM", "/usr/bin/chromium-headless-shell"
)
"""The same Chromium without a window around it, which costs half: nothing to install it to, no notifications."""

FIREFOX: Final = os.environ.get("FIREFOX", "/usr/bin/firefox-esr")

# As root there is no sandbox to be had; and nothing may be fetched behind the tests' back.
CHROMIUM_FLAGS: Final = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

# Nobody is there to be asked, and a desktop that shows notifications is not there either: Firefox shows its own.
NOTIFICATIONS: Final[Mapping[str, str | float | bool]] = {
    "permissions.default.desktop-notification": 1,
    "alerts.useSystemBackend": False,
    "dom.storageManager.prompt.testing": True,
    "dom.storageManager.prompt.testing.allow": True,
}

# `args` may open the door through which tests/e2e/desktop.py looks at the desktop.
CHROME_DEBUGGER: Final[Mapping[str, str | float | bool]] = {
    "devtools.debugger.remote-enabled": True,
    "devtools.debugger.prompt-connection": False,
    "devtools.chrome.enabled": True,
}


@asynccontextmanager
async def running_browser(
    playwright: Playwright, name: BrowserName, *, window: bool = False
) -> AsyncGenerator[Browser]:
    """One browser for many phones; Chromium with the whole of its window or, as long as nothing needs it, without."""
    browser = await _launch(playwright, name, window=window)
    try:
        yield browser
    finally:
        await browser.close()


@asynccontextmanager
async def running_firefox(
    playwright: Playwright, push_service: str, args: Sequence[str] = ()
) -> AsyncGenerator[Browser]:
    """A Firefox that gets its pushes from `ws://…` and may show notifications."""
    browser = await playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=FIREFOX,
        args=list(args),
        firefox_user_prefs={**_gets_pushes_from(push_service), **CHROME_DEBUGGER},
    )
    try:
        yield browser
    finally:
        await browser.close()


@asynccontextmanager
async def firefox_in(
    playwright: Playwright, zone: str, profile: Path, push_service: str
) -> AsyncGenerator[BrowserContext]:
    """The same on a clock of this zone, its worker too; whatever it keeps stays in `profile` for the next time."""
    context = await playwright.firefox.launch_persistent_context(
        profile,
        channel="moz-firefox",
        executable_path=FIREFOX,
        env={**os.environ, "TZ": zone},
        firefox_user_prefs=_gets_pushes_from(push_service),
        viewport=SIZE,
    )
    try:
        yield context
    finally:
        await context.close()


def _gets_pushes_from(push_service: str) -> dict[str, str | float | bool]:
    return {
        **NOTIFICATIONS,
        "dom.push.serverURL": push_service,
        "dom.push.testing.allowInsecureServerURL": True,
        "dom.push.connection.enabled": True,
        "dom.push.retryBaseInterval": 300,  # milliseconds
    }


async def _launch(playwright: Playwright, name: BrowserName, *, window: bool) -> Browser:
    if name == "chromium":
        path = CHROMIUM if window else CHROMIUM_SHELL
        return await playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
    return await playwright.firefox.launch(channel="moz-firefox", executable_path=FIREFOX)
