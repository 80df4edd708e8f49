"""This server's key for pushes: made once, kept to itself, and what it signs."""

from __future__ import annotations

import stat
from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from py_vapid import Vapid02

from app.cannot_start import CannotStart
from app.push.vapid import Signer, VapidKeys, load, read_key
from app.settings import Settings
from tests.accounts.conftest import VAPID_KEY
from tests.push.conftest import CONTACT

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def settings(data: Path, **more: str) -> Settings:
    return Settings.from_environment({"LEEWARD_DATA": str(data), **more})


def test_a_key_is_made_once_and_only_this_user_may_read_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with ThreadPoolExecutor(8) as processes:
        made = {key.public for key in processes.map(load, [settings(data)] * 16)}
    assert len(made) == 1
    assert {load(settings(data)).public} == made
    assert stat.S_IMODE((data / "vapid.pem").stat().st_mode) == 0o600
    assert [file.name for file in data.iterdir()] == ["vapid.pem"]


def test_a_key_may_be_given_in_every_way_it_is_written(tmp_path: Path) -> None:
    key = load(settings(tmp_path))
    raw = key.private.private_numbers().private_value.to_bytes(32, "big")
    pem = key.pem().decode()
    for text in (pem, pem.replace("\n", "\\n"), urlsafe_b64encode(raw).decode(), urlsafe_b64encode(raw).decode()[:43]):
        assert load(settings(tmp_path / "nothing", LEEWARD_VAPID_PRIVATE_KEY=text)).public == key.public
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize(
    "text", ["", "x", "A" * 43, "A" * 100, "-----BEGIN PRIVATE KEY-----\nno\n-----END PRIVATE KEY-----"]
)
def test_what_is_no_key_is_said_without_repeating_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="has to be a private key of P-256"):
        read_key(text)
    (tmp_path / "vapid.pem").write_text(text)
    with pytest.raises(CannotStart, match=r"vapid.pem has to be a private key"):
        load(settings(tmp_path))
    if text:
        given = settings(tmp_path, LEEWARD_VAPID_PRIVATE_KEY=text)
        assert text not in repr(given) or text == "x"
        with pytest.raises(CannotStart, match="LEEWARD_VAPID_PRIVATE_KEY has to be"):
            load(given)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotStart, match="cannot be used: Not a directory"):
        load(settings(tmp_path / "file" / "data"))


def test_each_push_service_gets_its_own_signature_and_keeps_it_for_hours() -> None:
    signer = Signer(VapidKeys(settings(Path(), LEEWARD_VAPID_PRIVATE_KEY=VAPID_KEY)), CONTACT)
    google = signer.authorization("https://fcm.googleapis.com", NOW)
    apple = signer.authorization("https://web.push.apple.com", NOW)
    assert google != apple
    assert all(Vapid02.verify(header) for header in (google, apple))
    assert signer.authorization("https://fcm.googleapis.com", NOW + timedelta(hours=5)) == google
    assert signer.authorization("https://fcm.googleapis.com", NOW + timedelta(hours=7)) != google
    # A clock that was set back does not leave a signature that push services call too far ahead.
    assert signer.authorization("https://fcm.googleapis.com", NOW - timedelta(days=2)) != google


@pytest.mark.parametrize(
    ("origin", "contact"),
    [
        ("https://leeward.example", "https://leeward.example"),
        ("https://leeward.example:8443", "https://leeward.example"),
        ("https://leeward", "mailto:operator@leeward.example"),
        ("https://[2001:db8::1]", "mailto:operator@leeward.example"),
        ("http://127.0.0.1:8000", "mailto:operator@leeward.example"),
    ],
)
def test_push_services_are_told_whom_to_write_to(origin: str, contact: str) -> None:
    assert Settings.from_environment({"LEEWARD_ORIGIN": origin}).push_contact == contact


@pytest.mark.parametrize(
    "contact", ["ada@leeward.example", "mailto:ada", "mailto:ada@localhost", "http://a.b", "https://localhost"]
)
def test_a_contact_that_push_services_refuse_is_refused_here(contact: str) -> None:
    with pytest.raises(CannotStart, match="LEEWARD_PUSH_CONTACT has to look like"):
        Settings.from_environment({"LEEWARD_PUSH_CONTACT": contact})


def test_the_worker_is_on_or_off() -> None:
    assert Settings.from_environment({}).works
    assert not Settings.from_environment({"LEEWARD_WORKER": "off"}).works
    with pytest.raises(CannotStart, match="LEEWARD_WORKER has to be on or off"):
        Settings.from_environment({"LEEWARD_WORKER": "maybe"})
