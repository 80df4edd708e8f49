"""Figures: what was measured, how, against which target; and the table in README.md that they are written into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

README: Final = Path(__file__).parent / "README.md"
_BEGIN: Final = "<!-- written by `make bench`: begin -->"
_END: Final = "<!-- written by `make bench`: end -->"


class Figure(Struct):
    """One line of a table. `met` is None where there is no target."""

    name: str
    value: str
    how: str
    target: str = ""
    met: bool | None = None


class Section(Struct):
    """Figures that belong together."""

    title: str
    figures: list[Figure]


def written(machine: Iterable[str], sections: Sequence[Section]) -> str:
    """The machine and all tables, in Markdown."""
    parts = ["\n".join(f"- {line}" for line in machine)]
    for section in sections:
        lines = [
            f"### {section.title}",
            "",
            "| what | measured | target | met | how |",
            "| --- | --- | --- | --- | --- |",
        ]
        lines += [_row(figure) for figure in section.figures]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def write(text: str) -> None:
    """Put the figures into README.md, in place of the last ones."""
    readme = README.read_text()
    before, _, rest = readme.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise RuntimeError(f"{README} has lost the marks between which the figures stand")
    README.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}")


def _row(figure: Figure) -> str:
    met = {True: "yes", False: "**no**", None: ""}[figure.met]
    return f"| {figure.name} | {figure.value} | {figure.target} | {met} | {figure.how} |"


def milliseconds(seconds: float) -> str:
    """As a person reads it: 0.42 ms, 4.2 ms, 42 ms."""
    value = seconds * 1000
    return f"{value:.2f} ms" if value < 1 else f"{value:.1f} ms" if value < 100 else f"{value:,.0f} ms"


def percent(ratio: float) -> str:
    return f"{ratio * 100:.0f} %"
