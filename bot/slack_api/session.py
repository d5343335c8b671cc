"""The connections to Slack, shared by every call."""

from typing import Any

import aiohttp

SLACK_TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
"""For every call: the client's own timeout does not count once it is given a session."""

IDLE_SECONDS = 1.5
"""For so long a connection that nobody uses is kept.

Whoever sends at the moment at which the other end closes an idle connection never hears whether the message was taken,
and has to wait a minute to find out. Common servers and gateways close after 2, 5 or 60 seconds; a channel gets a
message a second, so those of a review still share one connection.
"""


def slack_session(**others: Any) -> aiohttp.ClientSession:
    """A session for calls to Slack. To be made where an event loop runs, and closed by whoever made it."""
    connector = aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS)
    return aiohttp.ClientSession(timeout=SLACK_TIMEOUT, connector=connector, **others)
