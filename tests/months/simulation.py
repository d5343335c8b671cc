"""Months of a program in which nobody waits: the clock jumps to the next moment at which something is due."""

import asyncio
import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from json import dumps, loads
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlmodel import Session, col, select
from starlette.types import Message

from agendas.errors import CadenceError
from agendas.facts.people import Author
from agendas.rendering.words import Words
from agendas.verbs import updates
from agendas.verbs.cadences import move_one, skip
from agendas.verbs.closing import close_by_person
from agendas.verbs.compose import compose
from agendas.verbs.jobs import DUE_JOBS, next_moment
from bot.delivery import Delivery
from bot.scheduler import Scheduler
from sandbox.methods import WebApi
from sandbox.server import Sandbox
from storage import outbox, reviews
from storage.database import Store
from storage.models.delivery import Letter, LetterState
from storage.models.workspaces import Workspace
from tests.months.program import BEGINS_AT, CADENCES, Members, author, begin, people_and_channels
from tests.months.simulated_time import SimulatedClock, SimulatedLoop, StoreInPlace

Act = Callable[[datetime], None]
HOUR = timedelta(hours=1)
ANSWERS, HOLDS, CHANGES_PLANS = 0.6, 0.7, 0.06
"""How many of those asked answer, of reviews somebody closes, and of hours of planning change a date."""
SEEN = ("preparation", "review_header", "morning")


@dataclass
class Habits:
    """Acts to come, in the order of their moments; `next_at` is the first."""

    store: Store
    sandbox: Sandbox
    members: Members
    chance: Random
    texts: count = field(default_factory=count)
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _numbers: count = field(default_factory=count)
    _seen: set[int] = field(default_factory=set)
    _looked_at: datetime = BEGINS_AT

    @property
    def next_at(self) -> datetime | None:
        return self._acts[0][0] if self._acts else None

    def plan(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._acts, (at, next(self._numbers), act))

    def act(self, now: datetime) -> None:
        while self._acts and self._acts[0][0] <= now:
            heapq.heappop(self._acts)[2](now)
        for letter in self.store.read_now(_sent_since, self._looked_at):
            if letter.row_id not in self._seen:
                self._seen.add(letter.row_id)
                self._follow(letter, now)
        self._looked_at = now - HOUR

    def plan_weeks(self, first: datetime, until: datetime) -> None:
        at = first
        while at < until:
            if self.chance.random() < 5 * CHANGES_PLANS:
                self.plan(at, self._change_a_date)
            at += timedelta(days=7)

    def _follow(self, letter: Letter, now: datetime) -> None:
        later = now + self.chance.uniform(0.1, 20) * HOUR
        if letter.page == "review_header" and self.chance.random() < HOLDS:
            self.plan(now + HOUR, partial(self._hold, letter.review_id or 0))
        elif letter.user_id and self.chance.random() < ANSWERS:
            name = next((name for name, user_id in self.members.ids.items() if user_id == letter.user_id), "")
            if name:
                self.plan(later, partial(self._tell, name))

    def _do(self, verb: Callable[..., object], who: Author, *arguments: object, **values: object) -> None:
        try:
            self.store.write_now(verb, who, *arguments, **values)
        except CadenceError:
            return  # somebody was first, or it cannot be done any more: the person reads so

    def _tell(self, name: str, now: datetime) -> None:
        """Tell what happened at some of the accounts, now and then with something to do or in the way."""
        who = author(self.sandbox, name, now)
        accounts = self.members.accounts.get(name) or self.members.accounts["ann"]
        for account_id in self.chance.sample(accounts, 2):
            number, what = next(self.texts), self.chance.random()
            if what < 0.3:
                self._do(updates.say_nothing_moved, who, account_id)
            elif what < 0.75:
                self._do(updates.move, who, account_id, text=f"They sent version {number} of their list")
            elif what < 0.9:
                due_on = (now + timedelta(days=self.chance.randint(1, 10))).date()
                self._do(updates.add_action, who, account_id, text=f"Call them about list {number}", due_on=due_on)
            else:
                self._do(
                    updates.open_blocker, who, account_id, text=f"Legal waits for list {number}", needs="executive"
                )
        self.store.write_now(self._settle, who, accounts)

    def _settle(self, session: Session, who: Author, accounts: list[int]) -> None:
        for account_id in accounts:
            state = updates.open_account(session, who, account_id)
            for action in state.actions:
                if self.chance.random() < 0.5:
                    updates.close_action(session, who, account_id, action.id, done=True)
            for blocker in state.blockers:
                if self.chance.random() < 0.5:
                    updates.resolve_blocker(session, who, account_id, blocker.id, text="They signed")

    def _hold(self, review_id: int, now: datetime) -> None:
        self._tell("ann", now)
        self._do(
            close_by_person, author(self.sandbox, "ann", now), review_id, attended=tuple(self.members.ids.values())
        )

    def _change_a_date(self, now: datetime) -> None:
        channel = self.sandbox.channel_state(self.chance.choice(CADENCES)[0]).id
        who = author(self.sandbox, "ann", now)
        row = self.store.read_now(reviews.cadence_of, who.workspace_id, channel)
        if row is None or row.next_at is None:
            return
        if self.chance.random() < 0.5:
            self._do(skip, who, channel, because="Trade fair")
        else:
            moved_to = max(now, row.next_at) + self.chance.randint(2, 40) * HOUR
            self._do(move_one, who, channel, moved_to=moved_to, because="Trade fair")


