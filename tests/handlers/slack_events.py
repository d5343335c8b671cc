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
FUNCTION: Payload = {"id": "Fn0001", "callback_id": "sum", "type": "app", "input_parameters": [], "app_id": "A0SAMPLE1"}

EVENTS: dict[str, Payload] = {
    "agent_session_stopped": {"user": ANN, "channel": "D0ANN0001", "thread_ts": THREAD, "streaming_message_ts": []},
    "app_context_changed": {
        "user": ANN,
        "channel": "D0ANN0001",
        "context": {"entities": [{"type": "slack#/types/channel_id", "value": CHANNEL, "team_id": WORKSPACE}]},
    },
    "app_home_opened": {"user": ANN, "channel": "D0ANN0001", "tab": "messages", "view": payloads.view(type="home")},
    "app_requested": {"app_request": {"id": "1", "app": {"id": "A0OTHER01"}, "user": {"id": ANN}, "team": None}},
    "assistant_thread_context_changed": THREAD_OF_ASSISTANT,
    "assistant_thread_started": THREAD_OF_ASSISTANT,
    "channel_created": {"channel": NEW_CHANNEL},
    "channel_rename": {"channel": {"id": "C0NEW0001", "name": "newer", "created": CREATED}},
    "channel_id_changed": {"old_channel_id": "G0OLD0001", "new_channel_id": "C0NEWID01"},
    "dnd_updated": {"user": ANN, "dnd_status": {"dnd_enabled": True, "next_dnd_start_ts": CREATED}},
    "entity_details_requested": {
        "user": ANN,
        "trigger_id": "1.2.3",
        "link": {"url": "https://a.example/", "domain": ""},
    },
    "file_shared": FILE | {"channel_id": CHANNEL},
    "function_executed": {"function": FUNCTION, "inputs": {"a": 1}, "function_execution_id": "Fx1"}
    | {"workflow_execution_id": "Wx1", "bot_access_token": "xwfp-invented"},
    "im_created": {"user": ANN, "channel": {"id": "D0ANN0001"}},
    "link_shared": {"user": ANN, "channel": CHANNEL, "message_ts": STAMP, "links": [{"url": "https://a.example/"}]},
    "member_joined_channel": {"user": ANN, "channel": CHANNEL, "channel_type": "C", "team": WORKSPACE, "inviter": BOB},
    "member_left_channel": {"user": ANN, "channel": CHANNEL, "channel_type": "C", "team": WORKSPACE},
    "message_metadata_posted": META | {"metadata": TASK},
    "reaction_added": {"user": ANN, "reaction": "eyes", "item": ITEM, "item_user": BOB},
    "shared_channel_invite_accepted": INVITED | {"accepting_user": ELSEWHERE, "approval_required": False},
    "team_join": {"user": NIA},
    "user_change": {"user": NIA},
    "user_profile_changed": {"user": NIA},
    "hello": {},
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
