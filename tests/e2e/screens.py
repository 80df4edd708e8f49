"""Every screen there is, and how to come to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from playwright.async_api import expect

from tests.e2e.phone import Phone

Step = Callable[[Phone], Awaitable[None]]

_FOLLOW: Final = """
(path) => {
  const link = Object.assign(document.createElement('a'), { href: path })
  document.body.append(link)
  link.click()
  link.remove()
}
"""


async def _nothing(_: Phone) -> None:
    pass


@dataclass(frozen=True)
class Screen:
    """A screen's address, its title, and what is done there before it is looked at."""

    path: str
    title: str
    then: Step = _nothing
    afresh: bool = False
    """Opened by its address alone: what is looked at there is how it begins."""

    @property
    def name(self) -> str:
        return self.path if self.then is _nothing else f"{self.path} ({self.then.__name__.strip('_')})"

    async def show(self, phone: Phone) -> None:
        """Bring the phone there."""
        await phone.page.goto(phone.origin + self.path)
        await expect(phone.heading).to_have_text(self.title)
        await self.then(phone)

    async def show_next(self, phone: Phone) -> None:
        """The same as a link leads there from the screen before, which takes half as long; where none would, afresh."""
        is_there = phone.page.url == phone.origin + self.path or await phone.heading.inner_text() == self.title
        if self.afresh or is_there or "#" in self.path:
            await self.show(phone)
            return
        await phone.page.evaluate(_FOLLOW, self.path)
        await expect(phone.heading).to_have_text(self.title)
        await self.then(phone)


async def _missing_everything(phone: Phone) -> None:
    await phone.button("Sign up").click()
    await expect(phone.page.get_by_label("Name to sign in with")).to_be_focused()


async def _wrong_password(phone: Phone) -> None:
    phone.expected |= {403}
    await phone.page.get_by_label("Name", exact=True).fill("nobody here")
    await phone.page.get_by_label("Password", exact=True).fill("not the password")
    await phone.button("Sign in").click()
    await expect(phone.page.get_by_text("Name and password do not fit together.")).to_be_visible()


async def _just_tapped(phone: Phone) -> None:
    await phone.tap("Rainy")
    for _ in range(2):
        await phone.button("More…").first.click()
    await phone.page.get_by_role("button", name="Worn out", exact=True).click()
    await phone.note.fill("x" * 3_990)


async def _other_countries(phone: Phone) -> None:
    await phone.button("Other countries").click()
    await expect(phone.page.get_by_label("Find a country")).to_be_visible()


async def _more_about_a_line(phone: Phone) -> None:
    await phone.page.locator("main details summary").first.click()


async def _jump(phone: Phone) -> None:
    await phone.button("Jump to a month").click()
    await expect(phone.dialog).to_be_visible()


async def _found(phone: Phone) -> None:
    await phone.page.get_by_label("Words in your notes").fill("harbour")
    await expect(phone.moments.first).to_be_visible()
    await phone.page.locator("main summary").first.click()


async def _first_moment(phone: Phone) -> None:
    await phone.moments.first.get_by_role("link").click()
    await expect(phone.heading).to_have_text("One check-in")
    await phone.page.get_by_label("Day", exact=True).fill("2099-01-01")
    await expect(phone.page.get_by_text("That is still to come.")).to_be_visible()


async def _sign_out(phone: Phone) -> None:
    await phone.button("Sign out").click()
    await expect(phone.dialog).to_be_visible()


async def _end_device(phone: Phone) -> None:
    await phone.page.get_by_role("button", name="Sign out ").click()
    await expect(phone.dialog).to_be_visible()


async def _deleted_moment(phone: Phone) -> None:
    await phone.moments.first.get_by_role("link").click()
    await phone.button("Delete this check-in").click()
    await expect(phone.button("Undo")).to_be_visible()


async def _nothing_chosen(phone: Phone) -> None:
    await phone.page.get_by_label("Time 1").fill("")
    for chip in await phone.page.get_by_role("group", name="Days").get_by_role("button").all():
        await chip.click()
    await phone.page.get_by_label("Label").fill("x" * 61)
    await phone.button("Save").click()
    await expect(phone.page.get_by_text("Choose at least one time.")).to_be_visible()


async def _paused(phone: Phone) -> None:
    await phone.link("Add a reminder").click()
    await phone.page.get_by_label("Label").fill("Evening tea")
    await phone.button("Save").click()
    await expect(phone.heading).to_have_text("Reminders")
    await phone.page.get_by_role("switch", name="Nothing comes in quiet hours").click()
    await phone.button("For a week").click()
    await expect(phone.button("End the pause")).to_be_visible()


async def _first_reminder(phone: Phone) -> None:
    await phone.page.get_by_role("link", name="Evening tea").first.click()
    await phone.button("Add a time").click()
    await expect(phone.page.get_by_label("Time 2")).to_be_focused()


