"""The one way anything is recorded about an account: an event, the account after it, the messages that show it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce

from sqlmodel import Session

from agendas.errors import NoAccount, OpenAlready, Outdated, OutsideChannel, RecordedAlready
from agendas.facts.account import AccountState, EventFacts
from agendas.facts.audience import PrivacySet
from agendas.facts.events import ActionAdded, Change, Corrected, Decided, ItemEdited, Nominated, Profile
from agendas.facts.evidence import Evidence
from agendas.facts.interventions import AskAnswered, AskTaken
from agendas.facts.measures import Stay
from agendas.facts.people import Author
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.rules.access import given_to
from agendas.rules.fold import needs_whole_history, state_after, with_signals
from agendas.rules.history import (
    REPEATED_WITHIN,
    is_closed,
    kinds_like,
    same_words,
    says_the_same,
    words_of,
    would_double,
)
from agendas.rules.pipeline import fold_with_stays
from agendas.text.names import normal_key
from agendas.verbs.follow import (
    add_stays,
    apply_all,
    begin_months,
    channels_for,
    follow_decisions,
    follow_open_items,
    follow_people,
    may_enter_scope,
    replace_stays,
)
from agendas.verbs.loading import (
    account_item_rows,
    account_state,
    changed_rows,
    event_facts,
    event_values,
    settings_of,
    state_values,
    write_state,
)
from agendas.verbs.notices import REMINDER, tell_at_once
from agendas.verbs.roster import asked_about_next_at, cutoff_of
from storage import (
    account_items,
    accounts,
    events,
    imports,
    inbox,
    letter_subjects,
    outbox,
    people,
    preparing,
    privacy,
    reviews,
    signals,
)
from storage.account_items import NO_ITEMS, ItemRow
from storage.database import showing_all
from storage.letter_subjects import (
    LetterSubject,
    SignalSubject,
    ThreadReceiptSubject,
    UpdateSubject,
    account_of,
    new_letter,
)
from storage.models.accounts import Account
from storage.models.delivery import Letter, LetterKind, LetterState
from storage.models.events import Event
from storage.models.following import PrepRequest
from storage.models.reviews import Cadence, Review, ReviewItem
from storage.models.subjects import SignalRow


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded event, and the account before and after it."""

    event: EventFacts
    before: AccountState
    after: AccountState


@dataclass(frozen=True, slots=True)
class LockedAccount:
    """An account's row, locked until this transaction ends, and its state."""

    row: Account
    state: AccountState


def record_and_show(
    session: Session,
    author: Author,
    account_id: int,
    change: Change,
    *,
    evidence: Sequence[Evidence] = (),
    happened_at: datetime | None = None,
    found: LockedAccount | None = None,
) -> Recorded:
    """Record the change, show it in the review, and notify whom it asks for something.

    `found` is the account if this transaction read it and changed nothing since. Raises what `record` raises.
    """
    recorded = record(session, author, account_id, change, evidence=evidence, happened_at=happened_at, found=found)
    show_update(session, author, recorded)
    _show_decision(session, author, change)
    tell_at_once(session, author, recorded.event, recorded.after)
    show_in_reminders(session, author.workspace_id, (author.user_id,), now=author.at)
    return recorded


def record(
    session: Session,
    author: Author,
    account_id: int,
    change: Change,
    *,
    evidence: Sequence[Evidence] = (),
    happened_at: datetime | None = None,
    import_run_id: int | None = None,
    found: LockedAccount | None = None,
) -> Recorded:
    """Record `change` of the account and write its new state in the same transaction.

    After an event that happened before the latest one, and a correction, the whole history is folded. The event carries
    the review opened last of those that discuss the account, if one is open. Raises Outdated if there is no such
    account, OutsideChannel where it is private and the change gives something of it to somebody who may not see it.
    `found` is the account where this transaction has read it already and changed nothing of it since.
    """
    found = found or find(session, author.workspace_id, account_id)
    event = EventFacts(
        id=0,
        account_id=account_id,
        change=change,
        happened_at=happened_at or author.at,
        recorded_at=recorded_at(found.row, author),
        actor=author.user_id,
        source=author.source,
        evidence=tuple(evidence),
        # what an import records belongs to no review
        review_id=None if import_run_id is not None else reviews.open_review_of(session, account_id),
    )
    others = [each for each in given_to(change, found.state) if each != author.user_id]
    _refuse_outside(session, found.state, author.workspace_id, others)
    ask_about_repeat(session, author, event, found.state)
    event = _stored(session, author, event, import_run_id)
    after = _save_after(session, found, event)
    return Recorded(event, found.state, _make_private_in_scope(session, author, found.state, after))


