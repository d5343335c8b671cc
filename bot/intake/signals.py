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
from agendas.facts.people import Author
from agendas.facts.signals import SignalsTaken
from agendas.rules.signals.payloads import read_signal
from agendas.verbs.signals.ingest import take_signals
from bot.clock import Clock
from bot.intake.bodies import STAMP_DIGITS, RequestRefused, body_of, only_header, refused
from bot.sealing import Sealing, Unreadable
from storage import workspaces
from storage.database.engine import Store
from storage.database.errors import advice_for_anybody

PATH = "/signals"
ACTOR = "signals webhook"
"""Author of the webhook's events: nobody in the workspace, so not a user id."""

BODY_BYTES = 1024 * 1024
SIGNALS_AT_ONCE = 500
STAMP_SECONDS = 300
"""Largest difference between the sender's clock and ours."""

DECIMAL_BASE = 10

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
        return Route(PATH, self._answer, methods=["POST"])

    async def _answer(self, request: Request) -> Response:
        try:
            body = await body_of(request, most_bytes=BODY_BYTES)
            workspace_id = await self._signed_for(request, body)
            taken = await self._take(workspace_id, _signals_in(body))
        except RequestRefused as refusal:
            log.info("refused", extra={"status": refusal.status})
            return refused(JSONResponse({"error": refusal.sentence}, refusal.status))
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
            to_do = "set the CADENCE_SECRET_KEY it was stored with, or make a new secret with /abm signals"
            log.error("secret_unreadable", extra={"workspace": workspace.id, "to_do": to_do})
            return ""

    async def _take(self, workspace_id: str, sent: list[Any]) -> SignalsTaken:
        author = Author(workspace_id, ACTOR, Source.WEBHOOK, self._clock.now())
        read = [read_signal(each, now=author.at) for each in sent]
        return await self._store.write(take_signals, author, read)


def signed(secret: str, stamp: str, body: bytes) -> str:
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