async def _of_last_night(phone: Phone) -> None:
    await expect(phone.page.get_by_text("that is when your reminder came")).to_be_visible()


async def _tested(phone: Phone) -> None:
    await phone.button("Send me a test").click()
    await expect(phone.page.get_by_text("It is on its way…")).to_be_visible()


async def _known_as_steward(phone: Phone) -> None:
    await expect(phone.page.get_by_role("link", name="Steward")).to_be_visible()


async def _looked(phone: Phone) -> None:
    await expect(phone.button("Look again")).to_be_visible()


async def _no_code(phone: Phone) -> None:
    await phone.button("Open").click()
    await expect(phone.page.get_by_label("Code or link")).to_be_focused()


async def _without_one(phone: Phone) -> None:
    await expect(phone.link("I have a code or a link")).to_be_visible()


async def _invited(phone: Phone) -> None:
    if await phone.button("Copy the link").count() == 0:
        await phone.page.get_by_label("What they will call you").fill("Ada")
        await phone.button("Make an invitation").click()
    await phone.button("QR code").click()
    await phone.page.get_by_role("button", name="code instead").or_(phone.button("Make a new code")).click()
    await expect(phone.page.locator("main .code")).to_be_visible()


async def _withdrawing(phone: Phone) -> None:
    await phone.button("Withdraw").click()
    await expect(phone.dialog).to_be_visible()


async def _renaming(phone: Phone) -> None:
    await phone.button("Change your name here").click()
    await phone.page.get_by_label("calls you").fill("")
    await phone.button("Save").click()
    await expect(phone.page.get_by_text("A name has 1 to 40 characters.")).to_be_visible()


async def _ending(phone: Phone) -> None:
    await phone.button("End").click()
    await expect(phone.dialog).to_be_visible()


async def _blocking(phone: Phone) -> None:
    await phone.button("Block").click()
    await expect(phone.dialog).to_be_visible()


async def _nothing_to_report(phone: Phone) -> None:
    await phone.button("Send this report").click()
    await expect(phone.page.get_by_text("Choose one of the two.")).to_be_visible()


async def _a_rule(phone: Phone) -> None:
    await phone.page.get_by_label("Something that is not all right").check()
    await phone.page.get_by_label("In your words").fill("x" * 2_001)
    await phone.button("Send this report").click()
    await expect(phone.page.get_by_text("Choose what fits best.")).to_be_visible()


async def _worried(phone: Phone) -> None:
    await phone.page.get_by_label("I am worried about Ben").check()
    await phone.page.get_by_label("In your words").fill("He said goodbye in a strange way.")
    await phone.button("Send this report").click()
    await expect(phone.page.get_by_role("heading", name="For Ben, besides")).to_be_visible()


async def _before_an_agreement(phone: Phone) -> None:
    await expect(phone.page.get_by_text("First you and Ben agree on something.")).to_be_visible()


async def _nobody_left(phone: Phone) -> None:
    await expect(phone.page.get_by_text("nothing has ended in the last 14 days")).to_be_visible()


async def _asked(phone: Phone) -> None:
    await expect(phone.button("Yes, be buddies")).to_be_visible()


async def _stepping_back(phone: Phone) -> None:
    await phone.button("Step back for a time").click()
    await expect(phone.dialog).to_be_visible()


async def _breathing(phone: Phone) -> None:
    await phone.button("Start").click()
    await expect(phone.page.get_by_text("Breathe in").first).to_be_visible()


async def _reached_out(phone: Phone) -> None:
    """Ben has no device that pushes reach."""
    if await phone.button("Ask Ben").count() > 0:
        await phone.button("Ask Ben").click()
    await expect(phone.heading).to_have_text("Nobody can be reached just now")


async def _none_to_ask(phone: Phone) -> None:
    await expect(phone.link("Go to Buddies")).to_be_visible()


def of_buddies(pair: str, secret: str) -> tuple[Screen, ...]:
    """What Ada sees who is a buddy of Ben's in this pair, and has an invitation of Cleo's."""
    return (
        Screen("/buddies", "Buddies"),
        Screen("/buddies", "Buddies", _stepping_back),
        Screen("/reach-out", "Reach out", _breathing),
        Screen("/reach-out", "Reach out", _reached_out),
        Screen(f"/buddies/{pair}", "Ben"),
        Screen(f"/buddies/{pair}", "Ben", _renaming),
        Screen(f"/buddies/{pair}", "Ben", _ending),
        Screen(f"/buddies/{pair}", "Ben", _blocking),
        Screen(f"/buddies/{pair}/report", "Report Ben", _nothing_to_report),
        Screen(f"/buddies/{pair}/report", "Report Ben", _a_rule),
        Screen("/me/reports", "Your reports"),
        Screen(f"/buddies/{pair}/report", "Report Ben", _worried),
        Screen(f"/buddies/{pair}/missed", "If I don’t check in"),
        Screen("/buddies/former", "No longer a buddy", _nobody_left),
        Screen("/buddies/no-such-one", "You two are not buddies any more"),
        Screen("/buddies/no-such-one/report", "There is nobody to report here"),
        Screen(f"/invited#{secret}", "Cleo invites you", _asked),
        Screen("/invited#nothing", "This invitation is not open"),
    )


