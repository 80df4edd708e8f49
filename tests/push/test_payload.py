"""What a push says, and that only the device it is for can read it."""

from __future__ import annotations

import http_ece
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.push.kinds import topic_of
from app.push.payload import LARGEST, Action, Notification, TooLong, declarative
from app.push.sender import Address, UnusableKeys, encrypt
from tests.push.conftest import ORIGIN
from tests.push.local_push_service import LARGEST_BODY, LONGEST_TOPIC, URLSAFE, Device

DEVICE = Device(f"{ORIGIN}/x")
ADDRESS = Address(DEVICE.endpoint, DEVICE.p256dh, DEVICE.auth)

WELL_FORMED = st.characters(exclude_categories=["Cs"])
LABELS = st.text(WELL_FORMED, max_size=60)
ZONES = st.text("ABCdef/_-+0", max_size=40)


def notification(title: str = "Leeward", body: str = "A moment for you?", **more: object) -> Notification:
    return Notification(title=title, body=body, path="/?reminder=x", tag="x" * 32, lang="en", leeward=dict(more))


@settings(deadline=None, print_blob=True)
@given(title=LABELS, body=LABELS, zone=ZONES, silent=st.booleans(), key=st.binary(min_size=24, max_size=24))
def test_whatever_a_member_called_it_it_fits_and_the_device_reads_the_same(
    title: str, body: str, zone: str, key: bytes, *, silent: bool
) -> None:
    shown = Notification(
        title=title,
        body=body,
        path="/?reminder=x&date=2026-11-22",
        tag=topic_of(key),
        lang="de",
        silent=silent,
        actions=(Action("better", title), Action("not-so-good", body)),
        leeward={"kind": "reminder", "key": topic_of(key), "zone": zone, "skipHours": None},
    )
    payload = declarative(shown, ORIGIN)
    assert len(payload) <= LARGEST
    body_sent = encrypt(ADDRESS, payload)
    assert len(body_sent) <= LARGEST_BODY
    assert payload not in body_sent
    read = http_ece.decrypt(body_sent, private_key=DEVICE.private, auth_secret=DEVICE.secret)
    message = msgspec.json.decode(bytes(read))
    assert (message["web_push"], message["mutable"]) == (8030, True)
    assert message["notification"] == {
        "title": title,
        "body": body,
        "navigate": f"{ORIGIN}/?reminder=x&date=2026-11-22",
        "tag": topic_of(key),
        "lang": "de",
        "silent": silent,
        "data": message["leeward"],
        "actions": [
            {"action": name, "title": words, "navigate": f"{ORIGIN}/?reminder=x&date=2026-11-22"}
            for name, words in (("better", title), ("not-so-good", body))
        ],
    }
    assert message["leeward"]["zone"] == zone


@given(size=st.integers(min_value=0, max_value=6000))
def test_a_payload_fits_or_is_refused(size: int) -> None:
    said = notification(body="é" * size)
    bare = len(declarative(notification(body=""), ORIGIN))
    if bare + 2 * size <= LARGEST:
        assert len(declarative(said, ORIGIN)) == bare + 2 * size
    else:
        with pytest.raises(TooLong):
            declarative(said, ORIGIN)


@given(key=st.binary(min_size=24, max_size=24))
def test_a_topic_is_what_push_services_take(key: bytes) -> None:
    topic = topic_of(key)
    assert len(topic) == LONGEST_TOPIC
    assert not set(topic) - URLSAFE


def test_another_device_cannot_read_it() -> None:
    other = Device(f"{ORIGIN}/y")
    body = encrypt(ADDRESS, declarative(notification(), ORIGIN))
    with pytest.raises(http_ece.ECEException):
        http_ece.decrypt(body, private_key=other.private, auth_secret=other.secret)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [("", ""), ("BA", "AA"), (DEVICE.p256dh, ""), ("B" + "A" * 86, DEVICE.auth), ("!", "!")],
)
def test_keys_that_are_none_encrypt_nothing(p256dh: str, auth: str) -> None:
    with pytest.raises(UnusableKeys):
        encrypt(Address(f"{ORIGIN}/x", p256dh, auth), b"{}")
