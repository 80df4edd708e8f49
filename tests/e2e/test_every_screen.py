"""Every screen, as WCAG, a thumb, a small phone, large text, a dark room and the policy see it."""

from __future__ import annotations

import pytest_asyncio
from playwright.async_api import expect

from tests.e2e import look
from tests.e2e.agreeing import Two, have_agreed, share, write
from tests.e2e.buddies import make_buddies, make_invitation
from tests.e2e.conftest import MakePhone, NewName, both, chromium_only
from tests.e2e.gate import Gate
from tests.e2e.inspecting import inspect
from tests.e2e.member import check_in, sign_up
from tests.e2e.phone import PASSWORD, Phone
from tests.e2e.screens import HELP, SIGNED_IN, SIGNED_OUT, of_agreement, of_buddies, of_sharing, of_talking
from tests.e2e.server import Server

DAYS = [
    check_in(
        "2026-11-20T08:00:00.000+01:00", mood=2, energy=1, feelings=["worn-out", "own:seasick"], contexts=["sleep"]
    ),
    check_in("2026-11-20T21:00:00.000+01:00", mood=5, note="The harbour at night.", contexts=["people", "nature"]),
    check_in("2026-11-21T09:30:00.000+01:00", mood=4, feelings=["calm"], zone="America/New_York"),
]


@pytest_asyncio.fixture(loop_scope="session")
async def member(make_phone: MakePhone, server: Server, new_name: NewName) -> Phone:
    """A phone signed in, with a few days on it; it is one of two, and its member is a steward."""
    ada = await sign_up(server, new_name("ada"), DAYS)
    await server.command("steward", "add", ada.name)
    async with server.visitor() as other:
        device = {"name": ada.name, "password": PASSWORD, "deviceLabel": "Another phone"}
        (await other.post("/api/sessions", json=device)).raise_for_status()
    phone = await make_phone(locale="en-GB")
    await phone.join_again(ada.name)
    return phone


@both
async def test_every_screen_that_is_open_to_anybody(phone: Phone) -> None:
    await phone.come_in()
    await inspect(phone, SIGNED_OUT)


@both
async def test_every_screen_of_a_member(member: Phone) -> None:
    await inspect(member, SIGNED_IN)


async def test_every_screen_of_buddies(make_phone: MakePhone, new_name: NewName) -> None:
    phones: list[Phone] = []
    for name in ("ada", "ben", "cleo"):
        phone = await make_phone(locale="en-GB")
        await phone.join(new_name(name))
        phones.append(phone)
    ada, ben, cleo = phones
    pair = await make_buddies(ada, ben)
    await have_agreed(Two(ada, ben, pair), hers="nothing", his="nothing")
    secret = await make_invitation(cleo, "Cleo")
    for other in (ben, cleo):
        await other.context.close()
    ada.expected |= {409}
    await inspect(ada, of_buddies(pair, secret))


@pytest_asyncio.fixture(loop_scope="session")
async def two(make_phone: MakePhone, new_name: NewName) -> Two:
    """Ada and Ben, who are buddies."""
    phones: list[Phone] = []
    for name in ("ada", "ben"):
        phone = await make_phone(locale="en-GB")
        await phone.join(new_name(name))
        phones.append(phone)
    ada, ben = phones
    return Two(ada, ben, await make_buddies(ada, ben))


async def test_every_screen_of_a_conversation(two: Two) -> None:
    await have_agreed(two, hers="weather", his="nothing")
    await two.ben.context.close()
    await inspect(two.ada, of_talking(two.pair))


async def test_every_screen_on_the_way_to_an_agreement(two: Two) -> None:
    await inspect(two.ada, of_agreement(two.pair))


async def test_every_screen_of_sharing(two: Two) -> None:
    await have_agreed(two, hers="note", his="note")
    await share(two.ada, "Rainy", "The whole night.")
    await share(two.ben, "Fair", "A walk by the harbour.")
    await two.ben.up_to_date()
    await write(two.ben, two, "weather", worried="Ring.")
    await two.ben.button("Propose it to Ada").click()
    await two.ben.up_to_date()
    await two.ben.context.close()
    await inspect(two.ada, of_sharing(two.pair))


