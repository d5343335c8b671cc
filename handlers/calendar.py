"""Calendars of reviews that people subscribe to: their addresses, by button."""

import secrets

from agendas.pages.reviews import NOBODY, RENEW, REVOKE, address_page, feed_page
from agendas.rendering.page import sentence_page
from agendas.rules.access import Permission
from agendas.verbs import calendar
from handlers.edge.access import require_own_channel
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.subject import Subject

# Buttons of calendars: the person's own, and that of the channel where they are pressed.


async def own_address(request: Request, deps: Deps) -> Reply:
    """A new address for the person's own calendar; if it has one already, since when."""
    request.require(Permission.READ)
    return await _address_reply(request, deps, "")


async def channel_address(request: Request, deps: Deps) -> Reply:
    """A new address for the channel's calendar; if it has one already, since when."""
    request.require(Permission.RECORD)
    await require_own_channel(request, deps)
    return await _address_reply(request, deps, request.channel_id)


async def renew(request: Request, deps: Deps) -> Reply:
    """Replace the calendar's address by a new one."""
    return await _make_address(request, deps, await _channel_to_change(request, deps))


async def revoke(request: Request, deps: Deps) -> Reply:
    channel_id = await _channel_to_change(request, deps)
    await deps.write(request, calendar.revoke, request.author, channel_id=channel_id)
    return Say(sentence_page(deps.words.say("cadence.revoked", channel_id=channel_id)), replace=True)


async def _channel_to_change(request: Request, deps: Deps) -> str:
    """The channel of the button, whose calendar is changed; '' for the person's own (NOBODY). Raises NotAllowed."""
    if request.value == NOBODY:
        request.require(Permission.READ)
        return ""
    request.require(Permission.RECORD)
    await require_own_channel(request, deps)
    return request.channel_id


async def _address_reply(request: Request, deps: Deps, channel_id: str) -> Reply:
    """The address made now, or since when there is one; `channel_id` is '' for the person's own calendar."""
    user_id = request.person.user_id
    feed = await deps.read(calendar.find_feed, request.workspace_id, user_id, channel_id=channel_id)
    # without a public address of the server, `_make_address` says so
    if feed is None or not deps.public_url:
        return await _make_address(request, deps, channel_id)
    return Say(feed_page(feed, deps.words, zone=request.person.time_zone, today=request.today))


async def _make_address(request: Request, deps: Deps, channel_id: str) -> Reply:
    """A new address, which ends an earlier one; a sentence where the bot's own public address is not set."""
    if not deps.public_url:
        return Say(sentence_page(deps.words.say("cadence.no_public_url")))
    token = secrets.token_urlsafe(32)
    await deps.write(request, calendar.renew, request.author, token, channel_id=channel_id)
    url = f"{deps.public_url}/calendar/{token}.ics"
    return Say(address_page(url, deps.words, channel_id=channel_id))


CALENDAR = Subject(
    buttons={"calendar.mine": own_address, "calendar.channel": channel_address, RENEW: renew, REVOKE: revoke}
)
