"""What becomes of a reminder in the moment in which it is sent: shown, put off, or not shown after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

import asyncpg

from app.check_ins import service as check_ins
from app.push.kinds import Decision, Defer, Drop, PushKind, Send, Waiting
from app.push.payload import Action, Notification
from app.reminders import rules
from app.reminders.service import DUE, HOME, quiet_hours

RULES = """
SELECT d.ordinality, r.label, r.skip_hours, r.zone IS NULL AS follows, COALESCE(r.zone, g.zone, $3) AS zone,
       g.quiet_from, g.quiet_to, g.paused_until, COALESCE(g.shows_label, false) AS shows_label
FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS d (space_id, subject, ordinality)
JOIN reminder r ON r.space_id = d.space_id AND r.id = d.subject AND r.is_on AND NOT r.deleted
LEFT JOIN reminding g ON g.space_id = d.space_id
"""

TITLE: Final = "Leeward"
BODY: Final = {"en": "A moment for you?", "de": "Ein Moment für dich?"}
BETTER: Final = {"en": "Better", "de": "Besser"}
NOT_SO_GOOD: Final = {"en": "Not so good", "de": "Nicht so gut"}
"""What somebody beside the phone reads: nothing that says more than that there is an app."""


async def decide(connection: asyncpg.Connection, deliveries: Sequence[Waiting], now: datetime) -> list[Decision]:
    """For each in its order, by the member's rules as they are now."""
    spaces = [delivery.space_id for delivery in deliveries]
    rows = await connection.fetch(RULES, spaces, [delivery.subject for delivery in deliveries], HOME)
    found = {row["ordinality"]: row for row in rows}
    earliest = min((one.due_at for one in deliveries), default=now) - timedelta(hours=rules.LONGEST_SKIP)
    checked_in = await check_ins.latest(connection, {space for space in spaces if space}, earliest)
    return [
        _decide(found.get(number), delivery, checked_in.get(delivery.space_id) if delivery.space_id else None, now)
        for number, delivery in enumerate(deliveries, 1)
    ]


KIND = PushKind(DUE, decide)


def _decide(rule: Any, delivery: Waiting, last_check_in: datetime | None, now: datetime) -> Decision:  # noqa: ANN401 - a record of asyncpg
    zone = rule and rules.zone_of(rule["zone"])
    if rule is None or zone is None:
        return Drop("off")
    if rules.is_paused(date.fromisoformat(rule["paused_until"]) if rule["paused_until"] else None, now, zone):
        return Drop("paused")
    if rules.is_done(last_check_in, rule["skip_hours"], delivery.due_at):
        return Drop("done")
    if now >= delivery.expires_at:
        return Drop("too-late")
    until = rules.quiet_until(now, quiet_hours(rule["quiet_from"], rule["quiet_to"]), zone)
    if until is not None:
        return Defer(until, until + rules.CATCH_UP)
    return Send(
        payload=_notification(rule, delivery, zone.key),
        ttl=int((delivery.expires_at - now).total_seconds()),
        urgency="normal",
        topic=delivery.topic,
    )


def _notification(rule: Any, delivery: Waiting, zone: str) -> Notification:  # noqa: ANN401 - a record of asyncpg
    language = delivery.language
    day = str(delivery.local_date)
    subject: UUID | None = delivery.subject
    return Notification(
        title=TITLE,
        body=rule["label"] if rule["shows_label"] and rule["label"] else BODY[language],
        path="/?" + urlencode({"reminder": delivery.topic, "date": day}),
        tag=delivery.topic,
        lang=language,
        actions=(Action("better", BETTER[language]), Action("not-so-good", NOT_SO_GOOD[language])),
        leeward={
            "kind": DUE,
            "key": delivery.topic,
            "reminder": str(subject),
            "date": day,
            "slot": delivery.slot,
            "dueAt": delivery.due_at.isoformat(),
            "skipHours": rule["skip_hours"],
            "zone": zone,
            "follows": rule["follows"],
        },
    )
