"""Unasked messages: who is notified of what, and when."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from math import ceil
from zoneinfo import ZoneInfo

from agendas.facts.account import AccountState, EventFacts, ListStatus
from agendas.facts.answered_items import FoundItem, OfAccount
from agendas.facts.answers import NotifiedEvent
from agendas.facts.events import ActionAdded, BlockerChanged, BlockerOpened, Decided, ItemEdited, ListChanged
from agendas.facts.people import Leads, NoticeChoice, NoticeKind, Preferences, QuietHours
from agendas.facts.reviews import Away, Reminding
from agendas.rules.access import NOBODY_LEADS, asked_of
from agendas.rules.history import AUTOMATIC
from agendas.rules.movement import BEGINS, ENDS, WORKING_DAYS
from agendas.rules.schedule import holiday_on, local_instant

# Weekly cap of the messages that the bot sends a person by itself: asks and blockers and digests have a reserve.

WEEK = timedelta(days=7)
DIGESTS_RESERVED = 5
"""Messages of a week that are kept for digests: one a working day. So what is over the cap is told in one of them."""
FIRST_SHARE = 4
"""The part of the cap that is kept for asks and blockers: a quarter. Ours."""


class Rank(StrEnum):
    """Order in which messages get what is left of a week."""

    FIRST = "first"
    """An ask or a blocker."""
    USUAL = "usual"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Spent:
    """Messages that a person got in a week or will get, digests apart."""

    messages: int = 0
    digests: int = 0

    @property
    def total(self) -> int:
        return self.messages + self.digests

    def plus(self, rank: Rank) -> "Spent":
        """Count one more."""
        if rank is Rank.DIGEST:
            return Spent(self.messages, self.digests + 1)
        return Spent(self.messages + 1, self.digests)


def has_room(cap: int, spent: Spent, rank: Rank) -> bool:
    """Return true if one more message of this rank keeps the cap and what is reserved for others."""
    if rank is Rank.DIGEST:
        return spent.total < cap
    reserved = DIGESTS_RESERVED + (0 if rank is Rank.FIRST else cap // FIRST_SHARE)
    return spent.total < cap and spent.messages < cap - reserved


def week_of(at: datetime, zone: str) -> datetime:
    """Return when the week began that holds the instant: Monday 00:00 in the zone, in UTC."""
    on = at.astimezone(ZoneInfo(zone)).date()
    begins_at, _ = local_instant(on - timedelta(days=on.weekday()), time(), zone)
    return begins_at.astimezone(UTC)


def week_after(begins_at: datetime, zone: str) -> datetime:
    """Return when the week after the one begins that began at this instant."""
    # noon of the Monday after: clocks move by hours at most
    return week_of(begins_at + WEEK + timedelta(hours=12), zone)


# Sending that begins early: many messages due at one instant leave at a pace, the last of them by that instant.

MESSAGES_A_MINUTE = 200
"""Messages that are sent in a workspace in a minute.

Slack takes "several hundred" and gives no number (docs.slack.dev/apis/web-api/rate-limits); this stays below.
"""
CONVERSATIONS_A_MINUTE = 48
"""Direct conversations opened in a workspace in a minute: Slack takes 50 (tier 3), a few are left for people's acts."""
SHARE = 0.93
"""The part of both that messages sent early take; the rest is for what people do and reviews post meanwhile."""


def minutes_ahead(recipients: int, unknown: int) -> timedelta:
    """Return how many whole minutes earlier sending must start to reach this many people on time.

    `unknown` are those of them whose direct conversation has to be opened first. A minute's messages need no time.
    """
    by_messages = recipients / (MESSAGES_A_MINUTE * SHARE)
    by_conversations = unknown / (CONVERSATIONS_A_MINUTE * SHARE)
    most = max(by_messages, by_conversations)
    return timedelta(minutes=ceil(most) if most > 1 else 0)


