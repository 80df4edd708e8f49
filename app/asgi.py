"""The only place that knows every part."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from functools import partial

from litestar import Litestar
from litestar.di import Provide
from litestar.types import ASGIApp

from app.accounts import service as accounts
from app.accounts.routes import AccountController, AccountsController, SessionsController
from app.accounts.session import Sessions
from app.build import FRONTEND
from app.check_ins import mutations as check_ins
from app.db import Database, connect
from app.logs import AccessLog
from app.preferences import mutations as preferences
from app.safety.routes import list_helplines
from app.settings import Settings
from app.spaces import service as spaces
from app.sync import ledger
from app.sync.pokes import Pokes
from app.sync.registry import Registry
from app.sync.routes import sync_routes
from app.sync.service import Sync
from app.web.bodies import BodyRequest
from app.web.front_door import FrontDoor
from app.web.health import health
from app.web.in_time import InTime
from app.web.openapi import openapi_config
from app.web.problems import exception_handlers
from app.web.security import LARGEST_BODY
from app.web.static import Frontend
from app.worker.prune import Prune, keep_pruning


def registry() -> Registry:
    """Everything that can be synced."""
    return Registry(
        kinds=[check_ins.KIND, preferences.KIND],
        mutations=[*check_ins.MUTATIONS, *preferences.MUTATIONS],
    )


def prunes(synced: Registry) -> list[Prune]:
    """Everything that is forgotten in its time."""
    tombstones = (partial(spaces.prune_tombstones, table=kind.table) for kind in synced.kinds)
    return [accounts.prune, ledger.prune, *tombstones]


def create_app(settings: Settings, database: Database) -> ASGIApp:
    """Put the server together: the API, the app on the phone, and the loops beside them."""
    synced = registry()
    pokes = Pokes(database)
    sync = Sync(database, synced, pokes, settings.build)
    passwords = accounts.Passwords()
    members = accounts.Accounts(database, passwords, pokes.end_session)
    sessions = Sessions(database, secure=settings.secure, trusted_proxies=settings.trusted_proxies)

    @contextlib.asynccontextmanager
    async def running(_: Litestar) -> AsyncGenerator[None]:
        async with contextlib.AsyncExitStack() as closing:  # everything, whatever fails on the way
            closing.push_async_callback(passwords.close)
            closing.push_async_callback(database.close)
            await database.start()
            closing.push_async_callback(pokes.close)
            await pokes.start()
            pruning = asyncio.create_task(keep_pruning(database, prunes(synced)))
            closing.callback(pruning.cancel)
            yield

    api = Litestar(
        route_handlers=[
            AccountController,
            AccountsController,
            SessionsController,
            sync_routes(sync, pokes),
            list_helplines,
            health(database),
        ],
        before_send=[sessions.renew],
        dependencies={
            **sessions.dependencies(),
            "accounts": Provide(lambda: members, sync_to_thread=False),
        },
        exception_handlers=exception_handlers,
        openapi_config=openapi_config(sessions.cookie),
        request_class=BodyRequest,
        request_max_body_size=LARGEST_BODY,
        lifespan=[running],
        logging_config=None,
    )
    return AccessLog(InTime(FrontDoor(api, Frontend.load(FRONTEND), settings)))


def application() -> ASGIApp:
    """The server as its environment describes it: what each worker process runs."""
    settings = Settings.from_environment()
    return create_app(settings, connect(settings))
