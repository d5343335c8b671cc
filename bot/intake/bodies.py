"""Reading request bodies, bounded in length and time, and headers that may appear only once."""

import asyncio
from contextlib import suppress

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

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
    count = _announced(request)
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


def refused(answer: Response, *, within_seconds: float = BODY_WITHIN_SECONDS) -> Response:
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


def _announced(request: Request) -> int:
    """Return the declared length of the body; the server has made sure that it is a number."""
    return int(request.headers.get("content-length", "0"))
