from __future__ import annotations

import pytest

from app.accounts.common_passwords import WORDS, is_common

# From general knowledge of what leaks hold most, one kind a line.
COMMON = """
12345678 123456789 1234567890 87654321 0987654321 11111111 00000000 123123123 12341234 112233445566 147258369 10203040
password Password PASSWORD1 password1 password12 password123 Password123! Passw0rd P@ssw0rd P@ssw0rd123 pa$$word
P4$$w0rd passwordpassword p.a.s.s.w.o.r.d pass-word mypassword Passwort1 motdepasse contraseña1 wachtwoord01
qwertyuiop qwerty123 Qwerty12345 qwertz123 azerty123 asdfghjkl asdfghjkl; zxcvbnm1 qwerasdf 1q2w3e4r 1q2w3e4r5t 1qaz2wsx
zaq12wsx qazwsxedc q1w2e3r4 a1b2c3d4 abcd1234 abc12345 aabbccdd abcdefgh !@#$%^&*
iloveyou iloveyou2 ILoveYou! i_love_you iloveu123 loveyou1 sunshine sunshine7 princess99 dragon123 Dragon2024! monkey12
football football1 baseball2 superman! batman2008 starwars77 pokemon1 letmein1 letmein123 welcome1 Welcome2026! trustno1
michael1 Michael1985 jennifer charlie12 thomas99 Jessica! hunter22 shadow123 summer2024 Summer24! january2026 monday123
liverpool arsenal1 chelsea123 ferrari1 computer internet1 admin123 Administrator root1234 changeme test1234 guest123
19900101 01011990 31-12-1999 20002001 aaaaaaaa abababab abcabcabc qweqweqwe asdfasdf x12345678 121212121212
leeward1 Leeward2026 Leeward! mentalhealth wellbeing1 checkin123 feelings7 helpline!
"""

UNCOMMON = [
    "dogs under seven maples",
    "harbour lamp 41",
    "vK8#qwLz",
    "g7mPq2xW",
    "mo0nRiverBank",
    "trombone84721956",
    "kaleidoscope-41-ferry",
    "violin4pencil",
    "zugvogel nordwind",
    "雨の日は本を読む",
    "73916482",
    "my bicycle bell is loud",
]


@pytest.mark.parametrize("password", COMMON.split())
def test_what_is_guessed_first_is_common(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize("password", UNCOMMON)
def test_what_is_not_guessed_first_is_not(password: str) -> None:
    assert not is_common(password)


def test_the_list_stands_for_far_more_than_a_thousand_passwords() -> None:
    assert len([word for word in WORDS if len(word) >= 8]) >= 500
    ends = ("", "1", "12", "123", "1234", "12345", "!", "1!", "123!", "2024", "2026!", "1990", "00", "007")
    made = {
        form + end
        for word in WORDS
        if word.isalpha()
        for form in (word, word.capitalize(), word.upper())
        for end in ends
    }
    long_enough = {password for password in made if len(password) >= 8}
    assert len(long_enough) > 50_000
    assert [password for password in sorted(long_enough)[::37] if not is_common(password)] == []


@pytest.mark.parametrize("word", ["password", "dragon", "elisabeth", "leeward"])
@pytest.mark.parametrize(
    "disguise", ["{}1", "1{}", "{}!", "!!{}!!", "{}2026", "2026{}", "{}123456789", "{0}{0}", "{} 1"]
)
def test_decoration_hides_nothing(word: str, disguise: str) -> None:
    for form in (word, word.capitalize(), word.upper(), word.replace("a", "@").replace("o", "0").replace("s", "$")):
        assert is_common(disguise.format(form))


def test_the_longest_password_is_judged_without_getting_lost() -> None:
    assert is_common("qwe" * 85)
    assert is_common("abcqwe" * 42)
    assert is_common("1" * 256)
    assert not is_common("qwe!" * 63 + "harbour lamp")
