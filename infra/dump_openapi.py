"""Print the server's OpenAPI document, asked of the app itself: with neither a network nor a database."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.asgi import create_app
from app.db import connect
from app.settings import Settings

# Asked for to put the app together, and never connected to.
NOWHERE = {"DATABASE_URL": "postgresql://localhost/nowhere"}


async def document() -> bytes:
    """The body of GET /schema/openapi.json."""
    settings = Settings.from_environment(NOWHERE)
    # Two libraries, one ASGI, two ways to write it down.
    app: Any = create_app(settings, connect(settings))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=settings.origin) as client:
        return (await client.get("/schema/openapi.json")).raise_for_status().content


if __name__ == "__main__":
    sys.stdout.buffer.write(asyncio.run(document()))