def record_corrections(
    session: Session, author: Author, account_id: int, corrections: Sequence[Corrected]
) -> list[Recorded]:
    """Record these corrections of the account and fold its history once, after the last of them.

    Each result has the account before the first and after the last of them. Raises as `record`.
    """
    found = find(session, author.workspace_id, account_id)
    at, review_id = recorded_at(found.row, author), reviews.open_review_of(session, account_id)
    wanted = [
        EventFacts(0, account_id, each, author.at, at, author.user_id, author.source, review_id=review_id)
        for each in corrections
    ]
    stored = [_stored(session, author, each, None) for each in wanted]
    after = _make_private_in_scope(session, author, found.state, _save_after(session, found, stored[-1]))
    return [Recorded(event, found.state, after) for event in stored]


def _refuse_outside(session: Session, account: AccountState, workspace_id: str, user_ids: Iterable[str]) -> None:
    """Raise OutsideChannel for the first of these people who is not in the channel that the account is private to."""
    if not account.private_channel:
        return
    inside = privacy.members(session, workspace_id, account.private_channel)
    for user_id in user_ids:
        if user_id not in inside:
            person = people.find(session, workspace_id, user_id)
            raise OutsideChannel(user_id, person.name if person else "That person", account.name)


def _make_private_in_scope(session: Session, author: Author, before: AccountState, after: AccountState) -> AccountState:
    """Make the account private if the change brought it into the scope of a private cadence, and return it."""
    channels = channels_for(session, author.workspace_id, [after]) if may_enter_scope(before, after) else {}
    for account_id, channel_id in channels.items():
        after = record(session, author, account_id, PrivacySet(channel_id)).after
        leave_other_reviews(session, author, [account_id])
    return after


def create(session: Session, author: Author, nominated: Nominated) -> Recorded:
    """Add a candidate account with its first event."""
    row = Account(workspace_id=author.workspace_id, name=nominated.profile.name)
    session.add(row)
    session.flush()
    # figures are kept by the month, from the month of the program's first entry on
    begin_months(session, author.workspace_id, author.at)
    return record(session, author, row.row_id, nominated)


def find(session: Session, workspace_id: str, account_id: int) -> LockedAccount:
    """Return the account, locked for a change. Raises Outdated when there is none."""
    row = accounts.get(session, workspace_id, account_id, lock=True)
    if row is None:
        raise NoAccount
    return LockedAccount(row, current_state(session, row))


def current_state(session: Session, row: Account, since: datetime | None = None) -> AccountState:
    """Return the account as stored; with its blockers and actions that are open or were closed after `since`."""
    return account_state(row, account_items.of_account(session, row.row_id, since))


def recorded_at(row: Account, author: Author) -> datetime:
    """Return the instant to record at: the author's, but always after the last review that froze the account.

    A request made just before a review froze the account, and carried out just after, belongs to the next review.
    """
    return author.at if row.frozen_at is None else max(author.at, row.frozen_at + timedelta(microseconds=1))


def _stored(session: Session, author: Author, event: EventFacts, import_run_id: int | None) -> EventFacts:
    """Store the event, and return it with its id."""
    values = event_values(event, workspace_id=author.workspace_id, import_run_id=import_run_id)
    event_id = events.add(session, values)
    # the author of an imported entry is owed no answer to it
    if import_run_id is None:
        inbox.note_event(session, event_id)
    return replace(event, id=event_id)


def _save_after(session: Session, locked: LockedAccount, event: EventFacts) -> AccountState:
    """Write and return the account's state after the event, which was stored last."""
    row, before, is_undo = locked.row, locked.state, isinstance(event.change, Corrected)
    after = _state_after(session, row.workspace_id, before, event)
    write_state(row, after, settings_for(session, row.workspace_id, (after,)))
    session.add(row)
    account_items.save(session, changed_rows(row.workspace_id, row.row_id, before, after))
    if is_undo:
        # only what is taken back can leave an item without its beginning
        session.flush()
        account_items.delete_others(session, row.row_id, account_item_rows(row.workspace_id, row.row_id, after))
    # a new account has this profile already, but no event before this one
    if after.profile != before.profile or before.last_event_at is None:
        accounts.set_keys(session, row.workspace_id, row.row_id, account_keys(after.profile))
    session.flush()
    changed = {event.account_id: (before, after)}
    follow_decisions(session, changed, event.recorded_at)
    follow_people(session, changed, event.recorded_at, is_undo=is_undo)
    follow_open_items(session, changed, row.workspace_id, source=event.source, at=event.recorded_at, is_undo=is_undo)
    return after


