"""Events that tell something and ask nothing: of channels, of people, and that the bot was removed."""

from handlers.notices import events
from handlers.subject import Subject

NOTICES = Subject(
    notices={
        "channel_archive": events.channel_archived,
        "channel_left": events.channel_left,
        "channel_deleted": events.channel_deleted,
        "group_left": events.channel_left,
        "group_deleted": events.channel_deleted,
        "channel_unarchive": events.channel_back,
        "channel_id_changed": events.channel_id_changed,
        "channel_shared": events.channel_shared,
        "channel_unshared": events.channel_unshared,
        "group_archive": events.channel_archived,
        "group_unarchive": events.channel_back,
        "member_joined_channel": events.member_joined,
        "member_left_channel": events.member_left,
        "user_change": events.person_changed,
        "app_uninstalled": events.app_uninstalled,
        "tokens_revoked": events.tokens_revoked,
    },
)
