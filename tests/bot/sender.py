"""A sender for tests: the delivery on a real database and a look-alike Slack, with a clock to put forward."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session, select

from agendas.rendering.blockkit import Rendered
from bot.clock import ShiftedClock
from bot.delivery import LEASE, Delivery
from bot.pacing import RateLimit
from bot.sending import MAY_STILL_COME
from bot.slack_api import SlackWatch
from sandbox.messages import Message
from sandbox.server import Sandbox
from sandbox.workspace import PATIENCE_SECONDS, Channel
from storage import outbox
from storage.database import Store, Verb
from storage.models.delivery import Letter, LetterKind
from storage.models.workspaces import Workspace

P = ParamSpec("P")
T = TypeVar("T")
LEASED = select(Letter.id).where(Letter.state == "leased")


class Killed(BaseException):
    """The end of the process, which nothing below may catch."""


def compose(_session: Session, letter: Letter) -> list[Rendered]:
    """Return the `texts` and blocks that a test put into the letter, one message each, or fail as it asks."""
    if letter.subject.get("fails"):
        raise ZeroDivisionError
    if letter.subject.get("kills"):
        raise Killed
    blocks, plain = letter.subject.get("blocks", []), letter.subject.get("plain", [])
    return [Rendered(text, blocks, plain) for text in letter.subject.get("texts", ["Agenda of Initrode"])]


class KilledStore(Store):
    """A store whose process is killed right before one of its verbs is run. `called` are the verbs, in order."""

    killed_before = ""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.called: list[str] = []
        self.written = asyncio.Event()

    async def read(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        self._note(verb)
        return await super().read(verb, *args, **kwargs)

    async def write_quietly(self, verb: Verb[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        self._note(verb)
        if self.called[-1] == self.killed_before:
            raise Killed
        result = await super().write_quietly(verb, *args, **kwargs)
        self.written.set()
        return result

    def _note(self, verb: Verb[P, T]) -> None:
        self.called.append(getattr(verb, "__name__", ""))


class Sender:
    """A delivery for one workspace. `clock` is the delivery's and the workspace's."""

    def __init__(self, store: KilledStore, sandbox: Sandbox, clock: ShiftedClock) -> None:
        self.store = store
        self.sandbox = sandbox
        self.clock = clock
        self.workspace_id = sandbox.workspace.team.id
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS))
        self._written = store.written
        self.rate_limit = RateLimit(channel_interval=timedelta(), message_interval=timedelta())
        self.watch = SlackWatch(sandbox.api_url)
        self.delivery = self._new_delivery()

    async def open(self) -> None:
        self.store.after_write = self._after_write
        await self.delivery.start()

    async def close(self) -> None:
        await self.delivery.drain()
        await self._session.close()

    async def restart(self) -> None:
        """End the process and start a new one once the old one's leases are over."""
        await self.delivery.drain(0)
        self.pass_time(LEASE + MAY_STILL_COME)
        await self.starts_again()

    async def is_killed_in_the_middle_of(self, method: str) -> None:
        """End the process while Slack is busy with a delayed call of this method."""
        assert await self.sandbox.changed.until(lambda: not self.sandbox.faults.are_waiting(method))
        await self.delivery.drain(0)

    async def starts_again(self) -> None:
        self.store.killed_before = ""
        self.delivery = self._new_delivery()
        await self.delivery.start()

    async def queue(self, key: str = "letter", **changes: Any) -> Letter:
        """A post to the first channel unless said otherwise, queued."""
        now = self.clock.now()
        values: dict[str, Any] = {
            "workspace_id": self.workspace_id,
            "key": key,
            "kind": LetterKind.POST,
            "page": "agenda",
            "subject": {},
            "channel_id": "",
            "created_at": now,
            "due_at": now,
        }
        if changes.get("kind", "post") != "direct":
            values["channel_id"] = self.channel("abm-weekly").id
        given = values | changes
        given["kind"] = LetterKind(given["kind"])
        return await self.store.write(outbox.queue, Letter(**given))

    async def edit(self, letter: Letter) -> Letter:
        return await self.store.write(outbox.queue_edit, target=letter, now=self.clock.now(), delay=timedelta())

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not condition():
                self._written.clear()
                if not condition():
                    await self._written.wait()

    async def becomes(self, key: str, state: str) -> Letter:
        try:
            await self.until(lambda: self.state(key) == state)
        except TimeoutError:
            letter = self.letter(key)
            raise AssertionError(f"{key} is {letter.state} ({letter.last_error}), not {state}") from None
        return self.letter(key)

    async def has_error(self, key: str, error: str) -> Letter:
        await self.until(lambda: self.letter(key).last_error == error and self.letter(key).state == "waiting")
        return self.letter(key)

    async def all_is_sent(self) -> None:
        """Returns once no letter is under way; pauses are passed by the clock."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.store.read_now(outbox.count_pending):
                self._written.clear()
                if not self._is_busy():
                    self.pass_time(timedelta(seconds=30))
                if self.store.read_now(outbox.count_pending):
                    await self._written.wait()

    def _is_busy(self) -> bool:
        now = self.clock.now()
        is_any_leased = self.store.read_now(lambda session: session.exec(LEASED).first()) is not None
        return is_any_leased or self.store.read_now(outbox.is_any_claimable, now)

    def state(self, key: str) -> str:
        letter = self.store.read_now(outbox.by_key, self.workspace_id, key)
        return letter.state if letter else ""

    def letter(self, key: str) -> Letter:
        letter = self.store.read_now(outbox.by_key, self.workspace_id, key)
        assert letter is not None, f"there is no letter {key}"
        return letter

    def pass_time(self, time: timedelta) -> None:
        self.clock.shift_to(self.clock.now() + time)
        self.delivery.wake()

    def channel(self, name: str) -> Channel:
        return self.sandbox.channel_state(name)

    def messages(self, channel: Channel | str = "abm-weekly") -> list[Message]:
        """Return the messages the bot posted there, oldest first, replies included."""
        place = self.channel(channel) if isinstance(channel, str) else channel
        bot = self.sandbox.workspace.bot.id
        return [each for each in place.messages if each.user_id == bot and not each.deleted]

    def texts(self, channel: Channel | str = "abm-weekly") -> list[str]:
        return [each.text for each in self.messages(channel)]

    def _after_write(self) -> None:
        self._written.set()
        self.delivery.wake()

    def _new_delivery(self) -> Delivery:
        slack_time = self.watch.time
        return Delivery(
            self.store, self._client_for, compose, self.clock, rate_limit=self.rate_limit, slack_time=slack_time
        )

    def _client_for(self, _workspace: Workspace | None) -> AsyncWebClient:
        sandbox = self.sandbox
        return AsyncWebClient(
            token=sandbox.bot_token, base_url=sandbox.api_url, session=self._session, retry_handlers=[self.watch]
        )
