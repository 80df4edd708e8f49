"""Take the README's pictures into docs/screenshots: `python infra/take_screenshots.py`, after a screen has changed.

A demo of its own, on a free port and a folder that goes away again; a phone of 390 × 844 at twice the density.
Needs Chromium (`CHROMIUM`, default /usr/bin/chromium) and the built app; what it takes is committed.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from app.demo.rules import ADA
from app.demo.service import PASSWORD

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs" / "screenshots"
PHONE: Final = ViewportSize(width=390, height=844)


@contextmanager
def running_demo() -> Generator[str]:
    """The address of a demo, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="leeward-") as data:
        environment = {**os.environ, "LEEWARD_PORT": port, "LEEWARD_DATA": data, "LEEWARD_LOG_LEVEL": "warning"}
        command = [sys.executable, "-m", "app.cli", "demo", "--stop-with-parent"]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
            try:
                for line in server.stdout or ():
                    if found := re.match(r"Leeward is at (\S+)", line):
                        yield found[1]
                        return
                sys.exit("The demo did not start.")
            finally:
                server.terminate()
                server.communicate()


def signed_in(browser: Browser, origin: str, scheme: Literal["light", "dark"]) -> Page:
    """Ada's phone with four months on it, on Today."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, color_scheme=scheme, locale="en-GB")
    page = context.new_page()
    page.goto(origin)
    page.get_by_role("button", name="Come in").click()
    page.goto(f"{origin}/sign-in")
    page.get_by_label("Name", exact=True).fill(ADA.name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Rainy")).to_be_visible()
    expect(page.locator('a[href="/sync"]')).to_have_text("Up to date")
    return page


def remind(page: Page, time: str, label: str, *, without: Sequence[str] = ()) -> None:
    """From the list of reminders: one more, every day but these."""
    page.get_by_role("link", name="Add a reminder").click()
    page.get_by_label("Time 1").fill(time)
    page.get_by_label("Label").fill(label)
    for day in without:
        page.get_by_role("button", name=day).click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reminders")


def take(page: Page, name: str) -> None:
    """Save what the phone shows once it stands still."""
    page.evaluate("() => Promise.all(document.getAnimations().map((one) => one.finished))")
    page.screenshot(path=FOLDER / f"{name}.png")


def main() -> None:
    """Take all of them anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_demo() as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        light = signed_in(browser, origin, "light")
        take(light, "today-light")
        light.get_by_role("link", name="History", exact=True).click()
        expect(light.get_by_text("You showed up on").first).to_be_visible()
        take(light, "history-light")

        light.get_by_role("link", name="Me", exact=True).click()
        light.get_by_role("link", name="Reminders").click()
        remind(light, "08:00", "Before work", without=("Saturday", "Sunday"))
        remind(light, "20:30", "")
        expect(light.locator('a[href="/sync"]')).to_have_text("Up to date")
        take(light, "reminders-light")

        light.get_by_role("link", name="Buddies", exact=True).click()
        light.get_by_role("link", name="Ben").click()
        expect(light.get_by_role("heading", name="You and Ben")).to_be_visible()
        light.evaluate("() => document.activeElement?.blur()")
        take(light, "buddy-light")

        dark = signed_in(browser, origin, "dark")
        dark.get_by_role("link", name="Reach out").click()
        expect(dark.get_by_role("button", name="Ask Ben")).to_be_visible()
        dark.evaluate("() => document.activeElement?.blur()")
        take(dark, "reach-out-dark")
        dark.get_by_role("link", name="Today", exact=True).click()
        dark.get_by_role("button", name="Rainy").click()
        expect(dark.get_by_role("heading", level=1)).to_have_text("Rainy. Saved.")
        dark.get_by_role("region", name="Feelings").get_by_role("button").first.click()
        expect(dark.get_by_text("Saved", exact=True)).to_be_visible()
        dark.evaluate("() => document.activeElement?.blur()")
        take(dark, "saved-dark")
        browser.close()


if __name__ == "__main__":
    main()
