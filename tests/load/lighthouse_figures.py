"""What Lighthouse says of the app on a phone: the door that a first visitor sees, and Today."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct, field
from playwright.async_api import async_playwright

from tests.e2e.browsers import CHROMIUM, CHROMIUM_FLAGS
from tests.e2e.phone import SIZE, Phone
from tests.load.figures import Figure, Section
from tests.load.server import Server

FOLDER: Final = Path(__file__).parent / "lighthouse"
RUNS: Final = 3
_PATIENCE: Final = 180.0  # seconds
_TRIES: Final = 3
_CATEGORIES: Final = ("performance", "accessibility", "best-practices")


class AuditRef(Struct):
    """An audit in a category, and what it counts for there."""

    id: str
    weight: float


class Category(Struct, rename="camel"):
    """A category's score, 0 to 1."""

    score: float | None
    audit_refs: list[AuditRef]


class Audit(Struct, rename="camel"):
    """One thing that Lighthouse looked at; a score of None means that it did not apply."""

    title: str
    score: float | None
    display_value: str = ""


class Report(Struct, rename="camel"):
    """Lighthouse's report, as far as it is told here."""

    lighthouse_version: str
    categories: dict[str, Category]
    audits: dict[str, Audit]
    runtime_error: dict[str, str] | None = field(default=None)

    def score(self, category: str) -> int:
        """0 to 100."""
        return round((self.categories[category].score or 0) * 100)

    def complaints(self) -> list[str]:
        """What it takes points off for."""
        counted = {ref.id for category in self.categories.values() for ref in category.audit_refs if ref.weight > 0}
        audits = (self.audits[name] for name in sorted(counted))
        return [f"{a.title} ({a.display_value or a.score})" for a in audits if a.score is not None and a.score < 1]


async def measure(server: Server) -> list[Section]:
    """The median of three runs for both screens."""
    _install()
    with tempfile.TemporaryDirectory(prefix="leeward-lighthouse-", ignore_cleanup_errors=True) as profile:
        door = [await _run(server, profile) for _ in range(RUNS)]
        async with async_playwright() as playwright:
            context = await playwright.chromium.launch_persistent_context(
                profile, executable_path=CHROMIUM, args=list(CHROMIUM_FLAGS), viewport=SIZE
            )
            phone = await Phone.unpack(context, server.origin)
            await phone.come_in()
            await phone.offline_ready()
            await context.close()
        today = [await _run(server, profile, "--disable-storage-reset") for _ in range(RUNS)]
    return [
        Section(
            f"Lighthouse {door[0].lighthouse_version}, mobile: performance / accessibility / best practices",
            [
                _figure(
                    "The very first visit (the door)", door, "empty cache, Lighthouse's own slow phone and network"
                ),
                _figure("Today, on a phone that has come in", today, "with what the phone has kept"),
            ],
        )
    ]


def _install() -> None:
    """Lighthouse as locked, for the bench alone."""
    npm = Path(sys.executable).parent / "npm"
    lock, installed = FOLDER / "package-lock.json", FOLDER / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    subprocess.run([npm, "ci", "--ignore-scripts", "--silent"], cwd=FOLDER, check=True, env=_environment())


async def _run(server: Server, profile: str, *options: str) -> Report:
    """Once, or once more: now and then Lighthouse loses the beginning of a trace, says so, and asks for that."""
    for _ in range(_TRIES):
        async with _chromium(profile) as port:
            report = await _report(server, port, *options)
        if report is not None:
            return report
    raise RuntimeError("Lighthouse did not come to its end")


@asynccontextmanager
async def _chromium(profile: str) -> AsyncGenerator[int]:
    """A browser for one run, as a person opens it; yields where it can be driven from.

    One that has shown the app before, or has a second driver, first spends a tenth of a second on being driven by
    Lighthouse, which counts that as the app's.
    """
    port = _free_port()
    process = await asyncio.create_subprocess_exec(
        CHROMIUM,
        *CHROMIUM_FLAGS,
        "--headless=new",
        f"--remote-debugging-port={port}",
        f"--user-data-dir={profile}",
        "about:blank",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        await _until_it_listens(port)
        yield port
    finally:
        process.terminate()
        await process.wait()


async def _until_it_listens(port: int) -> None:
    async with asyncio.timeout(_PATIENCE):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


async def _report(server: Server, port: int, *options: str) -> Report | None:
    command: list[str | Path] = [
        Path(sys.executable).parent / "node",
        FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js",
        server.origin + "/",
        f"--port={port}",
        "--output=json",
        "--quiet",
        "--no-enable-error-reporting",
        f"--only-categories={','.join(_CATEGORIES)}",
        *options,
    ]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, env=_environment())
    async with asyncio.timeout(_PATIENCE):
        told, _ = await process.communicate()
    if process.returncode != 0:
        return None
    report = msgspec.json.decode(told, type=Report)
    if report.runtime_error is not None:
        raise RuntimeError(f"Lighthouse: {report.runtime_error.get('message')}")
    return report


def _figure(name: str, reports: Sequence[Report], condition: str) -> Figure:
    middle = sorted(reports, key=lambda report: report.score("performance"))[len(reports) // 2]
    scores = [middle.score(category) for category in _CATEGORIES]
    complaints = middle.complaints()
    return Figure(
        name,
        f"**{' / '.join(map(str, scores))}**",
        f"{condition}; the middle one of {len(reports)} runs. Points off for: {'; '.join(complaints) or 'nothing'}",
        "100 / 100 / 100",
        min(scores) == 100,
    )


def _environment() -> dict[str, str]:
    """Node's wheel stands in the environment's own folder."""
    folder = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}", "CHROME_PATH": CHROMIUM}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
