"""The folder that the database lies in: making it, and judging whether it can be used.

The folder is made elsewhere and then renamed: what carries the name `postgres` is always whole.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.cannot_start import CannotStart
from app.embedded_postgres.account import Account, identity
from app.embedded_postgres.binaries import Binaries

MEGABYTE = 1024 * 1024
ROOM_FOR_A_NEW_ONE = 150 * MEGABYTE
ROOM_TO_START = 40 * MEGABYTE
"""Two segments of the write-ahead log and a little."""

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
"""What PostgreSQL is told about the world: nothing that could redirect it; English, because we read its log."""

# Through this name a process reaches the folder it was started in, also when it may not enter the folders above it.
_BY_WORKING_FOLDER = "/proc/self/cwd"

_SINGLE_USER_STATEMENTS = "CREATE ROLE leeward LOGIN;\nCREATE DATABASE leeward OWNER leeward;\n"


@dataclass(frozen=True)
class Cluster:
    """PostgreSQL's folder (what PostgreSQL itself calls a cluster), the programs for it, and who runs them."""

    folder: Path
    binaries: Binaries
    account: Account | None
    durable: bool
    """False only for the throw-away databases of tests."""

    def command(self, program: str, *arguments: str, folder: Path | None = None) -> "Command":
        """Describe running a PostgreSQL program on the folder, as the account it has to run as."""
        folder = folder or self.folder
        if self.account is not None and self._by_working_folder:
            words = [self.binaries.program(program), "-D", _BY_WORKING_FOLDER, *arguments]
            return Command(words, str(folder), self.account)
        return Command([self.binaries.program(program), "-D", str(folder), *arguments], "/", self.account)

    @property
    def _by_working_folder(self) -> bool:
        # Older ones change the folder to find themselves, and cannot come back.
        return sys.platform == "linux" and self.binaries.major >= 16  # noqa: PLR2004

    def make_sure_it_is_there(self) -> bool:
        """Create the database unless it exists; True if it was created.

        Raises CannotStart when it was made by another PostgreSQL, or there is no room. Nothing is changed then.
        """
        exists = self.folder.exists()
        if exists:
            self._judge()
        self._let_the_account_in()
        self._clear_unfinished()
        if exists:
            self._check_room(ROOM_TO_START)
            return False
        self._check_room(ROOM_FOR_A_NEW_ONE)
        self._create()
        return True

    def _let_the_account_in(self) -> None:
        if self.account is None or self._by_working_folder:
            return
        data = self.folder.parent
        data.chmod(data.stat().st_mode | 0o011)
        entered = subprocess.run(  # noqa: S603
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(data)],
            check=False,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **identity(self.account),
        )
        if entered.returncode != 0:
            raise CannotStart(
                f"PostgreSQL has to run as {self.account.name}, who cannot enter {data}:"
                " start Leeward as an ordinary user, or name another folder in LEEWARD_DATA."
            )

    def _judge(self) -> None:
        try:
            major = (self.folder / "PG_VERSION").read_text().strip()
        except PermissionError as error:
            raise CannotStart(
                f"{self.folder} belongs to another user of this machine:"
                " start Leeward as the user who started it first, or name another folder in LEEWARD_DATA."
            ) from error
        except FileNotFoundError as error:
            raise CannotStart(
                f"{self.folder} is there but is no database: move it away, or name another folder in LEEWARD_DATA."
            ) from error
        if major != str(self.binaries.major):
            raise CannotStart(
                f"The database in {self.folder} was made by PostgreSQL {major}, and this is PostgreSQL"
                f" {self.binaries.major}: name the folder of the programs of {major} in LEEWARD_POSTGRES_BIN, make a"
                " backup with `leeward backup`, and restore it into a new LEEWARD_DATA."
            )

    def _check_room(self, needed: int) -> None:
        free = shutil.disk_usage(self.folder.parent).free
        if free < needed:
            raise CannotStart(
                f"The disk of {self.folder.parent} is full: {free // MEGABYTE} MB are free,"
                f" and the database needs {needed // MEGABYTE} MB to start."
            )

    def _clear_unfinished(self) -> None:
        for left in self.folder.parent.glob(f"{self.folder.name}.new-*"):
            shutil.rmtree(left)

    def _create(self) -> None:
        unfinished = self.folder.with_name(f"{self.folder.name}.new-{os.getpid()}")
        try:
            unfinished.mkdir(mode=0o700)
            if self.account is not None:
                os.chown(unfinished, self.account.uid, self.account.gid)
            collation = (
                ("--locale-provider=builtin", "--builtin-locale=C.UTF-8") if self.binaries.major >= 17 else ()  # noqa: PLR2004
            )
            sync = () if self.durable else ("--no-sync",)
            self.command(
                "initdb",
                "--username=postgres",
                "--auth=trust",  # who can reach the socket is decided by the rights of its folder
                "--encoding=UTF8",
                "--locale=C",
                *collation,
                "--data-checksums",
                "--no-instructions",
                *sync,
                folder=unfinished,
            ).run()
            self.command("postgres", "postgres", folder=unfinished).single_user().run(_SINGLE_USER_STATEMENTS)
            unfinished.rename(self.folder)
        except OSError as error:
            raise CannotStart(f"The database cannot be created in {self.folder.parent}: {error.strerror}.") from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        if self.durable:
            _sync_folder(self.folder.parent)


@dataclass(frozen=True)
class Command:
    """A program of PostgreSQL, ready to run."""

    words: list[str]
    working_folder: str
    account: Account | None

    def single_user(self) -> "Command":
        """Return the same for PostgreSQL's single-user mode, whose switch has to come first."""
        return Command([self.words[0], "--single", *self.words[1:]], self.working_folder, self.account)

    def run(self, text: str = "") -> None:
        """Run it to its end.

        Raises CannotStart with its last words when it fails.
        """
        done = subprocess.run(  # noqa: S603 - words of ours
            self.words,
            check=False,
            input=text,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.working_folder,
            env=ENVIRONMENT,
            **identity(self.account),
        )
        if done.returncode != 0:
            raise CannotStart(f"The database cannot be created: {last_words(done.stdout)}")


def last_words(log: str) -> str:
    """Pick from a log what a person needs to know: the last complaint in it."""
    if "No space left on device" in log:
        return "the disk is full."
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    complaints = [line for line in lines if any(word in line for word in ("FATAL:", "PANIC:", "error:", "could not"))]
    words = (complaints or lines or ["it said nothing"])[-1]
    return words.split("FATAL:")[-1].split("PANIC:")[-1].strip().rstrip(".") + "."


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
