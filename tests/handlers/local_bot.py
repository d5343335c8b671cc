"""The bot without a network: payloads go straight into Bolt, on a real database, and Slack's Web API is a fake."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any

from cryptography.fernet import Fernet
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from sqlmodel import col, func, select

from agendas.facts.audience import Members
from agendas.rendering.words import Words
from bot.intake import UNREADABLE, bolt_app
from bot.settings import Settings
from bot.slack_api import Workspaces
from handlers import register
from handlers.edge.deps import ChannelAnswer
from handlers.edge.dispatch import Edge
from sandbox.workspace import PATIENCE_SECONDS
from storage import people, workspaces
from storage.database import Store
from storage.models.delivery import Letter
from storage.people import SlackUser
from storage.workspaces import Installation
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, WORKSPACE
from tests.some_deps import some_deps

SIGNING_SECRET = "shared-secret"
KEY = Fernet.generate_key().decode()
NUMBERS = itertools.count(1)

GUS, ELI, DEE, OBI, VIC = "U0GUS0001", "U0ELI0001", "U0DEE0001", "U0OBI0001", "U0VIC0001"
"""A guest, somebody of another company, somebody deactivated, an observer and a viewer."""

OTHER = "T0OTHER01"
"""A second workspace with the bot in it."""

ZED = "U0ZED0001"
"""The admin there."""


class FakeAnswer:
    """An answer of the Web API or of a response URL."""

    status = 200
    content_type = "application/json"
    charset = "utf-8"

    def __init__(self, body: dict[str, Any]) -> None:
        self._body = body
        self.headers: dict[str, str] = {}

    async def json(self) -> dict[str, Any]:
        return self._body

    async def text(self) -> str:
        return "ok"

    async def __aenter__(self) -> "FakeAnswer":
        return self

    async def __aexit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return None


class FakeSlack:
    """In the place of an HTTP session: it takes every call, and knows nobody but who is told of."""

    closed = False

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def request(self, _verb: str, url: str, **given: Any) -> FakeAnswer:
        method = url.rsplit("/", 1)[-1]
        body = given.get("params") or given.get("json") or given.get("data") or {}
        self.calls.append((method, json.loads(body) if isinstance(body, str) else body))
        if method == "users.info":
            return FakeAnswer({"ok": False, "error": "user_not_found"})
        return FakeAnswer({"ok": True})

    def told(self) -> str:
        """All that was shown to anybody since the last look: messages, forms and pages."""
        shown = json.dumps(self.calls)
        self.calls.clear()
        return shown


@dataclass
class LocalBot:
    """Takes payloads in, as in Socket Mode."""

    store: Store
    slack: FakeSlack
    app: Any
    edge: Edge
    now: datetime = NOW
    outcomes: list[str] = field(default_factory=list)
    """How each request so far ended, as the metrics count it."""
    posted: list[tuple[str, int]] = field(default_factory=list)
    """The answers that count in the pace of a channel, and their numbers."""

    async def takes(self, payload: Any) -> BoltResponse:
        """The answer, once everything that follows from the payload is done; 400 for what Bolt cannot take at all."""
        try:
            asked = AsyncBoltRequest(mode="socket_mode", body=payload)
        except UNREADABLE:
            return BoltResponse(status=400)
        answer = await self.app.async_dispatch(asked)
        await self.edge.drain(PATIENCE_SECONDS)
        return answer

    def number(self) -> str:
        """A number that no act had before: each act has a trigger, a time or an event id of its own."""
        return f"{next(NUMBERS):06}"


@asynccontextmanager
async def local_bot(store: Store, words: Words | None = None, *, public_url: str = "") -> AsyncIterator[LocalBot]:
    """A bot that serves all workspaces in the store; they have to be `installed`."""
    slack = FakeSlack()
    settings = Settings(signing_secret=SIGNING_SECRET, secret_key=KEY, client_id="1.2", client_secret="x")
    known = Workspaces(settings, store, slack)  # type: ignore[arg-type]
    app = bolt_app(settings, known)
    told = LocalBot(store, slack, app, None)  # type: ignore[arg-type]

    async def members_of(_workspace_id: str, _channel_id: str) -> Members:
        return Members(frozenset((ANN, BOB, CLEO, DAN, EVE, OBI, VIC)))

    async def ask_channel(_workspace_id: str, _channel_id: str) -> ChannelAnswer | None:
        return ChannelAnswer(is_member=True)

    def ended(_kind: str, outcome: str, _seconds: float) -> None:
        told.outcomes.append(outcome)

    async def count(_workspace_id: str, channel_id: str, messages: int) -> None:
        told.posted.append((channel_id, messages))

    deps = some_deps(
        store,
        lambda: told.now,
        ask_channel,
        words=words or Words(),
        members_of=members_of,
        has_mail=True,
        public_url=public_url,
        after_request=ended,
        after_answers=count,
    )
    told.edge = register(app, deps, answer_within_seconds=PATIENCE_SECONDS)
    yield told
    await asyncio.wait_for(told.edge.drain(PATIENCE_SECONDS), PATIENCE_SECONDS)


def install(store: Store, workspace_id: str = WORKSPACE, bot_user_id: str = "U0BOT0001") -> None:
    token = Fernet(KEY).encrypt(f"xoxb-{workspace_id}".encode()).decode()
    installation = Installation(
        workspace_id, "Sample", "https://sample.example/", bot_user_id, "B0SAMPLE1", bot_token=token
    )
    store.write_now(workspaces.save_installation, installation, time_zone="UTC", now=NOW)


def learn_outsiders(store: Store) -> None:
    """People of the first workspace who may not use the bot, or not record with it."""
    users = [
        SlackUser(GUS, WORKSPACE, "gus", is_guest=True),
        SlackUser(ELI, "T0ELSEWHERE", "eli", is_external=True),
        SlackUser(DEE, WORKSPACE, "dee", is_deleted=True),
        SlackUser(OBI, WORKSPACE, "obi"),
        SlackUser(VIC, WORKSPACE, "vic"),
    ]
    store.write_now(people.save_users, WORKSPACE, users, NOW)


def last_letter(store: Store) -> int:
    return store.read_now(lambda session: session.exec(select(func.max(Letter.id))).one()) or 0


def answers_after(store: Store, letter_id: int) -> list[str]:
    """The contents of every answer queued after that letter: to read them all for each route takes longest of all."""
    query = select(Letter.subject).where(Letter.page == "said", col(Letter.id) > letter_id)
    return store.read_now(lambda session: [json.dumps(each) for each in session.exec(query)])
