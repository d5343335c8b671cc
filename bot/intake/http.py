"""The route for Slack's HTTP requests: bounded, signature checked before parsing, then handed to Bolt."""

import logging
from collections.abc import Sequence
from urllib.parse import parse_qsl

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.intake.bodies import BODY_WITHIN_SECONDS, STAMP_DIGITS, RequestRefused, body_of, only_header, refused
from handlers.edge.answered import Sent, acknowledging

PATH = "/slack/events"

BODY_BYTES = 2 * 1024 * 1024
"""Longest body accepted. Slack's largest views have 250 kB of JSON, three times that as a form."""

UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, RecursionError)
"""Errors that Bolt raises on a body of another shape than Slack's."""

SSL_CHECK_BYTES = 1_024

log = logging.getLogger("cadence.requests")


def slack_events(app: AsyncApp, signing_secret: str, *, body_within_seconds: float = BODY_WITHIN_SECONDS) -> Route:
    """Return the route for commands, interactivity and events.

    It answers 401 to a request without Slack's signature, 413 or 408 to a body that is too long or too slow, 400 to an
    unreadable one, and otherwise with Bolt's answer.
    """
    verifier = SignatureVerifier(signing_secret)

    async def answer(request: Request) -> Response:
        try:
            body = await body_of(request, most_bytes=BODY_BYTES, within_seconds=body_within_seconds)
            return await _answer(app, verifier, request, body)
        except RequestRefused as refusal:
            log.info("refused", extra={"status": refusal.status})
            answer = PlainTextResponse(refusal.sentence, status_code=refusal.status)
            return refused(answer, within_seconds=body_within_seconds)

    return Route(PATH, answer, methods=["POST"])


async def _answer(app: AsyncApp, verifier: SignatureVerifier, request: Request, body: bytes) -> Response:
    try:
        if not _is_signed(verifier, request, body):
            if _is_certificate_check(body):
                return Response()
            raise RequestRefused(401, "invalid request")
        asked = to_async_bolt_request(request, body)
    except UNREADABLE:
        raise RequestRefused(400, "the body cannot be read") from None
    with acknowledging() as waiting:
        answer = to_starlette_response(await app.async_dispatch(asked))
    if waiting:
        answer.background = BackgroundTask(_call, waiting)
    return answer


async def _call(waiting: Sequence[Sent]) -> None:
    for each in waiting:
        each()


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
