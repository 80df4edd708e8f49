"""The app's own types of the API are the server's."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

from infra.dump_openapi import document

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
WITH_NODE = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def test_the_types_in_the_app_are_those_of_this_server(tmp_path: Path) -> None:
    description = tmp_path / "openapi.json"
    description.write_bytes(asyncio.run(document()))
    generated = tmp_path / "schema.d.ts"
    subprocess.run(
        [BIN / "npx", "--no-install", "openapi-typescript", description, f"--output={generated}"],
        cwd=ROOT / "frontend",
        env=WITH_NODE,
        check=True,
        stdout=subprocess.PIPE,
    )
    committed = ROOT / "frontend" / "src" / "api" / "schema.d.ts"
    assert without_comments(generated) == without_comments(committed), "run `npm run api` in frontend/"


def without_comments(types: Path) -> str:
    """What counts: a sentence may change without the app being told."""
    return re.sub(r"\s*/\*\*.*?\*/", "", types.read_text(), flags=re.DOTALL)
