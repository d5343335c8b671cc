"""Events, commands and clicks on their way to the app: by Socket Mode or signed HTTP, with retries."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp
from starlette.types import Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.messages import Message, message_json
from sandbox.web_server import drop_connection, stop_reading
from sandbox.workspace import Changes, Channel, Workspace

# The app's answer to a delivery.

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True)
class Answer:
    """The app's acknowledgement.

    ``status`` is ``acknowledged`` (in time), ``late`` (nothing within the deadline), ``refused`` (an HTTP status other
    than 200) or ``unreachable`` (no connection). ``body`` is the acknowledgement's payload, empty when it had none.
    ``reason`` is Slack's word for why it failed, as the next attempt's ``retry_reason`` says it; empty when it did not.
    """

    status: Literal["acknowledged", "late", "refused", "unreachable"]
    body: dict[str, Any]
    reason: str = ""

    @property
    def ok(self) -> bool:
        return self.status == "acknowledged"


@dataclass(frozen=True)
class Retry:
    """A repeated delivery: its number (1 for the first repeat) and the reason the previous one failed."""

    attempt: int
    reason: str


# One websocket of the app, from the sandbox's side.

SOCKET_REASON = "timeout"
"""The retry reason of every envelope in Socket Mode."""


@dataclass(eq=False)
class Connection:
    """An open websocket with its unacknowledged envelopes; ``asgi_send`` is the server's, to cut the connection."""

    websocket: WebSocket
    asgi_send: Send
    is_silent: bool = False
    _waiting: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)

    async def send(self, message: dict[str, Any]) -> bool:
        """Send a message; return False when the websocket is closed. A silent one drops the message."""
        if self.is_silent:
            return True
        try:
            await self.websocket.send_json(message)
        except (WebSocketDisconnect, RuntimeError):
            return False
        return True

    async def request(self, envelope: dict[str, Any], *, seconds: float) -> Answer | None:
        """Send an envelope and return its acknowledgement, None when it could not be sent.

        ``late`` after ``seconds``, ``unreachable`` when the websocket closes first.
        """
        acknowledged: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = acknowledged
        try:
            if not await self.send(envelope):
                return None
            async with asyncio.timeout(seconds):
                return await acknowledged
        except TimeoutError:
            return Answer("late", {}, SOCKET_REASON)
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def receive(self) -> None:
        """Receive acknowledgements until the websocket closes."""
        try:
            while True:
                self._acknowledge(await self.websocket.receive_text())
        except (WebSocketDisconnect, RuntimeError, KeyError):
            # KeyError: a binary message, which nobody sends in Socket Mode
            return
        finally:
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_result(Answer("unreachable", {}, SOCKET_REASON))

    async def close(self) -> None:
        try:
            await self.websocket.close()
        except (WebSocketDisconnect, RuntimeError):
            return

    def cut(self) -> None:
        """Drop the connection without a close frame; the app notices at once."""
        drop_connection(self.asgi_send)

    def silence(self) -> None:
        """Leave the connection open but dead: no envelopes, no answers to pings."""
        self.is_silent = True
        stop_reading(self.asgi_send)

    def _acknowledge(self, text: str) -> None:
        """Hand the app's answer to whoever waits for that envelope's; ignore all else."""
        try:
            message = json.loads(text)
        except ValueError:
            return
        if not isinstance(message, dict):
            return
        waiting = self._waiting.get(str(message.get("envelope_id")))
        if waiting is not None and not waiting.done():
            payload = message.get("payload")
            waiting.set_result(Answer("acknowledged", payload if isinstance(payload, dict) else {}))


# Socket Mode: the app's websockets, and envelopes sent over them.

CONNECTIONS_PER_APP = 10
CONNECTION_SECONDS = 18_060.0
"""Lifetime of a websocket before Slack asks for another."""
WARNING_SECONDS = 10.0
"""Time before the end at which Slack warns."""

Reason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]


