"""A push service that does nothing but take what comes and note when: `python -m tests.load.push_sink`.

It prints its port. GET /times gives the moments of arrival, by Topic, as JSON; POST /reset forgets them.
"""

from __future__ import annotations

import asyncio
import json
import time

from aiohttp import web

_times: dict[str, list[float]] = {}


async def take(request: web.Request) -> web.Response:
    await request.read()
    _times.setdefault(request.headers.get("Topic", ""), []).append(time.time())
    return web.Response(status=201)


async def times(_request: web.Request) -> web.Response:
    return web.Response(text=json.dumps(_times), content_type="application/json")


async def reset(_request: web.Request) -> web.Response:
    _times.clear()
    return web.Response(status=204)


async def main() -> None:
    app = web.Application()
    app.router.add_get("/times", times)
    app.router.add_post("/reset", reset)
    app.router.add_post("/{device:.*}", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
