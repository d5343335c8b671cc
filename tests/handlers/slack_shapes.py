"""Every shape of payload in Slack's documentation, also of what this program never asked for. Every value is invented.

Messages are given as what stands in `event`; `event_ts` and the envelope are put around them.
"""

from collections.abc import Iterator

from tests.builders import ANN, BOB, CHANNEL, WORKSPACE
from tests.handlers import payloads
from tests.handlers.local_bot import OTHER
from tests.handlers.payloads import Payload
from tests.handlers.slack_events import CREATED, DIRECT, EVENTS, FUNCTION, PLACE, STAMP, STEP, THREAD, TOLD

SAID: Payload = {"type": "message", "user": ANN, "text": "Initech said yes", "ts": STAMP, "team": WORKSPACE}
BY_BOT: Payload = {"bot_id": "B0OTHER01", "app_id": "A0OTHER01", "username": "other", "text": "done"}

MESSAGES: dict[str, Payload] = {
    "in a channel": SAID | PLACE | {"client_msg_id": "0a-1", "blocks": [{"type": "rich_text", "elements": []}]},
    "in a group": SAID | PLACE | {"channel_type": "group"},
    "in a thread": SAID | PLACE | {"thread_ts": THREAD, "parent_user_id": BOB},
    "of the app's Home": SAID | {"channel": "D0ANN0001", "channel_type": "app_home"},
    "bot_message": BY_BOT | DIRECT,
    "bot as a user": SAID | BY_BOT | DIRECT | {"bot_profile": {"id": "B0OTHER01"}},
    "channel_join": SAID | PLACE | {"inviter": BOB},
    "ekm_access_denied": SAID | DIRECT | {"user": "UREVOKEDU"},
    "file_comment": PLACE | {"file": {"id": "F0FILE001"}, "comment": {"id": "Fc1", "user": ANN, "comment": "x"}},
    "me_message": SAID | DIRECT,
    "message_changed": DIRECT | {"hidden": True, "message": SAID, "previous_message": SAID},
    "message_deleted": DIRECT | {"hidden": True, "deleted_ts": STAMP, "previous_message": SAID},
    "message_replied": DIRECT | {"message": SAID | {"thread_ts": STAMP, "reply_count": 1, "replies": []}},
    "reply_broadcast": SAID | PLACE | {"user": None},
    "tombstone": SAID | PLACE | {"user": "USLACKBOT", "hidden": True},
}
"""Messages that are no question to the bot, by what they are; a name without a space is their `subtype`."""

QUESTIONS: dict[str, Payload] = {
    "in a direct message": SAID | DIRECT,
    "with a file": SAID | DIRECT | {"subtype": "file_share", "files": [{"id": "F0FILE001"}], "upload": False},
    "of a file alone": SAID | DIRECT | {"subtype": "file_share", "files": [{"id": "F0FILE001"}], "text": ""},
    "sent to the channel too": SAID | DIRECT | {"subtype": "thread_broadcast", "thread_ts": THREAD, "root": SAID},
    "in the thread of an assistant": SAID | DIRECT | {"thread_ts": THREAD},
    "a mention": SAID | PLACE | {"type": "app_mention"},
    "a mention in a thread": SAID | PLACE | {"type": "app_mention", "thread_ts": THREAD},
    "without a team": {name: SAID[name] for name in SAID if name != "team"} | DIRECT,
}
"""Messages that are answered."""

OPTION: Payload = {"text": {"type": "plain_text", "text": "One", "emoji": True}, "value": "one"}

ELEMENTS: dict[str, Payload] = {
    "button": {"value": "7"},
    "button without a value": {"type": "button"},
    "button with a link": {"type": "button", "url": "https://a.example/"},
    "workflow_button": {"workflow": {"trigger": {"url": "https://a.example/"}}},
    "checkboxes": {"selected_options": [OPTION]},
    "datepicker": {"selected_date": "2026-12-04", "initial_date": "2026-12-03"},
    "external_select": {"selected_option": OPTION},
    "file_input": {"files": [{"id": "F0FILE001"}]},
    "multi_users_select": {"selected_users": [ANN, BOB]},
    "overflow": {"selected_option": OPTION},
    "plain_text_input": {"value": "typed"},
    "plain_text_input emptied": {"type": "plain_text_input", "value": None},
    "rich_text_input": {"rich_text_value": {"type": "rich_text", "elements": []}},
    "static_select": {"selected_option": OPTION, "placeholder": {"type": "plain_text", "text": "Pick"}},
    "users_select emptied": {"type": "users_select", "selected_user": None},
}
"""The parts of a choice or press, by the element's type."""

OLD: dict[str, Payload] = {
    "a button of an attachment": {
        "type": "interactive_message",
        "callback_id": "old",
        "actions": [{"name": "yes", "type": "button", "value": "1"}],
        "attachment_id": "1",
        "original_message": {"text": "x"},
        "is_app_unfurl": False,
        "message_ts": STAMP,
        "action_ts": STAMP,
    },
    "a menu of an attachment": {
        "type": "interactive_message",
        "callback_id": "old",
        "actions": [{"name": "menu", "type": "select", "selected_options": [{"value": "1"}]}],
    },
    "options of a menu of an attachment": {"name": "menu", "value": "x", "callback_id": "old", "attachment_id": "1"},
    "a dialog": {"type": "dialog_submission", "callback_id": "old", "submission": {"name": "x"}, "state": "limo"},
    "a dialog left": {"type": "dialog_cancellation", "callback_id": "old", "state": "limo"},
    "options of a dialog": {"type": "dialog_suggestion", "callback_id": "old", "name": "menu", "value": "x"},
    "a step edited": {"type": "workflow_step_edit", "callback_id": "copy", "workflow_step": STEP},
    "limits reached": {"type": "app_rate_limited", "minute_rate_limited": CREATED, "team_id": WORKSPACE},
    "of a kind yet to come": {"type": "of_the_future", "callback_id": "x"},
    "without a kind": {"callback_id": "x"},
}
"""Payloads of features that are gone, and of kinds that this program does not hear."""


