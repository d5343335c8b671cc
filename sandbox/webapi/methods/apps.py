"""oauth.v2.access, auth.test, api.test and apps.connections.open: installation, tokens and connections."""

from typing import Any

from sandbox.slack import Slack
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import ApiError


def access(slack: Slack, arguments: Arguments) -> dict[str, Any]:
    """oauth.v2.access: exchange a code, once, for the bot's token, limited to the scopes granted with it."""
    if arguments.text_or_none("client_id") != slack.client_id:
        raise ApiError("invalid_client_id")
    if arguments.text_or_none("client_secret") != slack.client_secret:
        raise ApiError("bad_client_secret")
    authorization = slack.redeem_code(arguments.text_or_none("code") or "")
    if authorization is None:
        raise ApiError("invalid_code")
    if (arguments.text_or_none("redirect_uri") or "") != authorization.redirect_uri:
        raise ApiError("bad_redirect_uri")
    slack.granted = frozenset(authorization.scopes.split(","))
    workspace = slack.workspace
    workspace.is_installed = True
    return {
        "app_id": workspace.app_id,
        "authed_user": {"id": authorization.user_id},
        "scope": authorization.scopes,
        "token_type": "bot",
        "access_token": slack.bot_token,
        "bot_user_id": workspace.bot.id,
        "team": {"id": workspace.team.id, "name": workspace.team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def open_connection(slack: Slack, _: Arguments) -> dict[str, Any]:
    """apps.connections.open: return the address of a websocket, good for one connection."""
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
    """api.test: return the arguments; ``error`` makes it fail."""
    if arguments.has("error"):
        raise ApiError(arguments.text("error"), args=arguments.given)
    return {"args": arguments.given}
