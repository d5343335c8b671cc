import asyncio
import logging
import shutil
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import aiohttp
import pytest
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.parser import text_string_to_metric_families
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import inspect, make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.events import Profile
from agendas.facts.people import Author
from agendas.verbs.account_list import nominate, put_on_list
from agendas.verbs.jobs import DueJob
from bot import health
from bot.clock import SystemClock
from bot.delivery import Delivery
from bot.scheduler import Scheduler
from bot.sending import Result
from bot.settings import Settings
from bot.slack_api import SlackWatch
from bot.wiring import BotProcess, running
from sandbox.faults import Fault
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS
from storage import inbox
from storage.database import READERS, Store
from storage.diagnostics import Installations, Slots
from storage.migrate import check_write
from tests.bot.processes import MANIFEST
from tests.cases import cases
from tests.databases.postgres import Postgres


# Health checks of schedule, delivery, database and event loop: each trouble is a sentence.
class Old(health.Heartbeat):
    @property
    def age_seconds(self) -> float:
        return 120.0


def test_a_loop_that_stands_still_is_a_trouble() -> None:
    assert list(health.Loops(health.Heartbeat(), health.Heartbeat(), 5.0).troubles()) == []
    schedule, delivery = health.Loops(Old(), Old(), 5.0).troubles()
    assert "The schedule has not moved on for 120 seconds" in schedule
    assert "Letters have not been looked for in 120 seconds" in delivery
    assert list(health.Loops(Old(), health.Heartbeat(), 3_600).troubles()) == []


async def test_the_database_is_well_when_it_has_the_schema_of_this_version(store: Store) -> None:
    assert await health.DatabaseProbe(store).trouble() == ""


async def test_a_database_without_the_schema_is_a_trouble(empty_database_url: str) -> None:
    store = Store(empty_database_url)
    assert "has no schema and needs 0" in await health.DatabaseProbe(store).trouble()
    store.close()


async def test_a_database_that_cannot_be_opened_is_a_trouble() -> None:
    store = Store("sqlite:////nowhere/at/all.db")
    assert "The database cannot be opened" in await health.DatabaseProbe(store).trouble()
    store.close()


async def test_a_database_that_hangs_does_not_hold_the_answer(tmp_path: Path, migrated_sqlite: Path) -> None:
    shutil.copy(migrated_sqlite, tmp_path / "cadence.db")
    store, may_go_on = Store(f"sqlite:///{tmp_path / 'cadence.db'}"), threading.Event()
    all_hang = threading.Barrier(READERS + 1)

    def hang(_session: Session) -> bool:
        all_hang.wait(10)
        return may_go_on.wait(10)

    hanging = [asyncio.create_task(store.read(hang)) for _ in range(READERS)]
    await asyncio.to_thread(all_hang.wait, 10)
    probe = health.DatabaseProbe(store)
    assert "did not answer within 0.05 seconds" in await probe.trouble(seconds=0.05)
    may_go_on.set()
    await asyncio.gather(*hanging)
    assert await probe.trouble() == ""
    store.close()


async def test_how_late_the_loop_wakes_is_told_again_and_again() -> None:
    told: list[float] = []
    enough = asyncio.Event()

    def after_wake(late_seconds: float) -> None:
        told.append(late_seconds)
        if len(told) == 1:
            held_up_until = monotonic() + 0.05
            while monotonic() < held_up_until:
                pass
        if len(told) == 3:
            enough.set()

    end = health.follow_loop(after_wake, every_seconds=0.01)
    await asyncio.wait_for(enough.wait(), PATIENCE_SECONDS)
    end()
    assert max(told) >= 0.03
    assert min(told) >= 0


# A database that answers but takes nothing: the bot says so, also while it has nothing to write.

LOCKED = "The database is locked by another program. Stop that program, then try again."
FULL = "The disk of the database is full. Free space, then try again."
ONLY_READ = "The database can only be read. Make its file, folder or server writable, then try again."

Undo = Callable[[], object]


