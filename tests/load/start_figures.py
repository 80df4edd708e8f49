"""How long the server takes to start, and what signing in does to everybody else."""

from __future__ import annotations

import http.client
import json
import threading
import time
from pathlib import Path

from tests.load.figures import Figure, Section, milliseconds
from tests.load.load import median, percentile
from tests.load.members import PASSWORD, sign_up
from tests.load.server import Server, data_folder, serving

STARTS = 3
SIGNING_IN = 4
SIGN_INS = 16
LOOKS = 400


def starts() -> list[Section]:
    """From the command to the first answer of /health/ready."""
    cold: list[float] = []
    warm: list[float] = []
    for _ in range(STARTS):
        with data_folder() as data:
            cold.append(_start(data))
            warm.append(_start(data))
    return [
        Section(
            "Start of the server",
            [
                Figure(
                    "`leeward serve`, the very first time",
                    f"**{median(cold):.1f} s**",
                    "from the command until /health/ready says yes: makes the database and runs the migrations; "
                    f"median of {STARTS}",
                ),
                Figure("… every other time", f"**{median(warm):.1f} s**", f"the same on that data; median of {STARTS}"),
            ],
        )
    ]


def _start(data: Path) -> float:
    with serving(data) as server:
        return server.seconds_to_ready


def signing_in(server: Server) -> list[Section]:
    """Passwords are hashed beside the event loop: what the others see of it."""
    sign_up(server, SIGNING_IN, "signing-in")
    quiet = _looks(server)
    rates: list[float] = []
    members = [threading.Thread(target=_sign_in_often, args=(server, number, rates)) for number in range(SIGNING_IN)]
    for member in members:
        member.start()
    busy = _looks(server)
    for member in members:
        member.join()
    return [
        Section(
            "Signing in beside others",
            [
                Figure(
                    "A request that does nothing, while people sign in",
                    f"p50 **{milliseconds(median(busy))}**, p99 **{milliseconds(percentile(busy, 99))}** "
                    f"(alone {milliseconds(median(quiet))} and {milliseconds(percentile(quiet, 99))})",
                    f"GET /health/live again and again, while {SIGNING_IN} browsers sign in as fast as they can "
                    f"({sum(rates):.0f} a second): each hashes with Argon2id in 46 MiB, beside the event loop",
                )
            ],
        )
    ]


def _looks(server: Server) -> list[float]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    times: list[float] = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        connection.request("GET", "/health/live")
        connection.getresponse().read()
        times.append(time.perf_counter() - began)
    connection.close()
    return times


def _sign_in_often(server: Server, number: int, rates: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    body = json.dumps({"name": f"signing-in-{number}", "password": PASSWORD, "deviceLabel": "Bench"})
    headers = {"Origin": server.origin, "Content-Type": "application/json"}
    began = time.perf_counter()
    for _ in range(SIGN_INS):
        connection.request("POST", "/api/sessions", body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.client.CREATED:
            raise RuntimeError(f"signing in was answered with {answer.status}")
    rates.append(SIGN_INS / (time.perf_counter() - began))
    connection.close()
