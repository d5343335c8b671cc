"""Publish a person's Home."""

import logging

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.edge.call_outcome import code_of
from handlers.edge.replies import Publish

BLOCKS_REFUSED = ("invalid_blocks", "invalid_arguments")
"""Errors of Slack for a view with blocks that it does not take."""

log = logging.getLogger("cadence.answers")


async def publish(client: AsyncWebClient, user_id: str, home: Publish) -> None:
    """Publish the Home, and once more without newer blocks where Slack refuses those. Raises what Slack answers."""
    try:
        await client.views_publish(user_id=user_id, view=home.view)
    except SlackApiError as error:
        if home.plain is None or code_of(error) not in BLOCKS_REFUSED:
            raise
        log.warning("newer_blocks_refused", extra={"error": code_of(error)})
        await client.views_publish(user_id=user_id, view=home.plain)
