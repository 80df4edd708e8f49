"""Leeward as people have it: a real server, real browsers, a network that fails."""

from __future__ import annotations

import asyncio
import functools
import itertools
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final, Unpack

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Playwright, async_playwright, expect

from app.embedded_postgres import EmbeddedPostgres
from infra.prepare import app as build_app
from tests.e2e.browsers import running_browser
from tests.e2e.gate import Gate
from tests.e2e.phone import BrowserName, Options, Phone, phone_of
from tests.e2e.server import Server, running_server
from tests.push.local_push_service import LocalPushService, local_push_service

ROOT: Final = Path(__file__).resolve().parents[2]
REPORTS: Final = ROOT / "tests" / "reports"

MakePhone = Callable[..., Awaitable[Phone]]
NewName = Callable[[str], str]
Test = Callable[..., Awaitable[None]]

LONGEST_TEST: Final = 180
"""Seconds, on a busy machine."""

_numbers = itertools.count(1)
_outcome = pytest.StashKey[bool]()

chromium_only = pytest.mark.parametrize("browser_name", ["chromium"], indirect=True)
"""For what other browsers do not have, or cannot be told to do."""

with_window = pytest.mark.window
"""For what Chromium shows outside of the page, or asks of its window: without it, it costs half."""

both = pytest.mark.both
"""For what browsers do each in its own way: in Firefox too at every `make test`, and not by `make nightly` alone."""

expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these need browsers, and share one loop with what lives longer than a test."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            assert isinstance(item, pytest.Function)
            item.obj = _within(LONGEST_TEST, item.obj)


def _within(seconds: float, test: Test) -> Test:
    """The test, which fails instead of hanging for ever when a browser does not answer."""

    @functools.wraps(test)
    async def timed(*arguments: object, **fixtures: object) -> None:
        async with asyncio.timeout(seconds):
            await test(*arguments, **fixtures)

    return timed


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that the test itself failed, for the pictures."""
    report = yield
    if report.when == "call":
        item.stash[_outcome] = report.failed
    return report


@pytest.fixture(scope="session", params=["chromium", "firefox"])
def browser_name(request: pytest.FixtureRequest) -> BrowserName:
    """Which browser it is tried in: both, where nothing else is said."""
    name: BrowserName = request.param
    return name


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def playwright() -> AsyncGenerator[Playwright]:
    async with async_playwright() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def bare_browser(playwright: Playwright, browser_name: BrowserName) -> AsyncGenerator[Browser]:
    async with running_browser(playwright, browser_name) as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser_in_window(playwright: Playwright, browser_name: BrowserName) -> AsyncGenerator[Browser]:
    async with running_browser(playwright, browser_name, window=True) as started:
        yield started


@pytest.fixture
def browser(request: pytest.FixtureRequest, browser_name: BrowserName) -> Browser:
    """The browser of a test, shared with the others."""
    which = "bare_browser" if request.node.get_closest_marker("window") is None else "browser_in_window"
    browser: Browser = request.getfixturevalue(which)
    return browser


@pytest.fixture(scope="session")
def built() -> Path:
    """A checkout whose app is built from the sources as they are now."""
    build_app()
    return ROOT


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def server(
    postgres: EmbeddedPostgres, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Server]:
    """The server that most tests share, each with people of its own."""
    async with running_server(postgres, tmp_path_factory.mktemp("server"), built) as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def own_server(postgres: EmbeddedPostgres, built: Path, tmp_path: Path) -> AsyncGenerator[Server]:
    """A server of the test's own, to be stopped, killed and replaced."""
    async with running_server(postgres, tmp_path, built) as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def gate(server: Server) -> AsyncGenerator[Gate]:
    """The network between the phones and the shared server; open again afterwards."""
    yield server.gate
    await server.gate.open()


@pytest.fixture
def new_name() -> NewName:
    """A name nobody has yet: `new_name("ada")`."""
    return lambda name: f"{name} {next(_numbers)}"


@pytest_asyncio.fixture(loop_scope="session")
async def make_phone(request: pytest.FixtureRequest, browser: Browser, server: Server) -> AsyncGenerator[MakePhone]:
    """Any number of phones: `await make_phone()`, of another server `await make_phone(own_server)`."""
    async with phones_for(request, browser, server) as make:
        yield make


@asynccontextmanager
async def phones_for(request: pytest.FixtureRequest, browser: Browser, server: Server) -> AsyncGenerator[MakePhone]:
    """Any number of phones in this browser. Whatever their pages complained of fails the test."""
    phones: list[Phone] = []
    async with AsyncExitStack() as stack:

        async def make(of: Server = server, **options: Unpack[Options]) -> Phone:
            phone = await stack.enter_async_context(phone_of(browser, of.origin, **options))
            phones.append(phone)
            return phone

        yield make
        # Before the pictures: taking one troubles the page.
        troubles = [trouble for phone in phones for trouble in phone.troubles]
        if troubles or request.node.stash.get(_outcome, False):
            await _picture(request.node.nodeid, phones)
    assert not troubles, "\n".join(troubles)


@pytest_asyncio.fixture(loop_scope="session")
async def phone(make_phone: MakePhone) -> Phone:
    """A phone fresh from its box."""
    return await make_phone()


async def _picture(test: str, phones: list[Phone]) -> None:
    """Leave in tests/reports what every phone showed when the test failed."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w-]+", "-", test.removeprefix("tests/e2e/"))
    for number, phone in enumerate(phones, 1):
        if not phone.page.is_closed():
            await phone.page.screenshot(path=REPORTS / f"{name}-{number}.png", caret="initial")
            (REPORTS / f"{name}-{number}.txt").write_text("\n".join([phone.page.url, *phone.troubles]))


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def pushes() -> AsyncGenerator[LocalPushService]:
    """A push service of this module's own."""
    async with local_push_service() as service:
        yield service


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def sender(
    postgres: EmbeddedPostgres, built: Path, pushes: LocalPushService, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Server]:
    """A server that may send to that push service, and does."""
    folder = tmp_path_factory.mktemp("server")
    async with running_server(postgres, folder, built, LEEWARD_PUSH_HOSTS=pushes.origin) as server:
        yield server
