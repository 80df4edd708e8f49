"""Getting at the database of an installation, whichever one it has and whether or not the server is running."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace

from app.cannot_start import CannotStart
from app.embedded_postgres import EmbeddedPostgres, holder_of, url_of_running
from app.settings import Settings

_BESIDE_THE_POOL = 5
"""Connections of a worker that listens for pokes and delivers pushes, beyond those that requests share."""
_FOR_OTHERS = 20
"""Connections to the embedded database beyond those of the workers: backup, doctor, psql, `leeward worker`."""


@contextmanager
def database_of(
    settings: Settings,
    say: Callable[[str], None],
    *,
    lost: Callable[[str], None] | None = None,
    exclusive: bool = False,
) -> Generator[Settings]:
    """Make the database of these settings reachable; yields settings that name its URL.

    That is DATABASE_URL, or the embedded database: the one that a running server has started (unless `exclusive`), or
    one that is started here and stopped at the end. `lost` is called, in a thread, if that one ends by itself.
    Raises CannotStart.
    """
    if settings.database_url is not None:
        yield settings
        return
    running = None if exclusive else url_of_running(settings.data)
    if running is not None:
        yield replace(settings, database_url=running)
        return
    say(f"Starting the database in {settings.data} …")
    with EmbeddedPostgres(
        settings.data,
        postgres_bin=settings.postgres_bin,
        max_connections=settings.workers * (settings.database_connections + _BESIDE_THE_POOL) + _FOR_OTHERS,
        progress=lambda sentence: say(sentence[:1].upper() + sentence[1:] + "."),
    ) as postgres:
        if lost is not None:
            postgres.watch(lost)
        yield replace(settings, database_url=postgres.url)


def make_sure_nothing_runs(settings: Settings) -> None:
    """Raise CannotStart when a server is running on the embedded database of these settings."""
    holder = holder_of(settings.data) if settings.database_url is None else None
    if holder is not None:
        raise CannotStart(f"Leeward is running on {settings.data} (process {holder}): stop it first.")
