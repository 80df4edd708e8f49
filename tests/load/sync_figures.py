"""Sync under load, in rounds that alternate with the bare baseline."""

from __future__ import annotations

from msgspec import Struct

from tests.load.figures import Figure, Section, milliseconds, percent
from tests.load.load import Job, Member, Outcome, median, run_in_own_process
from tests.load.members import count_check_ins, sign_up
from tests.load.server import Server

CONNECTIONS = 16
BATCH = 50


class Rounds(Struct):
    """The same load, ours and bare, round by round."""

    ours: list[Outcome]
    bare: list[Outcome]

    def ratio(self) -> float:
        """Median over the rounds of what ours did for each that the bare loop did in the same round."""
        return median([ours.rate / bare.rate for ours, bare in zip(self.ours, self.bare, strict=True)])

    def cpu_ratio(self) -> float:
        """The same for the CPU time that one took: client and database there, server and database here."""
        return median(
            [
                (bare.own_cpu + bare.cpu["database"])
                / bare.done
                / ((ours.cpu["server"] + ours.cpu["database"]) / ours.done)
                for ours, bare in zip(self.ours, self.bare, strict=True)
            ]
        )


def measure(server: Server, rounds: int, seconds: float) -> list[Section]:
    """Single check-ins, then batches of 50."""
    ours, bare = sign_up(server, CONNECTIONS, "synced"), sign_up(server, CONNECTIONS, "bare")
    single = _alternate(server, ours, bare, rounds=rounds, seconds=seconds, changes=1)
    batches = _alternate(server, ours, bare, rounds=rounds, seconds=seconds, changes=BATCH)
    _check(server, ours, [*single.ours, *batches.ours])
    _check(server, bare, [*single.bare, *batches.bare])
    return [Section("Sync", [*_single(single), *_batches(batches)])]


def _alternate(
    server: Server, ours: list[Member], bare: list[Member], *, rounds: int, seconds: float, changes: int
) -> Rounds:
    watched = server.processes()
    measured = Rounds([], [])
    for number in range(rounds):
        over_http = Job(ours, seconds, changes, port=server.port, watched=watched)
        alone = Job(bare, seconds, changes, database_url=server.database_url, watched=watched)
        # Who comes first changes, so that a machine that slows down or speeds up favours nobody.
        for is_ours in (True, False) if number % 2 else (False, True):
            if is_ours:
                measured.ours.append(run_in_own_process("tests.load.phones", over_http, Outcome))
            else:
                measured.bare.append(run_in_own_process("tests.load.bare", alone, Outcome))
        print(f"  {measured.ours[-1].rate:,.0f}/s over HTTP, {measured.bare[-1].rate:,.0f}/s bare", flush=True)
    return measured


def _check(server: Server, members: list[Member], outcomes: list[Outcome]) -> None:
    """What was acknowledged is there, once: a fast way to lose check-ins would be no figure."""
    said, there = sum(outcome.acknowledged for outcome in outcomes), count_check_ins(server, members)
    if said != there:
        raise RuntimeError(f"{said} check-ins were acknowledged, and {there} are in the database")


def _single(rounds: Rounds) -> list[Figure]:
    ratio, ours, bare = rounds.ratio(), rounds.ours, rounds.bare
    return [
        Figure(
            "One check-in: syncs a second, of the bare loop's transactions a second",
            f"**{percent(ratio)}** ({_rate(ours):,.0f}/s of {_rate(bare):,.0f}/s)",
            f"{CONNECTIONS} phones of as many members, each sending its next check-in when the last is answered, for "
            f"{ours[0].seconds:.0f} s; {len(ours)} rounds, alternating with the bare loop on as many connections; "
            "median of the rounds' ratios",
            "≥ 50 %",
            ratio >= 0.5,
        ),
        Figure(
            "… the same by CPU time, which neighbours on the machine disturb less",
            f"{percent(rounds.cpu_ratio())} ({_us(bare, 'database', own=True)} of {_us(ours, 'server', 'database')})",
            "CPU of loop and database for a bare transaction, of CPU of server and database for a sync",
        ),
        Figure(
            "… where it goes",
            f"server {_us(ours, 'server')}, database {_us(ours, 'database')}, generator {_us(ours, own=True)}; "
            f"bare: loop {_us(bare, own=True)}, database {_us(bare, 'database')}",
            "CPU time for each; the generator shares the machine's cores with the server, the bare loop needs none",
        ),
        Figure(
            "… waiting for the answer, p50 and p99",
            _waiting(ours),
            f"bare: {_waiting(bare)}; every connection is always busy, so most of it is queueing",
            "p99 stated",
        ),
    ]


def _batches(rounds: Rounds) -> list[Figure]:
    ours, bare = rounds.ours, rounds.bare
    rate = _rate(ours) * BATCH
    return [
        Figure(
            f"Batches of {BATCH}: changes a second",
            f"**{rate:,.0f}/s** (a batch, p50 and p99: {_waiting(ours)})",
            f"as above, {BATCH} check-ins in each request; each still durable when answered",
            "≥ 5,000/s",
            rate >= 5000,
        ),
        Figure(
            "… of the bare loop",
            f"{percent(rounds.ratio())} (by CPU time {percent(rounds.cpu_ratio())})",
            f"the same rows in one transaction, sent together as the server does: {_rate(bare) * BATCH:,.0f}/s",
        ),
    ]


def _rate(outcomes: list[Outcome]) -> float:
    return median([one.rate for one in outcomes])


def _waiting(outcomes: list[Outcome]) -> str:
    p50, p99 = median([one.p50 for one in outcomes]), median([one.p99 for one in outcomes])
    return f"{milliseconds(p50)} and {milliseconds(p99)}"


def _us(outcomes: list[Outcome], *watched: str, own: bool = False) -> str:
    """CPU for each request or transaction, in microseconds: the median of the rounds."""
    each = [(sum(one.cpu[name] for name in watched) + (one.own_cpu if own else 0.0)) / one.done for one in outcomes]
    return f"{median(each) * 1e6:,.0f} µs"
