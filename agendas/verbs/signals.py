"""Signals: noted by people and taken from other programs."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import AccountState, ListStatus
from agendas.facts.people import Author
from agendas.facts.program import TrailSubject
from agendas.facts.signals import NotedSignal, SignalGiven, SignalRefused, SignalsTaken
from agendas.rules.import_tables import read_domain
from agendas.rules.signals import BY_THE_PERSON, is_strong
from agendas.rules.update_words import SignalEntry
from agendas.verbs.corrections import UNDO_WINDOW
from agendas.verbs.follow import DaysOfPeople, Known, Somebody, day_of, known_people
from agendas.verbs.loading import signal_facts
from agendas.verbs.notices import tell_of_signals
from agendas.verbs.record import SIGNALS_DELAY, ask_about_signal, find, refresh_accounts, show_signal
from agendas.verbs.trail import note_change
from storage import account_items, accounts, inbox, people, privacy, signals, workspaces
from storage.models.subjects import SignalRow

# Ingest signals of accounts on the list: each once, by its sender's id. None of them moves a stage.

Matched = tuple[SignalGiven, int]
"""A signal and the id of its account."""

OTHER_CONTENT = "This id came before with other content. Send another id for it."
NOT_LISTED = "No account on the list, or more than one, has {} for its domain or CRM id."


def take_signals(session: Session, author: Author, sent: Sequence[SignalGiven | SignalRefused]) -> SignalsTaken:
    """Store the signals that are taken, and return the outcome of all.

    A signal whose id came before with the same content is repeated, with other content refused. Signals of accounts
    that are not on the list are unmatched, and not stored. Those of private accounts are stored and reported as
    unmatched too, so that the sender learns of no private account.
    """
    given = [each for each in sent if isinstance(each, SignalGiven)]
    refused = [each for each in sent if isinstance(each, SignalRefused)]
    new, repeated = _new(session, author.workspace_id, given, refused)
    accounts = accounts_called(session, author.workspace_id, given)
    unmatched = [
        SignalRefused(each.id, NOT_LISTED.format(each.account)) for each in new if each.account not in accounts
    ]
    matched = [(each, accounts[each.account]) for each in new if each.account in accounts]
    store_matched(session, author, matched)
    taken = _sorted_out(session, author, matched, repeated=repeated, refused=refused)
    result = SignalsTaken(taken, tuple(repeated), tuple(refused), tuple(unmatched))
    private = _private(session, author.workspace_id, given, accounts)
    return _without_private(private, result, [each.id for each in given])


def _private(
    session: Session, workspace_id: str, given: Sequence[SignalGiven], accounts: Mapping[str, int]
) -> dict[str, str]:
    """Return the account's name as given in each signal of a private account, by the signal's id.

    Also of each signal that matches no account and whose id came before with a signal of a private one.
    """
    unmatched = {each.id: each.account for each in given if each.account not in accounts}
    earlier = signals.by_sources(session, workspace_id, list(unmatched)) if unmatched else []
    repeated = {each.source_id for each in earlier if privacy.channel_of(session, each.account_id)}
    names = {each.account for each in given if each.account in accounts}
    private = {name for name in names if privacy.channel_of(session, accounts[name])}
    matched = {each.id: each.account for each in given if each.account in private}
    return matched | {signal_id: unmatched[signal_id] for signal_id in repeated}


def _without_private(private: Mapping[str, str], result: SignalsTaken, order: Sequence[str]) -> SignalsTaken:
    """Return the result as the sender may see it: signals of private accounts appear as unmatched.

    `private` has the account's name as given, by the signal's id; `order` all ids as they were sent.
    """
    if not private:
        return result
    known = {each.id for each in result.unmatched}
    unmatched = (SignalRefused(id_, NOT_LISTED.format(name)) for id_, name in private.items() if id_ not in known)
    return SignalsTaken(
        tuple(each for each in result.taken if each not in private),
        tuple(each for each in result.repeated if each not in private),
        tuple(each for each in result.refused if each.id not in private),
        tuple(sorted((*result.unmatched, *unmatched), key=lambda each: order.index(each.id))),
    )


def _sorted_out(
    session: Session, author: Author, matched: Sequence[Matched], *, repeated: list[str], refused: list[SignalRefused]
) -> tuple[str, ...]:
    """Return the ids stored by this call; others go to `repeated`, or where their content differs to `refused`."""
    stored = signals.stored(session, author.workspace_id, {given.id for given, _ in matched})
    taken = []
    for given, _ in matched:
        body, recorded_at = stored[given.id]
        if body != digest(given):
            refused.append(SignalRefused(given.id, OTHER_CONTENT))
        elif recorded_at == author.at:
            taken.append(given.id)
        else:
            repeated.append(given.id)
    return tuple(taken)


def store_noted(
    session: Session, author: Author, given: SignalGiven, account_id: int, *, person_id: int | None
) -> SignalRow:
    """Store a signal that a person noted, with its points. Raises Outdated when it was not stored."""
    person = account_items.contact(session, person_id) if person_id is not None else None
    known = {(account_id, given.person): Somebody(person.row_id, person.title)} if person else {}
    _store(session, author, [(given, account_id)], known)
    row = signals.by_source(session, author.workspace_id, given.id)
    if row is None:
        raise Outdated("It was not stored. Note it once more.")
    return row


def _store(
    session: Session, author: Author, matched: Sequence[Matched], known: Known, *, import_run_id: int | None = None
) -> None:
    """Insert the signals with their points, and note for each person the latest day on which they acted."""
    days = DaysOfPeople(session, set(known.values()), [_happened_at(given, author) for given, _ in matched])
    rows, latest = [], dict[int, date]()
    # by id, so that two processes with the same signals wait for each other and do not deadlock
    for given, account_id in sorted(matched, key=lambda each: each[0].id):
        person = known.get((account_id, given.person))
        points = days.points(given.signal, given.strength, _happened_at(given, author), person)
        rows.append(_row(author, given, account_id, person=person, points=points) | {"import_run_id": import_run_id})
        if person is not None and given.signal in BY_THE_PERSON:
            day = day_of(_happened_at(given, author))
            latest[person.id] = max(day, latest.get(person.id, day))
    signals.add(session, rows)
    people.note_days(session, latest)


def store_matched(
    session: Session, author: Author, matched: Sequence[Matched], *, import_run_id: int | None = None
) -> None:
    """Store these signals of accounts (by id), each with its points; an id that came before is left out.

    The accounts' people are notified of strong ones. Messages of open reviews are edited, once for all signals; nothing
    is posted in their threads.
    """
    account_ids = {account_id for _, account_id in matched}
    # locked before people are looked up: somebody added meanwhile would not be linked to these signals
    accounts.lock_shared(session, account_ids)
    known = known_people(session, {(account_id, given.person) for given, account_id in matched})
    _store(session, author, matched, known, import_run_id=import_run_id)
    refresh_accounts(session, author, account_ids, delay=SIGNALS_DELAY)
    strong = [given.id for given, _ in matched if is_strong(given.signal, given.strength)]
    rows = signals.by_sources(session, author.workspace_id, strong) if strong else []
    tell_of_signals(session, author, [row for row in rows if row.recorded_at == author.at])


def accounts_called(session: Session, workspace_id: str, given: Iterable[SignalGiven]) -> dict[str, int]:
    """Return the ids of accounts on the list by the names in the signals; a name that fits two is left out."""
    names = {each.account for each in given}
    domains = {name: read_domain(name) or "" for name in names}
    rows = signals.listed(session, workspace_id, {each for each in domains.values() if each}, names)
    by_name: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for word in filter(None, (row.domain, row.crm_id)):
            by_name[word].add(row.row_id)
    found = {name: by_name[name] | (by_name[domain] if domain else set()) for name, domain in domains.items()}
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}


def digest(given: SignalGiven) -> str:
    """Return the digest by which a repeated signal is distinguished from another one with the same id."""
    content = (given.account, given.signal, given.strength, given.text, given.occurred_at, given.url, given.person)
    return hashlib.sha256(repr(tuple(map(str, content))).encode()).hexdigest()


def brought_by(author: Author) -> dict[str, Any]:
    """Return the columns of a stored signal that say who brought it, from where and when."""
    return {
        "workspace_id": author.workspace_id,
        "recorded_at": author.at,
        "counts_since": author.at,
        "actor": author.user_id,
        "source": author.source.value,
    }


def _new(
    session: Session, workspace_id: str, given: Iterable[SignalGiven], refused: list[SignalRefused]
) -> tuple[list[SignalGiven], list[str]]:
    """Split signals into new ones and ids that came before or twice; other content under an id goes to `refused`."""
    coming = list(given)
    bodies = signals.digests_by_source(session, workspace_id, {each.id for each in coming})
    new, repeated = [], []
    for each in coming:
        body = bodies.setdefault(each.id, "")
        if not body:
            bodies[each.id] = digest(each)
            new.append(each)
        elif body == digest(each):
            repeated.append(each.id)
        else:
            refused.append(SignalRefused(each.id, OTHER_CONTENT))
    return new, repeated


def _row(
    author: Author, given: SignalGiven, account_id: int, *, person: Somebody | None, points: float
) -> dict[str, Any]:
    return brought_by(author) | {
        "account_id": account_id,
        "source_id": given.id,
        "kind": given.signal.value,
        "strength": given.strength.value,
        "text": given.text,
        "url": given.url,
        "person": given.person,
        "contact_id": person.id if person else None,
        "points": points,
        "happened_at": _happened_at(given, author),
        "body": digest(given),
        "taken_back_at": None,
    }


def _happened_at(given: SignalGiven, author: Author) -> datetime:
    """When the signal happened, at the latest now."""
    return min(given.occurred_at, author.at)


# The secret with which programs sign the signals that they send.

REPLACED_AGAIN_AFTER = timedelta(minutes=1)
"""Before this a new secret is not replaced by another one."""


def replace_secret_once(session: Session, author: Author, sealed: str) -> bool:
    """Replace the secret unless it was replaced within the last minute: clicks close together make one."""
    is_first = inbox.note_key_again(session, author.workspace_id, "secret", author.at, after=REPLACED_AGAIN_AFTER)
    if is_first:
        replace_secret(session, author, sealed)
    return is_first


def replace_secret(session: Session, author: Author, sealed: str) -> None:
    """Store `sealed` as the workspace's secret; the audit trail names the author, not the secret."""
    workspace = workspaces.get(session, author.workspace_id)
    if workspace is None:
        raise Outdated("This workspace is not known any more.")
    before = "set" if workspace.signals_secret else "none"
    workspace.signals_secret = sealed
    session.add(workspace)
    note_change(session, author, TrailSubject.SIGNATURE, before=before, after="new")


