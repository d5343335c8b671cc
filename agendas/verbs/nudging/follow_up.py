"""The look at a follow-up: who is nudged from which day on, and its one escalation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.account import AccountState, Blocker, Decision
from agendas.facts.people import Leads
from agendas.facts.program.settings import ProgramSettings
from agendas.rules.notices.working_hours import next_working_instant
from agendas.rules.nudging import follow_ups as rules
from agendas.rules.nudging.follow_ups import Nudging, So
from agendas.text.days import local_date
from agendas.verbs.loading.days_away import absent_among
from agendas.verbs.loading.leads import askable_leads
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.notices.kinds import ESCALATED
from agendas.verbs.notices.plan_reminders import hours_of
from agendas.verbs.notices.queue import queue_notices, who_may_act
from agendas.verbs.nudging.owed import resting_among
from agendas.verbs.record.record import current_state
from storage import accounts, events, people, workspaces
from storage.delivery.nudge_subjects import EscalatedSubject
from storage.delivery.subjects import to_json
from storage.nudging import follow_ups, mornings
from storage.privacy import channel_members
from storage.tables import Account, FollowUp, Letter, LetterKind, Person

Write = Callable[[Session], None]

PAUSED = timedelta(days=1)
"""Time to the next look at a blocker that is past its limit while its account rests."""


@dataclass(frozen=True, slots=True)
class Around:
    """Facts by which a follow-up is planned: its account, the leads, people who may act, the settings and the zone.

    Of an account that `is_resting` nothing is escalated: it is paused, or its only cadence is.
    """

    account: AccountState
    leads: Leads
    people: dict[str, Person]
    settings: ProgramSettings
    zone: str
    now: datetime
    is_resting: bool

    def can_act(self, user_id: str) -> bool:
        """Return true for somebody who may record and is still there."""
        return user_id in self.people

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
class Planned:
    """Outcome of a look at a follow-up that was planned at `planned_at`."""

    planned_at: datetime
    nudging: Nudging
    escalation: Escalation | None


def look_after(session: Session, follow_up_id: int, now: datetime) -> Write:
    """Return the write that plans the follow-up anew, escalates it where its limit is over, or ends it."""
    row = follow_ups.get(session, follow_up_id)
    if row is None or row.next_at is None or row.next_at > now:
        return lambda _session: None
    planned_at, event_id = row.next_at, row.event_id
    around = _around(session, row, now)
    item = _item(around.account, event_id) if around is not None else None
    if around is None or item is None:
        return lambda session: follow_ups.remove(session, [event_id])
    nudging, escalation = _plan(session, row, item, around), None
    if isinstance(item, Blocker) and nudging.escalates_at is not None and nudging.escalates_at <= now:
        if around.is_resting:
            nudging = Nudging(nudging.user_id, None, now + PAUSED)
        else:
            doubted_since = nudging.escalates_at if planned_at == follow_ups.MAY_BE_SENT else None
            escalation = _escalation(session, row, item, around, has_it=nudging.user_id, doubted_since=doubted_since)
            nudging = Nudging(nudging.user_id, None)
    planned = Planned(planned_at, nudging, escalation)
    return lambda session: _keep(session, follow_up_id, planned, now)


def leave_follow_up(session: Session, follow_up_id: int, _now: datetime) -> None:
    """Look at it no more by itself: planning it fails each time."""
    row = follow_ups.get(session, follow_up_id, lock=True)
    if row is not None:
        row.next_at = None
        session.add(row)


def _around(session: Session, row: FollowUp, now: datetime) -> Around | None:
    account = accounts.get(session, row.workspace_id, row.account_id)
    if account is None:
        return None
    state, leads = current_state(session, account), askable_leads(session, row.workspace_id)
    item = _item(state, row.event_id)
    own = (account.owner, account.our_executive, account.marketing_partner)
    asked = (item.owner,) if isinstance(item, Blocker) else (item.ask_of,) if item is not None else ()
    wanted = {each for each in (*leads.values(), *own, *asked) if each}
    wanted |= {each.stand_in for each in absent_among(session, row.workspace_id, wanted, now) if each.stand_in}
    able = _who_sees(session, account, who_may_act(session, row.workspace_id, wanted), now)
    known = {each.user_id: each for each in people.get_many(session, row.workspace_id, able)}
    zone = workspaces.zone(session, row.workspace_id)
    is_resting = not rules.is_shown(state) or bool(resting_among(session, row.workspace_id, [state]))
    return Around(state, leads, known, settings_of(session, row.workspace_id), zone, now, is_resting)


def _who_sees(session: Session, account: Account, user_ids: Sequence[str], now: datetime) -> Sequence[str]:
    """Return those of these people who may see the account: all, while its channel's members are not known."""
    channel, since = account.private_channel, now - channel_members.MEMBERS_KNOWN_FOR
    if not channel:
        return user_ids
    members = channel_members.known_members(session, account.workspace_id, (channel,), known_since=since).get(channel)
    return user_ids if members is None else [each for each in user_ids if each in members]


