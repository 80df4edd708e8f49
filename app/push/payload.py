"""What a push says: Declarative Web Push, which every browser takes and our worker reads.

Browsers that know it can show it by themselves; `mutable` asks them to wake the worker first, which knows what the
server cannot know yet. The others hand it to the worker as any push.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from msgspec import Struct

LARGEST: Final = 3000
"""Bytes that a payload may have before it is encrypted. Push services take 4,096 afterwards."""

_encode = msgspec.json.Encoder().encode


class TooLong(ValueError):  # noqa: N818 - read as what it says
    """A notification does not fit into a push."""


class Action(Struct, frozen=True):
    """A button on the notification, where the platform has them: at most two are shown."""

    action: str
    title: str


class Notification(Struct, frozen=True, kw_only=True):
    """What somebody sees, and what the worker is told beside it.

    `path` is where a tap leads, beginning with a slash; `tag` replaces an earlier notification of the same tag;
    `leeward` is for our worker, JSON only. None of it may hold a token or a word that the member did not put there
    for a lock screen.
    """

    title: str
    body: str
    path: str
    tag: str
    lang: str
    leeward: dict[str, Any]
    silent: bool = False
    actions: tuple[Action, ...] = ()


def declarative(notification: Notification, origin: str) -> bytes:
    """The push as JSON in UTF-8, with links to this origin. Raises `TooLong` over 3,000 bytes."""
    link = origin + notification.path
    shown: dict[str, Any] = {
        "title": notification.title,
        "body": notification.body,
        "navigate": link,
        "tag": notification.tag,
        "lang": notification.lang,
        "silent": notification.silent,
        # WebKit wakes the worker with the notification alone, and without what stands beside it.
        "data": notification.leeward,
    }
    if notification.actions:
        # Without a link of its own, an action makes the whole message no declarative one.
        shown["actions"] = [
            {"action": action.action, "title": action.title, "navigate": link} for action in notification.actions
        ]
    payload = _encode({"web_push": 8030, "notification": shown, "mutable": True, "leeward": notification.leeward})
    if len(payload) > LARGEST:
        raise TooLong(f"a notification of {len(payload)} bytes")
    return payload