# Signals that people note, and take back for ten minutes.

SLACK_AHEAD = timedelta(minutes=1)
"""Furthest that a noted signal may lie in the future, since Slack's clock, which dates messages, differs from ours."""


def note_signal(
    session: Session, author: Author, account_id: int, entry: SignalEntry, *, number: int = 0
) -> NotedSignal:
    """Store the signal with its points, and show it in the account's open reviews.

    `number` distinguishes it from others that the author notes at the same instant.
    Raises Refused for an account that is not on the list, and for an instant in the future.
    """
    state = find(session, author.workspace_id, account_id).state
    if state.list_status is not ListStatus.NAMED:
        status = "a candidate" if state.list_status is ListStatus.CANDIDATE else state.list_status.value
        raise Refused(
            f"{state.name} is {status}. Signals count only for accounts on the list. {_command_to_list(state)}"
        )
    happened_at = entry.happened_at or author.at
    if happened_at > author.at + SLACK_AHEAD:
        raise Refused("That lies in the future. Give the day on which it was seen.")
    person = next((each for each in state.contacts if each.id == entry.contact_id), None)
    if entry.contact_id is not None and person is None:
        raise Outdated(f"That person is not known at {state.name} any more.")
    # the id is made of author, account and time: the same click or command twice is one signal
    source_id = f"{author.user_id}:{account_id}:{author.at.isoformat()}:{number}"
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
    inbox.note_signal(session, row.row_id)
    return NotedSignal(account_id, state.name, signal_facts(row), person.profile.name if person else "")


