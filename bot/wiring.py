"""Joins everything: the one place where the parts of the running bot are made and stopped."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import aiohttp
from slack_bolt.async_app import AsyncApp
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from agendas.pages.words import Words
from agendas.verbs.compose import compose
from agendas.verbs.duties import DUTIES
from bot.acquaintance import Acquaintance
from bot.bolt_app import bolt_app
from bot.clock import Clock
from bot.delivery import Delivery
from bot.installing import Installing
from bot.pacing import Pacing
from bot.parcels import Compose
from bot.scheduler import Scheduler
from bot.server import Server, web_app
from bot.settings import Settings
from bot.sharing import is_shared_outside
from bot.slack_requests import slack_events
from bot.socket import SocketListener
from bot.workspaces import SLACK_TIMEOUT, StartFailed, Workspaces
from handlers import register
from handlers.deps import Deps
from storage import forms, inbox
from storage.engine import Store
from storage.migrate import MigrationFailed, is_current, upgrade
from storage.trouble import what_to_do

TICK_SECONDS = 5.0
DAY_SECONDS = 86_400.0
DEFAULT_PORT = 3000
DRAIN_EDGE_SECONDS = 10.0
INBOX_KEPT_FOR = timedelta(days=7)
DRAFTS_KEPT_FOR = timedelta(days=30)

log = logging.getLogger("cadence")


@dataclass(frozen=True, slots=True)
class Cadence:
    """The running bot. `port` is the one it serves HTTP on, None when it serves none."""

    store: Store
    delivery: Delivery
    scheduler: Scheduler
    app: AsyncApp
    port: int | None


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock, *, tick_seconds: float = TICK_SECONDS, pacing: Pacing | None = None
) -> AsyncIterator[Cadence]:
    """The bot, listening and sending until the block ends; then it stops listening first and finishes what it began.

    `pacing` is Slack's unless another is given. Raises StartFailed, with nothing left running.
    """
    async with AsyncExitStack() as stack:
        store = await _open_store(settings, stack)
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=SLACK_TIMEOUT))
        known = Workspaces(settings, store, session)
        acquaintance = Acquaintance(settings, store, known, clock)
        stack.push_async_callback(acquaintance.stop)
        await acquaintance.begin()
        words = Words(settings.words_folder)
        delivery = Delivery(store, known.client_of, _composer(words, clock), clock, pacing=pacing)
        store.after_write = delivery.wake
        app = bolt_app(settings, known)
        edge = register(app, Deps(store, words, clock.now, partial(is_shared_outside, known)))
        await delivery.start()
        stack.push_async_callback(delivery.drain)
        stack.push_async_callback(edge.drain, DRAIN_EDGE_SECONDS)
        port = await _listen(acquaintance, app, stack)
        scheduler = _scheduler(store, acquaintance, clock, tick_seconds)
        scheduler.start()
        stack.push_async_callback(scheduler.stop)
        log.info("started", extra={"socket_mode": settings.is_socket_mode, "port": port})
        yield Cadence(store, delivery, scheduler, app, port)
        log.info("stopping")


def _composer(words: Words, clock: Clock) -> Compose:
    """Composes a letter as things stand at the moment it is sent."""
    return lambda session, letter: compose(session, letter, words=words, now=clock.now())


async def _open_store(settings: Settings, stack: AsyncExitStack) -> Store:
    store = Store(settings.database_url)
    stack.callback(store.close)
    try:
        await asyncio.to_thread(upgrade, store)
    except MigrationFailed as error:
        raise StartFailed(str(error)) from error
    except SQLAlchemyError as error:
        raise StartFailed(what_to_do(error)) from error
    return store


async def _listen(acquaintance: Acquaintance, app: AsyncApp, stack: AsyncExitStack) -> int | None:
    """Starts to listen in the mode that the settings ask for; what serves the port stops last."""
    settings = acquaintance.settings
    port = settings.port if settings.is_socket_mode or settings.port is not None else DEFAULT_PORT
    if port is not None:
        installing = Installing(acquaintance)
        stack.push_async_callback(installing.stop)
        installs = installing.routes if settings.is_for_many else ()
        requests = () if settings.is_socket_mode else (slack_events(app, settings.signing_secret),)
        ready = partial(_trouble, acquaintance.store)
        web = web_app(ready, (*requests, *installs))
        server = Server(web, host=settings.host, port=port)
        port = await server.start()
        stack.push_async_callback(server.stop)
    if settings.is_socket_mode:
        listener = SocketListener(app, app_token=settings.app_token, client=acquaintance.known.client())
        await listener.start()
        stack.push_async_callback(listener.stop)
    return port


async def _trouble(store: Store) -> str:
    """Why the bot is not ready, empty when it is."""
    try:
        await store.read(lambda session: session.execute(text("select 1")))
        current = await asyncio.to_thread(is_current, store)
    except (SQLAlchemyError, MigrationFailed) as error:
        return f"the database cannot be used: {type(error).__name__}"
    return "" if current else "the database is not migrated: run cadence migrate"


def _scheduler(store: Store, acquaintance: Acquaintance, clock: Clock, tick_seconds: float) -> Scheduler:
    async def each_day() -> None:
        now = clock.now()
        await store.write(inbox.forget_before, now - INBOX_KEPT_FOR, now=now)
        await store.write(forms.forget_drafts_before, now - DRAFTS_KEPT_FOR)
        await acquaintance.meet_everybody()

    scheduler = Scheduler(store, clock, DUTIES, tick_seconds=tick_seconds)
    scheduler.every(DAY_SECONDS, "each_day", each_day)
    return scheduler
