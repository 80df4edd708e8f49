"""What a phone sent, as bytes: a change that is none is refused by itself, an envelope that is none as a whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

import msgspec
import pytest

from app.errors import Invalid
from app.sync.reading import read_request
from app.sync.wire import SyncReply
from tests.sync.phone import Phone, check_in


def envelope(phone: Phone, *mutations: bytes, **changed: object) -> bytes:
    said = msgspec.to_builtins(phone.request(mutations=[])) | changed
    said["mutations"] = msgspec.Raw(b"[" + b",".join(mutations) + b"]")
    return msgspec.json.encode(said)


def change(number: int, args: bytes, name: bytes = b'"check_ins.record"') -> bytes:
    return b'{"number": %d, "id": "%s", "name": %s, "args": %s}' % (number, str(uuid4()).encode(), name, args)


def good(number: int) -> bytes:
    return change(number, json.dumps(check_in(note="a quiet day")).encode())


async def answer(phone: Phone, body: bytes) -> SyncReply:
    reply = await phone.sync.answer(phone.actor, read_request(body), phone.now)
    phone.take_in([reply])
    return reply


SPOILED = {
    "half of a pair in its words": change(2, json.dumps(check_in(note="half")).encode().replace(b"half", b"\\ud83d")),
    "half of a pair in a field's name": change(2, b'{"\\udc00": 1}'),
    "bytes that are no text": change(2, json.dumps(check_in(note="half")).encode().replace(b"half", b"\xff\xc3")),
    "no arguments": b'{"number": 2, "id": "%s", "name": "check_ins.record"}' % str(uuid4()).encode(),
    "no name": b'{"number": 2, "id": "%s", "args": {}}' % str(uuid4()).encode(),
    "a name that is a number": change(2, b"{}", b"7"),
    "a name with a NUL": change(2, b"{}", b'"check_ins\\u0000record"'),
    "a name with half of a pair": change(2, b"{}", b'"\\ud83d"'),
    "a name that is too long": change(2, b"{}", b'"%s"' % (b"x" * 101)),
    "arguments nested deeply": change(2, b"[" * 900 + b"]" * 900),
}


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED.keys())
async def test_rule_5_a_change_that_cannot_be_read_is_refused_by_itself(phone: Phone, spoiled: bytes) -> None:
    reply = await answer(phone, envelope(phone, good(1), spoiled, good(3)))
    assert (reply.outcome, reply.last, reply.fault) == ("ok", 3, None)
    assert [(r.number, r.reason) for r in reply.refusals] == [(2, "invalid")]
    assert [data["note"] for data in phone.living().values()] == ["a quiet day"] * 2


async def test_rule_5_a_spoiled_change_keeps_its_number_and_id(phone: Phone) -> None:
    body = envelope(phone, good(1), SPOILED["half of a pair in its words"])
    await answer(phone, body)
    again = await answer(phone, body)
    assert (again.outcome, again.last) == ("ok", 2)
    assert len(phone.living()) == 1


UNREADABLE: dict[str, Callable[[Phone], bytes]] = {
    "nothing": lambda _: b"",
    "no JSON": lambda _: b"{",
    "a list": lambda _: b"[]",
    "nested deeply": lambda _: b"[" * 1100,
    "a cookie nested deeply": lambda phone: envelope(phone, cookie=msgspec.Raw(b"[" * 5000 + b"]" * 5000)),
    "bytes that are no text": lambda phone: envelope(phone, build="half").replace(b"half", b"\xff"),
    "half of a pair": lambda phone: envelope(phone, build="half").replace(b"half", b"\\ud83d"),
    "changes that are no list": lambda phone: envelope(phone).replace(b"[]", b'{"1": 2}'),
    "a change that is no object": lambda phone: envelope(phone, b"7"),
    "a change without a number": lambda phone: envelope(phone, change(1, b"{}").replace(b'"number": 1, ', b"")),
    "a change without an id": lambda phone: envelope(phone, b'{"number": 1, "name": "x", "args": {}}'),
    "a number that is none": lambda phone: envelope(phone, change(1, b"{}").replace(b": 1", b": Infinity")),
    "a number without end": lambda phone: envelope(phone, change(1, b"{}").replace(b": 1", b": " + b"9" * 5000)),
}


@pytest.mark.parametrize("made", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_request_is_malformed(phone: Phone, made: Callable[[Phone], bytes]) -> None:
    with pytest.raises(Invalid) as refused:
        read_request(made(phone))
    assert refused.value.code == "malformed"
