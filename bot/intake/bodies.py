"""The body of a request, bounded in length and time, and headers that are given once."""

import asyncio

from starlette.requests import ClientDisconnect, Request

BODY_WITHIN_SECONDS = 5.0
"""Slack gives a request up after three seconds; the server by itself would wait for the rest of a body for ever."""

STAMP_DIGITS = 12
"""What a timestamp in seconds may have at most."""


class RequestRefused(Exception):
    """The request is answered with this status; the sentence holds nothing of the request."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status, self.sentence = status, sentence
        super().__init__(sentence)


async def body_of(request: Request, *, most_bytes: int, within_seconds: float = BODY_WITHIN_SECONDS) -> bytes:
    """The whole body. Raises Unacceptable when it is too long, too slow, or breaks off."""
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
        raise RequestRefused(413, f"the body is longer than {most_bytes} bytes")
    return b"".join(parts)


def only_header(request: Request, name: str) -> str:
    """The header's value, empty when it is missing or given twice: two readers could each take another one."""
    found = request.headers.getlist(name)
    return found[0] if len(found) == 1 else ""


def _announced(request: Request) -> int:
    """How long the request says its body is; the server has made sure that this is a number."""
    return int(request.headers.get("content-length", "0"))
