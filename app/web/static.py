"""The built app, served from memory: each file plain, brotli and gzip, as it was built.

Only what lies in the folder at start can ever be answered, so no path can lead out of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from litestar.types import Receive, Scope, Send
from msgspec import Struct

from app.web.negotiation import best_encoding, names_etag
from app.web.replies import Headers, header, reply, reply_problem

_TYPES: Final = {
    ".css": b"text/css; charset=utf-8",
    ".html": b"text/html; charset=utf-8",
    ".ico": b"image/x-icon",
    ".js": b"text/javascript; charset=utf-8",
    ".json": b"application/json",
    ".png": b"image/png",
    ".svg": b"image/svg+xml",
    ".txt": b"text/plain; charset=utf-8",
    ".webmanifest": b"application/manifest+json",
    ".woff2": b"font/woff2",
}
_SUFFIXES: Final = {".br": "br", ".gz": "gzip"}
_FOR_EVER: Final = b"public, max-age=31536000, immutable"
_ASK_AGAIN: Final = b"no-cache"


class Representation(Struct, frozen=True):
    """One file in one encoding, with the headers that go with it."""

    body: bytes
    etag: bytes
    headers: Headers


class Frontend:
    """The app itself: its files, and index.html wherever a screen's address is opened."""

    def __init__(self, files: Mapping[str, Mapping[str, Representation]]) -> None:
        self._files = files

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read everything under `folder` (about 2 MB). A folder that is not there makes an app that says so."""
        plain = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in _SUFFIXES]
        return cls({"/" + path.relative_to(folder).as_posix(): _representations(path, folder) for path in plain})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """Answer GET and HEAD for files and screens; 404 for anything else."""
        if scope["type"] != "http":
            return
        method = scope["method"]
        if method not in {"GET", "HEAD"}:
            allow = [(b"allow", b"GET, HEAD")]
            await reply_problem(send, 405, "method-not-allowed", "This address can only be read.", headers=allow)
            return
        file = self._file(scope["path"])
        if file is None:
            detail = "There is nothing here." if self._files else "The app has not been built yet: make run builds it."
            await reply_problem(send, 404, "not-found", detail)
            return
        encoding = best_encoding(header(scope, b"accept-encoding"), file.keys())
        chosen = file[encoding]
        if names_etag(header(scope, b"if-none-match"), chosen.etag):
            await reply(send, 304, [pair for pair in chosen.headers if pair[0] not in _ABOUT_THE_BODY])
        else:
            await reply(send, 200, chosen.headers, chosen.body if method == "GET" else b"")

    def _file(self, path: str) -> Mapping[str, Representation] | None:
        if path != "/" and (file := self._files.get(path)):
            return file
        return self._files.get("/index.html") if is_a_screen(path) else None


_ABOUT_THE_BODY: Final = {b"content-length", b"content-type", b"content-encoding"}


def is_a_screen(path: str) -> bool:
    """Whether a path can be one of the app's screens, rather than a file that is not there.

    No screen's address has a dot in it, and none lies among the assets.
    """
    return "." not in path and not path.startswith("/assets/")


def _representations(path: Path, folder: Path) -> dict[str, Representation]:
    content_type = _TYPES.get(path.suffix, b"application/octet-stream")
    lasting = path.relative_to(folder).parts[0] == "assets"
    found = {"identity": path.read_bytes()}
    for suffix, encoding in _SUFFIXES.items():
        packed = path.with_name(path.name + suffix)
        if packed.is_file():
            found[encoding] = packed.read_bytes()
    representations: dict[str, Representation] = {}
    for encoding, body in found.items():
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'.encode()
        headers = [
            (b"content-type", content_type),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", _FOR_EVER if lasting else _ASK_AGAIN),
            (b"etag", etag),
        ]
        if len(found) > 1:
            headers.append((b"vary", b"accept-encoding"))
        if encoding != "identity":
            headers.append((b"content-encoding", encoding.encode()))
        representations[encoding] = Representation(body, etag, headers)
    return representations
