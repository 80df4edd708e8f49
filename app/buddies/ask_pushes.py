"""What becomes of the pushes about an ask as they are sent. None is ever put off: what comes later helps nobody.

They say nothing of what somebody wants, and no name unless the member turned that on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg
from msgspec import Struct

from app.buddies import asks
from app.buddies.asks import State
from app.buddies.reach_out_rules import Answer
from app.push import service as pushes
from app.push.kinds import Decision, Drop, PushKind, Send, Waiting, topic_of
from app.push.payload import Action, Notification

# Where the pair has ended, there is no row.
_LOAD = """
SELECT d.ordinality AS number, ask.state, ask.answer, other.name, i.reminder_secret AS secret,
       COALESCE(c.name_on_lock_screen, false) AS with_name
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS d (pair_id, ask_id, account_id, ordinality)
JOIN ask ON ask.space_id = d.pair_id AND ask.id = d.ask_id AND NOT ask.deleted
JOIN membership m ON m.space_id = d.pair_id AND m.account_id = d.account_id
JOIN buddy other ON other.space_id = m.space_id AND other.id <> m.me AND NOT other.deleted
LEFT JOIN pair_choice c ON c.pair_id = m.space_id AND c.id = m.me AND NOT c.deleted
CROSS JOIN instance i
"""


class _Asked(Struct, frozen=True):
    """An ask as it stands when it is sent, by `_LOAD`. `name`: of the other, for whoever the push is for."""

    number: int
    state: State
    answer: Answer | None
    name: str
    secret: bytes
    with_name: bool


TITLE: Final = "Leeward"
SAYS: Final = {
    "ask": {
        "en": ("Somebody would like company.", "{name} would like company."),
        "de": ("Jemand hätte gern Gesellschaft.", "{name} hätte gern Gesellschaft."),
    },
    "over": {
        "en": ("No longer needed. Thank you.", "{name} no longer needs it. Thank you."),
        "de": ("Nicht mehr nötig. Danke dir.", "{name} braucht es nicht mehr. Danke dir."),
    },
    "answered": {
        "en": ("A buddy answered you.", "{name} answered you."),
        "de": ("Ein Buddy hat dir geantwortet.", "{name} hat dir geantwortet."),
    },
}
CAN: Final = {"en": "I can", "de": "Ich kann"}
CANT: Final = {"en": "Can’t today", "de": "Heute nicht"}
LATER: Final = {"en": "Later today", "de": "Heute später"}


async def decide_ask(connection: asyncpg.Connection, deliveries: Sequence[Waiting], now: datetime) -> list[Decision]:
    """For each in its order: whoever is asked sees it while it is their turn, and once that it is over."""
    found = await _load(connection, deliveries)
    decisions: list[Decision] = []
    for number, delivery in enumerate(deliveries, 1):
        ask = found.get(number)
        if ask is None:
            decisions.append(Drop("parted"))
        elif delivery.slot == asks.OVER:
            decisions.append(await _over(connection, ask, delivery, now))
        elif ask.state != "open" or ask.answer is not None:
            decisions.append(Drop("passed"))
        else:
            decisions.append(_send(_asked(ask, delivery), delivery, now))
    return decisions


async def decide_answered(
    connection: asyncpg.Connection, deliveries: Sequence[Waiting], now: datetime
) -> list[Decision]:
    """For each in its order: whoever asked hears of an answer, also in their own quiet hours; they asked in them."""
    found = await _load(connection, deliveries)
    return [
        Drop("parted")
        if (ask := found.get(number)) is None
        else _send(_notification("answered", ask, delivery, delivery.topic, "/reach-out"), delivery, now)
        for number, delivery in enumerate(deliveries, 1)
    ]


KINDS: Final = (PushKind(asks.KIND, decide_ask), PushKind(asks.ANSWERED, decide_answered))


async def _load(connection: asyncpg.Connection, deliveries: Sequence[Waiting]) -> dict[int, _Asked]:
    rows = await connection.fetch(
        _LOAD,
        [delivery.space_id for delivery in deliveries],
        [delivery.subject for delivery in deliveries],
        [delivery.account_id for delivery in deliveries],
    )
    return {ask.number: ask for ask in (_Asked(**row) for row in rows)}


async def _over(connection: asyncpg.Connection, ask: _Asked, delivery: Waiting, now: datetime) -> Decision:
    """In place of the ask that stands on this device, if one does: whoever has answered needs none."""
    assert delivery.subject is not None  # noqa: S101 - every ask has an id
    key = asks.push_key(ask.secret, delivery.subject)
    if ask.answer is not None or not await pushes.was_sent(connection, key, delivery.session_id):
        return Drop("passed")
    notification = _notification("over", ask, delivery, topic_of(key), f"/buddies/{delivery.space_id}", silent=True)
    return _send(notification, delivery, now)


def _asked(ask: _Asked, delivery: Waiting) -> Notification:
    language = delivery.language
    return _notification(
        "ask",
        ask,
        delivery,
        delivery.topic,
        f"/buddies/{delivery.space_id}",
        actions=(
            Action("can", CAN[language]),
            Action("cant", CANT[language]),
            Action("later", LATER[language]),
        ),
    )


def _notification(
    says: str,
    ask: _Asked,
    delivery: Waiting,
    tag: str,
    path: str,
    *,
    silent: bool = False,
    actions: tuple[Action, ...] = (),
) -> Notification:
    nobody, somebody = SAYS[says][delivery.language]
    return Notification(
        title=TITLE,
        body=somebody.replace("{name}", ask.name) if ask.with_name else nobody,
        path=path,
        tag=tag,
        lang=delivery.language,
        silent=silent,
        actions=actions,
        leeward={
            "kind": delivery.kind,
            "key": delivery.topic,
            "pair": str(delivery.space_id),
            "ask": str(delivery.subject),
        },
    )


def _send(notification: Notification, delivery: Waiting, now: datetime) -> Send:
    return Send(
        payload=notification,
        ttl=int((delivery.expires_at - now).total_seconds()),
        urgency="normal" if notification.silent else "high",
        topic=notification.tag,
    )
