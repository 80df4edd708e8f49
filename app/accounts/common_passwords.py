"""Whether a password is among those that are guessed first.

A list alone knows "password1" and lets "Pa$$word2027!" pass. So a password is first taken back to what it was made of:
capitals, look-alike characters, digits and signs around a word, repetition. What remains is looked up.
"""

from __future__ import annotations

import re

from app.accounts.common_words import OURS, PEOPLE, PHRASES, THINGS

WORDS = frozenset(f"{PHRASES} {PEOPLE} {THINGS} {OURS}".casefold().split())

_LOOK_ALIKE = ("@4$5013!7+8|", "aassoleittbl"), ("@4$5013!7+8|", "aassoieittbi")
_UNDISGUISE = tuple(str.maketrans(seen, meant) for seen, meant in _LOOK_ALIKE)
_AROUND = re.compile(r"^([\W\d_]*)(.*?)([\W\d_]*)$", re.DOTALL)
_KEYS = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "qsdfghjklm",
    "zxcvbnm",
    "yxcvbnm",
    "wxcvbn",
    "!@#$%^&*()",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1a2b3c4d5e6f7g8h9i",
    "147258369",
    "741852963",
    "123654789",
)
_RUNS = _KEYS + tuple(keys[::-1] for keys in _KEYS)
_RUN_SHORTEST = 3
# Looked up and not searched for: a long password asks thousands of times, on the event loop.
_PARTS_OF_RUNS = frozenset(
    keys[start:end]
    for keys in _RUNS
    for start in range(len(keys))
    for end in range(start + _RUN_SHORTEST, len(keys) + 1)
)
_FEW_CHARACTERS = 2
_FEW_DIGITS = 3
_DIGITS_AROUND = 4
_SIGNS_AROUND = 3
_DATE = re.compile(
    r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])|(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(19|20)\d\d"
    r"|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(19|20)\d\d|(19|20)\d\d(19|20)\d\d"
)


def is_common(password: str, *, also: str = "") -> bool:
    """Whether this password is one of the common ones or a usual variation of one.

    `also` is one more word that counts as common for this person: their name's key, in lower case.
    """
    folded = "".join(password.casefold().split())
    own = {"".join(also.split()), "".join(also.split())[::-1]} - {""}
    forms = _undisguised(folded)
    # Before and after: in "P@ssw0rd123" the digits at the end are digits, in "p4$$" the signs are letters.
    cores = {form for whole in forms for core in _cores(whole) for form in _undisguised(core)}
    return any(_is_known(form, own) for form in forms | cores)


def _undisguised(text: str) -> set[str]:
    return {text, *(text.translate(table) for table in _UNDISGUISE)}


def _is_known(core: str, own: set[str]) -> bool:
    unit = _unit(core)
    return (
        core in WORDS
        or core in own
        or (unit != core and (len(unit) <= _DIGITS_AROUND or unit in WORDS or unit in own))
        or len(set(core)) <= _FEW_CHARACTERS
        or _is_runs(core)
        or (core[::2] == core[1::2] and _is_runs(core[::2]))  # 112233445566
        or (core.isdecimal() and (len(set(core)) <= _FEW_DIGITS or _DATE.fullmatch(core) is not None))
    )


def _cores(folded: str) -> list[str]:
    """The word inside, once without each kind of decoration: "2024dragon!!" is "dragon"."""
    found = _AROUND.match(folded)
    if found is None or not found[2]:
        digits = re.sub(r"\D", "", folded)
        return [digits] if len(folded) - len(digits) <= _SIGNS_AROUND else []
    before, core, after = found.groups()
    cores = [core] if _is_decoration(before) and _is_decoration(after) else []
    # "3lisabeth!" begins with a letter in disguise, and "pa$$" ends with two.
    cores += [core + after] if _is_decoration(before) else []
    cores += [before + core] if _is_decoration(after) else []
    parts = re.split(r"[\W_]+", folded)
    if len(parts) > 1:  # "p-a-s-s-w-o-r-d", "i_love_you", "01.02.1990"
        cores.append("".join(parts))
    return cores


def _is_decoration(around: str) -> bool:
    digits = re.sub(r"\D", "", around)
    few = len(digits) <= _DIGITS_AROUND or _is_runs(digits) or len(_unit(digits)) <= _FEW_DIGITS
    return (few or _DATE.fullmatch(digits) is not None) and len(around) - len(digits) <= _SIGNS_AROUND


def _unit(text: str) -> str:
    """The shortest part that the text is a repetition of: "abcabc" → "abc"."""
    place = (text + text).find(text, 1)
    return text[:place]


def _is_runs(text: str) -> bool:
    """Whether it is nothing but neighbouring keys or letters, three or more at a time: "qwerasdf", "abc123"."""
    place = 0
    while place < len(text):
        longest = _longest_run(text, place)
        if longest < _RUN_SHORTEST:
            return False
        place += longest
    return bool(text)


def _longest_run(text: str, start: int) -> int:
    end = start + _RUN_SHORTEST
    if text[start:end] not in _PARTS_OF_RUNS:
        return 0
    while end < len(text) and text[start : end + 1] in _PARTS_OF_RUNS:
        end += 1
    return end - start
