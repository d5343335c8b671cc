import asyncio
import hashlib
import hmac
import io
import json
import shutil
import time as time_time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from cryptography.fernet import Fernet
from icalendar import Calendar
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session, select
from starlette.types import Message

from agendas.facts.events import Profile
from agendas.rendering.words import Words
from agendas.verbs import account_list, calendar
from agendas.verbs.cadences import hold_after_all, move_one, skip
from bot import intake
from bot.intake import (
    A_MINUTE_FROM_ONE,
    SIGNALS_BODY_BYTES,
    SIGNALS_PATH,
    HttpServer,
    closing_once,
    signature_of,
    web_app,
)
from bot.logs import set_up_logs
from bot.settings import Sealing
from bot.slack_api import StartFailed
from sandbox.workspace import PATIENCE_SECONDS
from storage import people
from storage.database import Store
from storage.models.accounts import Account
from storage.models.following import CalendarFeed
from storage.models.subjects import SignalRow
from storage.models.workspaces import Person, Workspace
from tests.builders import ANN, BOB, CHANNEL, EVE, NOW, WORKSPACE, ZONE, ago
from tests.cases import cases
from tests.program import Program, people_alone, stored_program

# The HTTP server: it serves until it is stopped, and says whether the bot is well.

SECRET = "shared-secret"
FORM = "application/x-www-form-urlencoded"


async def authorize(team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token="xoxb-1", bot_user_id="U1")


class Bot:
    def __init__(self) -> None:
        self.trouble = ""
        self.began = asyncio.Event()
        self.may_end = asyncio.Event()
        self.may_end.set()
        self.app = AsyncApp(
            signing_secret=SECRET,
            client=AsyncWebClient(),
            authorize=authorize,
            process_before_response=True,
            request_verification_enabled=False,
        )
        self.app.command("/account")(self._account)
        self.server = HttpServer(
            web_app(self._ready, [intake.slack_events(self.app, SECRET)]), host="127.0.0.1", port=0
        )

    async def _ready(self) -> str:
        return self.trouble

    async def _account(self, ack: AsyncAck) -> None:
        self.began.set()
        await self.may_end.wait()
        await ack("my accounts")


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    bot = Bot()
    bot.port = await bot.server.start()  # type: ignore[attr-defined]
    yield bot
    bot.may_end.set()
    await bot.server.stop()


@pytest.fixture
async def http(bot: Bot) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{bot.port}") as session:  # type: ignore[attr-defined]
        yield session


def signed_now(body: bytes) -> dict[str, str]:
    stamp = str(int(time_time.time()))
    digest = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={digest}", "content-type": FORM}


COMMAND = b"command=%2Faccount&team_id=T1&user_id=U2&channel_id=C1&text=&trigger_id=1.2"


async def test_health_says_that_the_process_lives_and_readiness_what_keeps_it(bot: Bot, http: aiohttp.ClientSession):
    async with http.get("/healthz") as answer:
        assert (answer.status, await answer.text()) == (200, "ok")
    async with http.get("/readyz") as answer:
        assert (answer.status, await answer.text()) == (200, "ready")
    bot.trouble = "the database is not migrated"
    async with http.get("/readyz") as answer:
        assert (answer.status, await answer.text()) == (503, "the database is not migrated")


async def test_stopping_waits_for_the_request_under_way_and_takes_no_more(bot: Bot, http: aiohttp.ClientSession):
    bot.may_end.clear()
    asked = asyncio.create_task(http.post("/slack/events", data=COMMAND, headers=signed_now(COMMAND)))
    await asyncio.wait_for(bot.began.wait(), PATIENCE_SECONDS)
    stopping = asyncio.create_task(bot.server.stop())
    bot.may_end.set()
    answer = await asked
    assert (answer.status, await answer.text()) == (200, "my accounts")
    await asyncio.wait_for(stopping, PATIENCE_SECONDS)
    with pytest.raises(aiohttp.ClientConnectionError):
        await http.get("/healthz")


async def test_while_stopping_every_answer_ends_its_connection() -> None:
    is_stopping = False

    async def headers() -> list[tuple[bytes, bytes]]:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/healthz", "headers": [], "query_string": b""}
        await web(scope, receive, send)
        return list(sent[0]["headers"])

    async def ready() -> str:
        return ""

    web = closing_once(web_app(ready), lambda: is_stopping)
    assert (b"connection", b"close") not in await headers()
    is_stopping = True
    assert (b"connection", b"close") in await headers()


