"""A member shares a check-in with a buddy, and what is shared follows it: edited with it, gone with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import asyncpg

from app.buddies import agreements, pairs, pushes, rules, shared
from app.buddies.rules import Level
from app.buddies.shared import Content
from app.check_ins import service as check_ins
from app.spaces.actor import Actor
from app.spaces.open_space import OpenSpace

Spaces = Mapping[UUID, OpenSpace]
"""The spaces that a batch has locked."""


async def share(
    connection: asyncpg.Connection,
    actor: Actor,
    check_in_id: UUID,
    pair: OpenSpace | None,
    level: Level,
    now: datetime,
) -> None:
    """A member shares a check-in in a pair, as far as their screen promised and the agreement allows.

    Never refused: with no pair (any more), no agreement or no check-in nothing is shown, and that is all.
    """
    content = await _content(connection, actor, check_in_id)
    if pair is None or content is None:
        return
    me, allowed = await _allowed(connection, actor, pair)
    shown = rules.least(level, allowed)
    if shown == "nothing":
        return
    link = await shared.link(connection, actor.journal_id, check_in_id, pair.id, me, shown)
    if await shared.show(connection, pair, me, link.shared_id, shown, content, now):
        await pushes.tell_the_other(connection, pair.id, actor.account_id, "shared_check_in", now)


async def take_back(
    connection: asyncpg.Connection, actor: Actor, check_in_id: UUID, pair: OpenSpace | None, now: datetime
) -> None:
    """A member shares it with this buddy no more: gone here at once, and there at the phone's next contact."""
    if pair is not None:
        await _hide(connection, actor, check_in_id, {pair.id: pair}, now)


async def follow(
    connection: asyncpg.Connection, actor: Actor, check_in_id: UUID, spaces: Spaces, now: datetime
) -> None:
    """A check-in was changed or deleted: so is what every buddy sees of it."""
    open_pairs = {space.id: space for space in spaces.values() if space.role == "buddy" and not space.is_gone}
    if not open_pairs:
        return
    content = await _content(connection, actor, check_in_id)
    if content is None:
        await _hide(connection, actor, check_in_id, open_pairs, now)
        return
    for link in await shared.links(connection, actor.journal_id, check_in_id, open_pairs):
        pair = open_pairs[link.pair_id]
        me, allowed = await _allowed(connection, actor, pair)
        await shared.show(connection, pair, me, link.shared_id, rules.least(link.level, allowed), content, now)


async def _allowed(connection: asyncpg.Connection, actor: Actor, pair: OpenSpace) -> tuple[UUID, Level]:
    """Who the member is in this pair, and how much they have agreed to share there."""
    me = await pairs.row_of(connection, actor.account_id, pair.id)
    return me, (await agreements.current(connection, pair.id)).shares(me)


async def _hide(
    connection: asyncpg.Connection, actor: Actor, check_in_id: UUID, open_pairs: Spaces, now: datetime
) -> None:
    gone = await shared.unlink(connection, actor.journal_id, check_in_id, open_pairs)
    for pair_id, shared_id in gone.items():
        await shared.hide(connection, open_pairs[pair_id], shared_id, now)


async def _content(connection: asyncpg.Connection, actor: Actor, check_in_id: UUID) -> Content | None:
    moment = await check_ins.moment_of(connection, actor.journal_id, check_in_id)
    return None if moment is None else Content(**moment)
