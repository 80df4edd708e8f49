"""Packing an answer that is worth it, for a phone that takes it packed.

Each route asks for itself, so that nothing else is touched: not the stream, nor an answer with a secret in it, whose
length would tell of the secret beside what somebody else put there (BREACH).
"""

from __future__ import annotations

import gzip
from typing import Final

from litestar.response.base import ASGIResponse
from litestar.types import HTTPScope

from app.web.negotiation import best_encoding
from app.web.replies import header

_WORTH_IT: Final = 2048  # bytes; less fits into a packet or two anyway
_LEVEL: Final = 1  # JSON of rows comes to a tenth: 250 kB in 1 ms. Higher levels take twice as long for a tenth less


def json_answer(scope: HTTPScope, body: bytes) -> ASGIResponse:
    """Answer with JSON, gzipped if it is long."""
    if len(body) < _WORTH_IT:
        return ASGIResponse(body=body)
    headers = {"Vary": "accept-encoding"}
    if best_encoding(header(scope, b"accept-encoding"), ("gzip",)) == "gzip":
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body, _LEVEL, mtime=0)
    return ASGIResponse(body=body, headers=headers)
