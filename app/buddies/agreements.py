"""The agreement of a pair: each speaks for themselves, one proposes, the other says yes.

Who shares less from now on needs nobody's yes for it: that counts at once.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

import asyncpg
import msgspec
from msgspec import Struct

from app.buddies import pace, rules, shared
from app.buddies.rules import Level
from app.errors import Refused
from app.spaces.open_space import OpenSpace

_IN_FORCE = "in-force"

_CURRENT = """
SELECT id, state, proposed_by, parts, worried, review_on FROM agreement WHERE space_id = $1 AND NOT deleted
"""

_KNOWN = "SELECT deleted FROM agreement WHERE space_id = $1 AND id = $2"

# Also those that are off the table. What both said yes to is a row of its own.
_PROPOSED = """
SELECT count(*) FROM (
    SELECT written_at FROM agreement WHERE space_id = $1 AND proposed_by = $2 AND state = 'proposed'
    ORDER BY version DESC LIMIT $4
) AS last WHERE written_at > $3
"""

_WRITE = """
INSERT INTO agreement (space_id, id, version, deleted, written_at, state, proposed_by, parts, worried, review_on)
VALUES ($1, $2, $3, false, $4, $5, $6, $7::jsonb, $8, $9)
ON CONFLICT (space_id, id) DO UPDATE SET
    version = EXCLUDED.version, deleted = false, written_at = EXCLUDED.written_at, state = EXCLUDED.state,
    proposed_by = EXCLUDED.proposed_by, parts = EXCLUDED.parts, worried = EXCLUDED.worried,
    review_on = EXCLUDED.review_on
