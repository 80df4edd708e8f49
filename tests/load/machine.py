"""The machine and the versions that figures belong to."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from tests.load.server import ROOT


def description(data: Path, database_version: str) -> list[str]:
    """What a reader has to know to compare: the machine, how busy it was, its disk, the versions, the day."""
    busy = os.getloadavg()[0]
    return [
        f"{datetime.now(UTC):%d %B %Y}, commit {_commit()}",
        f"{_cpu()}, {psutil.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB of memory, {_system()}",
        f"load average when it began: {busy:.1f} ("
        + ("others were using the machine" if busy > 1 else "nobody else was using the machine")
        + f"); an fdatasync of 8 kB on its disk took {_fdatasync(data) * 1000:.1f} ms (median)",
        f"Python {platform.python_version()}, PostgreSQL {database_version}, "
        + ", ".join(f"{name} {version(name)}" for name in ("granian", "litestar", "asyncpg", "uvloop", "msgspec")),
    ]


def _commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, check=False, capture_output=True, text=True)
        return done.stdout.strip()

    changed = " with changes" if git("status", "--porcelain", "--untracked-files=no") else ""
    return (git("rev-parse", "--short=9", "HEAD") or "unknown") + changed


def _cpu() -> str:
    """The name of the processor, as the system knows it."""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    if sys.platform == "darwin":
        named = subprocess.run(
            ["sysctl", "-n", "machdep.cpu.brand_string"], check=False, capture_output=True, text=True
        )
        return named.stdout.strip() or platform.machine()
    return platform.processor() or platform.machine()


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = platform.system()
    return f"{name} ({platform.machine()}, {platform.system()} {platform.release().partition('-')[0]})"


def _fdatasync(folder: Path) -> float:
    """Seconds (median) until 8 kB are on the disk: no durable commit can be faster."""
    path = folder / "fdatasync"
    block = os.urandom(8192)
    sync = getattr(os, "fdatasync", os.fsync)
    times: list[float] = []
    with path.open("wb", buffering=0) as file:
        for _ in range(100):
            file.write(block)
            began = time.perf_counter()
            sync(file.fileno())
            times.append(time.perf_counter() - began)
    path.unlink()
    return statistics.median(times)
