"""Publish a person's Home."""

import logging
from functools import partial

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.edge.call_outcome import WAIT_SECONDS, code_of, patiently
from handlers.edge.replies import Publish

BLOCKS_REFUSED = ("invalid_blocks", "invalid_arguments")
"""Errors of Slack for a view with blocks that it does not take."""

log = logging.getLogger("cadence.answers")


async def publish(client: AsyncWebClient, user_id: str, home: Publish, *, wait_seconds: float = WAIT_SECONDS) -> None:
    """Publish the Home, and again each time that Slack asks to wait, `wait_seconds` in all at most.

    Raises what Slack answers.
    """
    await patiently(partial(_publish, client, user_id, home), seconds=wait_seconds)


async def _publish(client: AsyncWebClient, user_id: str, home: Publish) -> None:
    """Publish the Home: made again where another one was published meanwhile, plain where newer blocks are refused.

    Raises what Slack answers.
    """
    try:
        await client.views_publish(user_id=user_id, view=home.view, hash=home.hash or None)
    except SlackApiError as error:
        code = code_of(error)
        if code == "hash_conflict" and home.anew is not None:
            fresh = await home.anew()
            await _publish(client, user_id, Publish(fresh.view, fresh.plain))
            return
        if home.plain is None or code not in BLOCKS_REFUSED:
            raise
        log.warning("newer_blocks_refused", extra={"error": code})
        await client.views_publish(user_id=user_id, view=home.plain)
