"""What a member can do with their account, and who is acting."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
from msgspec import Struct

from app.accounts import devices, limits, rules, tables, tries
from app.accounts.devices import (
    IN_ORDER,
    Device,
    DeviceEnded,
    Found,
    SignedOut,
    Started,
    Visit,
    actor_of,
    find,
    token_hash,
)
from app.accounts.limits import Bucket, Limit
from app.accounts.limits import take as take_a_try
from app.accounts.passwords import Passwords
from app.accounts.rules import CONSENT_VERSION
from app.accounts.tries import Member
from app.db import Database
from app.errors import Conflict, Forbidden, Invalid
from app.spaces import service as spaces
from app.spaces.actor import Actor

__all__ = [
    "CONSENT_VERSION",
    "IN_ORDER",
    "Account",
    "Accounts",
    "Bucket",
    "Device",
    "DeviceEnded",
    "Entered",
    "Found",
    "Limit",
    "Passwords",
    "SignedOut",
    "Visit",
    "actor_of",
    "find",
    "id_of",
    "prune",
    "take_a_try",
    "token_hash",
]

_DEADLOCKS_BORNE = 3
_PHONES_WAIT = timedelta(minutes=1)
"""Longer than a deletion ever takes; a server that dies in it leaves phones waiting no longer than this."""

_SIGN_UP = """
INSERT INTO account (id, name, name_key, password_hash, adult_confirmed_at, consent_version, created_at)
VALUES ($1, $2, $3, $4, $6, $5, $6)
ON CONFLICT (name_key) DO NOTHING RETURNING true
"""


class Entered(Struct, frozen=True):
    """Somebody is signed in: who, and with which session."""

    account_id: UUID
    name: str
    started: Started


class Account(Struct, frozen=True):
    """A member's own account, as they see it."""

    id: UUID
    name: str
    created_at: datetime
    recovery_codes_left: int