def instants_before(last_at: datetime, are_known: Sequence[bool]) -> list[datetime]:
    """Return when the message to each of these people is due, so that the last of them leaves by `last_at`.

    Both those whose conversation is known and the others are spread evenly over the minutes ahead.
    """
    unknown = sum(not is_known for is_known in are_known)
    ahead = minutes_ahead(len(are_known), unknown)
    numbers = {True: 0, False: 0}
    counts = {True: len(are_known) - unknown, False: unknown}
    found = []
    for is_known in are_known:
        found.append(last_at - ahead + ahead * (numbers[is_known] / counts[is_known]))
        numbers[is_known] += 1
    return found


# Profiles of reminding: what light, standard and active cadences send to the people who take part in them.


def reminds(profile: Reminding) -> bool:
    """Return true if who has not prepared a review of the cadence is reminded of it, once."""
    return profile is not Reminding.LIGHT


def has_morning_digest(profiles: Collection[Reminding]) -> bool:
    """Return true if the person gets a digest of overdue work on working mornings; "light" people get prep only."""
    return not waits_for_digest(profiles)


def waits_for_digest(profiles: Collection[Reminding]) -> bool:
    """Return true if all cadences of the person are light: new asks and blockers wait for their digest.

    A choice of their own goes before it.
    """
    return bool(profiles) and all(each is Reminding.LIGHT for each in profiles)


def tells_the_same_day(profiles: Collection[Reminding]) -> bool:
    """Return true if the person is notified at once of new asks and blockers on accounts they take part for."""
    return Reminding.ACTIVE in profiles


# Working days and hours of one person: Monday to Friday from 9 to 17 in their own zone, days away left out.

FARTHEST_DAYS = 366
"""Days looked at; who is away for longer has no next working day."""
TIME_TO_ACT = timedelta(hours=1)
"""The least working time that is left to whoever is told at the last moment. Ours: five accounts and a meeting."""


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Days on which a person works, from 9 to 17 in the IANA zone `zone`.

    `away` are days of the person and of everybody on which nobody of them works; `holidays_of` is a place whose public
    holidays are none either (`DE`, `DE-BY`), '' for no place.
    """

    zone: str
    away: tuple[Away, ...] = ()
    holidays_of: str = ""


def is_working_day(hours: WorkingHours, on: date) -> bool:
    if on.weekday() not in WORKING_DAYS or any(each.covers(on) for each in hours.away):
        return False
    return not holiday_on(hours.holidays_of, on)


def is_working(hours: WorkingHours, at: datetime) -> bool:
    """Return true if the person works at that instant; the end of the hours does not belong to them."""
    on = _local_day(hours, at)
    begins_at, ends_at = _hours_on(hours, on)
    return is_working_day(hours, on) and begins_at <= at < ends_at


def work_ends_at(hours: WorkingHours, at: datetime) -> datetime | None:
    return _hours_on(hours, _local_day(hours, at))[1] if is_working(hours, at) else None


def next_working_instant(hours: WorkingHours, at: datetime) -> datetime | None:
    """Return `at` if the person works then, else when they begin next; None if they don't within a year."""
    for on in _working_days(hours, _local_day(hours, at)):
        begins_at, ends_at = _hours_on(hours, on)
        if at < ends_at:
            return max(at, begins_at)
    return None


def last_working_instant_before(hours: WorkingHours, cutoff: datetime) -> datetime | None:
    """Return the last instant of work after which an hour is left until the cutoff and until the end of that day.

    None if there is none in the year before.
    """
    for on in _working_days(hours, _local_day(hours, cutoff), step=-1):
        begins_at, ends_at = _hours_on(hours, on)
        last_at = min(cutoff, ends_at) - TIME_TO_ACT
        if last_at >= begins_at:
            return last_at
    return None


def next_working_morning(hours: WorkingHours, after: datetime, digest_at: time) -> datetime | None:
    """Return the first instant after `after` at which it is the wall time `digest_at` on a working day.

    None if there is none within a year.
    """
    for on in _working_days(hours, _local_day(hours, after)):
        morning_at, _ = local_instant(on, digest_at, hours.zone)
        if morning_at > after:
            return morning_at.astimezone(UTC)
    return None