def _item(account: AccountState, event_id: int) -> Blocker | Decision | None:
    """Return the open blocker or ask that the event began, None where it is settled or its account left the list."""
    if event_id not in rules.followed(account):
        return None
    blocker = next((each for each in account.open_blockers if each.id == event_id), None)
    return blocker or next((each for each in account.open_asks if each.event_id == event_id), None)


def _plan(session: Session, row: FollowUp, item: Blocker | Decision, around: Around) -> Nudging:
    account, so = around.account, So(row.user_id, row.next_on, row.nudges, row.escalated_at is not None)
    if isinstance(item, Decision):
        wanted = (item.ask_of, account.profile.our_executive, account.profile.owner)
        whom = next((each for each in wanted if each and around.can_act(each)), "")
        zone = around.zone_of(whom)
        return rules.follow_ask(item, so, whom=whom, zone=zone, today=local_date(around.now, zone))
    whom = rules.whose_help(item, account, around.leads, around.can_act)
    opened = events.get(session, row.workspace_id, row.event_id)
    limit_days = rules.limit_days(around.settings, account.tier)
    # a new one is shown from the day after it was opened on, however late it is looked at
    at = around.now if row.user_id or opened is None else opened.recorded_at
    today = local_date(at, around.zone_of(whom))
    opener = opened.actor if opened is not None else ""
    return rules.follow_blocker(item, account, so, whom=whom, opener=opener, today=today, limit_days=limit_days)


def _escalation(
    session: Session,
    row: FollowUp,
    blocker: Blocker,
    around: Around,
    *,
    has_it: str,
    doubted_since: datetime | None,
) -> Escalation | None:
    """The escalation of a blocker past its limit; None where nobody else may see its account."""
    to = rules.escalated_to(blocker, around.account, around.leads, has_it=has_it, can_act=around.can_act)
    admins = [] if to else _admins(session, row, around, has_it=has_it)
    if not to and not admins:
        return None
    absent = absent_among(session, row.workspace_id, (to,), around.now)
    able = (each.stand_in for each in absent if each.stand_in in around.people)
    stand_in = next((each for each in able if each != has_it), "")
    receivers = [around.people[stand_in or to]] if to else admins
    subject = to_json(EscalatedSubject(row.event_id, has_it, to_admins=not to, of_user_id=to if stand_in else ""))
    letters = [
        Letter(
            workspace_id=row.workspace_id,
            key=f"{ESCALATED}:{row.event_id}:{person.user_id}",
            kind=LetterKind.DIRECT,
            page=ESCALATED,
            subject=subject,
            user_id=person.user_id,
            created_at=(at := _working(session, person, around.now)),
            due_at=at,
            first_tried_at=doubted_since,
            tried_until=around.now if doubted_since else None,
        )
        for person in receivers
    ]
    return Escalation(to, letters)


def _admins(session: Session, row: FollowUp, around: Around, *, has_it: str) -> list[Person]:
    """The other admins who may see the account."""
    found = [each for each in people.admins(session, row.workspace_id) if each.user_id != has_it]
    account = accounts.get(session, row.workspace_id, row.account_id)
    able = _who_sees(session, account, [each.user_id for each in found], around.now) if account is not None else ()
    return [each for each in found if each.user_id in able]


def _working(session: Session, person: Person, now: datetime) -> datetime:
    """Return now, or the next instant at which the person works."""
    hours = hours_of(session, person.workspace_id, (person.user_id,), now).get(person.user_id)
    return (next_working_instant(hours, now) if hours is not None else None) or now


def _keep(session: Session, follow_up_id: int, planned: Planned, now: datetime) -> None:
    nudging, escalation = planned.nudging, planned.escalation
    row = follow_ups.get(session, follow_up_id, lock=True)
    if row is None or row.next_at != planned.planned_at:
        return
    row.user_id, row.next_on, row.next_at = nudging.user_id, nudging.next_on, nudging.escalates_at
    if escalation is not None:
        row.escalated_to, row.escalated_at = escalation.to, now
        queue_notices(session, escalation.letters)
    session.add(row)
    session.flush()
    if nudging.user_id and nudging.next_on is not None:
        mornings.begin(session, row.workspace_id, (nudging.user_id,), planned.planned_at)
