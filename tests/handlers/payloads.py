"""Payloads with the fields that Slack sends, for the places where the bot reads them. Every id and name is invented."""

from typing import Any

Payload = dict[str, Any]

TEAM, ANN, BOT = "T0SAMPLE1", "U0ANN0001", "U0BOT0001"
USER = {"id": ANN, "username": "ann", "name": "ann", "team_id": TEAM}


def command(**changes: Any) -> Payload:
    """The payload of a slash command: a flat form, without the person's team."""
    return {
        "token": "verification",
        "team_id": TEAM,
        "team_domain": "sample",
        "channel_id": "C0WEEKLY1",
        "channel_name": "abm-weekly",
        "user_id": ANN,
        "user_name": "ann",
        "command": "/move",
        "text": " initech  to engaged ",
        "api_app_id": "A0SAMPLE1",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.example/commands/1",
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
    } | changes


def click(action: Payload | None = None, **changes: Any) -> Payload:
    pressed = {
        "type": "button",
        "block_id": "b1",
        "action_id": "agenda.move",
        "text": {"type": "plain_text", "text": "Movement", "emoji": True},
        "value": "7",
        "action_ts": "1795532401.000200",
    }
    return {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "sample"},
        "user": USER,
        "api_app_id": "A0SAMPLE1",
        "token": "verification",
        "container": {
            "type": "message",
            "message_ts": "1795532400.000100",
            "channel_id": "C0WEEKLY1",
            "is_ephemeral": False,
        },
        "trigger_id": "1.2.3",
        "channel": {"id": "C0WEEKLY1", "name": "abm-weekly"},
        "message": {"type": "message", "user": BOT, "ts": "1795532400.000100", "text": "Initech", "blocks": []},
        "response_url": "https://hooks.example/actions/1",
        "enterprise": None,
        "is_enterprise_install": False,
        "state": {"values": {}},
        "actions": [action or pressed],
    } | changes


def click_alone(**changes: Any) -> Payload:
    """A button of a message that only the person sees: Slack leaves the message itself out."""
    payload = click(**changes)
    del payload["message"]
    payload["container"] |= {"is_ephemeral": True}
    return payload


def view(**changes: Any) -> Payload:
    return {
        "id": "V0SAMPLE1",
        "team_id": TEAM,
        "type": "modal",
        "blocks": [],
        "private_metadata": "",
        "callback_id": "movement",
        "state": {"values": {}},
        "hash": "1795532400.abcdefgh",
        "title": {"type": "plain_text", "text": "Movement", "emoji": True},
        "clear_on_close": False,
        "notify_on_close": True,
        "close": None,
        "submit": {"type": "plain_text", "text": "Record", "emoji": True},
        "previous_view_id": None,
        "root_view_id": "V0SAMPLE1",
        "app_id": "A0SAMPLE1",
        "external_id": "",
        "app_installed_team_id": TEAM,
        "bot_id": "B0SAMPLE1",
    } | changes


def click_in_view(action: Payload, **changes: Any) -> Payload:
    """A choice or key press in a modal: no channel, no message, no response URL."""
    payload = click(action)
    for name in ("channel", "message", "response_url", "state"):
        del payload[name]
    return payload | {"container": {"type": "view", "view_id": "V0SAMPLE1"}, "view": view()} | changes


def submission(**changes: Any) -> Payload:
    return {
        "type": "view_submission",
        "team": {"id": TEAM, "domain": "sample"},
        "user": USER,
        "api_app_id": "A0SAMPLE1",
        "token": "verification",
        "trigger_id": "1.2.4",
        "view": view(),
        "response_urls": [],
        "is_enterprise_install": False,
    } | changes


def message_shortcut(**changes: Any) -> Payload:
    """A shortcut on a message; older clients leave the person's team out."""
    return {
        "type": "message_action",
        "token": "verification",
        "action_ts": "1795532402.000300",
        "team": {"id": TEAM, "domain": "sample"},
        "user": {"id": ANN, "name": "ann"},
        "channel": {"id": "C0WEEKLY1", "name": "abm-weekly"},
        "callback_id": "log_to_account",
        "trigger_id": "1.2.5",
        "message_ts": "1795532300.000100",
        "message": {
            "client_msg_id": "0a0a0a0a",
            "type": "message",
            "text": "The CFO said yes",
            "user": "U0BOB0001",
            "ts": "1795532300.000100",
            "team": TEAM,
        },
        "response_url": "https://hooks.example/app/1",
    } | changes


def event(inner: Payload, **changes: Any) -> Payload:
    return {
        "token": "verification",
        "team_id": TEAM,
        "api_app_id": "A0SAMPLE1",
        "event": inner,
        "type": "event_callback",
        "event_id": "Ev0SAMPLE1",
        "event_time": 1795532400,
        "authorizations": [
            {"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}
        ],
        "is_ext_shared_channel": False,
        "event_context": "4-sample",
    } | changes
