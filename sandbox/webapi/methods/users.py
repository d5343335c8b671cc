"""users.info and users.list."""

from typing import Any

from sandbox.slack import Slack
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError
from sandbox.webapi.paging import page
from sandbox.workspace.users import user_json


def info(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """users.info."""
    user = slack.workspace.users.get(arguments.text("user"))
    if user is None:
        raise ApiError("user_not_found")
    return {"user": _shown(slack, user.id) | ({"locale": "en-US"} if arguments.flag("include_locale") else {})}


def list_(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """users.list: all people, including deactivated ones and bots."""
    shown, more = page(list(slack.workspace.users), arguments, default=1000, high=1000)
    stamp = int(slack.workspace.now().timestamp())
    return {"members": [_shown(slack, user_id) for user_id in shown], "cache_ts": stamp, **more}


def _shown(slack: Slack, user_id: str) -> dict[str, Any]:
    workspace = slack.workspace
    return user_json(
        workspace.users[user_id],
        now=workspace.now(),
        home_team_id=workspace.team.id,
        with_email="users:read.email" in slack.scopes,
    )