def _state_after(session: Session, workspace_id: str, before: AccountState, event: EventFacts) -> AccountState:
    """Return the account after the event, and write the stays in stages that changed with it.

    An event that needs the whole history may change earlier stays too; any other can only end the current one.
    """
    if isinstance(event.change, Nominated):
        return state_after(None, event)
    if not needs_whole_history(before.last_event_at, event):
        after, ended = apply_all(before, [event])
        add_stays(session, workspace_id, ended)
        return after
    everything, stays = fold_with_stays(map(event_facts, events.of_account(session, event.account_id)))
    if everything is None:
        raise Outdated("The account's only entry cannot be taken back. Remove the account with a reason instead.")
    replace_stays(session, workspace_id, {event.account_id: stays}, event.recorded_at)
    return with_signals(everything, before)


def settings_for(session: Session, workspace_id: str, states: Iterable[AccountState]) -> ProgramSettings:
    """Return the settings that weigh the scores of these accounts; the defaults if none is scored."""
    return settings_of(session, workspace_id) if any(state.fit for state in states) else DEFAULTS


def account_keys(profile: Profile) -> dict[str, str]:
    """Return the normalised words the account answers to, each with its kind: name, alias or domain."""
    wanted = {normal_key(alias): "alias" for alias in profile.aliases}
    if profile.domain:
        wanted[normal_key(profile.domain)] = "domain"
    # the name last, so that it wins over an alias or a domain that is normalised alike
    wanted[normal_key(profile.name)] = "name"
    wanted.pop("", None)
    return wanted


# What a person records a second time within ten minutes is asked about first.

CORRECTED = Corrected(0).kind


def ask_about_repeat(session: Session, author: Author, event: EventFacts, account: AccountState) -> None:
    """Raise RecordedAlready when the author recorded the same of this account a short while ago.

    An entry that was taken back or corrected meanwhile counts no more, nor does an action or blocker that is closed.
    """
    if not author.is_asked or not would_double(event.change):
        return
    after, kinds = event.recorded_at - REPEATED_WITHIN, (*kinds_like(event.change), CORRECTED)
    rows = events.recorded_since(session, author.workspace_id, after, kinds, account_id=event.account_id)
    corrected_ids = {row.change["event_id"] for row in rows if row.kind == CORRECTED}
    counting = [event_facts(row) for row in rows if row.kind != CORRECTED and row.row_id not in corrected_ids]
    own = [each for each in counting if each.actor == author.user_id and each.recorded_at < event.recorded_at]
    for earlier in reversed(own):
        if not is_closed(earlier, account) and says_the_same(earlier, event):
            if _has_other_due_date(earlier, event):
                break  # asked below, where the open one can be moved to the new day instead
            what, text = f"event {earlier.id}", words_of(earlier.change)
            due_on = earlier.change.due_on if isinstance(earlier.change, ActionAdded) else None
            raise RecordedAlready(what, account.name, text, at=earlier.recorded_at, zone=author.zone, due_on=due_on)
    _ask_about_open(author, event, account)


def _has_other_due_date(earlier: EventFacts, later: EventFacts) -> bool:
    """True for two next actions that are due on different days."""
    one, other = earlier.change, later.change
    return isinstance(one, ActionAdded) and isinstance(other, ActionAdded) and one.due_on != other.due_on


def _ask_about_open(author: Author, event: EventFacts, account: AccountState) -> None:
    """Raise OpenAlready for a next action with the same words as an open one, whoever recorded that and when."""
    new = event.change
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


