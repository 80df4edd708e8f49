"""What a load is asked to do and what came of it: loads run in processes of their own and speak JSON."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Final, TypeVar
from uuid import UUID

import msgspec
import psutil
from msgspec import Struct

Answer = TypeVar("Answer")

WARM_UP: Final = 1.0  # seconds that do not count: statements get prepared, caches filled
_PATIENCE: Final = 60.0  # seconds beyond its own that a load may take


class Member(Struct):
    """A member of the server under load: who, where their check-ins go, and the cookie of one of their phones."""

    account_id: UUID
    journal_id: UUID
    cookie: str


class Job(Struct):
    """`connections` of it at once, each doing the next thing as soon as the last is answered, for `seconds`."""

    members: list[Member]
    seconds: float
    changes: int
    """Check-ins in one request, or one transaction."""
    port: int = 0
    database_url: str = ""
    watched: dict[str, list[int]] = {}
    """Processes whose CPU time is read at the beginning and the end, children included, by what they are called."""


class Outcome(Struct):
    """What one load came to; latencies in seconds, CPU in seconds."""

    seconds: float
    latencies: list[float]
    changes: int
    acknowledged: int
    """Changes that were said to be stored, those of the warm-up included."""
    cpu: dict[str, float]
    own_cpu: float

    @property
    def done(self) -> int:
        """Requests, or transactions."""
        return len(self.latencies)

    @property
    def rate(self) -> float:
        """Requests, or transactions, a second."""
        return self.done / self.seconds

    @property
    def p50(self) -> float:
        return percentile(self.latencies, 50)

    @property
    def p99(self) -> float:
        return percentile(self.latencies, 99)


class CpuMeter:
    """CPU time of whole process trees, and of this process."""

    def __init__(self, watched: dict[str, list[int]]) -> None:
        self._watched = watched
        self._before = {name: self._read(name) for name in watched}
        self._own = time.process_time()

    def read(self) -> tuple[dict[str, float], float]:
        """Seconds since the meter was made: of those watched, and of this process."""
        return {name: self._read(name) - self._before[name] for name in self._watched}, time.process_time() - self._own

    def _read(self, name: str) -> float:
        return sum(cpu_seconds(process) for process in self._watched[name])


def cpu_seconds(root: int) -> float:
    """CPU time that a process and everything below it have used so far. One that has ended counts nothing."""
    total = 0.0
    try:
        process = psutil.Process(root)
        for one in (process, *process.children(recursive=True)):
            try:
                times = one.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
    except psutil.NoSuchProcess:
        pass
    return total


def run_in_own_process(module: str, job: Job, answer: type[Answer]) -> Answer:
    """Run a load in a process of its own: `python -m module`, the job in, the answer out."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        check=True,
        input=msgspec.json.encode(job),
        stdout=subprocess.PIPE,
        timeout=job.seconds + _PATIENCE,
    )
    return msgspec.json.decode(done.stdout, type=answer)


def percentile(values: Sequence[float], of_hundred: int) -> float:
    """The value that so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * of_hundred // 100)]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)
