"""Nudges: overdue work on working mornings, follow-ups of blockers and asks."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from agendas.facts.account import AccountState, Blocker, Decision
from agendas.facts.answered_items import FoundItem, OfAccount
from agendas.facts.people import Leads, NoticeChoice, NoticeKind
from agendas.facts.program import ProgramSettings
from agendas.pages.notices import MOST_PROMISES
from agendas.rules import nudging
from agendas.rules.fold import action_of
from agendas.rules.notices import WorkingHours, has_morning_digest, next_working_instant, next_working_morning
from agendas.rules.nudging import (
    FollowedKind,
    Look,
    Nudging,
    SoFar,
    is_resting,
    is_shown,
    item_of,
    limit_days,
    look_at,
    shown_next_on,
)
from agendas.rules.preparing import stand_in_of
from agendas.rules.schedule import local_instant
from agendas.text.dates import days_between, local_date
from agendas.verbs.loading import (
    absent_among,
    account_state,
    action_facts,
    askable_leads,
    away_on,
    blocker_facts,
    needed_by,
    settings_of,
)
from agendas.verbs.notices import (
    ACTIONS,
    DIGEST,
    ESCALATED,
    EVERYTHING_AT_ONCE,
    MORNING,
    PREPARATION,
    Reader,
    hours_of,
    profiles_of,
    queue_notices,
    readers,
    who_may_act,
)
from agendas.verbs.preparing import PrepReader, prep_facts
from storage import (
    account_items,
    accounts,
    events,
    find,
    inbox,
    outbox,
    people,
    preparing,
    privacy,
    reviews,
    workspaces,
)
from storage import nudging as stored_nudging
from storage.account_items import NO_ITEMS
from storage.find import Among
from storage.letter_subjects import (
    EscalatedSubject,
    LetterSubject,
    MorningSubject,
    OwnActionsSubject,
    PreparationSubject,
    letter_to,
    subject_of,
    to_json,
)
from storage.models.delivery import Letter
from storage.models.events import Event
from storage.models.following import FollowUp
from storage.models.workspaces import Person

# Reads of what a person owes or is asked for now. Nothing here writes.


@dataclass(frozen=True, slots=True)
class OwedWork:
    """Work that a person owes: actions past their date, and blockers of theirs past the limit.

    `asked` are the follow-ups of blockers and asks that wait for the person. `is_anything` is true if any action or
    blocker of theirs is open, late or not, or anything is asked of them.
    """

    overdue: tuple[FoundItem, ...]
    old_blockers: tuple[FoundItem, ...]
    asked: tuple[FollowUp, ...]
    is_anything: bool


def owed_by(session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str) -> OwedWork:
    """Return what the person owes on the local day of `now`, see `shown_states` for the accounts.

    Items that the person is nudged about on days of their own are left out: the action that an ask made, and blockers
    that wait for the person.
    """
    today = local_date(now, zone)
    actions = account_items.actions_of_owner(session, workspace_id, user_id)
    blockers = [row for row, _ in find.blockers(session, Among(workspace_id), owner=user_id)]
    asked = stored_nudging.follow_ups_of(session, workspace_id, user_id)
    late = [row for row in actions if row.due_on < today]
    account_ids = {row.account_id for row in late} | {row.account_id for row in blockers}
    states = shown_states(session, workspace_id, account_ids)
    followed = {row.event_id for row in asked}
    own_days = _actions_of_asks(states.values(), followed)
    overdue = [
        FoundItem(OfAccount.of(states[row.account_id]), action_facts(row), row.row_id)
        for row in late
        if row.account_id in states and row.row_id not in own_days
    ]
    facts = [
        (states[row.account_id], blocker_facts(row))
        for row in blockers
        if row.account_id in states and row.row_id not in followed
    ]
    old = _past_limit(session, workspace_id, facts, now=now, zone=zone)
    return OwedWork(tuple(overdue), old, tuple(asked), bool(actions or blockers or asked))


def asked_now(
    session: Session, workspace_id: str, event_ids: Collection[int], *, user_id: str
) -> tuple[tuple[FoundItem, ...], tuple[FoundItem, ...]]:
    """Return the open asks and unacknowledged blockers, among these events, that wait for the person, oldest first.

    They are of accounts whose open items people are nudged about, see `shown_states`.
    """
    found = stored_nudging.of_events(session, workspace_id, event_ids) if event_ids else []
    rows = [row for row in found if row.user_id == user_id]
    states = shown_states(session, workspace_id, {row.account_id for row in rows})
    wanted = {row.event_id for row in rows}
    asks = [
        FoundItem(OfAccount.of(state), ask, ask.event_id)
        for state in states.values()
        for ask in state.open_asks
        if ask.event_id in wanted
    ]
    waiting = [
        (state, each)
        for state in states.values()
        for each in state.open_blockers
        if each.id in wanted and each.acknowledged_at is None
    ]
    blockers = account_blockers(session, workspace_id, waiting)
    return tuple(sorted(asks, key=lambda each: each.id)), blockers


def shown_states(session: Session, workspace_id: str, account_ids: Collection[int]) -> dict[int, AccountState]:
    """Return the accounts among these whose open items people are nudged about, by id.

    Left out are accounts that are paused or left the list, and those whose only cadence is paused.
    """
    if not account_ids:
        return {}
    states = _states(session, workspace_id, account_ids)
    found = {account_id: state for account_id, state in states.items() if is_shown(state)}
    resting = resting_among(session, workspace_id, found.values())
    return {account_id: state for account_id, state in found.items() if account_id not in resting}


def _states(session: Session, workspace_id: str, account_ids: Collection[int]) -> dict[int, AccountState]:
    rows = accounts.get_many(session, workspace_id, account_ids)
    items = account_items.of_accounts(session, [row.row_id for row in rows], None)
    return {row.row_id: account_state(row, items.get(row.row_id, NO_ITEMS)) for row in rows}


def resting_among(session: Session, workspace_id: str, states: Iterable[AccountState]) -> frozenset[int]:
    """Return the ids among these of accounts whose only cadence is paused or has a channel in trouble."""
    scopes = preparing.scopes(session, workspace_id)
    running = [scope for scope, is_running in scopes if is_running]
    paused = [scope for scope, is_running in scopes if not is_running]
    return frozenset(each.account_id for each in states if is_resting(each, paused, running))


def account_blockers(
    session: Session, workspace_id: str, found: Sequence[tuple[AccountState, Blocker]]
) -> tuple[FoundItem, ...]:
    """Return these blockers, oldest first, each with its account and the lead whose help it needs, if any."""
    leads = needed_by(session, workspace_id, (blocker.needs for _, blocker in found))
    blockers = (item_of(OfAccount.of(state), each, leads) for state, each in found)
    return tuple(sorted(blockers, key=lambda each: each.id))


def _actions_of_asks(states: Iterable[AccountState], decision_ids: Collection[int]) -> set[int]:
    """Return the ids of the next actions that these asks, given by the event of their decision, made."""
    asks = [(state, ask) for state in states for ask in state.open_asks if ask.event_id in decision_ids]
    made = (action_of(ask, state.actions) for state, ask in asks)
    return {action.id for action in made if action is not None}


def _past_limit(
    session: Session, workspace_id: str, found: Sequence[tuple[AccountState, Blocker]], *, now: datetime, zone: str
) -> tuple[FoundItem, ...]:
    if not found:
        return ()
    settings = settings_of(session, workspace_id)
    old = [
        (state, each)
        for state, each in found
        if days_between(each.opened_at, now, zone) > limit_days(settings, state.tier)
    ]
    return account_blockers(session, workspace_id, old)


# A follow-up that is due is planned again: who is nudged from which day on, and when it is escalated, once.

Write = Callable[[Session], None]

PAUSED = timedelta(days=1)
"""Time to the next look at a blocker that is past its limit while its account rests."""


@dataclass(frozen=True, slots=True)
class Around:
    """Facts by which a follow-up is planned: its account, the leads, people who may act, the settings and the zone.

    `opened` is the event that began the blocker or ask. `inside` are those who see a private account, None where all
    may. Nothing is escalated of an account that `is_resting`: it is paused, or its only cadence is.
    """

    account: AccountState
    opened: Event | None
    leads: Leads
    people: dict[str, Person]
    inside: frozenset[str] | None
    settings: ProgramSettings
    zone: str
    now: datetime
    is_resting: bool

    def can_act(self, user_id: str) -> bool:
        return user_id in self.people and self.sees(user_id)

    def sees(self, user_id: str) -> bool:
        return self.inside is None or user_id in self.inside

    def zone_of(self, user_id: str) -> str:
        """Return the person's zone, the workspace's for nobody."""
        person = self.people.get(user_id)
        return person.time_zone if person is not None else self.zone


@dataclass(frozen=True, slots=True)
class Escalation:
    """The letters of an escalation, to one person, or to the program's admins where `to` is ''."""

    to: str
    letters: Sequence[Letter]