def _working_days(hours: WorkingHours, start: date, *, step: int = 1) -> Iterator[date]:
    days = (start + timedelta(days=step * number) for number in range(FARTHEST_DAYS + 1))
    return (on for on in days if is_working_day(hours, on))


def _hours_on(hours: WorkingHours, on: date) -> tuple[datetime, datetime]:
    begins_at, _ = local_instant(on, BEGINS, hours.zone)
    ends_at, _ = local_instant(on, ENDS, hours.zone)
    return begins_at.astimezone(UTC), ends_at.astimezone(UTC)


def _local_day(hours: WorkingHours, at: datetime) -> date:
    return at.astimezone(ZoneInfo(hours.zone)).date()


# The one reminder of a review to prepare: when it comes, and until when it can be snoozed.

SOONEST = timedelta(hours=2)
"""Time that people have after they were asked before they are reminded."""
AN_HOUR = timedelta(hours=1)
AFTERNOON = time(14)
MORNING = time(9)


class Snooze(StrEnum):
    """A time to be reminded again."""

    HOUR = "hour"
    AFTERNOON = "afternoon"
    TOMORROW = "tomorrow"


def reminder_at(hours: WorkingHours, *, asked_at: datetime, cutoff: datetime) -> datetime | None:
    """Return when a person who has not answered is reminded: late, and with an hour of work left before the cutoff.

    None where no working hour fits that begins two hours after they were asked.
    """
    at = last_working_instant_before(hours, cutoff)
    return at if at is not None and at >= asked_at + SOONEST else None


def spread_reminders(at: datetime, people: Sequence[tuple[WorkingHours, datetime]]) -> list[datetime]:
    """Return when each of these people, all to be reminded at `at`, is, so that many leave at the pace of sending.

    The people are given as their hours and when they were asked. Whose turn would come before they work, or too soon
    after they were asked, has it as long after `at`.
    """
    ahead = minutes_ahead(len(people), 0)  # their conversations are known since they were asked
    return [
        early if is_working(hours, early) and early >= asked_at + SOONEST else early + ahead
        for early, (hours, asked_at) in zip(instants_before(at, [True] * len(people)), people, strict=True)
    ]


def snoozed_until(choice: Snooze, hours: WorkingHours, now: datetime) -> datetime | None:
    """Return the instant of the choice; None for an afternoon that has begun, and where no working day follows."""
    if choice is Snooze.HOUR:
        return now + AN_HOUR
    if choice is Snooze.TOMORROW:
        return next_working_morning(hours, now, MORNING)
    today = now.astimezone(ZoneInfo(hours.zone)).date()
    at = local_instant(today, AFTERNOON, hours.zone)[0].astimezone(UTC)
    return at if at > now else None


def snoozes(hours: WorkingHours, now: datetime, cutoff: datetime) -> tuple[tuple[Snooze, datetime], ...]:
    """Return the choices that lie before the cutoff, the soonest first, each instant once."""
    found: dict[datetime, Snooze] = {}
    for choice in Snooze:
        at = snoozed_until(choice, hours, now)
        if at is not None and at < cutoff:
            found.setdefault(at, choice)
    return tuple((found[at], at) for at in sorted(found))


# When a message that nobody asked for is sent: at once, after quiet hours, in the digest, or never.

QUARTER = timedelta(minutes=15)
"""Nobody is told of new things in two messages closer together; what comes meanwhile is collected."""


class Reason(StrEnum):
    """Why a message is sent when it is."""

    AT_ONCE = "at_once"
    COLLECTED = "collected"
    """Another one went less than a quarter of an hour ago."""
    QUIET_HOURS = "quiet_hours"
    DIGEST = "digest"
    OVER_CAP = "over the weekly cap"
    """The week has no more room: it waits for the next digest."""
    LIGHT = "light cadences"
    """All cadences of the person are light: it waits for the next digest."""


@dataclass(frozen=True, slots=True)
class Sending:
    """The instant at which a message is sent, and why then."""

    at: datetime
    reason: Reason