class Accounts(Struct, frozen=True):
    """What accounts need of this process: `end_session` closes the stream of a session that is no more."""

    database: Database
    passwords: Passwords
    end_session: Callable[[UUID], None]

    async def sign_up(
        self, visit: Visit, name: str, password: str, *, adult: bool, consent: str, label: str, now: datetime
    ) -> tuple[Entered, list[str]]:
        """Somebody of 18 or older has an account and a journal, is signed in here, and gets ten recovery codes.

        Raises:
            Invalid: "adults-only", "name-invalid", "password-too-short", "-too-long" or "-too-common".
            Conflict: "name-taken", "consent-outdated".
            TooMany: "too-many-tries" from this address.
            Unavailable: "busy", too many are signing in.
        """
        # Before the try is counted: a campus behind one address does not use up its tries by mistyping, here and in
        # `recover`. Looking at a new password costs less than counting would.
        rules.require_adult(adult=adult)
        name = rules.clean_name(name)
        password = rules.new_password(password, name)
        rules.require_consent(consent)
        key = rules.name_key(name) or ""
        taken = Conflict("name-taken", "Somebody has this name already. Please choose another.", field="name")
        async with self.database.connection() as connection:
            await tries.sign_up(connection, visit, now)
            if await connection.fetchval("SELECT true FROM account WHERE name_key = $1", key):
                raise taken
        hashed = await self.passwords.hash(password)
        account_id = uuid4()
        async with self.database.transaction() as connection:
            if not await connection.fetchval(_SIGN_UP, account_id, name, key, hashed, consent, now):
                raise taken
            await spaces.create_journal(connection, account_id, now)
            codes = await _replace_codes(connection, account_id)
            started = await devices.start(connection, account_id, key, visit, label, now)
        self._end([started.replaced])
        return Entered(account_id, name, started), codes

    async def sign_in(self, visit: Visit, name: str, password: str, *, label: str, now: datetime) -> Entered:
        """A member is signed in here.

        Raises:
            Forbidden: "wrong-name-or-password", for an unknown name after the same work.
            TooMany: "too-many-tries" from this address, or for this name from devices that it does not know.
            Unavailable: "try-again", the password was being changed at the same moment; "busy", too many sign in.
        """
        async with self.database.connection() as connection:
            attempt = await tries.by_name(connection, visit, name, now)
        member = attempt.member
        right = await self._is_right(password, member.password_hash if member else None)
        if member is None or not right:
            raise Forbidden("wrong-name-or-password", "This name and password do not belong together.")
        renewed = None
        if self.passwords.is_outdated(member.password_hash):
            renewed = await self.passwords.hash(rules.clean_password(password))
        async with self.database.transaction() as connection:
            await _hold(connection, member.id, member.password_hash)
            if renewed is not None:
                await _set_password(connection, member.id, renewed)
            await attempt.succeeded(connection)
            started = await devices.start(connection, member.id, member.key, visit, label, now)
        self._end([started.replaced])
        return Entered(member.id, member.name, started)

    async def recover(self, visit: Visit, name: str, code: str, password: str, *, label: str, now: datetime) -> Entered:
        """Somebody who forgot their password has a new one and is signed in here; other devices sign in again.

        Raises:
            Invalid: "password-too-short", "-too-long" or "-too-common".
            Forbidden: "code-wrong": it never was, was used, or the name is unknown: the answer is the same.
            TooMany: "too-many-tries" from this address.
            Unavailable: "busy", too many are signing in; "try-again", the account is being changed.
        """
        password = rules.new_password(password, name)
        code_hash = rules.recovery_code_hash(code)
        async with self.database.connection() as connection:
            attempt = await tries.by_code(connection, visit, name, code_hash, now)
        member = attempt.member
        wrong = Forbidden("code-wrong", "This name and code do not belong together, or the code was used before.")
        if member is None:
            raise wrong
        hashed = await self.passwords.hash(password)
        async with self.database.transaction() as connection:
            await _hold(connection, member.id)
            if not await _use_code(connection, member, code_hash, now):
                raise wrong
            await _set_password(connection, member.id, hashed)
            await attempt.succeeded(connection)
            others = await devices.sign_out_others(connection, member.id, now)
            started = await devices.start(connection, member.id, member.key, visit, label, now)
        self._end([*others, started.replaced])
        return Entered(member.id, member.name, started)

    async def account(self, actor: Actor) -> Account:
        """A member sees their own account. Raises `SignedOut` when it was deleted just now."""
        mine = tables.Account.id == actor.account_id
        row = await tables.Account.select(tables.Account.id, tables.Account.name, tables.Account.created_at).where(mine)
        if not row:
            raise SignedOut
        unused = (tables.RecoveryCode.account_id == actor.account_id) & tables.RecoveryCode.used_at.is_null()
        left = await tables.RecoveryCode.select(tables.RecoveryCode.code_hash).where(unused)
        return Account(**row[0], recovery_codes_left=len(left))

    async def change_password(self, actor: Actor, current: str, new: str, *, now: datetime) -> None:
        """A member has a new password; their other devices have to sign in again.

        Raises:
            Forbidden: "password-wrong", the current one.
            Invalid: "password-too-short", "-too-long" or "-too-common", the new one.
            TooMany, Unavailable: as with signing in.
        """
        member = await self._confirm(actor, current, "current", now)
        hashed = await self.passwords.hash(rules.new_password(new, member.name, field="new"))
        async with self.database.transaction() as connection:
            await _hold(connection, member.id, member.password_hash)
            await _set_password(connection, member.id, hashed)
            others = await devices.sign_out_others(connection, member.id, now, but=actor.session_id)
        self._end(others)

    async def new_recovery_codes(self, actor: Actor, password: str, *, now: datetime) -> list[str]:
        """A member has ten new codes, shown this once; the old ones are worth nothing. Raises as above."""
        member = await self._confirm(actor, password, "password", now)
        async with self.database.transaction() as connection:
            await _hold(connection, member.id, member.password_hash)
            return await _replace_codes(connection, member.id)

    async def devices(self, actor: Actor) -> list[Device]:
        """A member sees all their devices, this one first."""
        return await devices.devices_of(actor)

    async def end_device(self, actor: Actor, session_id: UUID, *, now: datetime) -> None:
        """A member has ended one of their devices, at once. Raises `NotFound` "no-such-device"."""
        async with self.database.transaction() as connection:
            await devices.end(connection, actor, session_id, now)
        self._end([session_id])

    async def sign_out(self, token: str) -> None:
        """This browser's session is over, if there was one."""
        async with self.database.connection() as connection:
            session_id = await devices.sign_out(connection, token)
        self._end([session_id])

    async def delete(self, actor: Actor, name: str, *, now: datetime) -> None:
        """A member, who typed their name to be sure, is gone from this server, with everything that was theirs.

        Raises `Invalid` "name-does-not-match", `Unavailable` "try-again" when its phones were writing all the time.
        """
        # Phones that send without a pause hold the account, a little each and together for ever: they wait meanwhile.
        async with self.database.connection() as connection:
            await devices.hold(connection, actor.account_id, now + _PHONES_WAIT)
        try:
            ended = await self._delete(actor, name, now)
        except BaseException:
            async with self.database.connection() as connection:
                await devices.hold(connection, actor.account_id, None)
            raise
        self._end(ended)

    async def _delete(self, actor: Actor, name: str, now: datetime) -> list[UUID]:
        # A sync that is writing just now may hold what is deleted here and wait for what is held: try again then.
        for attempt in range(1, _DEADLOCKS_BORNE + 1):
            try:
                async with self.database.transaction() as connection:
                    return await _delete(connection, actor.account_id, name, now)
            except asyncpg.DeadlockDetectedError as deadlock:
                if attempt == _DEADLOCKS_BORNE:
                    raise devices.being_changed() from deadlock
        raise AssertionError("the last try returns or raises")

    async def _confirm(self, actor: Actor, password: str, field: str, now: datetime) -> Member:
        """Who is acting, after they typed their password once more."""
        async with self.database.connection() as connection:
            row = await connection.fetchrow(
                "SELECT id, name, name_key AS key, password_hash FROM account WHERE id = $1", actor.account_id
            )
            if row is None:
                raise SignedOut
            member = Member(**row)
            bucket = tries.again(actor.session_id, member.key)
            await limits.take(connection, bucket, now)
        if not await self._is_right(password, member.password_hash):
            raise Forbidden("password-wrong", "This is not your password.", field=field)
        async with self.database.connection() as connection:
            await limits.forget(connection, bucket)
        return member

    async def _is_right(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password, or (None) as much work for nothing."""
        password = rules.clean_password(password)
        if len(password) > rules.PASSWORD_LONGEST:
            password, hashed = "", None
        return await self.passwords.matches(password, hashed)

    def _end(self, session_ids: Iterable[UUID | None]) -> None:
        for session_id in session_ids:
            if session_id is not None:
                self.end_session(session_id)


async def id_of(connection: asyncpg.Connection, name: str) -> UUID | None:
    """Whose name this is, for whoever runs the server; None: nobody's."""
    return await connection.fetchval("SELECT id FROM account WHERE name_key = $1", rules.name_key(name) or "")


async def prune(connection: asyncpg.Connection, now: datetime) -> int:
    """What nobody needs any more is gone: forgotten tries, sessions and tokens of 400 days ago. Returns how many."""
    return await limits.prune(connection, now) + await devices.prune(connection, now)


async def _hold(connection: asyncpg.Connection, account_id: UUID, password_hash: str | None = None) -> None:
    """Keep the account as it is until the transaction ends; with a hash, only if that is still the password.

    Otherwise a session could begin with a password just after it was changed, or in an account just deleted.
    """
    held = await connection.fetchval("SELECT password_hash FROM account WHERE id = $1 FOR NO KEY UPDATE", account_id)
    if held is None or password_hash not in {None, held}:
        raise devices.being_changed()


async def _set_password(connection: asyncpg.Connection, account_id: UUID, hashed: str) -> None:
    await connection.execute("UPDATE account SET password_hash = $2 WHERE id = $1", account_id, hashed)


async def _use_code(connection: asyncpg.Connection, member: Member, code_hash: bytes, now: datetime) -> bool:
    used = await connection.fetchval(
        "UPDATE recovery_code SET used_at = $3"
        " WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING true",
        member.id,
        code_hash,
        now,
    )
    return used is not None


async def _replace_codes(connection: asyncpg.Connection, account_id: UUID) -> list[str]:
    codes = [rules.write_recovery_code(secrets.randbits(rules.CODE_BITS)) for _ in range(rules.CODES)]
    await connection.execute("DELETE FROM recovery_code WHERE account_id = $1", account_id)
    await connection.execute(
        "INSERT INTO recovery_code (account_id, code_hash) SELECT $1, unnest($2::bytea[])",
        account_id,
        [rules.recovery_code_hash(code) for code in codes],
    )
    return codes


async def _delete(connection: asyncpg.Connection, account_id: UUID, name: str, now: datetime) -> list[UUID]:
    key = await connection.fetchval("SELECT name_key FROM account WHERE id = $1 FOR UPDATE", account_id)
    if key is None:
        return []
    if rules.name_key(name) != key:
        raise Invalid("name-does-not-match", "This is not the name of this account.", field="name")
    ended = await devices.end_all(connection, account_id, now)
    await spaces.delete_spaces_of(connection, account_id)
    await connection.execute("DELETE FROM account WHERE id = $1", account_id)
    await limits.forget_all_about(connection, [rules.name_mark(key)])
    return ended
