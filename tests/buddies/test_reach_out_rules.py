"""Who is asked next, when it goes on, and who is left in peace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.buddies import reach_out_rules as rules
from app.buddies.reach_out_rules import Buddy, Found, GoesOn, Part, Step, Waits, WhyNot

T = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FIVE = timedelta(minutes=5)
HERE = Buddy(agreed=True, resting=False, wants_asks=True, has_device=True)


def asked(minutes: float = 0, answer: rules.Answer | None = None) -> Part:
    return Part("asked", T + timedelta(minutes=minutes), answer)


WAITING = Part("waiting")
GONE = Part("unreachable")


@pytest.mark.parametrize(
    ("parts", "after", "step"),
    [
        ([WAITING, WAITING], 0, GoesOn(too_late=False)),
        ([asked(), WAITING], 0, Waits(T + FIVE)),
        ([asked(), WAITING], 4.99, Waits(T + FIVE)),
        ([asked(), WAITING], 5, GoesOn(too_late=False)),
        ([asked(answer="cant"), WAITING], 1, GoesOn(too_late=False)),
        ([asked(answer="later"), WAITING], 1, GoesOn(too_late=False)),
        ([asked(answer="can"), WAITING], 1, Found()),
        ([GONE, asked(), WAITING], 3, Waits(T + FIVE)),
        ([asked(), asked(5), WAITING], 7, Waits(T + 2 * FIVE)),
        # The first says "I can" long after it went on: that is what was wanted.
        ([asked(answer="can"), asked(5)], 7, Found()),
        # Nobody looked for an hour: asking the next one now would help nobody.
        ([asked(), WAITING], 15.01, GoesOn(too_late=True)),
        ([WAITING], 10.01, GoesOn(too_late=True)),
        ([], 0, GoesOn(too_late=False)),
    ],
)
def test_what_follows(parts: list[Part], after: float, step: Step) -> None:
    assert rules.next_step(parts, 5, T, T + timedelta(minutes=after)) == step


@pytest.mark.parametrize(
    ("buddy", "why"),
    [
        (HERE, None),
        (Buddy(agreed=False, resting=False, wants_asks=True, has_device=True), "not-agreed"),
        (Buddy(agreed=True, resting=True, wants_asks=True, has_device=True), "resting"),
        (Buddy(agreed=True, resting=False, wants_asks=False, has_device=True), "off"),
        (Buddy(agreed=True, resting=False, wants_asks=True, has_device=False), "no-device"),
        (Buddy(agreed=True, resting=False, wants_asks=True, has_device=True, asked=6), "asked-enough"),
        (Buddy(agreed=True, resting=False, wants_asks=True, has_device=True, asked=5), None),
        (Buddy(agreed=True, resting=False, wants_asks=True, has_device=True, asked_by_me=4), "asked-enough"),
        (Buddy(agreed=True, resting=False, wants_asks=True, has_device=True, asked_by_me=3), None),
    ],
)
def test_who_is_left_in_peace(buddy: Buddy, why: WhyNot | None) -> None:
    assert rules.why_not(buddy) == why


@pytest.mark.parametrize(("minutes", "fresh"), [(0, True), (10, True), (10.01, False), (-10, True), (-10.01, False)])
def test_what_was_wanted_longer_ago_is_asked_about_again(minutes: float, *, fresh: bool) -> None:
    assert rules.is_fresh(T, T + timedelta(minutes=minutes)) is fresh


def test_a_wrong_clock_is_put_right_and_a_right_one_left_alone() -> None:
    tomorrow = T + timedelta(days=1)
    assert rules.on_our_clock(tomorrow, T + timedelta(minutes=4), T) == tomorrow
    for off_by in (timedelta(days=3), timedelta(hours=-2)):
        assert rules.on_our_clock(tomorrow + off_by, T + off_by, T) == tomorrow


def test_who_said_i_can_is_relied_on() -> None:
    assert [rules.may_answer(before) for before in (None, "later", "cant", "can")] == [True, True, True, False]
