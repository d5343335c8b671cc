"""users.info and users.list."""

from typing import Any

from sandbox.slack import World
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError
from sandbox.webapi.paging import page
from sandbox.workspace.users import user_json


def info(world: World, arguments: Arguments) -> dict[str, Any]:
    """users.info."""
    user = world.workspace.users.get(arguments.text("user"))
    if user is None:
        raise ApiError("user_not_found")
    return {"user": _shown(world, user.id) | ({"locale": "en-US"} if arguments.flag("include_locale") else {})}


def list_(world: World, arguments: Arguments) -> dict[str, Any]:
    """users.list: everybody, deactivated people and bots included."""
    shown, more = page(list(world.workspace.users), arguments, default=1000, high=1000)
    stamp = int(world.workspace.now().timestamp())
    return {"members": [_shown(world, user_id) for user_id in shown], "cache_ts": stamp, **more}


def _shown(world: World, user_id: str) -> dict[str, Any]:
    workspace = world.workspace
    return user_json(
        workspace.users[user_id],
        now=workspace.now(),
        home_team_id=workspace.team.id,
        with_email="users:read.email" in world.scopes,
    )