async def test_a_port_in_use_is_said_in_one_sentence(bot: Bot) -> None:
    taken = HttpServer(web_app(bot._ready), host="127.0.0.1", port=bot.port)  # type: ignore[attr-defined]
    with pytest.raises(StartFailed, match="give another HOST or PORT"):
        await taken.start()


# The signals webhook: signed signals count once, anything else is refused without a trace.

WEBHOOK_SECRET = "sample-secret"
MARK = "Initech will sign"
SIGNAL = {
    "account": "acme.example",
    "kind": "web_visit",
    "strength": "high",
    "text": MARK,
    "occurred_at": "2026-11-24T14:00:00Z",
    "id": "s-1",
}


@dataclass
class Fixed:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class Webhook:
    store: Store
    http: aiohttp.ClientSession
    port: int
    logs: io.StringIO = field(default_factory=io.StringIO)

    async def posts(self, body: bytes, **changed: str | None) -> tuple[int, dict[str, Any]]:
        stamp = changed.get("timestamp") or str(int(NOW.timestamp()))
        given = {
            "signature": signature_of(WEBHOOK_SECRET, stamp, body),
            "timestamp": stamp,
            "workspace": WORKSPACE,
        } | changed
        headers = {f"X-Cadence-{name}": value for name, value in given.items() if value is not None}
        async with self.http.post(SIGNALS_PATH, data=body, headers=headers) as answer:
            return answer.status, await answer.json()

    async def sends(self, *signals: Any) -> tuple[int, dict[str, Any]]:
        return await self.posts(json.dumps(signals[0] if len(signals) == 1 else list(signals)).encode())

    def stored(self) -> list[str]:
        with self.store.reading() as session:
            return sorted(session.exec(select(SignalRow.source_id)))


@pytest_asyncio.fixture
async def webhook(store: Store) -> AsyncIterator[Webhook]:
    sealing = Sealing(Fernet.generate_key().decode())
    program = people_alone(store)
    acme = program.did(account_list.nominate, ANN, ago(9), Profile("Acme", domain="acme.example")).event.account_id
    program.did(account_list.put_on_list, EVE, ago(8), acme, tier=1, because="Fits")
    with store.writing() as session:
        workspace = session.get(Workspace, WORKSPACE)
        assert workspace is not None
        workspace.signals_secret = sealing.seal(WEBHOOK_SECRET)

    async def ready() -> str:
        return ""

    server = HttpServer(
        web_app(ready, [intake.SignalRequests(store, sealing, Fixed()).route]), host="127.0.0.1", port=0
    )
    port = await server.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        served = Webhook(store, http, port)
        set_up_logs(level="DEBUG", style="text", secrets=(), stream=served.logs)
        yield served
        assert MARK not in served.logs.getvalue()
        assert WEBHOOK_SECRET not in served.logs.getvalue()
    await server.stop()


async def test_a_signed_signal_is_taken_once(webhook: Webhook) -> None:
    nothing: dict[str, list[Any]] = {"repeated": [], "refused": [], "unmatched": []}
    assert await webhook.sends(SIGNAL) == (202, nothing | {"taken": ["s-1"]})
    assert await webhook.sends(SIGNAL) == (202, nothing | {"taken": [], "repeated": ["s-1"]})
    assert webhook.stored() == ["s-1"]


async def test_of_a_batch_each_signal_is_answered(webhook: Webhook) -> None:
    sent = (SIGNAL, SIGNAL | {"id": "s-2", "account": "other.example"}, SIGNAL | {"id": "s-3", "kind": "gossip"})
    status, told = await webhook.sends(*sent, SIGNAL | {"text": "Something else"})
    assert status == 202
    assert told["taken"] == ["s-1"]
    assert [each["id"] for each in told["unmatched"]] == ["s-2"]
    assert [each["id"] for each in told["refused"]] == ["s-3", "s-1"]
    assert all(each["why"].endswith(".") for each in (*told["unmatched"], *told["refused"]))
    assert webhook.stored() == ["s-1"]


