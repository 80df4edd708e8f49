"""A server with members who have devices, and a push service that answers as it is told."""

from __future__ import annotations

from tests.accounts.conftest import town
from tests.push.conftest import harbour, keys, pushes

__all__ = ["harbour", "keys", "pushes", "town"]
