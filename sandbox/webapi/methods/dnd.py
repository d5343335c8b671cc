"""dnd.*: people's do-not-disturb times."""

from typing import Any

from sandbox.slack import Slack
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError, invalid_arguments
from sandbox.workspace.users import User

MOST_USERS = 50


def dnd_info(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """dnd.info: do-not-disturb of a person, of the bot when nobody is named."""
    return _dnd(_user(slack, arguments.text_or_none("user") or slack.workspace.bot.id))


def dnd_team_info(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """dnd.teamInfo: do-not-disturb of up to fifty people."""
    ids = arguments.strings("users")
    if not ids:
        raise invalid_arguments("missing required field: users")
    if len(ids) > MOST_USERS:
        raise ApiError("too_many_users")
    return {"cached": True, "users": {user_id: _dnd(_user(slack, user_id)) for user_id in ids}}


def _user(slack: Slack, user_id: str) -> User:
    user = slack.workspace.users.get(user_id)
    if user is None:
        raise ApiError("user_not_found")
    return user


def _dnd(user: User) -> dict[str, Any]:
    starts, ends = user.quiet_times or (1, 1)
    shown = {"dnd_enabled": user.quiet_times is not None, "next_dnd_start_ts": starts, "next_dnd_end_ts": ends}
    return shown | {"snooze_enabled": False}
