"""`leeward …` run to its end, in a process of its own: a fork of one that has imported everything already."""

from __future__ import annotations

import os
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from app.cli import main

_READY: Final = get_context("forkserver")
_READY.set_forkserver_preload(["__main__", "tests.commands"])


def leeward(*words: str, **settings: str) -> tuple[int, str]:
    """Run a command to its end with these settings: its exit code, and everything it said."""
    with NamedTemporaryFile() as said:
        process = _READY.Process(target=_run, args=(words, settings, said.name))
        process.start()
        process.join()
        assert process.exitcode is not None
        return process.exitcode, Path(said.name).read_text()


def _run(words: Sequence[str], settings: dict[str, str], said: str) -> None:
    output = os.open(said, os.O_WRONLY | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    for name in [name for name in os.environ if name.startswith("LEEWARD_")]:
        del os.environ[name]
    os.environ.update(settings)
    main(words)
