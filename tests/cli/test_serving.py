"""`leeward serve`, as a person starts it and as a machine ends it."""

import http.client
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen
from uuid import uuid4

import pytest

from tests.processes import (
    ROOT,
    Leeward,
    is_gone,
    needs_proc,
    ordinary_user,
    postmaster_of,
    processes_of,
)
from tests.waiting import until

pytestmark = [needs_proc, pytest.mark.long]


@pytest.fixture
def data(tmp_path: Path) -> Generator[Path]:
    folder = tmp_path / "data"
    yield folder
    until(lambda: not processes_of(folder))


def is_ready(leeward: Leeward) -> bool:
    try:
        with urlopen(f"{leeward.origin}/health/ready", timeout=5) as answer:
            return answer.status == http.client.OK
    except OSError:
        return False


def workers_of(leeward: Leeward) -> list[int]:
    children = Path(f"/proc/{leeward.process.pid}/task/{leeward.process.pid}/children").read_text().split()
    return [int(child) for child in children if "app.cli" in processes_of(leeward.data).get(int(child), "")]


def test_it_says_how_far_it_is_and_stops_everything_on_ctrl_c(data: Path) -> None:
    with Leeward("serve", data=data, environment={"LEEWARD_WORKERS": "2"}) as leeward:
        leeward.until_ready()
        assert is_ready(leeward)
        assert len(workers_of(leeward)) == 2
        assert leeward.stop(signal.SIGINT) == 0
        assert not processes_of(data)
        said = leeward.output().splitlines()
    assert said == [
        f"Starting the database in {data} …",
        "Made a new database.",
        said[2],
        "Starting the server …",
        f"Leeward is at {leeward.origin} (Ctrl-C stops it)",
        "Stopping …",
    ]
    assert said[2].startswith("The database is up to date (")


def test_ctrl_c_in_a_terminal_reaches_the_whole_group_and_still_ends_in_order(data: Path) -> None:
    with Leeward("serve", data=data, before=["setsid", "--wait"]) as leeward:
        leeward.until_ready()
        serving = next(number for number, command in processes_of(data).items() if "app.cli serve" in command)
        os.killpg(os.getpgid(serving), signal.SIGINT)
        until(lambda: not processes_of(data))
        assert leeward.output().splitlines()[-1] == "Stopping …"


def test_kill_9_leaves_no_process_behind(data: Path) -> None:
    with Leeward("serve", data=data, environment={"LEEWARD_WORKERS": "2"}) as leeward:
        leeward.until_ready()
        leeward.process.kill()
        leeward.ends()
        until(lambda: not processes_of(data))


def test_a_phone_that_listens_does_not_keep_it_from_stopping(data: Path) -> None:
    with Leeward("serve", data=data) as leeward:
        leeward.until_ready()
        ada = http.client.HTTPConnection("127.0.0.1", leeward.port)
        idle = socket.create_connection(("127.0.0.1", leeward.port))
        person = {"name": "ada", "password": "a quiet harbour", "adult": True, "consent": "2026-11", "deviceLabel": "a"}
        ada.request("POST", "/api/accounts", json.dumps(person), {"Content-Type": "application/json"})
        signed_up = ada.getresponse()
        assert signed_up.status == 201, signed_up.read()
        cookie = signed_up.headers["Set-Cookie"].partition(";")[0]
        signed_up.read()
        ada.request("GET", f"/api/sync/stream?device={uuid4()}", headers={"Cookie": cookie})
        stream = ada.getresponse()
        assert stream.readline().strip() == b"event: pull"
        assert leeward.stop() == 0
        assert "Killing" not in leeward.output()
        for connection in (ada, stream, idle):
            connection.close()


def test_thousands_of_unfinished_requests_keep_nobody_out(data: Path) -> None:
    many = 2000
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < 2 * many:
        pytest.skip("this user may not open so many connections")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    # It begins with few, as most systems allow at first.
    with (
        ExitStack() as stack,
        Leeward("serve", data=data, before=["sh", "-c", 'ulimit -Sn 1024; exec "$@"', "sh"]) as leeward,
    ):
        leeward.until_ready()
        head = f"POST /api/accounts HTTP/1.1\r\nHost: 127.0.0.1:{leeward.port}\r\nContent-Type: application/json\r\n"
        for _ in range(many):
            caller = stack.enter_context(socket.create_connection(("127.0.0.1", leeward.port)))
            caller.sendall(f"{head}Content-Length: 100\r\n\r\n{{".encode())
        assert is_ready(leeward)


def test_a_worker_that_dies_is_replaced(data: Path) -> None:
    with Leeward("serve", data=data) as leeward:
        leeward.until_ready()
        (worker,) = workers_of(leeward)
        os.kill(worker, signal.SIGKILL)
        until(lambda: workers_of(leeward) not in ([], [worker]) and is_ready(leeward))
        assert leeward.stop() == 0


def test_postgres_killed_under_it_comes_back_and_so_does_the_server(data: Path) -> None:
    with Leeward("serve", data=data) as leeward:
        leeward.until_ready()
        first = postmaster_of(data)
        os.kill(first, signal.SIGKILL)
        until(lambda: is_gone(first) and is_ready(leeward))
        assert leeward.stop() == 0


def test_it_ends_with_a_sentence_when_its_database_is_gone_for_good(data: Path) -> None:
    with Leeward("serve", data=data) as leeward:
        leeward.until_ready()
        supervisor = next(number for number, command in processes_of(data).items() if "supervisor" in command)
        os.kill(supervisor, signal.SIGKILL)
        assert leeward.ends() == 1
        assert leeward.output().splitlines()[-1] == "leeward: The supervisor of the database has ended."


