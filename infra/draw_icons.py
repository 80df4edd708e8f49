"""Draw the app's icons, most into frontend/public/icons: `python infra/draw_icons.py`, after changing a line here.

One picture, a sail in the lee of the wind with the sun behind it, in the shapes that home screens ask for.
Needs Chromium (`CHROMIUM`, default /usr/bin/chromium) to turn SVG into PNG; what it makes is committed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "frontend" / "public" / "icons"

SEA: Final = "#1F6F78"
PAPER: Final = "#F7F5F0"
SUN: Final = "#F3DDA6"
SAND: Final = "#EFE7D6"
INK: Final = "#1E2A32"

# In a square of 512, all of it within the circle of radius 200 that every mask leaves.
SAIL: Final = f"""
<circle cx="318" cy="226" r="58" fill="{SUN}"/>
<path d="M250 106 C306 178 330 258 326 338 L250 338 Z" fill="{PAPER}"/>
<path d="M226 170 C212 236 184 296 148 338 L226 338 Z" fill="{PAPER}" fill-opacity="0.72"/>
<path d="M118 386 c34 -26 62 -26 92 0 s62 26 92 0 s62 -26 92 0"
      fill="none" stroke="{PAPER}" stroke-width="22" stroke-linecap="round"/>
"""

# Sun behind a cloud, as on the button "Fair": one stroke weight, 1.7 at 24.
FAIR: Final = f"""
<g fill="none" stroke="{INK}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">
<path d="M9 3.2v1.6M3.6 9.6h1.6M5 5l1.1 1.1M13 5l-1.1 1.1M6.6 12.2a3.6 3.6 0 1 1 5.9-3.4"/>
<path d="M9.5 19.5h8a3.3 3.3 0 0 0 .4-6.6 4.6 4.6 0 0 0-8.9 1.1 2.8 2.8 0 0 0 .5 5.5Z"/>
</g>
"""


def picture(content: str, *, box: int, colour: str, corner: float) -> str:
    """Write an SVG of `box` units with a ground of `colour`, whose corners are rounded by `corner` of its width."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box} {box}">'
        f'<rect width="{box}" height="{box}" rx="{box * corner:g}" fill="{colour}"/>{content}</svg>'
    ).replace("\n", "")


ROUNDED: Final = picture(SAIL, box=512, colour=SEA, corner=0.22)
FULL: Final = picture(SAIL, box=512, colour=SEA, corner=0)
CHECK_IN: Final = picture(FAIR, box=24, colour=SAND, corner=0.22)

PICTURES: Final = (
    (FOLDER / "icon-192.png", ROUNDED, 192),
    (FOLDER / "icon-512.png", ROUNDED, 512),
    (FOLDER / "maskable-192.png", FULL, 192),
    (FOLDER / "maskable-512.png", FULL, 512),
    (FOLDER / "apple-touch-icon.png", FULL, 180),
    (FOLDER / "favicon-32.png", ROUNDED, 32),
    (FOLDER / "shortcut-check-in-96.png", CHECK_IN, 96),
    (ROOT / "service-worker" / "icon.png", ROUNDED, 128),
)


def draw(browser: Browser, path: Path, svg: str, size: int) -> None:
    """Save an SVG as a PNG of `size` pixels, see-through outside its ground."""
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{svg}")
    page.screenshot(path=path, omit_background=True)
    page.close()


def main() -> None:
    """Draw all of them anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "favicon.svg").write_text(ROUNDED + "\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for path, svg, size in PICTURES:
            draw(browser, path, svg, size)
        browser.close()


if __name__ == "__main__":
    main()