# Changes of many accounts at once, with a few statements for each few hundred of them.


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Something to record of an account: what, what shows it, and when it happened if not when it is recorded."""

    change: Change
    happened_at: datetime | None = None
    evidence: tuple[Evidence, ...] = ()


def record_many(
    session: Session, author: Author, wanted: Mapping[int, Sequence[NewEntry]], *, import_run_id: int | None = None
) -> list[EventFacts]:
    """Record these entries of accounts (by id), in their order, all at `author.at`, and return their events.

    The events belong to no review: the living messages of open reviews are edited, their threads stay quiet.
    """
    events: list[EventFacts] = []
    for account_ids in imports.chunks(wanted):
        events += _record_chunk(session, author, {each: wanted[each] for each in account_ids}, import_run_id)
        refresh_accounts(session, author, account_ids)
        events += _make_many_private(session, author, account_ids)
    return events


def create_many(
    session: Session,
    author: Author,
    wanted: Sequence[tuple[Nominated, Sequence[Change]]],
    *,
    import_run_id: int | None = None,
) -> None:
    """Add new candidates of different names, each with its first event and the changes that follow it.

    The changes are of profile, list and stage alone: no items are stored. As plain rows, each written once: ten
    thousand objects would take several seconds.
    """
    if wanted:
        begin_months(session, author.workspace_id, author.at)
    for start in range(0, len(wanted), imports.CHUNK_ROWS):
        _create_chunk(session, author, wanted[start : start + imports.CHUNK_ROWS], import_run_id)


def _create_chunk(
    session: Session, author: Author, wanted: Sequence[tuple[Nominated, Sequence[Change]]], import_run_id: int | None
) -> None:
    """Insert the accounts as they are after all their changes, their events, and the words they answer to."""
    entries = [[NewEntry(nominated), *map(NewEntry, others)] for nominated, others in wanted]
    states = [
        reduce(state_after, [_new_event(author, each) for each in others], state_after(None, _new_event(author, first)))
        for first, *others in entries
    ]
    rows = [{"workspace_id": author.workspace_id, **state_values(state)} for state in states]
    ids = imports.add_accounts(session, author.workspace_id, rows)
    account_ids = [ids[nominated.profile.name] for nominated, _ in wanted]
    facts = [
        _new_event(author, entry, account_id=account_id)
        for account_id, each in zip(account_ids, entries, strict=True)
        for entry in each
    ]
    _store(session, author, facts, import_run_id)
    keys = {account_id: account_keys(state.profile) for account_id, state in zip(account_ids, states, strict=True)}
    imports.replace_keys(session, author.workspace_id, keys)


def _record_chunk(
    session: Session, author: Author, wanted: Mapping[int, Sequence[NewEntry]], import_run_id: int | None
) -> list[EventFacts]:
    """Record the entries of these accounts, write the accounts after them, and return the events."""
    rows = imports.locked_accounts(session, author.workspace_id, wanted)
    stored = account_items.of_accounts(session, list(rows), None)
    before = {account_id: account_state(row, stored.get(account_id, NO_ITEMS)) for account_id, row in rows.items()}
    recorded = _record_events(session, author, rows, wanted, import_run_id=import_run_id)
    states = _states_after(session, author, before, recorded)
    settings = settings_for(session, author.workspace_id, states.values())
    keys: dict[int, dict[str, str]] = {}
    changed: list[ItemRow] = []
    for account_id, row in rows.items():
        after = states[account_id]
        if after.profile != before[account_id].profile:
            keys[account_id] = account_keys(after.profile)
        changed += changed_rows(author.workspace_id, account_id, before[account_id], after)
        write_state(row, after, settings)
        session.add(row)
        # only a correction can remove the event that began an item
        if any(isinstance(event.change, Corrected) for event in recorded[account_id]):
            kept = account_item_rows(author.workspace_id, account_id, after)
            account_items.delete_gone(session, stored.get(account_id, NO_ITEMS), kept)
    imports.replace_keys(session, author.workspace_id, keys)
    account_items.save_many(session, changed)
    before_and_after = {account_id: (before[account_id], state) for account_id, state in states.items()}
    follow_decisions(session, before_and_after, author.at)
    new_events = [event for events in recorded.values() for event in events]
    if new_events:
        is_undo = any(isinstance(event.change, Corrected) for event in new_events)
        follow_people(session, before_and_after, max(event.recorded_at for event in new_events), is_undo=is_undo)
    # treated as an undo, which looks up who opened each item: some may have been opened long ago by an import
    follow_open_items(session, before_and_after, author.workspace_id, source=author.source, at=author.at, is_undo=True)
    return new_events


def _record_events(
    session: Session,
    author: Author,
    rows: Mapping[int, Account],
    wanted: Mapping[int, Sequence[NewEntry]],
    *,
    import_run_id: int | None,
) -> dict[int, list[EventFacts]]:
    """Return the entries as stored events, by account."""
    facts = [
        _new_event(author, entry, account_id=account_id, at=recorded_at(row, author))
        for account_id, row in rows.items()
        for entry in wanted[account_id]
    ]
    found: dict[int, list[EventFacts]] = {account_id: [] for account_id in rows}
    for event_id, event in zip(_store(session, author, facts, import_run_id), facts, strict=True):
        found[event.account_id].append(replace(event, id=event_id))
    return found


def _store(session: Session, author: Author, facts: Iterable[EventFacts], import_run_id: int | None) -> list[int]:
    """Store the events, and return their ids in the same order."""
    rows = [event_values(each, workspace_id=author.workspace_id, import_run_id=import_run_id) for each in facts]
    return imports.add_events(session, rows)


def _new_event(author: Author, entry: NewEntry, *, account_id: int = 0, at: datetime | None = None) -> EventFacts:
    """Return the entry as an event that is not stored yet, so without an id."""
    return EventFacts(
        id=0,
        account_id=account_id,
        change=entry.change,
        happened_at=entry.happened_at or author.at,
        recorded_at=at or author.at,
        actor=author.user_id,
        source=author.source,
        evidence=entry.evidence,
    )


def _states_after(
    session: Session, author: Author, before: Mapping[int, AccountState], recorded: Mapping[int, Sequence[EventFacts]]
) -> dict[int, AccountState]:
    """Return the accounts after these events, folded whole where needed, and write the stays in stages that changed."""
    refolded = _folded(session, [each for each in before if _needs_history(before[each], recorded[each])])
    applied = {each: apply_all(before[each], recorded[each]) for each in before if each not in refolded}
    add_stays(session, author.workspace_id, (stay for _, ended in applied.values() for stay in ended))
    # stays are replaced as of when that was recorded, which is one instant for most accounts: few statements
    by_instant: dict[datetime, dict[int, Sequence[Stay]]] = {}
    for account_id, (_, stays) in refolded.items():
        by_instant.setdefault(recorded[account_id][-1].recorded_at, {})[account_id] = stays
    for at, found in by_instant.items():
        replace_stays(session, author.workspace_id, found, at)
    states = {account_id: state for account_id, (state, _) in (*applied.items(), *refolded.items())}
    return {account_id: with_signals(states[account_id], before[account_id]) for account_id in before}


def _needs_history(before: AccountState, recorded: Sequence[EventFacts]) -> bool:
    """Return true if one of the events happened before the latest one, or corrects: the whole history is folded."""
    latest_at = before.last_event_at
    for event in recorded:
        if needs_whole_history(latest_at, event):
            return True
        latest_at = event.happened_at
    return False


def _folded(session: Session, account_ids: Sequence[int]) -> dict[int, tuple[AccountState, Sequence[Stay]]]:
    """Return the states of these accounts and their completed stays, folded from their whole history."""
    history: dict[int, list[Event]] = {account_id: [] for account_id in account_ids}
    for event in imports.events_of(session, account_ids) if account_ids else ():
        history[event.account_id].append(event)
    found: dict[int, tuple[AccountState, Sequence[Stay]]] = {}
    for account_id, stored in history.items():
        state, stays = fold_with_stays(map(event_facts, stored))
        if state is None:
            raise ValueError(f"account {account_id} has no nomination left")
        found[account_id] = state, stays
    return found


def _make_many_private(session: Session, author: Author, account_ids: Iterable[int]) -> list[EventFacts]:
    """Make private the accounts that came into the scope of a private cadence, and return the events."""
    if not privacy.cadences(session, author.workspace_id):
        return []
    rows = imports.locked_accounts(session, author.workspace_id, list(account_ids))
    channels = channels_for(session, author.workspace_id, map(account_state, rows.values()))
    if not channels:
        return []
    wanted = {account_id: [NewEntry(PrivacySet(channel))] for account_id, channel in channels.items()}
    new_events = _record_chunk(session, author, wanted, None)
    leave_other_reviews(session, author, channels)
    return new_events


# An update is shown as a line in the account's thread, and by edits of the messages that show the account.

SIGNALS_DELAY = timedelta(minutes=1)
"""Wait of edits for signals of programs and files, which come all day: once a minute for each message."""

SHOWN_AFTER_CLOSING = timedelta(days=14)
"""Time after a review closed in which late updates are still added to its thread."""


def show_update(session: Session, author: Author, recorded: Recorded) -> None:
    """Queue a line in the account's thread of each of its open reviews, and the edits of the messages that show it.

    If none is open, the line goes to the latest closed one and says that it is late, until people are asked about the
    next one. An update from a reply in a thread is in the receipt of replies there instead.
    """
    _add_receipt(session, author, recorded.event)
    # an event carries the review that was open, so without one there is none
    is_open = recorded.event.review_id is not None
    shown_in = reviews.open_items_of(session, recorded.event.account_id) if is_open else []
    for item_id, review in shown_in:
        letters = _messages_of(session, review, item_id)
        _show_below(session, author, recorded, review=review, letters=letters)
        outbox.queue_edits(session, letters, now=author.at)
    if not shown_in:
        _show_late(session, author, recorded)
    states = (recorded.before, recorded.after)
    refresh_preparations(session, author.workspace_id, states, actor=author.user_id, now=author.at)


def _show_late(session: Session, author: Author, recorded: Recorded) -> None:
    """Show the update, as a late one, in the review of the account that closed last, and in its recap."""
    found = reviews.latest_item_of(session, recorded.event.account_id)
    if found is None:
        return
    item_id, review = found
    if review.closed_at is None or author.at - review.closed_at > SHOWN_AFTER_CLOSING:
        return
    next_at = asked_about_next_at(session, review)
    if next_at is None or author.at < next_at:
        _show_below(session, author, recorded, review=review, letters=_messages_of(session, review, item_id))
        recap = outbox.by_key(session, author.workspace_id, letter_subjects.of_review(review.row_id, "recap"))
        outbox.queue_edits(session, [recap] if recap is not None else [], now=author.at)


def _show_below(
    session: Session, author: Author, recorded: Recorded, *, review: Review, letters: Sequence[Letter]
) -> None:
    """Queue the line in the thread of the message of the first of these letters.

    None is needed where a receipt there shows the entry: for a reply in that thread, and for a correction of one.
    """
    receipt, reply = _receipt_of(session, recorded.event, letters), author.thread_message
    first = next(iter(letters), None)
    is_from_thread = reply and first and (reply.channel_id, reply.thread_ts) == (first.sent_channel, first.sent_ts)
    if receipt is not None:
        outbox.queue_edits(session, [receipt], now=author.at)
    elif not is_from_thread:
        key = f"event:{recorded.event.id}:line:{review.row_id}"
        subject = UpdateSubject(recorded.event.id, review.row_id, review.closed_at is not None)
        _queue_thread_message(session, author, "update_line", subject, key=key, letters=letters, review=review)


def show_signal(session: Session, author: Author, account_id: int, signal_id: int) -> None:
    """Show a signal that a person noted or took back in the account's thread, and in what asks them about it."""
    refresh_preparations(session, author.workspace_id, (), actor=author.user_id, now=author.at)
    show_in_reminders(session, author.workspace_id, (author.user_id,), now=author.at)
    for item_id, review in reviews.open_items_of(session, account_id):
        key, subject = f"signal:{signal_id}:{author.at.timestamp()}:{review.row_id}", SignalSubject(signal_id)
        letters = _messages_of(session, review, item_id)
        _queue_thread_message(session, author, "signal_line", subject, key=key, letters=letters, review=review)
        outbox.queue_edits(session, letters, now=author.at)


