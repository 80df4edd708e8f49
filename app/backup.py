"""Writing everything into one file, and putting it back."""

import asyncio
import os
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit
from uuid import uuid4

import asyncpg

from app.cannot_start import CannotStart
from app.db import connect
from app.embedded_postgres.binaries import find_binaries
from app.migrations import migrate
from app.settings import Settings

# Before what is in the file, in the same transaction.
_EMPTY = b"DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"
# What newer programs say and servers before 17 do not know.
_ONLY_FOR_NEWER_ONES = b"SET transaction_timeout = 0;\n"
_DATA_BEGINS = b"COPY "
_FIRST_THAT_KNOWS_IT = 17
_LOOKS = 50
"""A tenth of a second apart: the connections of a server that was just stopped are listed for a moment longer."""
_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'leeward' AND pid <> pg_backend_pid()
"""


def back_up(settings: Settings, file: Path) -> None:
    """Write the whole database into `file`, which only this user may read: it holds what people wrote.

    The server may go on meanwhile; the file holds one moment. It is written beside its place and then renamed, so that
    a file of that name is always whole. Raises CannotStart when it cannot be done.
    """
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        # Not by its standard output: what it writes there cannot be told from a file that was cut off.
        how = ("--format=custom", "--no-owner", "--no-privileges", f"--file={unfinished}")
        with _start(settings, "pg_dump", *how, to_the_database=True) as process:
            _, words = process.communicate()
        if process.returncode != 0:
            raise CannotStart(f"The backup could not be made: {_first_complaint(words)}")
        unfinished.rename(file)
    except OSError as error:
        raise CannotStart(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def restore(settings: Settings, file: Path) -> None:
    """Replace the whole database by what is in `file`, all of it or nothing, and renew the epoch.

    Nobody else may be using the database. Phones notice the new epoch and send again what the file does not hold.
    Accounts that were deleted since the backup come back.
    Raises CannotStart when it cannot be done; the database is as it was then.
    """
    if not file.is_file():
        raise CannotStart(f"There is no file {file}.")
    for name in ("pg_restore", "psql"):
        _program(settings, name)
    knows_all = asyncio.run(_make_sure_nobody_is_there(settings)) >= _FIRST_THAT_KNOWS_IT
    reader = _start(settings, "pg_restore", "--no-owner", "--no-privileges", "--file=-", str(file))
    writer = _start(
        settings,
        "psql",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "--quiet",
        "--no-psqlrc",
        to_the_database=True,
    )
    with reader, writer:
        try:
            _feed(writer, reader, knows_all=knows_all)
        except BrokenPipeError:
            reader.kill()  # psql has found something wrong, and says what
        except BaseException:
            reader.kill()
            writer.kill()  # the connection is lost, and the transaction rolled back
            raise
        _, words = writer.communicate()
    if writer.returncode != 0:
        raise CannotStart(f"The backup could not be put back, and nothing was changed: {_first_complaint(words)}")
    asyncio.run(migrate(settings))


def new_epoch(settings: Settings) -> None:
    """Make every phone pull everything anew and send again what the database does not have.

    For a database that was put back by other means than `leeward restore`.
    """

    async def renew() -> None:
        database = connect(settings)
        await database.start()
        try:
            async with database.transaction() as connection:
                await connection.execute("UPDATE instance SET epoch = $1", uuid4())
        except asyncpg.UndefinedTableError as error:
            raise CannotStart("This database is empty: run `leeward migrate` first.") from error
        finally:
            await database.close()

    asyncio.run(renew())


def _start(settings: Settings, name: str, *arguments: str, to_the_database: bool = False) -> subprocess.Popen[bytes]:
    """Start one of PostgreSQL's programs with pipes."""
    url, password = _without_password(settings.database_url or "")
    program = _program(settings, name)
    return subprocess.Popen(  # noqa: S603 - a program we looked up
        [program, *arguments, *([f"--dbname={url}"] if to_the_database else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Arguments can be read by everybody on the machine, the environment only by this user.
        env={**os.environ, "LC_ALL": "C", **({"PGPASSWORD": password} if password else {})},
    )


def _program(settings: Settings, name: str) -> str:
    """Find one of PostgreSQL's programs: a system's server can be installed without those for a client."""
    binaries = find_binaries(settings.postgres_bin)
    program = binaries.program(name)
    if not os.access(program, os.X_OK):
        raise CannotStart(
            f"There is no `{name}` in {binaries.folder}: install PostgreSQL's client programs,"
            " or name the folder that has them in LEEWARD_POSTGRES_BIN."
        )
    return program


def _feed(psql: subprocess.Popen[bytes], reader: subprocess.Popen[bytes], *, knows_all: bool) -> None:
    """Hand the script over, and the end of it only when all of it was read."""
    if psql.stdin is None or reader.stdout is None:
        raise RuntimeError("pipes were asked for")
    psql.stdin.write(_EMPTY)
    in_the_preamble = not knows_all
    for line in reader.stdout:
        in_the_preamble = in_the_preamble and not line.startswith(_DATA_BEGINS)
        if not (in_the_preamble and line == _ONLY_FOR_NEWER_ONES):
            psql.stdin.write(line)
    if reader.wait() != 0:
        raise CannotStart("This file is no whole backup made by `leeward backup`; nothing was changed.")
    psql.stdin.write(f"\nUPDATE public.instance SET epoch = '{uuid4()}';\n".encode())


async def _make_sure_nobody_is_there(settings: Settings) -> int:
    """Return the major version of the server, unless a Leeward is connected to the database."""
    database = connect(settings)
    await database.start()
    try:
        async with database.connection() as connection:
            for _ in range(_LOOKS):
                if not await connection.fetchval(_OTHERS):
                    return connection.get_server_version().major
                await asyncio.sleep(0.1)
            raise CannotStart("Leeward is still running on this database: stop it first.")
    finally:
        await database.close()


def _without_password(url: str) -> tuple[str, str | None]:
    parts = urlsplit(url)
    name, separator, password = parts.netloc.rpartition("@")[0].partition(":")
    if not separator:
        return url, None
    bare = f"{name}@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=bare)), unquote(password)


def _first_complaint(words: bytes) -> str:
    lines = [line for line in words.decode("utf-8", "replace").splitlines() if "error:" in line or "ERROR:" in line]
    return (lines or ["it did not say why"])[0].split("error:")[-1].split("ERROR:")[-1].strip().rstrip(".") + "."
