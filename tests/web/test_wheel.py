"""The wheel is all that a person without a checkout needs: `pip install leeward-*.whl && leeward serve`."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import httpx
import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
GIVEN_UP_AFTER = 300
"""Seconds until a server that says nothing is ended, so that the run does not hang."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / "app" / "web" / "frontend" / "index.html").is_file():
        pytest.fail("The app has not been built: make test does it before the tests.")
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([TOOLS / "hatchling", "build", "--target", "wheel", "--directory", folder], cwd=ROOT, check=True)
    return next(folder.glob("leeward-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a fresh environment that holds the wheel and what it depends on, at the locked versions."""
    venv = tmp_path_factory.mktemp("venv")
    uv, python = str(TOOLS / "uv"), ["--python", str(venv / "bin" / "python")]
    lock = str(ROOT / "requirements" / "run.txt")
    subprocess.run([uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, venv], check=True)
    subprocess.run([uv, "pip", "install", "--quiet", *python, "--require-hashes", "-r", lock], check=True)
    subprocess.run([uv, "pip", "install", "--quiet", *python, "--no-deps", wheel], check=True)
    # Whatever the wheel asks for is there: nothing was forgotten in the lock.
    subprocess.run([uv, "pip", "check", "--quiet", *python], check=True)
    return venv / "bin"


@pytest.fixture
def serving(installed: Path, tmp_path: Path) -> Iterator[str]:
    """Where a `leeward serve` answers that was started in an empty folder, with nothing but itself on the path."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {"PATH": str(installed), "LEEWARD_PORT": str(port), "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    assert shutil.which("node", path=environment["PATH"]) is None
    empty = tmp_path / "empty"
    empty.mkdir()
    with subprocess.Popen(
        [installed / "leeward", "serve"], cwd=empty, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        watch = Timer(GIVEN_UP_AFTER, server.kill)
        watch.start()
        said = ""
        for line in server.stdout:
            said += line
            if "Leeward is at" in line:
                break
        watch.cancel()
        try:
            assert "Leeward is at" in said, said
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.communicate()


def test_the_wheel_holds_the_built_app_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("app/web/frontend/index.html", "app/web/frontend/sw.js.br", "app/cli.py"):
        assert needed in names
    assert any(re.fullmatch(r"app/web/frontend/assets/[\w.-]+\.js", name) for name in names)
    assert all(name.startswith(("app/", "leeward-")) for name in names)
    assert not [name for name in names if "__pycache__" in name or name.endswith((".ts", ".svelte", ".map"))]


def test_it_serves_the_app_from_an_empty_folder_without_node(serving: str) -> None:
    with httpx.Client(base_url=serving) as client:
        ready = client.get("/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (200, "ready")
        page = client.get("/")
        assert page.status_code == 200
        assert "<title>Leeward</title>" in page.text
        scripts = re.findall(r'src="(/assets/[^"]+\.js)"', page.text)
        assert scripts
        for path in (*scripts, "/sw.js", "/manifest.webmanifest", "/icons/icon-192.png"):
            assert client.get(path).status_code == 200
        assert client.get(scripts[0]).headers["content-encoding"] in {"br", "gzip"}


def test_it_answers_for_itself(installed: Path) -> None:
    said = subprocess.run([installed / "leeward", "--help"], env={"PATH": os.defpath}, capture_output=True, check=True)
    assert b"leeward serve" in said.stdout
