"""Leeward's side of the embedded database."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from app.cannot_start import CannotStart
from app.embedded_postgres.binaries import find_binaries
from app.embedded_postgres.lock import holder_of
from app.embedded_postgres.supervisor import Task

_ROOT = Path(__file__).parent.parent.parent

# Isolated and without site-packages: the supervisor needs the standard library alone, and starts at once.
_SUPERVISOR = (
    f"import sys; sys.path.insert(0, {str(_ROOT)!r});"
    "from app.embedded_postgres.supervisor import main; sys.exit(main())"
)


class EmbeddedPostgres:
    """The embedded database; `start` it, use its `url`, `stop` it.

    It ends when this process ends, in whatever way.
    """

    def __init__(
        self,
        data: Path,
        *,
        postgres_bin: Path | None = None,
        max_connections: int = 100,
        throwaway: bool = False,
        progress: Callable[[str], None] = lambda _sentence: None,
    ) -> None:
        self.binaries = find_binaries(postgres_bin)
        self._task = Task(
            data=str(data.absolute()),
            owner=os.getpid(),
            postgres_bin=str(self.binaries.folder),
            postgres_major=self.binaries.major,
            max_connections=max_connections,
            throwaway=throwaway,
        )
        self._progress = progress
        self._supervisor: subprocess.Popen[str] | None = None
        self._sockets = ""
        self._listener: Thread | None = None

    @property
    def url(self) -> str:
        """Where the database is: its owner's, who may do everything in it and nothing outside it."""
        return self.url_of("leeward")

    def url_of(self, database: str) -> str:
        """Where another database of the same owner is."""
        return _url("leeward", database, self._sockets)

    @property
    def superuser_url(self) -> str:
        """The same server for PostgreSQL's superuser: makes and drops databases."""
        return _url("postgres", "postgres", self._sockets)

    def start(self) -> None:
        """Start the database and wait until it takes connections; made new if there is none.

        Raises CannotStart with one sentence when it cannot be; nothing is left running or half made then.
        """
        self._supervisor = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-I", "-S", "-c", _SUPERVISOR, self._task.to_json()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is for Leeward
        )
        try:
            self._sockets = self._until_ready(self._supervisor)
        except BaseException:
            self.stop()
            raise

    def watch(self, lost: Callable[[str], None]) -> None:
        """From now on tell what happens to the database; `lost` is called, in a thread, when it is gone for good."""
        supervisor = self._supervisor
        if supervisor is None:
            raise RuntimeError("The embedded database has not been started.")

        def listen() -> None:
            try:
                for words in _lines(supervisor):
                    self._hear(words)
                sentence = "The supervisor of the database has ended."
            except CannotStart as error:
                sentence = str(error)
            if self._supervisor is not None:
                lost(sentence)

        self._listener = Thread(target=listen, name="embedded-postgres", daemon=True)
        self._listener.start()

    def stop(self) -> None:
        """Stop the database in good order and wait until it is gone."""
        supervisor, self._supervisor = self._supervisor, None
        if supervisor is None or supervisor.stdin is None or supervisor.stdout is None:
            return
        supervisor.stdin.close()
        supervisor.wait()
        if self._listener is not None:
            self._listener.join()
        supervisor.stdout.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _until_ready(self, supervisor: subprocess.Popen[str]) -> str:
        for words in _lines(supervisor):
            if "ready" in words:
                return words["ready"]
            self._hear(words)
        raise CannotStart("The database cannot be started: its supervisor ended without a word.")

    def _hear(self, words: dict[str, str]) -> None:
        if "failed" in words:
            raise CannotStart(words["failed"])
        if "progress" in words:
            self._progress(words["progress"])


def url_of_running(data: Path) -> str | None:
    """Where the embedded database of this data folder is, when another process of Leeward is running it."""
    if holder_of(data) is None:
        return None
    try:
        lines = (data / "postgres" / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    return _url("leeward", "leeward", lines[4]) if len(lines) > 7 and lines[7].strip() == "ready" else None  # noqa: PLR2004


def _url(role: str, database: str, sockets: str) -> str:
    return f"postgresql://{role}@/{database}?host={quote(sockets, safe='')}"


def _lines(supervisor: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    for line in supervisor.stdout or ():
        yield json.loads(line)
