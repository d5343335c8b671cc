"""What follows from a recorded event in other subjects: months, stays, scope, signals, fit, open items."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from typing import Any

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts, ListStatus, Source, Stage
from agendas.facts.measures import Stay
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rules.fit import criteria_of
from agendas.rules.fold import state_after
from agendas.rules.history import AUTOMATIC
from agendas.rules.measures import INSTANT, last_instant, start_of_day
from agendas.rules.nudging import items_to_follow
from agendas.rules.pipeline import KnownStay, refolded, stay_ended
from agendas.rules.reviews import in_scope
from agendas.rules.signals import BY_THE_PERSON, points
from agendas.text.dates import local_date, month_end
from storage import asked, events, imports, measures, nudging, privacy, workspaces
from storage import people as stored_people
from storage.models.following import FollowUp
from storage.models.measures import StageStay
from storage.models.subjects import FitRequest, SignalRow
from storage.people import Link

Changed = Mapping[int, tuple[AccountState, AccountState]]
"""Accounts before and after a change, by id."""


# The questions about an account's fit close when it is decided, and open again when it is a candidate again.

DECIDED = (ListStatus.NAMED, ListStatus.REMOVED, ListStatus.REJECTED)


def follow_decisions(session: Session, changed: Changed, at: datetime) -> None:
    """Close fit requests for decided accounts; reopen unanswered ones for accounts that are candidates again.

    Whoever was reminded before is not reminded of a reopened request, and whoever opted out is not asked again. The
    days until a reminder count from `at`, since people have forgotten what was asked before the decision.
    """
    with_new_status = {
        each: after for each, (before, after) in changed.items() if before.list_status is not after.list_status
    }
    decided = [account_id for account_id, after in with_new_status.items() if after.list_status in DECIDED]
    if decided:
        asked.close_of_accounts(session, decided)
    candidates = {each: after for each, after in with_new_status.items() if after.list_status is ListStatus.CANDIDATE}
    for request in asked.closed_of_accounts(session, candidates) if candidates else ():
        if not _is_answered(request, candidates[request.account_id]):
            request.is_open, request.asked_at = True, at
            session.add(request)


def _is_answered(request: FitRequest, account: AccountState) -> bool:
    """True if the person scored all criteria of the function that the request asks for."""
    scored = {each.criterion for each in account.fit if each.scored_by == request.user_id}
    return scored.issuperset(criteria_of(Function(request.function) if request.function else None))


# Signals count for the people who have their addresses: they are linked again when contacts change.


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person at an account, for whose title signals count."""

    id: int
    title: str


Known = Mapping[tuple[int, str], Somebody]
"""People by account and by what the senders of signals call them: the address in lower case."""


def follow_people(session: Session, changed: Changed, at: datetime, *, is_undo: bool = False) -> None:
    """Link signals to people again after contacts changed; each counts for its person, or nobody, from `at` on.

    A signal that came from an address before any contact had it counts for the contact who has it now. Those of a
    removed contact are nobody's again. A contact whose address changes keeps the signals from the one before; but
    where an entry is taken back, those from the address that the entry gave are nobody's again.
    """
    before, after = {}, {}
    for account_id, (earlier, later) in changed.items():
        if earlier.contacts != later.contacts:
            before[account_id], after[account_id] = earlier, later
    if not after:
        return
    known_before, known = dict(_addresses(before)), dict(_addresses(after))
    newly_known = [key for key, person in known.items() if key not in known_before or known_before[key].id != person.id]
    removed_ids = _contact_ids(before) - _contact_ids(after)
    taken_back = {(*key, person.id) for key, person in known_before.items() if is_undo and key not in known}
    rows = stored_people.signals_of_unknown_people(session, newly_known) if newly_known else []
    lost_signals = removed_ids | {contact_id for _account_id, _address, contact_id in taken_back}
    for row in stored_people.of_contacts(session, lost_signals) if lost_signals else ():
        if row.contact_id in removed_ids or (row.account_id, row.person, row.contact_id) in taken_back:
            rows.append(row)
    link(session, rows, known, at)


def _contact_ids(states: Mapping[int, AccountState]) -> set[int]:
    return {contact.id for state in states.values() for contact in state.contacts}


def _addresses(states: Mapping[int, AccountState]) -> Iterator[tuple[tuple[int, str], Somebody]]:
    """Yield each person who has an address, with their account's id and the address in lower case."""
    for account_id, state in states.items():
        for contact in state.contacts:
            if contact.profile.email:
                email = contact.profile.email.casefold()
                yield (account_id, email), Somebody(contact.id, contact.profile.title)