class Counted(health.Heartbeat):
    beats = 0

    def beat(self) -> None:
        self.beats += 1


def run(store: Store, statement: str) -> None:
    """Runs it in the connection that writes: there is one while nobody else wants another."""
    connection = store.engine.raw_connection()
    connection.cursor().execute(statement)
    connection.commit()
    connection.close()


def lock(store: Store) -> Undo:
    """Lock the file as another program would."""
    run(store, "pragma busy_timeout=0")
    other = sqlite3.connect(make_url(store.url).database or "", isolation_level=None)
    other.execute("begin immediate")
    return other.close


def fill(store: Store) -> Undo:
    """Keep the file from growing, like a full disk."""
    run(store, "pragma max_page_count=1")
    return lambda: run(store, "pragma max_page_count=1000000")


def forbid(store: Store) -> Undo:
    """Make the database read-only."""
    how = "pragma query_only=%s" if store.is_sqlite else "set session characteristics as transaction read %s"
    run(store, how % ("on" if store.is_sqlite else "only"))
    return lambda: run(store, how % ("off" if store.is_sqlite else "write"))


async def is_tried(store: Store) -> str:
    """Return the trouble that a new probe finds once it has tried to write."""
    probe = health.DatabaseProbe(store)
    await probe.trouble()
    await probe.write_check.result(timeout_seconds=PATIENCE_SECONDS)
    return await probe.trouble()


def tables(store: Store) -> list[str]:
    return store.read_now(lambda session: inspect(session.connection()).get_table_names())


async def test_a_trial_leaves_nothing(store: Store) -> None:
    before = tables(store)
    await store.write(check_write)
    assert tables(store) == before
    assert await is_tried(store) == ""


async def test_a_database_that_can_only_be_read_is_a_trouble_until_it_takes_something(store: Store) -> None:
    assert await is_tried(store) == ""
    undo = forbid(store)
    assert await is_tried(store) == ONLY_READ
    undo()
    assert await is_tried(store) == ""


@pytest.mark.parametrize(("befall", "said"), [(lock, LOCKED), (fill, FULL)])
async def test_a_locked_or_full_file_is_a_trouble_until_it_takes_something(tmp_path, migrated_sqlite, befall, said):
    shutil.copy(migrated_sqlite, tmp_path / "cadence.db")
    store = Store(f"sqlite:///{tmp_path / 'cadence.db'}")
    undo = befall(store)
    assert await is_tried(store) == said
    undo()
    assert await is_tried(store) == ""
    store.close()


async def test_a_trial_reaches_the_disk_of_postgresql(postgres: Postgres) -> None:
    url = postgres.create(is_migrated=True)
    store = Store(url)
    run(store, "set temp_file_limit = '1kB'")
    with pytest.raises(DBAPIError, match="temporary file size exceeds"):
        await store.write(check_write)
    store.close()
    postgres.drop(url)


async def test_what_the_bot_itself_wanted_to_write_is_known_without_a_trial(store: Store) -> None:
    probe = health.DatabaseProbe(store)
    assert await probe.trouble() == ""
    await probe.write_check.result(timeout_seconds=PATIENCE_SECONDS)
    undo = forbid(store)
    with pytest.raises(Exception, match="read"):
        await store.write(inbox.note_key, "T1", "event", SystemClock().now())
    assert await probe.trouble() == ONLY_READ
    undo()
    await store.write(inbox.note_key, "T1", "event", SystemClock().now())
    assert await probe.trouble() == ""


async def test_a_tick_that_the_database_does_not_take_does_not_move_the_schedule_on(store: Store) -> None:
    def find(_session: Session, _now: datetime) -> list[int]:
        return [1]

    def serve(session: Session, row_id: int, now: datetime) -> None:
        inbox.note_key(session, "T1", f"duty:{row_id}", now)

    ticks = Scheduler(
        store, SystemClock(), [DueJob("work", find, serve, lambda *_: None, lambda *_: None)], tick_seconds=3600
    )
    ticks.heartbeat = heartbeat = Counted()
    await ticks.tick_now()
    assert heartbeat.beats > 0
    undo, heartbeat.beats = forbid(store), 0
    await ticks.tick_now()
    assert heartbeat.beats == 0
    undo()
    await ticks.tick_now()
    assert heartbeat.beats > 0


