"""The main job, from the first visit to the second phone."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.conftest import MakePhone, NewName, both
from tests.e2e.gate import Gate
from tests.e2e.phone import Phone

pytestmark = both


async def test_no_check_in_is_lost_on_the_way_to_the_second_phone(
    phone: Phone, make_phone: MakePhone, gate: Gate, new_name: NewName
) -> None:
    ada = new_name("ada")

    # Before any account, any word and any network: one tap.
    await phone.page.goto(phone.origin)
    await expect(phone.heading).to_have_text("Welcome to Leeward")
    await phone.button("Come in").click()
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    await phone.offline_ready()
    await phone.check_in("Rainy")

    await gate.cut()
    await phone.tap("Fair")
    await phone.close_tab()

    # The app itself comes from the phone now, and the door is not asked again.
    await phone.open()
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    await expect(phone.moments).to_have_count(2)
    await expect(phone.moments.first).to_contain_text("Fair")
    await expect(phone.moments.last).to_contain_text("Rainy")

    await gate.open()
    await phone.fill_sign_up(ada)
    codes = await phone.keep_codes()
    assert len(set(codes)) == 10
    await phone.up_to_date()

    second = await make_phone()
    await second.come_in()
    await second.sign_in(ada)
    # It never says that it is up to date before everything is here.
    assert len(await second.stored("check_ins")) == 2
    await expect(second.moments).to_have_count(2)
    await expect(second.moments.first).to_contain_text("Fair")

    # What is changed on one is poked through to the other, both ways, with nobody touching it.
    await second.moments.first.get_by_role("link").click()
    await expect(second.heading).to_have_text("One check-in")
    await second.button("Clear").click()
    await second.note.fill("The sea was flat.")
    await second.button("Save").click()
    await expect(second.heading).to_have_text("How’s the weather in you?")
    await expect(phone.moments.first).to_contain_text("Clear")
    await expect(phone.moments.first).to_contain_text("The sea was flat.")

    await phone.moments.last.get_by_role("link").click()
    await phone.button("Delete this check-in").click()
    await expect(second.moments).to_have_count(1)
    await phone.button("Undo").click()
    await expect(second.moments).to_have_count(2)
    await expect(second.moments.last).to_contain_text("Rainy")
    await phone.up_to_date()
