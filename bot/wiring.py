"""The composition root: makes, joins and stops the parts of the running bot."""

import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial

from prometheus_client import CollectorRegistry
from slack_bolt.async_app import AsyncApp

from agendas.errors import WordsRefused
from agendas.rendering.words import Words
from agendas.verbs.compose import compose
from agendas.verbs.jobs import DUE_JOBS
from bot.agent_view import set_session, show_prompts
from bot.clock import Clock
from bot.delivery import Delivery
from bot.health import DatabaseProbe, Health, Loops, Metrics, SlackProbe, StatusPages, follow_loop
from bot.imports import FileImportWorker
from bot.install import OAuthInstaller, Onboarding
from bot.intake import CalendarRequests, HttpServer, SignalRequests, bolt_app, slack_events, web_app
from bot.mail import MailWorker, mail_server, sender_through
from bot.pacing import RateLimit
from bot.people_sync import CHECK_SECONDS, MemberReader, TokenCheck
from bot.questions import QuestionWorker, language_model
from bot.scheduler import LOOK_SECONDS, Daily, Scheduler
from bot.sending import Compose
from bot.settings import Settings, program_version
from bot.slack_api import SlackWatch, StartFailed, Workspaces, ask_channel, fetch_file, send_file, slack_session
from bot.socket_mode import SocketListener
from bot.store import open_store
from handlers import register
from handlers.edge.deps import Deps
from handlers.questions import answer_pending
from storage.database import Store

TICK_SECONDS = 5.0
DEFAULT_PORT = 3000
DRAIN_EDGE_SECONDS = 10.0

log = logging.getLogger("cadence")


@dataclass(frozen=True, slots=True)
class BotProcess:
    """The running bot. `port` is the HTTP port, None when it serves none."""

    store: Store
    delivery: Delivery
    scheduler: Scheduler
    app: AsyncApp
    port: int | None


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock, *, tick_seconds: float = TICK_SECONDS, rate_limit: RateLimit | None = None
) -> AsyncIterator[BotProcess]:
    """Run the bot until the block ends; then stop listening first and finish what it began.

    `rate_limit` is Slack's unless another is given. Raises StartFailed, with nothing left running.
    """
    async with AsyncExitStack() as stack:
        words, metrics = _load_words(settings), Metrics(CollectorRegistry(), clock.now())
        store = await open_store(settings, clock, stack)
        store.after_run = metrics.after_run
        known = await _workspaces(settings, store, metrics, stack)
        tokens = _tokens(store, known, clock, stack)
        onboarding = Onboarding(settings, store, known, clock)
        stack.push_async_callback(onboarding.stop)
        await onboarding.start()
        delivery = _delivery(
            onboarding,
            metrics,
            lambda session, letter: compose(session, letter, words=words, now=clock.now()),
            rate_limit,
        )
        app = bolt_app(settings, known)
        members = await _members(store, known, clock, stack)
        imports = FileImportWorker(store, words, clock, partial(fetch_file, known))
        questions = QuestionWorker(store, words, clock, model_seconds=settings.model_seconds)
        deps = Deps(
            store,
            words,
            clock.now,
            partial(ask_channel, known),
            after_request=metrics.after_request,
            version=program_version(),
            seal=known.sealing.seal,
            send_file=partial(send_file, known),
            begin_imports=imports.wake,
            after_answers=delivery.count_answers,
            members_of=members.members_of,
            read_members=members.wake,
            model=await stack.enter_async_context(language_model(settings, store, words, clock)),
            begin_answers=questions.wake,
            stop_answers=questions.drop,
            set_session=partial(set_session, known),
            suggest=partial(show_prompts, known),
            fetch_file=partial(fetch_file, known),
            has_mail=bool(settings.smtp_url),
            public_url=settings.public_url,
        )
        questions.begin(partial(answer_pending, deps=deps))
        edge = register(app, deps)
        await delivery.start()
        stack.push_async_callback(delivery.drain)
        stack.push_async_callback(imports.stop)
        stack.push_async_callback(questions.stop)
        stack.push_async_callback(edge.drain, DRAIN_EDGE_SECONDS)
        scheduler = _scheduler(onboarding, words, stack, tick_seconds)
        scheduler.every(CHECK_SECONDS, "check_tokens", tokens.check)
        scheduler.every(tick_seconds, "read_files", imports.resume)
        scheduler.every(tick_seconds, "answer_questions", questions.resume)
        scheduler.after_tick, scheduler.before_tick = metrics.ticks.observe, members.catch_up
        loops = Loops(scheduler.heartbeat, delivery.heartbeat, tick_seconds)
        port = await _listen(onboarding, app, _status_pages(onboarding, metrics, loops, stack), stack, words=words)
        scheduler.start()
        stack.push_async_callback(scheduler.stop)
        log.info("started", extra={"socket_mode": settings.is_socket_mode, "port": port})
        yield BotProcess(store, delivery, scheduler, app, port)
        log.info("stopping")


