"""Somebody reports a buddy: with what they chose, in confidence, and they hear what came of it."""

from __future__ import annotations

from collections.abc import Mapping

import asyncpg
from playwright.async_api import expect

from tests.e2e import look
from tests.e2e.buddies import NOBODY, make_buddies
from tests.e2e.conftest import MakePhone, NewName, chromium_only
from tests.e2e.member import sign_up
from tests.e2e.phone import Phone
from tests.e2e.server import Server
from tests.e2e.waiting import eventually

CRUEL = "Nobody would miss you."


async def two(make_phone: MakePhone, server: Server, new_name: NewName) -> tuple[Phone, Phone, str, str]:
    """Ada and ben, who are buddies: their phones, the pair and the name that ben signs in with."""
    names = [(await sign_up(server, new_name(name))).name for name in ("ada", "ben")]
    phones: list[Phone] = []
    for name in names:
        phone = await make_phone(locale="en-GB")
        await phone.join_again(name)
        phones.append(phone)
    return phones[0], phones[1], await make_buddies(*phones), names[1]


async def says(phone: Phone, name: str, args: Mapping[str, object]) -> None:
    """What a phone does that this test has no screen for: sent from another device of its member."""
    refusals = await phone.page.evaluate(
        """async ([name, args]) => {
          const account = await (await fetch('/api/account')).json()
          const mutations = [{ number: 1, id: crypto.randomUUID(), name, args }]
          const said = { device: crypto.randomUUID(), owner: account.id, sentAt: new Date().toISOString(), mutations }
          const headers = { 'content-type': 'application/json' }
          const reply = await fetch('/api/sync', { method: 'POST', headers, body: JSON.stringify(said) })
          return (await reply.json()).refusals
        }""",
        [name, args],
    )
    assert refusals == []


async def agree(ada: Phone, ben: Phone, pair: str) -> None:
    proposal = {"pair": pair, "id": "018f0000-0000-7000-8000-0000000000aa"}
    await says(ada, "agreements.propose", {**proposal, "terms": {"part": {"shares": "note"}}})
    await says(ben, "agreements.accept", proposal)


async def cases(server: Server) -> list[asyncpg.Record]:
    async with server.database() as connection:
        return await connection.fetch(
            "SELECT c.number, r.category, r.kept, c.text, about.name AS about FROM report_case c"
            " JOIN report r ON r.id = c.report_id JOIN account about ON about.id = c.about_id ORDER BY c.number DESC"
        )


async def all_is_well_with(phone: Phone) -> None:
    for scheme in ("dark", None):
        await phone.page.emulate_media(color_scheme=scheme)
        assert await look.accessibility(phone.page) == []
    assert await look.too_small(phone.page) == []
    assert await look.cut_off(phone.page) == []


