from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.push.rules import Verdict, is_refusal, reason_of, verdict, wait

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("statuses", "means"),
    [
        ((200, 201, 202, 204), "accepted"),
        ((404, 410), "gone"),
        ((408, 425, 429, 500, 502, 503, 504, 599), "again"),
        ((413,), "too-large"),
        ((400, 401, 403, 301, 302, 307, 308, 402, 405, 411, 422, 100), "refused"),
    ],
)
def test_what_an_answer_means(statuses: tuple[int, ...], means: Verdict) -> None:
    assert {verdict(status) for status in statuses} == {means}


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7),
        ("0", 1),
        ("Sun, 22 Nov 2026 08:00:30 GMT", 30),
        ("Sun, 22 Nov 2026 08:00:30", 30),
        ("Sun, 22 Nov 2020 08:00:30 GMT", 1),
        ("9" * 400, 30 * 86_400),
    ],
)
def test_a_push_service_is_asked_again_when_it_says(said: str, seconds: int) -> None:
    assert wait(said, 5, 0.5, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize("said", [None, "", "soon", "-5", "1.5", "٣", "Sun, 99 Nov 2026", "\x00"])
def test_otherwise_after_twice_as_long_each_time(said: str | None) -> None:
    waits = [wait(said, attempts, 0.0, NOW) for attempts in range(12)]
    assert waits[:4] == [timedelta(seconds=seconds) for seconds in (1, 2, 4, 8)]
    assert waits[-1] == timedelta(minutes=5)
    assert wait(said, 3, 0.999, NOW) < timedelta(seconds=16)


def test_what_the_operator_has_to_look_into() -> None:
    assert [is_refusal(reason_of(status)) for status in (400, 401, 403, 413, 302)] == [True] * 5
    assert [is_refusal(reason) for reason in ("answer-503", "answer-429", "timeout", "unreachable", "401", "")] == [
        False
    ] * 6