@dataclass(frozen=True, slots=True)
class FollowUpLook:
    """The new plan of a follow-up that was due at `planned_at`; not written if that has changed meanwhile."""

    planned_at: datetime
    nudging: Nudging
    escalation: Escalation | None


def look_after(session: Session, follow_up_ids: Sequence[int], now: datetime) -> Write:
    """Return the write that plans these follow-ups again, escalates those over their limit, and ends what is settled.

    However many there are, their facts are read once for each workspace.
    """
    due = [row for row in stored_nudging.get_follow_ups(session, follow_up_ids) if row.next_at and row.next_at <= now]
    settled, planned = list[int](), dict[int, FollowUpLook]()
    for workspace_id in dict.fromkeys(row.workspace_id for row in due):
        rows = [row for row in due if row.workspace_id == workspace_id]
        found = _around(session, workspace_id, rows, now)
        for row in rows:
            around = found.get(row.event_id)
            item = _item(around.account, row.event_id) if around is not None else None
            if around is None or item is None:
                settled.append(row.event_id)
            else:
                planned[row.row_id] = _planned(session, row, item, around)
    return lambda session: _store_plans(session, settled, planned, now)


def _planned(session: Session, row: FollowUp, item: Blocker | Decision, around: Around) -> FollowUpLook:
    """Plan the next nudge, and the escalation if it is due; for a resting account it is put off instead.

    After a restore from a backup it may have been escalated already: then Slack is searched for the message.
    """
    planned_at, now = row.next_at or around.now, around.now
    nudging, escalation = _plan(row, item, around), None
    if isinstance(item, Blocker) and nudging.escalates_at is not None and nudging.escalates_at <= now:
        if around.is_resting:
            nudging = Nudging(nudging.user_id, None, now + PAUSED)
        else:
            maybe_sent_at = nudging.escalates_at if planned_at == stored_nudging.MAY_BE_SENT else None
            escalation = _escalation(session, row, item, around, has_it=nudging.user_id, maybe_sent_at=maybe_sent_at)
            nudging = Nudging(nudging.user_id, None)
    return FollowUpLook(planned_at, nudging, escalation)


