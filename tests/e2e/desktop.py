"""The desktop on which Firefox shows its notifications: a finger on them, where no page can reach.

A headless Firefox opens its notifications as windows of its own, though nobody sees them. They are found and clicked
through its debugger, which speaks the remote debugging protocol of the developer tools.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from tests.e2e.waiting import eventually

Packet = dict[str, Any]

_CLICK: Final = """
(() => {
  for (const alert of Services.wm.getEnumerator('alert:alert')) {
    const words = alert.document.getElementById('alertTextLabel')?.textContent ?? ''
    if (!words.includes(%s) || !alert.gIsActive || alert.closed) continue
    const { left, top, width, height } = alert.document.getElementById('alertTextLabel').getBoundingClientRect()
    for (const type of ['mousedown', 'mouseup']) {
      alert.synthesizeMouseEvent(type, left + width / 2, top + height / 2, { button: 0, clickCount: 1 }, {})
    }
    return true
  }
  return false
})()
"""


class Desktop:
    """A look at a Firefox from outside its pages."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._console = ""

    async def look(self) -> None:
        """Find the browser itself, among everything that can be debugged."""
        await self._read()
        process = await self._ask("root", "getProcess", id=0)
        target = await self._ask(process["processDescriptor"]["actor"], "getTarget")
        self._console = target["process"]["consoleActor"]

    async def click_notification(self, words: str) -> None:
        """Click the notification that says this, as soon as it is there."""

        async def clicked() -> bool:
            return await self.evaluate(_CLICK % json.dumps(words)) is True

        await eventually(clicked, f"a notification that says {words!r}")

    async def evaluate(self, script: str) -> object:
        """What a script answers that runs in the browser itself: text, a number, or whether."""
        asked = await self._ask(self._console, "evaluateJSAsync", text=script)
        while True:
            packet = await self._read()
            if packet.get("resultID") == asked["resultID"]:
                assert not packet.get("hasException"), packet.get("exceptionMessage")
                return packet["result"]

    async def _ask(self, actor: str, question: str, **more: object) -> Packet:
        packet = json.dumps({"to": actor, "type": question, **more}).encode()
        self._writer.write(b"%d:%b" % (len(packet), packet))
        await self._writer.drain()
        while True:
            answer = await self._read()
            # What has a type was not asked for.
            if answer.get("from") == actor and "type" not in answer:
                assert "error" not in answer, answer
                return answer

    async def _read(self) -> Packet:
        length = await self._reader.readuntil(b":")
        packet: Packet = json.loads(await self._reader.readexactly(int(length[:-1])))
        return packet


@asynccontextmanager
async def desktop_at(door: Path) -> AsyncGenerator[Desktop]:
    """Look in through the socket that Firefox was started with."""
    ends: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def opened() -> bool:
        try:
            ends.append(await asyncio.open_unix_connection(door))
        except OSError:
            return False
        return True

    await eventually(opened, "Firefox lets its debugger in")
    reader, writer = ends[0]
    try:
        desktop = Desktop(reader, writer)
        await desktop.look()
        yield desktop
    finally:
        writer.close()