async def _one_time_of_two(phone: Phone) -> None:
    await phone.page.get_by_label("From").fill("18:00")
    await phone.button("Next").click()
    await expect(phone.page.get_by_text("Give both times, or none.")).to_be_visible()


async def _too_many_words(phone: Phone) -> None:
    await phone.page.get_by_label("What we do").fill("x" * 1_001)
    await phone.button("Next").click()
    await expect(phone.page.get_by_text("That is longer than fits")).to_be_visible()


async def _a_day_that_is_over(phone: Phone) -> None:
    await phone.page.get_by_label("On a day I choose").check()
    await phone.page.get_by_label("Day", exact=True).fill("2020-01-01")
    await phone.button("Next").click()
    await expect(phone.page.get_by_text("Choose a day that is still to come.")).to_be_visible()


async def _begun(phone: Phone) -> None:
    await expect(phone.page.get_by_text("What you had begun is back.")).to_be_visible()


def of_agreement(pair: str) -> tuple[Screen, ...]:
    """What Ada sees on the way to an agreement with Ben."""
    agreement = f"/buddies/{pair}/agreement"
    return (
        Screen(f"/buddies/{pair}/missed", "If I don’t check in", _before_an_agreement),
        Screen(agreement, "Your agreement with Ben"),
        Screen(f"{agreement}/share", "What do you share with Ben?"),
        Screen(f"{agreement}/around", "When are you around?", _one_time_of_two),
        Screen(f"{agreement}/worried", "What if one of you is worried?", _too_many_words),
        Screen(f"{agreement}/review", "When do you look at it again?", _a_day_that_is_over),
        Screen(f"{agreement}/check", "Is this right?", _begun, afresh=True),
        Screen(f"/buddies/{pair}/sees", "What Ben sees right now"),
    )


async def _with_weather(phone: Phone) -> None:
    await expect(phone.moments.first).to_be_visible()


async def _answering(phone: Phone) -> None:
    await expect(phone.button("Say yes")).to_be_visible()


async def _choosing_who_sees(phone: Phone) -> None:
    await phone.tap("Rainy")
    await phone.button("Change who sees it").click()
    await expect(phone.dialog).to_be_visible()


async def _shared_moment(phone: Phone) -> None:
    await phone.page.get_by_role("region", name="Today so far").get_by_role("link").first.click()
    await expect(phone.heading).to_have_text("One check-in")
    await expect(phone.page.get_by_role("heading", name="Who sees it")).to_be_visible()


def of_sharing(pair: str) -> tuple[Screen, ...]:
    """What Ada sees who shares with Ben, and Ben with her, while he proposes something new."""
    return (
        Screen(f"/buddies/{pair}", "Ben", _with_weather),
        Screen(f"/buddies/{pair}/agreement", "Your agreement with Ben", _answering),
        Screen(f"/buddies/{pair}/sees", "What Ben sees right now", _with_weather),
        Screen("/", "How’s the weather in you?", _with_weather),
        Screen("/", "How’s the weather in you?", _choosing_who_sees),
        Screen("/", "How’s the weather in you?", _shared_moment),
    )


async def _said(phone: Phone) -> None:
    await phone.button("That sounds hard").first.click()
    await phone.page.get_by_label("Write to Ben").fill("Only one more night like this.")
    await phone.button("Send").click()
    await expect(phone.page.get_by_text("Only one more night like this.").first).to_be_visible()


async def _too_much_said(phone: Phone) -> None:
    await phone.page.get_by_label("Write to Ben").fill("x" * 2_001)
    await expect(phone.page.get_by_text("1 characters too many.")).to_be_visible()


async def _enough_said(phone: Phone) -> None:
    await phone.page.get_by_label("Write to Ben").fill("")
    for _ in range(3):
        await phone.button("Thinking of you").first.click()
    await expect(phone.page.get_by_text("That says a lot.")).to_be_visible()


async def _deleting(phone: Phone) -> None:
    await phone.button("Delete this message").first.click()
    await expect(phone.dialog).to_be_visible()


