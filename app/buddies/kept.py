"""Words that are gone for both, kept for a while only so that whoever read them can report them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import asyncpg

from app.buddies import rules

_KEEPING = """
INSERT INTO kept_words (pair_id, id, kind, author, reader, text, written_at, deleted_at)
SELECT said.space_id, said.id, '{kind}', author.account_id, reader.account_id, said.{text}, said.{at}, $2
FROM {kind} said
JOIN membership author ON author.space_id = said.space_id AND author.me = said.{by}
JOIN membership reader ON reader.space_id = said.space_id AND reader.me <> said.{by}
WHERE said.space_id = $1 AND NOT said.deleted {which}
ON CONFLICT DO NOTHING
"""
_MESSAGES = {"kind": "message", "text": "text", "at": "sent_at", "by": "sent_by"}
_HELLOS = {"kind": "hello", "text": "words", "at": "said_at", "by": "id"}

_KEEP = _KEEPING.format(**_MESSAGES, which="AND said.id = $3 AND said.sent_by = $4")
_KEEP_HELLO = _KEEPING.format(**_HELLOS, which="AND said.id = $3")
_KEEP_ALL = [_KEEPING.format(**kind, which="") for kind in (_MESSAGES, _HELLOS)]


async def keep(connection: asyncpg.Connection, pair_id: UUID, message_id: UUID, author: UUID, now: datetime) -> None:
    """Before a message is emptied by its author, if it is theirs."""
    await connection.execute(_KEEP, pair_id, now, message_id, author)


async def keep_hello(connection: asyncpg.Connection, pair_id: UUID, author: UUID, now: datetime) -> None:
    """Before what stands of an author for a missed check-in is taken back, or said anew."""
    await connection.execute(_KEEP_HELLO, pair_id, now, author)


async def keep_all(connection: asyncpg.Connection, pair_id: UUID, now: datetime) -> None:
    """Before everything of a pair is gone."""
    for statement in _KEEP_ALL:
        await connection.execute(statement, pair_id, now)


async def prune(connection: asyncpg.Connection, now: datetime) -> None:
    """After 14 days nobody can report them any more, and they are gone."""
    await connection.execute("DELETE FROM kept_words WHERE deleted_at <= $1", now - rules.WORDS_ARE_KEPT)