def take_back_signal(session: Session, author: Author, signal_id: int) -> NotedSignal:
    """Take the signal back. Raises Refused for others than its author and after ten minutes, Outdated if it is gone."""
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
        people.recompute_day(session, row.contact_id, BY_THE_PERSON)
    show_signal(session, author, row.account_id, row.row_id)
    return noted_signal(session, author.workspace_id, signal_id)


def noted_signal(session: Session, workspace_id: str, signal_id: int) -> NotedSignal:
    """Return the signal with its account and person. Raises Outdated when it is not kept."""
    row = signals.get(session, workspace_id, signal_id)
    account = accounts.get(session, workspace_id, row.account_id) if row else None
    if row is None or account is None:
        raise Outdated("That signal is not kept.")
    person = account_items.texts(session, {row.contact_id}).get(row.contact_id, "") if row.contact_id else ""
    return NotedSignal(
        row.account_id, account.name, signal_facts(row), person, row.person, is_taken_back=row.taken_back_at is not None
    )


def _command_to_list(account: AccountState) -> str:
    """Return the command that puts the account on the list."""
    if account.list_status is ListStatus.CANDIDATE:
        return f"Put it there with /account name {account.name} tier 1 because TEXT."
    return f"Bring it back with /account restore {account.name} because TEXT."
