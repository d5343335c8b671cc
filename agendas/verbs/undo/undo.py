"""Undo: a correcting event; the history keeps both."""

from datetime import timedelta

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.account import EventFacts, Source
from agendas.facts.author import Author
from agendas.facts.events import ActionAdded, ActionChanged, Corrected, Edited, ListChanged
from agendas.facts.plays import PlayEnded, PlayStarted
from agendas.rules.history.corrections import standing
from agendas.verbs.list.capacity import refuse_overfull, refuse_owner_beyond_cap
from agendas.verbs.list.change import refuse_taken_keys
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.record.record import Recorded, record
from agendas.verbs.record.show import show_update
from storage import accounts, events, workspaces

UNDO_WINDOW = timedelta(minutes=10)


def take_back(session: Session, author: Author, event_id: int) -> Recorded:
    """Undo an event: record that it does not count any more. Only its author may, once, within ten minutes.

    The answer holds the event taken back, and the account before and after that. Raises Outdated or Refused.
    """
    event = _own_event(session, author, event_id)
    if isinstance(event.change, ListChanged | Edited):
        # before the account's own lock, as whoever names or edits an account
        workspaces.lock(session, author.workspace_id)
    # locked before looking, so that of two clicks at once the second finds the correction of the first
    accounts.get(session, author.workspace_id, event.account_id, lock=True)
    corrections = [event_facts(each) for each in events.of_kind(session, event.account_id, "corrected")]
    if any(isinstance(each.change, Corrected) and each.change.event_id == event_id for each in corrections):
        raise Outdated("It was taken back already.")
    if isinstance(event.change, Edited):
        _refuse_when_edited_since(session, event, corrections)
    steps = _steps_of(session, event)
    recorded = record(session, author, event.account_id, Corrected(event_id))
    for step in steps:
        record(session, author, event.account_id, Corrected(step))
    if isinstance(event.change, ListChanged):
        refuse_overfull(session, author, recorded.before, recorded.after)
    if isinstance(event.change, Edited):
        _refuse_taken(session, author, recorded)
    show_update(session, author, recorded)
    return Recorded(event, recorded.before, recorded.after)


def _own_event(session: Session, author: Author, event_id: int) -> EventFacts:
    row = events.get(session, author.workspace_id, event_id)
    if row is None:
        raise Outdated("That entry is not in the history.")
    event = event_facts(row)
    if event.actor != author.user_id:
        raise Refused(f"Only <@{event.actor}>, who recorded it, can take this back.")
    if author.at - event.recorded_at > UNDO_WINDOW:
        raise Refused(
            "It was recorded more than ten minutes ago. Record what is true now instead; the history keeps both."
        )
    return event


def _steps_of(session: Session, started: EventFacts) -> tuple[int, ...]:
    """Return the next actions that the play started with, by their events: they go with it. None for other events.

    Raises Refused when one of them was done, moved or dropped, or the play ended: then it has a history of its own.
    """
    if not isinstance(started.change, PlayStarted):
        return ()
    since = [event_facts(each) for each in events.of_account(session, started.account_id) if each.row_id > started.id]
    later = standing(since)
    added = (each for each in later if isinstance(each.change, ActionAdded) and each.change.play_id == started.id)
    steps = tuple(each.id for each in added)
    for each in later:
        is_step = isinstance(each.change, ActionChanged) and each.change.action_id in steps
        if is_step or (isinstance(each.change, PlayEnded) and each.change.play_id == started.id):
            raise Refused(
                "A next action of the play was done, moved or dropped, or the play ended, so it is not taken back. "
                "Record its outcome instead: it was stopped, and why."
            )
    return steps


def _refuse_taken(session: Session, author: Author, recorded: Recorded) -> None:
    """Raise Refused when a name from before is another account's by now, or that owner has as many as one may."""
    after, instead = recorded.after, "Nothing was taken back: edit the account once more instead."
    try:
        refuse_taken_keys(session, author, after.profile, but=after.account_id)
        refuse_owner_beyond_cap(session, author, recorded.before, after.profile.owner)
    except Refused as taken:
        raise Refused(f"{taken} {instead}") from None
    except FieldProblems:
        owner = f"<@{after.profile.owner}>, the owner from before,"
        raise Refused(f"{owner} has as many accounts in tier {after.tier} as one person may. {instead}") from None


def _refuse_when_edited_since(session: Session, event: EventFacts, corrections: list[EventFacts]) -> None:
    """Raise Refused when a later edit stands: it holds the whole profile, so taking this one back changes nothing."""
    edits = [event_facts(each) for each in events.of_kind(session, event.account_id, "edited")]
    last = [each for each in standing([*edits, *corrections]) if isinstance(each.change, Edited)][-1]
    if last.id != event.id:
        who = "an import" if last.source is Source.IMPORT else f"<@{last.actor}>"
        raise Refused(f"The account was edited again since, by {who}: edit it once more instead.")
