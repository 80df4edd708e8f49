"""Sync under load, in rounds that alternate with the bare baseline."""

from __future__ import annotations

import msgspec
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
        return _ratio(self.ours, self.bare)

    def cpu_ratio(self) -> float:
        """The same for the CPU time that one took: loop and database there, server and database here."""
        bare = [(one.own_cpu + one.cpu["database"]) / one.done for one in self.bare]
        ours = [(one.cpu["server"] + one.cpu["database"]) / one.done for one in self.ours]
        return median([b / o for b, o in zip(bare, ours, strict=True)])


def measure(server: Server, rounds: int, seconds: float) -> list[Section]:
    """Single check-ins, then batches of 50."""
    ours, bare = sign_up(server, CONNECTIONS, "synced"), sign_up(server, CONNECTIONS, "bare")
    jobs = {
        "ours": Job(ours, seconds, 1, port=server.port, watched=server.processes()),
        "bare": Job(bare, seconds, 1, database_url=server.database_url, watched=server.processes()),
    }
    single = _alternate(jobs, rounds)
    batches = _alternate({name: msgspec.structs.replace(job, changes=BATCH) for name, job in jobs.items()}, rounds)
    _check(server, ours, [*single.ours, *batches.ours])
    _check(server, bare, [*single.bare, *batches.bare])
    return [Section("Sync", [*_single(single), *_batches(batches)])]


def _alternate(jobs: dict[str, Job], rounds: int) -> Rounds:
    """Every job once a round; who comes first changes, so that a machine that slows down or speeds up favours none."""
    outcomes: dict[str, list[Outcome]] = {"ours": [], "bare": []}
    for number in range(rounds):
        for name in jobs if number % 2 else reversed(jobs):
            module = "tests.load.phones" if name == "ours" else "tests.load.bare"
            outcomes[name].append(run_in_own_process(module, jobs[name], Outcome))
        print("  " + ", ".join(f"{name} {outcomes[name][-1].rate:,.0f}/s" for name in jobs), flush=True)
    return Rounds(**outcomes)


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
            "… by CPU time, which a busy machine distorts less",
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


def _ratio(ours: list[Outcome], bare: list[Outcome]) -> float:
    return median([one.rate / other.rate for one, other in zip(ours, bare, strict=True)])


def _rate(outcomes: list[Outcome]) -> float:
    return median([one.rate for one in outcomes])


def _waiting(outcomes: list[Outcome]) -> str:
    p50, p99 = median([one.p50 for one in outcomes]), median([one.p99 for one in outcomes])
    return f"{milliseconds(p50)} and {milliseconds(p99)}"


def _us(outcomes: list[Outcome], *watched: str, own: bool = False) -> str:
    """CPU for each request or transaction, in microseconds: the median of the rounds."""
    each = [(sum(one.cpu[name] for name in watched) + (one.own_cpu if own else 0.0)) / one.done for one in outcomes]
    return f"{median(each) * 1e6:,.0f} µs"
