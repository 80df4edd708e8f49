"""What people do about reminders, what they are shown, and what the server makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypedDict, cast

from playwright.async_api import expect

from tests.e2e.member import Member
from tests.e2e.phone import Phone
from tests.e2e.waiting import eventually

GENERIC: Final = "A moment for you?"
MOVED: Final = "Your clock has changed. Your reminders follow it from now on."
DONE: Final = "Already checked in."

# As the app does it: what is being shown while somebody looks through the others is lost in Chromium.
LOOKS_THROUGH: Final = "navigator.locks.request('leeward-lock-screen', () => registration.getNotifications())"

_SHOWN: Final = f"""
async () => {{
  const registration = await navigator.serviceWorker.ready
  return (await {LOOKS_THROUGH}).map(({{ title, body, tag, silent, data, actions }}) => ({{
    title, body, tag, silent, path: data?.path ?? null, actions: (actions ?? []).map(({{ action }}) => action),
  }}))
}}
"""

_TAKE_DOWN: Final = f"""
async () => {{
  const registration = await navigator.serviceWorker.ready
  for (const notification of await {LOOKS_THROUGH}) notification.close()
}}
"""

_MINUTES_AGO: Final = """
(minutes) => {
  const moment = new Date()
  moment.setMinutes(moment.getMinutes() - minutes, 0, 0)
  return [moment.toTimeString().slice(0, 5), moment.toISOString()]
}
"""


class Shown(TypedDict):
    """A notification as it stands on the phone."""

    title: str
    body: str
    tag: str
    silent: bool
    path: str | None
    actions: list[str]


@dataclass(frozen=True)
class Minute:
    """A minute on a phone's clock, which the server knows by its own."""

    clock: str
    """`08:00`"""
    at: datetime


@dataclass(frozen=True)
class Reminded(Member):
    """A member with reminders."""

    async def falls_due(self, minute: Minute) -> None:
        """Have the reminder of this minute fall due as if it had stood there before: the server's own waker sees it."""
        async with self.server.database() as connection:
            moved = await connection.execute(
                "UPDATE due SET due_at = $2 FROM reminder"
                " JOIN membership USING (space_id) JOIN account ON account.id = membership.account_id"
                " WHERE due.space_id = reminder.space_id AND due.subject = reminder.id"
                " AND account.name = $1 AND reminder.times = ARRAY[$3]",
                self.name,
                minute.at,
                minute.clock,
            )
        assert moved == "UPDATE 1"

    async def outcomes(self) -> list[tuple[str, str | None]]:
        """What became of every push of a reminder: its state and the reason, the earliest first."""
        async with self.server.database() as connection:
            rows = await connection.fetch(
                "SELECT push_delivery.state, push_delivery.reason FROM push_delivery"
                " JOIN push_subscription ON push_subscription.id = subscription_id"
                " JOIN account ON account.id = push_subscription.account_id"
                " WHERE account.name = $1 AND kind = 'reminder' ORDER BY due_at",
                self.name,
            )
        return [(row["state"], row["reason"]) for row in rows]

    async def ended(self, *outcomes: tuple[str, str | None]) -> None:
        """Wait until exactly this became of the pushes of reminders."""

        async def holds() -> bool:
            return await self.outcomes() == list(outcomes)

        await eventually(holds, f"{outcomes} in the ledger of {self.name}")

    async def goes_by(self, zone: str) -> None:
        """Wait until the server has their reminders follow the clock of this zone."""

        async def holds() -> bool:
            async with self.server.database() as connection:
                known = await connection.fetchval(
                    "SELECT zone FROM reminding JOIN membership USING (space_id)"
                    " JOIN account ON account.id = membership.account_id WHERE account.name = $1",
                    self.name,
                )
            return known == zone

        await eventually(holds, f"the reminders of {self.name} go by {zone} time")

    async def next_due(self) -> datetime:
        """When their only reminder falls due next."""
        async with self.server.database() as connection:
            moment: datetime = await connection.fetchval(
                "SELECT due_at FROM due JOIN membership USING (space_id)"
                " JOIN account ON account.id = membership.account_id WHERE account.name = $1",
                self.name,
            )
        return moment

    async def worth_showing_until(self) -> datetime:
        """Until when a push service gets what waits for them."""
        async with self.server.database() as connection:
            moment: datetime = await connection.fetchval(
                "SELECT expires_at FROM push_delivery JOIN push_subscription ON push_subscription.id = subscription_id"
                " JOIN account ON account.id = push_subscription.account_id"
                " WHERE account.name = $1 AND state = 'waiting'",
                self.name,
            )
        return moment

    async def subscription(self) -> dict[str, Any] | None:
        """The one device that gets pushes, as the server keeps it."""
        async with self.server.database() as connection:
            row = await connection.fetchrow(
                "SELECT push_subscription.* FROM push_subscription JOIN account ON account.id = account_id"
                " WHERE account.name = $1",
                self.name,
            )
        return None if row is None else dict(row)

    async def is_reached_no_more(self) -> None:
        """Wait until the server sends nothing to them any more."""

        async def holds() -> bool:
            return await self.subscription() is None

        await eventually(holds, f"no device of {self.name} gets pushes")

    async def is_reached_elsewhere_than(self, before: dict[str, Any]) -> None:
        """Wait until their device gets pushes by another endpoint."""

        async def holds() -> bool:
            after = await self.subscription()
            return after is not None and after["endpoint"] != before["endpoint"]

        await eventually(holds, f"the server knows the new subscription of {self.name}")


