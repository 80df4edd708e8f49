"""Members for the load, who sign up at the front door like everybody."""

from __future__ import annotations

import asyncio
from uuid import UUID

import asyncpg
import httpx

from tests.load.load import Member
from tests.load.server import Server

PASSWORD = "a bench by the water"


def sign_up(server: Server, count: int, prefix: str) -> list[Member]:
    """So many new members, each with one signed-in phone."""
    accounts: list[tuple[UUID, str]] = []
    for number in range(count):
        with httpx.Client(base_url=server.origin, headers={"Origin": server.origin}, timeout=30) as client:
            answer = client.post(
                "/api/accounts",
                json={
                    "name": f"{prefix}-{number}",
                    "password": PASSWORD,
                    "adult": True,
                    "consent": "2026-11",
                    "deviceLabel": "Bench",
                },
            )
            answer.raise_for_status()
            accounts.append((UUID(answer.json()["account"]["id"]), client.cookies["leeward"]))
    journals = asyncio.run(_journals(server.database_url, [account_id for account_id, _ in accounts]))
    return [Member(account_id, journals[account_id], cookie) for account_id, cookie in accounts]


def count_check_ins(server: Server, members: list[Member]) -> int:
    """How many check-ins the database holds of these members."""
    return asyncio.run(_count(server.database_url, [member.journal_id for member in members]))


async def _journals(url: str, account_ids: list[UUID]) -> dict[UUID, UUID]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "SELECT account_id, space_id FROM membership WHERE account_id = ANY($1::uuid[])", account_ids
        )
    finally:
        await connection.close()
    return {row["account_id"]: row["space_id"] for row in rows}


async def _count(url: str, journal_ids: list[UUID]) -> int:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval("SELECT count(*) FROM check_in WHERE space_id = ANY($1::uuid[])", journal_ids)
    finally:
        await connection.close()
