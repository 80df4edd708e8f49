"""The short-lived folder of the socket: only a short path will do, and only we may enter it."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from app.embedded_postgres.account import Account

# Linux takes 107 bytes, macOS 103; the socket's own name is `.s.PGSQL.5432`.
_LONGEST = 103 - len("/.s.PGSQL.5432")


def socket_folder(data: Path, account: Account | None) -> Path:
    """Return a folder of mode 700 that belongs to whoever runs PostgreSQL; the same one for the same data folder.

    Not $XDG_RUNTIME_DIR: that one goes away when the person logs out, with the server still running.
    """
    uid = account.uid if account else os.geteuid()
    name = f"leeward-{uid}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}"
    base = next(base for base in (Path("/tmp"), Path(tempfile.gettempdir())) if os.access(base, os.W_OK))  # noqa: S108
    folder = base / name
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        if not _is_ours(folder, uid):  # somebody was there first, in a folder open to everybody
            folder = Path(tempfile.mkdtemp(prefix="leeward-", dir=base))
    if account is not None:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)
    if len(os.fsencode(folder)) > _LONGEST:
        raise OSError(f"{folder} is too long a path for a socket")
    return folder


def _is_ours(folder: Path, uid: int) -> bool:
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid in {uid, os.geteuid()}
