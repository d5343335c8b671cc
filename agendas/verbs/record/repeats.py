"""Look-ups of entries that a person records a second time within ten minutes."""

from sqlmodel import Session

from agendas.errors import OpenAlready, RecordedAlready
from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import ActionAdded, Corrected
from agendas.facts.people import Author
from agendas.rules.history.repeats import (
    REPEATED_WITHIN,
    is_asked_about,
    is_closed,
    kinds_like,
    same_words,
    says_the_same,
    words_of,
)
from agendas.verbs.loading.rows import event_facts
from storage import events, signals
from storage.tables import SignalRow

CORRECTED = Corrected(0).kind


def ask_about_repeat(session: Session, author: Author, told: EventFacts, account: AccountState) -> None:
    """Raise RecordedAlready when the author told the same of this account a short while ago.

    An entry that was taken back or corrected meanwhile counts no more, nor does an action or blocker that is closed.
    """
    if not author.is_asked or not is_asked_about(told.change):
        return
    after, kinds = told.recorded_at - REPEATED_WITHIN, (*kinds_like(told.change), CORRECTED)
    rows = events.recorded_since(session, author.workspace_id, after, kinds, account_id=told.account_id)
    gone = {row.change["event_id"] for row in rows if row.kind == CORRECTED}
    own = [row for row in rows if row.kind != CORRECTED and row.actor == author.user_id and row.row_id not in gone]
    for row in reversed(own):
        each = event_facts(row)
        if row.recorded_at < told.recorded_at and not is_closed(each, account) and says_the_same(each, told):
            what, text = f"event {each.id}", words_of(each.change)
            due_on = each.change.due_on if isinstance(each.change, ActionAdded) else None
            raise RecordedAlready(what, account.name, text, at=each.recorded_at, zone=author.zone, due_on=due_on)
    _ask_about_open(author, told, account)


def _ask_about_open(author: Author, told: EventFacts, account: AccountState) -> None:
    """Raise OpenAlready for a next action of the words of one that is open, told by anybody at any time."""
    new = told.change
    if not isinstance(new, ActionAdded) or new.play_id is not None or new.decision_id is not None:
        return
    for each in account.open_actions:
        if same_words(each.text, new.text):
            raise OpenAlready(
                each.id,
                account.name,
                each.text,
                at=each.added_at,
                zone=author.zone,
                owner=each.owner,
                due_on=each.due_on,
                wanted_on=new.due_on,
            )


def ask_about_signal(session: Session, author: Author, row: SignalRow, name: str) -> None:
    """Raise RecordedAlready when the author noted this signal of the account, called `name`, a short while ago."""
    if not author.is_asked:
        return
    for each in signals.noted_since(session, row.account_id, author.user_id, author.at - REPEATED_WITHIN):
        if each.id != row.id and each.kind == row.kind and same_words(each.text, row.text) and each.url == row.url:
            raise RecordedAlready(f"signal {each.id}", name, each.text, at=each.recorded_at, zone=author.zone)
