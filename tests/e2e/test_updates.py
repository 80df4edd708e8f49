"""A new version of the app: offered, never forced, and nothing lost on the way."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import MakePhone, NewName, both
from tests.e2e.member import Member
from tests.e2e.server import Server

pytestmark = both

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
    """A checkout of tomorrow: one sentence is another, the phone's store has a table more, and all of it is built."""
    root = tmp_path_factory.mktemp("next")
    for part in PARTS:
        source = built / part
        if source.is_dir():
            shutil.copytree(source, root / part, ignore=shutil.ignore_patterns("__pycache__"), symlinks=True)
        else:
            shutil.copy(source, root / part)
    (root / "node_modules").symlink_to((built / "node_modules").resolve())
    source = root / "frontend" / "src"
    replace(source / "words" / "en" / "today.ts", QUESTION, NEXT_QUESTION)
    schema = source / "store" / "schema.ts"
    version = max(int(number) for number in re.findall(r"\bversion: (\d+)", schema.read_text())) + 1
    replace(schema, "\n]\n", f"\n  {{ version: {version}, stores: {{ tides: 'id' }} }},\n]\n")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["npm", "run", "--workspace", "frontend", "build"]
    subprocess.run(command, cwd=root, env={**os.environ, "PATH": path}, check=True, capture_output=True)
    return root


def replace(path: Path, before: str, after: str) -> None:
    text = path.read_text()
    assert text.count(before) == 1
    path.write_text(text.replace(before, after))


async def test_a_new_version_in_the_middle_of_a_sync(
    make_phone: MakePhone, own_server: Server, next_release: Path, new_name: NewName
) -> None:
    ada = Member(own_server, new_name("ada"))
    phone = await make_phone(own_server)
    await phone.join(ada.name)
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

    # It waits for a yes; what is being written and what waits survive the reload, without a network too.
    await own_server.gate.cut()
    await phone.tap("Cloudy")
    await phone.note.fill("In the middle of a sent")
    async with phone.page.expect_event("load"):
        await prompt.get_by_role("button", name="Reload").click()
    kept = phone.moments.filter(has_text="In the middle of a sent")
    await expect(kept.or_(phone.note)).to_be_visible()
    if await phone.note.is_visible():
        await expect(phone.heading).to_have_text("Cloudy. Your words are back.")
        await expect(phone.note).to_have_value("In the middle of a sent")
        await phone.button("Done").click()
    await expect(kept).to_be_visible()
    await expect(phone.page.get_by_role("heading", level=1)).to_have_text(NEXT_QUESTION)

    # The old tab has made room for the new store: it says so, and that a tap in it is not saved.
    phone.page = old_tab
    told = phone.page.get_by_role("status").filter(has_text="Leeward was updated in another tab")
    await expect(told).to_be_visible()
    await expect(phone.heading).to_have_text(QUESTION)
    await phone.button("Stormy").click()
    await expect(phone.heading).to_have_text("Stormy. Not saved yet.")
    async with phone.page.expect_event("load"):
        await told.get_by_role("button", name="Reload").click()
    await expect(phone.heading).to_have_text(NEXT_QUESTION)

    await own_server.gate.open()
    await phone.open()
    await phone.up_to_date()
    assert [(row["mood"], row["note"]) for row in await ada.check_ins()] == [(3, "In the middle of a sent"), (4, None)]
    await phone.tap("Rainy")
    await ada.has(2, 3, 4)