@both
async def test_the_recovery_codes_are_shown_once(phone: Phone, new_name: NewName) -> None:
    await phone.come_in()
    await phone.fill_sign_up(new_name("ada"))
    await expect(phone.heading).to_have_text("Your recovery codes")
    assert await look.accessibility(phone.page) + await look.too_small(phone.page) == []
    if phone.is_chromium:  # Playwright hears of no download in Debian's Firefox
        async with phone.page.expect_download() as downloading:
            await phone.button("Download").click()
        text = (await (await downloading.value).path()).read_text()
        codes = await phone.page.locator("main ol code").all_inner_texts()
        assert len(codes) == 10
        assert all(code in text for code in codes)
    assert len(set(await phone.keep_codes())) == 10
    await phone.open("/me/recovery-codes")
    await expect(phone.heading).to_have_text("New recovery codes")


@both
async def test_help_is_one_tap_away_from_everywhere_signed_out_and_offline(phone: Phone, gate: Gate) -> None:
    await phone.come_in()
    await phone.offline_ready()
    await gate.cut()
    for screen in SIGNED_OUT:
        if screen.title == HELP.title or screen.path == "/sign-in":
            continue
        await screen.show_next(phone)
        await phone.link("Help now").click()
        await expect(phone.heading).to_have_text("Help now")
        await expect(phone.heading).to_be_focused()
        await expect(phone.page.locator('main a[href^="tel:"]').first).to_be_visible()
    # The phone's region first, every other in two taps, each with its source and whether it was checked.
    await phone.button("Other countries").click()
    await phone.link("Ireland").click()
    await expect(phone.page.get_by_role("main")).to_contain_text("not yet checked by this server")
    await expect(phone.page.get_by_role("main")).to_contain_text("Source: ")
    assert await phone.page.locator('main a[href^="sms:"]').count() > 0

    # And away at once, with nothing left on the screen.
    await phone.button("Quick exit").click()
    await phone.page.wait_for_url("about:blank")


@chromium_only
async def test_nothing_moves_for_whoever_wants_no_motion(make_phone: MakePhone) -> None:
    phone = await make_phone(reduced_motion="reduce")
    await phone.come_in()
    assert await look.moving(phone.page) == []
    await phone.tap("Fair")
    assert await look.moving(phone.page) == []
    calm = await make_phone()
    await calm.come_in()
    assert await look.moving(calm.page) != [], "somebody who does not mind sees soft changes"


@both
async def test_dark_and_german_by_choice_also_at_the_next_start(phone: Phone) -> None:
    await phone.come_in()
    await phone.open("/me/settings")
    await phone.page.get_by_label("Dark", exact=True).check()
    await phone.page.get_by_label("Deutsch", exact=True).check()
    await expect(phone.page.locator("html")).to_have_attribute("lang", "de")
    await phone.close_tab()
    await phone.page.goto(phone.origin + "/me")
    await expect(phone.page.locator("html")).to_have_attribute("lang", "de")
    await expect(phone.page.locator("html")).to_have_attribute("data-theme", "dark")
    await expect(phone.page.locator("body")).to_have_css("background-color", "rgb(16, 25, 31)")
    await expect(phone.page.get_by_role("link", name="Heute", exact=True)).to_be_visible()
    assert await look.accessibility(phone.page) == []


async def test_a_german_phone_is_spoken_to_in_german_from_the_door_on(make_phone: MakePhone) -> None:
    phone = await make_phone(locale="de-DE")
    await phone.page.goto(phone.origin)
    await expect(phone.page.locator("html")).to_have_attribute("lang", "de")
    await phone.button("Hereinkommen").click()
    await expect(phone.page.get_by_role("button", name="Sturm", exact=True)).to_be_visible()
