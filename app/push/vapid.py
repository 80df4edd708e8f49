"""Who we are to push services: one key pair of this server (VAPID, RFC 8292)."""

from __future__ import annotations

import binascii
import os
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from app.cannot_start import CannotStart
from app.settings import Settings

_SIGNED_FOR: Final = timedelta(hours=12)
_SIGNED_AGAIN: Final = timedelta(hours=6)
_MOST_KEPT: Final = 1000
_RAW_BYTES: Final = 32
FILE: Final = "vapid.pem"


class VapidKey:
    """The pair. `public` is what phones subscribe with: base64url of the uncompressed point."""

    def __init__(self, private: ec.EllipticCurvePrivateKey) -> None:
        self.private = private
        point = private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.public = urlsafe_b64encode(point).rstrip(b"=").decode()

    def pem(self) -> bytes:
        """The private key, to be kept."""
        return self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


class VapidKeys:
    """The pair of these settings, read (or made) when it is first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def key(self) -> VapidKey:
        """The pair. Raises CannotStart."""
        return load(self._settings)


class Signer:
    """Says to push services who is sending: a signature for each, good for twelve hours and kept for six."""

    def __init__(self, keys: VapidKeys, contact: str) -> None:
        self._keys = keys
        self._contact = contact  # the settings looked at it
        self._kept: dict[str, tuple[datetime, str]] = {}

    @property
    def public(self) -> str:
        """The public key that phones have to have subscribed with."""
        return self._keys.key.public

    @cached_property
    def _vapid(self) -> Vapid02:
        return Vapid02(self._keys.key.private, conf={"no-strict": True})

    def authorization(self, origin: str, now: datetime) -> str:
        """The Authorization header for this push service, `https://host`."""
        kept = self._kept.get(origin)
        if kept is not None and kept[0] > now > kept[0] - _SIGNED_AGAIN:
            return kept[1]
        claims = {"aud": origin, "sub": self._contact, "exp": int((now + _SIGNED_FOR).timestamp())}
        header = str(self._vapid.sign(claims)["Authorization"])
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[origin] = (now + _SIGNED_AGAIN, header)
        return header


def load(settings: Settings) -> VapidKey:
    """The key of these settings: given, or kept with the data, or made now and kept, mode 600.

    Several processes may do it at once: they get the same one. Raises CannotStart.
    """
    if settings.vapid_private_key is not None:
        try:
            return read_key(settings.vapid_private_key)
        except ValueError as error:
            raise CannotStart(f"LEEWARD_VAPID_PRIVATE_KEY {error}.") from error
    file = settings.data / FILE
    try:
        if not file.exists():
            _make(file)
        return read_key(file.read_text())
    except OSError as error:
        raise CannotStart(f"The key for pushes in {file} cannot be used: {error.strerror}.") from error
    except ValueError as error:
        raise CannotStart(f"The key for pushes in {file} {error}.") from error


def read_key(text: str) -> VapidKey:
    """Read a private key: PEM, or 32 bytes in base64url as `web-push` and others write it. Raises ValueError."""
    wrong = ValueError("has to be a private key of P-256, in PEM or as 32 bytes in base64url")
    try:
        if "-----BEGIN" in text:
            private = serialization.load_pem_private_key(text.replace("\\n", "\n").encode(), None)
            if not isinstance(private, ec.EllipticCurvePrivateKey) or not isinstance(private.curve, ec.SECP256R1):
                raise wrong
            return VapidKey(private)
        raw = urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
        if len(raw) != _RAW_BYTES:
            raise wrong
        return VapidKey(ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1()))
    except (ValueError, TypeError, UnicodeError, binascii.Error, UnsupportedAlgorithm) as error:
        raise wrong from error


def _make(file: Path) -> None:
    """Write a new key, whole or not at all; if somebody was faster, theirs stays."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{FILE}-", dir=file.parent)  # readable by this user alone
    try:
        with os.fdopen(handle, "wb") as unfinished:
            unfinished.write(VapidKey(ec.generate_private_key(ec.SECP256R1())).pem())
            unfinished.flush()
            os.fsync(unfinished.fileno())
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink(missing_ok=True)
