"""The kind `test`: what somebody sees who asked whether pushes reach this device."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg

from app.push.kinds import Decision, PushKind, Send, Waiting
from app.push.payload import Notification

NAME: Final = "test"

_BODY: Final = {
    "en": "This is the test you asked for. Pushes reach this device.",
    "de": "Das ist der Test, um den du gebeten hast. Nachrichten erreichen dieses Gerät.",
}


async def decide(_connection: asyncpg.Connection, deliveries: Sequence[Waiting], now: datetime) -> list[Decision]:
    """Show it while it is worth something."""
    return [_shown(waiting, now) for waiting in deliveries]


def _shown(waiting: Waiting, now: datetime) -> Send:
    notification = Notification(
        title="Leeward",
        body=_BODY.get(waiting.language, _BODY["en"]),
        path="/me/reminders",
        tag=waiting.topic,
        lang=waiting.language,
        leeward={"kind": NAME, "key": waiting.topic},
    )
    return Send(notification, int((waiting.expires_at - now).total_seconds()), "high", waiting.topic)


KIND: Final = PushKind(NAME, decide)
