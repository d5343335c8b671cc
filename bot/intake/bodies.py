"""Reading request bodies, bounded in length and time, and headers that may appear only once."""

import asyncio

from starlette.requests import ClientDisconnect, Request

BODY_WITHIN_SECONDS = 5.0
"""Slack gives up after three seconds; without a limit the server would wait for the rest of a body for ever."""

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
        raise RequestRefused(413, f"the body is longer than {most_bytes} bytes")
    return b"".join(parts)


def only_header(request: Request, name: str) -> str:
    """Return the header's value, "" when it is missing, or given twice: readers could disagree on which one counts."""
    found = request.headers.getlist(name)
    return found[0] if len(found) == 1 else ""


def _announced(request: Request) -> int:
    """Return the declared length of the body; the server has made sure that it is a number."""
    return int(request.headers.get("content-length", "0"))
