"""What the operator has to see, said once a minute and not ten thousand times."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from app.push import rules

logger = logging.getLogger(__name__)

_EVERY: Final = timedelta(minutes=1)


class Alarms:
    """Lines at level error. They name push services and statuses, never an endpoint or a member."""

    def __init__(self) -> None:
        self._quiet: dict[tuple[str, int], tuple[datetime, int]] = {}

    def refused(self, endpoint: str, status: int, now: datetime) -> None:
        """A push service will not take what this server sends."""
        service = urlsplit(endpoint).netloc
        until, unsaid = self._quiet.get((service, status), (now, 0))
        if now < until:
            self._quiet[service, status] = (until, unsaid + 1)
            return
        self._quiet[service, status] = (now + _EVERY, 0)
        logger.error(
            "push refused: service=%s status=%d more=%d %s",
            service,
            status,
            unsaid,
            "(is the key for pushes the right one? `leeward push keys`)" if rules.is_our_key(status) else "",
        )

    def fault(self, fault: Exception) -> None:
        """Something of ours is broken."""
        logger.error("a delivery failed, and is tried again", exc_info=fault)
