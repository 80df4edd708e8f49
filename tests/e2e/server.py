"""A real `leeward serve` behind a gate, on a database of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import asyncpg
import httpx

from app.embedded_postgres import EmbeddedPostgres
from tests.e2e.gate import Gate

READY: Final = "Leeward is at "


class Server:
    """One process of Leeward; whatever becomes of it, the gate and the database stay."""

    def __init__(self, gate: Gate, database_url: str, folder: Path, root: Path, settings: Mapping[str, str]) -> None:
        self.gate = gate
        self.database_url = database_url
        self.root = root
        """The checkout that it runs from: another one is another release."""
        self.folder = folder
        """Where it keeps what is not in the database."""
        self._settings = settings
        self._process: Process | None = None
        self._hearing: asyncio.Task[None] | None = None
        self.said: list[str] = []
        """Every line it wrote."""

    @property
    def origin(self) -> str:
        return self.gate.origin

    async def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        port = _free_port()
        environment = {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "LEEWARD_DATA": str(self.folder),
            "LEEWARD_HOST": "127.0.0.1",
            "LEEWARD_ORIGIN": self.gate.origin,
            "LEEWARD_PORT": str(port),
            "PYTHONUNBUFFERED": "1",
            **self._settings,
        }
        command = [sys.executable, "-m", "app.cli", "serve"]
        self._process = await asyncio.create_subprocess_exec(
            *command, cwd=self.root, env=environment, stdout=PIPE, stderr=STDOUT
        )
        assert self._process.stdout is not None
        async with asyncio.timeout(60):
            async for line in self._process.stdout:
                if self._hear(line).startswith(READY):
                    break
            else:
                raise RuntimeError("The server did not start:\n" + "\n".join(self.said[-40:]))
        self._hearing = asyncio.create_task(self._hear_to_the_end(self._process.stdout))
        self.gate.lead_to(port)

    async def stop(self) -> None:
        """Tell it to stop, and wait until it has."""
        await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """End it at once and without a word, as a power cut does (-9)."""
        await self._end(signal.SIGKILL)

    async def restart(self, root: Path | None = None) -> None:
        """Stop it and start it again; with `root`, another release."""
        await self.stop()
        self.root = root or self.root
        await self.start()

    @asynccontextmanager
    async def database(self) -> AsyncGenerator[asyncpg.Connection]:
        """A look into its database."""
        connection = await asyncpg.connect(self.database_url)
        try:
            yield connection
        finally:
            await connection.close()

    async def command(self, *words: str) -> None:
        """Run a command of Leeward's beside it, as its operator does: `("steward", "add", "ada")`."""
        environment = {**os.environ, "DATABASE_URL": self.database_url, "LEEWARD_DATA": str(self.folder)}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.cli", *words), cwd=self.root, env=environment, stdout=PIPE, stderr=STDOUT
        )
        said, _ = await process.communicate()
        assert process.returncode == 0, said.decode()

    def visitor(self) -> httpx.AsyncClient:
        """Somebody without a browser, on this server's own pages as far as it can tell."""
        return httpx.AsyncClient(base_url=self.origin, headers={"Origin": self.origin}, timeout=30)

    async def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if self._process.returncode is None:
            self._process.send_signal(how)
        await self._process.wait()
        if self._hearing is not None:
            await self._hearing
        self._process = None

    def _hear(self, line: bytes) -> str:
        self.said.append(line.decode(errors="replace").rstrip())
        return self.said[-1]

    async def _hear_to_the_end(self, output: asyncio.StreamReader) -> None:
        async for line in output:
            self._hear(line)


@asynccontextmanager
async def running_server(
    postgres: EmbeddedPostgres, folder: Path, root: Path, **settings: str
) -> AsyncGenerator[Server]:
    """A server with a fresh, migrated database, behind a gate of its own; both go with it.

    `settings` are told to it by its environment: `LEEWARD_PUSH_HOSTS="…"`.
    """
    name = f"e2e_{uuid4().hex}"
    gate = await Gate.listen()
    server = Server(gate, postgres.url_of(name), folder, root, settings)
    try:
        await _as_superuser(postgres, f"CREATE DATABASE {name} TEMPLATE leeward OWNER leeward STRATEGY file_copy")
        await server.start()
        yield server
    finally:
        await server.stop()
        await gate.close()
        await _as_superuser(postgres, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


async def _as_superuser(postgres: EmbeddedPostgres, statement: str) -> None:
    """On a connection of its own each time: tests end the database under the ones that are open."""
    superuser = await asyncpg.connect(postgres.superuser_url)
    try:
        await superuser.execute(statement)
    finally:
        await superuser.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