async def test_a_signal_with_every_field_at_its_limit_is_stored_and_one_over_is_answered(webhook: Webhook) -> None:
    longest = SIGNAL | {
        "id": "i" * 200,
        "text": MARK.ljust(3_000, "."),
        "url": "https://v.example/".ljust(2_000, "x"),
        "person": "p" * 120,
    }
    assert (await webhook.sends(longest))[1]["taken"] == ["i" * 200]
    assert webhook.stored() == ["i" * 200]
    over = [SIGNAL | {name: longest[name] + "x"} for name in ("id", "text", "url", "person")]
    told = (await webhook.sends(*over, SIGNAL | {"account": "a" * 121}))[1]["refused"]
    assert [each["why"].split(" ", 1)[0] for each in told] == ["id", "text", "url", "person", "account"]
    assert all("characters; send at most" in each["why"] for each in told)
    assert webhook.stored() == ["i" * 200]


@cases(
    "changed",
    [
        {"signature": None},
        {"signature": "sha256=" + "0" * 64},
        {"signature": "sha256=\u00e9"},
        {"timestamp": None},
        {"timestamp": "soon"},
        {"timestamp": "\u0664\u0662"},
        {"timestamp": str(int(NOW.timestamp()) - 301)},
        {"timestamp": str(int(NOW.timestamp()) + 301)},
        {"timestamp": "9" * 30},
        {"workspace": None},
        {"workspace": "T0OTHER"},
        {"workspace": ""},
    ],
    ids=str,
)
async def test_what_is_not_signed_for_a_workspace_within_five_minutes_is_refused(webhook, changed):
    try:
        status, told = await webhook.posts(json.dumps(SIGNAL).encode(), **changed)
    except UnicodeEncodeError:
        pytest.skip("the client does not send it")
    assert (status, told) == (401, {"error": "the signature, the time or the workspace is not right"})
    assert webhook.stored() == []


async def test_a_workspace_without_a_secret_or_with_one_of_another_key_takes_nothing(webhook: Webhook) -> None:
    for secret in ("", Sealing(Fernet.generate_key().decode()).seal(WEBHOOK_SECRET)):
        with webhook.store.writing() as session:
            workspace = session.get(Workspace, WORKSPACE)
            assert workspace is not None
            workspace.signals_secret = secret
        status, _ = await webhook.sends(SIGNAL)
        assert status == 401
        empty = await webhook.posts(b"{}", signature=signature_of("", str(int(NOW.timestamp())), b"{}"))
        assert empty[0] == 401


@cases(
    ("body", "status", "said"),
    [
        (b"", 400, "the body is not JSON"),
        (b"{", 400, "the body is not JSON"),
        (b"\xff", 400, "the body is not JSON"),
        (b"[" * 100_000, 400, "the body is not JSON"),
        (b'"text"', 400, "send a signal as an object, or a list of them"),
        (b"[1]", 400, "send a signal as an object, or a list of them"),
        (b"[]", 400, "send 1 to 500 signals at once, these are 0"),
        (json.dumps([SIGNAL] * 501).encode(), 400, "send 1 to 500 signals at once, these are 501"),
        (b" " * (SIGNALS_BODY_BYTES + 1), 413, f"the body is longer than {SIGNALS_BODY_BYTES} bytes"),
    ],
    ids=range(9),
)
async def test_what_cannot_be_read_is_refused_in_a_sentence(webhook: Webhook, body: bytes, status: int, said: str):
    assert await webhook.posts(body) == (status, {"error": said})


async def test_the_secret_is_stored_sealed(webhook: Webhook) -> None:
    with webhook.store.reading() as session:
        workspace = session.get(Workspace, WORKSPACE)
        assert workspace is not None
        assert WEBHOOK_SECRET not in workspace.signals_secret


# Calendars over HTTP, read back by the library that other programs use.

TOKEN = "a-token-that-nobody-guesses"


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