@chromium_only
async def test_what_was_chosen_is_kept_though_its_author_deletes_it_and_the_outcome_is_told(
    make_phone: MakePhone, server: Server, new_name: NewName
) -> None:
    ada, ben, pair, bens_name = await two(make_phone, server, new_name)
    await agree(ada, ben, pair)
    cruel = "018f0000-0000-7000-8000-0000000000bb"
    await says(ben, "messages.send", {"pair": pair, "id": cruel, "text": CRUEL})

    # Two taps from the page of the two.
    await ada.open(f"/buddies/{pair}")
    await ada.link("Report").click()
    await expect(ada.heading).to_have_text("Report Ben")
    await expect(ada.page.get_by_text("Nobody has been named who reads reports on this server.")).to_be_visible()
    await expect(ada.page.get_by_role("main").get_by_role("link", name="Helplines")).to_be_visible()
    await ada.button("Send this report").click()
    await expect(ada.page.get_by_text("Choose one of the two.")).to_be_visible()
    await ada.page.get_by_label("Something that is not all right").check()
    await ada.page.get_by_label("They do not leave me alone, or put me down").check()
    await ada.page.get_by_label(CRUEL).check()
    await ada.page.get_by_label("In your words").fill("He says such things every night.")
    await all_is_well_with(ada)
    await ada.draft_is_kept()
    await ada.page.reload()
    await expect(ada.page.get_by_label("In your words")).to_have_value("He says such things every night.")

    # Offline, it waits. Meanwhile its author takes it away.
    await ada.offline_ready()
    await server.gate.cut()
    await ada.button("Send this report").click()
    await expect(ada.heading).to_have_text("Your reports")
    await expect(ada.page.get_by_text("Waits to be sent")).to_be_visible()
    await server.gate.open()
    await says(ben, "messages.delete", {"pair": pair, "id": cruel})
    await ada.up_to_date()

    await expect(ada.page.get_by_text("It has arrived.")).to_be_visible()
    [case] = [one for one in await cases(server) if one["about"] == bens_name]
    assert (case["category"], case["kept"], case["text"]) == ("harassing", 1, "He says such things every night.")
    async with server.database() as connection:
        texts = await connection.fetch(
            "SELECT text, was_deleted FROM report_evidence WHERE number = $1 AND kind = 'message'", case["number"]
        )
    assert [row["text"] for row in texts] == [CRUEL]

    await server.command("reports", "close", str(case["number"]), "spoken-with", "--text", "We rang him.")
    await expect(ada.page.get_by_text("It was read, and somebody spoke with the person.")).to_be_visible()
    await expect(ada.page.get_by_text("We rang him.")).to_be_visible()
    await all_is_well_with(ada)
    await ada.go("Me")
    await ada.page.get_by_role("link", name="Your reports").click()
    await expect(ada.heading).to_have_text("Your reports")

    # Ben has nothing of all this.
    await ben.open("/me")
    await expect(ben.page.get_by_role("link", name="Your reports")).to_have_count(0)
    assert await ben.stored("reports") == []
    kinds = {row["kind"] for row in await ben.stored("server_rows")}
    assert "report" not in kinds
    await ben.open(f"/buddies/{pair}")
    await expect(ben.heading).to_have_text("Ada")


@chromium_only
async def test_worried_about_somebody_is_apart_and_leads_to_what_else_can_be_done(
    make_phone: MakePhone, server: Server, new_name: NewName
) -> None:
    ada, _, pair, bens_name = await two(make_phone, server, new_name)
    await ada.open(f"/buddies/{pair}/report")
    await ada.page.get_by_label("I am worried about Ben").check()
    await expect(ada.page.get_by_text("It says nothing against Ben.")).to_be_visible()
    await ada.button("Send this report").click()
    await expect(ada.page.get_by_role("heading", name="For Ben, besides")).to_be_visible()
    await all_is_well_with(ada)
    await ada.up_to_date()
    assert [one["category"] for one in await cases(server) if one["about"] == bens_name] == ["worried"]


@chromium_only
async def test_blocked_with_the_report_and_reported_again_when_it_is_over(
    make_phone: MakePhone, server: Server, new_name: NewName
) -> None:
    ada, ben, pair, bens_name = await two(make_phone, server, new_name)
    await agree(ada, ben, pair)
    await says(ben, "messages.send", {"pair": pair, "id": "018f0000-0000-7000-8000-0000000000cc", "text": CRUEL})
    await ada.open(f"/buddies/{pair}/report")
    await ada.page.get_by_label("Something that is not all right").check()
    await ada.page.get_by_label("They threaten me or somebody else").check()
    await ada.page.get_by_label("Block Ben: no invitation works between you any more").check()
    await ada.button("Send this report").click()
    await expect(ada.page.get_by_text("Ben is blocked in the same moment.")).to_be_visible()
    await ada.go("Buddies")
    await expect(ada.page.get_by_role("link", name="Ben")).to_have_count(0)
    await ada.up_to_date()
    await ben.open(f"/buddies/{pair}")

    async def is_over() -> bool:
        return await ben.heading.inner_text() == NOBODY

    await eventually(is_over, "the pair is gone from ben's phone")

    await ada.link("Report a buddy from before").click()
    await expect(ada.heading).to_have_text("No longer a buddy")
    await all_is_well_with(ada)
    await ada.page.get_by_role("link", name="Ben").click()
    await expect(ada.heading).to_have_text("Report Ben")
    await ada.page.get_by_label("Something that is not all right").check()
    await ada.page.get_by_label("Something else", exact=True).check()
    await ada.page.get_by_label("What Ben wrote to me").check()
    await ada.button("Send this report").click()
    await expect(ada.heading).to_have_text("Your reports")
    await ada.up_to_date()
    [last, first] = [one for one in await cases(server) if one["about"] == bens_name]
    assert (first["category"], first["kept"]) == ("threat", 0)
    assert (last["category"], last["kept"]) == ("other", 1)
