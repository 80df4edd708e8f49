"""Figures for whoever runs the server, in Prometheus' text format (0.0.4). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from msgspec import Struct

CONTENT_TYPE: Final = "text/plain; version=0.0.4"

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


class Sample(Struct, frozen=True):
    """One value, and what it is of: `labels` hold neither a member's word nor an id."""

    value: float
    labels: tuple[tuple[str, str], ...] = ()


class Metric(Struct, frozen=True):
    """A figure with its samples. A counter only grows; its name ends in `_total`."""

    name: str
    kind: Literal["counter", "gauge"]
    help: str
    samples: Sequence[Sample]


def text_of(metrics: Iterable[Metric]) -> str:
    """All of them as Prometheus reads them."""
    lines: list[str] = []
    for metric in metrics:
        lines += [f"# HELP {metric.name} {metric.help}", f"# TYPE {metric.name} {metric.kind}"]
        lines += [f"{metric.name}{_labels(sample)} {sample.value:.15g}" for sample in metric.samples]
    return "\n".join([*lines, ""])


def _labels(sample: Sample) -> str:
    if not sample.labels:
        return ""
    return "{" + ",".join(f'{name}="{value.translate(_ESCAPED)}"' for name, value in sample.labels) + "}"