def _load_words(settings: Settings) -> Words:
    """Load the words, with the folder of the settings if there is one. Raises StartFailed for a wrong template."""
    try:
        return Words(settings.words_folder)
    except WordsRefused as error:
        raise StartFailed(f"CADENCE_WORDS: {error}") from error


def _tokens(store: Store, known: Workspaces, clock: Clock, stack: AsyncExitStack) -> TokenCheck:
    """Return the check of tokens; the watch of Slack's answers tells it of every refusal."""
    tokens = TokenCheck(store, known, clock)
    known.watch.after_token = tokens.hear
    stack.push_async_callback(tokens.stop)
    return tokens


async def _members(store: Store, known: Workspaces, clock: Clock, stack: AsyncExitStack) -> MemberReader:
    """Return the reader of members after its first read; nobody counts as a member of a channel not read yet."""
    members = MemberReader(store, known, clock)
    await members.forget()
    stack.push_async_callback(members.stop)
    await members.catch_up()
    return members


def _delivery(onboarding: Onboarding, metrics: Metrics, composer: Compose, rate_limit: RateLimit | None) -> Delivery:
    """Return the delivery, woken by each write that may have queued a letter."""
    store, known, clock = onboarding.store, onboarding.known, onboarding.clock
    delivery = Delivery(store, known.client_for, composer, clock, rate_limit=rate_limit, slack_time=known.watch.time)
    delivery.after_letter = metrics.after_letter
    store.after_write = delivery.wake
    return delivery


async def _workspaces(settings: Settings, store: Store, metrics: Metrics, stack: AsyncExitStack) -> Workspaces:
    """Return the workspaces; the metrics measure every call of Slack."""
    watch = SlackWatch(settings.slack_api_url, metrics.after_call, metrics.after_error, own_token=settings.bot_token)
    session = slack_session(trace_configs=[watch.trace()])
    return Workspaces(settings, store, await stack.enter_async_context(session), watch)


async def _listen(
    onboarding: Onboarding, app: AsyncApp, pages: StatusPages, stack: AsyncExitStack, *, words: Words
) -> int | None:
    """Listen in the mode of the settings and return the HTTP port, None without one; the port's server stops last."""
    settings, listener = onboarding.settings, None
    if settings.is_socket_mode:
        listener = SocketListener(app, app_token=settings.app_token, client=onboarding.known.client())
        pages.health.slack.socket = listener
    port = settings.port if settings.is_socket_mode or settings.port is not None else DEFAULT_PORT
    if port is not None:
        installs = OAuthInstaller(onboarding).routes if settings.is_for_many else ()
        requests = () if settings.is_socket_mode else (slack_events(app, settings.signing_secret),)
        signals = SignalRequests(onboarding.store, onboarding.known.sealing, onboarding.clock)
        calendars = CalendarRequests(onboarding.store, words, onboarding.clock)
        web = web_app(pages.ready, (pages.metrics_route, signals.route, calendars.route, *requests, *installs))
        server = HttpServer(web, host=settings.host, port=port)
        port = await server.start()
        stack.push_async_callback(server.stop)
    if listener is not None:
        await listener.start()
        stack.push_async_callback(listener.stop)
    return port


def _status_pages(onboarding: Onboarding, metrics: Metrics, loops: Loops, stack: AsyncExitStack) -> StatusPages:
    """Return the status pages with the checks behind them; both stop with the stack."""
    known, store = onboarding.known, onboarding.store
    health = Health(DatabaseProbe(store, known.own_id), SlackProbe(known.watch, known.ask_anything), loops)
    stack.callback(health.stop)
    stack.callback(follow_loop(metrics.loop_lag.observe))
    return StatusPages(health, metrics, store, onboarding.clock, own_id=known.own_id)


def _scheduler(onboarding: Onboarding, words: Words, stack: AsyncExitStack, tick_seconds: float) -> Scheduler:
    """Return the scheduler with the due jobs, the daily maintenance, and mails where a server is set."""
    store, clock = onboarding.store, onboarding.clock
    scheduler = Scheduler(store, clock, DUE_JOBS, tick_seconds=tick_seconds)
    scheduler.every(LOOK_SECONDS, "each_day", Daily(store, clock, onboarding.refresh_all_people).run_if_due)
    if url := onboarding.settings.smtp_url:
        mails = MailWorker(store, words, clock, sender_through(mail_server(url), clock))
        scheduler.every(tick_seconds, "send_mails", mails.resume)
        stack.push_async_callback(mails.stop)
    return scheduler
