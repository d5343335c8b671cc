"""bookmarks.*: links at the top of a channel."""

from typing import Any

from sandbox.channels import Channel
from sandbox.webapi.access import readable_channel
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError
from sandbox.world import World

MOST_BOOKMARKS = 100


def add(world: World, arguments: Arguments) -> dict[str, Any]:
    """bookmarks.add: a link."""
    channel = readable_channel(world, arguments.text("channel_id"))
    if arguments.text("type") != "link":
        raise ApiError("invalid_bookmark_type")
    if len(channel.bookmarks) >= MOST_BOOKMARKS:
        raise ApiError("too_many_bookmarks")
    now = int(world.workspace.now().timestamp())
    bookmark = {
        "id": world.workspace.ids.new("Bk"),
        "channel_id": channel.id,
        "title": arguments.text("title"),
        "link": _link(arguments),
        "emoji": arguments.text_or_none("emoji") or "",
        "icon_url": None,
        "entity_id": None,
        "type": "link",
        "date_created": now,
        "date_updated": 0,
        "rank": str(len(channel.bookmarks)),
        "last_updated_by_user_id": world.workspace.bot.id,
        "last_updated_by_team_id": world.workspace.team.id,
        "shortcut_id": None,
        "app_id": world.workspace.app_id,
    }
    channel.bookmarks.append(bookmark)
    world.workspace.changes.happened()
    return {"bookmark": bookmark}


def edit(world: World, arguments: Arguments) -> dict[str, Any]:
    """bookmarks.edit: what is not given stays."""
    bookmark = _known(readable_channel(world, arguments.text("channel_id")), arguments)
    bookmark |= {name: arguments.text(name) for name in ("title", "emoji") if arguments.has(name)}
    if arguments.has("link"):
        bookmark["link"] = _link(arguments)
    bookmark["date_updated"] = int(world.workspace.now().timestamp())
    world.workspace.changes.happened()
    return {"bookmark": bookmark}


def remove(world: World, arguments: Arguments) -> dict[str, Any]:
    """bookmarks.remove."""
    channel = readable_channel(world, arguments.text("channel_id"))
    channel.bookmarks.remove(_known(channel, arguments))
    world.workspace.changes.happened()
    return {}


def list_(world: World, arguments: Arguments) -> dict[str, Any]:
    """bookmarks.list."""
    return {"bookmarks": readable_channel(world, arguments.text("channel_id")).bookmarks}


def _known(channel: Channel, arguments: Arguments) -> dict[str, Any]:
    wanted = arguments.text("bookmark_id")
    for bookmark in channel.bookmarks:
        if bookmark["id"] == wanted:
            return bookmark
    raise ApiError("not_found")


def _link(arguments: Arguments) -> str:
    link = arguments.text("link")
    if not link.startswith(("https://", "http://")):
        raise ApiError("invalid_link")
    return link
