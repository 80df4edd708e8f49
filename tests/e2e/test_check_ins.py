"""Check-ins as people make them: more than a tap, earlier, by a wrong clock, on a journey, ten thousand of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.e2e.conftest import MakePhone, NewName, both
from tests.e2e.gate import Gate
from tests.e2e.member import Member, check_in, sign_up
from tests.e2e.phone import Phone
from tests.e2e.server import Server

# A Sunday evening; whatever the tests run at, the phones think that it is then.
NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@both
async def test_everything_beside_the_weather_saves_itself(phone: Phone, server: Server, new_name: NewName) -> None:
    ada = Member(server, new_name("ada"))
    await phone.join(ada.name)
    await phone.tap("Cloudy")
    # Every tap is a moment of its own; Undo takes the last one away and goes back to the one before.
    await phone.tap("Rainy")
    await phone.button("Undo").click()
    await expect(phone.heading).to_have_text("Cloudy. Saved.")

    await phone.button("Steady").click()
    feelings = phone.page.get_by_role("region", name="Feelings")
    await feelings.get_by_role("button", name="More…").click()
    await feelings.get_by_role("button", name="Worn out", exact=True).click()
    await feelings.get_by_label("A word of your own").fill("  sea   sick ")
    await feelings.get_by_role("button", name="Add").click()
    await expect(feelings.get_by_role("button", name="sea sick")).to_have_attribute("aria-pressed", "true")
    around = phone.page.get_by_role("region", name="What’s around it?")
    await around.get_by_role("button", name="Sleep", exact=True).click()
    await phone.note.fill("Woke at four.\nThe boat creaked.")
    await expect(phone.page.get_by_role("main")).to_contain_text("Saved")
    await phone.done()
    await phone.up_to_date()
    (saved,) = await ada.check_ins()
    assert (saved["mood"], saved["energy"]) == (3, 2)
    assert saved["feelings"] == ["worn-out", "own:sea sick"]
    assert saved["contexts"] == ["sleep"]
    assert saved["note"] == "Woke at four.\nThe boat creaked."
    await expect(phone.moments.first).to_contain_text("Worn out · sea sick · Sleep")

    # The word is offered again; nothing of it has to be answered.
    await phone.tap("Clear")
    await phone.page.get_by_role("region", name="Feelings").get_by_role("button", name="More…").click()
    await expect(phone.button("sea sick")).to_have_attribute("aria-pressed", "false")


@both
async def test_a_moment_of_another_day_and_none_of_the_future(
    make_phone: MakePhone, server: Server, new_name: NewName
) -> None:
    ada = Member(server, new_name("ada"))
    phone = await make_phone(timezone_id="Europe/Dublin", locale="en-IE")
    await phone.set_clock(NOW)
    await phone.join(ada.name)

    await phone.go("History")
    await (
        phone.page.get_by_role("link", name="Go to Today")
        .or_(phone.page.get_by_role("link", name="Friday, 20 November: nothing noted"))
        .first.click()
    )
    await phone.open("/history/2026-11-20")
    await phone.button("Fair").click()
    await expect(phone.heading).to_have_text("One check-in")
    await phone.page.get_by_label("Time", exact=True).fill("07:15")
    await phone.button("Save").click()
    await expect(phone.heading).not_to_have_text("One check-in")
    await phone.open("/history/2026-11-20")
    await expect(phone.moments).to_contain_text(["Fair"])
    await expect(phone.moments.first).to_contain_text("7:15")
    await phone.up_to_date()
    (saved,) = await ada.check_ins()
    assert saved["clock_time"] == "2026-11-20T07:15:00.000+00:00"

    # A time to come is stopped beside its field, and kept as it was typed.
    await phone.moments.first.get_by_role("link").click()
    day = phone.page.get_by_label("Day", exact=True)
    await day.fill("2026-11-22")
    await phone.page.get_by_label("Time", exact=True).fill("18:06")
    await expect(phone.page.get_by_text("That is still to come. Choose a time up to now.")).to_be_visible()
    await phone.button("Save").click()
    await expect(day).to_be_focused()
    await expect(phone.heading).to_have_text("One check-in")
    # Five minutes ahead of the clock is no lie; and the draft survives.
    await phone.draft_is_kept()
    await phone.page.reload()
    await expect(day).to_have_value("2026-11-22")
    await phone.page.get_by_label("Time", exact=True).fill("18:04")
    await expect(phone.page.get_by_text("That is still to come.")).to_have_count(0)
    await phone.button("Save").click()
    await expect(phone.heading).not_to_have_text("One check-in")
    await phone.up_to_date()
    assert [row["clock_time"] for row in await ada.check_ins()] == ["2026-11-22T18:04:00.000+00:00"]


async def test_a_wrong_clock_loses_nothing(
    make_phone: MakePhone, gate: Gate, server: Server, new_name: NewName
) -> None:
    ada = Member(server, new_name("ada"))
    phone = await make_phone(timezone_id="Europe/Dublin")
    await phone.set_clock(NOW)
    await phone.join(ada.name)
    await phone.offline_ready()
    await gate.cut()

    # An hour ahead when it was tapped, and put right before it is sent: the server cannot take it as it is.
    await phone.set_clock(NOW + timedelta(hours=1))
    await phone.tap("Stormy")
    await phone.note.fill("The clock on the mantelpiece stopped.")
    await phone.done()
    await phone.set_clock(NOW)
    await gate.open()
    await phone.open("/sync")
    await expect(phone.sync_line).to_contain_text("a look")
    main = phone.page.get_by_role("main")
    await expect(main).to_contain_text("Its time is still to come")
    await expect(main).to_contain_text("The clock on the mantelpiece stopped.")
    assert await ada.moods() == []

    await phone.page.get_by_role("button", name="Change and send again").first.click()
    await phone.dialog.get_by_label("Time", exact=True).fill("17:30")
    await phone.dialog.get_by_role("button", name="Send again").click()
    await ada.has(1)
    assert (await ada.check_ins())[0]["clock_time"].startswith("2026-11-22T17:30")


async def test_a_journey_moves_no_check_in_to_another_day(
    make_phone: MakePhone, server: Server, new_name: NewName
) -> None:
    ada = Member(server, new_name("ada"))
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    dublin = await make_phone(timezone_id="Europe/Dublin", locale="en-GB")
    await dublin.set_clock(late)
    await dublin.join(ada.name)
    await dublin.check_in("Rainy")
    await dublin.up_to_date()

    # On the other side of the world it is already tomorrow.
    tokyo = await make_phone(timezone_id="Asia/Tokyo", locale="en-GB")
    await tokyo.set_clock(late + timedelta(minutes=5))
    await tokyo.join_again(ada.name)
    await expect(tokyo.moments).to_have_count(0)
    await tokyo.check_in("Clear")
    await tokyo.open("/history/2026-11-22")
    await expect(tokyo.moments).to_have_count(1)
    await expect(tokyo.moments).to_contain_text(["23:30 (Dublin time)"])
    await tokyo.open("/history/2026-11-23")
    await expect(tokyo.moments).to_contain_text(["Clear"])
    await tokyo.up_to_date()
    assert [row["local_date"].isoformat() for row in await ada.check_ins()] == ["2026-11-23", "2026-11-22"]


@both
async def test_ten_thousand_check_ins_stay_at_hand(
    make_phone: MakePhone, server: Server, gate: Gate, new_name: NewName
) -> None:
    first = NOW - timedelta(hours=4 * 9_999)
    moments = [
        check_in(
            f"{(first + timedelta(hours=4 * index)).isoformat(timespec='milliseconds')}",
            mood=index % 5 + 1,
            feelings=["calm"] if index % 50 == 0 else ["worn-out"],
            contexts=["sleep"],
            note=f"Harbour {index}." if index % 100 == 0 else None,
            zone="Etc/UTC",
        )
        for index in range(10_000)
    ]
    ada = await sign_up(server, new_name("ada"), moments)
    phone = await make_phone(timezone_id="Europe/London", locale="en-GB")
    await phone.set_clock(NOW)
    await phone.join_again(ada.name)
    await expect(phone.moments.first).to_be_visible()
    await phone.offline_ready()
    await gate.cut()

    await phone.go("History")
    main = phone.page.get_by_role("main")
    await expect(main).to_contain_text("You showed up on 22 days.")
    # Down and down, month after month.
    for month in ("October", "September", "August"):
        await phone.page.get_by_role("heading", name=month, exact=True).scroll_into_view_if_needed()
        await expect(phone.page.get_by_role("link", name=f"1 {month}").first).to_be_visible()

    await phone.button("Jump to a month").click()
    for _ in range(4):
        await phone.button("A year earlier").click()
    await phone.page.get_by_role("button", name="June 2022").click()
    await expect(phone.page.get_by_role("heading", name="June 2022")).to_be_focused()
    await phone.page.get_by_role("link", name="15 June 2022").click()
    await expect(phone.moments).to_have_count(6)
    await phone.page.go_back()
    await expect(phone.page.get_by_role("link", name="15 June 2022")).to_be_focused()

    await phone.open("/history/search")
    await phone.page.get_by_label("Words in your notes").fill("HARBOUR 4200")
    await expect(phone.page.get_by_role("status").filter(has_text="found")).to_have_text("1 check-in found")
    await phone.button("Clear all").click()
    await phone.page.locator("summary", has_text="Feelings").click()
    await phone.page.get_by_role("button", name="Calm", exact=True).click()
    await expect(phone.moments).to_have_count(30)
    await phone.button("Show more").click()
    await expect(phone.moments).to_have_count(60)
