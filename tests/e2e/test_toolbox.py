"""The toolbox as people use it: what helps is written down, done and looked back on, with a network or without."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.conftest import MakePhone, NewName, both
from tests.e2e.phone import Phone
from tests.e2e.server import Server

STRATEGIES = "SELECT strategy.* FROM strategy JOIN membership USING (space_id) JOIN account ON account.id = account_id"
TRIES = "SELECT practice.* FROM practice JOIN membership USING (space_id) JOIN account ON account.id = account_id"


async def writes_a_strategy(phone: Phone) -> None:
    """From the toolbox: what is missing is said, steps change places, the rest is optional."""
    await phone.link("Write one").click()
    await phone.button("Save").click()
    await expect(phone.page.get_by_text("Give it a name.")).to_be_visible()
    await expect(phone.page.get_by_label("What is it called?")).to_be_focused()
    await phone.page.get_by_label("What is it called?").fill("Down to the quay")
    await phone.page.get_by_label("What kind is it?").select_option(label="Move")
    await phone.page.get_by_label("Step 1", exact=True).fill("Take the blue coat")
    await phone.button("Add a step").click()
    await phone.page.get_by_label("Step 2", exact=True).fill("Count ten boats")
    await phone.page.get_by_label("Timer of step 2, in seconds").fill("1")
    await phone.button("Add a step").click()
    await phone.page.get_by_label("Step 3", exact=True).fill("Watch the water")
    await phone.button("Move step 3 earlier").click()
    await expect(phone.page.get_by_label("Step 2", exact=True)).to_have_value("Watch the water")
    await phone.page.get_by_label("How many minutes?").fill("20")
    await phone.page.get_by_text("When it suits").click()
    await phone.button("Rainy").click()
    await phone.page.get_by_label("Another place").fill("am Steg")
    await phone.button("Save").click()
    await expect(phone.heading).to_have_text("Down to the quay")
    await expect(phone.page.get_by_role("main")).to_contain_text("Move · 20 minutes")
    await expect(phone.page.get_by_role("main")).to_contain_text("am Steg")


async def does_it(phone: Phone) -> None:
    """From its page: begun, left, and taken up again where it was."""
    await phone.link("Do it").click()
    await phone.button("Stormy").click()
    await phone.button("Begin").click()
    await expect(phone.page.get_by_text("Take the blue coat")).to_be_visible()
    await phone.button("Next").click()
    await expect(phone.page.get_by_text("Watch the water")).to_be_visible()
    await phone.open()
    await phone.go("Toolbox")
    await phone.page.get_by_role("link", name="Down to the quay").click()
    await phone.link("Do it").click()
    await expect(phone.page.get_by_text("You are back where you left it.")).to_be_visible()
    await expect(phone.page.get_by_text("Watch the water")).to_be_visible()
    await phone.button("Next").click()
    await phone.button("Start the timer").click()
    await expect(phone.page.get_by_text("The time is over.").last).to_be_visible()
    await phone.button("Done").click()
    await phone.button("Cloudy").click()
    await phone.button("Yes").click()
    await phone.button("Keep it").click()
    await expect(phone.heading).to_have_text("Down to the quay")
    await expect(phone.page.get_by_role("main")).to_contain_text("Tried once.")
    await expect(phone.page.get_by_role("main")).to_contain_text("worth doing 1 of 1 times. That is too few to go by.")


@both
async def test_a_strategy_is_written_done_offline_and_follows_to_another_phone(
    make_phone: MakePhone, server: Server, new_name: NewName
) -> None:
    phone = await make_phone(locale="en-GB")
    name = new_name("ada")
    await phone.join(name)
    await phone.offline_ready()
    await phone.go("Toolbox")
    await expect(phone.heading).to_have_text("Toolbox")

    await phone.context.set_offline(offline=True)
    await writes_a_strategy(phone)
    await does_it(phone)
    await phone.context.set_offline(offline=False)
    await phone.up_to_date()
    async with server.database() as connection:
        (kept,) = await connection.fetch(f"{STRATEGIES} WHERE account.name = $1", name)
        (tried,) = await connection.fetch(f"{TRIES} WHERE account.name = $1", name)
    assert (kept["title"], kept["kind"], kept["minutes"]) == ("Down to the quay", "move", 20)
    assert (kept["moods"], kept["places"]) == ([2], ["own:am Steg"])
    assert tried["strategy_id"] == kept["id"]
    assert (tried["mood_before"], tried["mood_after"], tried["again"]) == (1, 3, True)

    other = await make_phone(locale="en-GB")
    await other.join_again(name)
    await other.go("Toolbox")
    await other.page.get_by_role("link", name="Down to the quay").click()
    await expect(other.page.get_by_role("listitem").filter(has_text="Count ten boats")).to_contain_text("1 second")
    await expect(other.page.get_by_role("main")).to_contain_text("Tried once.")


async def test_a_template_becomes_ones_own_and_a_deletion_can_be_undone(phone: Phone) -> None:
    await phone.come_in()
    await phone.go("Toolbox")
    await phone.page.get_by_role("link", name="Cold water").click()
    name = phone.page.get_by_label("What is it called?")
    await expect(name).to_have_value("Cold water")
    await name.fill("Cold water, both wrists")
    # A draft outlives the page.
    await phone.draft_is_kept()
    await phone.open("/toolbox/new?from=cold-water")
    await expect(phone.page.get_by_text("What you began here is back.")).to_be_visible()
    await expect(name).to_have_value("Cold water, both wrists")
    await phone.button("Save").click()
    await expect(phone.heading).to_have_text("Cold water, both wrists")
    await phone.go("Toolbox")
    await expect(phone.page.get_by_role("link", name="Cold water")).to_have_count(1)

    await phone.page.get_by_role("link", name="Cold water, both wrists").click()
    await phone.link("Change it").click()
    await phone.button("Delete it").click()
    await expect(phone.heading).to_have_text("Toolbox")
    await expect(phone.page.get_by_role("link", name="Cold water, both wrists")).to_have_count(0)
    await phone.button("Undo").click()
    await expect(phone.page.get_by_role("link", name="Cold water, both wrists")).to_have_count(1)
    await phone.open("/toolbox/no-such-one")
    await expect(phone.heading).to_have_text("It is not here any more")


@both
async def test_an_exercise_is_done_offline_and_offered_again_in_rough_weather(
    make_phone: MakePhone, server: Server, new_name: NewName
) -> None:
    phone = await make_phone(locale="en-GB")
    name = new_name("ada")
    await phone.join(name)
    await phone.offline_ready()
    await phone.context.set_offline(offline=True)
    await phone.check_in("Fair")
    offered = phone.page.get_by_role("region", name="Something for now")
    await expect(offered).to_have_count(0)
    await phone.tap("Rainy")
    await expect(offered.get_by_role("link")).to_contain_text(["Slow and even", "Five, four, three, two, one"])
    await phone.done()

    await phone.go("Toolbox")
    await phone.page.get_by_role("link", name="Box breathing").click()
    await expect(phone.page.get_by_text("like the four sides of a box")).to_be_visible()
    await phone.link("Do it").click()
    await phone.button("Rainy").click()
    await phone.button("Begin").click()
    # The same word begins the breath itself.
    await phone.button("Begin").click()
    await expect(phone.page.get_by_text("In", exact=True).first).to_be_visible()
    await expect(phone.page.get_by_text("Hold", exact=True).first).to_be_visible()
    await phone.button("Stop").click()
    await phone.button("Done").click()
    await phone.button("Fair").click()
    await phone.button("Keep it").click()
    await expect(phone.heading).to_have_text("Box breathing")
    await expect(phone.page.get_by_role("main")).to_contain_text("Tried once.")

    await phone.go("Today")
    await phone.tap("Stormy")
    await expect(offered.get_by_role("link")).to_contain_text(["Box breathing", "Slow and even"])
    await expect(offered.get_by_role("link").first).to_contain_text("worth doing 1 of 1 times so far")
    await offered.get_by_role("link").first.click()
    await expect(phone.heading).to_have_text("Box breathing")

    await phone.context.set_offline(offline=False)
    await phone.up_to_date()
    async with server.database() as connection:
        (tried,) = await connection.fetch(f"{TRIES} WHERE account.name = $1", name)
    assert (tried["exercise"], tried["mood_before"], tried["mood_after"], tried["again"]) == (
        "box-breathing",
        2,
        4,
        None,
    )
