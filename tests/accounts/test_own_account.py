"""What a member does with an account: passwords, recovery codes, devices."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from app.accounts.devices import DeviceEnded, SignedOut
from app.accounts.service import Entered, Visit, actor_of
from app.accounts.tries import PASSWORD_AGAIN
from app.errors import Forbidden, Invalid, LeewardError, NotFound, TooMany, Unavailable
from app.spaces.actor import Actor
from tests.accounts.conftest import NEW_PASSWORD, NOW, PASSWORD, House

ELSEWHERE = Visit("198.51.100.7")


async def acting(house: House, entered: Entered) -> Actor:
    async with house.database.connection() as connection:
        return await actor_of(connection, entered.started.token, NOW)


async def recover(house: House, code: str, name: str = "ada", password: str = NEW_PASSWORD) -> Entered:
    return await house.accounts.recover(ELSEWHERE, name, code, password, label="Laptop", now=NOW)


async def test_a_code_opens_the_door_once_and_sets_a_new_password(house: House) -> None:
    first, codes = await house.sign_up("Ada")
    entered = await recover(house, codes[3].lower().replace("-", " "), name="ADA")
    assert (entered.account_id, entered.name) == (first.account_id, "Ada")
    actor = await acting(house, entered)
    assert (await house.accounts.account(actor)).recovery_codes_left == 9
    with pytest.raises(Forbidden) as used:
        await recover(house, codes[3])
    assert used.value.code == "code-wrong"
    with pytest.raises(Forbidden):
        await house.sign_in(password=PASSWORD)
    await house.sign_in(password=NEW_PASSWORD)


async def test_after_a_code_other_devices_sign_in_again_and_keep_what_they_hold(house: House) -> None:
    first, codes = await house.sign_up()
    old = await acting(house, first)
    entered = await recover(house, codes[0])
    with pytest.raises(SignedOut):
        await acting(house, first)
    assert house.ended == [old.session_id]
    assert await house.rows("SELECT 1 FROM ended_token") == []
    # The lost phone is still in the list, so that its copy can be ended.
    devices = await house.accounts.devices(await acting(house, entered))
    assert [(device.label, device.current, device.signed_out) for device in devices] == [
        ("Laptop", True, False),
        ("Pixel", False, True),
    ]
    await house.accounts.end_device(await acting(house, entered), old.session_id, now=NOW)
    with pytest.raises(DeviceEnded):
        await acting(house, first)


async def test_a_device_that_signs_in_again_is_in_the_list_once(house: House) -> None:
    first, codes = await house.sign_up()
    await recover(house, codes[0])
    again = await house.sign_in(
        password=NEW_PASSWORD, visit=Visit("192.0.2.1", first.started.token, first.started.known_token)
    )
    devices = await house.accounts.devices(await acting(house, again))
    assert [(device.label, device.signed_out) for device in devices] == [("Firefox", False), ("Laptop", False)]


async def test_a_wrong_code_looks_the_same_whatever_is_wrong_and_costs_the_same(house: House) -> None:
    _, codes = await house.sign_up("ada")
    _, bens = await house.sign_up("ben")
    await recover(house, codes[0])
    house.passwords.done.clear()
    answers: set[tuple[str, str, str | None]] = set()
    for name, code in [
        ("ada", codes[0]),
        ("ada", bens[0]),
        ("ada", ""),
        ("ada", "0000-0000-0000-0000-0000-0000-0000"),
        ("ada", codes[1] + "0"),
        ("ada", codes[1][:-1]),
        ("nobody", codes[1]),
        ("a\x00da", codes[1]),
    ]:
        with pytest.raises(Forbidden) as wrong:
            await recover(house, code, name=name)
        answers.add((wrong.value.code, str(wrong.value), wrong.value.field))
    assert len(answers) == 1
    assert house.passwords.done == []


async def test_a_code_is_not_used_up_by_a_password_that_cannot_be_chosen(house: House) -> None:
    _, codes = await house.sign_up()
    with pytest.raises(Invalid) as refused:
        await recover(house, codes[0], password="iloveyou1")
    assert refused.value.field == "password"
    await recover(house, codes[0])


async def test_of_two_who_use_a_code_at_once_one_gets_in(house: House) -> None:
    _, codes = await house.sign_up()
    outcomes = await asyncio.gather(*(recover(house, codes[0]) for _ in range(6)), return_exceptions=True)
    assert len([outcome for outcome in outcomes if isinstance(outcome, Entered)]) == 1
    assert {outcome.code for outcome in outcomes if isinstance(outcome, LeewardError)} == {"code-wrong"}
    [row] = await house.rows("SELECT count(*) AS used FROM recovery_code WHERE used_at IS NOT NULL")
    assert row["used"] == 1


async def test_a_new_password_signs_the_other_devices_out_and_not_this_one(house: House) -> None:
    first, _ = await house.sign_up()
    second = await house.sign_in(visit=ELSEWHERE)
    actor, other = await acting(house, first), await acting(house, second)
    await house.accounts.change_password(actor, PASSWORD, NEW_PASSWORD, now=NOW)
    assert await acting(house, first) == actor
    with pytest.raises(SignedOut):
        await acting(house, second)
    assert house.ended == [other.session_id]
    with pytest.raises(Forbidden):
        await house.sign_in(password=PASSWORD)
    await house.sign_in(password=NEW_PASSWORD)


async def test_changing_the_password_needs_the_current_one(house: House) -> None:
    first, _ = await house.sign_up()
    actor = await acting(house, first)
    for wrong in ("wrong guess", "", PASSWORD * 30):
        with pytest.raises(Forbidden) as refused:
            await house.accounts.change_password(actor, wrong, NEW_PASSWORD, now=NOW)
        assert (refused.value.code, refused.value.field) == ("password-wrong", "current")
    with pytest.raises(Invalid) as weak:
        await house.accounts.change_password(actor, PASSWORD, "password1", now=NOW)
    assert (weak.value.code, weak.value.field) == ("password-too-common", "new")
    await house.sign_in(password=PASSWORD)


async def test_who_finds_an_open_phone_cannot_guess_the_password_on_it(house: House) -> None:
    first, _ = await house.sign_up()
    actor = await acting(house, first)
    for _ in range(PASSWORD_AGAIN.tries):
        with pytest.raises(Forbidden):
            await house.accounts.new_recovery_codes(actor, "wrong guess", now=NOW)
    with pytest.raises(TooMany):
        await house.accounts.change_password(actor, PASSWORD, NEW_PASSWORD, now=NOW)
    await house.accounts.change_password(actor, PASSWORD, NEW_PASSWORD, now=NOW + PASSWORD_AGAIN.every)
    await house.accounts.new_recovery_codes(actor, NEW_PASSWORD, now=NOW + PASSWORD_AGAIN.every)


async def test_of_two_new_passwords_at_once_one_counts(house: House) -> None:
    first, _ = await house.sign_up()
    actor = await acting(house, first)
    wanted = [f"{NEW_PASSWORD} {number}" for number in range(4)]
    outcomes = await asyncio.gather(
        *(house.accounts.change_password(actor, PASSWORD, new, now=NOW) for new in wanted), return_exceptions=True
    )
    assert len([outcome for outcome in outcomes if outcome is None]) == 1
    assert all(outcome is None or isinstance(outcome, Unavailable | Forbidden) for outcome in outcomes)
    await house.sign_in(password=wanted[outcomes.index(None)])


async def test_new_codes_replace_the_old_ones(house: House) -> None:
    first, old = await house.sign_up()
    actor = await acting(house, first)
    with pytest.raises(Forbidden):
        await house.accounts.new_recovery_codes(actor, "wrong guess", now=NOW)
    new = await house.accounts.new_recovery_codes(actor, PASSWORD, now=NOW)
    assert len(set(new)) == 10
    assert not set(new) & set(old)
    with pytest.raises(Forbidden):
        await recover(house, old[0])
    await recover(house, new[0])


async def test_devices_are_listed_with_this_one_first_and_the_last_seen_next(house: House) -> None:
    first, _ = await house.sign_up()
    second = await house.sign_in(visit=ELSEWHERE)
    later = NOW + timedelta(days=2)
    async with house.database.connection() as connection:
        await actor_of(connection, second.started.token, later)
    third = await house.sign_in(visit=Visit("203.0.113.5"))
    actor = await acting(house, first)
    devices = await house.accounts.devices(actor)
    assert [device.current for device in devices] == [True, False, False]
    assert [device.seen_at for device in devices] == [NOW, later, NOW]
    assert devices[2].id == (await acting(house, third)).session_id
    assert {device.created_at for device in devices} == {NOW}


async def test_an_ended_device_learns_that_it_must_erase_and_is_a_stranger_again(house: House) -> None:
    first, _ = await house.sign_up()
    second = await house.sign_in(visit=ELSEWHERE)
    actor, other = await acting(house, first), await acting(house, second)
    await house.accounts.end_device(actor, other.session_id, now=NOW)
    with pytest.raises(DeviceEnded):
        await acting(house, second)
    assert house.ended == [other.session_id]
    assert len(await house.rows("SELECT 1 FROM known_device")) == 1
    with pytest.raises(NotFound) as gone:
        await house.accounts.end_device(actor, other.session_id, now=NOW)
    assert gone.value.code == "no-such-device"


async def test_a_member_can_end_the_device_in_their_hand(house: House) -> None:
    first, _ = await house.sign_up()
    actor = await acting(house, first)
    await house.accounts.end_device(actor, actor.session_id, now=NOW)
    with pytest.raises(DeviceEnded):
        await acting(house, first)


async def test_nobody_can_end_or_see_somebody_elses_device(house: House) -> None:
    ada = await acting(house, (await house.sign_up("ada"))[0])
    cleo = await acting(house, (await house.sign_up("cleo"))[0])
    for session_id in (ada.session_id, uuid4()):
        with pytest.raises(NotFound):
            await house.accounts.end_device(cleo, session_id, now=NOW)
    assert [device.id for device in await house.accounts.devices(cleo)] == [cleo.session_id]
    assert len(await house.rows("SELECT 1 FROM known_device")) == 2
    assert house.ended == []


async def test_only_the_latest_twenty_devices_stay_known(house: House) -> None:
    await house.sign_up()
    for number in range(25):
        await house.sign_in(visit=Visit(f"198.51.100.{number}"), now=NOW + timedelta(minutes=number))
    assert len(await house.rows("SELECT 1 FROM known_device")) == 20
    assert len(await house.rows("SELECT 1 FROM session")) == 26
