"""Requests as Slack sends them, with places for the numbers that the load fills in.

`@N@` becomes a number that no other request has, `@M@` that number modulo the load's spread.
"""

import json
import time
from urllib.parse import quote_plus, urlencode

from bench.workspace import ADMIN, CHANNEL, TEAM


def command(word: str, text: str = "") -> str:
    """A slash command, as a form."""
    fields = {
        "token": "unused",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": CHANNEL,
        "channel_name": "bench",
        "user_id": ADMIN,
        "user_name": "person",
        "command": word,
        "text": text,
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:9/none",
        "trigger_id": "1.@N@.bench",
    }
    return urlencode(fields, safe="@")


def choice_in_form() -> str:
    """A choice in the open form of a movement: it changes nothing, as the form is read when it is submitted."""
    element = {"type": "static_select", "action_id": "field/stage", "block_id": "stage"}
    chosen = {"text": {"type": "plain_text", "text": "Engaged"}, "value": "engaged"}
    payload = {
        "type": "block_actions",
        "user": {"id": ADMIN, "username": "person", "name": "person", "team_id": TEAM},
        "api_app_id": "A0BENCH",
        "token": "unused",
        "container": {"type": "view", "view_id": "V0BENCH"},
        "trigger_id": "1.@N@.bench",
        "team": {"id": TEAM, "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
        "view": {"id": "V0BENCH", "type": "modal", "callback_id": "movement", "blocks": [], "state": {"values": {}}},
        "actions": [element | {"selected_option": chosen, "action_ts": "1764000000.@N@"}],
    }
    return "payload=" + quote_plus(json.dumps(payload), safe="@")


def question(text: str) -> str:
    """A direct message, as JSON; each of the people writes in a conversation of their own."""
    now = int(time.time())
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": "D0BENCH@M@",
        "user": "U0BENCH@M@",
        "team": TEAM,
        "text": text,
        "ts": f"{now}.@N@",
        "event_ts": f"{now}.@N@",
    }
    envelope = {
        "type": "event_callback",
        "token": "unused",
        "team_id": TEAM,
        "api_app_id": "A0BENCH",
        "event_id": "Ev@N@",
        "event_time": now,
        "authorizations": [{"team_id": TEAM, "user_id": "U0BENCHBOT", "is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event": event,
    }
    return json.dumps(envelope)
