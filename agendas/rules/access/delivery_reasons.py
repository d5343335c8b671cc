"""Why a message was not posted, in the words of a person, from Slack's error code or our own note."""

from agendas.facts.program.health import LedgerState

INVITE = "Cadence is not in the channel; invite it with /invite @Cadence"
NOT_THERE = "the channel is gone or Cadence cannot see it; invite Cadence or choose another channel"
READ_ONLY = "this channel's settings do not let Cadence post; ask an admin of the workspace"
NO_ACCESS = "the app was removed or its access ended; an admin has to install it again"
TOO_LONG = "Slack found the message too long or misshapen; tell the admins of Cadence"
BUSY = "Slack asks to wait; it is tried again"
NO_ANSWER = "Slack did not answer; it is tried again"
MESSAGE_GONE = "the message it belongs to was deleted"
NOTHING_TO_SAY = "there was nothing to say any more"
"""The note on a letter that is dropped since what it asks for has happened, or is of no use any more."""
NOT_IN_TIME = "it could not be sent while it was of use"
"""The note on a letter that is dropped since its time is over."""

REASONS = {
    "not_in_channel": INVITE,
    "user_not_in_channel": "the person is not in the channel",
    "channel_not_found": NOT_THERE,
    "channel_left": "Cadence was removed from the channel; invite it with /invite @Cadence",
    "channel_deleted": "the channel was deleted; schedule the review in another one",
    "is_archived": "the channel is archived; unarchive it or choose another one",
    "is_inactive": "the channel is archived; unarchive it or choose another one",
    "is_ext_shared": "the channel is shared with another company; use a channel of your own",
    "ratelimited": BUSY,
    "rate_limited": BUSY,
    "message_limit_exceeded": BUSY,
    "message_not_found": MESSAGE_GONE,
    "thread_not_found": MESSAGE_GONE,
    "cannot_reply_to_message": MESSAGE_GONE,
    "cant_update_message": MESSAGE_GONE,
    "edit_window_closed": "this workspace does not let messages be edited that late",
    "missing_scope": "the app lacks a permission; an admin has to install it again",
    "cannot_dm_bot": "the person is a bot and cannot be written to",
    "user_disabled": "the person is deactivated",
    "user_not_found": "the person is not known to Slack",
    "waits for its turn": "it waits for its turn",
    "quiet hours": "its reader has quiet hours",
    "do not disturb": "its reader has Do Not Disturb in Slack",
    "over the weekly cap": "its reader got as many messages this week as the program sends by itself",
    "light cadences": "its reader's reviews remind of nothing by themselves",
    "members unread": "Slack has not said yet who is in a channel",
    "not there yet": "Slack did not say whether it took it; that may still show, so the next try waits a minute",
}
RATE_LIMITS = frozenset(code for code, reason in REASONS.items() if reason == BUSY)
"""Error codes by which Slack asks to wait."""
NO_ACCESS_CODES = frozenset(
    {
        "account_inactive",
        "app_uninstalled",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
TOO_LONG_BEGINNINGS = ("msg_too_long", "invalid_blocks", "msg_blocks_too", "metadata_too_large")


def delivery_reason(code: str, *, state: LedgerState) -> str:
    """Return a clause that says why a letter is refused, unsure or waiting; an unknown code is named."""
    if state is LedgerState.UNSURE:
        return "it may have been posted, and Slack cannot be asked"
    if code in REASONS:
        return REASONS[code]
    if code in NO_ACCESS_CODES:
        return NO_ACCESS
    if code.startswith("restricted_action"):
        return READ_ONLY
    if code.startswith(TOO_LONG_BEGINNINGS):
        return TOO_LONG
    if state is LedgerState.WAITING:
        return NO_ANSWER if code else "it has not been sent yet"
    return f"Slack said {code}" if code else "Slack refused it"
