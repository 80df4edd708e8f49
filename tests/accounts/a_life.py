"""Everything a member can leave on a server, lived through its own doors.

A feature that adds a table adds a step to `A_LIFE`: until then test_deletion.py fails, because it wants to see every
table filled by a member and empty of them afterwards.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from app import clock
from app.buddies import missed
from app.stewards import operating as stewards
from app.worker.waker import wake_once
from tests.accounts.conftest import NEW_PASSWORD, PASSWORD, Town, new_account
from tests.push.local_push_service import Device


@dataclass
class Friend:
    """Somebody else, signed in."""

    phone: httpx.AsyncClient
    account: str


Friends = tuple[Friend, Friend]
"""One who becomes a buddy and stays one, and one who is blocked."""


@dataclass
class Member:
    """Somebody with two browsers, and a word that only they use."""

    name: str
    word: str
    address: str
    phone: httpx.AsyncClient
    laptop: httpx.AsyncClient
    stranger: httpx.AsyncClient
    friends: Friends
    town: Town
    account: str = ""
    code: str = ""
    password: str = PASSWORD


Step = Callable[[Member], Awaitable[None]]


A_MOMENT = {"mood": 2, "happenedAt": "2026-11-22T08:00:00.000+01:00", "zone": "Europe/Paris"}


async def syncs(phone: httpx.AsyncClient, account: str, *changes: tuple[str, dict[str, Any]]) -> None:
    """A new device of theirs sends these changes, and none is refused."""
    mutations = [
        {"number": number, "id": str(uuid4()), "name": name, "args": args}
        for number, (name, args) in enumerate(changes, 1)
    ]
    said = {"device": str(uuid4()), "owner": account, "sentAt": "2026-11-22T08:00:00.000Z", "mutations": mutations}
    answer = (await phone.post("/api/sync", json=said)).json()
    assert (answer["outcome"], answer["last"], answer["refusals"]) == ("ok", len(changes), []), answer


async def everything(phone: httpx.AsyncClient, account: str) -> dict[str, Any]:
    """What a new device of theirs gets."""
    said = {"device": str(uuid4()), "owner": account, "sentAt": "2026-11-22T08:00:00.000Z"}
    return (await phone.post("/api/sync", json=said)).json()


async def spaces(phone: httpx.AsyncClient, account: str) -> list[dict[str, Any]]:
    return (await everything(phone, account))["spaces"]


async def rows_of(phone: httpx.AsyncClient, account: str, kind: str, space: str) -> list[str]:
    rows = (await everything(phone, account))["rows"]
    return [row["id"] for row in rows if row["kind"] == kind and row["space"] == space and not row["deleted"]]


async def signs_up(ada: Member) -> None:
    said = new_account(ada.name, deviceLabel=f"Phone of {ada.word}")
    answer = await ada.phone.post("/api/accounts", json=said)
    assert answer.status_code == 201, answer.text
    ada.account = answer.json()["account"]["id"]
    ada.code = answer.json()["recoveryCodes"][0]


async def is_guessed_at(ada: Member) -> None:
    said = {"name": ada.name, "password": "a stranger's guess"}
    assert (await ada.stranger.post("/api/sessions", json=said)).status_code == 403


async def signs_in_elsewhere_and_ends_that_device(ada: Member) -> None:
    said = {"name": ada.name, "password": ada.password, "deviceLabel": f"Laptop of {ada.word}"}
    assert (await ada.laptop.post("/api/sessions", json=said)).status_code == 201
    [_, laptop] = (await ada.phone.get("/api/account/devices")).json()
    assert (await ada.phone.delete(f"/api/account/devices/{laptop['id']}")).status_code == 204


async def forgets_the_password(ada: Member) -> None:
    said = {"name": ada.name, "code": ada.code, "password": NEW_PASSWORD, "deviceLabel": f"Tablet of {ada.word}"}
    assert (await ada.laptop.post("/api/account/recovery", json=said)).status_code == 201
    ada.password = NEW_PASSWORD
    wrong = {"current": f"not the password of {ada.word}", "new": PASSWORD}
    assert (await ada.laptop.put("/api/account/password", json=wrong)).status_code == 403
    said = {"name": ada.name, "password": ada.password, "deviceLabel": f"Phone of {ada.word}"}
    assert (await ada.phone.post("/api/sessions", json=said)).status_code == 201


async def checks_in_and_chooses(ada: Member) -> None:
    moment: dict[str, Any] = {
        "id": str(uuid4()),
        "mood": 2,
        "energy": 1,
        "feelings": ["heavy", f"own:{ada.word}"],
        "contexts": [f"own:{ada.word}"],
        "note": f"Only {ada.word} writes this.",
        "happenedAt": "2026-11-22T08:00:00.000+01:00",
        "zone": "Europe/Paris",
    }
    deleted = {**moment, "id": str(uuid4())}
    changes = [
        ("check_ins.record", moment),
        ("check_ins.record", deleted),
        ("check_ins.delete", {"id": deleted["id"]}),
        ("check_ins.record", {**moment, "id": str(uuid4()), "mood": 9}),
        ("preferences.set", {"key": "region", "value": "IE"}),
    ]
    said = {
        "device": str(uuid4()),
        "owner": ada.account,
        "sentAt": "2026-11-22T08:00:00.000Z",
        "mutations": [
            {"number": number, "id": str(uuid4()), "name": name, "args": args}
            for number, (name, args) in enumerate(changes, 1)
        ],
    }
    answer = (await ada.phone.post("/api/sync", json=said)).json()
    assert (answer["outcome"], answer["last"], len(answer["refusals"])) == ("ok", len(changes), 1), answer


async def wants_to_be_reminded(ada: Member) -> None:
    reminder = {"id": str(uuid4()), "label": f"As {ada.word} likes it", "times": ["08:00"], "weekdays": [1, 7]}
    zone = {"zone": "Europe/Paris"}
    await syncs(ada.phone, ada.account, ("reminders.set", reminder), ("reminding.set", zone))
    assert (await ada.phone.post("/api/reminders/calendar")).status_code == 201


async def fills_her_toolbox(ada: Member) -> None:
    zone = {"happenedAt": "2026-11-22T07:15:00.000+01:00", "zone": "Europe/Paris"}
    strategy = {"id": str(uuid4()), "title": f"Tea as {ada.word} makes it", "kind": "rest"}
    tried = {"id": str(uuid4()), "strategy": strategy["id"], "contexts": [f"own:{ada.word}"], **zone}
    await syncs(ada.phone, ada.account, ("strategies.set", strategy), ("practices.record", tried))


async def gets_pushes(ada: Member) -> None:
    device = Device(f"https://updates.push.services.mozilla.com/wpush/v2/{ada.word}")
    key = (await ada.phone.get("/api/push/key")).json()["key"]
    assert (await ada.phone.put("/api/push/subscription", json=device.subscription(key))).status_code == 201
    answer = await ada.phone.post("/api/push/test")
    assert answer.status_code == 202, answer.text
    reached = {"key": answer.json()["key"], "at": "2026-11-22T08:00:00Z"}
    assert (await ada.phone.post("/api/push/reached", json=reached)).status_code == 204


async def reaches_out(ada: Member, friend: Friend, pair: str) -> None:
    now = clock.now().isoformat()
    said = {"want": "listen", "pairs": [pair], "minutes": 5, "begunAt": now, "sentAt": now}
    reach_out = f"/api/reach-outs/{uuid4()}"
    answer = await ada.phone.put(reach_out, json=said)
    assert answer.json()["parts"] == [{"pair": pair, "state": "asked"}], answer.text
    [ask] = await ada.town.rows("SELECT id FROM ask WHERE space_id = $1", UUID(pair))
    await syncs(friend.phone, friend.account, ("asks.answer", {"pair": pair, "id": str(ask["id"]), "answer": "later"}))
    await syncs(ada.phone, ada.account, ("step_back.set", {}))


async def has_a_buddy_and_has_had_one(ada: Member) -> None:
    stays, goes = ada.friends
    for friend in (goes, stays):
        made = (await ada.phone.post("/api/invitations", json={"name": f"Called {ada.word}"})).json()
        code = (await ada.phone.post(f"/api/invitations/{made['id']}/code")).json()
        said = {"code": code["code"], "name": "A friend"}
        answer = await friend.phone.post("/api/invitations/accepted", json=said)
        assert answer.status_code == 201, answer.text
        pair = answer.json()["pair"]
        proposal = {"pair": pair, "id": str(uuid4())}
        terms = {"part": {"shares": "note"}, "worried": f"Ring {ada.word}."}
        await syncs(ada.phone, ada.account, ("agreements.propose", {**proposal, "terms": terms}))
        await syncs(friend.phone, friend.account, ("agreements.accept", proposal))
        await they_talk(ada, friend, pair)
        if friend is goes:
            await syncs(ada.phone, ada.account, ("pairs.block", {"pair": pair}))
            continue
        moment = {**A_MOMENT, "id": str(uuid4()), "note": f"Also for {ada.word}."}
        share = {"pair": pair, "id": moment["id"], "level": "note"}
        await syncs(ada.phone, ada.account, ("check_ins.record", moment), ("shared_check_ins.share", share))
        choices = ("pair_choices.set", {"pair": pair, "showSeen": True})
        await syncs(ada.phone, ada.account, choices)
        await syncs(friend.phone, friend.account, choices)
        await reaches_out(ada, friend, pair)
        await wants_a_buddy_to_be_told(ada, pair)
    assert (await ada.phone.post("/api/invitations", json={"name": f"Called {ada.word}"})).status_code == 201


async def wants_a_buddy_to_be_told(ada: Member, pair: str) -> None:
    [me] = [space["me"] for space in await spaces(ada.phone, ada.account) if space["id"] == pair]
    wish = {"id": me, "pair": pair, "on": True, "afterHours": 24, "words": f"Say hello to {ada.word}"}
    database = ada.town.database
    # Said twice, so that what was said first is kept apart.
    for _ in range(2):
        await syncs(ada.phone, ada.account, ("missed_check_ins.set", wish))
        now = clock.now()
        # The test's own clock stands still; hers runs out all the same.
        async with database.transaction() as connection:
            due = "UPDATE due SET due_at = $1 WHERE kind = $2 AND space_id = $3"
            await connection.execute(due, now, missed.DUE, pair)
        await wake_once(database, {missed.DUE: missed.wake}, now)
    assert await ada.town.rows("SELECT id FROM kept_words WHERE kind = 'hello' AND pair_id = $1", UUID(pair))
    await syncs(ada.phone, ada.account, ("missed_check_ins.set", wish))


async def reports_and_is_reported(ada: Member) -> None:
    stays, _ = ada.friends
    [pair] = [space for space in await spaces(ada.phone, ada.account) if space["kind"] == "pair"]
    said = {"pair": pair["id"], "category": "other"}
    hers = {**said, "id": str(uuid4()), "text": f"Only {ada.word} would report this."}
    await syncs(ada.phone, ada.account, ("reports.send", hers))
    rows = await rows_of(stays.phone, stays.account, "shared_check_in", pair["id"])
    assert len(rows) == 1
    about_her = {**said, "id": str(uuid4()), "text": "She may need help.", "rows": rows}
    await syncs(stays.phone, stays.account, ("reports.send", about_her))


async def they_talk(ada: Member, friend: Friend, pair: str) -> None:
    """Both write to each other, and take some of it back."""
    for one, account in ((ada.phone, ada.account), (friend.phone, friend.account)):
        said = [{"pair": pair, "id": str(uuid4()), "text": f"{ada.word} and a friend, {n}"} for n in range(2)]
        await syncs(
            one,
            account,
            *(("messages.send", args) for args in said),
            ("signals.send", {"pair": pair, "id": str(uuid4()), "signal": "thinking"}),
            ("messages.delete", {"pair": pair, "id": said[0]["id"]}),
            ("messages.mark", {"pair": pair, "received": 2}),
        )


async def looks_after_the_server(ada: Member) -> None:
    await stewards.add(ada.town.database, ada.name, clock.now(), lambda _: None)
    assert (await ada.phone.get("/api/steward/server")).status_code == 200


A_LIFE: tuple[Step, ...] = (
    signs_up,
    is_guessed_at,
    signs_in_elsewhere_and_ends_that_device,
    forgets_the_password,
    checks_in_and_chooses,
    wants_to_be_reminded,
    fills_her_toolbox,
    gets_pushes,
    has_a_buddy_and_has_had_one,
    reports_and_is_reported,
    looks_after_the_server,
)


@asynccontextmanager
async def two_friends(town: Town) -> AsyncGenerator[Friends]:
    """Two who were there before, and stay, where pushes reach them."""
    async with town.browser("198.51.100.8") as one, town.browser("198.51.100.9") as other:
        friends: list[Friend] = []
        for number, phone in enumerate((one, other)):
            answer = await phone.post("/api/accounts", json=new_account(f"friend {number}"))
            device = Device(f"https://updates.push.services.mozilla.com/wpush/v2/friend-{number}")
            key = (await phone.get("/api/push/key")).json()["key"]
            assert (await phone.put("/api/push/subscription", json=device.subscription(key))).status_code == 201
            friends.append(Friend(phone, answer.json()["account"]["id"]))
        yield friends[0], friends[1]


@asynccontextmanager
async def lived(town: Town, friends: Friends, name: str, word: str, address: str) -> AsyncGenerator[Member]:
    """Somebody has lived through all of it, and is still signed in."""
    async with AsyncExitStack() as browsers:
        phone = await browsers.enter_async_context(town.browser(address))
        laptop = await browsers.enter_async_context(town.browser(address))
        stranger = await browsers.enter_async_context(town.browser(address))
        member = Member(name, word, address, phone, laptop, stranger, friends, town)
        for step in A_LIFE:
            await step(member)
        yield member
