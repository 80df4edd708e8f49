"""The other commands: what they do, and what they say when they cannot."""

import asyncio
import os
import stat
from collections.abc import Generator
from pathlib import Path

import asyncpg
import pytest

from app.db import Database
from app.embedded_postgres.binaries import find_binaries
from tests.commands import leeward
from tests.processes import Leeward, needs_proc, processes_of
from tests.waiting import until

# Each starts Leeward several times.
pytestmark = pytest.mark.long


def on(url: str, *words: str) -> tuple[int, str]:
    return leeward(*words, DATABASE_URL=url)


def ask(url: str, *statements: str) -> object:
    async def run() -> object:
        connection = await asyncpg.connect(url)
        try:
            for statement in statements[:-1]:
                await connection.execute(statement)
            return await connection.fetchval(statements[-1])
        finally:
            await connection.close()

    return asyncio.run(run())


def epoch_of(url: str) -> object:
    return ask(url, "SELECT epoch FROM instance")


@pytest.fixture
def data(tmp_path: Path) -> Generator[Path]:
    folder = tmp_path / "data"
    yield folder
    until(lambda: not processes_of(folder))


def test_help_names_every_command_and_setting() -> None:
    code, said = leeward("--help")
    assert code == 0
    commands = ("serve", "demo", "worker", "push", "migrate", "doctor", "backup", "restore", "database", "version")
    for word in (*commands, "DATABASE_URL", "LEEWARD_PUSH_HOSTS"):
        assert word in said
    assert leeward("version")[1].startswith("leeward 0.")
    assert leeward()[0] == 2