async def test_a_tick_that_cannot_ask_what_is_due_does_not_move_the_schedule_on(store: Store) -> None:
    def find(_session: Session, _now: datetime) -> list[int]:
        raise LookupError

    ticks = Scheduler(store, SystemClock(), [DueJob("work", find, print, print, lambda *_: None)], tick_seconds=3600)
    ticks.heartbeat = heartbeat = Counted()
    await ticks.tick_now()
    assert heartbeat.beats == 0


class Heard(logging.Handler):
    """Notices when the delivery could not look for letters."""

    def __init__(self) -> None:
        super().__init__()
        self.failed = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() == "claim_failed":
            self.failed.set()


async def test_a_look_for_letters_that_fails_does_not_move_the_delivery_on(store: Store) -> None:
    heard, log = Heard(), logging.getLogger("cadence.delivery")
    log.addHandler(heard)
    delivery = Delivery(store, lambda _id: asyncio.sleep(0), lambda _session, _letter: [], SystemClock())
    delivery.heartbeat = heartbeat = Counted()
    await delivery.start()
    run(store, "alter table letter rename to letters_away")
    heartbeat.beats = 0
    delivery.wake()
    await asyncio.wait_for(heard.failed.wait(), PATIENCE_SECONDS)
    run(store, "alter table letters_away rename to letter")
    log.removeHandler(heard)
    assert heartbeat.beats == 0
    await delivery.drain()


# Health of Slack by the bot's own calls: each failure has a code, each trouble is a sentence.
class Silent(SlackWatch):
    """A watch of a Slack that has not answered for a minute."""

    @property
    def silent_seconds(self) -> float:
        return 60.0


class Watched:
    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.errors: list[tuple[str, str]] = []
        self.calls: list[str] = []
        self.watch = SlackWatch(
            sandbox.api_url,
            lambda method, _seconds: self.calls.append(method),
            lambda method, code: self.errors.append((method, code)),
            own_token=sandbox.bot_token,
        )
        self.session = aiohttp.ClientSession(trace_configs=[self.watch.trace()])
        self.client = AsyncWebClient(
            token=sandbox.bot_token, base_url=sandbox.api_url, session=self.session, retry_handlers=[self.watch]
        )
        self.probe = health.SlackProbe(self.watch, self.client.auth_test)

    async def fails(self, fault: Fault) -> None:
        self.sandbox.faults.add("auth.test", fault)
        with pytest.raises((SlackApiError, aiohttp.ClientError)):
            await self.client.auth_test()

    async def is_asked_again(self) -> list[str]:
        """Return the troubles after the probe has called Slack again by itself."""
        await self.probe.troubles()
        await self.probe.recheck.result(timeout_seconds=PATIENCE_SECONDS)
        return await self.probe.troubles()


@pytest.fixture
async def watched() -> AsyncIterator[Watched]:
    async with Sandbox() as sandbox:
        watched = Watched(sandbox)
        yield watched
        watched.probe.recheck.cancel()
        await watched.session.close()


async def test_slack_is_well_as_long_as_it_answers(watched: Watched) -> None:
    await watched.client.auth_test()
    assert await watched.probe.troubles() == []
    assert (watched.calls, watched.errors) == (["auth.test"], [])


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault(error="not_in_channel"), "not_in_channel"),
        (Fault(error="made_up_by_slack_tomorrow"), "other"),
        (Fault(status=429, error="ratelimited", retry_after=1), "ratelimited"),
        (Fault(status=503), "service_unavailable"),
        (Fault(cut="before"), "no_answer"),
    ],
)
async def test_each_failed_call_is_told_by_a_code_from_a_list(watched: Watched, fault: Fault, code: str) -> None:
    await watched.fails(fault)
    assert watched.errors == [("auth.test", code)]
    assert watched.calls == ["auth.test"]


