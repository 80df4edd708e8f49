"""A member is told of something in a pair: said in the transaction of what happened, decided about as it is sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.buddies import rules
from app.buddies.news import DEFAULTS, NEWS, Choice, News, What
from app.buddies.rest import Rest, resting
from app.due import service as dues
from app.due.service import Due
from app.push import service as pushes
from app.push.kinds import Decide, Decision, Defer, Drop, PushKind, Send, Waiting, topic_of
from app.push.payload import Notification

_WHO = "SELECT me FROM membership WHERE space_id = $1 AND account_id = ANY($2::uuid[])"

_OTHERS = "SELECT account_id FROM membership WHERE space_id = $1 AND account_id <> $2"

# Where the pair has ended, there is no row. A block ends it too.
_PAIRS = """
SELECT d.ordinality AS number, m.me, other.name, i.reminder_secret AS secret,
       c.messages, c.signals, c.shared_check_ins, c.asks, c.agreements,
       COALESCE(c.name_on_lock_screen, false) AS with_name, h.words AS hello
FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS d (pair_id, account_id, ordinality)
JOIN membership m ON m.space_id = d.pair_id AND m.account_id = d.account_id
JOIN buddy other ON other.space_id = m.space_id AND other.id <> m.me AND NOT other.deleted
LEFT JOIN hello h ON h.space_id = m.space_id AND h.id = other.id AND NOT h.deleted
LEFT JOIN pair_choice c ON c.pair_id = m.space_id AND c.id = m.me AND NOT c.deleted
CROSS JOIN instance i
"""

# What can be taken back before anybody was told of it, of what came after `since`. The newest is looked at first, so
# that a long conversation is not read whole.
_TAKEN_BACK: Final[dict[What, str]] = {
    "message": """
SELECT d.id FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) AS d (id, pair_id, me, since)
WHERE (
    SELECT said.id FROM message said
    WHERE said.space_id = d.pair_id AND said.sent_at >= d.since AND NOT said.deleted AND said.sent_by <> d.me
    ORDER BY said.sent_at DESC LIMIT 1
) IS NULL
""",
    "shared_check_in": """
SELECT d.id FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) AS d (id, pair_id, me, since)
WHERE NOT EXISTS (
    SELECT FROM shared_check_in shared
    WHERE shared.space_id = d.pair_id AND shared.written_at > d.since AND NOT shared.deleted
        AND shared.shared_by <> d.me
)
""",
    # One's own answer to it, a yes and a no all take it off the table.
    "proposal": """
SELECT d.id FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) AS d (id, pair_id, me)
WHERE NOT EXISTS (
    SELECT FROM agreement
    WHERE agreement.space_id = d.pair_id AND agreement.state = 'proposed' AND NOT agreement.deleted
        AND agreement.proposed_by <> d.me
)
""",
}

TITLE: Final = "Leeward"


class _Pair(Struct, frozen=True):
    """What is between the two as it is sent, by `_PAIRS`. Choices are None for whoever has chosen nothing."""

    number: int
    me: UUID
    name: str
    secret: bytes
    messages: bool | None
    signals: bool | None
    shared_check_ins: bool | None
    asks: bool | None
    agreements: bool | None
    with_name: bool
    hello: str | None

    def wants(self, choice: Choice) -> bool:
        chosen: bool | None = getattr(self, choice)
        return DEFAULTS[choice] if chosen is None else chosen


async def tell(
    connection: asyncpg.Connection, pair_id: UUID, account_ids: Collection[UUID], what: What, now: datetime
) -> None:
    """Tell these members of a pair by a push, once the transaction around commits. Of many at once they hear once."""
    rows = await connection.fetch(_WHO, pair_id, list(account_ids))
    await dues.bring_forward(connection, what, [Due(pair_id, row["me"], now) for row in rows])


async def tell_the_other(
    connection: asyncpg.Connection, pair_id: UUID, account_id: UUID, what: What, now: datetime
) -> None:
    """The same, for whoever of the two is not this one."""
    rows = await connection.fetch(_OTHERS, pair_id, account_id)
    await tell(connection, pair_id, [row["account_id"] for row in rows], what, now)


def decides(news: News) -> Decide:
    """Whether something of a pair is shown, by what holds between the two as it is sent."""

    async def decide(connection: asyncpg.Connection, deliveries: Sequence[Waiting], now: datetime) -> list[Decision]:
        accounts = [delivery.account_id for delivery in deliveries]
        rows = await connection.fetch(_PAIRS, [delivery.space_id for delivery in deliveries], accounts)
        found = {pair.number: pair for pair in (_Pair(**row) for row in rows)}
        rest = await resting(connection, set(accounts), now)
        needless: dict[UUID, Drop] = dict.fromkeys(await _taken_back(connection, news, deliveries), Drop("gone"))
        overtaken = await pushes.overtaken(connection, [delivery.id for delivery in deliveries])
        needless |= dict.fromkeys(overtaken, Drop("newer"))
        return [
            _decide(news, found.get(number), delivery, rest.get(delivery.account_id), needless, now)
            for number, delivery in enumerate(deliveries, 1)
        ]

    return decide


KINDS: Final = tuple(PushKind(news.name, decides(news)) for news in NEWS)


async def _taken_back(connection: asyncpg.Connection, news: News, deliveries: Sequence[Waiting]) -> set[UUID]:
    """Of which of these nothing is left."""
    statement = _TAKEN_BACK.get(news.name)
    if statement is None:
        return set()
    rows = await connection.fetch(
        statement,
        [delivery.id for delivery in deliveries],
        [delivery.space_id for delivery in deliveries],
        [delivery.subject for delivery in deliveries],
        # What was put off for its pace is older than when it fell due.
        [delivery.due_at - news.pace for delivery in deliveries],
    )
    return {row["id"] for row in rows}


def _decide(
    news: News,
    pair: _Pair | None,
    delivery: Waiting,
    rest: Rest | None,
    needless: Mapping[UUID, Drop],
    now: datetime,
) -> Decision:
    if pair is None:
        return Drop("parted")
    why_not = needless.get(delivery.id) or _why_not(news, pair, rest)
    if why_not is not None:
        return why_not
    if isinstance(rest, datetime):
        return Defer(rest, rest + news.worth)
    # One notification for each pair and kind of news, however many there are; each delivery has a key of its own.
    topic = topic_of(rules.push_key(pair.secret, news.name, pair.me))
    return Send(
        payload=_notification(news, pair, delivery, topic),
        ttl=int((delivery.expires_at - now).total_seconds()),
        urgency=news.urgency,
        topic=topic,
    )


def _why_not(news: News, pair: _Pair, rest: Rest | None) -> Drop | None:
    if news.name == "hello" and pair.hello is None:
        return Drop("gone")
    if not pair.wants(news.choice):
        return Drop("off")
    return Drop("resting") if rest == "open-ended" else None


def _notification(news: News, pair: _Pair, delivery: Waiting, topic: str) -> Notification:
    language = delivery.language
    says = (news.names if pair.with_name else news.says)[language]
    return Notification(
        title=TITLE,
        body=says.format(name=pair.name, words=pair.hello),
        path=f"/buddies/{delivery.space_id}{news.leads_to}",
        tag=topic,
        lang=language,
        leeward={"kind": news.name, "key": delivery.topic, "pair": str(delivery.space_id)},
    )
