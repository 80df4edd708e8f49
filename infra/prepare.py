"""Make a checkout ready to run or to be tested, doing only what has changed: `python infra/prepare.py run|test`.

Needs Python 3.11 with venv and the network, nothing else: uv comes by pip, the packages by uv, Node from PyPI, the
app's packages by npm; all of them locked. Says what it does in a line each; the whole output lies in build/log/.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
VENV: Final = ROOT / ".venv"
BIN: Final = VENV / "bin"
LOGS: Final = ROOT / "build" / "log"
STAMPS: Final = ROOT / "build" / "stamps.json"
BUILT: Final = ROOT / "app" / "web" / "frontend" / "index.html"
LEVELS: Final = ("build", "dev")
"""Sets of Python packages, each with a lock requirements/<name>.txt; the later one holds the earlier."""
BROWSERS: Final = {
    "chromium": (("CHROMIUM",), "/usr/bin/chromium"),
    # The same without a window around it. Whoever names a Chromium of their own need not have it.
    "chromium-headless-shell": (("CHROMIUM_SHELL", "CHROMIUM"), "/usr/bin/chromium-headless-shell"),
    "firefox-esr": (("FIREFOX",), "/usr/bin/firefox-esr"),
}
"""Debian's name of each, the environment's names for another place, and where the tests look otherwise."""

NAMING: Final = "CHROMIUM=/path/to/chromium FIREFOX=/path/to/firefox make test"

LAST_LINES: Final = 40


class Stuck(Exception):  # noqa: N818 - read as what it says
    """It cannot go on; the message says in a sentence what the person can do."""


def main() -> None:
    """Prepare what the argument names, or say in a sentence why it cannot be done."""
    parser = argparse.ArgumentParser(description="Make this checkout ready.")
    parser.add_argument("what", choices=["run", "dev", "test"], help="test: dev, and real browsers")
    what: str = parser.parse_args().what
    try:
        python_environment()
        python_packages("build" if what == "run" else "dev")
        node_packages()
        app()
        if what == "test":
            browsers()
    except Stuck as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


def python_environment() -> None:
    """Have a virtual environment in .venv that works here, with uv in it."""
    if not works(BIN / "python"):
        if importlib.util.find_spec("ensurepip") is None:
            raise Stuck("Python has no venv here. Do this, then try again: apt install python3-venv")
        forget("bootstrap", "packages")
        do("Python environment", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    wanted = digest([ROOT / "requirements" / "bootstrap.txt"])
    if stamp("bootstrap") == wanted and (BIN / "uv").exists():
        return
    lock = ["install", "--require-hashes", "--disable-pip-version-check", "-r", "requirements/bootstrap.txt"]
    pip = [str(BIN / "python"), "-m", "pip"]
    # As the machine is set up (there may be a mirror); if that is what fails, as if it were not set up at all.
    do("uv, the installer", [*pip, *lock], otherwise=[*pip, "--isolated", *lock])
    keep("bootstrap", wanted)


def python_packages(level: str) -> None:
    """Have the locked packages, and Leeward itself as the command `leeward`; never fewer than there were."""
    before, _, _ = (stamp("packages") or "").partition(" ")
    level = max(level, before, key=lambda name: LEVELS.index(name) if name in LEVELS else -1)
    lock = ROOT / "requirements" / f"{level}.txt"
    wanted = f"{level} {digest([lock, ROOT / 'pyproject.toml'])}"
    if stamp("packages") == wanted and (BIN / "leeward").exists():
        return
    uv = [str(BIN / "uv"), "pip"]
    python = ["--python", str(BIN / "python")]
    do("Python packages", [*uv, "sync", *python, "--require-hashes", str(lock)])
    itself = ["--no-deps", "--no-build-isolation", "--offline", "--editable", str(ROOT)]
    do("Leeward itself", [*uv, "install", *python, *itself])
    keep("packages", wanted)


def node_packages() -> None:
    """Have the locked packages of the app in node_modules."""
    wanted = digest([ROOT / "package-lock.json", *ROOT.glob("*/package.json"), ROOT / "package.json"])
    if stamp("node") == wanted and (ROOT / "node_modules" / ".bin").is_dir():
        return
    forget("app")
    do("Node packages", [str(BIN / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"])
    keep("node", wanted)


def app() -> None:
    """Have the app built from what is in its folders now (the helplines are the server's as well)."""
    sources = [
        path
        for folder in ("frontend", "service-worker", "app/safety/data")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "node_modules" not in path.parts
    ]
    wanted = digest([*sources, ROOT / "package-lock.json", ROOT / "tsconfig.base.json"])
    if stamp("app") == wanted and BUILT.exists():
        return
    do("The app", [str(BIN / "npm"), "run", "--workspace", "frontend", "build"])
    keep("app", wanted)


def browsers() -> None:
    """Have Chromium and Firefox for the end-to-end tests; install Debian's where that is allowed."""
    missing = [
        name
        for name, (settings, place) in BROWSERS.items()
        if not any(map(found_at, [place, *filter(None, map(os.environ.get, settings))]))
    ]
    if not missing:
        return
    names = " ".join(missing)
    if "ID=debian" not in os_release():
        raise Stuck(f"The tests need real browsers, and here is no {names}. Say where they are: {NAMING}")
    if os.geteuid() != 0:
        raise Stuck(f"The tests need real browsers. Do this, then try again: sudo apt install {names}")
    do("Browsers, the list", ["apt-get", "update"])
    do("Browsers", ["apt-get", "install", "--yes", "--no-install-recommends", *missing])


def found_at(place: str) -> bool:
    """Whether a command or a path is there."""
    return Path(place).exists() if place.startswith("/") else shutil.which(place) is not None


def os_release() -> list[str]:
    """Lines that say which Linux this is; none elsewhere."""
    path = Path("/etc/os-release")
    return path.read_text().splitlines() if path.exists() else []


def works(python: Path) -> bool:
    """Whether the environment runs, was made for this folder (it may have been moved) and has a Python new enough."""
    probe = "import sys, pip; print(sys.prefix); sys.exit(sys.version_info < (3, 11))"
    try:
        answer = subprocess.run([python, "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and Path(answer.stdout.strip()) == VENV


def do(name: str, command: Sequence[str], *, otherwise: Sequence[str] | None = None) -> None:
    """Run a command with its output in a log file; say its name and how long it took.

    `otherwise` is tried when it fails. Raises Stuck with the end of the log when that fails too.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{name.lower().replace(' ', '-').replace(',', '')}.txt"
    print(f"  {name} …", end="", flush=True)
    began = time.monotonic()
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}", "VIRTUAL_ENV": str(VENV)}
    environment.update(DEBIAN_FRONTEND="noninteractive", NO_COLOR="1")
    with log.open("w") as file:
        for attempt in filter(None, (command, otherwise)):
            print("$", *attempt, file=file, flush=True)
            done = subprocess.run(
                attempt, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file, check=False
            )
            if done.returncode == 0:
                print(f" {time.monotonic() - began:.0f} s", flush=True)
                return
    print(" failed", flush=True)
    words = re.sub(r"\x1b\[[0-9;]*m", "", log.read_text(errors="replace"))  # colours, whatever NO_COLOR says
    end = "\n".join(words.splitlines()[-LAST_LINES:])
    raise Stuck(f"{end}\n\n{name} did not work; the whole output is in {log.relative_to(ROOT)}.")


def digest(paths: Iterable[Path]) -> str:
    """Hash names and contents, whatever the order and wherever the checkout lies."""
    hashed = hashlib.sha256()
    for path in sorted(paths):
        hashed.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return hashed.hexdigest()


def stamps() -> dict[str, str]:
    """Read what was done last time, by name."""
    try:
        found: dict[str, str] = json.loads(STAMPS.read_text())
    except (OSError, ValueError):
        return {}
    return found


def stamp(name: str) -> str | None:
    """Read what one part was made from; None when it was not made."""
    return stamps().get(name)


def keep(name: str, value: str) -> None:
    """Remember what one part was made from."""
    STAMPS.parent.mkdir(parents=True, exist_ok=True)
    STAMPS.write_text(json.dumps({**stamps(), name: value}, indent=1))


def forget(*names: str) -> None:
    """Have parts made again the next time."""
    if STAMPS.exists():
        STAMPS.write_text(json.dumps({name: value for name, value in stamps().items() if name not in names}, indent=1))


if __name__ == "__main__":
    main()
