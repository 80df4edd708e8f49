"""Screen after screen, as WCAG, a thumb, a small phone, large text and a dark room see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from playwright.async_api import ViewportSize

from tests.e2e import look
from tests.e2e.phone import SIZE, Phone
from tests.e2e.screens import Screen

NARROW: Final = ViewportSize(width=320, height=640)
WIDE: Final = ViewportSize(width=1280, height=800)


async def inspect(phone: Phone, screens: Sequence[Screen]) -> None:
    """Everything that is wrong on any of these screens, all at once."""
    wrong: list[str] = []
    first, *_ = screens
    for screen in screens:
        await (screen.show(phone) if screen is first else screen.show_next(phone))
        found: dict[str, list[str]] = {}
        if phone.is_chromium:
            for scheme in ("light", "dark"):
                await phone.page.emulate_media(color_scheme=scheme)
                found[f"axe, {scheme}"] = await look.accessibility(phone.page)
            await phone.page.emulate_media(color_scheme=None, reduced_motion="reduce")
            found["moves for whoever wants no motion"] = await look.moving(phone.page)
            await phone.page.emulate_media(reduced_motion=None)
        found["Help now is not there"] = [] if await phone.help_is_near() else ["no link to it"]
        found["too small"] = await look.too_small(phone.page)
        for size in (NARROW, WIDE):
            await phone.page.set_viewport_size(size)
            found[f"too small at {size['width']}"] = await look.too_small(phone.page)
            found[f"cut off at {size['width']}"] = await look.cut_off(phone.page)
        await phone.page.set_viewport_size(SIZE)
        await look.enlarge_text(phone.page, 200)
        found["cut off with large text"] = await look.cut_off(phone.page)
        await look.enlarge_text(phone.page, 100)
        wrong += [f"{screen.name}, {what}: {one}" for what, all_of in found.items() for one in all_of]
    assert not wrong, "\n".join(wrong)
