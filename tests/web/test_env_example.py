from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from app.settings import Settings

EXAMPLE = (Path(__file__).parents[2] / ".env.example").read_text().splitlines()
NAMED = dict(line.removeprefix("#").split("=", 1) for line in EXAMPLE if line.removeprefix("#")[:1].isupper())
SET = dict(line.split("=", 1) for line in EXAMPLE if line[:1].isupper())


class Recorder(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def test_the_example_names_every_setting_and_no_other() -> None:
    recorder = Recorder()
    Settings.from_environment(recorder)
    assert NAMED.keys() == recorder.asked


def test_what_the_example_sets_is_the_default() -> None:
    assert Settings.from_environment(SET) == Settings.from_environment({})


def test_what_the_example_suggests_is_understood() -> None:
    suggested = Settings.from_environment(NAMED)
    assert suggested.origin == "https://leeward.example"
    assert len(suggested.trusted_proxies) == 2
