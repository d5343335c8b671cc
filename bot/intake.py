"""Requests over HTTP: Slack's, signals, status pages."""

import asyncio
import hashlib
import hmac
import json
import logging
import secrets
import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.facts.signals import SignalsTaken
from agendas.rendering.calendar import feed
from agendas.rendering.words import Words
from agendas.rules.signals import read_signal
from agendas.verbs.calendar import hash_of, meetings_of
from agendas.verbs.signals import take_signals
from bot.clock import Clock
from bot.settings import Sealing, Settings, UndecryptableSecret
from bot.slack_api import StartFailed, Workspaces
from handlers.edge.answers import Sent, acknowledging
from handlers.edge.incoming import OnlyReadable
from storage import workspaces
from storage.database import Store, advice_for_anybody

# The Bolt app and its options.

NOT_INSTALLED = "Cadence is not installed in this workspace. Ask an admin of the workspace to install it."


def bolt_app(settings: Settings, known: Workspaces) -> AsyncApp:
    """Return a Bolt app that does the work before it answers, so that a person sees a crash.

    Signatures are checked before Bolt parses a request (`bot.intake.http`). Bolt's arguments for assistant events
    are switched off: they are not used, and Bolt fails at an event without its thread.
    """
    return AsyncApp(
        name="cadence.app",
        signing_secret=settings.signing_secret,
        request_verification_enabled=False,
        attaching_conversation_kwargs_enabled=False,
        before_authorize=OnlyReadable(),
        client=known.client(),
        # an AsyncAuthorize is documented and handled, but missing in the parameter's type
        authorize=known.authorizing(),  # type: ignore[arg-type]
        user_facing_authorize_error_message=NOT_INSTALLED,
        process_before_response=True,
    )


# Reading request bodies, bounded in length and time, and headers that may appear only once.

BODY_WITHIN_SECONDS = 5.0
"""Slack gives up after three seconds; without a limit the server would wait for the rest of a body for ever."""

DISCARDED_BYTES = 32 * 1024 * 1024
"""Most of a refused body that is read all the same."""

TOO_LONG = 413

STAMP_DIGITS = 12
"""Most digits of a timestamp in seconds."""


class RequestRefused(Exception):
    """Refusal of a request, with the status and the sentence to answer. The sentence repeats nothing of the request."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status, self.sentence = status, sentence
        super().__init__(sentence)


async def body_of(request: Request, *, most_bytes: int, within_seconds: float = BODY_WITHIN_SECONDS) -> bytes:
    """Return the whole body. Raises RequestRefused when it is too long, too slow, or breaks off."""
    parts: list[bytes] = []
    # the declared length: the server has made sure that it is a number
    count = int(request.headers.get("content-length", "0"))
    if count <= most_bytes:
        count = 0
        try:
            async with asyncio.timeout(within_seconds):
                async for part in request.stream():
                    count += len(part)
                    if count > most_bytes:
                        break
                    parts.append(part)
        except TimeoutError:
            raise RequestRefused(408, "the body did not arrive in time") from None
        except ClientDisconnect:
            raise RequestRefused(400, "the body broke off") from None
    if count > most_bytes:
        raise RequestRefused(TOO_LONG, f"the body is longer than {most_bytes} bytes")
    return b"".join(parts)


class ReadingOn(Response):
    """A response to a request whose body is not read to its end: it goes out at once, then the rest is discarded.

    A sender that writes all before it reads would find its connection reset, and no answer. At most `DISCARDED_BYTES`
    are read, for `within_seconds`.
    """

    def __init__(self, answer: Response, *, within_seconds: float = BODY_WITHIN_SECONDS) -> None:
        super().__init__()
        self._answer = answer
        self._within_seconds = within_seconds

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, discard the rest of the body, then end the response, which closes the connection."""
        answer = self._answer
        start = {"type": "http.response.start", "status": answer.status_code, "headers": answer.raw_headers}
        await send(start)
        await send({"type": "http.response.body", "body": answer.body, "more_body": True})
        with suppress(TimeoutError):
            async with asyncio.timeout(self._within_seconds):
                await _discard(receive)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def refusal_response(answer: Response, *, within_seconds: float = BODY_WITHIN_SECONDS) -> Response:
    """Return the answer to a refused request so that it closes the connection, and reaches a sender still writing."""
    # the unread rest of the body would be parsed as the next request
    answer.headers["connection"] = "close"
    return ReadingOn(answer, within_seconds=within_seconds) if answer.status_code == TOO_LONG else answer


