"""What can be synced, and how a change is done: features register here, sync knows none of them by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import asyncpg
import msgspec

from app.errors import Refused
from app.spaces.actor import Actor
from app.spaces.open_space import OpenSpace

Args = TypeVar("Args", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class SyncedKind:
    """One kind of row that phones hold.

    `table` has the columns space_id, id, version, deleted, written_at, and one column for each field of `data`,
    named like the field unless `columns` names another. Column values become JSON as PostgreSQL writes them.
    """

    name: str
    table: str
    data: type[msgspec.Struct]
    columns: dict[str, str] | None = None

    def data_as_sql(self) -> str:
        """The SQL expression for the row's `data`, with the field names the phone knows."""
        named = self.columns or {}
        pairs = (
            f"'{field.encode_name}', {named.get(field.name, field.name)}" for field in msgspec.structs.fields(self.data)
        )
        return f"json_build_object({', '.join(pairs)})::text"


@dataclass(frozen=True, slots=True)
class Change:
    """What a mutation may use: who asks, on which connection, in which spaces, and when."""

    connection: asyncpg.Connection
    actor: Actor
    spaces: dict[UUID, OpenSpace]
    sent_at: datetime
    now: datetime
    told: set[UUID] = field(default_factory=set[UUID])

    def tell(self, account_ids: Iterable[UUID]) -> None:
        """Ask the phones of these accounts to pull once it is done, though they may be in none of the spaces now."""
        self.told.update(account_ids)

    @property
    def journal(self) -> OpenSpace:
        """The actor's own journal."""
        return self.space(self.actor.journal_id)

    def space(self, space_id: UUID) -> OpenSpace:
        """The locked space.

        Raises:
            Refused: `not-yours`, when the actor is no member of it (any more).
        """
        space = self.spaces.get(space_id)
        if space is None or space.is_gone:
            raise Refused("not-yours")
        return space


@dataclass(frozen=True, slots=True)
class Mutation(Generic[Args]):
    """A change that a phone may send, by name.

    `run_all`, where there is one, does several in a row as `run` does them one by one, with fewer round trips.
    `in_pairs`: it reaches into the actor's pairs too, whichever there are, which a phone cannot know for sure.
    """

    name: str
    args: type[Args]
    spaces: Callable[[Actor, Args], Iterable[UUID]]
    run: Callable[[Change, Args], Awaitable[None]]
    run_all: Callable[[Change, Sequence[Args]], Awaitable[None]] | None = None
    in_pairs: bool = False


def own_journal(actor: Actor, _args: object) -> Iterable[UUID]:
    """The spaces of a mutation that touches the member's own journal and nothing else."""
    return (actor.journal_id,)


class Registry:
    """All kinds and all mutations of this server, put together in `asgi.py`."""

    def __init__(self, kinds: Sequence[SyncedKind], mutations: Sequence[Mutation[Any]]) -> None:
        self.kinds = tuple(kinds)
        self._mutations = {mutation.name: mutation for mutation in mutations}
        if len(self._mutations) != len(mutations):
            raise ValueError("two mutations have the same name")

    def mutation(self, name: str) -> Mutation[Any]:
        """The mutation of that name.

        Raises:
            Refused: `unknown-mutation`; the phone sends it again to a newer server.
        """
        try:
            return self._mutations[name]
        except KeyError:
            raise Refused("unknown-mutation") from None