async def test_a_refused_token_is_a_trouble_until_slack_takes_it_again(watched: Watched) -> None:
    await watched.fails(Fault(error="token_revoked"))
    assert await watched.probe.troubles() == [
        "Slack refused the bot's token (token_revoked): copy it again, or install the app again."
    ]
    assert await watched.is_asked_again() == []


async def test_the_token_of_one_of_many_workspaces_says_nothing_of_the_others(watched: Watched) -> None:
    heard: list[tuple[str, str]] = []
    watched.watch.after_token = lambda token, refusal: heard.append((token, refusal))
    with pytest.raises(SlackApiError):
        await watched.client.auth_test(token="xoxb-of-another")
    await watched.client.auth_test()
    assert heard == [("xoxb-of-another", "invalid_auth"), (watched.sandbox.bot_token, "")]
    assert await watched.probe.troubles() == []
    await watched.fails(Fault(error="token_revoked"))
    with pytest.raises(SlackApiError):
        await watched.client.users_info(user="U0NOBODY", token="xoxb-of-another")
    assert len(await watched.probe.troubles()) == 1


async def test_the_app_level_token_says_nothing_of_the_bots_own(watched: Watched) -> None:
    with pytest.raises(SlackApiError):
        await watched.client.apps_connections_open(app_token="xapp-wrong")
    assert watched.errors == [("apps.connections.open", "invalid_auth")]
    assert await watched.probe.troubles() == []


async def test_slack_is_asked_again_at_most_every_few_seconds(watched: Watched) -> None:
    watched.sandbox.faults.refuse("auth.test", "token_revoked", times=10)
    await watched.fails(Fault(error="token_revoked"))
    assert len(await watched.is_asked_again()) == 1
    for _ in range(3):
        assert len(await watched.probe.troubles()) == 1
    assert len(watched.calls) == 2


async def test_one_call_without_an_answer_is_no_trouble_yet_but_a_minute_of_them_is(watched: Watched) -> None:
    await watched.fails(Fault(cut="before"))
    assert watched.watch.silent_seconds > 0
    assert await watched.is_asked_again() == []
    assert watched.watch.silent_seconds == 0
    probe = health.SlackProbe(Silent(watched.sandbox.api_url), watched.client.auth_test)
    assert await probe.troubles() == ["Slack has not answered for 60 seconds: check the network."]


# Single-flight work: never twice at once, shared by all who ask, waited for only so long.
class Work:
    """Work that counts its runs and ends when it may."""

    def __init__(self) -> None:
        self.runs = 0
        self.may_end = asyncio.Event()

    async def run(self) -> str:
        self.runs += 1
        await self.may_end.wait()
        return f"run {self.runs}"


async def test_work_that_hangs_is_waited_for_only_so_long_and_started_only_once() -> None:
    work = Work()
    flight = health.SingleFlight(work.run)
    assert await flight.result(timeout_seconds=0.01) is None
    assert await flight.result(timeout_seconds=0.01) is None
    work.may_end.set()
    assert await flight.result(timeout_seconds=PATIENCE_SECONDS) == "run 1"
    assert await flight.result(timeout_seconds=PATIENCE_SECONDS) == "run 2"


async def test_all_who_ask_while_it_runs_share_one_run() -> None:
    work = Work()
    flight = health.SingleFlight(work.run)
    asking = [asyncio.create_task(flight.result(timeout_seconds=PATIENCE_SECONDS)) for _ in range(3)]
    await asyncio.sleep(0)
    work.may_end.set()
    assert await asyncio.gather(*asking) == ["run 1"] * 3


