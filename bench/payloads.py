"""What Slack sends, as form bodies with places for numbers that the load fills in."""

import json
from urllib.parse import quote_plus, urlencode

from bench.slack import ASKER, CHANNEL, TEAM

NUMBER = "@N@"


def command(word: str, text: str) -> str:
    """The body of a slash command; `@M@` and `@N@` in the text are filled in too."""
    fields = {
        "token": "unused",
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": CHANNEL,
        "channel_name": "bench",
        "user_id": ASKER,
        "user_name": "person",
        "command": word,
        "text": text,
        "api_app_id": "A0BENCH",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:9/none",
        "trigger_id": f"1.{NUMBER}.bench",
    }
    return urlencode(fields, safe="@")


def choice_in_form() -> str:
    """The body of a choice made in the open form of a movement: an action that is read when the form is submitted."""
    element = {"type": "static_select", "action_id": "field/stage", "block_id": "stage"}
    chosen = {"text": {"type": "plain_text", "text": "Engaged"}, "value": "engaged"}
    payload = {
        "type": "block_actions",
        "user": {"id": ASKER, "username": "person", "name": "person", "team_id": TEAM},
        "api_app_id": "A0BENCH",
        "token": "unused",
        "container": {"type": "view", "view_id": "V0BENCH"},
        "trigger_id": f"1.{NUMBER}.bench",
        "team": {"id": TEAM, "domain": "bench"},
        "enterprise": None,
        "is_enterprise_install": False,
        "view": {"id": "V0BENCH", "type": "modal", "callback_id": "movement", "blocks": [], "state": {"values": {}}},
        "actions": [element | {"selected_option": chosen, "action_ts": f"1764000000.{NUMBER}"}],
    }
    return "payload=" + quote_plus(json.dumps(payload), safe="@")