"""

_BURY = """
UPDATE agreement SET version = $3, deleted = true, written_at = $4, parts = '{}', worried = '', review_on = NULL
WHERE space_id = $1 AND id = $2
"""


class Part(Struct, rename="camel"):
    """What one of the two says for themselves. Days from 1 Monday to 7 Sunday, hours local: "18:00"."""

    shares: Level = "nothing"
    days: list[int] = []
    hours_from: str | None = None
    hours_to: str | None = None
    not_on_call: bool = False


class Terms(Struct, rename="camel"):
    """What somebody proposes: their own part, and what both do. `worried`: what to do if one is worried."""

    part: Part
    worried: str = ""
    review_on: str | None = None


class Agreement(Struct, frozen=True):
    """An agreement as it is kept; `parts` by the row in the pair."""

    id: UUID
    proposed_by: UUID
    parts: dict[UUID, Part]
    worried: str
    review_on: str | None


class Agreements(Struct, frozen=True):
    """What two have agreed on, and what one of them proposes."""

    in_force: Agreement | None
    proposed: Agreement | None

    def shares(self, member: UUID) -> Level:
        """What of their check-ins a member shares at most: nothing before both said yes."""
        return "nothing" if self.in_force is None else _shares(self.in_force, member)


_parts = msgspec.json.Decoder(dict[UUID, Part])


async def current(connection: asyncpg.Connection, pair_id: UUID) -> Agreements:
    """What holds in a pair, and what is proposed."""
    found = {
        row["state"]: Agreement(
            row["id"], row["proposed_by"], _parts.decode(row["parts"]), row["worried"], row["review_on"]
        )
        for row in await connection.fetch(_CURRENT, pair_id)
    }
    return Agreements(found.get(_IN_FORCE), found.get("proposed"))


async def propose(
    connection: asyncpg.Connection,
    pair: OpenSpace,
    me: UUID,
    proposal_id: UUID,
    terms: Terms,
    *,
    answers: UUID | None,
    now: datetime,
) -> bool:
    """One proposes, in place of what they proposed before, or as an answer to what the other did.

    Proposed before in the same words, it changes nothing. Returns whether it is new.

    Raises:
        Refused: `invalid`, `text-too-long`, `too-fast`; `other-proposal` when the other has proposed something that
            this does not answer; `proposal-gone` when it was made before and is on the table no more.
    """
    _check(terms, now)
    agreed = await current(connection, pair.id)
    before = agreed.proposed
    known = await connection.fetchrow(_KNOWN, pair.id, proposal_id)
    if known is not None:
        # An id stands for what was said under it: whoever says yes to it must get that, and what holds stays.
        if before is not None and before.id == proposal_id and _says(before, me, terms):
            return False
        raise Refused("proposal-gone" if known["deleted"] else "invalid")
    await pace.check(connection, pair.id, me, _PROPOSED, now, most=rules.MOST_PROPOSED)
    if before is not None and before.proposed_by != me and before.id != answers:
        raise Refused("other-proposal")
    base = before or agreed.in_force
    parts = {**(base.parts if base else {}), me: terms.part}
    if before is not None:
        await _bury(connection, pair, before.id, now)
    proposal = Agreement(proposal_id, me, parts, terms.worried, terms.review_on)
    await _write(connection, pair, "proposed", proposal, now)
    if agreed.in_force is not None and rules.rank(terms.part.shares) < rules.rank(agreed.shares(me)):
        mine = msgspec.structs.replace(agreed.in_force.parts[me], shares=terms.part.shares)
        in_force = msgspec.structs.replace(agreed.in_force, parts={**agreed.in_force.parts, me: mine})
        await _write(connection, pair, _IN_FORCE, in_force, now)
        await shared.narrow(connection, pair, me, terms.part.shares, now)
    return True


async def narrow(connection: asyncpg.Connection, pair: OpenSpace, me: UUID, level: Level, now: datetime) -> None:
    """One shares no more than this from now on: also by what lies on the table, whoever proposed it."""
    agreed = await current(connection, pair.id)
    for state, agreement in ((_IN_FORCE, agreed.in_force), ("proposed", agreed.proposed)):
        if agreement is None or rules.rank(_shares(agreement, me)) <= rules.rank(level):
            continue
        mine = msgspec.structs.replace(agreement.parts[me], shares=level)
        narrower = msgspec.structs.replace(agreement, parts={**agreement.parts, me: mine})
        await _write(connection, pair, state, narrower, now)
    await shared.narrow(connection, pair, me, level, now)


async def accept(connection: asyncpg.Connection, pair: OpenSpace, me: UUID, proposal_id: UUID, now: datetime) -> None:
    """The other says yes: it holds from now on. What was shared before is not widened by it.

    Raises:
        Refused: `proposal-gone`, `own-proposal`.
    """
    agreed = await current(connection, pair.id)
    if agreed.proposed is None or agreed.proposed.id != proposal_id:
        raise Refused("proposal-gone")
    if agreed.proposed.proposed_by == me:
        raise Refused("own-proposal")
    await _bury(connection, pair, proposal_id, now)
    in_force = msgspec.structs.replace(agreed.proposed, id=uuid5(pair.id, _IN_FORCE))
    await _write(connection, pair, _IN_FORCE, in_force, now)
    for member, part in in_force.parts.items():
        await shared.narrow(connection, pair, member, part.shares, now)


async def decline(connection: asyncpg.Connection, pair: OpenSpace, proposal_id: UUID, now: datetime) -> None:
    """What was proposed is off the table, by either; what held before holds. One that is gone stays gone."""
    agreed = await current(connection, pair.id)
    if agreed.proposed is not None and agreed.proposed.id == proposal_id:
        await _bury(connection, pair, proposal_id, now)


async def _write(
    connection: asyncpg.Connection, pair: OpenSpace, state: str, agreement: Agreement, now: datetime
) -> None:
    await connection.execute(
        _WRITE,
        pair.id,
        agreement.id,
        pair.next_version(),
        now,
        state,
        agreement.proposed_by,
        msgspec.json.encode({str(member): part for member, part in agreement.parts.items()}).decode(),
        agreement.worried,
        agreement.review_on,
    )


async def _bury(connection: asyncpg.Connection, pair: OpenSpace, agreement_id: UUID, now: datetime) -> None:
    await connection.execute(_BURY, pair.id, agreement_id, pair.next_version(), now)


def _shares(agreement: Agreement, member: UUID) -> Level:
    return agreement.parts[member].shares if member in agreement.parts else "nothing"


def _says(proposal: Agreement, me: UUID, terms: Terms) -> bool:
    said = (proposal.proposed_by, proposal.parts.get(me), proposal.worried, proposal.review_on)
    return said == (me, terms.part, terms.worried, terms.review_on)


def _check(terms: Terms, now: datetime) -> None:
    part = terms.part
    if not rules.is_around(part.days, part.hours_from, part.hours_to):
        raise Refused("invalid")
    if terms.review_on is not None and not rules.is_review(terms.review_on, now.date()):
        raise Refused("invalid")
    if not rules.is_text(terms.worried, rules.LONGEST_WORRIED):
        raise Refused("text-too-long" if len(terms.worried) > rules.LONGEST_WORRIED else "invalid")
