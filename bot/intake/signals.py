"""The signals webhook: `POST /signals`, signed with the workspace's secret; each signal counts once."""

import hashlib
import hmac
import json
import logging
import secrets
from dataclasses import asdict
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from agendas.facts.account import Source
from agendas.facts.author import Author
from agendas.facts.signals import SignalsTaken
from agendas.rules.signals.payloads import read_signal
from agendas.verbs.signals.ingest import take_signals
from bot.clock import Clock
from bot.intake.bodies import STAMP_DIGITS, RequestRefused, body_of, only_header
from bot.sealing import Sealing, Unreadable
from storage import workspaces
from storage.database.engine import Store
from storage.database.errors import advice_for_anybody

PATH = "/signals"
ACTOR = "signals webhook"
"""Who recorded what came by it: nobody in the workspace, so a name that is no user id."""

BODY_BYTES = 1024 * 1024
SIGNALS_AT_ONCE = 500
STAMP_SECONDS = 300
"""How far the sender's clock may be from ours."""

DECIMAL_BASE = 10

log = logging.getLogger("cadence.signals")


class SignalRequests:
    """Takes signals for every workspace of the bot that has a secret."""

    def __init__(self, store: Store, sealing: Sealing, clock: Clock) -> None:
        self._store = store
        self._sealing = sealing
        self._clock = clock

    @property
    def route(self) -> Route:
        """202 with what became of each signal; 401 to what is not signed, 400, 408 and 413 to what cannot be read."""
        return Route(PATH, self._answer, methods=["POST"])

    async def _answer(self, request: Request) -> Response:
        try:
            body = await body_of(request, most_bytes=BODY_BYTES)
            workspace_id = await self._signed_for(request, body)
            taken = await self._take(workspace_id, _signals_in(body))
        except RequestRefused as refusal:
            log.info("refused", extra={"status": refusal.status})
            return JSONResponse({"error": refusal.sentence}, refusal.status, headers={"connection": "close"})
        except SQLAlchemyError as error:
            reference = secrets.token_hex(4)
            log.error("signals_failed", extra={"error": type(error).__name__, "error_id": reference})
            said = f"{advice_for_anybody(error)} Nothing was taken; send it again later. Reference {reference}."
            return JSONResponse({"error": said}, 503, headers={"retry-after": "30"})
        told = asdict(taken)
        log.info("signals", extra={"workspace": workspace_id, **{what: len(ids) for what, ids in told.items()}})
        return JSONResponse(told, 202)

    async def _signed_for(self, request: Request, body: bytes) -> str:
        """The id of the workspace whose secret signed this body within five minutes of now. Raises Unacceptable."""
        workspace_id, stamp = only_header(request, "x-cadence-workspace"), only_header(request, "x-cadence-timestamp")
        signature = only_header(request, "x-cadence-signature")
        secret = await self._secret(workspace_id)
        is_stamp = stamp.isascii() and stamp.isdecimal() and len(stamp) <= STAMP_DIGITS
        is_now = is_stamp and abs(self._clock.now().timestamp() - int(stamp, DECIMAL_BASE)) <= STAMP_SECONDS
        expected = signed(secret, stamp, body) if is_stamp else ""
        is_right = signature.isascii() and hmac.compare_digest(expected, signature)
        if not (secret and is_now and is_right):
            raise RequestRefused(401, "the signature, the time or the workspace is not right")
        return workspace_id

    async def _secret(self, workspace_id: str) -> str:
        workspace = await self._store.read(workspaces.get, workspace_id) if workspace_id else None
        if workspace is None or not workspace.is_active or not workspace.signals_secret:
            return ""
        try:
            return self._sealing.open(workspace.signals_secret)
        except Unreadable:
            to_do = "give the CADENCE_SECRET_KEY it was stored with, or make a new secret with /abm signals"
            log.error("secret_unreadable", extra={"workspace": workspace.id, "to_do": to_do})
            return ""

    async def _take(self, workspace_id: str, sent: list[Any]) -> SignalsTaken:
        author = Author(workspace_id, ACTOR, Source.WEBHOOK, self._clock.now())
        read = [read_signal(each, now=author.at) for each in sent]
        return await self._store.write(take_signals, author, read)


def signed(secret: str, stamp: str, body: bytes) -> str:
    """The signature of a body: `sha256=` and the HMAC of timestamp, full stop and body."""
    return "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _signals_in(body: bytes) -> list[Any]:
    """The signals in the body. Raises Unacceptable for what is not one or a list of them."""
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
