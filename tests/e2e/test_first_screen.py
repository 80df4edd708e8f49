"""The first screen comes first: what takes a slow phone long waits until it stands."""

from __future__ import annotations

from typing import Final

from playwright.async_api import expect

from tests.e2e.conftest import both
from tests.e2e.phone import Phone

pytestmark = both

# Each is noted with whether the first screen stood; the first format of a page takes a slow phone fifty milliseconds.
_NOTE_FORMATS: Final = """
window.formats = []
for (const name of ['DateTimeFormat', 'NumberFormat', 'PluralRules', 'ListFormat', 'DisplayNames', 'Collator']) {
  Intl[name] = new Proxy(Intl[name], {
    construct(format, given) {
      window.formats.push({ name, first: document.querySelector('main h1') === null })
      return new format(...given)
    },
  })
}
"""


async def test_the_first_screen_is_there_before_the_browsers_formats(phone: Phone) -> None:
    await phone.page.add_init_script(_NOTE_FORMATS)
    await phone.open()
    assert await _before_the_screen(phone) == []
    await phone.button("Come in").click()
    await expect(phone.button("Fair")).to_be_enabled()
    await phone.open()
    assert await _before_the_screen(phone) == []
    await phone.check_in("Fair")
    assert await phone.page.evaluate("formats.length") > 0, "the formats are noted"


async def _before_the_screen(phone: Phone) -> list[str]:
    return await phone.page.evaluate("formats.filter(({ first }) => first).map(({ name }) => name)")
