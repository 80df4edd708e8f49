"""Which build this is: phones compare it to see that the server has changed."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FRONTEND = Path(__file__).parent / "web" / "frontend"

# In a checkout that is not installed there is no metadata to ask.
_VERSION_OF_A_CHECKOUT = "0.1.0"


@cache
def leeward_version() -> str:
    """The version of the installed package."""
    try:
        return version("leeward")
    except PackageNotFoundError:
        return _VERSION_OF_A_CHECKOUT


@cache
def build_id() -> str:
    """16 hex digits over the version and every file of the built frontend; the same on every machine."""
    digest = hashlib.sha256(leeward_version().encode())
    if FRONTEND.is_dir():
        for path in sorted(FRONTEND.rglob("*")):
            # The precompressed ones say the same again, in the words of whichever compressor was at hand.
            if path.is_file() and path.suffix not in {".br", ".gz"}:
                digest.update(b"\0" + path.relative_to(FRONTEND).as_posix().encode() + b"\0")
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
