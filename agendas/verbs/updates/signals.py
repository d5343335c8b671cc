"""Signals that people note, and take back for ten minutes."""

from datetime import timedelta

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import AccountState, ListStatus
from agendas.facts.people import Author
from agendas.facts.signals import NotedSignal, SignalGiven
from agendas.rules.commands.signals import SignalEntry
from agendas.rules.signals.engagement import BY_THE_PERSON
from agendas.verbs.loading.item_rows import signal_facts
from agendas.verbs.notices.telling import tell_of_signals
from agendas.verbs.record.record import find
from agendas.verbs.record.repeats import ask_about_signal
from agendas.verbs.record.show import show_signal
from agendas.verbs.signals.ingest import store_noted
from agendas.verbs.undo.undo import UNDO_WINDOW
from storage import account_items, accounts, signal_people, signals
from storage.delivery import answers

SLACK_AHEAD = timedelta(minutes=1)
"""Furthest that a noted signal may lie in the future, since Slack's clock, which dates messages, differs from ours."""


def note_signal(session: Session, author: Author, account_id: int, entry: SignalEntry) -> NotedSignal:
    """Store the signal with its points, and show it in the account's open reviews.

    Raises Refused for an account that is not on the list, and for an instant in the future.
    """
    state = find(session, author.workspace_id, account_id).state
    if state.list_status is not ListStatus.NAMED:
        status = "a candidate" if state.list_status is ListStatus.CANDIDATE else state.list_status.value
        raise Refused(f"{state.name} is {status}. Signals count only for accounts on the list. {_way(state)}")
    happened_at = entry.happened_at or author.at
    if happened_at > author.at + SLACK_AHEAD:
        raise Refused("That lies in the future. Give the day on which it was seen.")
    person = next((each for each in state.contacts if each.id == entry.contact_id), None)
    if entry.contact_id is not None and person is None:
        raise Outdated(f"That person is not known at {state.name} any more.")
    # named by who noted it, when and for what: the same click or command twice is one signal
    source_id = f"{author.user_id}:{account_id}:{author.at.isoformat()}"
    given = SignalGiven(
        account="",
        signal=entry.signal,
        strength=entry.strength,
        text=entry.text,
        occurred_at=happened_at,
        id=source_id,
        url=entry.url,
    )
    row = store_noted(session, author, given, account_id, person_id=entry.contact_id)
    ask_about_signal(session, author, row, state.name)
    show_signal(session, author, account_id, row.row_id)
    tell_of_signals(session, author, [row])
    answers.note_signal(session, row.row_id)
    return NotedSignal(account_id, state.name, signal_facts(row), person.profile.name if person else "")


def take_back_signal(session: Session, author: Author, signal_id: int) -> NotedSignal:
    """Take the signal back. Only its author may, for ten minutes. Raises Refused or Outdated."""
    row = signals.get(session, author.workspace_id, signal_id)
    if row is None:
        raise Outdated("That signal is not kept.")
    if row.actor != author.user_id:
        raise Refused(f"Only <@{row.actor}>, who noted it, can take this back.")
    if author.at - row.recorded_at > UNDO_WINDOW:
        raise Refused("It was noted more than ten minutes ago and stays.")
    accounts.get(session, author.workspace_id, row.account_id, lock=True)
    # two clicks may have come at once, and the row was read before the lock
    session.refresh(row)
    if row.taken_back_at is not None:
        raise Outdated("It was taken back already.")
    row.taken_back_at = author.at
    session.add(row)
    session.flush()
    if row.contact_id is not None:
        signal_people.note_day_anew(session, row.contact_id, BY_THE_PERSON)
    show_signal(session, author, row.account_id, row.row_id)
    return noted(session, author.workspace_id, signal_id)


def noted(session: Session, workspace_id: str, signal_id: int) -> NotedSignal:
    """Return the signal as it stands. Raises Outdated when there is none."""
    row = signals.get(session, workspace_id, signal_id)
    account = accounts.get(session, workspace_id, row.account_id) if row else None
    if row is None or account is None:
        raise Outdated("That signal is not kept.")
    names = account_items.texts(session, {row.contact_id}) if row.contact_id else {}
    person = names.get(row.contact_id or 0, "")
    return NotedSignal(
        row.account_id, account.name, signal_facts(row), person, row.person, is_taken_back=row.taken_back_at is not None
    )


def _way(account: AccountState) -> str:
    """Return the command that puts the account, as it stands, on the list."""
    if account.list_status is ListStatus.CANDIDATE:
        return f"Put it there with /account name {account.name} tier 1 because TEXT."
    return f"Bring it back with /account restore {account.name} because TEXT."
