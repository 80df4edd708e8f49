"""Leeward without a finger on the glass: every step by key, with the focus where the eyes should go."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.conftest import NewName, both
from tests.e2e.phone import PASSWORD, Phone

pytestmark = both

PLACES = ["Today", "History", "Buddies", "Me"]

# The name of what has the focus, and whether one can see that it has.
_FOCUS = """
() => {
  const element = document.activeElement
  const label = element.labels?.[0]
  const styles = [getComputedStyle(element), getComputedStyle(element, '::after')]
  if (label !== undefined) styles.push(getComputedStyle(label))
  const outlined = styles.some((one) => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2)
  // The button inside a field for a time is the browser's own, and so is the ring around it.
  const within = element.matches('input[type=time], input[type=date]') && !element.matches(':focus')
  const name = label?.innerText ?? element.ariaLabel ?? element.innerText
  return [name, outlined || within || element.matches('h1, h2, main, body')]
}
"""


async def focus_of(phone: Phone) -> str:
    """What has the focus, which can be seen."""
    name, visible = await phone.page.evaluate(_FOCUS)
    assert visible, f"the focus cannot be seen on {name}"
    return " ".join(name.split())


async def press_tab_until(phone: Phone, name: str) -> list[str]:
    """Go on with Tab to what is called so; returns what lay on the way, it included."""
    way: list[str] = []
    while name not in way:
        await phone.page.keyboard.press("Tab")
        way.append(await focus_of(phone))
        assert len(way) < 60, way
    return way


async def test_a_check_in_by_key(phone: Phone) -> None:
    await phone.page.goto(phone.origin)
    await expect(phone.heading).to_have_text("Welcome to Leeward")
    await press_tab_until(phone, "Come in")
    await phone.page.keyboard.press("Enter")
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    await expect(phone.heading).to_be_focused()

    await phone.page.reload()
    await expect(phone.heading).to_have_text("How’s the weather in you?")
    way = await press_tab_until(phone, "Clear")
    assert way[0] == "Skip to content"
    assert "Help now" in way
    assert [name for name in way if name in PLACES] == PLACES
    assert way[-5:] == ["Stormy", "Rainy", "Cloudy", "Fair", "Clear"]
    await phone.page.keyboard.press("Shift+Tab")
    await phone.page.keyboard.press("Space")
    await expect(phone.heading).to_have_text("Fair. Saved.")
    await expect(phone.heading).to_be_focused()

    # From the answer on: Undo, the weather, and everything that can be added.
    way = await press_tab_until(phone, "Done")
    assert way[:2] == ["Undo", "Stormy"]
    assert {"Steady", "More…", "In your own words"} <= set(way)
    await phone.page.keyboard.press("Enter")
    await expect(phone.heading).to_be_focused()
    await expect(phone.moments).to_have_count(1)

    # Past what is on every screen in one step.
    await phone.page.reload()
    await expect(phone.moments).to_have_count(1)
    await phone.page.keyboard.press("Tab")
    await phone.page.keyboard.press("Enter")
    await expect(phone.page.get_by_role("main")).to_be_focused()
    await phone.page.keyboard.press("Tab")
    assert await focus_of(phone) == "Stormy"


async def test_signing_up_and_a_dialog_by_key(phone: Phone, new_name: NewName) -> None:
    await phone.come_in()
    await phone.open("/sign-up")
    name = phone.page.get_by_label("Name to sign in with")
    await name.focus()
    # Nothing filled in: the first field that misses something is told so, and has the focus.
    await phone.page.keyboard.press("Enter")
    await expect(name).to_be_focused()
    await expect(name).to_have_attribute("aria-invalid", "true")
    await phone.page.keyboard.type(new_name("ada"))
    await press_tab_until(phone, "Password")
    await phone.page.keyboard.type("password")
    for yes in ("Yes, that is fine with me", "I am 18 or older"):
        await press_tab_until(phone, yes)
        await phone.page.keyboard.press("Space")
    await press_tab_until(phone, "Sign up")
    phone.expected = {400}
    await phone.page.keyboard.press("Enter")
    # What the server does not take stands beside its field, and what was typed is still there.
    password = phone.page.get_by_label("Password", exact=True)
    await expect(password).to_be_focused()
    await expect(phone.page.get_by_text("Many people use this password")).to_be_visible()
    await expect(password).to_have_value("password")
    await phone.page.keyboard.press("ControlOrMeta+A")
    await phone.page.keyboard.type(PASSWORD)
    await phone.page.keyboard.press("Enter")
    await expect(phone.heading).to_have_text("Your recovery codes")
    await expect(phone.heading).to_be_focused()
    await phone.keep_codes()

    await phone.open("/me/account")
    await press_tab_until(phone, "Sign out")
    await phone.page.keyboard.press("Enter")
    await expect(phone.dialog).to_be_visible()
    assert await phone.page.evaluate("() => document.activeElement.closest('dialog') !== null")
    await phone.page.keyboard.press("Escape")
    await expect(phone.dialog).to_have_count(0)
    assert await focus_of(phone) == "Sign out"


async def test_a_reminder_by_key(phone: Phone, new_name: NewName) -> None:
    await phone.join(new_name("ada"))
    await phone.open("/me/reminders")
    await press_tab_until(phone, "Add a reminder")
    await phone.page.keyboard.press("Enter")
    await expect(phone.heading).to_have_text("New reminder")
    await expect(phone.heading).to_be_focused()
    first = phone.page.get_by_label("Time 1")
    await press_tab_until(phone, "Time 1")
    await phone.page.keyboard.type("0815a")
    await expect(first).to_have_value("08:15")
    await press_tab_until(phone, "Add a time")
    await phone.page.keyboard.press("Enter")
    await expect(phone.page.get_by_label("Time 2")).to_be_focused()
    # What goes away leaves the focus beside where it was.
    await press_tab_until(phone, "Remove this time")
    await phone.page.keyboard.press("Enter")
    await expect(first).to_be_focused()

    for day in ("Sunday", "Saturday"):
        await press_tab_until(phone, day)
        await phone.page.keyboard.press("Space")
    await press_tab_until(phone, "Label")
    await phone.page.keyboard.type("x" * 61)
    await press_tab_until(phone, "Save")
    await phone.page.keyboard.press("Enter")
    # What is wrong is told beside its field, which has the focus.
    label = phone.page.get_by_label("Label")
    await expect(label).to_be_focused()
    await expect(label).to_have_attribute("aria-invalid", "true")
    await phone.page.keyboard.press("ControlOrMeta+A")
    await phone.page.keyboard.type("Tea on the quay")
    way = await press_tab_until(phone, "Save")
    assert way[0] == "Leave it out"
    await phone.page.keyboard.press("Enter")
    await expect(phone.heading).to_have_text("Reminders")
    reminder = phone.page.get_by_role("link", name="Tea on the quay")
    await expect(reminder).to_contain_text("Monday to Friday, 8:15")
    await expect(phone.link("Add a reminder")).to_be_focused()

    # Quiet hours and a pause, each in one step, and the way back out of it.
    await press_tab_until(phone, "For a week")
    await phone.page.keyboard.press("Enter")
    await expect(phone.heading).to_be_focused()
    await press_tab_until(phone, "End the pause")
    await phone.page.keyboard.press("Enter")
    await expect(phone.button("End the pause")).to_have_count(0)
    quiet = phone.page.get_by_role("switch", name="Nothing comes in quiet hours")
    await quiet.focus()
    await phone.page.keyboard.press("Space")
    await expect(quiet).to_have_attribute("aria-checked", "true")
    await press_tab_until(phone, "From")


async def test_an_invitation_by_key(phone: Phone, new_name: NewName) -> None:
    await phone.join(new_name("ada"))
    await phone.open()
    await press_tab_until(phone, "Buddies")
    await phone.page.keyboard.press("Enter")
    await expect(phone.heading).to_have_text("Buddies")
    await expect(phone.heading).to_be_focused()
    await press_tab_until(phone, "Invite somebody you know")
    await phone.page.keyboard.press("Enter")
    await expect(phone.heading).to_be_focused()
    await press_tab_until(phone, "What they will call you")
    await phone.page.keyboard.type("Ada")
    await phone.page.keyboard.press("Enter")
    await expect(phone.page.get_by_role("heading", name="Made ")).to_be_focused()
    way = await press_tab_until(phone, "Withdraw")
    assert way[-4:] == ["Copy the link", "QR code", "Say a code instead", "Withdraw"]
    await phone.page.keyboard.press("Enter")
    await expect(phone.dialog).to_be_visible()
    await phone.page.keyboard.press("Escape")
    await expect(phone.dialog).to_have_count(0)
    assert await focus_of(phone) == "Withdraw"
