"""Reading what a phone sent, so that a change that is none does not take the others with it."""

from __future__ import annotations

import json
from typing import Any, NoReturn, cast
from uuid import UUID

import msgspec
from msgspec import Raw, Struct

from app.errors import Invalid
from app.sync.wire import Number, QueuedMutation, SyncRequest

# The envelope is decoded here, not by the framework: each change's arguments stay undecoded until its own turn.
_requests = msgspec.json.Decoder(SyncRequest)

# JSON that nests deeply is a RecursionError; a number of thousands of digits or a "\ud800" is a ValueError.
_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)


class _Numbered(Struct):
    """What a change needs, to be refused: without these two nobody could tell what was."""

    number: Number
    id: UUID


def read_request(body: bytes) -> SyncRequest:
    """What a phone says. A change that cannot be read comes with empty arguments, and with no name if that is why.

    Raises Invalid "malformed" when it is no sync request.
    """
    try:
        return _requests.decode(body)
    except _UNREADABLE:
        pass  # perhaps it is one of the changes alone
    try:
        return _read_one_by_one(body)
    except _UNREADABLE as error:
        raise Invalid("malformed", "This is not a sync request as this server understands it.") from error


def _read_one_by_one(body: bytes) -> SyncRequest:
    # Python's own decoder, being slower, keeps what is no text as what it is, and then it fails where it stands.
    said: object = json.loads(body.decode("utf-8", "surrogateescape"), parse_constant=_no_number)
    if not isinstance(said, dict):
        raise msgspec.ValidationError("It is no object.")
    envelope = cast("dict[str, Any]", said)
    mutations = msgspec.convert(envelope.pop("mutations", []), list[dict[str, Any]])
    request = _requests.decode(msgspec.json.encode(envelope))
    request.mutations = [_read_change(mutation) for mutation in mutations]
    return request


def _read_change(said: dict[str, Any]) -> QueuedMutation:
    try:
        return msgspec.json.decode(msgspec.json.encode(said), type=QueuedMutation)
    except _UNREADABLE:
        numbered = msgspec.convert(said, _Numbered)
        return QueuedMutation(numbered.number, numbered.id, "", Raw(b""))


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)
