"""dnd.*: people's do-not-disturb times."""

from typing import Any

from sandbox.slack import Slack
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError
from sandbox.workspace.users import User

MOST_USERS = 50
DAY_SECONDS = 86_400


def dnd_info(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """dnd.info: do-not-disturb of a person, of the bot when nobody is named."""
    user = slack.workspace.users.get(arguments.text_or_none("user") or slack.workspace.bot.id)
    if user is None:
        raise ApiError("user_not_found")
    return _dnd(slack, user) | {"snooze_enabled": False}


def dnd_team_info(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """dnd.teamInfo: scheduled do-not-disturb of up to fifty people, without their snoozes."""
    ids = arguments.strings("users")
    if not ids:
        raise ApiError("no_users_provided")
    if len(ids) > MOST_USERS:
        raise ApiError("too_many_users")
    users = slack.workspace.users
    if not users.keys() >= set(ids):
        raise ApiError("user_not_visible")
    return {"users": {user_id: _dnd(slack, users[user_id]) for user_id in ids}}


def _dnd(slack: Slack, user: User) -> dict[str, Any]:
    """The window that the person is in, or the next one: theirs comes every day."""
    starts, ends = user.quiet_times or (1, 1)
    if user.quiet_times is not None:
        days = max(0, (int(slack.workspace.now().timestamp()) - ends) // DAY_SECONDS + 1)
        starts, ends = starts + days * DAY_SECONDS, ends + days * DAY_SECONDS
    return {"dnd_enabled": user.quiet_times is not None, "next_dnd_start_ts": starts, "next_dnd_end_ts": ends}
