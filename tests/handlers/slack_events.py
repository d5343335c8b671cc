"""Every event of Slack's documentation but messages, by its type, as it stands in `event`; all values are invented."""

from tests.builders import ANN, BOB, CHANNEL, WORKSPACE
from tests.handlers import payloads
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
    "channel_history_changed": {"latest": STAMP, "ts": STAMP, "channel": CHANNEL},
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
    "group_history_changed": {"latest": STAMP, "ts": STAMP, "channel": "G0OLD0001"},
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
    "group_left": {"channel": "G0OLD0001", "actor_id": ANN},
    "group_deleted": {"channel": "G0OLD0001"},
    "channel_left": {"channel": "C0GONE001", "actor_id": ANN},
    "channel_deleted": {"channel": "C0GONE001", "actor_id": ANN},
    "channel_archive": {"channel": "C0GONE001", "user": ANN},
    "channel_unarchive": {"channel": "C0GONE001", "user": ANN},
    "channel_shared": {"channel": "C0GONE001", "connected_team_id": "T0FAR0001"},
    "channel_unshared": {"channel": "C0GONE001", "previously_connected_team_id": "T0FAR0001", "is_ext_shared": False},
    "group_archive": {"channel": "G0OLD0001", "user": ANN},
    "group_unarchive": {"channel": "G0OLD0001", "user": ANN},
}
"""Events of channels where nothing is posted."""