def link(session: Session, rows: Iterable[SignalRow], known: Known, at: datetime) -> None:
    """Count each of these signals, from `at` on, for the known person with its sender's address, or for nobody."""
    ordered = sorted(rows, key=lambda row: (row.happened_at, row.row_id))
    senders = [(row, known.get((row.account_id, row.person)) if row.person else None) for row in ordered]
    changed = [(row, person) for row, person in senders if row.contact_id != (person.id if person else None)]
    days = DaysOfPeople(session, {person for _, person in changed if person}, [row.happened_at for row, _ in changed])
    links = []
    latest: dict[int, date] = {}
    # in the order in which they happened, so that the last day noted of a person is the latest
    for row, person in changed:
        kind = SignalKind(row.kind)
        points = days.points(kind, SignalStrength(row.strength), row.happened_at, person)
        links.append(Link(row.row_id, person.id if person else None, points))
        if person and kind in BY_THE_PERSON:
            latest[person.id] = day_of(row.happened_at)
    for start in range(0, len(links), imports.CHUNK_ROWS):
        stored_people.link(session, links[start : start + imports.CHUNK_ROWS], at)
    stored_people.note_days(session, latest)


class DaysOfPeople:
    """Number of signals of a kind that each person had on each day in UTC: only so many of a day count."""

    def __init__(self, session: Session, people: Collection[Somebody], moments: Collection[datetime]) -> None:
        """Begin with the numbers of these people's stored signals on the days of the moments."""
        self._seen: Counter[tuple[int, str, date]] = Counter()
        if people:
            since, until = _midnight(min(moments)), _midnight(max(moments)) + timedelta(days=1)
            found = stored_people.seen(session, {each.id for each in people}, since, until)
            self._seen.update((contact_id, kind, day_of(at)) for contact_id, kind, at in found)

    def points(self, kind: SignalKind, strength: SignalStrength, at: datetime, person: Somebody | None) -> float:
        """Return the points of one more signal, and count it among those of its person's day; nobody has a count."""
        if person is None:
            return points(kind, strength, None)
        of_day = (person.id, kind.value, day_of(at))
        self._seen[of_day] += 1
        return points(kind, strength, person.title, seen_that_day=self._seen[of_day] - 1)


def known_people(session: Session, called: Collection[tuple[int, str]]) -> Known:
    """Return the people whom signals are about; `called` are their account and address as the signals have them.

    A signal that names no person has an empty address, and is about nobody. Others at these accounts may be among
    those returned.
    """
    account_ids = {account_id for account_id, email in called if email}
    if not account_ids:
        return {}
    rows = stored_people.people_called(session, account_ids, {email for _account_id, email in called if email})
    return {(row.account_id, row.email.casefold()): Somebody(row.row_id, row.title) for row in rows}


