"""Looking at a screen with a ruler: what a thumb can hit, what is cut off, what moves, what axe says."""

from __future__ import annotations

from typing import Any, Final, cast

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page, ViewportSize

SMALLEST: Final = 44
"""CSS pixels, in both directions."""

_AXE: Final = """
() => axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}).then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>
  nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)} ${node.any.map((one) => one.message).join('; ')}`)))
"""

# A link within a sentence may be as small as its words (WCAG 2.5.8); whatever else takes a tap may not.
_TOO_SMALL: Final = """
(smallest) => {
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link]'
  const wordsBeside = (element) => [...element.parentElement.childNodes].some(
    (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '')
  const inSentence = (element) =>
    element.matches('a') && getComputedStyle(element).display === 'inline' && wordsBeside(element)
  const area = (element) => {
    if (element.matches('input[type=checkbox], input[type=radio]')) return element.closest('label') ?? element
    // A link stretched over the card it stands in.
    const over = getComputedStyle(element, '::after')
    if (over.position !== 'absolute' || over.content === 'none') return element
    let at = element
    while (getComputedStyle(at).position === 'static') at = at.parentElement
    return at
  }
  return [...document.querySelectorAll(controls)]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !inSentence(element))
    .map((element) => ({ element, box: area(element).getBoundingClientRect() }))
    .filter(({ box }) => box.width < smallest - 0.1 || box.height < smallest - 0.1)
    .map(({ element, box }) =>
      `${element.outerHTML.slice(0, 120)} is ${box.width.toFixed(1)} × ${box.height.toFixed(1)}`)
}
"""

_CUT_OFF: Final = """
() => {
  const root = document.documentElement
  if (root.scrollWidth <= root.clientWidth) return []
  const wide = [...document.querySelectorAll('body *')].filter(
    (element) => element.getBoundingClientRect().right > root.clientWidth + 0.5 && element.children.length === 0)
  return [`${root.scrollWidth} px of ${root.clientWidth}: ` +
    wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).join(' and ')]
}
"""

_MOVING: Final = """
() => {
  const time = (value) => Math.max(...value.split(',').map(parseFloat))
  const moves = (style) =>
    (style.animationName !== 'none' && time(style.animationDuration) > 0) || time(style.transitionDuration) > 0
  return [...document.querySelectorAll('*')].flatMap((element) =>
    [null, '::before', '::after', '::backdrop']
      .filter((part) => moves(getComputedStyle(element, part)))
      .map((part) => `${element.outerHTML.slice(0, 120)} ${part ?? ''}`))
}
"""


async def accessibility(page: Page) -> list[str]:
    """What axe finds on the whole page, with nothing scrolled under a bar and nothing on the move; each in a line."""
    size = page.viewport_size
    assert size is not None
    height: int = await page.evaluate("() => document.documentElement.scrollHeight")
    await page.set_viewport_size(ViewportSize(width=size["width"], height=max(height, size["height"])))
    await page.wait_for_function("() => document.getAnimations().every(({ playState }) => playState !== 'running')")
    # Half a megabyte, which stays until the page goes.
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    found = await _lines(page, _AXE)
    await page.set_viewport_size(size)
    return found


async def too_small(page: Page) -> list[str]:
    """Controls that a thumb would miss."""
    return await _lines(page, _TOO_SMALL, SMALLEST)


async def cut_off(page: Page) -> list[str]:
    """What makes the page wider than the screen."""
    return await _lines(page, _CUT_OFF)


async def moving(page: Page) -> list[str]:
    """What is animated."""
    return await _lines(page, _MOVING)


async def enlarge_text(page: Page, percent: int) -> None:
    """The browser's own text size, as much larger."""
    await page.evaluate("(size) => { document.documentElement.style.fontSize = `${106.25 * size / 100}%` }", percent)


async def _lines(page: Page, script: str, argument: object = None) -> list[str]:
    answer: Any = await page.evaluate(script, argument)
    return cast("list[str]", answer)