def only_header(request: Request, name: str) -> str:
    """Return the header's value, "" when it is missing, or given twice: readers could disagree on which one counts."""
    found = request.headers.getlist(name)
    return found[0] if len(found) == 1 else ""


async def _discard(receive: Receive) -> None:
    """Read and forget the rest of the body, up to the limit."""
    count, is_more = 0, True
    while is_more and count < DISCARDED_BYTES:
        message = await receive()
        count += len(message.get("body", b""))
        is_more = bool(message.get("more_body", False))


# Calendars: `GET /calendar/TOKEN.ics`, for whoever has the token.

TOKEN_CHARACTERS = 64
A_MINUTE_FROM_ONE = 30
"""Requests in a minute for one calendar, and for wrong tokens from one address. Programs read a few times a day."""

HEADERS = {"cache-control": "private, no-cache", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}

TOO_OFTEN = PlainTextResponse("too many requests", 429, headers=HEADERS | {"retry-after": "60"})

calendar_log = logging.getLogger("cadence.calendar")


class CalendarRequests:
    """Serves the calendars that have an address. A wrong token and one that ended are answered alike."""

    def __init__(self, store: Store, words: Words, clock: Clock) -> None:
        self._store = store
        self._words = words
        self._clock = clock
        self._minute = 0
        self._asked: Counter[str] = Counter()

    @property
    def route(self) -> Route:
        """The route. It answers 200 or 304 with the calendar's tag, 404, 429 when asked too often, 503 in trouble."""
        return Route("/calendar/{token}.ics", self._answer, methods=["GET"])

    async def _answer(self, request: Request) -> Response:
        """Answer with the calendar of the token in the path, by the statuses that `route` names."""
        # looked up by its hash, so that how long it takes tells nothing of the tokens there are
        token_hash = hash_of(request.path_params["token"][:TOKEN_CHARACTERS])
        if self._count_of(token_hash) >= A_MINUTE_FROM_ONE:
            return TOO_OFTEN
        try:
            found = await self._store.read_long(partial(meetings_of, now=self._clock.now()), token_hash)
        except SQLAlchemyError as error:
            calendar_log.error("calendar_failed", extra={"error": type(error).__name__})
            return PlainTextResponse("try again later", 503, headers=HEADERS | {"retry-after": "300"})
        # a wrong token counts against its address alone: whoever guesses cannot silence the calendars of others,
        # not even those read through the same proxy
        counted_by = token_hash if found is not None else request.client.host if request.client else ""
        if self._count_of(counted_by) >= A_MINUTE_FROM_ONE:
            return TOO_OFTEN
        self._asked[counted_by] += 1
        if found is None:
            return PlainTextResponse("not found", 404, headers=HEADERS)
        body = feed(found, self._words)
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = HEADERS | {"etag": tag}
        known = request.headers.get("if-none-match", "").split(",")
        # a proxy may have made a tag weak
        if tag in {each.strip().removeprefix("W/") for each in known}:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)

    def _count_of(self, asker: str) -> int:
        """Return the requests in the present minute by this asker: a token's hash, or an address."""
        minute = int(self._clock.now().timestamp()) // 60
        if minute != self._minute:
            self._minute, self._asked = minute, Counter()
        return self._asked[asker]


# The route for Slack's HTTP requests: bounded, signature checked before parsing, then handed to Bolt.

PATH = "/slack/events"

BODY_BYTES = 2 * 1024 * 1024
"""Longest body accepted. Slack's largest views have 250 kB of JSON, three times that as a form."""

UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, RecursionError)
"""Errors that Bolt raises on a body of another shape than Slack's."""

SSL_CHECK_BYTES = 1_024

request_log = logging.getLogger("cadence.requests")


def slack_events(app: AsyncApp, signing_secret: str, *, body_within_seconds: float = BODY_WITHIN_SECONDS) -> Route:
    """Return the route for commands, interactivity and events.

    It answers 401 to a request without Slack's signature, 413 or 408 to a body that is too long or too slow, 400 to an
    unreadable one, and otherwise with Bolt's answer.
    """
    verifier = SignatureVerifier(signing_secret)

    async def answer(request: Request) -> Response:
        """Read the body and let Bolt answer; log a refusal and answer with its status and sentence."""
        try:
            body = await body_of(request, most_bytes=BODY_BYTES, within_seconds=body_within_seconds)
            return await _answer(app, verifier, request, body)
        except RequestRefused as refusal:
            request_log.info("refused", extra={"status": refusal.status})
            refused = PlainTextResponse(refusal.sentence, status_code=refusal.status)
            return refusal_response(refused, within_seconds=body_within_seconds)

    return Route(PATH, answer, methods=["POST"])