def set_aside_follow_up(session: Session, follow_up_id: int, _now: datetime) -> None:
    """Plan this follow-up no more until its item changes: planning it fails each time."""
    for row in stored_nudging.get_follow_ups(session, [follow_up_id], lock=True):
        row.next_at = None
        session.add(row)


def _around(session: Session, workspace_id: str, rows: Sequence[FollowUp], now: datetime) -> dict[int, Around]:
    """Return the facts around these follow-ups of a workspace by event, without those whose account is gone."""
    states = _states(session, workspace_id, {row.account_id for row in rows})
    leads = askable_leads(session, workspace_id)
    wanted = set(leads.values())
    for row in rows:
        if state := states.get(row.account_id):
            item, profile = _item(state, row.event_id), state.profile
            asked = item.owner if isinstance(item, Blocker) else item.ask_of if item is not None else None
            own = (profile.owner, profile.our_executive, profile.marketing_partner, asked)
            wanted.update(each for each in own if each)
    wanted |= {each.stand_in for each in absent_among(session, workspace_id, wanted, now) if each.stand_in}
    able = who_may_act(session, workspace_id, wanted)
    known = {each.user_id: each for each in people.get_many(session, workspace_id, able)}
    opened = {event.row_id: event for event in events.get_many(session, [row.event_id for row in rows])}
    channels = {state.private_channel for state in states.values() if state.private_channel}
    since = now - privacy.MEMBERS_KNOWN_FOR
    # where the members of a private channel are not known, `inside` is None, as for accounts that all see
    members = privacy.known_members(session, workspace_id, channels, known_since=since) if channels else {}
    resting = resting_among(session, workspace_id, states.values())
    settings, zone = settings_of(session, workspace_id), workspaces.zone(session, workspace_id)
    return {
        row.event_id: Around(
            state,
            opened.get(row.event_id),
            leads,
            known,
            members.get(state.private_channel),
            settings,
            zone,
            now,
            is_resting=not is_shown(state) or state.account_id in resting,
        )
        for row in rows
        if (state := states.get(row.account_id)) is not None
    }


