"""The changes to preferences that a phone may send, and the rows it gets back."""

from __future__ import annotations

from msgspec import Struct

from app.preferences import service
from app.sync.registry import Change, Mutation, SyncedKind, own_journal


class Set(Struct):
    """Choose a value for a preference."""

    key: str
    value: str


class PreferenceData(Struct, rename="camel"):
    """A preference as phones hold it."""

    key: str
    value: str


async def set_preference(change: Change, args: Set) -> None:
    """Choose, in one's own journal."""
    await service.set_preference(change.connection, change.journal, args.key, args.value, change.now)


KIND = SyncedKind("preference", "preference", PreferenceData)

MUTATIONS = (Mutation("preferences.set", Set, own_journal, set_preference),)