async def _answer(app: AsyncApp, verifier: SignatureVerifier, request: Request, body: bytes) -> Response:
    """Check the signature and let Bolt answer. Raises RequestRefused for an unsigned or unreadable request."""
    try:
        if not _is_signed(verifier, request, body):
            if _is_certificate_check(body):
                return Response()
            raise RequestRefused(401, "invalid request")
        bolt_request = to_async_bolt_request(request, body)
    except UNREADABLE:
        raise RequestRefused(400, "the body cannot be read") from None
    with acknowledging() as after_answer:
        answer = to_starlette_response(await app.async_dispatch(bolt_request))
    if after_answer:
        answer.background = BackgroundTask(_call_all, after_answer)
    return answer


async def _call_all(callbacks: Sequence[Sent]) -> None:
    """Call what waits until the answer has gone out."""
    for callback in callbacks:
        callback()


def _is_signed(verifier: SignatureVerifier, request: Request, body: bytes) -> bool:
    """Return whether Slack signed this body within five minutes of now."""
    stamp, signature = only_header(request, "x-slack-request-timestamp"), only_header(request, "x-slack-signature")
    # the verifier raises on a timestamp that is not a number and on a signature with non-ASCII characters
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= STAMP_DIGITS and signature.isascii()):
        return False
    return verifier.is_valid(body, stamp, signature)


def _is_certificate_check(body: bytes) -> bool:
    """Return whether this is Slack's check of our certificate, which is unsigned and needs only a 200."""
    if len(body) > SSL_CHECK_BYTES or b"ssl_check" not in body:
        return False
    return ("ssl_check", "1") in parse_qsl(body.decode("latin-1"))


# The HTTP server.

STOP_WITHIN_SECONDS = 10
"""Time for requests under way once the server stops; without a limit one hung request holds it for minutes."""

Ready = Callable[[], Awaitable[str]]
"""Return what keeps the bot from being ready, one sentence a line; "" when it is ready."""


def web_app(ready: Ready, more: Sequence[Route] = ()) -> Starlette:
    """Return a web app with the routes `/healthz` and `/readyz`, and more."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        trouble = await ready()
        return PlainTextResponse(trouble or "ready", status_code=503 if trouble else 200)

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), *more]
    return Starlette(routes=routes)


class HttpServer:
    """Serves a web app on one address until it is stopped."""

    def __init__(self, web: Starlette, *, host: str, port: int) -> None:
        self._web = web
        self._host = host
        self._port = port
        self._server: _Uvicorn | None = None
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> int:
        """Start to listen; return the port, which is a free one when 0 was asked for. Raises StartFailed."""
        try:
            listening = socket.create_server((self._host, self._port), backlog=2048)
        except OSError as error:
            raise StartFailed(
                f"{self._host}:{self._port} cannot be listened on ({error.strerror}): give another HOST or PORT."
            ) from error
        # asyncio sets this only on sockets of its own; without it answers wait up to 40 ms for an ACK
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        config = uvicorn.Config(
            closing_once(self._web, lambda: self._server is not None and self._server.should_exit),
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
        )
        self._server = _Uvicorn(config)
        self._serving = asyncio.create_task(self._server.serve([listening]))
        while not self._server.started and not self._serving.done():  # noqa: ASYNC110 - it offers no event to wait for
            await asyncio.sleep(0.005)
        port: int = listening.getsockname()[1]
        return port

    async def stop(self) -> None:
        """Accept no more requests and wait for those under way."""
        if self._server is None or self._serving is None:
            return
        self._server.should_exit = True
        await self._serving


def closing_once(web: ASGIApp, is_stopping: Callable[[], bool]) -> ASGIApp:
    """Wrap an app so that each answer during the stop closes its connection.

    Otherwise a connection accepted at the moment of the stop would be reused until one of its requests is cut off.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_on(message: Message) -> None:
            """Pass the message on; the head of an answer during the stop says that the connection closes."""
            if message["type"] == "http.response.start" and is_stopping():
                message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
            await send(message)

        await web(scope, receive, send_on)

    return app


class _Uvicorn(uvicorn.Server):
    """A server that leaves signals to the program, which has more to stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


# The signals webhook: `POST /signals`, signed with the workspace's secret; each signal counts once.

SIGNALS_PATH = "/signals"
ACTOR = "signals webhook"
"""Author of the webhook's events: nobody in the workspace, so not a user id."""

