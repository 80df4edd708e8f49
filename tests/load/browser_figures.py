"""What a person waits for, in real Chromium: a tap until it is saved, the app until it can be used."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
from msgspec import Struct
from playwright.async_api import CDPSession, async_playwright

from tests.e2e.browsers import running_browser
from tests.e2e.phone import Phone, Weather, phone_of
from tests.load.figures import Figure, Section, milliseconds
from tests.load.load import median, percentile
from tests.load.server import Server

TAPS: Final = 200
STARTS: Final = 15
SLOWER: Final = 4
# Seconds between two starts: a tab that was just closed, and all it had begun, takes a core for a while.
REST: Final = 0.7
BUDGET: Final = 80_000
_WEATHERS: Final[tuple[Weather, ...]] = ("Stormy", "Rainy", "Cloudy", "Fair", "Clear")

# From the browser's own time stamp of the tap, before any code of ours runs, until the app says that it is saved (it
# says so when the store has confirmed it), and until that is painted.
_TIME_TAPS: Final = """
window.taps = []
addEventListener('click', (event) => {
  if (!event.target.closest('[data-weather]')) return
  const look = new MutationObserver(() => {
    if (!document.querySelector('main h1')?.textContent.endsWith('Saved.')) return
    look.disconnect()
    const said = performance.now() - event.timeStamp
    requestAnimationFrame(() => setTimeout(() => taps.push([said, performance.now() - event.timeStamp])))
  })
  look.observe(document, { subtree: true, childList: true, characterData: true })
}, true)
"""

# The least that saving something durably on this phone can cost: one row into a store of its own.
_BARE_SAVE: Final = """
() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('bench')
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true })
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const began = performance.now()
    const saving = opening.result.transaction('rows', 'readwrite', { durability: 'strict' })
    saving.objectStore('rows').add({ mood: 3, note: 'x'.repeat(80) })
    saving.oncomplete = () => {
      resolve(performance.now() - began)
      opening.result.close()
    }
  }
})
"""

# From the start of the navigation until the five buttons are there, painted, and would answer a tap.
_TIME_START: Final = """
window.usable = new Promise((resolve) => {
  const look = new MutationObserver(() => {
    if (document.querySelectorAll('main button[data-weather]:enabled').length < 5) return
    look.disconnect()
    requestAnimationFrame(() => setTimeout(() => resolve({
      after: performance.now(),
      scripts: performance.getEntriesByType('resource')
        .filter((one) => new URL(one.name).pathname.endsWith('.js')).map((one) => one.encodedBodySize),
    })))
  })
  look.observe(document, { subtree: true, childList: true })
})
"""

# Some work, in milliseconds: shows whether the brake is on.
_WORK: Final = """
() => {
  const began = performance.now()
  for (let i = 0, sum = 0; i < 3e7; i++) sum += i % 7
  return performance.now() - began
}
"""


class Taps(Struct):
    """Milliseconds of each tap until it was said to be saved, and seen; and of bare saves between them."""

    said: list[float]
    seen: list[float]
    bare: list[float]


class Start(Struct):
    """One start of the app: milliseconds until Today could be used, and the bytes of each script loaded by then."""

    after: float
    scripts: list[int]


async def measure(server: Server) -> list[Section]:
    """All figures of the phone."""
    async with (
        async_playwright() as playwright,
        running_browser(playwright, "chromium", window=True) as browser,
        phone_of(browser, server.origin) as phone,
    ):
        await phone.come_in()
        await phone.sign_up("tapping")
        taps = await _taps(phone)
        await phone.offline_ready()
        brake = await _brake(phone)
        await phone.close_tab()
        await phone.context.set_offline(offline=True)
        warm = await _starts(phone, _as_it_is)
        unbraked = await _starts(phone, _as_it_is, slower=1)
        await phone.context.set_offline(offline=False)
        cold = await _starts(phone, lambda cdp: _forget_the_app(cdp, server.origin))
        return [_tapping(taps, browser.version), _starting(warm, unbraked, cold, brake)]


async def _taps(phone: Phone) -> Taps:
    """Tap and tap, with a bare save between two taps."""
    await phone.context.add_init_script(_TIME_TAPS)
    await phone.open()
    bare: list[float] = []
    for number in range(TAPS):
        await phone.check_in(_WEATHERS[number % len(_WEATHERS)])
        bare.append(msgspec.convert(await phone.page.evaluate(_BARE_SAVE), float))
    taps = msgspec.convert(await phone.page.evaluate("window.taps"), list[tuple[float, float]])
    await phone.up_to_date()
    return Taps([said for said, _ in taps], [seen for _, seen in taps], bare)


async def _starts(
    phone: Phone, before: Callable[[CDPSession], Awaitable[None]], *, slower: int = SLOWER
) -> list[Start]:
    """Open the app in a new tab, again and again."""
    starts: list[Start] = []
    for _ in range(STARTS):
        await phone.page.add_init_script(_TIME_START)
        cdp = await phone.context.new_cdp_session(phone.page)
        await before(cdp)
        await asyncio.sleep(REST)
        await cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        await phone.page.goto(phone.origin, wait_until="commit")
        starts.append(msgspec.convert(await phone.page.evaluate("window.usable"), Start))
        await phone.close_tab()
    return starts


async def _as_it_is(_cdp: CDPSession) -> None:
    """Warm: nothing is taken away."""


async def _forget_the_app(cdp: CDPSession, origin: str) -> None:
    """Cold: what the member wrote is on the phone, the app itself is not."""
    await cdp.send("Network.clearBrowserCache")
    await cdp.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "service_workers,cache_storage"})


async def _brake(phone: Phone) -> float:
    """How many times longer the same work takes under the brake."""
    cdp = await phone.context.new_cdp_session(phone.page)
    took: list[float] = []
    for rate in (1, SLOWER):
        await cdp.send("Emulation.setCPUThrottlingRate", {"rate": rate})
        took.append(min([msgspec.convert(await phone.page.evaluate(_WORK), float) for _ in range(5)]))
    return took[1] / took[0]


def _tapping(taps: Taps, chromium: str) -> Section:
    return Section(
        f"On the phone: a tap (Chromium {chromium})",
        [
            Figure(
                "Tap → saved on the phone, p50 and p99",
                f"**{_p50_and_p99(taps.said)}**",
                f"{len(taps.said)} taps on the weather by a signed-in member, sync running; from the browser's stamp "
                "of the tap until the app says “Saved”, which it does when IndexedDB has confirmed the transaction "
                "(strict durability)",
                "p50 ≤ 100 ms",
                median(taps.said) <= 100,
            ),
            Figure(
                "… of which saving one row, and nothing else, takes",
                f"{_p50_and_p99(taps.bare)} (the tap: {median(taps.said) / median(taps.bare):.1f} times that)",
                "one bare IndexedDB transaction of strict durability after each tap",
            ),
            Figure("… → seen", _p50_and_p99(taps.seen), "the tap until the next frame is painted"),
        ],
    )


def _p50_and_p99(times: list[float]) -> str:
    return f"{milliseconds(median(times) / 1000)} and {milliseconds(percentile(times, 99) / 1000)}"


def _starting(warm: list[Start], unbraked: list[Start], cold: list[Start], brake: float) -> Section:
    scripts = [sum(start.scripts) for start in cold]
    return Section(
        "On the phone: the app starts",
        [
            Figure(
                "Warm and offline",
                f"**{_times(warm)}**",
                f"median (and worst) of {STARTS} new tabs, {REST} s of rest before each, from the start of the "
                f"navigation until the five buttons of Today are painted and answer; {TAPS} check-ins on the phone, no "
                f"network, main thread slowed down {SLOWER} times by CDP (measured: {brake:.1f} times)",
                "≤ 500 ms",
                median([start.after for start in warm]) <= 500,
            ),
            Figure("… without the brake", _times(unbraked), "the same at this machine's own speed"),
            Figure(
                "Cold",
                _times(cold),
                f"the same {SLOWER} times slower and online, with the app neither in a cache nor in its worker; the "
                "server on the same machine",
            ),
            Figure(
                "JavaScript until Today can be used",
                f"**{median(scripts) / 1000:.1f} kB**",
                "bytes of the scripts' bodies as they travelled in the cold starts",
                f"≤ {BUDGET / 1000:.0f} kB",
                max(scripts) <= BUDGET,
            ),
        ],
    )


def _times(starts: list[Start]) -> str:
    times = [start.after / 1000 for start in starts]
    return f"{milliseconds(median(times))} ({milliseconds(max(times))})"