class ServedCalendars:
    """The program with its calendars served."""

    def __init__(self, program: Program, clock: Clock, http: aiohttp.ClientSession, base: str) -> None:
        self.program, self.clock, self.http, self.base = program, clock, http, base

    def has(self, user_id: str, token: str, channel_id: str = "") -> None:
        self.program.did(calendar.renew, user_id, NOW, token, channel_id=channel_id)

    async def get(self, token: str = TOKEN, **headers: str) -> tuple[int, bytes, Any]:
        async with self.http.get(f"{self.base}/calendar/{token}.ics", headers=headers) as answer:
            return answer.status, await answer.read(), answer.headers

    async def events(self, token: str = TOKEN) -> list[Any]:
        status, body, _ = await self.get(token)
        assert status == 200
        return list(Calendar.from_ical(body).walk("VEVENT"))


@pytest.fixture
async def calendars(migrated_sqlite: Path, tmp_path: Path) -> AsyncIterator[ServedCalendars]:
    path = tmp_path / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    store, clock = Store(f"sqlite:///{path}"), Clock()
    program = stored_program(store)

    async def ready() -> str:
        return ""

    server = HttpServer(
        web_app(ready, [intake.CalendarRequests(store, Words(), clock).route]), host="127.0.0.1", port=0
    )
    port = await server.start()
    async with aiohttp.ClientSession() as http:
        yield ServedCalendars(program, clock, http, f"http://127.0.0.1:{port}")
    await server.stop()
    store.close()


def begins(events: list[Any]) -> list[datetime]:
    return [each["dtstart"].dt for each in events]


async def test_a_calendar_has_the_next_twelve_dates_at_their_wall_time_on_both_sides_of_a_clock_change(calendars):
    calendars.has(ANN, TOKEN)
    calendars.clock.at = datetime(2027, 1, 20, tzinfo=UTC)
    events = await calendars.events()
    assert len(events) == 12
    assert {each.astimezone(served_zone()).time() for each in begins(events)} == {time(10)}
    assert {each.time() for each in begins(events)} == {time(15), time(14)}
    assert len({str(each["uid"]) for each in events}) == 12
    first = events[0]
    assert (first["dtend"].dt - first["dtstart"].dt) == timedelta(minutes=45)
    assert str(first["summary"]) == "Account review"
    assert str(first["url"]) == f"https://sample.example/archives/{CHANNEL}"
    assert "Acme" not in str(first.to_ical())


def served_zone() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(ZONE)


async def test_a_moved_review_keeps_its_identity_with_a_higher_sequence_and_a_skipped_one_is_gone(calendars):
    calendars.has(ANN, TOKEN)
    before = {str(each["uid"]): each for each in await calendars.events()}
    program, at = calendars.program, NOW + timedelta(minutes=1)
    moved_to = datetime(2026, 12, 1, 9, tzinfo=UTC)
    program.did(move_one, EVE, at, CHANNEL, planned_on=date(2026, 11, 30), moved_to=moved_to, because="Holiday")
    program.did(skip, EVE, at, CHANNEL, planned_on=date(2026, 12, 7), because="Offsite")
    after = {str(each["uid"]): each for each in await calendars.events()}
    moved = next(uid for uid in after if "2026-11-30" in uid)
    assert after[moved]["dtstart"].dt == moved_to
    assert after[moved]["sequence"] > before[moved]["sequence"]
    assert [uid for uid in before if uid not in after] == [uid for uid in before if "2026-12-07" in uid]
    assert len(after) == 12
    program.did(hold_after_all, EVE, at, program.cadence_id, date(2026, 12, 7))
    again = {str(each["uid"]): each for each in await calendars.events()}
    back = next(uid for uid in again if "2026-12-07" in uid)
    assert (back in before, again[back]["sequence"] > after[moved]["sequence"]) == (True, True)


async def test_what_was_read_already_is_not_sent_again(calendars: ServedCalendars) -> None:
    calendars.has(ANN, TOKEN)
    _, _, headers = await calendars.get()
    tag = headers["etag"]
    assert "text/calendar" in headers["content-type"]
    for given in (tag, f'W/{tag}, "other"'):
        status, body, _ = await calendars.get(**{"If-None-Match": given})
        assert (status, body) == (304, b"")
    calendars.program.did(skip, EVE, NOW, CHANNEL, planned_on=date(2026, 12, 7), because="Offsite")
    status, _, _ = await calendars.get(**{"If-None-Match": tag})
    assert status == 200