async def test_the_next_run_waits_for_the_pause_after_the_last_start() -> None:
    work = Work()
    work.may_end.set()
    patient, eager = health.SingleFlight(work.run, pause_seconds=3_600), health.SingleFlight(work.run, pause_seconds=0)
    assert [await patient.result(timeout_seconds=PATIENCE_SECONDS) for _ in range(2)] == ["run 1"] * 2
    assert [await eager.result(timeout_seconds=PATIENCE_SECONDS) for _ in range(2)] == ["run 2", "run 3"]


async def test_an_error_is_raised_to_who_asked_and_the_next_run_begins_anew() -> None:
    fails = True

    async def run() -> str:
        if fails:
            raise LookupError
        return "well"

    flight = health.SingleFlight(run)
    with pytest.raises(LookupError):
        await flight.result(timeout_seconds=PATIENCE_SECONDS)
    fails = False
    assert await flight.result(timeout_seconds=PATIENCE_SECONDS) == "well"


async def test_a_cancelled_run_ends() -> None:
    flight = health.SingleFlight(Work().run)
    run = flight.start()
    flight.cancel()
    await asyncio.wait({run}, timeout=PATIENCE_SECONDS)
    assert run.cancelled()


# Metrics: the names, types, labels and meanings that dashboards rely on, and the right figures.

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
READING = health.HealthFigures(
    now=NOON,
    stored=health.Stored(3, NOON - timedelta(seconds=90), Slots(late=1, missed=2, overdue=0), Installations(4, 1)),
    takes_writes=True,
    tick_age_seconds=1.5,
    delivery_age_seconds=0.25,
    connected=True,
)


def filled() -> health.Metrics:
    metrics = health.Metrics(CollectorRegistry(), NOON)
    metrics.after_request("command", "done", 0.004)
    metrics.after_run("read", 0.0001, 0.002)
    metrics.after_call("chat.postMessage", 0.2)
    for code in ("not_in_channel", "not_in_channel", "ratelimited"):
        metrics.after_error("chat.postMessage", code)
    metrics.after_letter("post", "sent")
    metrics.ticks.observe(0.01)
    metrics.loop_lag.observe(0.001)
    return metrics


def families(reading: health.HealthFigures = READING) -> dict[str, Metric]:
    found = text_string_to_metric_families(filled().page(reading))
    return {f"{each.name}_total" if each.type == "counter" else each.name: each for each in found}


def amounts(reading: health.HealthFigures = READING) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families(reading).values()
        for sample in family.samples
    }


@cases(
    ("name", "labels", "amount"),
    [
        ("cadence_request_seconds_count", {"kind": "command", "outcome": "done"}, 1),
        ("cadence_slack_call_seconds_bucket", {"method": "chat.postMessage", "le": "0.1"}, 0),
        ("cadence_slack_call_seconds_bucket", {"method": "chat.postMessage", "le": "0.25"}, 1),
        ("cadence_slack_errors_total", {"method": "chat.postMessage", "code": "not_in_channel"}, 2),
        ("cadence_slack_errors_total", {"method": "chat.postMessage", "code": "ratelimited"}, 1),
        ("cadence_database_wait_seconds_count", {"kind": "read"}, 1),
        ("cadence_database_run_seconds_sum", {"kind": "read"}, 0.002),
        ("cadence_letters_total", {"kind": "post", "outcome": "sent"}, 1),
        ("cadence_tick_seconds_count", {}, 1),
        ("cadence_loop_lag_seconds_count", {}, 1),
        ("cadence_database_up", {}, 1),
        ("cadence_outbox_letters", {}, 3),
        ("cadence_outbox_oldest_seconds", {}, 90),
        ("cadence_slots", {"state": "late"}, 1),
        ("cadence_slots", {"state": "missed"}, 2),
        ("cadence_slots", {"state": "overdue"}, 0),
        ("cadence_workspaces", {"state": "active"}, 4),
        ("cadence_workspaces", {"state": "stopped"}, 1),
        ("cadence_tick_age_seconds", {}, 1.5),
        ("cadence_delivery_age_seconds", {}, 0.25),
        ("cadence_socket_connections", {}, 1),
        ("process_start_time_seconds", {}, 1795521600),
    ],
)
def test_the_page_says(name: str, labels: dict[str, str], amount: float) -> None:
    assert amounts()[name, frozenset(labels.items())] == amount


