"""What Slack sends over HTTP: bounded, its signature checked before anything is read from it, then handed to Bolt."""

import asyncio
import logging
from urllib.parse import parse_qsl

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

PATH = "/slack/events"

BODY_BYTES = 2 * 1024 * 1024
"""The most that is read of a request. Slack's largest views have 250 kB of JSON, three times that as a form."""

BODY_WITHIN_SECONDS = 5.0
"""Slack gives a request up after three seconds; the server by itself would wait for the rest of a body for ever."""

UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, RecursionError)
"""What Bolt raises when it takes apart a body that has not the shape of Slack's."""

STAMP_DIGITS = 12
SSL_CHECK_BYTES = 1_024

log = logging.getLogger("cadence.requests")


class _Unacceptable(Exception):
    """The request is answered with this status; the sentence holds nothing of the request."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status, self.sentence = status, sentence
        super().__init__(sentence)


def slack_events(app: AsyncApp, signing_secret: str, *, body_within_seconds: float = BODY_WITHIN_SECONDS) -> Route:
    """The route that takes commands, interactivity and events.

    It answers 401 to what Slack did not sign, 413 and 408 to what is too long or comes too slowly, 400 to what cannot
    be read, and else what Bolt answers.
    """
    verifier = SignatureVerifier(signing_secret)

    async def answer(request: Request) -> Response:
        try:
            body = await _body_of(request, body_within_seconds)
            return await _answer(app, verifier, request, body)
        except _Unacceptable as refusal:
            log.info("refused", extra={"status": refusal.status})
            # what is left of a body that was not read to its end would be taken for the next request
            headers = {"connection": "close"}
            return PlainTextResponse(refusal.sentence, status_code=refusal.status, headers=headers)

    return Route(PATH, answer, methods=["POST"])


async def _answer(app: AsyncApp, verifier: SignatureVerifier, request: Request, body: bytes) -> Response:
    try:
        if not _is_signed(verifier, request, body):
            if _is_certificate_check(body):
                return Response()
            raise _Unacceptable(401, "invalid request")
        asked = to_async_bolt_request(request, body)
    except UNREADABLE:
        raise _Unacceptable(400, "the body cannot be read") from None
    return to_starlette_response(await app.async_dispatch(asked))


async def _body_of(request: Request, within_seconds: float) -> bytes:
    """The whole body. Raises _Unacceptable when it is too long, too slow, or breaks off."""
    parts: list[bytes] = []
    count = _announced(request)
    if count <= BODY_BYTES:
        count = 0
        try:
            async with asyncio.timeout(within_seconds):
                async for part in request.stream():
                    count += len(part)
                    if count > BODY_BYTES:
                        break
                    parts.append(part)
        except TimeoutError:
            raise _Unacceptable(408, "the body did not arrive in time") from None
        except ClientDisconnect:
            raise _Unacceptable(400, "the body broke off") from None
    if count > BODY_BYTES:
        raise _Unacceptable(413, f"the body is longer than {BODY_BYTES} bytes")
    return b"".join(parts)


def _announced(request: Request) -> int:
    """How long the request says its body is; the server has made sure that this is a number."""
    return int(request.headers.get("content-length", "0"))


def _is_signed(verifier: SignatureVerifier, request: Request, body: bytes) -> bool:
    """Whether Slack signed this body within five minutes of now."""
    stamp, signature = _only(request, "x-slack-request-timestamp"), _only(request, "x-slack-signature")
    # the verifier raises on a timestamp that is no number and on a signature with letters beyond ASCII
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= STAMP_DIGITS and signature.isascii()):
        return False
    return verifier.is_valid(body, stamp, signature)


def _only(request: Request, name: str) -> str:
    """The header's value, empty when it is missing or given twice: two readers could each take another one."""
    found = request.headers.getlist(name)
    return found[0] if len(found) == 1 else ""


def _is_certificate_check(body: bytes) -> bool:
    """Whether this is Slack's look at our certificate, which is not signed and wants nothing but a 200."""
    if len(body) > SSL_CHECK_BYTES or b"ssl_check" not in body:
        return False
    return ("ssl_check", "1") in parse_qsl(body.decode("latin-1"))