def day_of(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _midnight(at: datetime) -> datetime:
    return datetime.combine(day_of(at), time(), tzinfo=UTC)


# Blockers and asks are followed up, and who owes something is reminded in the mornings, with each change.


def follow_open_items(
    session: Session, changed: Changed, workspace_id: str, *, source: Source, at: datetime, is_undo: bool
) -> None:
    """Begin following up new blockers and asks, stop for closed ones, and plan changed ones again.

    Nobody is nudged about items of an import, even if one opens again when its closing is taken back. The rows are due
    at once: who is nudged and when is worked out after this transaction, in a read.
    """
    opened, closed, altered = dict[int, FollowUp](), list[int](), list[int]()
    for account_id, (before, after) in changed.items():
        earlier, later = items_to_follow(before), items_to_follow(after)
        for event_id, (kind, _) in later.items():
            if event_id not in earlier:
                opened[event_id] = FollowUp(
                    workspace_id=workspace_id,
                    event_id=event_id,
                    account_id=account_id,
                    kind=kind.value,
                    user_id="",
                    next_at=at,
                )
        closed += [event_id for event_id in earlier if event_id not in later]
        altered += [event_id for event_id in later if event_id in earlier and earlier[event_id] != later[event_id]]
    if closed:
        nudging.remove_follow_ups(session, closed)
    if altered:
        nudging.look_again(session, altered, at)
    if opened and source not in AUTOMATIC:
        # where an entry was taken back, an older item may be open again, and an import may have brought that one
        if is_undo:
            rows = events.get_many(session, list(opened))
            opened = {row.row_id: opened[row.row_id] for row in rows if row.source not in AUTOMATIC}
        nudging.add_follow_ups(session, list(opened.values()))
    owners = {owner for before, after in changed.values() for owner in _owned(after) - _owned(before) if owner}
    if owners:
        nudging.begin_mornings(session, workspace_id, owners, at)


def _owned(account: AccountState | None) -> set[str]:
    """The people who own an open blocker or next action of the account; nobody without an account."""
    if account is None:
        return set()
    blocked = {each.owner for each in account.open_blockers if each.owner}
    return blocked | {each.owner for each in account.open_actions}


# Completed stays in stages are written with the steps and removals that end them, in the same transaction.


def apply_all(state: AccountState, events: Iterable[EventFacts]) -> tuple[AccountState, tuple[KnownStay, ...]]:
    """Return (state after these events, stays in stages that they ended); no event may need the whole history."""
    ended = []
    for event in events:
        before, state = state, state_after(state, event)
        if stay := stay_ended(before, state):
            ended.append(KnownStay(stay, event.recorded_at))
    return state, tuple(ended)


def add_stays(session: Session, workspace_id: str, ended: Iterable[KnownStay]) -> None:
    measures.add_stays(session, [_stay_values(workspace_id, each) for each in ended])


def replace_stays(session: Session, workspace_id: str, found: Mapping[int, Sequence[Stay]], at: datetime) -> None:
    """Store the stays of histories that were folded again, by account id.

    A stored stay that differs is not deleted but void from `at` on, so that earlier reports can be shown as they were.
    """
    if not found:
        return
    stored: dict[int, list[StageStay]] = {account_id: [] for account_id in found}
    for row in measures.standing(session, found):
        stored[row.account_id].append(row)
    outdated, added = list[int](), list[KnownStay]()
    for account_id, rows in stored.items():
        before = [KnownStay(stay_facts(row), row.told_at, row.void_at) for row in rows]
        # the stored ones in the same order, then the new ones
        after = refolded(before, found[account_id], at)
        outdated += [row.row_id for row, stay in zip(rows, after, strict=False) if stay.void_at is not None]
        added += after[len(rows) :]
    measures.end_knowledge(session, outdated, at)
    add_stays(session, workspace_id, added)


def stay_facts(row: StageStay) -> Stay:
    """Return the stored stay as facts, without when it became known and void."""
    return Stay(
        row.account_id,
        Stage(row.stage),
        row.tier,
        row.began_at,
        row.ended_at,
        to_stage=Stage(row.to_stage) if row.to_stage else None,
        is_known=row.is_known,
    )


def _stay_values(workspace_id: str, known_stay: KnownStay) -> dict[str, Any]:
    """Return the stay's values by column, to insert it. Raises ValueError for one that has not ended."""
    stay = known_stay.stay
    if stay.ended_at is None:
        raise ValueError(f"the stay of account {stay.account_id} in {stay.stage} lasts")
    return {
        "workspace_id": workspace_id,
        "account_id": stay.account_id,
        "stage": stay.stage.value,
        "tier": stay.tier,
        "began_at": stay.began_at,
        "ended_at": stay.ended_at,
        "to_stage": stay.to_stage.value if stay.to_stage else "",
        "is_known": stay.is_known,
        "told_at": known_stay.told_at,
        "void_at": known_stay.void_at,
    }


# Accounts that come into the scope of a private cadence become private to its channel.


_scope_fields = attrgetter("list_status", "tier", "profile.owner", "profile.segment")
"""What the scope of a cadence can choose accounts by."""


def may_enter_scope(before: AccountState, after: AccountState) -> bool:
    """Return whether the change may have brought the account into the scope of a cadence."""
    return bool(_scope_fields(before) != _scope_fields(after))


def channels_for(session: Session, workspace_id: str, states: Iterable[AccountState]) -> dict[int, str]:
    """Return, by account id, the channel that each account becomes private to: that of the first cadence it is in.

    Accounts that are private already are left out.
    """
    cadences = privacy.cadences(session, workspace_id)
    found = {}
    for state in states if cadences else ():
        channel = next((each.channel_id for each in cadences if in_scope(state, each.scope)), "")
        if channel and not state.private_channel:
            found[state.account_id] = channel
    return found


# The months of a program, from its first entry on: each is kept when it is over.

KEPT_AFTER = timedelta(hours=1)
"""A month is kept so long after its end: whoever records at its last moment, or imports, has ended by then."""

ZONES_APART = timedelta(days=2)
"""More than the local times of two zones are ever apart."""


def begin_months(session: Session, workspace_id: str, at: datetime) -> None:
    """Begin with the month of the program's first entry, at `at`; nothing where a month is followed already."""
    if not measures.has_any(session, workspace_id):
        zone = workspaces.zone(session, workspace_id)
        first = local_date(at, zone).replace(day=1)
        follow_month(session, workspace_id, start_of_day(first, zone) - INSTANT, zone)


def follow_month(session: Session, workspace_id: str, began_at: datetime, zone: str) -> None:
    """Store the month that begins after `began_at` in this zone: it is kept once it is over."""
    # `began_at` may be the end of a month in another zone, which is less than `ZONES_APART` before the month's end here
    first = local_date(began_at + ZONES_APART, zone).replace(day=1)
    last = month_end(first)
    ended_at = last_instant(last, zone)
    row = {"workspace_id": workspace_id, "first": first, "last": last, "zone": zone, "began_at": began_at}
    measures.add_month(session, row | {"ended_at": ended_at, "due_at": ended_at + KEPT_AFTER})