def test_two_bots_in_one_process_count_apart() -> None:
    counted, fresh = filled(), health.Metrics(CollectorRegistry(), NOON)
    assert 'cadence_letters_total{kind="post",outcome="sent"}' in counted.page(READING)
    assert 'cadence_letters_total{kind="post",outcome="sent"}' not in fresh.page(READING)


def test_the_operations_page_names_everything_that_is_measured() -> None:
    page = (Path(__file__).parents[2] / "docs/operations/watch.md").read_text(encoding="utf-8")
    assert [name for name in families() if f"`{name}`" not in page] == []


def test_the_operations_page_names_every_result_of_sending_a_letter() -> None:
    page = (Path(__file__).parents[2] / "docs/operations/watch.md").read_text(encoding="utf-8")
    assert f"the result of each attempt ({', '.join(Result)})" in page


def test_without_the_database_the_rest_is_still_told() -> None:
    reading = health.HealthFigures(NOON, None, True, 1.0, 1.0, None)
    absent = {
        "cadence_outbox_letters",
        "cadence_outbox_oldest_seconds",
        "cadence_slots",
        "cadence_workspaces",
        "cadence_socket_connections",
    }
    assert set(families(reading)) == families().keys() - absent
    assert amounts(reading)["cadence_database_up", frozenset()] == 0


def test_a_database_that_takes_nothing_is_not_up() -> None:
    found = amounts(replace(READING, takes_writes=False))
    assert found["cadence_database_up", frozenset()] == 0
    assert found["cadence_outbox_letters", frozenset()] == 3


# The pages of a running bot: whether it is alive and ready, and what it measures.

WEEKLY, TICK_SECONDS = "abm-weekly", 0.8


class Served:
    def __init__(self, sandbox: Sandbox, cadence: BotProcess, http: aiohttp.ClientSession) -> None:
        self.sandbox = sandbox
        self.cadence = cadence
        self._http = http

    async def page(self, path: str) -> tuple[int, str]:
        async with self._http.get(f"http://127.0.0.1:{self.cadence.port}{path}") as answer:
            return answer.status, await answer.text()

    async def lists(self, name: str) -> None:
        team, ann = self.sandbox.workspace.team.id, self.sandbox.person("ann").id
        author = Author(team, ann, Source.COMMAND, SystemClock().now(), "UTC")
        store = self.cadence.store
        event = (await store.write(nominate, author, Profile(name=name), because="It fits")).event
        await store.write(put_on_list, author, event.account_id, tier=1, because="It fits")

    async def becomes(self, path: str, holds: Callable[[str], bool]) -> str:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not holds(text := (await self.page(path))[1]):  # noqa: ASYNC110 - a page tells nobody that it changed
                await asyncio.sleep(TICK_SECONDS)
        return text


@pytest.fixture
async def served(tmp_path: Path, migrated_sqlite: Path) -> AsyncIterator[Served]:
    shutil.copy(migrated_sqlite, tmp_path / "cadence.db")
    async with Sandbox(manifest=MANIFEST, ack_seconds=PATIENCE_SECONDS) as sandbox, aiohttp.ClientSession() as http:
        sandbox.add_channel(WEEKLY, members=[sandbox.add_user("ann")])
        settings = Settings(
            bot_token=sandbox.bot_token,
            app_token=sandbox.app_token,
            slack_api_url=sandbox.api_url,
            database_url=f"sqlite:///{tmp_path / 'cadence.db'}",
            admins=(sandbox.person("ann").id,),
            port=0,
        )
        async with running(settings, SystemClock(), tick_seconds=TICK_SECONDS) as cadence:
            await sandbox.connected()
            yield Served(sandbox, cadence, http)


