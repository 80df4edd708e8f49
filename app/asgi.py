"""The only place that knows every part."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from datetime import datetime
from functools import cache, partial
from typing import Final

from litestar import Litestar
from litestar.di import Provide
from litestar.types import ASGIApp

from app import clock
from app.accounts import service as accounts
from app.accounts.routes import AccountController, AccountsController, SessionsController
from app.accounts.session import Sessions
from app.buddies import ask_pushes, missed, reach_out_mutations, reaching_out
from app.buddies import mutations as buddies
from app.buddies import pushes as buddy_pushes
from app.buddies import service as buddy_service
from app.buddies import waking as buddy_waking
from app.buddies.reach_out_routes import ReachOutsController
from app.buddies.reach_outs import DUE as REACH_OUT
from app.buddies.routes import InvitationsController
from app.build import FRONTEND
from app.check_ins import mutations as check_ins
from app.db import Database, connect
from app.logs import AccessLog
from app.moderation import mutations as moderation
from app.moderation import service as moderation_service
from app.moderation import waiting as reports_waiting
from app.moderation.routes import reporting_routes
from app.preferences import mutations as preferences
from app.push import service as push
from app.push import tally, trial
from app.push.kinds import PushKind
from app.push.routes import PushController, Pushes
from app.push.sender import Sender
from app.push.vapid import Signer, VapidKeys
from app.reminders import mutations as reminders
from app.reminders import new_tzdata, waking
from app.reminders import pushes as reminder_pushes
from app.reminders.routes import calendar_routes
from app.safety.routes import list_helplines
from app.settings import Settings
from app.spaces import service as spaces
from app.stewards.routes import steward_routes
from app.sync import ledger
from app.sync.pokes import Pokes, poke_at_commit
from app.sync.registry import Registry
from app.sync.routes import sync_routes
from app.sync.service import Sync
from app.toolbox import mutations as toolbox
from app.web.bodies import BodyRequest
from app.web.front_door import FrontDoor
from app.web.health import health
from app.web.in_time import InTime
from app.web.metrics import metrics
from app.web.openapi import openapi_config
from app.web.problems import exception_handlers
from app.web.security import LARGEST_BODY
from app.web.static import Frontend
from app.worker import heartbeat
from app.worker.deliverer import Deliverer
from app.worker.prune import Prune, keep_pruning
from app.worker.waker import Wake, keep_waking


def registry(reports_read_by: str | None = None) -> Registry:
    """Everything that can be synced. `reports_read_by`: who reads reports on this server; None: nobody is named."""
    return Registry(
        kinds=[
            check_ins.KIND,
            preferences.KIND,
            *reminders.KINDS,
            *buddies.KINDS,
            *reach_out_mutations.KINDS,
            moderation.KIND,
            *toolbox.KINDS,
        ],
        mutations=[
            *check_ins.MUTATIONS,
            *preferences.MUTATIONS,
            *reminders.MUTATIONS,
            *buddies.MUTATIONS,
            *moderation.mutations(reports_read_by),
            *reach_out_mutations.MUTATIONS,
            *toolbox.MUTATIONS,
        ],
    )


def prunes(synced: Registry) -> list[Prune]:
    """Everything that is forgotten in its time."""
    tombstones = (partial(spaces.prune_tombstones, table=kind.table) for kind in synced.kinds)
    return [
        accounts.prune,
        ledger.prune,
        push.prune,
        tally.prune,
        buddy_service.prune,
        moderation_service.prune,
        *tombstones,
    ]


def push_kinds() -> list[PushKind]:
    """Everything that can become a push."""
    return [reminder_pushes.KIND, trial.KIND, *buddy_pushes.KINDS, *ask_pushes.KINDS]


def wakes() -> dict[str, Wake]:
    """Everything that falls due, by kind."""
    return {
        reminder_pushes.KIND.name: waking.wake,
        reports_waiting.DUE: reports_waiting.wake,
        missed.DUE: missed.wake,
        **buddy_waking.WAKES,
        REACH_OUT: reaching_out.waking(poke_at_commit),
    }


async def follow_the_clocks(database: Database, now: datetime) -> None:
    """What is due is due by the time zones as this machine knows them."""
    await new_tzdata.follow(database, new_tzdata.version(), now)


async def worker_trouble(settings: Settings, database: Database) -> str | None:
    """What of the work beside the server nobody does, in one sentence."""
    async with database.connection() as connection:
        return await heartbeat.trouble(connection, clock.now(), works=settings.works)


METRICS: Final = (tally.metrics, heartbeat.metrics, reports_waiting.metrics)


def deliverer(settings: Settings, database: Database, keys: VapidKeys) -> Deliverer:
    """Delivers pushes within its `async with`."""
    sender = Sender(settings.push_hosts, Signer(keys, settings.push_contact))
    return Deliverer(database, push_kinds(), sender, settings.origin)


@contextlib.asynccontextmanager
async def working(settings: Settings, database: Database, keys: VapidKeys) -> AsyncGenerator[None]:
    """Wake what is due and deliver pushes, on a database that was started, until the end of the block."""
    async with deliverer(settings, database, keys):
        waker = asyncio.create_task(keep_waking(database, wakes(), first=follow_the_clocks))
        try:
            yield
        finally:
            waker.cancel()
            await asyncio.gather(waker, return_exceptions=True)


def create_app(settings: Settings, database: Database, passwords: accounts.Passwords | None = None) -> ASGIApp:
    """Put the server together: the API, the app on the phone, and the loops beside them.

    `passwords` is for tests, which sign up hundreds of members and need not pay for each hash what a guesser pays.
    """
    synced = registry(settings.reports_read_by)
    pokes = Pokes(database)
    sync = Sync(database, synced, pokes, settings.build)
    passwords = passwords or accounts.Passwords()
    members = accounts.Accounts(database, passwords, pokes.end_session)
    finding = buddy_service.Buddies(database, pokes.tell)
    reach_outs = buddy_service.ReachOuts(database, pokes.tell)
    keys = VapidKeys(settings)
    pushes = Pushes(database, keys, settings.push_hosts)
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
            if settings.works:
                await closing.enter_async_context(working(settings, database, keys))
            yield

    api = Litestar(
        route_handlers=[
            AccountController,
            AccountsController,
            SessionsController,
            sync_routes(sync, pokes, sessions),
            list_helplines,
            *calendar_routes(database, settings.origin),
            PushController,
            InvitationsController,
            ReachOutsController,
            steward_routes(database, settings.push_hosts),
            reporting_routes(database, settings.reports_read_by),
            health(database, remarks={"worker": partial(worker_trouble, settings, database)}),
            *([metrics(database, settings.metrics_token, METRICS)] if settings.metrics_token else []),
        ],
        before_send=[sessions.renew],
        dependencies={
            **sessions.dependencies(),
            "accounts": Provide(lambda: members, sync_to_thread=False),
            "buddies": Provide(lambda: finding, sync_to_thread=False),
            "reach_outs": Provide(lambda: reach_outs, sync_to_thread=False),
            "pushes": Provide(lambda: pushes, sync_to_thread=False),
        },
        exception_handlers=exception_handlers,
        openapi_config=openapi_config(sessions.cookie),
        request_class=BodyRequest,
        request_max_body_size=LARGEST_BODY,
        lifespan=[running],
        logging_config=None,
    )
    return AccessLog(InTime(FrontDoor(api, _app_on_the_phone(), settings)))


@cache
def _app_on_the_phone() -> Frontend:
    """Its files, read once, however many servers there are in one process."""
    return Frontend.load(FRONTEND)


def application() -> ASGIApp:
    """The server as its environment describes it: what each worker process runs."""
    settings = Settings.from_environment()
    return create_app(settings, connect(settings))
