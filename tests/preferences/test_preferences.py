"""Preferences follow a member to their other phones: the second synced kind, with nothing of its own in sync."""

from __future__ import annotations

import pytest

from tests.sync.phone import Phone


async def test_a_choice_follows_to_the_other_phone_and_the_last_one_counts(phone: Phone, second_phone: Phone) -> None:
    phone.queue("preferences.set", {"key": "theme", "value": "dark"})
    second_phone.queue("preferences.set", {"key": "theme", "value": "light"})
    await phone.talk()
    await second_phone.talk()
    await phone.talk()
    assert phone.living("preference") == second_phone.living("preference")
    assert [data["value"] for data in phone.living("preference").values()] == ["light"]


@pytest.mark.parametrize(("key", "value"), [("region", "IE"), ("language", "de"), ("theme", "system")])
async def test_what_can_be_chosen(phone: Phone, key: str, value: str) -> None:
    phone.queue("preferences.set", {"key": key, "value": value})
    assert (await phone.talk()).refusals == []


@pytest.mark.parametrize(
    ("key", "value"), [("region", "ie"), ("language", "tlh"), ("theme", ""), ("mood", "1"), ("region", "IE\n")]
)
async def test_what_cannot(phone: Phone, key: str, value: str) -> None:
    phone.queue("preferences.set", {"key": key, "value": value})
    assert [refusal.reason for refusal in (await phone.talk()).refusals] == ["invalid"]