async def test_the_whole_bot_tells_that_it_is_well_and_what_it_did(served: Served) -> None:
    ann = served.sandbox.person("ann")
    await ann.types("/account nominate Acme because it fits", in_=WEEKLY)
    await ann.types("/account nosuch", in_=WEEKLY)
    await ann.says("How is Acme?", to="cadence")
    assert await served.page("/healthz") == (200, "ok")
    assert await served.page("/readyz") == (200, "ready")
    await ann.sees("Acme", in_=served.sandbox.workspace.bot.name)
    sent = 'cadence_letters_total{kind="post",outcome="sent"} 1.0'
    page = await served.becomes("/metrics", lambda text: sent in text and "cadence_outbox_letters 0.0" in text)
    for line in (
        'cadence_request_seconds_count{kind="command",outcome="done"} 1.0',
        'cadence_request_seconds_count{kind="command",outcome="refused"} 1.0',
        'cadence_slack_call_seconds_count{method="chat.postMessage"} 1.0',
        "cadence_outbox_letters 0.0",
        "cadence_socket_connections 1.0",
        "cadence_database_up 1.0",
        'cadence_slots{state="missed"} 0.0',
    ):
        assert line in page.splitlines()
    assert 'kind="event"' in page
    assert 'cadence_database_run_seconds_count{kind="write"}' in page
    assert "cadence_tick_seconds_count" in page
    assert "Acme" not in page
    assert ann.id not in page


async def test_the_whole_bot_tells_what_keeps_it_from_its_work(served: Served) -> None:
    served.sandbox.faults.refuse("chat.postMessage", "token_revoked")
    served.sandbox.faults.refuse("auth.test", "token_revoked", times=100)
    await served.cadence.store.write(lambda session: session.connection().exec_driver_sql("drop table alembic_version"))
    await served.sandbox.person("ann").says("How is Acme?", to="cadence")
    said = await served.becomes("/readyz", lambda text: "token" in text)
    status, _ = await served.page("/readyz")
    assert status == 503
    database, slack = said.splitlines()
    assert database.startswith("The database has no schema and needs ")
    assert slack.startswith("Slack refused the bot's token (token_revoked)")
    assert (await served.page("/healthz"))[0] == 200


async def test_figures_tell_that_the_database_takes_nothing_though_nobody_writes(served: Served) -> None:
    undo = forbid(served.cadence.store)
    await served.becomes("/metrics", lambda text: "cadence_database_up 0.0" in text)
    undo()


async def test_the_whole_bot_counts_what_slack_refused_and_did_not_answer(served: Served) -> None:
    served.sandbox.faults.add("chat.postMessage", Fault(cut="before"))
    served.sandbox.faults.refuse("conversations.replies", "missing_scope")
    await served.sandbox.person("ann").says("How is Acme?", to="cadence")
    page = await served.becomes("/metrics", lambda text: "missing_scope" in text)
    assert [line for line in page.splitlines() if line.startswith("cadence_slack_errors_total")] == [
        'cadence_slack_errors_total{code="no_answer",method="chat.postMessage"} 1.0',
        'cadence_slack_errors_total{code="missing_scope",method="conversations.replies"} 1.0',
    ]


async def test_where_the_only_workspace_has_stopped_everything_says_so_until_its_token_is_good_again(served: Served):
    ann, faults = served.sandbox.person("ann"), served.sandbox.faults
    await served.lists("Acme")
    faults.refuse("chat.postMessage", "token_revoked")
    faults.refuse("auth.test", "token_revoked", times=100)
    await ann.says("How is Acme?", to="cadence")
    stopped = 'cadence_workspaces{state="stopped"} 1.0'
    page = await served.becomes("/metrics", lambda text: stopped in text)
    assert 'cadence_workspaces{state="active"} 0.0' in page
    answer = await ann.types("/review now", in_=WEEKLY)
    assert "is open, but nothing is posted: Slack refuses the bot's token." in answer
    assert "If that is done within 2 hours, the review is still posted; later it counts as missed." in answer
    status, said = await served.page("/readyz")
    assert (status, said.splitlines()[0]) == (503, health.STOPPED)