def when_to_send(kind: NoticeKind, preferences: Preferences, zone: str, at: datetime) -> Sending | None:
    """Return when a message of this kind that is ready at `at` is sent to a person in this zone, None for never."""
    choice = preferences.of(kind)
    if choice is NoticeChoice.OFF:
        return None
    if choice is NoticeChoice.DIGEST:
        return Sending(next_digest(preferences, zone, at), Reason.DIGEST)
    ends_at = after_quiet_hours(preferences.quiet, zone, at)
    return Sending(ends_at, Reason.AT_ONCE if ends_at == at else Reason.QUIET_HOURS)


def when_to_tell(preferences: Preferences, zone: str, at: datetime, *, last_at: datetime | None) -> Sending:
    """Return when to notify the person of something new; `last_at` is their last notification, if any."""
    collected_at = at if last_at is None else max(at, last_at + QUARTER)
    ends_at = after_quiet_hours(preferences.quiet, zone, collected_at)
    if ends_at != collected_at:
        return Sending(ends_at, Reason.QUIET_HOURS)
    return Sending(ends_at, Reason.AT_ONCE if ends_at == at else Reason.COLLECTED)


def next_digest(preferences: Preferences, zone: str, at: datetime, *, last_at: datetime | None = None) -> datetime:
    """Return the instant of the person's next digest, `at` itself if it is its time.

    There is one a day: none on the local day of the digest before, which was or is sent at `last_at`.
    """
    local = ZoneInfo(zone)
    on = at.astimezone(local).date()
    while True:
        due_at, _ = local_instant(on, preferences.digest_at, zone)
        if due_at >= at and (last_at is None or last_at.astimezone(local).date() != on):
            return after_quiet_hours(preferences.quiet, zone, due_at)
        on += timedelta(days=1)


def after_quiet_hours(quiet: QuietHours | None, zone: str, at: datetime) -> datetime:
    """Return `at`, or the end of the quiet hours that it lies in.

    Wall times decide. An end that the clocks leave out is the first time that exists after it; of one that comes twice,
    the first counts.
    """
    if quiet is None or quiet.begins == quiet.ends:
        return at
    local = at.astimezone(ZoneInfo(zone))
    ends_on = _ends_on(quiet, local)
    if ends_on is None:
        return at
    ends_at, _ = local_instant(ends_on, quiet.ends, zone)
    return max(at, ends_at.astimezone(UTC))


def is_quiet(quiet: QuietHours, wall: time) -> bool:
    """Return true if the wall time lies in the quiet hours."""
    if quiet.begins < quiet.ends:
        return quiet.begins <= wall < quiet.ends
    return wall >= quiet.begins or wall < quiet.ends


def _ends_on(quiet: QuietHours, local: datetime) -> date | None:
    """The day on which the quiet hours end that this local instant lies in, None outside of them."""
    wall, today = local.time().replace(fold=0), local.date()
    if not is_quiet(quiet, wall):
        return None
    return today if wall < quiet.ends else today + timedelta(days=1)


# People whom an event asks for something or whose account it decides about, and what is still open.


def people_to_tell(
    event: EventFacts, account: AccountState, leads: Leads = NOBODY_LEADS, *, begun: EventFacts | None = None
) -> tuple[str, ...]:
    """Return the user ids of those to tell of the event, never its author.

    They are whoever owns a new action, a blocker or the answer to an ask, and of what changes hands both; where a
    blocker needs a function, our executive or marketing partner, else the function's lead; and the owner of an account
    about which something was decided, or a blocker opened. `begun` is the event that opened the blocker or ask that
    this one settles or answers: then they are those who waited for that.
    """
    if event.source in AUTOMATIC:
        return ()
    concerned = _concerned(event, account, leads) if begun is None else _waited(event, begun, account, leads)
    wanted = dict.fromkeys(each for each in concerned if each and each != event.actor)
    return tuple(wanted)