class SocketMode:
    """The open websockets of the app; each envelope goes to one of them.

    ``connection_seconds`` and ``warning_seconds`` are Slack's; tests may shorten them.
    """

    def __init__(self, app_id: str, changed: Callable[[], None]) -> None:
        self._app_id, self._changed = app_id, changed
        self._tickets: set[str] = set()
        self._open: list[Connection] = []
        self._turn = 0
        self._tried: dict[str, Connection] = {}
        self.connection_seconds = CONNECTION_SECONDS
        self.warning_seconds = WARNING_SECONDS

    @property
    def connections(self) -> int:
        return len(self._open)

    @property
    def open_connections(self) -> list[Connection]:
        """The open websockets, oldest first, for tests to ``cut`` or ``silence``."""
        return list(self._open)

    def new_ticket(self) -> str:
        """Return a one-time ticket for the address of ``apps.connections.open``."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, websocket: WebSocket, asgi_send: Send) -> None:
        """Serve one websocket until it closes; ``asgi_send`` is the server's own.

        One without a valid ticket is refused, and one above CONNECTIONS_PER_APP told so and closed.
        """
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close(code=1008)
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        connection = Connection(websocket, asgi_send)
        if len(self._open) >= CONNECTIONS_PER_APP:
            await self._disconnect(connection, "too_many_websockets")
            return
        await self._serve(connection)

    async def send(self, kind: Kind, payload: dict[str, Any], *, seconds: float, retry: Retry | None = None) -> Answer:
        """Send one envelope to one websocket and wait at most ``seconds`` for its acknowledgement.

        Closed websockets are skipped; ``unreachable`` when all are. An event that was not acknowledged is repeated over
        another websocket where there is one.
        """
        event_id = str(payload.get("event_id", ""))
        while (connection := self._next_connection(other_than=self._tried.pop(event_id, None))) is not None:
            answer = await connection.request(_envelope(kind, payload, retry), seconds=seconds)
            if answer is not None:
                if kind == "events_api" and not answer.ok:
                    self._tried[event_id] = connection
                return answer
            self._forget(connection)
        return Answer("unreachable", {}, SOCKET_REASON)

    async def refresh(self, reason: Reason = "refresh_requested") -> None:
        """Ask every websocket to reconnect; all reasons but ``warning`` also close it."""
        for connection in list(self._open):
            await self._disconnect(connection, reason)

    async def _serve(self, connection: Connection) -> None:
        """Count the websocket among the open ones, and end it after its lifetime if it does not close before."""
        lifetime = self.connection_seconds
        self._open.append(connection)
        self._changed()
        ending = asyncio.create_task(self._end(connection, lifetime))
        try:
            if await connection.send(self._hello(lifetime)):
                await connection.receive()
        finally:
            ending.cancel()
            self._forget(connection)

    async def _end(self, connection: Connection, lifetime: float) -> None:
        """Warn before the end of the websocket's lifetime, then end it."""
        await asyncio.sleep(lifetime - self.warning_seconds)
        await self._disconnect(connection, "warning")
        await asyncio.sleep(self.warning_seconds)
        await self._disconnect(connection, "refresh_requested")

    async def _disconnect(self, connection: Connection, reason: Reason) -> None:
        """Ask the app to reconnect; all reasons but ``warning`` also close the websocket."""
        if reason != "warning":
            self._forget(connection)
        await connection.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
        if reason != "warning" and not connection.is_silent:
            await connection.close()

    def _next_connection(self, *, other_than: Connection | None) -> Connection | None:
        """The connection whose turn it is, another than `other_than` if there is one."""
        others = [connection for connection in self._open if connection is not other_than] or self._open
        if not others:
            return None
        self._turn += 1
        return others[self._turn % len(others)]

    def _forget(self, connection: Connection) -> None:
        if connection in self._open:
            self._open.remove(connection)
            self._changed()

    def _hello(self, lifetime: float) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": int(lifetime)},
            "connection_info": {"app_id": self._app_id},
        }


