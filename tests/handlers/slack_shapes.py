"""Every shape of payload in Slack's documentation, also of what this program never asked for. Every value is invented.

Events are given as what stands in `event`; `event_ts` and the envelope are put around them.
"""

from collections.abc import Iterator

from tests.builders import ANN, BOB, CHANNEL, WORKSPACE
from tests.handlers import payloads
from tests.handlers.desk import OTHER
from tests.handlers.payloads import Payload

STAMP, THREAD = "1795532700.000100", "1795532600.000100"
CREATED = 1795532000
PLACE: Payload = {"channel": CHANNEL, "channel_type": "channel"}
DIRECT: Payload = {"channel": "D0ANN0001", "channel_type": "im"}
NEW_CHANNEL: Payload = {"id": "C0NEW0001", "name": "new", "created": CREATED, "creator": ANN}
FILE: Payload = {"file_id": "F0FILE001", "file": {"id": "F0FILE001"}, "user_id": ANN}
ITEM: Payload = {"type": "message", "channel": CHANNEL, "ts": STAMP}
PROFILE: Payload = {"real_name": "Nia", "display_name": "nia", "email": "nia@sample.example", "team": WORKSPACE}
NIA: Payload = {"id": "U0NIA0001", "team_id": WORKSPACE, "name": "nia", "tz": "Europe/Paris", "profile": PROFILE}
ELSEWHERE: Payload = NIA | {"id": "U0FAR0001", "team_id": "T0FAR0001", "is_stranger": True}
SUBTEAM: Payload = {"id": "S0SALES01", "team_id": WORKSPACE, "is_usergroup": True, "users": [ANN], "user_count": "1"}
INVITE: Payload = {"id": "I0INVITE1", "date_created": CREATED, "inviting_team": {"id": "T0FAR0001"}}
INVITED: Payload = {"invite": INVITE, "channel": {"id": CHANNEL, "is_private": False, "name": "abm-weekly"}}
STEP: Payload = {"workflow_id": "W0FLOW001", "workflow_configuration_id": "1", "step_id": "s1", "app_id": "A0SAMPLE1"}
META: Payload = {
    "app_id": "A0OTHER01",
    "user_id": ANN,
    "team_id": WORKSPACE,
    "channel_id": CHANNEL,
    "message_ts": STAMP,
}
TASK: Payload = {"event_type": "task", "event_payload": {"id": "1"}}
THREAD_OF_ASSISTANT: Payload = {
    "assistant_thread": {"user_id": ANN, "channel_id": "D0ANN0001", "thread_ts": THREAD, "context": {}}
}
GRANT: Payload = {"scopes": ["chat:write"], "trigger_id": "1.2.3"}
FUNCTION: Payload = {"id": "Fn0001", "callback_id": "sum", "type": "app", "input_parameters": [], "app_id": "A0SAMPLE1"}

