"""What holds for invitations and names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.buddies import rules

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Ada", "Ada"),
        ("  Ada   Lovelace\n", "Ada Lovelace"),
        ("A\u0301da", "\u00c1da"),
        ("\N{SPARKLES}", "\N{SPARKLES}"),
        ("x" * 40, "x" * 40),
        ("x" * 41, None),
        ("", None),
        (" \t ", None),
        ("a\0b", None),
        ("a\u202eb", None),
        ("a\ud800b", None),
    ],
)
def test_a_name_is_kept_on_one_line_or_not_at_all(given: str, kept: str | None) -> None:
    assert rules.clean_name(given) == kept


@pytest.mark.parametrize("written", ["482 913 057", "482913057", "482-913.057", " 482 913 057\n"])
def test_a_code_is_the_same_however_it_is_written(written: str) -> None:
    assert rules.write_code(482_913_057) == "482 913 057"
    assert rules.code_hash(written) == rules.code_hash("482913057") is not None


def test_a_code_has_all_its_digits() -> None:
    assert rules.write_code(7) == "000 000 007"


@pytest.mark.parametrize("written", ["", "482 913 05", "4829130571", "four eight two"])
def test_what_is_no_code_is_none(written: str) -> None:
    assert rules.code_hash(written) is None


@pytest.mark.parametrize(
    ("ended_by", "after", "state"),
    [
        (None, timedelta(0), "open"),
        (None, rules.INVITATION_LASTS - timedelta(seconds=1), "open"),
        (None, rules.INVITATION_LASTS, "expired"),
        ("used", timedelta(0), "used"),
        ("used", rules.INVITATION_LASTS, "used"),
        ("withdrawn", timedelta(0), "withdrawn"),
        ("withdrawn", rules.INVITATION_LASTS, "withdrawn"),
    ],
)
def test_what_has_become_of_an_invitation(ended_by: str | None, after: timedelta, state: str) -> None:
    assert rules.state_of(ended_by, NOW + rules.INVITATION_LASTS, NOW + after) == state


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("Say hello to Ada, she likes a call.", True),
        ("Ring \N{WOMAN}\u200d\N{ROCKET} \N{HEAVY BLACK HEART}\ufe0f", True),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", True),
        ("two\nlines", False),
        ("two\u2028lines", False),
        ("two\u0085lines", False),
        ("a\tb", False),
        ("a\x1bb", False),
        ("a\u202eb", False),
        ("a\u2066b", False),
        ("a\u200bb", False),
        ("a\ufeffb", False),
    ],
)
def test_what_stands_on_one_line_as_it_was_written(text: str, fits: bool) -> None:  # noqa: FBT001
    assert rules.is_on_one_line(text) == fits
