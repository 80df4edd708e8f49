from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import rules
from app.errors import Conflict, Invalid

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ada", "ada"),
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Zoë", "Zoë"),
        ("Zoe\u0308", "Zoë"),
        ("ａｄａ", "ada"),
        ("no\u00a0break", "no break"),
        ("ad", "ad"),
        ("a" * 40, "a" * 40),
        ("雨の日", "雨の日"),
        ("אדה", "אדה"),
        ("☀️", None),
        ("☀️☔", "☀☔"),
        ("👩\u200d💻", "👩💻"),
        ("O'Neill-7", "O'Neill-7"),
        ("a", None),
        ("", None),
        ("   ", None),
        ("a" * 41, None),
        ("ﷺ" * 3, None),
        ("a\x00b", None),
        ("a\tb", None),
        ("a\nb", None),
        ("ada\u200b", None),
        ("ada\u202e", None),
        ("ada\u2060", None),
        ("ada\ufeff", None),
        ("ad\u00ada", None),
        ("ada\u3164", None),
        ("ada\u2800", None),
        ("ada\u034f", None),
        ("ada\ue000", None),
        ("ada\U0001f1e6\U000e0067", None),
        ("ada\u0378", None),
        ("\u0301ada", None),
    ],
)
def test_a_name_is_what_can_be_seen(typed: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(Invalid) as refused:
            rules.clean_name(typed)
        assert (refused.value.code, refused.value.field) == ("name-invalid", "name")
        assert rules.name_key(typed) is None
    else:
        assert rules.clean_name(typed) == kept


@pytest.mark.parametrize(
    "same",
    [
        ["Ada", "ada", "ADA", " ada ", "ａｄａ", "ad\u200da"],
        ["Straße", "STRASSE", "strasse"],
        ["Zoë", "zoe\u0308", "ZOË"],
        ["sun ☀️", "Sun  ☀"],
        ["ﬁona", "Fiona"],
        ["ΣΊΣΥΦΟΣ", "σίσυφος", "Σίσυφοσ"],
    ],
)
def test_names_are_the_same_however_they_are_typed(same: list[str]) -> None:
    assert len({rules.name_key(name) for name in same}) == 1
    assert rules.name_key(same[0]) is not None


@pytest.mark.parametrize(("one", "other"), [("ada", "adah"), ("zoe", "zoë"), ("ada l", "adal"), ("аda", "ada")])
def test_names_that_differ_stay_different(one: str, other: str) -> None:
    assert rules.name_key(one) != rules.name_key(other)


@given(names)
def test_cleaning_and_folding_again_change_nothing(typed: str) -> None:
    key = rules.name_key(typed)
    if key is None:
        return
    kept = rules.clean_name(typed)
    assert rules.clean_name(kept) == kept
    assert rules.name_key(kept) == key
    assert unicodedata.is_normalized("NFKC", key)
    assert key.casefold() == key
    assert not any(unicodedata.category(character)[0] == "C" for character in kept)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("seven-7", "password-too-short"),
        ("päßwörd", "password-too-short"),
        ("harbour lamp", None),
        ("vK8#qwLz", None),
        ("雨の日は本を読む", None),
        ("x" + "harbour lamp " * 20, "password-too-long"),
        (("harbour lamp " * 20)[:256], None),
        ("iloveyou2", "password-too-common"),
        ("Lovelace-Ada", None),
        ("lovelace ada counts", None),
    ],
)
def test_a_password_may_be_chosen(password: str, code: str | None) -> None:
    if code is None:
        assert rules.new_password(password, "ada") == password
    else:
        with pytest.raises(Invalid) as refused:
            rules.new_password(password, "ada", field="new")
        assert (refused.value.code, refused.value.field) == (code, "new")
        assert password not in str(refused.value)


@pytest.mark.parametrize("password", ["Meadowlark", "meadowlark7", "MEADOWLARK!", "kralwodaem", "m3adowlark1990"])
def test_the_own_name_is_no_password(password: str) -> None:
    with pytest.raises(Invalid, match="guessed first"):
        rules.new_password(password, "Meadowlark")
    assert rules.new_password(password, "ben") == password


def test_a_password_is_the_same_from_every_keyboard() -> None:
    assert rules.clean_password("cafe\u0301 noir") == rules.clean_password("café\u00a0noir") == "café noir"
    assert rules.clean_password("Ｗide") != "Wide"


def test_leeward_is_for_adults_who_said_yes_to_the_wording_in_force() -> None:
    rules.require_adult(adult=True)
    rules.require_consent(rules.CONSENT_VERSION)
    with pytest.raises(Invalid) as young:
        rules.require_adult(adult=False)
    assert (young.value.code, young.value.field) == ("adults-only", "adult")
    with pytest.raises(Conflict) as old:
        rules.require_consent("2026-10")
    assert (old.value.code, old.value.field) == ("consent-outdated", "consent")


@given(st.integers(min_value=0, max_value=2**rules.CODE_BITS - 1), st.integers())
def test_a_recovery_code_survives_paper_and_thumbs(number: int, seed: int) -> None:
    code = rules.write_recovery_code(number)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}", code)
    bare = code.replace("-", "")
    assert rules.read_recovery_code(code) == bare
    chance = random.Random(seed)
    typed = "".join(
        chance.choice({"0": "0oO", "1": "1iIlL"}.get(character, character + character.lower()))
        + chance.choice(["", "", " ", "-", "–", "\n", "_", "."])
        for character in bare
    )
    assert rules.recovery_code_hash(typed) == rules.recovery_code_hash(code)


@given(st.sets(st.integers(min_value=0, max_value=2**rules.CODE_BITS - 1), min_size=2, max_size=2))
def test_two_recovery_codes_are_never_taken_for_each_other(numbers: set[int]) -> None:
    assert len({rules.recovery_code_hash(rules.write_recovery_code(number)) for number in numbers}) == 2


def test_a_recovery_code_has_at_least_128_bits() -> None:
    assert rules.CODE_BITS >= 128
    assert rules.CODE_LENGTH * 5 == rules.CODE_BITS
    assert len(set(rules.CODE_ALPHABET)) == 32


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Pixel 9", "Pixel 9"),
        ("  Firefox \n on\tDebian ", "Firefox on Debian"),
        ("", ""),
        ("\u202eevil\u0000", "evil"),
        ("x" * 61, "x" * 60),
        ("x" * 59 + " y", "x" * 59),
    ],
)
def test_a_device_is_called_what_the_phone_says(said: str, label: str) -> None:
    assert rules.device_label(said) == label