def _queue_thread_message(
    session: Session,
    author: Author,
    page: str,
    subject: LetterSubject,
    *,
    key: str,
    letters: Sequence[Letter],
    review: Review,
) -> None:
    """Queue the message in the thread of the first of these letters; nothing where that will not be posted."""
    # an account that is only listed has no message of its own: its updates are in the thread of the header
    parent = letters[0] if letters else None
    if parent is None or parent.state in outbox.GIVEN_UP:
        return
    where = {"channel_id": parent.channel_id, "parent": parent.id, "review_id": review.id}
    letter = new_letter(LetterKind.POST, author.workspace_id, page, subject, key=key, at=author.at, **where)
    outbox.queue(session, letter)


def _messages_of(session: Session, review: Review, item_id: int) -> list[Letter]:
    """Return the letters with the account's agenda, if it has a message of its own, and with the review's header."""
    keys = (letter_subjects.of_item(review.row_id, item_id), letter_subjects.of_header(review.row_id))
    found = outbox.by_keys(session, review.workspace_id, keys)
    return [found[key] for key in keys if key in found]


def mark_recaps(session: Session, author: Author, corrected: Iterable[EventFacts]) -> None:
    """Queue the edits of the recaps that showed these entries: each then says that they were corrected.

    An edit shows what is known when it is sent, so a repeated one adds nothing.
    """
    keys = {
        letter_subjects.of_review(review_id, "recap")
        for entry in corrected
        for review_id in reviews.closed_with(session, entry.account_id, entry.recorded_at)
    }
    recaps = outbox.by_keys(session, author.workspace_id, sorted(keys)) if keys else {}
    outbox.queue_edits(session, list(recaps.values()), now=author.at)


