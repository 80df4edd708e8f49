"""Sync, rule 5: what phones of earlier releases send is understood for 12 months.

`recorded/` holds what each release sends. A release adds its file; none is ever changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.asgi import registry
from tests.sync.phone import Phone

RECORDED: dict[str, list[dict[str, Any]]] = {
    path.stem: json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "recorded").glob("*.json"))
}
NAMES = {"check_ins.record", "check_ins.edit", "check_ins.delete", "preferences.set"}


@pytest.mark.parametrize("release", RECORDED)
async def test_rule_5_what_a_release_sends_is_taken(phone: Phone, release: str) -> None:
    for mutation in RECORDED[release]:
        phone.queue(mutation["name"], mutation["args"])
    reply = await phone.talk()
    assert (reply.outcome, reply.refusals, reply.fault) == ("ok", [], None)
    assert [data["note"] for data in phone.living().values()] == ["A walk after all.", "Slept badly."]
    assert {data["value"] for data in phone.living("preference").values()} == {"IE", "de", "dark"}


def test_rule_5_every_name_that_was_ever_sent_is_still_known() -> None:
    sent = {mutation["name"] for release in RECORDED.values() for mutation in release}
    assert sent == NAMES, "a new mutation is recorded here with the release that brings it"
    for name in sent:
        assert registry().mutation(name).name == name
