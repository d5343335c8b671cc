"""oauth.v2.access: the code of an installation exchanged for the bot's token; auth.revoke: the token given up."""

from typing import Any

from sandbox.slack import Slack
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError


def access(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """The bot's token and the workspace it is for; each code counts once, for the redirect address it was given to.

    From then on the token may do what was granted with this code, and nothing else.
    """
    if arguments.text_or_none("client_id") != slack.client_id:
        raise ApiError("invalid_client_id")
    if arguments.text_or_none("client_secret") != slack.client_secret:
        raise ApiError("bad_client_secret")
    allowed = slack.redeem_code(arguments.text_or_none("code") or "")
    if allowed is None:
        raise ApiError("invalid_code")
    if (arguments.text_or_none("redirect_uri") or "") != allowed.redirect_uri:
        raise ApiError("bad_redirect_uri")
    slack.granted = frozenset(allowed.scopes.split(","))
    workspace = slack.workspace
    workspace.is_installed = True
    return {
        "app_id": workspace.app_id,
        "authed_user": {"id": allowed.user_id},
        "scope": allowed.scopes,
        "token_type": "bot",
        "access_token": slack.bot_token,
        "bot_user_id": workspace.bot.id,
        "team": {"id": workspace.team.id, "name": workspace.team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def open_connection(slack: Slack, _: Arguments) -> dict[str, Any]:
    """apps.connections.open: the address of a websocket, good for one connection."""
    address = slack.origin.replace("http://", "ws://", 1)
    return {"url": f"{address}/link/?ticket={slack.delivery.sockets.new_ticket()}&app_id={slack.workspace.app_id}"}


def auth_test(slack: Slack, _: Arguments) -> dict[str, Any]:
    """auth.test."""
    workspace = slack.workspace
    return {
        "url": workspace.team.url,
        "team": workspace.team.name,
        "user": workspace.bot.name,
        "team_id": workspace.team.id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def api_test(_: Slack, arguments: Arguments) -> dict[str, Any]:
    """api.test: says back what it was told; ``error`` makes it fail."""
    if arguments.has("error"):
        raise ApiError(arguments.text("error"), args=arguments.given)
    return {"args": arguments.given}
