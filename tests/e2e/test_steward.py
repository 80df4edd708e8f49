"""What a steward sees of the server in the app: whether its pushes go out."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e import look
from tests.e2e.conftest import MakePhone, NewName, chromium_only, with_window
from tests.e2e.lock_screen import subscribes_as
from tests.e2e.phone import Phone
from tests.e2e.reminded import let_reminders_reach
from tests.e2e.server import Server
from tests.e2e.waiting import eventually
from tests.push.local_push_service import LocalPushService, told

pytestmark = [chromium_only, with_window]


async def all_is_well_with(phone: Phone) -> None:
    assert await look.accessibility(phone.page) == []
    assert await look.too_small(phone.page) == []
    assert await look.cut_off(phone.page) == []


async def test_a_steward_sees_that_a_push_service_refuses_pushes_and_that_it_takes_them_again(
    make_phone: MakePhone, pushes: LocalPushService, sender: Server, new_name: NewName
) -> None:
    ada = new_name("ada")
    phone = await make_phone(sender, permissions=["notifications", "background-sync"], locale="en-GB")
    await subscribes_as(phone, pushes.device())
    await phone.join(ada)
    await phone.offline_ready()
    await let_reminders_reach(phone)
    await sender.command("steward", "add", ada)
    await phone.open("/me")
    await phone.page.get_by_role("link", name="Steward").click()
    await expect(phone.heading).to_have_text("This server")
    await expect(phone.page.get_by_role("heading", name="No push has been answered yet")).to_be_visible()
    await expect(phone.page.get_by_role("heading", name="Reminders and pushes are attended to")).to_be_visible()

    async def answered(*states: str) -> None:
        async def holds() -> bool:
            async with sender.database() as connection:
                rows = await connection.fetch("SELECT state FROM push_delivery ORDER BY due_at")
            return [row["state"] for row in rows] == list(states)

        await eventually(holds, f"pushes that were {states}")

    host = pushes.origin.removeprefix("http://")
    pushes.answers = [told(403)]
    await phone.open("/me/reminders")
    await phone.button("Send me a test").click()
    await answered("failed")
    await phone.open("/me/steward")
    refuses = phone.page.get_by_role("heading", name=f"The push service {host} has refused this server’s pushes since")
    await expect(refuses).to_be_visible()
    await expect(phone.page.get_by_role("main")).to_contain_text("leeward push status says more.")
    await expect(phone.page.get_by_text("1 refused, the last on")).to_be_visible()
    await all_is_well_with(phone)
    await phone.page.emulate_media(color_scheme="dark")
    await all_is_well_with(phone)

    await phone.page.emulate_media(color_scheme=None)
    await phone.open("/me/reminders")
    await phone.button("Send me a test").click()
    await answered("failed", "sent")
    await phone.open("/me/steward")
    await expect(phone.page.get_by_role("heading", name="Pushes go out")).to_be_visible()
    await expect(refuses).to_have_count(0)

    await sender.gate.cut()
    await phone.button("Look again").click()
    await expect(phone.page.get_by_text("This page asks the server, and it did not answer.")).to_be_visible()
    await all_is_well_with(phone)
    await sender.gate.open()
    await phone.button("Try again").click()
    await expect(phone.page.get_by_role("heading", name="Pushes go out")).to_be_visible()


async def test_a_member_who_is_no_steward_has_no_row_and_is_told_so(
    make_phone: MakePhone, sender: Server, new_name: NewName
) -> None:
    phone = await make_phone(sender)
    await phone.join(new_name("ben"))
    async with phone.page.expect_response("**/api/account") as asked:
        await phone.go("Me")
    assert (await (await asked.value).json())["steward"] is False
    await expect(phone.page.get_by_role("link", name="Account")).to_be_visible()
    await expect(phone.page.get_by_role("link", name="Steward")).to_have_count(0)
    phone.expected |= {404}
    await phone.open("/me/steward")
    await expect(phone.page.get_by_text("You are not one of them.")).to_be_visible()
    await all_is_well_with(phone)
