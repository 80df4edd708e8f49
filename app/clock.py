"""The clock, read once per request or turn of a loop, and passed on from there."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment in UTC, cut to milliseconds: what a phone's clock can say as well."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
