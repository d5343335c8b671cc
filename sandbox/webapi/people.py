"""users.*, team.info, auth.test and api.test."""

from typing import Any

from sandbox.people import user_json
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError
from sandbox.webapi.paging import page
from sandbox.world import World


def auth_test(world: World, _: Arguments) -> dict[str, Any]:
    """auth.test."""
    workspace = world.workspace
    return {
        "url": workspace.team.url,
        "team": workspace.team.name,
        "user": workspace.bot.name,
        "team_id": workspace.team.id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def api_test(_: World, arguments: Arguments) -> dict[str, Any]:
    """api.test: says back what it was told; ``error`` makes it fail."""
    if arguments.has("error"):
        raise ApiError(arguments.text("error"), args=arguments.given)
    return {"args": arguments.given}


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