def _sent_since(session: Session, at: datetime) -> list[Letter]:
    is_there = Letter.state == LetterState.SENT, col(Letter.target).is_(None), col(Letter.sent_at) >= at
    return list(session.exec(select(Letter).where(*is_there, col(Letter.page).in_(SEEN)).order_by(col(Letter.id))))


FAILING = 0.02
"""The part of all calls that fail."""


class SlackInProcess(AsyncWebClient):
    """Calls the sandbox without a connection. `failed` counts the calls that failed, by how."""

    def __init__(self, sandbox: Sandbox, chance: Random) -> None:
        super().__init__(token=sandbox.bot_token)
        self._api = WebApi(sandbox.slack)
        self._chance = chance
        self.failing = FAILING
        self.calls = 0
        self.failed: dict[str, int] = {}

    async def api_call(self, api_method: str, **arguments: Any) -> AsyncSlackResponse:
        """Answer a call, or fail: refused before it was carried out, or cut off before or after that."""
        self.calls += 1
        how = self._chance.choice(("limited", "broken", "cut before", "cut after"))
        if self._chance.random() >= self.failing:
            how = ""
        self.failed[how] = self.failed.get(how, 0) + 1
        if how == "limited":
            raise _refused(api_method, {"ok": False, "error": "ratelimited"}, 429)
        if how == "broken":
            raise _refused(api_method, {}, 503)
        if how == "cut before":
            raise aiohttp.ServerDisconnectedError
        answer = await self._answer(api_method, **arguments)
        if how == "cut after":
            raise aiohttp.ServerDisconnectedError
        if not answer["ok"]:
            raise _refused(api_method, answer, 200)
        return _response(api_method, answer, 200)

    async def _answer(
        self, method: str, *, json: dict[str, Any] | None = None, params: dict[str, Any] | None = None, **_more: Any
    ) -> dict[str, Any]:
        kind, body = (
            b"application/json",
            dumps({name: value for name, value in (json or {}).items() if value is not None}),
        )
        if json is None:
            said = {name: value for name, value in (params or {}).items() if value is not None}
            kind, body = b"application/x-www-form-urlencoded", urlencode(said)
        sent: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body.encode(), "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message.get("body", b""))

        headers = [
            (b"content-type", kind),
            (b"authorization", f"Bearer {self.token}".encode()),
            (b"host", b"slack.example"),
        ]
        scope = {"type": "http", "method": "POST", "path": f"/api/{method}", "query_string": b"", "headers": headers}
        await self._api(scope, receive, send)
        found: dict[str, Any] = loads(b"".join(sent))
        return found


def _refused(method: str, data: dict[str, Any], status: int) -> SlackApiError:
    return SlackApiError("refused", _response(method, data, status))  # type: ignore[no-untyped-call]  # untyped there


def _response(method: str, data: dict[str, Any], status: int) -> AsyncSlackResponse:
    headers = {"Retry-After": "5"} if status == 429 else {}
    return AsyncSlackResponse(
        client=None, http_verb="POST", api_url=method, req_args={}, data=data, headers=headers, status_code=status
    )


MANIFEST = Path(__file__).parents[2] / "app.yaml"
TICK = timedelta(seconds=5)
LONGEST_JUMP = timedelta(days=1)
SECONDS_TO_SEND = 1_200
"""Time after which all that falls due at one moment has gone, retries apart."""
DOWN = timedelta(minutes=7)
ARCHIVED_FOR = timedelta(days=6)


