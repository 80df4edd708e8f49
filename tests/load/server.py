"""The server under load: `leeward serve` as everybody runs it, with its embedded database, on a free port."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from app.embedded_postgres import url_of_running

ROOT: Final = Path(__file__).resolve().parents[2]
_PATIENCE: Final = 60.0  # seconds until a server that does not answer has failed


@dataclass(frozen=True)
class Server:
    """A running server: its first process, where it listens, and where its data lies."""

    process: subprocess.Popen[bytes]
    port: int
    data: Path
    seconds_to_ready: float

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        url = url_of_running(self.data)
        if url is None:
            raise RuntimeError("the embedded database is not running")
        return url

    def processes(self) -> dict[str, list[int]]:
        """The processes whose CPU time tells what the server and its database cost."""
        children = psutil.Process(self.process.pid).children()
        supervisors = [one.pid for one in children if "embedded_postgres.supervisor" in " ".join(one.cmdline())]
        workers = [one.pid for one in children if one.pid not in supervisors]
        return {"server": workers, "database": supervisors}


@contextmanager
def data_folder() -> Generator[Path]:
    """A folder on the disk of the checkout (a temporary folder may lie in memory, where nothing is durable)."""
    reports = ROOT / "tests" / "reports"
    reports.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=reports))
    try:
        yield folder / "data"
    except BaseException:
        log = folder / "server.log"
        if log.exists():
            print("".join(log.read_text(errors="replace").splitlines(keepends=True)[-20:]), file=sys.stderr)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def serving(data: Path, **environment: str) -> Generator[Server]:
    """Run the server until the end of the block. It ends with this process, whatever happens."""
    port = _free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LEEWARD_")}
    inherited.pop("DATABASE_URL", None)
    data.parent.mkdir(parents=True, exist_ok=True)
    log = (data.parent / "server.log").open("ab")
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", "from app.cli import main; main()", "serve"],
        cwd=ROOT,
        env={**inherited, "LEEWARD_PORT": str(port), "LEEWARD_DATA": str(data), **environment},
        stdout=log,
        stderr=log,
    )
    try:
        _until_ready(process, port)
        yield Server(process, port, data, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait()
        log.close()


def _until_ready(process: subprocess.Popen[bytes], port: int) -> None:
    began = time.perf_counter()
    while process.poll() is None and time.perf_counter() - began < _PATIENCE:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.01)
        finally:
            connection.close()
    raise RuntimeError("the server did not become ready")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
