"""The one way anything is recorded about an account: an event, and the account as it stands after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.errors import NoAccount, Outdated, OutsideChannel
from agendas.facts.account import AccountState, EventFacts
from agendas.facts.audience import PrivacySet
from agendas.facts.events import Change, Corrected, Nominated, Profile
from agendas.facts.evidence import Evidence
from agendas.facts.people import Author
from agendas.facts.program.settings import DEFAULTS, ProgramSettings
from agendas.rules.access.given import given_to
from agendas.rules.history.fold import apply, asks_for_all, with_signals
from agendas.rules.measures.stays import folded
from agendas.text.account_names import normal_key
from agendas.verbs.loading.item_rows import account_item_rows, changed_rows
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state, event_facts, event_values, write_state
from agendas.verbs.record.follow_fit import follow_decisions
from agendas.verbs.record.follow_months import begin_months
from agendas.verbs.record.follow_open import Deed, follow_open_items
from agendas.verbs.record.follow_scope import channels_for, entered
from agendas.verbs.record.follow_signals import follow_people
from agendas.verbs.record.follow_stays import add_stays, apply_all, put_stays_anew
from agendas.verbs.record.leave_reviews import leave_other_reviews
from agendas.verbs.record.repeats import ask_about_repeat
from storage import account_items, accounts, events, people, reviews
from storage.delivery import answers
from storage.privacy import channel_members
from storage.tables import Account


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded event, and the account before and after it."""

    event: EventFacts
    before: AccountState
    after: AccountState


@dataclass(frozen=True, slots=True)
class Found:
    """An account's row, locked until this transaction ends, and its state."""

    row: Account
    state: AccountState


def find(session: Session, workspace_id: str, account_id: int) -> Found:
    """Return the account, locked for a change. Raises Outdated when there is none."""
    row = accounts.get(session, workspace_id, account_id, lock=True)
    if row is None:
        raise NoAccount
    return Found(row, current_state(session, row))


def record(
    session: Session,
    author: Author,
    account_id: int,
    change: Change,
    *,
    evidence: Sequence[Evidence] = (),
    happened_at: datetime | None = None,
    import_run_id: int | None = None,
    found: Found | None = None,
) -> Recorded:
    """Record `change` of the account and write its new state in the same transaction.

    An event that happened before the latest one, and a correction, fold the whole history anew. The event carries the
    review opened last of those that discuss the account, if one is open. Raises Outdated if there is no such account,
    OutsideChannel where it is private and the change gives something of it to somebody who may not see it.
    `found` is the account where this transaction has read it already and changed nothing of it since.
    """
    found = found or find(session, author.workspace_id, account_id)
    told = EventFacts(
        id=0,
        account_id=account_id,
        change=change,
        happened_at=happened_at or author.at,
        recorded_at=recorded_at(found.row, author),
        actor=author.user_id,
        source=author.source,
        evidence=tuple(evidence),
        review_id=None if import_run_id is not None else reviews.open_review_of(session, account_id),
    )
    others = [each for each in given_to(change, found.state) if each != author.user_id]
    _refuse_outside(session, found.state, author.workspace_id, others)
    ask_about_repeat(session, author, told, found.state)
    event = _stored(session, author, told, import_run_id)
    after = _save_after(session, found, event)
    return Recorded(event, found.state, _followed(session, author, found.state, after))


def _refuse_outside(session: Session, account: AccountState, workspace_id: str, user_ids: Iterable[str]) -> None:
    """Raise OutsideChannel for the first of these people who is not in the channel that the account is private to."""
    if not account.private_channel:
        return
    inside = channel_members.members(session, workspace_id, account.private_channel)
    for user_id in user_ids:
        if user_id not in inside:
            person = people.find(session, workspace_id, user_id)
            raise OutsideChannel(user_id, person.name if person else "That person", account.name)


def _followed(session: Session, author: Author, before: AccountState, after: AccountState) -> AccountState:
    """Return the account, private by now where the change brought it into the scope of a private cadence."""
    channels = channels_for(session, author.workspace_id, [after]) if entered(before, after) else {}
    for account_id, channel_id in channels.items():
        after = record(session, author, account_id, PrivacySet(channel_id)).after
        leave_other_reviews(session, author, [account_id])
    return after