EVENTS: dict[str, Payload] = {
    "agent_session_stopped": {**DIRECT, "user": ANN, "thread_ts": THREAD, "streaming_message_ts": [STAMP]},
    "agent_session_title_changed": {**DIRECT, "user": ANN, "team_id": WORKSPACE, "thread_ts": THREAD, "title": "New"},
    "app_context_changed": {"user": ANN, "channel": "D0ANN0001", "context": {}},
    "app_deleted": {"app_id": "A0OTHER01", "app_owner_id": BOB, "team_id": WORKSPACE, "team_domain": "sample"},
    "app_home_opened": {"user": ANN, "channel": "D0ANN0001", "tab": "messages", "view": payloads.view(type="home")},
    "app_installed": {"app_id": "A0OTHER01", "app_owner_id": BOB, "user_id": ANN, "team_id": WORKSPACE},
    "app_requested": {"app_request": {"id": "1", "app": {"id": "A0OTHER01"}, "user": {"id": ANN}, "team": None}},
    "app_uninstalled_team": {"app_id": "A0OTHER01", "user_id": ANN, "team_id": WORKSPACE},
    "assistant_thread_context_changed": THREAD_OF_ASSISTANT,
    "assistant_thread_started": THREAD_OF_ASSISTANT,
    "call_rejected": {"call_id": "R0CALL001", "user_id": ANN, "channel_id": CHANNEL, "external_unique_id": "1"},
    "channel_created": {"channel": NEW_CHANNEL},
    "channel_deleted": {"channel": "C0GONE001", "actor_id": ANN},
    "channel_history_changed": {"latest": STAMP, "ts": STAMP, "channel": CHANNEL},
    "channel_left": {"channel": "C0GONE001", "actor_id": ANN},
    "channel_posting_permissions": {"channel": CHANNEL, "actor_id": ANN},
    "channel_rename": {"channel": {"id": "C0NEW0001", "name": "newer", "created": CREATED}},
    "channel_id_changed": {"old_channel_id": "G0OLD0001", "new_channel_id": "C0NEWID01"},
    "dnd_updated": {"user": ANN, "dnd_status": {"dnd_enabled": True, "next_dnd_start_ts": CREATED}},
    "dnd_updated_user": {"user": ANN, "dnd_status": {"dnd_enabled": True}},
    "email_domain_changed": {"email_domain": "sample.example"},
    "emoji_changed": {"subtype": "add", "name": "rocket2", "value": "https://emoji.example/1.png"},
    "entity_details_requested": {
        "user": ANN,
        "trigger_id": "1.2.3",
        "link": {"url": "https://a.example/", "domain": ""},
    },
    "file_change": FILE,
    "file_comment_deleted": FILE | {"comment": "Fc0001"},
    "file_created": FILE,
    "file_deleted": {"file_id": "F0FILE001", "channel_ids": [CHANNEL]},
    "file_public": FILE,
    "file_shared": FILE | {"channel_id": CHANNEL},
    "file_unshared": FILE,
    "function_executed": {"function": FUNCTION, "inputs": {"a": 1}, "function_execution_id": "Fx1"}
    | {"workflow_execution_id": "Wx1", "bot_access_token": "xwfp-invented"},
    "grid_migration_finished": {"enterprise_id": "E0GRID001"},
    "grid_migration_started": {"enterprise_id": "E0GRID001"},
    "group_close": {"user": ANN, "channel": "G0OLD0001"},
    "group_deleted": {"channel": "G0OLD0001"},
    "group_history_changed": {"latest": STAMP, "ts": STAMP, "channel": "G0OLD0001"},
    "group_left": {"channel": "G0OLD0001", "actor_id": ANN},
    "group_open": {"user": ANN, "channel": "G0OLD0001"},
    "group_rename": {"channel": {"id": "G0OLD0001", "name": "newer", "created": CREATED, "is_group": True}},
    "im_close": {"user": ANN, "channel": "D0ANN0001"},
    "im_created": {"user": ANN, "channel": {"id": "D0ANN0001"}},
    "im_history_changed": {"latest": STAMP, "ts": STAMP, "channel": "D0ANN0001"},
    "im_open": {"user": ANN, "channel": "D0ANN0001"},
    "invite_requested": {"invite_request": {"id": "1", "email": "x@sample.example", "team": {"id": WORKSPACE}}},
    "link_shared": {"user": ANN, "channel": CHANNEL, "message_ts": STAMP, "links": [{"url": "https://a.example/"}]},
    "member_joined_channel": {"user": ANN, "channel": CHANNEL, "channel_type": "C", "team": WORKSPACE, "inviter": BOB},
    "member_left_channel": {"user": ANN, "channel": CHANNEL, "channel_type": "C", "team": WORKSPACE},
    "message_metadata_deleted": META | {"previous_metadata": TASK, "deleted_ts": STAMP},
    "message_metadata_posted": META | {"metadata": TASK},
    "message_metadata_updated": META | {"metadata": TASK, "previous_metadata": TASK},
    "pin_added": {"user": ANN, "channel_id": CHANNEL, "item": ITEM, "item_user": BOB, "pin_count": 1, "has_pins": True},
    "pin_removed": {"user": ANN, "channel_id": CHANNEL, "item": ITEM, "pin_count": 0, "has_pins": False},
    "reaction_added": {"user": ANN, "reaction": "eyes", "item": ITEM, "item_user": BOB},
    "reaction_removed": {"user": ANN, "reaction": "eyes", "item": {"type": "file", "file": "F0FILE001"}},
    "resources_added": {"resources": [{"resource": {"type": "im", "grant": {"type": "wildcard"}}, "scopes": []}]},
    "resources_removed": {"resources": [{"resource": {"type": "im", "grant": {"type": "wildcard"}}}]},
    "scope_denied": GRANT,
    "scope_granted": GRANT,
    "shared_channel_invite_accepted": INVITED | {"accepting_user": ELSEWHERE, "approval_required": False},
    "shared_channel_invite_approved": INVITED | {"approving_team_id": "T0FAR0001", "approving_user": ELSEWHERE},
    "shared_channel_invite_declined": INVITED | {"declining_team_id": "T0FAR0001", "declining_user": ELSEWHERE},
    "shared_channel_invite_received": INVITED,
    "shared_channel_invite_requested": {
        "actor": ELSEWHERE,
        "channel_id": CHANNEL,
        "target_users": [{"email": "x@y.example"}],
    },
    "star_added": {"user": ANN, "item": ITEM | {"message": {"text": "x"}}},
    "star_removed": {"user": ANN, "item": ITEM},
    "subteam_created": {"subteam": SUBTEAM},
    "subteam_members_changed": {"subteam_id": "S0SALES01", "team_id": WORKSPACE, "added_users": [ANN]},
    "subteam_self_added": {"subteam_id": "S0SALES01"},
    "subteam_self_removed": {"subteam_id": "S0SALES01"},
    "subteam_updated": {"subteam": SUBTEAM},
    "team_access_granted": {"team_ids": ["T0NEW0001"]},
    "team_access_revoked": {"team_ids": ["T0NEW0001"]},
    "team_domain_change": {"url": "https://newer.example", "domain": "newer", "team_id": WORKSPACE},
    "team_join": {"user": NIA},
    "team_rename": {"name": "Newer", "team_id": WORKSPACE},
    "user_change": {"user": NIA},
    "user_huddle_changed": {"user": NIA},
    "user_profile_changed": {"user": NIA},
    "user_resource_denied": {"user": ANN, **GRANT},
    "user_resource_granted": {"user": ANN, **GRANT},
    "user_resource_removed": {"user": ANN, "trigger_id": "1.2.3"},
    "user_status_changed": {"user": NIA},
    "workflow_deleted": {"workflow_id": "W0FLOW001", "workflow_draft_configuration": {"app_steps": []}},
    "workflow_published": {"workflow_id": "W0FLOW001", "workflow_published_configuration": {"app_steps": []}},
    "workflow_step_deleted": {"workflow_id": "W0FLOW001", "workflow_draft_configuration": {"app_steps": []}},
    "workflow_step_execute": {"callback_id": "copy", "workflow_step": STEP | {"inputs": {}, "outputs": []}},
    "workflow_unpublished": {"workflow_id": "W0FLOW001", "workflow_draft_configuration": {"app_steps": []}},
    "accounts_changed": {},
    "bot_added": {"bot": {"id": "B0OTHER01", "app_id": "A0OTHER01", "name": "other"}},
    "bot_changed": {"bot": {"id": "B0OTHER01"}},
    "channel_joined": {"channel": NEW_CHANNEL},
    "channel_marked": {"channel": CHANNEL, "ts": STAMP},
    "commands_changed": {},
    "external_org_migration_finished": {"team": {"id": "T0FAR0001", "is_migrating": False}},
    "external_org_migration_started": {"team": {"id": "T0FAR0001", "is_migrating": True}},
    "goodbye": {},
    "hello": {},
    "manual_presence_change": {"presence": "away"},
    "pref_change": {"name": "messages_theme", "value": "dense"},
    "presence_change": {"user": ANN, "presence": "away"},
    "reconnect_url": {},
    "team_migration_started": {},
    "team_plan_change": {"plan": "std"},
    "team_pref_change": {"name": "slackbot_responses_only_admins", "value": True},
    "team_profile_change": {"profile": {"fields": [{"id": "Xf1"}]}},
    "user_typing": {"channel": CHANNEL, "user": ANN},
}
"""Events that change nothing here: none of them is a question, or tells of something that the bot keeps."""

