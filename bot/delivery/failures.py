"""Errors of our own while a letter is sent, as the wait until it is tried again."""

import logging
import secrets

from agendas.verbs.privacy.audience import MembersUnread
from bot.delivery.prepared import COMPOSE_AGAIN_SECONDS
from bot.slack_api.outcomes import Later, WaitReason
from storage.database.errors import problem_of
from storage.tables import Letter

log = logging.getLogger("cadence.delivery")


def failure_of(error: Exception, letter: Letter, *, is_composed: bool) -> Later:
    """Return when a letter is tried again whose sending raised this error, which is logged unless it says what waits.

    Once it was composed, it may have been sent.
    """
    is_ours = not is_composed and problem_of(error) is None and not isinstance(error, TimeoutError)
    seconds, said = COMPOSE_AGAIN_SECONDS if is_ours else 1.0, str(WaitReason.MEMBERS_UNREAD)
    if not isinstance(error, MembersUnread):
        error_id = secrets.token_hex(4)
        said = f"{type(error).__name__} {error_id}"
        log.error("letter_failed", extra={"error_id": error_id, "letter": letter.id}, exc_info=error)
    return Later(seconds, said, may_be_sent=is_composed, is_ours=is_ours)