def record_corrections(
    session: Session, author: Author, account_id: int, corrections: Sequence[Corrected]
) -> list[Recorded]:
    """Record these corrections of the account and fold its history once, after the last of them.

    Of each, `before` and `after` are the account before the first and after the last. Raises as `record`.
    """
    found = find(session, author.workspace_id, account_id)
    at, review_id = recorded_at(found.row, author), reviews.open_review_of(session, account_id)
    told = [
        EventFacts(0, account_id, each, author.at, at, author.user_id, author.source, review_id=review_id)
        for each in corrections
    ]
    stored = [_stored(session, author, each, None) for each in told]
    after = _followed(session, author, found.state, _save_after(session, found, stored[-1]))
    return [Recorded(event, found.state, after) for event in stored]


def recorded_at(row: Account, author: Author) -> datetime:
    """Return the instant to record at: the author's, but always after the last review that froze the account.

    What was asked for just before a review froze the account, and done just after, belongs to the next review.
    """
    return author.at if row.frozen_at is None else max(author.at, row.frozen_at + timedelta(microseconds=1))


def create(session: Session, author: Author, nominated: Nominated, *, import_run_id: int | None = None) -> Recorded:
    """Add a candidate account with its first event."""
    row = Account(workspace_id=author.workspace_id, name=nominated.profile.name)
    session.add(row)
    session.flush()
    begin_months(session, author.workspace_id, author.at)
    return record(session, author, row.row_id, nominated, import_run_id=import_run_id)


def current_state(session: Session, row: Account, since: datetime | None = None) -> AccountState:
    """Return the account as stored; with its blockers and actions that are open or were closed after `since`."""
    return account_state(row, account_items.of_account(session, row.row_id, since))


def save_state(session: Session, row: Account, before: AccountState, after: AccountState, *, anew: bool) -> None:
    """Write the differences of the account's row, keys and items; `anew` also removes unknown items."""
    write_state(row, after, settings_for(session, row.workspace_id, (after,)))
    session.add(row)
    account_items.save(session, changed_rows(row.workspace_id, row.row_id, before, after))
    if anew:
        session.flush()
        account_items.delete_others(session, row.row_id, account_item_rows(row.workspace_id, row.row_id, after))
    if after.profile != before.profile or before.last_event_at is None:
        accounts.set_keys(session, row.workspace_id, row.row_id, account_keys(after.profile))
    session.flush()


def settings_for(session: Session, workspace_id: str, states: Iterable[AccountState]) -> ProgramSettings:
    """Return the settings that weigh the scores of these accounts; the defaults where none is scored."""
    return settings_of(session, workspace_id) if any(state.fit for state in states) else DEFAULTS


def account_keys(profile: Profile) -> dict[str, str]:
    """Return the normalised words the account answers to, each with its kind: name, alias or domain."""
    wanted = {normal_key(alias): "alias" for alias in profile.aliases}
    if profile.domain:
        wanted[normal_key(profile.domain)] = "domain"
    wanted[normal_key(profile.name)] = "name"
    wanted.pop("", None)
    return wanted


def _stored(session: Session, author: Author, told: EventFacts, import_run_id: int | None) -> EventFacts:
    values = event_values(told, workspace_id=author.workspace_id, import_run_id=import_run_id)
    event_id = events.add(session, values)
    if import_run_id is None:
        answers.note_event(session, event_id)
    return replace(told, id=event_id)


def _save_after(session: Session, found: Found, event: EventFacts) -> AccountState:
    """Write and return the account's state after the event, which was stored last."""
    before, is_undo = found.state, isinstance(event.change, Corrected)
    after = _state_after(session, found.row.workspace_id, before, event)
    save_state(session, found.row, before, after, anew=is_undo)
    changed = {event.account_id: (before, after)}
    follow_decisions(session, changed, event.recorded_at)
    follow_people(session, changed, event.recorded_at, is_undo=is_undo)
    follow_open_items(session, changed, Deed(found.row.workspace_id, event.source, event.recorded_at, is_undo))
    return after


def _state_after(session: Session, workspace_id: str, before: AccountState, event: EventFacts) -> AccountState:
    """Return the account after the event, and write the stays that it ended or lets be known otherwise."""
    if isinstance(event.change, Nominated):
        return apply(None, event)
    if not asks_for_all(before.last_event_at, event):
        after, ended = apply_all(before, [event])
        add_stays(session, workspace_id, ended)
        return after
    everything, stays = folded(map(event_facts, events.of_account(session, event.account_id)))
    if everything is None:
        raise Outdated("The account's only entry cannot be taken back. Remove the account with a reason instead.")
    put_stays_anew(session, workspace_id, {event.account_id: stays}, event.recorded_at)
    return with_signals(everything, before)