def _item(account: AccountState, event_id: int) -> Blocker | Decision | None:
    """Return the open blocker or ask that the event began, None where it is settled or its account left the list."""
    if event_id not in nudging.items_to_follow(account):
        return None
    blocker = next((each for each in account.open_blockers if each.id == event_id), None)
    return blocker or next((each for each in account.open_asks if each.event_id == event_id), None)


def _plan(row: FollowUp, item: Blocker | Decision, around: Around) -> Nudging:
    """Return whom to nudge about the item, from which day on, and when it is escalated."""
    account, so_far = around.account, SoFar(row.user_id, row.next_on, row.nudges, row.escalated_at is not None)
    if isinstance(item, Decision):
        wanted = (item.ask_of, account.profile.our_executive, account.profile.owner)
        whom = next((each for each in wanted if each and around.can_act(each)), "")
        zone = around.zone_of(whom)
        return nudging.follow_ask(item, so_far, whom=whom, zone=zone, today=local_date(around.now, zone))
    whom = nudging.whose_help(item, account, around.leads, around.can_act)
    opened, limit_days = around.opened, nudging.limit_days(around.settings, account.tier)
    # a new blocker is shown from the day after it was opened, even if it is planned later
    at = around.now if row.user_id or opened is None else opened.recorded_at
    today = local_date(at, around.zone_of(whom))
    opener = opened.actor if opened is not None else ""
    return nudging.follow_blocker(item, account, so_far, whom=whom, opener=opener, today=today, limit_days=limit_days)


def _escalation(
    session: Session, row: FollowUp, blocker: Blocker, around: Around, *, has_it: str, maybe_sent_at: datetime | None
) -> Escalation | None:
    """The escalation of a blocker past its limit; None where nobody else may see its account."""
    to = nudging.escalated_to(blocker, around.account, around.leads, has_it=has_it, can_act=around.can_act)
    everybody = () if to else people.admins(session, row.workspace_id)
    admins = [each for each in everybody if each.user_id != has_it and around.sees(each.user_id)]
    if not to and not admins:
        return None
    absent = absent_among(session, row.workspace_id, (to,), around.now)
    able = (each.stand_in for each in absent if each.stand_in and around.can_act(each.stand_in))
    stand_in = next((each for each in able if each != has_it), "")
    receivers = [around.people[stand_in or to]] if to else admins
    subject = EscalatedSubject(row.event_id, has_it, to_admins=not to, of_user_id=to if stand_in else "")
    tried = {"first_tried_at": maybe_sent_at, "tried_until": around.now if maybe_sent_at else None}
    letters = [
        letter_to(
            row.workspace_id,
            person.user_id,
            ESCALATED,
            subject,
            key=f"{ESCALATED}:{row.event_id}:{person.user_id}",
            at=_working(session, person, around.now),
            **tried,
        )
        for person in receivers
    ]
    return Escalation(to, letters)


