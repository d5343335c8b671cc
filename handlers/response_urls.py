"""Answers by the response URL of a command or click, and what is left to say when Slack does not take them."""

import asyncio
import logging
from dataclasses import dataclass
from enum import Enum
from typing import Any

from aiohttp import ClientError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from agendas.rendering.blockkit import Rendered
from handlers.doubt import may_be_done
from handlers.incoming import Incoming

RESPONSE_USES = 5
"""How often Slack takes an answer by the response URL of one command or click."""
TOO_FAST = 429
PATIENCE_SECONDS = 4.0
"""How long the answers to one act wait in all when Slack asks to; then they go by letter, which has more patience."""

log = logging.getLogger("cadence.answers")


class Shown(Enum):
    """Whether people see a message."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Left:
    """What an answer came to: `rest` are the messages certainly not shown, `is_unsure` that the one before may be."""

    rest: tuple[Rendered, ...] = ()
    is_unsure: bool = False


class ResponseUrl:
    """The response URL of one act. `session` is the client's for HTTP."""

    def __init__(self, came: Incoming, session: Any) -> None:
        self._came = came
        # the client's own retries would post twice
        self._webhook = AsyncWebhookClient(came.response_url, session=session, retry_handlers=[])
        self._uses = RESPONSE_USES
        self._patience = PATIENCE_SECONDS

    async def answer(self, rendered: list[Rendered], *, public: bool, replace: bool) -> Left:
        """Sends the messages until one is not taken; `replace` puts the first in the place of what was clicked."""
        for position, each in enumerate(rendered):
            is_instead = replace and position == 0
            body = self._body(each, public=public, replace=is_instead)
            shown = await (self._shows_instead(body) if is_instead else self._shows(body))
            if shown is Shown.UNKNOWN:
                return Left(tuple(rendered[position + 1 :]), is_unsure=True)
            if shown is Shown.NO:
                return Left(tuple(rendered[position:]))
        return Left()

    async def _shows_instead(self, body: dict[str, Any]) -> Shown:
        """Replacing twice is the same as once, so it is done again where Slack did not say whether it did it."""
        shown = await self._shows(body)
        if shown is Shown.UNKNOWN and await self._shows(body) is Shown.YES:
            return Shown.YES
        return shown

    async def _shows(self, body: dict[str, Any]) -> Shown:
        if not self._uses:
            return Shown.NO
        self._uses -= 1
        try:
            answer = await self._webhook.send_dict(body)
        except (ClientError, TimeoutError) as error:
            log.warning("response_url_lost", extra={"word": self._came.word, "error": type(error).__name__})
            return Shown.UNKNOWN if may_be_done(error) else Shown.NO
        if answer.status_code == 200:
            return Shown.YES
        if answer.status_code == TOO_FAST and (wait := _seconds(answer.headers.get("Retry-After"))) <= self._patience:
            # several messages came into the channel just before, and nothing was shown
            self._patience -= wait
            await asyncio.sleep(wait)
            return await self._shows(body)
        log.warning("response_url_refused", extra={"word": self._came.word, "status": answer.status_code})
        return Shown.UNKNOWN if answer.status_code >= 500 else Shown.NO

    def _body(self, rendered: Rendered, *, public: bool, replace: bool) -> dict[str, Any]:
        body = {
            "text": rendered.text,
            "blocks": rendered.blocks,
            "replace_original": replace,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if replace:
            # who read the message before reads it then too
            return body
        in_thread = bool(self._came.place) and self._came.kind == "button" and public
        shown = {"response_type": "in_channel" if public else "ephemeral"}
        return body | shown | ({"thread_ts": self._came.place} if in_thread else {})


def _seconds(told: str | None) -> float:
    """How long Slack asks to wait; a second where it does not say."""
    return float(told) if told and told.isdecimal() and told.isascii() else 1.0
