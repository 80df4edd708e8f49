"""Real processes: finding them, and starting Leeward as a person would."""

import os
import pwd
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import pytest

from tests.waiting import until

ROOT = Path(__file__).parent.parent
_SITE_PACKAGES = Path(pytest.__file__).parent.parent

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="looks processes up in /proc")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="is about being root")


def processes_of(data: Path) -> dict[int, str]:
    """Every process that has to do with a data folder, PostgreSQL's included: number and command."""
    found: dict[int, str] = {}
    for process in (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()):
        if process == os.getpid():
            continue
        try:
            command = Path(f"/proc/{process}/cmdline").read_bytes()
            environment = Path(f"/proc/{process}/environ").read_bytes()
            folder = Path(f"/proc/{process}/cwd").readlink()
        except OSError:
            continue
        told = os.fsencode(data)
        if told in command or told in environment or folder.is_relative_to(data):
            found[process] = command.replace(b"\0", b" ").decode()
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def postmaster_of(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def is_gone(process: int) -> bool:
    """Whether a process has ended; one that nobody has waited for yet has."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


class Leeward:
    """`leeward …` as a process of its own, on a data folder of its own."""

    def __init__(
        self,
        *words: str,
        data: Path,
        environment: Mapping[str, str] | None = None,
        before: Sequence[str] = (),
        python: str = sys.executable,
        user: pwd.struct_passwd | None = None,
        folder: Path = ROOT,
    ) -> None:
        self.data = data
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self._output = data.parent / f"output-{self.port}.txt"
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                [*before, python, "-m", "app.cli", *words],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={
                    **{name: value for name, value in os.environ.items() if not name.startswith(("LEEWARD_", "PG"))},
                    "PYTHONPATH": f"{ROOT}:{_SITE_PACKAGES}",
                    "LEEWARD_DATA": str(data),
                    "LEEWARD_PORT": str(self.port),
                    **(environment or {}),
                },
                cwd=folder,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
            )

    def output(self) -> str:
        """What it has said so far."""
        return self._output.read_text()

    def until_ready(self) -> Self:
        """Wait until it says where it is."""
        until(lambda: f"Leeward is at {self.origin}" in self.output() or self.process.poll() is not None)
        assert self.process.poll() is None, self.output()
        return self

    def ends(self, within: float = 60.0) -> int:
        """Wait until it has ended; the exit code."""
        return self.process.wait(within)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop, and wait until it has."""
        self.process.send_signal(how)
        return self.ends()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        until(lambda: not processes_of(self.data))


def ordinary_user() -> tuple[pwd.struct_passwd, str] | None:
    """Somebody who is not root, and a Python that they can run; None: there is no such pair here."""
    try:
        user = pwd.getpwnam("nobody")
    except KeyError:
        return None
    for python in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        try:
            ran = subprocess.run(
                [python, "-c", "import asyncpg, app.cli"],
                check=False,
                capture_output=True,
                cwd="/",
                user=user.pw_uid,
                group=user.pw_gid,
                extra_groups=[],
                env={"PYTHONPATH": f"{ROOT}:{_SITE_PACKAGES}", "PYTHONDONTWRITEBYTECODE": "1"},
            )
        except OSError:
            continue
        if ran.returncode == 0:
            return user, python
    return None
