"""Which account of the system PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from app.cannot_start import CannotStart


class Identity(TypedDict):
    """Arguments of `subprocess` that give up root for good, or None three times."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


@dataclass(frozen=True)
class Account:
    """An account of the system that is not root."""

    name: str
    uid: int
    gid: int


def identity(account: Account | None) -> Identity:
    """Return the arguments of `subprocess` that run a program as this account; None: as whoever we are."""
    if account is None:
        return {"user": None, "group": None, "extra_groups": None}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def account_for(data: Path) -> Account | None:
    """Choose who runs PostgreSQL; None: whoever we are, because we are not root.

    As root it is the owner of the database that is there already; otherwise the owner of the data folder or of the one
    that it will be made in, so that `sudo` in somebody's clone leaves them files of their own; otherwise `postgres`,
    otherwise `nobody`.
    """
    if os.geteuid() != 0:
        return None
    nearest = next(folder for folder in (data / "postgres", data, *data.parents) if folder.exists())
    account = _account(nearest.stat().st_uid)
    if account is not None:
        return account
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(found.pw_name, found.pw_uid, found.pw_gid)
    raise CannotStart(
        "PostgreSQL does not run as root, and there is no user `postgres` or `nobody` here to run it:"
        " start Leeward as an ordinary user."
    )


def _account(uid: int) -> Account | None:
    if uid == 0:
        return None
    try:
        found = pwd.getpwuid(uid)
    except KeyError:
        return None  # initdb wants a name
    return Account(found.pw_name, found.pw_uid, found.pw_gid)
