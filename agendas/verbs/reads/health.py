"""Health of the bot in one workspace: database, messages, channels and permissions. Nothing here writes."""

from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from agendas.facts.program.health import HealthFacts, LedgerState, PausedChannel
from agendas.rules.access import permissions
from agendas.rules.access.delivery_reasons import NOT_IN_TIME, RATE_LIMITS, delivery_reason
from agendas.verbs.mail.addresses import troubles
from agendas.verbs.privacy.members import unread_channels
from agendas.verbs.reads.reviews.cadences import cadences_health, reviewed_on_time
from agendas.verbs.reads.unconfirmed import unconfirmed_messages
from storage import diagnostics, people, responsibilities, workspaces
from storage.tables import LetterState

OVERDUE_AFTER = timedelta(minutes=5)
"""A message is overdue when it has waited longer than this past its due time."""

LOOKS_BACK = timedelta(days=7)


def workspace_health(session: Session, workspace_id: str, *, now: datetime) -> HealthFacts:
    """Return the health of the bot in the workspace."""
    workspace = workspaces.get(session, workspace_id)
    granted = workspace.scopes if workspace else ""
    last = diagnostics.last_posted(session, workspace_id)
    overdue = diagnostics.backlog(session, due_before=now - OVERDUE_AFTER, workspace_id=workspace_id)
    unsent = diagnostics.unsent(session, workspace_id, now=now)
    ended = partial(diagnostics.ended_since, session, workspace_id, since=now - LOOKS_BACK)
    return HealthFacts(
        database=diagnostics.database_name(session),
        last_posted_at=last.sent_at if last else None,
        last_posted_in=last.channel_id if last else "",
        waiting=unsent.count,
        overdue=overdue.count,
        overdue_since=overdue.oldest_due_at,
        slack_waits_until=diagnostics.put_off_until(session, workspace_id, errors=RATE_LIMITS, now=now),
        refused=ended(LetterState.REFUSED),
        doubts=unconfirmed_messages(session, workspace_id),
        paused=tuple(
            PausedChannel(each.channel_id, delivery_reason(each.trouble, state=LedgerState.REFUSED), each.trouble_at)
            for each in diagnostics.paused_channels(session, workspace_id)
        ),
        missing_permissions=permissions.missing(granted) if granted else (),
        declined_permissions=permissions.declined(granted) if granted else (),
        thread_heard_at=workspace.thread_heard_at if workspace else None,
        admins=len(people.admins(session, workspace_id)),
        deactivated=tuple(sorted(responsibilities.responsible_deactivated(session, workspace_id))),
        has_stopped=has_stopped(session, workspace_id),
        unread=unread_channels(session, workspace_id),
        mails=troubles(session, workspace_id, now=now),
        cadences=cadences_health(session, workspace_id),
        coverage=reviewed_on_time(session, workspace_id, now=now),
        dropped=ended(LetterState.DROPPED, reason=NOT_IN_TIME),
        waiting_since=unsent.oldest_due_at,
    )


def has_stopped(session: Session, workspace_id: str) -> bool:
    """Return true if posting to the workspace has stopped because Slack refused the bot's token."""
    workspace = workspaces.get(session, workspace_id)
    return workspace is not None and not workspace.is_active