def test_a_closed_terminal_stops_it(data: Path) -> None:
    # Also where the tests themselves run under nohup, which every process inherits.
    with Leeward("serve", data=data, before=["env", "--default-signal=HUP"]) as leeward:
        leeward.until_ready()
        assert leeward.stop(signal.SIGHUP) == 0


def test_under_nohup_a_closed_terminal_does_not(data: Path) -> None:
    with Leeward("serve", data=data, before=["nohup"]) as leeward:
        leeward.until_ready()
        leeward.process.send_signal(signal.SIGHUP)
        assert is_ready(leeward)
        assert leeward.stop() == 0


@pytest.mark.parametrize("generations", [1, 2])
def test_with_its_parent_killed_it_stops_if_asked_to(data: Path, generations: int) -> None:
    # A shell that stays, as make does; for two generations, in another one.
    shell = ["sh", "-c", '"$@"; exit $?', "sh"]
    with Leeward("serve", "--stop-with-parent", data=data, before=shell * generations) as leeward:
        leeward.until_ready()
        leeward.process.kill()
        leeward.process.wait()
        until(lambda: not processes_of(data))
        assert leeward.output().splitlines()[-1] == "Stopping …"


def test_a_second_start_finds_what_is_there(data: Path) -> None:
    with Leeward("serve", data=data) as first:
        assert first.until_ready().stop() == 0
    with Leeward("serve", data=data) as second:
        assert second.until_ready().stop() == 0
        assert second.output().splitlines()[1] == "Starting the server …"


def test_two_servers_on_one_folder_are_one_and_a_sentence(data: Path) -> None:
    with Leeward("serve", data=data) as first, Leeward("serve", data=data) as second:
        until(lambda: first.process.poll() is not None or second.process.poll() is not None)
        refused, running = (first, second) if first.process.poll() is not None else (second, first)
        assert refused.ends() == 1
        assert f"leeward: Leeward is already running on {data}" in refused.output()
        assert running.until_ready().stop() == 0


def test_a_port_in_use_is_a_sentence_before_anything_is_started(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with Leeward("serve", data=data, environment={"LEEWARD_PORT": str(port)}) as leeward:
            assert leeward.ends() == 1
            assert leeward.output() == (
                f"leeward: Another program already listens on port {port} on 127.0.0.1:"
                " stop it, or choose another LEEWARD_PORT.\n"
            )
    assert not data.exists()


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"DATABASE_URL": "postgresql://leeward@127.0.0.1:1/leeward"}, "The database at 127.0.0.1:1 cannot be reached"),
        ({"DATABASE_URL": "mysql://leeward@127.0.0.1/leeward"}, "DATABASE_URL has to begin with postgresql://."),
        ({"LEEWARD_ORIGIN": "http://leeward.example"}, "LEEWARD_ORIGIN is 'http://leeward.example', but"),
        ({"LEEWARD_PORT": "eighty"}, "LEEWARD_PORT has to be a port number from 1 to 65535, not 'eighty'."),
        ({"LEEWARD_HOST": "192.0.2.1"}, "LEEWARD_HOST is 192.0.2.1, which is no address of this machine."),
        ({"LEEWARD_POSTGRES_BIN": "/nowhere"}, "LEEWARD_POSTGRES_BIN is /nowhere, but there is no `postgres` in it"),
        ({"LEEWARD_DATA": "/proc/leeward"}, "The database cannot be started: No such file or directory"),
    ],
)
def test_what_cannot_work_is_one_sentence(data: Path, environment: dict[str, str], says: str) -> None:
    with Leeward("serve", data=data, environment=environment) as leeward:
        assert leeward.ends() == 1
        *_, last = leeward.output().splitlines()
        assert last.startswith(f"leeward: {says}")
        assert "Traceback" not in leeward.output()
    assert not (data / "postgres").exists()


def test_an_ordinary_user_can_run_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    if os.geteuid() != 0:
        pytest.skip("all the others have run as one")
    found = ordinary_user()
    if found is None:
        pytest.skip("no ordinary user here can run this Python")
    user, python = found
    # Not in $TMPDIR, which may be a folder that only root may enter.
    home = Path(tempfile.mkdtemp(dir="/var/tmp"))
    os.chown(home, user.pw_uid, user.pw_gid)
    try:
        with Leeward("serve", data=home / "data", python=python, user=user) as leeward:
            leeward.until_ready()
            assert Path(f"/proc/{postmaster_of(home / 'data')}").stat().st_uid == user.pw_uid
            assert leeward.stop() == 0
    finally:
        shutil.rmtree(home)


def test_root_can_run_it_from_a_folder_that_only_root_may_enter(tmp_path: Path) -> None:
    closed = tmp_path / "clone"
    closed.mkdir(mode=0o700)
    with Leeward("serve", data=closed / "data", environment={"LEEWARD_DATA": ""}, folder=closed) as leeward:
        leeward.until_ready()
        assert (closed / "data" / "postgres" / "PG_VERSION").exists()
        assert leeward.stop() == 0


def test_several_processes_migrate_an_empty_database_once(empty_database_url: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "app.cli", "migrate"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": empty_database_url},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = sorted(process.communicate()[0] for process in started)
    assert [process.returncode for process in started] == [0, 0, 0]
    assert said[0].startswith("Migrations run: ")
    assert said[1:] == ["The database was up to date.\n"] * 2