def _working(session: Session, person: Person, now: datetime) -> datetime:
    """Return now, or the next instant at which the person works."""
    hours = hours_of(session, person.workspace_id, (person.user_id,), now).get(person.user_id)
    return (next_working_instant(hours, now) if hours is not None else None) or now


def _store_plans(session: Session, ended: Collection[int], planned: Mapping[int, FollowUpLook], now: datetime) -> None:
    """Remove ended follow-ups and write the plans, by follow-up id, except of those that changed meanwhile."""
    if ended:
        stored_nudging.remove_follow_ups(session, ended)
    nudged = defaultdict[tuple[str, datetime], set[str]](set)
    for row in stored_nudging.get_follow_ups(session, planned, lock=True):
        found = planned[row.row_id]
        nudging, escalation = found.nudging, found.escalation
        if row.next_at != found.planned_at:
            continue
        row.user_id, row.next_on, row.next_at = nudging.user_id, nudging.next_on, nudging.escalates_at
        if escalation is not None:
            row.escalated_to, row.escalated_at = escalation.to, now
            queue_notices(session, escalation.letters)
        session.add(row)
        if nudging.user_id and nudging.next_on is not None:
            nudged[row.workspace_id, found.planned_at].add(nudging.user_id)
    session.flush()
    for (workspace_id, planned_at), user_ids in sorted(nudged.items(), key=lambda each: each[0]):
        stored_nudging.begin_mornings(session, workspace_id, user_ids, planned_at)


# The digest of a working morning, for people who owe or are asked for something, or for their stand-ins.

MOMENT = timedelta(seconds=1)
AGAIN = timedelta(days=1)
"""Time to the next try for somebody whose digest fails each time."""


@dataclass(frozen=True, slots=True)
class MorningLook:
    """What a person's morning brings: the digest to queue, if any, and when each follow-up in it is shown next, by id.

    `is_lost`: the person may record nothing any more, so what is asked of them has to be asked of somebody else.
    """

    planned_at: datetime
    next_at: datetime | None
    letter: Letter | None = None
    next_on: dict[int, date] = field(default_factory=dict)
    is_lost: bool = False


def look_at_morning(session: Session, person_row_id: int, now: datetime) -> Write:
    """Return the write that queues the person's digest, if anything is overdue or asked of them this morning.

    It also plans their next morning: none once nothing of theirs is open any more.
    """
    row = stored_nudging.get_mornings(session, person_row_id)
    if row is None or row.morning_at is None or row.morning_at > now:
        return lambda _session: None
    found = _digest_look(session, row, row.morning_at, now)
    return lambda session: _store_digest(session, person_row_id, found, now)


def set_aside_digest(session: Session, person_row_id: int, now: datetime) -> None:
    """Try the person's digest again tomorrow: making it failed too often."""
    row = stored_nudging.get_mornings(session, person_row_id, lock=True)
    if row is not None:
        row.morning_at = now + AGAIN
        session.add(row)


