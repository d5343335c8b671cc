"""Answers by the response URL of a command or click, and the messages left over when Slack does not take them."""

import asyncio
import logging
from dataclasses import dataclass
from enum import Enum
from typing import Any

from aiohttp import ClientError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from agendas.rendering.blockkit import Rendered
from handlers.edge.call_outcome import may_be_done
from handlers.edge.incoming import Incoming

RESPONSE_USES = 5
"""Answers that Slack takes by the response URL of one command or click."""

TOO_FAST = 429
WAIT_SECONDS = 4.0
"""Longest wait in all for the answers to one act when Slack asks to wait; then they go by letter."""

log = logging.getLogger("cadence.answers")


class Shown(Enum):
    """The fate of a message: seen, not seen, not seen for its blocks, or nobody knows."""

    YES = "yes"
    NO = "no"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Left:
    """The messages certainly not shown; `is_unsure` when nobody knows about the one before them."""

    rest: tuple[Rendered, ...] = ()
    is_unsure: bool = False


class ResponseUrl:
    """The response URL of one act. `session` is the client's for HTTP."""

    def __init__(self, incoming: Incoming, session: Any) -> None:
        self._incoming = incoming
        # the client's own retries would post twice
        self._webhook = AsyncWebhookClient(incoming.response_url, session=session, retry_handlers=[])
        self._uses = RESPONSE_USES
        self._seconds_left = WAIT_SECONDS

    async def answer(
        self, rendered: list[Rendered], *, public: bool, replace: bool, changed: Rendered | None = None
    ) -> Left:
        """Send the messages until one is not taken; `replace` puts the first in the place of the one clicked on.

        `changed` takes that place before; where Slack does not let it, the message clicked on stays as it was.
        """
        if changed is not None:
            await self.answer([changed], public=False, replace=True)
        for position, each in enumerate(rendered):
            is_instead = replace and position == 0
            body = self._body(each, public=public, replace=is_instead)
            shown = await (self._shows_instead(body) if is_instead else self._shows(body))
            if shown is Shown.REFUSED and each.plain:
                shown = await self._shows(body | {"blocks": each.plain})
            if shown is Shown.UNKNOWN:
                return Left(tuple(rendered[position + 1 :]), is_unsure=True)
            if shown is not Shown.YES:
                return Left(tuple(rendered[position:]))
        return Left()

    async def _shows_instead(self, body: dict[str, Any]) -> Shown:
        """Replace a message, and again where Slack did not say whether it did: twice is the same as once."""
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
            log.warning("response_url_lost", extra={"word": self._incoming.word, "error": type(error).__name__})
            return Shown.UNKNOWN if may_be_done(error) else Shown.NO
        if answer.status_code == 200:
            return Shown.YES
        wait = _seconds(answer.headers.get("Retry-After"))
        if answer.status_code == TOO_FAST and wait <= self._seconds_left:
            # several messages came into the channel just before, and nothing was shown
            self._seconds_left -= wait
            await asyncio.sleep(wait)
            return await self._shows(body)
        log.warning("response_url_refused", extra={"word": self._incoming.word, "status": answer.status_code})
        if "invalid_blocks" in (answer.body or ""):
            return Shown.REFUSED
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
            # the message is shown to those who saw the one it replaces
            return body
        in_thread = bool(self._incoming.place) and self._incoming.kind == "button" and public
        shown = {"response_type": "in_channel" if public else "ephemeral"}
        return body | shown | ({"thread_ts": self._incoming.place} if in_thread else {})


def _seconds(told: str | None) -> float:
    """The seconds that Slack asks to wait; one where it does not say."""
    return float(told) if told and told.isdecimal() and told.isascii() else 1.0
