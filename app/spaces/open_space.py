"""A space that a running batch has locked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(slots=True)
class OpenSpace:
    """Hands out the versions of the batch; they are written back when it closes."""

    id: UUID
    role: str
    version: int
    is_gone: bool = False
    """Deleted by the batch: nothing more can be done in it."""

    def next_version(self) -> int:
        """Count one more row written: its version."""
        self.version += 1
        return self.version