def events() -> Iterator[tuple[str, Payload]]:
    """Every event that is no question, each in its envelope."""
    for kind, inner in (EVENTS | TOLD).items():
        yield kind, payloads.event({"type": kind, "event_ts": STAMP} | inner)
    for name, inner in MESSAGES.items():
        subtype = {} if " " in name else {"subtype": name}
        yield f"message {name}", payloads.event({"type": "message", "ts": STAMP, "event_ts": STAMP} | inner | subtype)


def clicks() -> Iterator[tuple[str, Payload]]:
    """Each element pressed or set, in a message, in one that only one person sees, in a modal and on Home."""
    for name, chosen in ELEMENTS.items():
        action = {
            "type": name.split(" ")[0],
            "action_id": "of_the_future",
            "block_id": "b1",
            "action_ts": STAMP,
        } | chosen
        yield f"{name} in a message", payloads.click(action)
        yield f"{name} seen by one", payloads.click_alone(action=action)
        yield f"{name} in a modal", payloads.click_in_view(action)
        yield f"{name} on Home", payloads.click_in_view(action, view=payloads.view(type="home"), team=None)


def envelopes(inner: Payload) -> Iterator[tuple[str, Payload]]:
    """One event as it comes from everywhere: an organisation, a shared channel, old versions of the envelope."""
    ours = payloads.event(inner)
    [authorization] = ours["authorizations"]
    yield "of a workspace", ours
    yield "of an organisation", ours | {"enterprise_id": "E0GRID001", "team_id": WORKSPACE}
    yield (
        "of an organisation that installed it everywhere",
        ours
        | {"enterprise_id": "E0GRID001"}
        | {"authorizations": [authorization | {"enterprise_id": "E0GRID001", "is_enterprise_install": True}]},
    )
    yield "without authorizations", {name: ours[name] for name in ours if name != "authorizations"}
    yield "with the old names", ours | {"authorizations": [], "authed_users": [ANN], "authed_teams": [WORKSPACE]}
    yield (
        "of a shared channel",
        ours | {"is_ext_shared_channel": True, "context_team_id": WORKSPACE, "context_enterprise_id": None},
    )
    yield (
        "of somebody elsewhere in a shared channel",
        ours
        | {"is_ext_shared_channel": True, "team_id": "T0FAR0001"}
        | {"event": inner | {"user": "U0FAR0001", "user_team": "T0FAR0001", "source_team": "T0FAR0001"}},
    )
    yield (
        "of an organisation elsewhere",
        ours | {"is_ext_shared_channel": True, "event": inner | {"user": "W0FAR0001", "user_team": "E0FAR0001"}},
    )


def people_and_places(payload: Payload) -> Iterator[tuple[str, Payload]]:
    """One click or form as everybody's client sends it."""
    user = {"id": ANN, "name": "ann", "username": "ann"}
    yield "a user without a team", payload | {"user": user}
    yield "a user that is only an id", payload | {"user": {"id": ANN}}
    yield "no team, as on an organisation's Home", payload | {"team": None, "user": user | {"team_id": WORKSPACE}}
    yield (
        "an organisation",
        payload | {"enterprise": {"id": "E0GRID001", "name": "Grid"}, "is_enterprise_install": False},
    )
    yield "a bot", payload | {"user": {"id": "U0BOT0002", "name": "other", "team_id": WORKSPACE}}
    yield "somebody elsewhere", payload | {"user": {"id": "U0FAR0001", "team_id": "T0FAR0001"}}
    nowhere = {"team": {"id": "T0NOWHERE", "domain": "x"}, "response_url": "http://127.0.0.1:1/gone"}
    yield "a workspace without the bot", payload | nowhere
    yield "no trigger", {name: payload[name] for name in payload if name != "trigger_id"}
    yield (
        "with response URLs",
        payload | {"response_urls": [{"response_url": "https://hooks.example/1", "channel_id": CHANNEL}]},
    )
    yield (
        "as part of a workflow",
        payload | {"function_data": {"execution_id": "Fx1", "function": FUNCTION, "inputs": {}}},
    )


GOODBYES: dict[str, Payload] = {
    "tokens of people revoked": {"type": "tokens_revoked", "tokens": {"oauth": [ANN], "bot": []}},
    "tokens of nobody revoked": {"type": "tokens_revoked", "tokens": {}},
}
"""Of the first workspace, and the bot stays."""

REMOVALS: dict[str, Payload] = {
    "the bot's token revoked": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT0009"]}},
    "removed": {"type": "app_uninstalled"},
}
"""Of the second workspace, which the bot leaves."""


def of_other(inner: Payload) -> Payload:
    """An event of the second workspace."""
    around = payloads.event(inner, team_id=OTHER)
    return around | {"authorizations": [around["authorizations"][0] | {"team_id": OTHER}]}