def refresh_accounts(
    session: Session, author: Author, account_ids: Collection[int], *, delay: timedelta = outbox.EDIT_DELAY
) -> None:
    """Queue the edits of the messages of these accounts, at most 500, and of the headers, in each open review.

    Each message is edited at most once per burst.
    """
    grouped: dict[int, tuple[Review, list[ReviewItem]]] = {}
    for item, review in imports.open_items(session, author.workspace_id, account_ids):
        grouped.setdefault(review.row_id, (review, []))[1].append(item)
    # in the order in which the reviews were opened, so that two that do this wait for each other
    for review_id in sorted(grouped):
        review, items = grouped[review_id]
        keys = [letter_subjects.of_item(review_id, item.row_id) for item in items]
        keys.append(letter_subjects.of_header(review_id))
        letters = outbox.by_keys(session, review.workspace_id, keys)
        outbox.queue_edits(session, [letters[key] for key in keys if key in letters], now=author.at, delay=delay)


def leave_other_reviews(session: Session, author: Author, account_ids: Collection[int]) -> None:
    """Remove the accounts from open reviews in other channels than the one they are private to.

    Their messages in other channels are edited, with the header and the updates below them, and show no account from
    then on. So are the messages of a review that they stay in, if these are in a channel of the account's own.
    """
    with showing_all(session):
        for account_id, item_id, review in reviews.in_open_reviews(session, account_ids):
            channel_id = privacy.channel_of(session, account_id)
            if not channel_id:
                continue
            keys = (letter_subjects.of_item(review.row_id, item_id), letter_subjects.of_header(review.row_id))
            shown = outbox.by_keys(session, review.workspace_id, keys)
            letters = [*shown.values(), *_updates_posted(session, review, account_id)]
            if channel_id == review.channel_id:
                letters = [each for each in letters if (each.sent_channel or each.channel_id) != channel_id]
            else:
                reviews.take_out_item(session, item_id, review)
            outbox.queue_edits(session, letters, now=author.at, delay=timedelta())


