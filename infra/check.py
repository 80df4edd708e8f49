"""Find out whether the code is in order: `python infra/check.py`, with `--all` or with `--nightly`.

Two things at a time, one line each; what fails shows its whole output. `--all` runs every test, in real browsers too:
all in Chromium, and those in Firefox that are about what browsers do each in its own way. `--nightly` runs all in both,
and ten times as many random histories.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = ROOT / ".venv" / "bin"
NODE: Final = ROOT / "node_modules" / ".bin"


@dataclass(frozen=True)
class Step:
    """One thing to look at: its name for people, and the command that fails when it is not in order."""

    name: str
    command: Sequence[str | Path]
    settings: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Found:
    """What a step found, in seconds and words."""

    step: Step
    good: bool
    seconds: float
    output: str


STYLE: Final = (NODE / "eslint", ".", "--max-warnings", "0")
# The slowest first, so that the short ones fill the gaps.
LOOK: Final = (
    Step("Python types", [BIN / "basedpyright"]),
    Step("App types", [BIN / "npm", "run", "--silent", "--workspaces", "check"]),
    Step("App format", [NODE / "prettier", "--check", "--cache", "--log-level", "warn", "."]),
    Step("Import layers", [BIN / "lint-imports", "--no-logo"]),
    Step("Python style", [BIN / "ruff", "check", "--quiet"]),
    Step("Python format", [BIN / "ruff", "format", "--check", "--quiet"]),
)
CACHE: Final = ROOT / "node_modules" / ".cache"
# In the inner loop ESLint looks at files that have changed; what that does to others comes out in `--all`.
QUICK_STYLE: Final = Step(
    "App style", [*STYLE, "--cache", "--cache-strategy", "content", "--cache-location", CACHE / "eslint"]
)
ALL_STYLE: Final = Step("App style", STYLE)
VITEST: Final = (NODE / "vitest", "run", "--root", "frontend")
QUICK_APP_TESTS: Final = Step("App tests", VITEST, {"LEEWARD_HISTORIES": "10"})
ALL_APP_TESTS: Final = Step("App tests", VITEST)
PYTEST: Final = (BIN / "pytest", "--quiet", "--durations=5")
QUICK_PYTEST: Final = (BIN / "pytest", "--quiet", "-m", "not long and not browser")
HALF: Final = ("tests/accounts", "tests/buddies", "tests/demo", "tests/moderation", "tests/preferences")
QUICK: Final = (
    Step("Python tests, 1 of 2", [*QUICK_PYTEST, *HALF]),
    Step("Python tests, 2 of 2", [*QUICK_PYTEST, "--ignore=tests/e2e", *(f"--ignore={each}" for each in HALF)]),
    QUICK_STYLE,
    QUICK_APP_TESTS,
)
HISTORIES: Final = "tests/sync/test_histories.py"
PARTS: Final = {
    "Pushes, reminders": ("tests/push", "tests/reminders"),
    "Commands, databases": ("tests/cli", "tests/database", "tests/demo", "tests/web"),
    "Sync": ("tests/sync",),
}
NOT_OTHERS: Final = [f"--ignore={folder}" for folders in PARTS.values() for folder in folders]
# Parts that are all there is, however many are added to them: the longest first, so that both places end together.
ALL_TESTS: Final = (
    Step("In Chromium", [*PYTEST, "-m", "browser", "-k", "not firefox"]),
    Step("Random histories", [*PYTEST, HISTORIES]),
    Step("In Firefox", [*PYTEST, "-m", "browser and both", "-k", "firefox"]),
    *(Step(name, [*PYTEST, "-m", "not browser", *folders, f"--ignore={HISTORIES}"]) for name, folders in PARTS.items()),
    Step("All other tests", [*PYTEST, "-m", "not browser", *NOT_OTHERS]),
)
NIGHTLY: Final = (
    *ALL_TESTS,
    Step("All in Firefox", [*PYTEST, "-m", "browser and not both", "-k", "firefox"]),
    Step("More histories", [*PYTEST, HISTORIES], {"LEEWARD_HISTORIES": "20000"}),
)


def main() -> None:
    """Look at everything, then say what is not in order; the exit code is 1 when something is."""
    parser = argparse.ArgumentParser(description="Find out whether the code is in order.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--all", action="store_const", dest="tests", const=ALL_TESTS, help="every test, in browsers too")
    which.add_argument("--nightly", action="store_const", dest="tests", const=NIGHTLY, help="and more of each")
    tests: tuple[Step, ...] | None = parser.parse_args().tests
    found = look((*QUICK, *LOOK) if tests is None else (ALL_STYLE, ALL_APP_TESTS, *LOOK, *tests))
    for part in found:
        if part.step in (tests or ()):
            print(f"\n── {part.step.name} " + "─" * 60 + f"\n{part.output.strip()}")
    bad = [each for each in found if not each.good]
    for each in bad:
        if each.step not in (tests or ()):
            print(f"\n── {each.step.name} " + "─" * 60 + f"\n{each.output.strip()}")
    if bad:
        sys.exit(f"\nNot in order: {', '.join(each.step.name for each in bad)}.")
    print("\nAll in order.")


def look(steps: Sequence[Step]) -> list[Found]:
    """Take the steps two at a time and report each as it ends."""
    everything: list[Found] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for done in as_completed([pool.submit(take, step) for step in steps]):
            found = done.result()
            mark = "ok    " if found.good else "FAILED"
            print(f"  {mark}  {found.step.name:<20}{found.seconds:4.0f} s", flush=True)
            everything.append(found)
    return everything


def take(step: Step) -> Found:
    """Run one step with its output kept."""
    began = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=ROOT,
        env={**environment(), **step.settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Found(step, done.returncode == 0, time.monotonic() - began, done.stdout)


def environment() -> dict[str, str]:
    """Put the locked tools before whatever this machine has."""
    path = os.pathsep.join((str(BIN), str(NODE), os.environ.get("PATH", os.defpath)))
    # Node clears its memory more often than it has to: a quarter of the time of types and style.
    node = f"{os.environ.get('NODE_OPTIONS', '')} --max-semi-space-size=128".strip()
    return {**os.environ, "PATH": path, "VIRTUAL_ENV": str(BIN.parent), "NO_COLOR": "1", "NODE_OPTIONS": node}


if __name__ == "__main__":
    main()
