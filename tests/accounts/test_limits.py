"""How often something may be tried: the clock is passed on, so hours go by at once."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from app.accounts import limits
from app.accounts.devices import SignedOut
from app.accounts.limits import Bucket, Limit
from app.accounts.service import Visit, actor_of, prune
from app.accounts.tries import SIGN_UPS_OF_ADDRESS, TRIES_OF_ADDRESS, TRIES_OF_KNOWN_DEVICE, TRIES_OF_NAME
from app.db import Database
from app.errors import Forbidden, TooMany
from tests.accounts.conftest import NEW_PASSWORD, NOW, PASSWORD, House

FEW = Bucket(Limit("few", 3, timedelta(minutes=10)), b"somebody")


async def allowed(database: Database, bucket: Bucket, now: datetime) -> bool:
    async with database.connection() as connection:
        try:
            await limits.take(connection, bucket, now)
        except TooMany:
            return False
        return True


async def test_a_few_at_once_and_then_one_every_so_often(database: Database) -> None:
    assert [await allowed(database, FEW, NOW) for _ in range(5)] == [True, True, True, False, False]
    later = NOW + timedelta(minutes=10)
    assert [await allowed(database, FEW, later) for _ in range(2)] == [True, False]
    much_later = NOW + timedelta(days=1)
    assert [await allowed(database, FEW, much_later) for _ in range(4)] == [True, True, True, False]


async def test_who_is_told_to_wait_gets_in_when_the_wait_is_over_and_not_before(database: Database) -> None:
    for second in (0, 90, 100):
        assert await allowed(database, FEW, NOW + timedelta(seconds=second))
    late = NOW + timedelta(seconds=130)
    async with database.connection() as connection:
        with pytest.raises(TooMany) as refused:
            await limits.take(connection, FEW, late)
    assert (refused.value.code, refused.value.retry_after) == ("too-many-tries", 600 - 130)
    assert not await allowed(database, FEW, late + timedelta(seconds=refused.value.retry_after - 1))
    assert await allowed(database, FEW, late + timedelta(seconds=refused.value.retry_after))


async def test_many_at_once_do_not_slip_through_together(database: Database) -> None:
    assert sum(await asyncio.gather(*(allowed(database, FEW, NOW) for _ in range(12)))) == 3


async def test_one_does_not_use_up_another_ones(database: Database) -> None:
    other = Bucket(FEW.limit, b"somebody else")
    same_subject = Bucket(Limit("other", 3, timedelta(minutes=10)), b"somebody")
    assert [await allowed(database, FEW, NOW) for _ in range(4)] == [True, True, True, False]
    assert await allowed(database, other, NOW)
    assert await allowed(database, same_subject, NOW)


async def test_what_is_given_back_can_be_taken_again(database: Database) -> None:
    assert [await allowed(database, FEW, NOW) for _ in range(3)] == [True, True, True]
    async with database.connection() as connection:
        await limits.give_back(connection, FEW)
    assert [await allowed(database, FEW, NOW) for _ in range(2)] == [True, False]
    async with database.connection() as connection:
        await limits.forget(connection, FEW)
    assert [await allowed(database, FEW, NOW) for _ in range(4)] == [True, True, True, False]


async def test_what_is_kept_cannot_be_tried_out_without_the_secret_of_the_database(database: Database) -> None:
    about = Bucket(FEW.limit, b"192.0.2.1", about=b"ada")
    assert await allowed(database, about, NOW)
    async with database.connection() as connection:
        kept = dict(await connection.fetchrow("SELECT bucket, about FROM rate_limit") or {})
        secret = await connection.fetchval("SELECT limits_secret FROM instance")
        assert len(secret) == 32
        assert kept == {
            name: sha256(secret + sha256(secret + said).digest()).digest()
            for name, said in (("bucket", about.key), ("about", b"ada"))
        }
        await limits.forget_all_about(connection, [b"ben"])
        assert await connection.fetchval("SELECT count(*) FROM rate_limit") == 1
        await limits.forget_all_about(connection, [b"ada"])
        assert await connection.fetchval("SELECT count(*) FROM rate_limit") == 0


async def guess(house: House, name: str, visit: Visit, now: datetime = NOW, password: str = "wrong guess") -> str:
    try:
        await house.sign_in(name, password, visit, now)
    except (Forbidden, TooMany) as error:
        return error.code
    return "in"


async def test_guessing_is_slow_for_a_name_that_is_there_and_for_one_that_is_not(house: House) -> None:
    await house.sign_up("ada")
    for name in ("ada", "nobody"):
        stranger = Visit("198.51.100.1")
        answers = [await guess(house, name, stranger) for _ in range(TRIES_OF_NAME.tries + 2)]
        assert answers == ["wrong-name-or-password"] * TRIES_OF_NAME.tries + ["too-many-tries"] * 2
        # From elsewhere it is the same name, however it is written.
        assert await guess(house, name.upper(), Visit("203.0.113.5")) == "too-many-tries"
        later = NOW + TRIES_OF_NAME.every
        assert await guess(house, name, stranger, later) == "wrong-name-or-password"
        assert await guess(house, name, stranger, later) == "too-many-tries"


async def test_a_refused_try_costs_no_hash(house: House) -> None:
    for _ in range(TRIES_OF_NAME.tries):
        await guess(house, "nobody", Visit("198.51.100.1"))
    house.passwords.done.clear()
    assert await guess(house, "nobody", Visit("198.51.100.1")) == "too-many-tries"
    assert house.passwords.done == []


async def test_nobody_can_lock_a_member_out_of_their_own_devices(house: House) -> None:
    entered, codes = await house.sign_up("ada")
    known = Visit("192.0.2.1", known_token=entered.started.known_token)
    for _ in range(TRIES_OF_NAME.tries + 5):
        await guess(house, "ada", Visit("198.51.100.1"))
    assert await guess(house, "ada", Visit("192.0.2.1"), password=PASSWORD) == "too-many-tries"
    assert await guess(house, "ada", known, password=PASSWORD) == "in"
    # And on a phone that is new, a recovery code is the way in that no stranger can close.
    await house.accounts.recover(Visit("203.0.113.5"), "ada", codes[0], NEW_PASSWORD, label="", now=NOW)


async def test_a_known_device_has_tries_of_its_own_and_not_without_end(house: House) -> None:
    entered, _ = await house.sign_up("ada")
    await house.sign_up("ben")
    known = Visit("192.0.2.1", known_token=entered.started.known_token)
    answers = [await guess(house, "ada", known) for _ in range(TRIES_OF_KNOWN_DEVICE.tries + 1)]
    assert answers == ["wrong-name-or-password"] * TRIES_OF_KNOWN_DEVICE.tries + ["too-many-tries"]
    # Somebody else's account does not know this device.
    for _ in range(TRIES_OF_NAME.tries):
        await guess(house, "ben", Visit("198.51.100.1"))
    assert await guess(house, "ben", known) == "too-many-tries"


async def test_the_right_password_makes_up_for_wrong_ones_before_it(house: House) -> None:
    await house.sign_up("ada")
    stranger = Visit("198.51.100.1")
    for _ in range(TRIES_OF_NAME.tries - 1):
        await guess(house, "ada", stranger)
    assert await guess(house, "ada", stranger, password=PASSWORD) == "in"
    answers = [await guess(house, "ada", stranger) for _ in range(TRIES_OF_NAME.tries)]
    assert answers == ["wrong-name-or-password"] * TRIES_OF_NAME.tries


async def test_a_campus_can_sign_in_behind_one_address_and_guessing_there_is_slow(house: House) -> None:
    await house.sign_up("ada")
    campus = Visit("192.0.2.1")
    for _ in range(TRIES_OF_ADDRESS.tries // 50):
        assert [await guess(house, "ada", campus, password=PASSWORD) for _ in range(5)] == ["in"] * 5
    # All of those were good: they used nothing up.
    rows = await house.rows("SELECT 1 FROM rate_limit WHERE about IS NULL AND empty_at > $1", NOW)
    assert len(rows) == 1  # the sign-up
    answers = [await guess(house, f"name {number}", campus) for number in range(TRIES_OF_ADDRESS.tries + 1)]
    assert set(answers[:-1]) == {"wrong-name-or-password"}
    assert answers[-1] == "too-many-tries"
    assert await guess(house, "ada", Visit("198.51.100.1"), password=PASSWORD) == "in"
    assert await guess(house, "ada", campus, NOW + TRIES_OF_ADDRESS.every, PASSWORD) == "in"


async def test_an_address_can_sign_up_a_workshop_but_not_a_town(house: House) -> None:
    await house.change(
        "INSERT INTO rate_limit (bucket, empty_at) VALUES (bucket_of($1), $2)",
        Bucket(SIGN_UPS_OF_ADDRESS, b"192.0.2.1").key,
        NOW + (SIGN_UPS_OF_ADDRESS.tries - 2) * SIGN_UPS_OF_ADDRESS.every,
    )
    await house.sign_up("ada")
    await house.sign_up("ben")
    with pytest.raises(TooMany):
        await house.sign_up("cleo")
    await house.sign_up("cleo", Visit("198.51.100.1"))
    assert SIGN_UPS_OF_ADDRESS.tries >= 100


async def test_what_is_forgotten_in_its_time_is_gone(house: House) -> None:
    entered, _ = await house.sign_up("ada")
    ended = await house.sign_in("ada", visit=Visit("198.51.100.1"))
    async with house.database.connection() as connection:
        actor = await actor_of(connection, entered.started.token, NOW)
        other = await actor_of(connection, ended.started.token, NOW)
    await house.accounts.end_device(actor, other.session_id, now=NOW)
    await guess(house, "nobody", Visit("198.51.100.1"))

    async def left() -> list[int]:
        tables = ("rate_limit", "ended_token", "known_device", "session")
        return [len(await house.rows(f"SELECT 1 FROM {table}")) for table in tables]

    before = await left()
    async with house.database.transaction() as connection:
        assert await prune(connection, NOW) == 0
    assert await left() == before
    async with house.database.transaction() as connection:
        await prune(connection, NOW + timedelta(hours=3))
    assert await left() == [0, 1, 1, 1]
    async with house.database.transaction() as connection:
        assert await prune(connection, NOW + timedelta(days=399)) == 0
        assert await prune(connection, NOW + timedelta(days=400)) == 3
        with pytest.raises(SignedOut):
            await actor_of(connection, ended.started.token, NOW)
    assert await left() == [0, 0, 0, 0]