TOLD: dict[str, Payload] = {
    "channel_archive": {"channel": "C0GONE001", "user": ANN},
    "channel_unarchive": {"channel": "C0GONE001", "user": ANN},
    "channel_shared": {"channel": "C0GONE001", "connected_team_id": "T0FAR0001"},
    "channel_unshared": {"channel": "C0GONE001", "previously_connected_team_id": "T0FAR0001", "is_ext_shared": False},
    "group_archive": {"channel": "G0OLD0001", "user": ANN},
    "group_unarchive": {"channel": "G0OLD0001", "user": ANN},
}
"""Events of channels where nothing is posted."""

SAID: Payload = {"type": "message", "user": ANN, "text": "Initech said yes", "ts": STAMP, "team": WORKSPACE}
BY_BOT: Payload = {"bot_id": "B0OTHER01", "app_id": "A0OTHER01", "username": "other", "text": "done"}

MESSAGES: dict[str, Payload] = {
    "in a channel": SAID | PLACE | {"client_msg_id": "0a-1", "blocks": [{"type": "rich_text", "elements": []}]},
    "in a group": SAID | PLACE | {"channel_type": "group"},
    "in a direct message of many": SAID | PLACE | {"channel_type": "mpim"},
    "in a thread": SAID | PLACE | {"thread_ts": THREAD, "parent_user_id": BOB},
    "of the app's Home": SAID | {"channel": "D0ANN0001", "channel_type": "app_home"},
    "bot_message": BY_BOT | DIRECT,
    "bot as a user": SAID | BY_BOT | DIRECT | {"bot_profile": {"id": "B0OTHER01"}},
    "assistant_app_thread": SAID | DIRECT | {"thread_ts": STAMP},
    "bot_add": BY_BOT | PLACE | {"user": ANN, "bot_link": "<https://x.example|other>"},
    "bot_remove": BY_BOT | PLACE | {"user": ANN},
    "channel_archive": SAID | PLACE,
    "channel_canvas_updated": SAID | PLACE,
    "channel_convert_to_private": SAID | PLACE,
    "channel_join": SAID | PLACE | {"inviter": BOB},
    "channel_leave": SAID | PLACE,
    "channel_name": SAID | PLACE | {"name": "newer", "old_name": "new"},
    "channel_posting_permissions": SAID | PLACE,
    "channel_purpose": SAID | PLACE | {"purpose": "x"},
    "channel_topic": SAID | PLACE | {"topic": "x"},
    "channel_unarchive": SAID | PLACE,
    "document_mention": SAID | PLACE,
    "ekm_access_denied": SAID | DIRECT | {"user": "UREVOKEDU"},
    "file_comment": PLACE | {"file": {"id": "F0FILE001"}, "comment": {"id": "Fc1", "user": ANN, "comment": "x"}},
    "file_mention": SAID | PLACE | {"file": {"id": "F0FILE001"}},
    "group_archive": SAID | PLACE | {"members": [ANN]},
    "group_join": SAID | PLACE,
    "group_leave": SAID | PLACE,
    "group_name": SAID | PLACE | {"name": "newer", "old_name": "new"},
    "group_purpose": SAID | PLACE | {"purpose": "x"},
    "group_topic": SAID | PLACE | {"topic": "x"},
    "group_unarchive": SAID | PLACE,
    "huddle_thread": SAID | PLACE | {"no_notifications": True, "room": {"id": "R0ROOM001", "participants": []}},
    "me_message": SAID | DIRECT,
    "message_changed": DIRECT | {"hidden": True, "message": SAID, "previous_message": SAID},
    "message_deleted": DIRECT | {"hidden": True, "deleted_ts": STAMP, "previous_message": SAID},
    "message_replied": DIRECT | {"message": SAID | {"thread_ts": STAMP, "reply_count": 1, "replies": []}},
    "pinned_item": SAID | PLACE | {"item_type": "C", "item": {}},
    "reminder_add": SAID | DIRECT,
    "reply_broadcast": SAID | PLACE | {"user": None},
    "tombstone": SAID | PLACE | {"user": "USLACKBOT", "hidden": True},
    "unpinned_item": SAID | PLACE | {"item_type": "C", "item": {}},
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
    "icon_button": {"icon": "trash", "value": "7"},
    "feedback_buttons": {"value": "good-feedback"},
    "channels_select": {"selected_channel": CHANNEL},
    "checkboxes": {"selected_options": [OPTION]},
    "conversations_select": {"selected_conversation": CHANNEL},
    "datepicker": {"selected_date": "2026-12-04", "initial_date": "2026-12-03"},
    "datetimepicker": {"selected_date_time": CREATED},
    "email_text_input": {"value": "x@sample.example"},
    "external_select": {"selected_option": OPTION},
    "file_input": {"files": [{"id": "F0FILE001"}]},
    "multi_channels_select": {"selected_channels": [CHANNEL]},
    "multi_conversations_select": {"selected_conversations": [CHANNEL]},
    "multi_external_select": {"selected_options": [OPTION]},
    "multi_static_select": {"selected_options": []},
    "multi_users_select": {"selected_users": [ANN, BOB]},
    "number_input": {"value": "7"},
    "overflow": {"selected_option": OPTION},
    "plain_text_input": {"value": "typed"},
    "plain_text_input emptied": {"type": "plain_text_input", "value": None},
    "radio_buttons": {"selected_option": OPTION},
    "rich_text_input": {"rich_text_value": {"type": "rich_text", "elements": []}},
    "static_select": {"selected_option": OPTION, "placeholder": {"type": "plain_text", "text": "Pick"}},
    "timepicker": {"selected_time": "09:30"},
    "url_text_input": {"value": "https://a.example/"},
    "users_select": {"selected_user": BOB},
    "users_select emptied": {"type": "users_select", "selected_user": None},
}
"""What is chosen or pressed, by the element's type."""

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