def also_notified(event: EventFacts, account: AccountState, notified: Collection[str]) -> tuple[str, ...]:
    """Return who else is notified of a new ask or blocker: the account's owner, partner and our executive.

    They are told where their cadence is active; its author and those who are `notified` anyway are left out.
    """
    change = event.change
    is_ask = isinstance(change, Decided) and bool(change.ask_of)
    if event.source in AUTOMATIC or not (is_ask or isinstance(change, BlockerOpened)):
        return ()
    profile = account.profile
    taking_part = dict.fromkeys((profile.owner, profile.marketing_partner, profile.our_executive))
    return tuple(each for each in taking_part if each and each != event.actor and each not in notified)


def still_news(
    event: EventFacts,
    account: AccountState,
    reader: str,
    leads: Leads = NOBODY_LEADS,
    *,
    begun: EventFacts | None = None,
) -> NotifiedEvent | None:
    """Return what to show the reader of an uncorrected event, or None if nothing is left to do.

    What was done, resolved, answered or given to another person meanwhile is not told. `begun` is as above.
    """
    told = people_to_tell(event, account, leads, begun=begun)
    if reader not in (*told, *also_notified(event, account, told)):
        return None
    change = event.change
    if begun is not None:
        return NotifiedEvent(event, account.name, reader, subject=_words_of(begun))
    if isinstance(change, ListChanged) or (isinstance(change, Decided) and change.ask_of != reader):
        return NotifiedEvent(event, account.name, reader)
    waiting = None if account.list_status.is_closed else _open_item(event, account, leads)
    if isinstance(change, ItemEdited) and waiting is not None:
        has_it = reader == waiting.person
        if reader != change.owner:
            return None if has_it else NotifiedEvent(event, account.name, reader, subject=change.text)
        waiting = waiting if has_it else None
    return NotifiedEvent(event, account.name, reader, waiting) if waiting is not None else None


def _concerned(event: EventFacts, account: AccountState, leads: Leads) -> tuple[str | None, ...]:
    change, owner = event.change, account.profile.owner
    if isinstance(change, ActionAdded):
        # the action of an intervention is told by the ask itself
        return (change.owner,) if change.decision_id is None else ()
    if isinstance(change, ItemEdited):
        return (change.owner, change.from_owner)
    if isinstance(change, BlockerOpened):
        return (change.owner, asked_of(change.needs, account.profile, leads), owner)
    if isinstance(change, Decided):
        return (change.ask_of, owner)
    if isinstance(change, ListChanged) and change.decision_id is None and _was_on_list(change):
        return (owner,)
    return ()


def _waited(event: EventFacts, begun: EventFacts, account: AccountState, leads: Leads) -> tuple[str | None, ...]:
    """Return who waited for the answer to an ask, or opened, owns or is asked for help with a blocker."""
    opener = begun.actor if begun.source not in AUTOMATIC else None
    if not isinstance(begun.change, BlockerOpened):
        return (opener, account.profile.owner)
    is_answer = isinstance(event.change, BlockerChanged) and event.change.what == "answered"
    needed = None if is_answer else asked_of(begun.change.needs, account.profile, leads)
    return (opener, begun.change.owner, needed)


def _words_of(begun: EventFacts) -> str:
    return begun.change.text if isinstance(begun.change, BlockerOpened | Decided) else ""


def _was_on_list(change: ListChanged) -> bool:
    return change.from_status in (ListStatus.NAMED, ListStatus.PAUSED)


def _open_item(event: EventFacts, account: AccountState, leads: Leads) -> FoundItem | None:
    """Return the action, blocker or ask that this event began or edited, while it is open."""
    of, number = OfAccount.of(account), event.change.item_id if isinstance(event.change, ItemEdited) else event.id
    asks = {each.event_id: FoundItem(of, each, number) for each in account.open_asks}
    blockers = {
        each.id: FoundItem(of, each, number, helper=asked_of(each.needs, of, leads) or "")
        for each in account.open_blockers
    }
    actions = {each.id: FoundItem(of, each, number) for each in account.open_actions}
    return (asks | blockers | actions).get(number)
