"""A new version of the app: offered, never forced, and nothing lost on the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import MakePhone, NewName
from tests.e2e.member import Member
from tests.e2e.server import Server

QUESTION = "How’s the weather in you?"
NEXT_QUESTION = "How is the weather in you now?"
PARTS = (
    "app",
    "frontend",
    "service-worker",
    "package.json",
    "package-lock.json",
    "tsconfig.base.json",
    "pyproject.toml",
)


@pytest.fixture(scope="session")
def next_release(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of tomorrow: one sentence is another, and all of it is built."""
    root = tmp_path_factory.mktemp("next")
    for part in PARTS:
        source = built / part
        if source.is_dir():
            shutil.copytree(source, root / part, ignore=shutil.ignore_patterns("__pycache__"), symlinks=True)
        else:
            shutil.copy(source, root / part)
    (root / "node_modules").symlink_to((built / "node_modules").resolve())
    words = root / "frontend" / "src" / "words" / "en" / "today.ts"
    before = words.read_text()
    assert QUESTION in before
    words.write_text(before.replace(QUESTION, NEXT_QUESTION))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["npm", "run", "--workspace", "frontend", "build"]
    subprocess.run(command, cwd=root, env={**os.environ, "PATH": path}, check=True, capture_output=True)
    return root


async def test_a_new_version_in_the_middle_of_a_sync(
    make_phone: MakePhone, own_server: Server, next_release: Path, new_name: NewName
) -> None:
    ada = Member(own_server, new_name("ada"))
    phone = await make_phone(own_server)
    # A screen that the next version has another file for, not loaded yet.
    phone.expected = {404}
    await phone.come_in()
    await phone.sign_up(ada.name)
    await phone.offline_ready()
    first = phone.page
    await phone.new_tab()
    await phone.open()
    await expect(phone.heading).to_have_text(QUESTION)
    old_tab, phone.page = phone.page, first

    held = own_server.gate.hold_reply("POST /api/sync")
    await phone.tap("Fair")
    await held.arrived()
    await own_server.restart(next_release)
    held.lose()
    await phone.page.evaluate("async () => { await (await navigator.serviceWorker.getRegistration()).update() }")
    prompt = phone.page.get_by_role("status").filter(has_text="A new version is ready.")
    await expect(prompt).to_be_visible()

    # It waits for a yes; what is being written goes on, and survives the reload.
    await phone.note.fill("In the middle of a sent")
    await phone.button("Reload").click()
    kept = phone.moments.filter(has_text="In the middle of a sent")
    await expect(kept.or_(phone.note)).to_be_visible()
    if await phone.note.is_visible():
        await expect(phone.heading).to_have_text("Fair. Your words are back.")
        await expect(phone.note).to_have_value("In the middle of a sent")
    await phone.up_to_date()
    await phone.open()
    await expect(phone.heading).to_have_text(NEXT_QUESTION)
    await expect(phone.moments).to_contain_text(["In the middle of a sent"])
    assert [(row["mood"], row["note"]) for row in await ada.check_ins()] == [(4, "In the middle of a sent")]

    # The other tab is not reloaded under anybody's hands; it offers the same, and saves meanwhile.
    phone.page = old_tab
    await expect(phone.heading).to_have_text(QUESTION)
    await expect(phone.page.get_by_role("status").filter(has_text="A new version is ready.")).to_be_visible()
    await phone.tap("Rainy")
    await ada.has(2, 4)
    await phone.page.get_by_role("link", name="Me", exact=True).click()
    await expect(phone.heading).to_have_text("Me")