def _digest_look(session: Session, row: Person, planned_at: datetime, now: datetime) -> MorningLook:
    """Return the digest for the person, or for their stand-in, and when to look at their work next."""
    workspace_id, user_id = row.workspace_id, row.user_id
    reader = readers(session, workspace_id, (user_id,)).get(user_id, EVERYTHING_AT_ONCE)
    seen = _look(session, row, reader, now)
    owed = owed_by(session, workspace_id, user_id, now=max(now, seen.at), zone=row.time_zone)
    if not owed.is_anything:
        return MorningLook(planned_at, None)
    found = MorningLook(planned_at, seen.next_at, is_lost=user_id not in who_may_act(session, workspace_id, (user_id,)))
    if seen.on is None or found.is_lost or not _wants_digest(session, row, reader, now):
        return found
    due = {each.event_id: each for each in owed.asked if each.next_on is not None and each.next_on <= seen.on}
    asks, blockers = asked_now(session, row.workspace_id, list(due), user_id=row.user_id)
    waiting_ids = {each.id for each in (*asks, *blockers)}
    shown = [each for event_id, each in due.items() if event_id in waiting_ids]
    to, at = _receiver(session, row, seen.on, max(now, seen.at))
    # old blockers were escalated already: they are listed with other things, and alone are no reason for a digest
    if not to or not (shown or owed.overdue):
        return found
    key = f"{MORNING}:{row.user_id}:{seen.on}"
    letter = letter_to(row.workspace_id, to, MORNING, LetterSubject(), key=key, at=now, due_at=at)
    letter.subject = to_json(MorningSubject(user_id, [each.event_id for each in shown]))
    next_on = {each.row_id: shown_next_on(FollowedKind(each.kind), seen.on) for each in shown}
    return replace(found, letter=letter, next_on=next_on)


def _wants_digest(session: Session, row: Person, reader: Reader, now: datetime) -> bool:
    """Return true unless the person switched it off, or chose nothing and takes part in light cadences alone."""
    chosen = dict(reader.preferences.choices).get(NoticeKind.NUDGES)
    if chosen is not None:
        return chosen is not NoticeChoice.OFF
    return has_morning_digest(profiles_of(session, row.workspace_id, (row.user_id,), at=now)[row.user_id])


def _look(session: Session, row: Person, reader: Reader, now: datetime) -> Look:
    """Return the day of the digest, if one is due, and when to look next.

    Days on which everybody is off have none; on the person's own days away it is made, for their stand-in.
    """
    own_hours, planned_at = _hours(session, row, now), row.morning_at or now
    hours = replace(own_hours, away=tuple(each for each in own_hours.away if not each.user_id))
    is_unplanned = planned_at == stored_nudging.UNPLANNED
    return look_at(hours, reader.preferences.digest_at, now, planned_at=planned_at, plans_only=is_unplanned)


def _receiver(session: Session, row: Person, on: date, at: datetime) -> tuple[str, datetime]:
    """Return who gets the digest, '' for nobody, and when; a stand-in gets it on their own next morning.

    Without a stand-in who is at work it waits until the person is back.
    """
    away = away_on(session, row.workspace_id, (row.user_id,), on)
    if row.user_id not in away:
        return row.user_id, at
    person = people.find(session, row.workspace_id, stand_in_of(row.user_id, away))
    if person is None:
        return "", at
    reader = readers(session, row.workspace_id, (person.user_id,)).get(person.user_id, EVERYTHING_AT_ONCE)
    # it may be their morning just now, and only mornings after the given instant are found
    morning_at = next_working_morning(_hours(session, person, at), at - MOMENT, reader.preferences.digest_at)
    return person.user_id, morning_at or at


def _hours(session: Session, row: Person, now: datetime) -> WorkingHours:
    return hours_of(session, row.workspace_id, (row.user_id,), now).get(row.user_id, WorkingHours(row.time_zone))