SIGNALS_BODY_BYTES = 1024 * 1024
SIGNALS_AT_ONCE = 500
STAMP_SECONDS = 300
"""Largest difference between the sender's clock and ours."""

log = logging.getLogger("cadence.signals")


class SignalRequests:
    """Accepts signals for every workspace with a signals secret."""

    def __init__(self, store: Store, sealing: Sealing, clock: Clock) -> None:
        self._store = store
        self._sealing = sealing
        self._clock = clock

    @property
    def route(self) -> Route:
        """The route. It answers 202 with the result for each signal, 401 if unsigned, 400, 408 or 413 if unreadable."""
        return Route(SIGNALS_PATH, self._answer, methods=["POST"])

    async def _answer(self, request: Request) -> Response:
        """Take the signals of a signed body; answer with their ids by result, or say why none was taken."""
        try:
            body = await body_of(request, most_bytes=SIGNALS_BODY_BYTES)
            workspace_id = await self._signed_for(request, body)
            taken = await self._take(workspace_id, _signals_in(body))
        except RequestRefused as refusal:
            log.info("refused", extra={"status": refusal.status})
            return refusal_response(JSONResponse({"error": refusal.sentence}, refusal.status))
        except SQLAlchemyError as error:
            reference = secrets.token_hex(4)
            log.error("signals_failed", extra={"error": type(error).__name__, "error_id": reference})
            sentence = f"{advice_for_anybody(error)} Nothing was taken; send it again later. Reference {reference}."
            return JSONResponse({"error": sentence}, 503, headers={"retry-after": "30"})
        ids_by_result = asdict(taken)
        counts = {result: len(ids) for result, ids in ids_by_result.items()}
        log.info("signals", extra={"workspace": workspace_id, **counts})
        return JSONResponse(ids_by_result, 202)

    async def _signed_for(self, request: Request, body: bytes) -> str:
        """Return the id of the workspace whose secret signed this body within 5 minutes. Raises RequestRefused."""
        workspace_id, stamp = only_header(request, "x-cadence-workspace"), only_header(request, "x-cadence-timestamp")
        signature = only_header(request, "x-cadence-signature")
        secret = await self._secret(workspace_id)
        is_stamp = stamp.isascii() and stamp.isdecimal() and len(stamp) <= STAMP_DIGITS
        is_now = is_stamp and abs(self._clock.now().timestamp() - int(stamp)) <= STAMP_SECONDS
        expected = signature_of(secret, stamp, body) if is_stamp else ""
        is_right = signature.isascii() and hmac.compare_digest(expected, signature)
        if not (secret and is_now and is_right):
            raise RequestRefused(401, "the signature, the time or the workspace is not right")
        return workspace_id

    async def _secret(self, workspace_id: str) -> str:
        """Return the workspace's signals secret decrypted, "" where there is none that can be used."""
        workspace = await self._store.read(workspaces.get, workspace_id) if workspace_id else None
        if workspace is None or not workspace.is_active or not workspace.signals_secret:
            return ""
        try:
            return self._sealing.open(workspace.signals_secret)
        except UndecryptableSecret:
            to_do = "set the CADENCE_SECRET_KEY it was stored with, or make a new secret with /abm signals"
            log.error("secret_unreadable", extra={"workspace": workspace.id, "to_do": to_do})
            return ""

    async def _take(self, workspace_id: str, objects: list[Any]) -> SignalsTaken:
        author = Author(workspace_id, ACTOR, Source.WEBHOOK, self._clock.now())
        read = [read_signal(each, now=author.at) for each in objects]
        return await self._store.write(take_signals, author, read)


def signature_of(secret: str, stamp: str, body: bytes) -> str:
    """Return the signature of a body: `sha256=` and the HMAC of timestamp, full stop and body."""
    return "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _signals_in(body: bytes) -> list[Any]:
    """Return the signals in the body. Raises RequestRefused unless it is an object or a list of objects."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise RequestRefused(400, "the body is not JSON") from None
    found = sent if isinstance(sent, list) else [sent]
    if not all(isinstance(each, dict) for each in found):
        raise RequestRefused(400, "send a signal as an object, or a list of them")
    if not 0 < len(found) <= SIGNALS_AT_ONCE:
        raise RequestRefused(400, f"send 1 to {SIGNALS_AT_ONCE} signals at once, these are {len(found)}")
    return found