async def minutes_ago(phone: Phone, minutes: int = 0) -> Minute:
    """The minute that it is on the phone, or was."""
    clock, at = cast("list[str]", await phone.page.evaluate(_MINUTES_AGO, minutes))
    return Minute(clock, datetime.fromisoformat(at))


async def minutes_from_now(phone: Phone, minutes: int) -> Minute:
    """The minute that it will be on the phone."""
    return await minutes_ago(phone, -minutes)


async def make_reminder(
    phone: Phone, minute: Minute, label: str = "", *, also: Minute | None = None, skip: str | None = None
) -> None:
    """From the list of reminders: a new one, each day at this time (and `also` at that one).

    `skip` is when it is left out, in the words of the form; otherwise after a check-in within three hours.
    """
    await phone.open("/me/reminders")
    await phone.link("Add a reminder").click()
    await expect(phone.heading).to_have_text("New reminder")
    await phone.page.get_by_label("Time 1").fill(minute.clock)
    if also is not None:
        await phone.button("Add a time").click()
        await phone.page.get_by_label("Time 2").fill(also.clock)
    if skip is not None:
        await phone.page.get_by_label("Leave it out").select_option(label=skip)
    await phone.page.get_by_label("Label").fill(label)
    await phone.button("Save").click()
    await expect(phone.heading).to_have_text("Reminders")
    await expect(phone.page.locator('main a[href^="/me/reminders/"]').filter(has_text="Next: ")).not_to_have_count(0)


async def let_reminders_reach(phone: Phone) -> None:
    """Turn pushes on, on this phone."""
    await phone.open("/me/reminders")
    await phone.button("Let reminders reach this phone").click()
    await expect(phone.page.get_by_text("Your reminders reach this phone.")).to_be_visible()


async def send_a_test(phone: Phone) -> None:
    """Ask for a test, and see that it comes."""
    await phone.button("Send me a test").click()
    await expect(phone.page.get_by_text("It is here. It took ")).to_be_visible()


async def shown_on(phone: Phone) -> list[Shown]:
    """Every notification that stands on the phone."""
    return cast("list[Shown]", await phone.page.evaluate(_SHOWN))


async def is_shown(phone: Phone, *bodies: str) -> Sequence[Shown]:
    """Wait until exactly these stand there, in any order."""
    found: list[Shown] = []

    async def holds() -> bool:
        found[:] = await shown_on(phone)
        return sorted(shown["body"] for shown in found) == sorted(bodies)

    try:
        await eventually(holds, f"notifications {bodies}")
    except AssertionError as error:
        raise AssertionError(f"{error}, but {found}") from None
    return found


async def take_down(phone: Phone) -> None:
    """Swipe every notification away."""
    await phone.page.evaluate(_TAKE_DOWN)
    await is_shown(phone)