def test_a_backup_restored_is_what_it_was_and_has_a_new_epoch(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "leeward.backup"
    before = epoch_of(database_url)
    ask(database_url, "CREATE TABLE word (word text)", "INSERT INTO word VALUES ('kept')", "SELECT 1")
    code, said = on(database_url, "backup", str(file))
    assert (code, said.startswith(f"{file} holds the whole database")) == (0, True), said
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    ask(database_url, "UPDATE word SET word = 'changed'", "CREATE TABLE later (id int)", "SELECT 1")

    assert on(database_url, "restore", str(file)) == (
        1,
        f"leeward: This replaces the whole database by {file}. Say --yes when that is meant.\n",
    )
    code, said = on(database_url, "restore", "--yes", str(file))
    assert code == 0, said
    assert ask(database_url, "SELECT word FROM word") == "kept"
    assert ask(database_url, "SELECT to_regclass('later')") is None
    assert epoch_of(database_url) != before
    assert on(database_url, "migrate") == (0, "The database was up to date.\n")


def test_a_backup_of_an_older_leeward_is_brought_up_to_date(empty_database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "leeward.backup"
    assert on(empty_database_url, "migrate")[0] == 0
    ask(empty_database_url, "DROP TABLE preference", "DELETE FROM migration WHERE name LIKE '%07:30:00%'", "SELECT 1")
    assert on(empty_database_url, "backup", str(file))[0] == 0
    assert on(empty_database_url, "restore", "--yes", str(file))[0] == 0
    assert ask(empty_database_url, "SELECT to_regclass('preference')") is not None


def test_a_file_that_is_no_backup_changes_nothing(database_url: str, tmp_path: Path) -> None:
    before = epoch_of(database_url)
    file = tmp_path / "holiday.jpg"
    file.write_bytes(os.urandom(1000))
    code, said = on(database_url, "restore", "--yes", str(file))
    assert (code, said.splitlines()) == (
        1,
        ["leeward: This file is no whole backup made by `leeward backup`; nothing was changed."],
    )
    whole = tmp_path / "leeward.backup"
    on(database_url, "backup", str(whole))
    whole.write_bytes(whole.read_bytes()[:-10])
    assert on(database_url, "restore", "--yes", str(whole))[0] == 1
    assert on(database_url, "restore", "--yes", str(tmp_path / "nothing"))[1].startswith("leeward: There is no file")
    assert epoch_of(database_url) == before


async def test_restoring_under_a_running_server_is_refused(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "leeward.backup"
    assert (await asyncio.to_thread(on, database.url, "backup", str(file)))[0] == 0
    code, said = await asyncio.to_thread(on, database.url, "restore", "--yes", str(file))
    assert (code, said) == (1, "leeward: Leeward is still running on this database: stop it first.\n")


def test_a_backup_that_cannot_be_written_leaves_no_half_of_it(database_url: str, tmp_path: Path) -> None:
    code, said = on(database_url, "backup", str(tmp_path / "nowhere" / "leeward.backup"))
    assert (code, "cannot be written: No such file or directory." in said) == (1, True)
    code, said = on(database_url.replace("/test_", "/nothing_"), "backup", str(tmp_path / "leeward.backup"))
    assert (code, said.startswith("leeward: The backup could not be made: ")) == (1, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("missing", "words"), [("pg_dump", ["backup"]), ("psql", ["restore", "--yes"])])
def test_programs_that_are_missing_are_told_by_name(
    database_url: str, tmp_path: Path, missing: str, words: list[str]
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in {"postgres", "pg_dump", "pg_restore", "psql"} - {missing}:
        (programs / name).symlink_to(find_binaries(None).program(name))
    file = tmp_path / "leeward.backup"
    if missing == "psql":
        file.touch()
    code, said = leeward(*words, str(file), DATABASE_URL=database_url, LEEWARD_POSTGRES_BIN=str(programs))
    assert code == 1
    assert said == (
        f"leeward: There is no `{missing}` in {programs}: install PostgreSQL's client programs,"
        " or name the folder that has them in LEEWARD_POSTGRES_BIN.\n"
    )


def test_a_new_epoch(database_url: str, empty_database_url: str) -> None:
    before = epoch_of(database_url)
    assert on(database_url, "database", "new-epoch")[0] == 0
    assert epoch_of(database_url) != before
    code, said = on(empty_database_url, "database", "new-epoch")
    assert (code, said) == (1, "leeward: This database is empty: run `leeward migrate` first.\n")


def test_doctor_finds_what_is_wrong_and_says_what_to_do(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, said = leeward(
        "doctor",
        DATABASE_URL=database_url,
        LEEWARD_DATA=str(tmp_path / "file" / "data"),
        LEEWARD_HOST="0.0.0.0",
        LEEWARD_WORKERS="99",
    )
    assert code == 1
    assert f"WRONG  LEEWARD_DATA is {tmp_path / 'file' / 'data'}, but {tmp_path / 'file'} is a file." in said
    assert "WRONG  LEEWARD_HOST is 0.0.0.0, open to the network" in said
    assert "WRONG  fsync is off in the database" in said  # as it is in tests
    assert "note   LEEWARD_WORKERS is 99" in said
    assert "helplines" in said
    assert "ok     The database is up to date." in said
    assert said.endswith("Something is wrong: see above.\n")


def test_doctor_tells_an_empty_database_a_bad_setting_and_a_name_nobody_has(empty_database_url: str) -> None:
    assert "migrations wait: `leeward serve`" in on(empty_database_url, "doctor")[1]
    assert (
        "WRONG  LEEWARD_ORIGIN is 'http://leeward.example'"
        in leeward("doctor", LEEWARD_ORIGIN="http://leeward.example")[1]
    )
    assert (
        "WRONG  There is no address for leeward.invalid"
        in leeward("doctor", LEEWARD_ORIGIN="https://leeward.invalid", DATABASE_URL=empty_database_url)[1]
    )
    assert (
        "WRONG  The database at 127.0.0.1:1 cannot be reached"
        in on("postgresql://leeward@127.0.0.1:1/leeward", "doctor")[1]
    )


@needs_proc
def test_backup_doctor_and_new_epoch_beside_a_running_server_and_without_one(data: Path, tmp_path: Path) -> None:
    def beside(*words: str) -> tuple[int, str]:
        return leeward(*words, LEEWARD_DATA=str(data), LEEWARD_PORT=str(server.port))

    file = tmp_path / "leeward.backup"
    with Leeward("serve", data=data) as server:
        server.until_ready()
        assert beside("backup", str(file))[0] == 0
        assert beside("database", "new-epoch")[0] == 0
        said = beside("doctor")[1]
        assert f"ok     Leeward is running, on port {server.port}." in said
        assert "ok     The database is up to date." in said
        code, said = beside("restore", "--yes", str(file))
        assert (code, "Leeward is running on" in said) == (1, True)
        assert server.stop() == 0
    assert not processes_of(data)
    assert beside("restore", "--yes", str(file))[0] == 0
    assert "ok     The database is up to date." in beside("doctor")[1]
    assert not processes_of(data)


def test_doctor_makes_nothing(data: Path) -> None:
    _, said = leeward("doctor", LEEWARD_DATA=str(data))
    assert "note   There is no database yet: `leeward serve` makes one." in said
    assert not data.exists()


@needs_proc
def test_the_demo_is_filled_once_and_says_how_to_sign_in(data: Path) -> None:
    for filled in (True, False):
        with Leeward("demo", data=data) as demo:
            assert demo.until_ready().stop() == 0
            assert ("Wrote four months of ada and ben." in demo.output()) is filled
            assert "Sign in as ada or ben with the password" in demo.output()
    code, said = leeward("demo", DATABASE_URL="postgresql://leeward@127.0.0.1/leeward")
    assert (code, said) == (1, "leeward: The demo has a database of its own: unset DATABASE_URL for it.\n")
