"""`make bench`: measure everything on this machine, and write the figures into tests/load/README.md."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable
from typing import Final

import asyncpg

from tests.load import (
    browser_figures,
    figures,
    lighthouse_figures,
    machine,
    pull_figures,
    reminder_figures,
    start_figures,
    sync_figures,
)
from tests.load.figures import Section
from tests.load.server import Server, data_folder, serving

ROUNDS: Final = 5
SECONDS: Final = 3.0

Part = Callable[[Server], list[Section]]
PARTS: Final[dict[str, Part]] = {
    "sync": lambda server: sync_figures.measure(server, ROUNDS, SECONDS),
    "pull": pull_figures.measure,
    "browser": lambda server: asyncio.run(browser_figures.measure(server)),
    "lighthouse": lambda server: asyncio.run(lighthouse_figures.measure(server)),
    "sign-in": start_figures.signing_in,
    "reminders": lambda server: reminder_figures.measure(server.data.parent),
    "start": lambda _server: start_figures.starts(),
}


def main() -> None:
    """Measure, print, and write when everything was measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)}; none: all, and write README.md"
    )
    chosen: list[str] = parser.parse_args().parts
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}")
    began = time.monotonic()
    with data_folder() as data, serving(data) as server:
        about = machine.description(data.parent, asyncio.run(_database_version(server.database_url)))
        sections: list[Section] = []
        for name in chosen or PARTS:
            print(f"Measuring {name} …", flush=True)
            sections += PARTS[name](server)
    about.append(f"took {(time.monotonic() - began) / 60:.1f} minutes")
    text = figures.written(about, sections)
    print(f"\n{text}")
    if not chosen:
        figures.write(text)


async def _database_version(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval("SHOW server_version")
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