def of_talking(pair: str) -> tuple[Screen, ...]:
    """What Ada sees who talks with Ben."""
    return (
        Screen(f"/buddies/{pair}", "Ben", _said),
        Screen(f"/buddies/{pair}", "Ben", _too_much_said),
        Screen(f"/buddies/{pair}", "Ben", _enough_said),
        Screen(f"/buddies/{pair}", "Ben", _deleting),
        Screen(f"/buddies/{pair}/settings", "Pushes and privacy with Ben"),
    )


async def _nameless(phone: Phone) -> None:
    await phone.page.get_by_text("When it suits").click()
    await phone.button("Save").click()
    await expect(phone.page.get_by_text("Give it a name.")).to_be_visible()


async def _with_a_timer(phone: Phone) -> None:
    await phone.button("Save").click()
    await phone.link("Do it").click()
    await phone.button("Skip, and begin").click()
    await phone.button("Next").click()
    await expect(phone.button("Start the timer")).to_be_visible()


async def _breathing_in(phone: Phone) -> None:
    await phone.link("Do it").click()
    await phone.button("Skip, and begin").click()
    await phone.button("Begin").click()
    await expect(phone.button("Stop")).to_be_visible()


async def _tried(phone: Phone) -> None:
    await phone.page.get_by_role("link", name="Cold water").click()
    await phone.link("Do it").click()
    await phone.button("Next").click()
    await phone.button("Done").click()
    await phone.button("Keep it").click()
    await expect(phone.page.get_by_text("Tried once.")).to_be_visible()


HELP: Final = Screen("/help", "Help now")

SIGNED_OUT: Final = (
    Screen("/door", "Welcome to Leeward"),
    Screen("/", "How’s the weather in you?"),
    Screen("/history", "History"),
    Screen("/buddies", "Buddies"),
    Screen("/buddies/invite", "Invite somebody you know"),
    Screen("/invited", "Open an invitation", _no_code),
    Screen("/buddies/no-such-one", "Buddies"),
    Screen("/toolbox", "Toolbox"),
    Screen("/toolbox/new", "New strategy", _nameless),
    Screen("/toolbox/new?from=cold-water", "New strategy", _with_a_timer),
    Screen("/toolbox", "Toolbox", _tried),
    Screen("/toolbox/exercises/box-breathing", "Box breathing", _breathing_in),
    Screen("/toolbox/no-such-one", "It is not here any more"),
    Screen("/me", "Me"),
    Screen("/me/settings", "Settings"),
    Screen("/me/reminders", "Reminders"),
    Screen("/me/reminders/new", "New reminder", _nothing_chosen),
    Screen("/me/reminders/no-such-one", "This reminder is no longer here"),
    Screen("/me/steward", "This server"),
    Screen("/sync", "On this phone"),
    Screen("/sign-up", "Sign up", _missing_everything),
    Screen("/sign-in", "Sign in", _wrong_password),
    Screen("/recover", "Use a recovery code"),
    HELP,
    Screen("/help/ie", "Help now", _more_about_a_line),
    Screen("/help/aq", "Help now", _other_countries),
    Screen("/no/such/screen", "There is nothing at this address"),
)
"""What anybody can open, on a phone with nothing on it."""

SIGNED_IN: Final = (
    Screen("/history", "History", _jump),
    Screen("/history", "History"),
    Screen("/history/search", "Search", _found, afresh=True),
    Screen("/history/2026-11-20", "Friday 20 November"),
    Screen("/history/2026-11-20", "Friday 20 November", _first_moment),
    Screen("/history/2026-11-20", "Friday 20 November", _deleted_moment),
    Screen("/buddies", "Buddies", _without_one),
    Screen("/reach-out", "Nobody to ask yet", _none_to_ask),
    Screen("/buddies/invite", "Invite somebody you know", _invited),
    Screen("/buddies/invite", "Invite somebody you know", _withdrawing),
    Screen("/me", "Me", _known_as_steward),
    Screen("/me/steward", "This server", _looked),
    Screen("/me/account", "Account", _sign_out),
    Screen("/me/devices", "Devices", _end_device),
    Screen("/me/reminders", "Reminders", _paused),
    Screen("/me/reminders", "Reminders", _first_reminder),
    Screen("/me/password", "Change password"),
    Screen("/me/recovery-codes", "New recovery codes"),
    Screen("/me/delete", "Delete my account"),
    Screen("/sync", "On this phone"),
    Screen("/?reminder=of-last-night&date=2026-11-21&time=21%3A30", "How’s the weather in you?", _of_last_night),
    Screen("/", "How’s the weather in you?", _just_tapped),
)
"""What a member can open; with check-ins on 20 November 2026 and since, one of them about a harbour, and a steward."""

REACHED: Final = (
    Screen("/me/reminders", "Reminders"),
    Screen("/me/reminders", "Reminders", _tested),
)
"""What somebody sees beside that whose phone pushes reach."""