def _updates_posted(session: Session, review: Review, account_id: int) -> Iterator[Letter]:
    """Yield the letters about the account in the review's threads: all posts about it but its agenda."""
    for letter in outbox.of_review(session, review.row_id):
        if letter.kind == LetterKind.POST and letter.page != "agenda" and account_of(session, letter) == account_id:
            yield letter


EDIT_DELAY = timedelta(seconds=5)
"""Time that an edit waits for more of the same burst: its page is of the whole program."""


def _show_decision(session: Session, author: Author, change: Change) -> None:
    """Queue the edit of the page of each executive review that is open, for a decision, or an ask that changes."""
    if not isinstance(change, Decided | AskTaken | AskAnswered | ItemEdited):
        return
    keys = list(map(letter_subjects.of_header, preparing.open_executive_reviews(session, author.workspace_id)))
    if keys:
        headers = outbox.by_keys(session, author.workspace_id, keys)
        outbox.queue_edits(session, list(headers.values()), now=author.at, delay=EDIT_DELAY)


# The receipt of replies in an account's thread: one message, edited with each and when one is taken back.

PAGE = "thread_receipt"


def _add_receipt(session: Session, author: Author, event: EventFacts) -> None:
    """Show an update from a reply in the thread of that reply; does nothing if the author wrote in no thread.

    The account's lock keeps two replies from making two receipts.
    """
    message = author.thread_message
    posted = outbox.posted_as(session, author.workspace_id, message.channel_id, message.thread_ts) if message else None
    if posted is None:
        return
    key = letter_subjects.of_replies(posted.key)
    receipt = outbox.by_key(session, author.workspace_id, key)
    if receipt is None:
        subject = ThreadReceiptSubject(event.id, [event.id], posted.review_id or 0)
        where = {"channel_id": posted.channel_id, "parent": posted.id, "review_id": posted.review_id}
        receipt = new_letter(LetterKind.POST, author.workspace_id, PAGE, subject, key=key, at=author.at, **where)
        outbox.queue(session, receipt)
        return
    receipt.subject = receipt.subject | {"event_ids": [*receipt.subject["event_ids"], event.id]}
    session.add(receipt)
    outbox.queue_edit(session, target=receipt, now=author.at)


def _receipt_of(session: Session, event: EventFacts, letters: Sequence[Letter]) -> Letter | None:
    """Return the receipt that shows the entry which this event corrects or takes back, None for any other event.

    These letters may have posted the message above it.
    """
    if not isinstance(event.change, Corrected) or not letters:
        return None
    keys = [letter_subjects.of_replies(each.key) for each in letters]
    receipts = outbox.by_keys(session, letters[0].workspace_id, keys).values()
    return next((each for each in receipts if event.change.event_id in each.subject["event_ids"]), None)


