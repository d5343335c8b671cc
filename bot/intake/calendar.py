"""Calendars: `GET /calendar/TOKEN.ics`, for whoever has the token."""

import hashlib
import logging
from collections import Counter
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from agendas.rendering.calendar.feed import feed
from agendas.rendering.words import Words
from agendas.verbs.calendar.addresses import hash_of
from agendas.verbs.calendar.meetings import meetings_of
from bot.clock import Clock
from storage.database.engine import Store

PATH = "/calendar/{token}.ics"

TOKEN_CHARACTERS = 64
A_MINUTE_FROM_ONE = 30
"""Requests for one token in a minute: programs read a calendar a few times a day. Ours."""
A_MINUTE = 600
"""Requests in a minute, for all tokens, right and wrong."""

HEADERS = {"cache-control": "private, no-cache", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}

log = logging.getLogger("cadence.calendar")


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
        return Route(PATH, self._answer, methods=["GET"])

    async def _answer(self, request: Request) -> Response:
        # looked up by its hash, so that how long it takes tells nothing of the tokens there are
        token_hash = hash_of(request.path_params["token"][:TOKEN_CHARACTERS])
        if self._is_too_often(token_hash):
            return PlainTextResponse("too many requests", 429, headers=HEADERS | {"retry-after": "60"})
        try:
            found = await self._store.read_long(partial(meetings_of, now=self._clock.now()), token_hash)
        except SQLAlchemyError as error:
            log.error("calendar_failed", extra={"error": type(error).__name__})
            return PlainTextResponse("try again later", 503, headers=HEADERS | {"retry-after": "300"})
        if found is None:
            return PlainTextResponse("not found", 404, headers=HEADERS)
        body = feed(found, self._words)
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = HEADERS | {"etag": tag}
        if tag in _tags(request):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)

    def _is_too_often(self, token_hash: str) -> bool:
        minute = int(self._clock.now().timestamp()) // 60
        if minute != self._minute:
            self._minute, self._asked = minute, Counter()
        if self._asked.total() >= A_MINUTE:
            return True
        self._asked[token_hash] += 1
        return self._asked[token_hash] > A_MINUTE_FROM_ONE


def _tags(request: Request) -> set[str]:
    """The tags that the program has already; a proxy may have made one weak."""
    given = request.headers.get("if-none-match", "")
    return {each.strip().removeprefix("W/") for each in given.split(",")}
