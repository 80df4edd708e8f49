"""Everything Leeward can refuse, in one small tree.

Each error has a `code` that never changes (phones translate it), an HTTP status (the only HTTP map there is),
and a sentence that says what the person can do. None carries a word that a member wrote.
"""

from __future__ import annotations


class LeewardError(Exception):
    """Base of all errors that are answered instead of reported as a fault."""

    status = 400

    def __init__(self, code: str, detail: str, *, field: str | None = None) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.field = field


class Invalid(LeewardError):
    """What was sent cannot be taken as it is; `field` names the one to look at."""

    status = 400


class NotSignedIn(LeewardError):
    """There is no session, or it has ended."""

    status = 401


class Forbidden(LeewardError):
    """Somebody is signed in, but this is not theirs to do."""

    status = 403


class NotFound(LeewardError):
    """It is not there, or not there for this person: the two look alike."""

    status = 404


class Conflict(LeewardError):
    """It cannot be done as things stand now."""

    status = 409


class TooLarge(LeewardError):
    """More was sent than is taken at once."""

    status = 413


class TooMany(LeewardError):
    """Tried too often; `retry_after` is in seconds."""

    status = 429

    def __init__(self, code: str, detail: str, *, retry_after: int) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after


class Unavailable(LeewardError):
    """The server cannot do it just now and has changed nothing; `retry_after` is in seconds."""

    status = 503

    def __init__(self, code: str, detail: str, *, retry_after: int = 5) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after


class Refused(LeewardError):
    """A phone's change that will never be taken as it is. The phone keeps it and shows why."""

    status = 422

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