def _store_digest(session: Session, person_row_id: int, found: MorningLook, now: datetime) -> None:
    """Queue the digest found and plan the next one, unless the person's plan changed meanwhile."""
    row = stored_nudging.get_mornings(session, person_row_id, lock=True)
    if row is None or row.morning_at != found.planned_at:
        return
    # where nothing was open when this was worked out, something may have been opened since
    row.morning_at = found.next_at or (now + AGAIN if _has_open(session, row) else None)
    session.add(row)
    session.flush()
    if found.is_lost:
        stored_nudging.look_again_for(session, row.workspace_id, row.user_id, now)
    if found.letter is not None:
        queue_notices(session, [found.letter])
        stored_nudging.note_nudged(session, found.next_on)


def _has_open(session: Session, row: Person) -> bool:
    who = (row.workspace_id, row.user_id)
    blockers = find.blockers(session, Among(row.workspace_id), owner=row.user_id)
    return bool(
        account_items.actions_of_owner(session, *who) or blockers or stored_nudging.follow_ups_of(session, *who)
    )


# Reads of what a person was shown already on a day, so that they get nothing overdue twice on one morning.


def shown_today(
    session: Session, letter: Letter, pages: Collection[str], *, now: datetime, zone: str
) -> frozenset[int]:
    """Return the ids of the actions that other messages with these pages show the letter's reader on this day.

    Within one digest the morning's part comes last, so it leaves out what the other parts show.
    """
    reader = PrepReader(letter.workspace_id, letter.user_id, zone, now)
    found = (
        each for each in _letters_of_day(session, letter, pages, reader) if each.page in pages and each.id != letter.id
    )
    return frozenset(action_id for each in found for action_id in SHOWN[each.page](session, each, reader))


def _letters_of_day(session: Session, letter: Letter, pages: Collection[str], reader: PrepReader) -> Iterator[Letter]:
    """Yield the letters that the reader was sent today: with these pages, and those collected in today's digests.

    For the morning's letter also those collected in the digest that it goes with, which is not sent yet.
    """
    since = local_instant(local_date(reader.now, reader.zone), time(0), reader.zone)[0]
    of_reader = (letter.workspace_id, (letter.user_id,))
    for page in pages:
        yield from inbox.sent_to(session, *of_reader, page=page, since=since)
    digests = inbox.sent_to(session, *of_reader, page=DIGEST, since=since)
    before = [each for each in digests if each.id != letter.parent]
    own = outbox.by_id(session, letter.parent) if letter.page == MORNING else None
    for digest in (*before, *([own] if own is not None else [])):
        yield from outbox.collected_in(session, digest)


def _of_review(session: Session, letter: Letter, _reader: PrepReader) -> set[int]:
    """Return the person's actions on the accounts of the review that closed, open then and now."""
    subject = subject_of(letter, OwnActionsSubject)
    review = reviews.get(session, letter.workspace_id, subject.review_id)
    if review is None or review.closed_at is None:
        return set()
    rows = account_items.actions(session, reviews.account_ids(session, review.row_id))
    return {row.row_id for row in rows if row.owner == subject.user_id and row.added_at <= review.closed_at}


def _to_prepare(session: Session, letter: Letter, reader: PrepReader) -> set[int]:
    """Return the ids of the actions that the message asks about, of the reader or a person they stand in for."""
    facts = prep_facts(session, subject_of(letter, PreparationSubject).letter_key, reader)
    accounts = facts.accounts if facts is not None else ()
    return {action.id for each in accounts for action in each.actions[:MOST_PROMISES]}


def _of_morning(session: Session, letter: Letter, reader: PrepReader) -> set[int]:
    """Return the ids of the actions that were overdue when the digest was sent, and still are."""
    user_id, today = subject_of(letter, MorningSubject).of_user_id, local_date(reader.now, reader.zone)
    rows = account_items.actions_of_owner(session, letter.workspace_id, user_id)
    return {row.row_id for row in rows if row.due_on < today and row.added_at <= letter.due_at}


SHOWN: Mapping[str, Callable[[Session, Letter, PrepReader], set[int]]] = {
    ACTIONS: _of_review,
    PREPARATION: _to_prepare,
    MORNING: _of_morning,
}
