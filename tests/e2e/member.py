"""A member as the server knows them, and many check-ins at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import msgspec

from tests.e2e.phone import PASSWORD
from tests.e2e.server import Server
from tests.e2e.waiting import eventually

BATCH: Final = 500


@dataclass(frozen=True)
class Member:
    """Somebody with an account on a server."""

    server: Server
    name: str

    async def check_ins(self) -> list[dict[str, Any]]:
        """Every check-in that the server has of them and that is not deleted, the latest first."""
        async with self.server.database() as connection:
            rows = await connection.fetch(
                "SELECT check_in.* FROM check_in JOIN membership USING (space_id)"
                " JOIN account ON account.id = membership.account_id"
                " WHERE account.name = $1 AND NOT deleted ORDER BY happened_at DESC",
                self.name,
            )
        return [dict(row) for row in rows]

    async def moods(self) -> list[int]:
        """Only the weather of each."""
        return [row["mood"] for row in await self.check_ins()]

    async def has(self, *moods: int) -> None:
        """Wait until the server has exactly these, the latest first."""

        async def holds() -> bool:
            return await self.moods() == list(moods)

        await eventually(holds, f"{self.name} has {moods} on the server")

    async def forget_sessions(self) -> None:
        """All of their sessions expire."""
        async with self.server.database() as connection:
            await connection.execute(
                "DELETE FROM session USING account WHERE account.id = account_id AND account.name = $1", self.name
            )

    async def sessions(self) -> int:
        """On how many devices they are signed in."""
        async with self.server.database() as connection:
            count: int = await connection.fetchval(
                "SELECT count(*) FROM session JOIN account ON account.id = account_id WHERE account.name = $1",
                self.name,
            )
        return count


async def sign_up(server: Server, name: str, check_ins: Sequence[dict[str, Any]] = ()) -> Member:
    """An account with these check-ins, made without a browser through the same doors."""
    async with server.visitor() as visitor:
        body = {"name": name, "password": PASSWORD, "adult": True, "consent": "2026-11", "deviceLabel": "A phone"}
        made = await visitor.post("/api/accounts", json=body)
        made.raise_for_status()
        device, sent = str(uuid4()), "2026-11-22T18:00:00.000Z"
        for start in range(0, len(check_ins), BATCH):
            mutations = [
                {"number": start + index, "id": str(uuid4()), "name": "check_ins.record", "args": args}
                for index, args in enumerate(check_ins[start : start + BATCH], 1)
            ]
            request = {"device": device, "owner": made.json()["account"]["id"], "build": "test", "sentAt": sent}
            reply = await visitor.post(
                "/api/sync",
                content=msgspec.json.encode({**request, "cookie": None, "mutations": mutations, "confirmed": []}),
                headers={"content-type": "application/json"},
            )
            reply.raise_for_status()
            assert reply.json()["refusals"] == []
        (await visitor.delete("/api/sessions/current")).raise_for_status()
    return Member(server, name)


def check_in(happened_at: str, **given: object) -> dict[str, Any]:
    """The arguments of a check-in at a time like `2026-11-22T08:00:00.000+01:00`."""
    moment: dict[str, Any] = {
        "id": str(uuid4()),
        "mood": 3,
        "energy": None,
        "feelings": [],
        "contexts": [],
        "note": None,
        "happenedAt": happened_at,
        "zone": "Europe/Paris",
    }
    return moment | given