@dataclass
class Simulation:
    """The workspace, the database and the bot that works in it; `until` is the end, `restarts` were made."""

    store: StoreInPlace
    sandbox: Sandbox
    slack: SlackInProcess
    clock: SimulatedClock
    habits: Habits
    until: datetime
    chance: Random
    restarts: int = 0
    words: Words = field(default_factory=Words)
    _delivery: Delivery | None = None

    async def run(self, *, restarts: int, archived: int) -> None:
        """Let the months pass: people act, the bot is killed and started, channels are archived for some days."""
        spread = (self.until - BEGINS_AT) / (restarts + 1)
        for number in range(restarts):
            at = BEGINS_AT + spread * (number + self.chance.uniform(0.5, 1.4))
            self.habits.plan(at, lambda _now: self._kill())
        for name, _ in self.chance.sample(CADENCES, archived):
            at = BEGINS_AT + (self.until - BEGINS_AT) * self.chance.uniform(0.1, 0.6)
            self.habits.plan(at, lambda _now, name=name: self._archive(name, True))
            self.habits.plan(at + ARCHIVED_FOR, lambda _now, name=name: self._archive(name, False))
        self.habits.plan_weeks(BEGINS_AT + timedelta(days=3), self.until)
        await self._start()
        while self.clock.now() < self.until:
            await self._live()
        self.slack.failing = 0.0
        await self._live()
        await self._kill_now()

    async def _live(self) -> None:
        """Do what is due now, and pass the time until the next moment."""
        await self._scheduler.tick_now()
        await self._send()
        self.habits.act(self.clock.now())
        if self._delivery is None:
            await asyncio.sleep(DOWN.total_seconds())
            await self._start()
            return
        await self._send()
        now = self.clock.now()
        moments = (self.store.read_now(next_moment, now), self.habits.next_at, now + LONGEST_JUMP)
        at = max(min(each for each in moments if each is not None), now + TICK)
        self._pass((at - now).total_seconds())

    async def _send(self) -> None:
        """Wait until everything that can go by now has gone."""
        for _ in range(SECONDS_TO_SEND):
            if self._delivery is None or not self.store.read_now(outbox.is_any_on_its_way, self.clock.now()):
                return
            await asyncio.sleep(1.0)

    def _pass(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, SimulatedLoop)
        loop.seconds += seconds
        if self._delivery is not None:
            self._delivery.wake()

    async def _start(self) -> None:
        self._scheduler = Scheduler(self.store, self.clock, DUE_JOBS, tick_seconds=TICK.total_seconds())
        self._delivery = Delivery(
            self.store,
            self._client,
            lambda session, letter: compose(session, letter, words=self.words, now=self.clock.now()),
            self.clock,
        )
        self.store.after_write = self._delivery.wake
        await self._delivery.start()

    def _kill(self) -> None:
        killed, self._delivery, self.store.after_write = self._delivery, None, lambda: None
        self.restarts += 1
        if killed is not None:
            self._dying = asyncio.ensure_future(killed.drain(0))

    async def _kill_now(self) -> None:
        if self._delivery is not None:
            await self._delivery.drain(0)

    def _archive(self, name: str, is_archived: bool) -> None:
        self.sandbox.channel_state(name).is_archived = is_archived

    def _client(self, _workspace: Workspace | None) -> AsyncWebClient:
        return self.slack


def simulate(url: str, until: datetime, *, seed: int, restarts: int, archived: int) -> Simulation:
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        return runner.run(_simulated(url, until, seed=seed, restarts=restarts, archived=archived))


async def _simulated(url: str, until: datetime, *, seed: int, restarts: int, archived: int) -> Simulation:
    chance, clock, store = Random(seed), SimulatedClock(BEGINS_AT), StoreInPlace(url)
    sandbox = Sandbox(manifest=MANIFEST, now=clock.now)
    people_and_channels(sandbox)
    members = begin(store, sandbox)
    slack, habits = SlackInProcess(sandbox, chance), Habits(store, sandbox, members, chance)
    simulation = Simulation(store, sandbox, slack, clock, habits, until, chance)
    await simulation.run(restarts=restarts, archived=archived)
    await sandbox.slack.delivery.close()
    return simulation
