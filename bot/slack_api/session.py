"""The HTTP session to Slack that all calls share."""

from typing import Any

import aiohttp

SLACK_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
"""Timeout of every call: the client ignores its own once it is given a session."""

IDLE_SECONDS = 1.5
"""How long an idle connection is kept.

A message sent just as the other end closes an idle connection gets no answer, and the bot has to wait a minute to find
out whether it arrived. Common servers and gateways close after 2, 5 or 60 seconds; a channel gets a message a second,
so the messages of a review still share one connection.
"""


def slack_session(**others: Any) -> aiohttp.ClientSession:
    """Return a new session for calls to Slack. Needs a running event loop; the caller closes it."""
    connector = aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS)
    return aiohttp.ClientSession(timeout=SLACK_TIMEOUT, connector=connector, **others)
