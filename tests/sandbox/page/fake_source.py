"""A fake source of the page: a small workspace without an app, and actions that are only recorded."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import uvicorn
from starlette.applications import Starlette

from sandbox.blocks import Value
from sandbox.client import MessageTarget, Outcome, Target, UserActions
from sandbox.messages import Message
from sandbox.page.news import Move
from sandbox.page.routes import page_routes
from sandbox.page.state import Opening
from sandbox.web_server import WebServer
from sandbox.workspace import Channel, User, View, Workspace, read_manifest

MANIFEST = Path(__file__).parents[3] / "app.yaml"
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def options(*names: str) -> list[dict[str, Any]]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


class RecordedActions(UserActions):
    """Records every action in ``done`` and returns its outcome of ``outcomes``; ``after`` are effects of actions."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.done: list[tuple[Any, ...]] = []
        self.outcomes: dict[str, Outcome] = {}
        self.after: dict[str, Callable[[], object]] = {}

    def _note(self, name: str, *details: Any) -> Outcome:
        self.done.append((name, *details))
        if name in self.after:
            self.after[name]()
        self.workspace.changes.happened()
        return self.outcomes.get(name, Outcome(ok=True))

    async def type_command(self, user_id: str, channel_id: str, text: str, *, thread_ts: str | None = None) -> Outcome:
        return self._note("type_command", user_id, channel_id, text, thread_ts)

    async def post(
        self,
        user_id: str,
        channel_id: str,
        text: str,
        *,
        thread_ts: str | None = None,
        file: tuple[str, bytes] | None = None,
        viewing: MessageTarget | str = "",
    ) -> Outcome:
        return self._note("post", user_id, channel_id, text, thread_ts)

    async def click(
        self, user_id: str, target: Target, *, block_id: str, action_id: str, value: Value = None
    ) -> Outcome:
        return self._note("click", user_id, target, block_id, action_id, value)

    async def set_input(self, user_id: str, view_id: str, *, block_id: str, action_id: str, value: Value) -> Outcome:
        return self._note("set_input", block_id, action_id, value)

    async def attach(
        self, user_id: str, view_id: str, *, block_id: str, action_id: str, name: str, content: bytes
    ) -> Outcome:
        return self._note("attach", block_id, action_id, name, content)

    async def suggestions(self, user_id: str, view_id: str, *, block_id: str, action_id: str, query: str) -> Outcome:
        return self._note("suggestions", block_id, action_id, query)

    async def submit(self, user_id: str, view_id: str) -> Outcome:
        return self._note("submit", user_id, view_id)

    async def close(self, user_id: str, view_id: str, *, clear: bool = False) -> Outcome:
        self.workspace.views.pop(self.workspace.views.known[view_id])
        return self._note("close", view_id, clear)

    async def shortcut(self, user_id: str, callback_id: str, target: MessageTarget | None = None) -> Outcome:
        return self._note("shortcut", user_id, callback_id, target)

    async def open_home(self, user_id: str, tab: str = "home") -> Outcome:
        return self._note("open_home", user_id, tab)

    async def open_im(self, user_id: str) -> str:
        return self.workspace.im(user_id).id


class FakePageSource:
    """A workspace with ann and bo in #abm-weekly, only ann in #list-owners, a guest and a deactivated account."""

    def __init__(self) -> None:
        self.workspace = Workspace(read_manifest(MANIFEST), lambda: NOON)
        self.actions = RecordedActions(self.workspace)
        self.hint = "Try /account in #abm-weekly."
        self.opening = Opening()
        self.move: Move | None = None
        self.on_next_due: Callable[[], Awaitable[str]] | None = None
        add = self.workspace.add_user
        self.ann = add("ann", real_name="Ann Lee", tz="Europe/London")
        self.bo = add("bo", real_name="Bo Okafor", tz="America/New_York")
        self.guest = add("gil", real_name="Gil Guest", is_restricted=True)
        self.gone = add("dan", real_name="Dan Gone", deleted=True)
        self.notes = {self.ann.id: "sales"}
        bot_id = self.workspace.bot.id
        self.weekly = self.workspace.add_channel("abm-weekly", members=[self.ann.id, self.bo.id, bot_id])
        self.private = self.workspace.add_channel("list-owners", kind="private", members=[self.ann.id, bot_id])

    def says(self, user: User, text: str, *, channel: Channel | None = None, **traits: Any) -> Message:
        """Store a message by a person; ``traits`` are fields of Message."""
        place = channel or self.weekly
        ts = self.workspace.new_ts()
        return self.workspace.store(Message(channel_id=place.id, ts=ts, user_id=user.id, text=text, **traits))

    def bot_says(self, text: str, *blocks: dict[str, Any], **traits: Any) -> Message:
        bot = self.workspace.bot
        return self.says(bot, text, blocks=list(blocks), bot_id=bot.bot_id, bot_name="Cadence", **traits)

    def opens(self, user: User, *blocks: dict[str, Any], **given: Any) -> View:
        view = View(
            id=self.workspace.ids.new("V"),
            user_id=user.id,
            given={"type": "modal", "title": plain("Movement"), "submit": plain("Record"), "blocks": list(blocks)}
            | given,
            hash="1",
            root_view_id="",
        )
        self.workspace.views.push(view)
        self.workspace.changes.happened()
        return view


@asynccontextmanager
async def served(source: FakePageSource) -> AsyncIterator[str]:
    """Serve the page on a free port; yields its address without a trailing slash."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = WebServer(uvicorn.Config(Starlette(routes=page_routes(source)), log_level="warning", lifespan="off"))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.stop()
        await task
        listening.close()


async def get_state(http: aiohttp.ClientSession, **asked: str) -> dict[str, Any]:
    async with http.get("/page/state", params=asked) as answer:
        shown: dict[str, Any] = await answer.json()
        return shown


async def perform(http: aiohttp.ClientSession, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
    async with http.post("/page/action", json=body, headers=headers) as answer:
        return answer.status, await answer.json()