def _envelope(kind: Kind, payload: dict[str, Any], retry: Retry | None) -> dict[str, Any]:
    """Return the envelope of Socket Mode: an event says how often it was repeated, other kinds take an answer."""
    envelope: dict[str, Any] = {
        "envelope_id": str(uuid.uuid4()),
        "type": kind,
        "payload": payload,
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        envelope["retry_attempt"] = retry.attempt if retry else 0
        envelope["retry_reason"] = retry.reason if retry else ""
    return envelope


# Signed HTTP: requests to the app, signed as Slack signs them.

CHALLENGE_SECONDS = 3.0
KEPT_SECONDS = 3.0
"""Servers close a connection that is idle, uvicorn after 5 seconds; what is sent at that moment would be lost."""


class SignedHttp:
    """Transport to one address: commands and interactions as forms, events as JSON."""

    def __init__(self, url: str, signing_secret: str) -> None:
        self._url = url
        self._secret = signing_secret.encode()
        self._session: aiohttp.ClientSession | None = None

    async def verify_url(self, token: str) -> bool:
        """Return True if the address answers Slack's ``url_verification`` challenge."""
        challenge = {"type": "url_verification", "token": token, "challenge": "sandbox-challenge"}
        try:
            async with asyncio.timeout(CHALLENGE_SECONDS):
                status, text = await self._post(json.dumps(challenge), "application/json", {})
        except (TimeoutError, aiohttp.ClientError):
            return False
        return status == 200 and "sandbox-challenge" in text

    async def send(self, kind: Kind, payload: dict[str, Any], *, seconds: float, retry: Retry | None = None) -> Answer:
        """Post one payload and wait at most ``seconds`` for the answer."""
        body, content_type = _encoded(kind, payload)
        headers = {}
        if retry is not None:
            headers = {"X-Slack-Retry-Num": str(retry.attempt), "X-Slack-Retry-Reason": retry.reason}
        try:
            async with asyncio.timeout(seconds):
                status, text = await self._post(body, content_type, headers)
        except TimeoutError:
            return Answer("late", {}, "http_timeout")
        except aiohttp.ClientError as error:
            return Answer("unreachable", {}, _retry_reason(error))
        if status == 200 or (kind == "events_api" and 200 <= status < 300):
            return Answer("acknowledged", _decoded(text))
        return Answer("refused", {}, "http_error")

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _post(self, body: str, content_type: str, headers: dict[str, str]) -> tuple[int, str]:
        """Post the signed body, and return status and text of the answer; a redirect is an answer too."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(keepalive_timeout=KEPT_SECONDS))
        timestamp = str(int(time.time()))
        signed = hmac.new(self._secret, f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
        sent = headers | {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={signed}",
        }
        async with self._session.post(self._url, data=body.encode(), headers=sent, allow_redirects=False) as received:
            return received.status, await received.text()


def _retry_reason(error: aiohttp.ClientError) -> str:
    if isinstance(error, aiohttp.ClientSSLError):
        return "ssl_error"
    return "connection_failed" if isinstance(error, aiohttp.ClientConnectionError) else "unknown_error"


def _encoded(kind: Kind, payload: dict[str, Any]) -> tuple[str, str]:
    """Return the body and its content type: JSON for an event, a form for the other kinds."""
    if kind == "events_api":
        return json.dumps(payload), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def _decoded(text: str) -> dict[str, Any]:
    """Return the app's answer: a JSON object as it is, other content as the text of a message, none as an empty one."""
    if not text.strip():
        return {}
    try:
        body = json.loads(text)
    except ValueError:
        return {"text": text}
    return body if isinstance(body, dict) else {"text": text}


# Delivery to the app with Slack's deadline and Slack's retries.

ACK_SECONDS = 3.0
"""Slack waits no longer for an answer."""
RETRY_WAITS = (0.0, 60.0, 300.0)
"""Slack's pauses before the three repeats of an event, in seconds."""
SHORT_RETRY_WAITS = (0.0, 0.1, 0.3)
"""Short pauses for tests and the demo."""
OLDEST_EVENT_SECONDS = 2 * 3600.0
"""Age from which an event is dropped."""


@dataclass(frozen=True)
class DeliveryAttempt:
    kind: Kind
    payload: dict[str, Any]
    attempt: int
    answer: Answer


@dataclass
class Delivery:
    """Delivers by Socket Mode, or by signed HTTP once ``http`` is set.

    ``now`` is the workspace's clock. ``ack_seconds`` is the deadline of an answer; ``retry_waits`` are the
    pauses before the repeats of an event.
    """

    changes: Changes
    sockets: SocketMode
    now: Callable[[], datetime]
    http: SignedHttp | None = None
    ack_seconds: float = ACK_SECONDS
    retry_waits: tuple[float, ...] = RETRY_WAITS
    log: list[DeliveryAttempt] = field(default_factory=list)
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def request(self, kind: Kind, payload: dict[str, Any]) -> Answer:
        """Send a command or an interaction once and return the app's answer."""
        return await self._attempt(kind, payload, None)

    def send_event(self, payload: dict[str, Any]) -> None:
        """Deliver an event in the background, with retries while it is not acknowledged."""
        task = asyncio.get_running_loop().create_task(self._deliver_event(payload))
        self._under_way.add(task)
        task.add_done_callback(self._done)

    @property
    def is_idle(self) -> bool:
        return not self._under_way

    async def close(self) -> None:
        tasks = list(self._under_way)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self.http is not None:
            await self.http.close()

    async def _deliver_event(self, payload: dict[str, Any]) -> None:
        """Send an event until it is acknowledged, too old, or repeated as often as ``retry_waits`` allow."""
        answer = await self._attempt_event(payload, None)
        for attempt, wait in enumerate(self.retry_waits, start=1):
            if answer is None or answer.ok:
                return
            await asyncio.sleep(wait)
            answer = await self._attempt_event(payload, Retry(attempt, answer.reason))

    async def _attempt_event(self, payload: dict[str, Any], retry: Retry | None) -> Answer | None:
        """Return the app's answer to an event, None when it is dropped as too old."""
        if self.now().timestamp() - payload["event_time"] > OLDEST_EVENT_SECONDS:
            return None
        return await self._attempt("events_api", payload, retry)

    async def _attempt(self, kind: Kind, payload: dict[str, Any], retry: Retry | None) -> Answer:
        """Send by signed HTTP if it is set up, else by Socket Mode; log the attempt and return the app's answer."""
        transport = self.http or self.sockets
        answer = await transport.send(kind, payload, seconds=self.ack_seconds, retry=retry)
        self.log.append(DeliveryAttempt(kind, payload, retry.attempt if retry else 0, answer))
        return answer

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self.changes.happened()


# Events sent to the app: those its manifest subscribes to and the bot may see.

STOPPED = "agent_session_stopped"
VERIFICATION_TOKEN = "sandbox-verification-token"  # noqa: S105 - a sample value of the payloads' legacy token field
SUBSCRIPTIONS = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


class Events:
    """Builds event payloads and passes them to ``send``.

    Nothing is sent that the manifest does not subscribe to, nor anything while the app is not installed.
    """

    def __init__(self, workspace: Workspace, send: Callable[[dict[str, Any]], None]) -> None:
        self._workspace = workspace
        self._deliver = send

    def message_posted(self, message: Message, *, viewed: list[dict[str, Any]] | None = None) -> None:
        """Send ``message``, and ``app_mention`` when a person names the bot outside a direct message.

        ``viewed`` are the entities that the person looks at beside the agent view.
        """
        channel = self._workspace.channels[message.channel_id]
        body = message_json(message) | {"channel": channel.id, "event_ts": message.ts}
        if viewed and channel.is_im and self._workspace.manifest.is_agent:
            body["app_context"] = {"entities": viewed}
        if channel.is_shared:
            author = self._workspace.users.get(message.user_id)
            team_id = author.author_team_id if author is not None else message.team_id
            body |= {"user_team": team_id, "source_team": team_id}
        self._send_message_event(channel, body | {"channel_type": channel.event_channel_type})
        named = f"<@{self._workspace.bot.id}>" in message.text
        is_typed = message.bot_id is None and message.subtype is None
        if named and is_typed and not channel.is_im and self._is_member(channel):
            self._send_if_subscribed("app_mention", body | {"type": "app_mention"}, channel)

    def message_changed(self, message: Message, previous: dict[str, Any]) -> None:
        self._send_hidden(message, "message_changed", {"message": message_json(message), "previous_message": previous})

    def message_deleted(self, message: Message, previous: dict[str, Any]) -> None:
        self._send_hidden(message, "message_deleted", {"deleted_ts": message.ts, "previous_message": previous})

    def member_changed(self, kind: str, channel: Channel, user_id: str, *, inviter: str | None = None) -> None:
        """Send ``member_joined_channel`` or ``member_left_channel``; of the bot also where it is not in any more."""
        user = self._workspace.users[user_id]
        event = {"user": user_id, "channel": channel.id, "channel_type": "G" if channel.is_private else "C"}
        event |= {"team": user.team_id} | ({"inviter": inviter} if inviter else {})
        if user_id == self._workspace.bot.id or self._is_member(channel):
            self._send_if_subscribed(kind, {"type": kind, **event, "event_ts": self._workspace.new_ts()}, channel)

    def bot_left(self, channel: Channel) -> None:
        """Send ``channel_left``; private channels say ``group_left``."""
        kind = "group_left" if channel.is_private else "channel_left"
        event = {"type": kind, "channel": channel.id, "event_ts": self._workspace.new_ts()}
        self._send_if_subscribed(kind, event, channel)

    def channel_changed(self, kind: str, channel: Channel, by_user_id: str) -> None:
        """Send ``channel_archive``, ``_unarchive``, ``_rename`` or ``_deleted``; private channels say ``group_``."""
        name = kind.replace("channel_", "group_") if channel.is_private else kind
        event: dict[str, Any] = {"type": name, "channel": channel.id, "event_ts": self._workspace.new_ts()}
        more: dict[str, dict[str, Any]] = {
            "channel_archive": {"user": by_user_id, "is_moved": 0},
            "channel_unarchive": {"user": by_user_id},
            "channel_rename": {
                "channel": {
                    "id": channel.id,
                    "is_channel": not channel.is_private,
                    "name": channel.name,
                    "name_normalized": channel.name,
                    "created": channel.created,
                    "is_mpim": False,
                }
            },
            "channel_deleted": {"actor_id": by_user_id},
        }
        event |= more[kind]
        if not channel.is_private or self._is_member(channel):
            self._send_if_subscribed(name, event, channel)

    def sharing_changed(self, channel: Channel, other_team_id: str) -> None:
        """Send ``channel_shared`` or ``channel_unshared``, by the channel's present state."""
        kind, team_field = "channel_shared", "connected_team_id"
        more: dict[str, Any] = {}
        if not channel.is_shared:
            kind, team_field, more = "channel_unshared", "previously_connected_team_id", {"is_ext_shared": False}
        event = {"type": kind, team_field: other_team_id, "channel": channel.id, **more}
        if not channel.is_private or self._is_member(channel):
            self._send_if_subscribed(kind, event | {"event_ts": self._workspace.new_ts()}, channel)

    def session_stopped(self, channel: Channel, thread_ts: str, user_id: str) -> None:
        """Send ``agent_session_stopped``: somebody pressed Stop while the app worked on this thread."""
        event: dict[str, Any] = {"type": STOPPED, "channel": channel.id, "thread_ts": thread_ts, "user": user_id}
        event |= {"streaming_message_ts": [], "event_ts": self._workspace.new_ts()}
        self._send_if_subscribed(STOPPED, event, channel)

    def workspace_wide(self, kind: str, event: dict[str, Any]) -> None:
        """Send an event that belongs to no channel: ``user_change``, ``team_join``, ``app_home_opened``."""
        self._send_if_subscribed(kind, {"type": kind, **event, "event_ts": self._workspace.new_ts()}, None)

    def _send_hidden(self, message: Message, subtype: str, parts: dict[str, Any]) -> None:
        """Send ``message`` with the subtype of a change, marked as hidden as Slack does."""
        channel = self._workspace.channels[message.channel_id]
        stamp = self._workspace.new_ts()
        event: dict[str, Any] = {"type": "message", "subtype": subtype, **parts, "channel": channel.id, "hidden": True}
        event |= {"ts": stamp, "event_ts": stamp, "channel_type": channel.event_channel_type}
        self._send_message_event(channel, event)

    def _send_message_event(self, channel: Channel, event: dict[str, Any]) -> None:
        subscription = SUBSCRIPTIONS[channel.event_channel_type]
        if subscription in self._workspace.manifest.bot_events and self._is_member(channel):
            self._send(event, channel)

    def _send_if_subscribed(self, kind: str, event: dict[str, Any], channel: Channel | None) -> None:
        if kind in self._workspace.manifest.bot_events:
            self._send(event, channel)

    def _send(self, event: dict[str, Any], channel: Channel | None) -> None:
        if self._workspace.is_installed:
            self._deliver(self._envelope(event, channel))

    def _is_member(self, channel: Channel) -> bool:
        return self._workspace.bot.id in channel.members

    def _envelope(self, event: dict[str, Any], channel: Channel | None) -> dict[str, Any]:
        team_id = self._workspace.team.id
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": team_id,
            "context_team_id": team_id,
            "context_enterprise_id": None,
            "api_app_id": self._workspace.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": self._workspace.ids.new("Ev"),
            "event_time": int(self._workspace.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": team_id,
                    "user_id": self._workspace.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": channel is not None and channel.is_shared,
            "event_context": f"4-{secrets.token_hex(24)}",
        }