async def test_a_token_is_stored_as_its_hash_alone_and_works_until_it_is_renewed_or_revoked(calendars: ServedCalendars):
    calendars.has(ANN, TOKEN)
    with calendars.program.store.reading() as session:
        [row] = session.exec(select(CalendarFeed))
        assert TOKEN not in str(row.model_dump())
        assert len(row.token_hash) == 64
    calendars.has(ANN, "a-new-one")
    assert [(await calendars.get(each))[0] for each in (TOKEN, "a-new-one")] == [404, 200]
    calendars.program.did(calendar.revoke, ANN, NOW)
    wrong = [await calendars.get(each) for each in (TOKEN, "a-new-one", "never-was", "x" * 5_000)]
    assert {(status, body) for status, body, _ in wrong} == {(404, b"not found")}
    assert len({tuple(sorted((k, v) for k, v in headers.items() if k != "date")) for _, _, headers in wrong}) == 1


async def test_who_left_and_a_workspace_without_the_bot_get_nothing(calendars: ServedCalendars) -> None:
    calendars.has(ANN, TOKEN)
    store = calendars.program.store

    def change(session: Session, **values: bool) -> None:
        person = people.find(session, WORKSPACE, ANN)
        assert isinstance(person, Person)
        for name, value in values.items():
            setattr(person, name, value)
        session.add(person)

    for name in ("is_deleted", "is_guest", "is_external"):
        store.write_now(change, **{name: True})
        assert (await calendars.get())[0] == 404
        store.write_now(change, **{name: False})
    assert (await calendars.get())[0] == 200

    def remove(session: Session) -> None:
        workspace = session.get(Workspace, WORKSPACE)
        assert workspace is not None
        workspace.is_active = False
        session.add(workspace)

    store.write_now(remove)
    assert (await calendars.get())[0] == 404


async def test_the_calendar_of_a_channel_ends_with_who_made_it_and_somebody_else_makes_a_new_one(calendars):
    program = calendars.program
    calendars.has(ANN, TOKEN, CHANNEL)
    assert len(await calendars.events()) == 12
    program.store.write_now(leaves, ANN)
    assert (await calendars.get())[0] == 404
    assert program.read(calendar.find_feed, BOB, channel_id=CHANNEL) is None
    calendars.has(BOB, "of-bob", CHANNEL)
    assert [(await calendars.get(each))[0] for each in (TOKEN, "of-bob")] == [404, 200]
    assert program.read(calendar.find_feed, EVE, channel_id=CHANNEL).made_by == BOB


async def test_calendars_name_no_account_least_of_all_a_private_one(calendars: ServedCalendars) -> None:
    program = calendars.program
    with program.store.writing() as session:
        for row in session.exec(select(Account)):
            row.private_channel = "C0SECRET1"
    tokens = {ANN: "", "channel": CHANNEL}
    for token, channel_id in tokens.items():
        calendars.has(ANN, token, channel_id)
        body = (await calendars.get(token))[1].decode()
        assert not [name for name in program.accounts if name in body.lower()], token
    # none of theirs is left to take part for, and the channel's dates stay
    assert [len(await calendars.events(token)) for token in tokens] == [0, 12]


def leaves(session: Session, user_id: str) -> None:
    person = people.find(session, WORKSPACE, user_id)
    assert person is not None
    person.is_deleted = True
    session.add(person)


async def test_a_calendar_that_is_asked_for_too_often_waits_a_minute_and_no_other_does(calendars: ServedCalendars):
    calendars.has(ANN, TOKEN)
    calendars.has(BOB, "of-bob")
    found = [(await calendars.get())[0] for _ in range(A_MINUTE_FROM_ONE + 1)]
    assert found == [200] * A_MINUTE_FROM_ONE + [429]
    assert (await calendars.get("of-bob"))[0] == 200
    calendars.clock.at += timedelta(minutes=1)
    assert (await calendars.get())[0] == 200


async def test_wrong_tokens_are_counted_by_address_and_silence_no_calendar(calendars: ServedCalendars) -> None:
    calendars.has(ANN, TOKEN)
    found = [(await calendars.get(f"guess-{number}"))[0] for number in range(700)]
    assert found == [404] * A_MINUTE_FROM_ONE + [429] * (700 - A_MINUTE_FROM_ONE)
    assert (await calendars.get())[0] == 200
    calendars.clock.at += timedelta(minutes=1)
    assert (await calendars.get("guess"))[0] == 404