# The messages that ask people to prepare reviews, and their reminders, are kept up to date where they are.

KEPT_FOR = timedelta(days=2)
"""A message is edited so long after the day planned: a review may be open for a day or two. Ours."""

MOVED_WITHIN = timedelta(days=7)
"""A review whose plan was changed to a day so near is the one that people were asked to prepare. Ours."""


def refresh_preparations(
    session: Session, workspace_id: str, states: Collection[AccountState], *, actor: str, now: datetime
) -> None:
    """Queue the edits of the messages that ask about these accounts, given before and after a change.

    They are the messages to people whom the accounts name, and to `actor`, who may have been asked for a function.
    """
    profiles = [state.profile for state in states]
    named = {user for each in profiles for user in (each.owner, each.marketing_partner, each.our_executive) if user}
    user_ids = {*named, *([actor] if actor else [])}
    keys = preparing.letter_keys_of(session, workspace_id, user_ids, (now - KEPT_FOR).date()) if user_ids else []
    if keys:
        _queue_edits_of_preparations(session, outbox.by_keys(session, workspace_id, keys).values(), now)


def follow_change(session: Session, row: Cadence, was_on: date | None, *, now: datetime, is_replanned: bool) -> None:
    """Show a change of the cadence to the people asked to prepare its next review, planned for `was_on` before.

    If the plan moves that review to another day soon, they count as asked about the new day and are not asked twice.
    """
    # people are asked about several reviews in one message, so another cadence may have asked about this one already
    asked_about = row.prepared_on if row.prepared_on in (was_on, row.next_on) else was_on
    if asked_about is None:
        return
    is_soon = row.next_at is not None and row.next_at - now <= MOVED_WITHIN
    if is_replanned and asked_about == was_on and row.next_on is not None and row.next_on != was_on and is_soon:
        preparing.replan(session, row.row_id, asked_about, row.next_on)
        row.prepared_on = row.next_on if row.prepared_on == asked_about else row.prepared_on
        asked_about = row.next_on
        session.add(row)
    follow_cadence(session, row, asked_about, now=now)


def follow_cadence(session: Session, row: Cadence, planned_on: date, *, now: datetime) -> None:
    """Let the messages about a planned review, and its reminders, say that it was moved, skipped, paused or opened.

    Those that were not sent yet are worth sending at least until the end of updates that it has now.
    """
    asked = preparing.of_occurrence(session, row.row_id, planned_on)
    letters = outbox.by_keys(session, row.workspace_id, {each.letter_key for each in asked}) if asked else {}
    until = cutoff_of(row)
    if until is not None and row.next_on == planned_on:
        for letter in letters.values():
            if letter.state == LetterState.WAITING:
                letter.not_after = max(until, letter.not_after or until)
                session.add(letter)
    _queue_edits_of_preparations(session, letters.values(), now)
    reminded = {each.user_id for each in asked if each.reminded_at is not None}
    show_in_reminders(session, row.workspace_id, reminded, now=now)


def follow_closing(session: Session, review: Review, now: datetime) -> None:
    """Let the messages that asked people to prepare the review say that it is closed."""
    asked = preparing.of_occurrence(session, review.cadence_id, review.planned_on) if review.cadence_id else []
    refresh_asked(session, asked, now)


def refresh_asked(session: Session, asked: Sequence[PrepRequest], now: datetime) -> None:
    """Queue the edits of the messages by which these people of one workspace were asked."""
    letters = outbox.by_keys(session, asked[0].workspace_id, {each.letter_key for each in asked}) if asked else {}
    _queue_edits_of_preparations(session, letters.values(), now)


def _queue_edits_of_preparations(session: Session, letters: Iterable[Letter], now: datetime) -> None:
    # a letter that waits is composed when it is sent; one being sent was composed before this change
    sent = [letter for letter in letters if outbox.may_be_sent(letter)]
    outbox.queue_edits(session, sent, now=now)


SENT_WITHIN = timedelta(days=3)
"""A reminder sent longer ago is over."""


def show_in_reminders(session: Session, workspace_id: str, user_ids: Collection[str], *, now: datetime) -> None:
    """Queue the edits of the reminders that these people got lately."""
    since = now - SENT_WITHIN
    sent = inbox.sent_to(session, workspace_id, user_ids, page=REMINDER, since=since) if user_ids else ()
    if sent:
        outbox.queue_edits(session, sent, now=now)
