"""Signing up and in, on a real database: who gets in, who does not, and that both look the same from outside."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from hashlib import sha256

import pytest
from argon2 import PasswordHasher

from app.accounts import devices
from app.accounts.devices import DeviceEnded, SignedOut
from app.accounts.passwords import Passwords
from app.accounts.service import Accounts, Visit, actor_of
from app.accounts.tries import TRIES_OF_ADDRESS, TRIES_OF_NAME
from app.errors import Conflict, Forbidden, Invalid, LeewardError, Unavailable
from tests.accounts.conftest import NEW_PASSWORD, NOW, PASSWORD, CountedPasswords, House


async def test_signing_up_makes_an_account_a_journal_a_session_and_ten_codes(house: House) -> None:
    entered, codes = await house.sign_up("Ada")
    async with house.database.connection() as connection:
        actor = await actor_of(connection, entered.started.token, NOW)
    assert actor.account_id == entered.account_id
    [journal] = await house.rows("SELECT space_id, role, kind FROM membership JOIN space ON space.id = space_id")
    assert journal == {"space_id": actor.journal_id, "role": "owner", "kind": "journal"}
    assert len(set(codes)) == 10
    account = await house.accounts.account(actor)
    assert (account.name, account.created_at, account.recovery_codes_left) == ("Ada", NOW, 10)
    [device] = await house.accounts.devices(actor)
    assert (device.label, device.current, device.signed_out) == ("Pixel", True, False)


async def test_nothing_that_opens_the_door_is_stored(house: House) -> None:
    entered, codes = await house.sign_up()
    secret = [PASSWORD, entered.started.token, entered.started.known_token, *codes]
    secret += [code.replace("-", "") for code in codes]
    dump = [
        str(value)
        for table in ("account", "session", "recovery_code", "known_device", "rate_limit")
        for row in await house.rows(f"SELECT t::text AS row FROM {table} t")
        for value in row.values()
    ]
    assert dump
    assert [word for word in secret if any(word in row or word.encode().hex() in row for row in dump)] == []


async def test_what_is_not_right_is_said_beside_its_field(house: House, subtests: pytest.Subtests) -> None:
    cases: list[tuple[dict[str, object], str, str]] = [
        ({"adult": False}, "adults-only", "adult"),
        ({"name": "a"}, "name-invalid", "name"),
        ({"password": "short"}, "password-too-short", "password"),
        ({"password": "iloveyou1"}, "password-too-common", "password"),
        ({"consent": "2020-01"}, "consent-outdated", "consent"),
    ]
    for given, code, field in cases:
        args: dict[str, object] = {"name": "ada", "password": PASSWORD, "adult": True, "consent": "2026-11"} | given
        with subtests.test(code), pytest.raises(LeewardError) as refused:
            await house.accounts.sign_up(Visit("192.0.2.1"), label="", now=NOW, **args)  # pyright: ignore[reportArgumentType]
        assert (refused.value.code, refused.value.field) == (code, field)
    assert await house.rows("SELECT 1 FROM account") == []
    assert house.passwords.done == []


async def test_a_name_is_taken_however_it_is_written(house: House) -> None:
    await house.sign_up("Ada Lovelace")
    with pytest.raises(Conflict) as taken:
        await house.sign_up(" ADA  lovelace")
    assert (taken.value.code, taken.value.field) == ("name-taken", "name")
    assert house.passwords.done == ["hash"]


async def test_of_two_who_want_a_name_at_once_one_gets_it(house: House) -> None:
    outcomes = await asyncio.gather(*(house.sign_up("ada") for _ in range(6)), return_exceptions=True)
    won = [outcome for outcome in outcomes if isinstance(outcome, tuple)]
    lost = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert (len(won), len(lost)) == (1, 5)
    assert {error.code for error in lost} == {"name-taken"}
    # Nothing is left of those who lost: one account, one journal, one session, ten codes.
    tables = ("account", "space WHERE kind = 'journal'", "membership", "session", "recovery_code")
    assert [len(await house.rows(f"SELECT 1 FROM {table}")) for table in tables] == [1, 1, 1, 1, 10]


async def test_a_member_signs_in_with_the_name_however_it_is_written(house: House) -> None:
    first, _ = await house.sign_up("Ada")
    for name in ("Ada", "ADA ", "ａｄａ"):
        entered = await house.sign_in(name)
        assert (entered.account_id, entered.name) == (first.account_id, "Ada")
        assert entered.started.token != first.started.token


async def test_an_unknown_name_and_a_wrong_password_get_the_same_answer_after_the_same_work(
    house: House, subtests: pytest.Subtests
) -> None:
    await house.sign_up("ada")
    for name, password in [
        ("ada", "not my password"),
        ("ada", ""),
        ("ada", PASSWORD + " "),
        ("ada", PASSWORD + "x" * 300),
        ("ben", PASSWORD),
        ("", PASSWORD),
        ("a\x00da", PASSWORD),
        ("ada\u200b", PASSWORD),
        ("x" * 5000, "y" * 5000),
    ]:
        with subtests.test(name=name[:10], password=password[:10]):
            house.passwords.done.clear()
            await house.change("DELETE FROM rate_limit")
            with pytest.raises(Forbidden) as refused:
                await house.sign_in(name, password)
            assert house.passwords.done == ["match"]
            assert (refused.value.code, refused.value.field) == ("wrong-name-or-password", None)
            assert str(refused.value) == "This name and password do not belong together."
            # One try counted for the address and one for the name, whether there is such an account or not.
            counted = await house.rows("SELECT about IS NOT NULL AS by_name, empty_at FROM rate_limit ORDER BY 1")
            assert [(row["by_name"], row["empty_at"] - NOW) for row in counted] == [
                (False, TRIES_OF_ADDRESS.every),
                (True, TRIES_OF_NAME.every),
            ]


async def test_the_hash_that_nobody_has_costs_what_a_real_one_costs() -> None:
    passwords = Passwords(memory_kib=64)
    real = await passwords.hash(PASSWORD)
    nobodys = await asyncio.wrap_future(passwords._nobody)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    assert real.rsplit("$", 2)[0] == nobodys.rsplit("$", 2)[0] == "$argon2id$v=19$m=64,t=1,p=1"
    assert not await passwords.matches(PASSWORD, None)
    assert await passwords.matches(PASSWORD, real)
    await passwords.close()


async def test_passwords_are_hashed_with_46_mib_as_argon2id() -> None:
    passwords = Passwords()
    assert (await passwords.hash(PASSWORD)).startswith("$argon2id$v=19$m=47104,t=1,p=1$")
    await passwords.close()


async def test_when_too_many_wait_for_a_hash_the_next_is_told_to_come_back() -> None:
    passwords = Passwords(most_waiting=2)
    waiting = [asyncio.create_task(passwords.hash(PASSWORD)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable) as busy:
        await passwords.hash(PASSWORD)
    assert busy.value.code == "busy"
    await asyncio.gather(*waiting)
    assert await passwords.hash(PASSWORD)
    await passwords.close()


async def test_a_hash_of_older_parameters_is_renewed_at_the_next_sign_in(house: House) -> None:
    await house.sign_up()
    old = PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash(PASSWORD)
    await house.change("UPDATE account SET password_hash = $1", old)
    await house.sign_in()
    [row] = await house.rows("SELECT password_hash FROM account")
    assert row["password_hash"].startswith("$argon2id$v=19$m=64,t=1,p=1$")
    house.passwords.done.clear()
    await house.sign_in()
    assert house.passwords.done == ["match"]


class SlowedPasswords(CountedPasswords):
    """Passwords, with a moment between the check and what follows, for something else to happen in."""

    def __init__(self) -> None:
        super().__init__()
        self.checked = asyncio.Event()
        self.go_on = asyncio.Event()

    async def matches(self, password: str, hashed: str | None) -> bool:
        right = await super().matches(password, hashed)
        self.checked.set()
        await self.go_on.wait()
        return right


async def test_the_old_password_lets_nobody_in_once_it_was_changed(house: House) -> None:
    entered, _ = await house.sign_up()
    slow = SlowedPasswords()
    thief = asyncio.create_task(
        Accounts(house.database, slow, house.ended.append).sign_in(
            Visit("198.51.100.1"), "ada", PASSWORD, label="", now=NOW
        )
    )
    await slow.checked.wait()
    async with house.database.connection() as connection:
        actor = await actor_of(connection, entered.started.token, NOW)
    await house.accounts.change_password(actor, PASSWORD, NEW_PASSWORD, now=NOW)
    slow.go_on.set()
    with pytest.raises(Unavailable):
        await thief
    assert len(await house.rows("SELECT 1 FROM session")) == 1
    await slow.close()


async def test_signing_in_again_replaces_the_session_of_this_browser(house: House) -> None:
    first, _ = await house.sign_up()
    again = await house.sign_in(visit=Visit("192.0.2.1", first.started.token, first.started.known_token))
    assert again.started.replaced is not None
    assert house.ended == [again.started.replaced]
    assert again.started.known_token == first.started.known_token
    async with house.database.connection() as connection:
        actor = await actor_of(connection, again.started.token, NOW)
        with pytest.raises(SignedOut):
            await actor_of(connection, first.started.token, NOW)
    assert [device.current for device in await house.accounts.devices(actor)] == [True]


async def test_somebody_else_signing_in_or_up_on_this_browser_replaces_the_session_too(house: House) -> None:
    ada, _ = await house.sign_up("ada")
    ben, _ = await house.sign_up("ben", Visit("192.0.2.1", ada.started.token, ada.started.known_token))
    async with house.database.connection() as connection:
        with pytest.raises(SignedOut):
            await actor_of(connection, ada.started.token, NOW)
        assert (await actor_of(connection, ben.started.token, NOW)).account_id == ben.account_id
    await house.sign_in("ada", visit=Visit("192.0.2.1", ben.started.token, ben.started.known_token))
    assert [row["account_id"] for row in await house.rows("SELECT account_id FROM session")] == [ada.account_id]
    # Two accounts on one phone share its cookie, but nothing in the database says so.
    hashes = await house.rows("SELECT hash FROM known_device")
    assert len({row["hash"] for row in hashes}) == 2


async def test_a_wrong_password_leaves_the_session_of_this_browser_as_it_is(house: House) -> None:
    first, _ = await house.sign_up()
    with pytest.raises(Forbidden):
        await house.sign_in(password="wrong", visit=Visit("192.0.2.1", first.started.token))
    async with house.database.connection() as connection:
        assert await actor_of(connection, first.started.token, NOW)


async def test_a_session_lasts_400_days_from_when_it_was_last_used(house: House) -> None:
    entered, _ = await house.sign_up()
    token = entered.started.token
    async with house.database.connection() as connection:
        await actor_of(connection, token, NOW + timedelta(days=399))
        await actor_of(connection, token, NOW + timedelta(days=798))
        with pytest.raises(SignedOut):
            await actor_of(connection, token, NOW + timedelta(days=798 + 400))


async def test_that_a_device_was_here_is_written_down_once_an_hour(house: House) -> None:
    entered, _ = await house.sign_up()

    async def seen_after(**later: int) -> tuple[bool, timedelta]:
        async with house.database.connection() as connection:
            found = await devices.find(connection, entered.started.token, NOW + timedelta(**later))
        [row] = await house.rows("SELECT seen_at FROM session")
        return found.new_day, row["seen_at"] - NOW

    assert await seen_after(minutes=59) == (False, timedelta(0))
    assert await seen_after(minutes=60) == (False, timedelta(minutes=60))
    assert await seen_after(minutes=90) == (False, timedelta(minutes=60))
    assert await seen_after(hours=20) == (True, timedelta(hours=20))
    assert await seen_after(hours=21) == (False, timedelta(hours=21))


async def test_a_token_that_was_never_given_out_is_nobodys(house: House) -> None:
    await house.sign_up()
    async with house.database.connection() as connection:
        for token in ("", "x", "é", "\udc80", "a" * 5000):
            with pytest.raises(SignedOut):
                await actor_of(connection, token, NOW)


async def test_tokens_are_kept_as_hashes_of_256_bits(house: House) -> None:
    entered, _ = await house.sign_up()
    [row] = await house.rows("SELECT token_hash FROM session")
    assert row["token_hash"] == sha256(entered.started.token.encode()).digest()
    assert len(entered.started.token) * 6 >= 256


async def test_who_is_acting_is_found_by_indexes_alone(house: House) -> None:
    entered, _ = await house.sign_up()
    async with house.database.transaction() as connection:
        await connection.execute("SET LOCAL enable_seqscan = off")
        lines = await connection.fetch(
            f"EXPLAIN {devices._FIND.replace('$1', chr(39) + chr(39))}"  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        )
    assert entered
    assert [line[0] for line in lines if "Seq Scan" in line[0]] == []


async def test_signing_out_ends_the_session_and_nothing_else(house: House) -> None:
    first, _ = await house.sign_up()
    second = await house.sign_in()
    await house.accounts.sign_out(first.started.token)
    await house.accounts.sign_out(first.started.token)
    await house.accounts.sign_out("never given out")
    async with house.database.connection() as connection:
        with pytest.raises(SignedOut):
            await actor_of(connection, first.started.token, NOW)
        assert await actor_of(connection, second.started.token, NOW)
    assert len(house.ended) == 1


def test_ended_and_signed_out_are_told_apart_by_their_codes() -> None:
    assert (SignedOut().code, SignedOut.status) == ("signed-out", 401)
    assert (DeviceEnded().code, DeviceEnded.status) == ("device-ended", 401)
    assert not issubclass(SignedOut, Invalid)
