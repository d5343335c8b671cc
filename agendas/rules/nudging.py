"""Nudges: when what is open is shown again, to whom it goes after its limit, and when no review is held."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from agendas.facts.account import AccountState, Blocker, Decision, ListStatus, NextAction
from agendas.facts.answered_items import FoundItem, OfAccount
from agendas.facts.people import Function, Leads, PersonFacts
from agendas.facts.program import ProgramSettings, of_tier
from agendas.rules.access import NOBODY_LEADS, asked_of, lead_asked
from agendas.rules.notices import WorkingHours, is_working_day
from agendas.rules.reviews import in_scope
from agendas.rules.schedule import local_instant
from agendas.text.dates import local_date

# Follow-ups of blockers and asks: who is nudged, from which day on, and to whom it goes once after its limit.

ASKED_EVERY = timedelta(days=7)
"""An ask is shown on the day it is due, then weekly and never more: our executives have other work."""
OTHER_LIMIT_DAYS = 30
"""Limit of a blocker where its tier has none: ours, for tier 3, whose accounts are looked at monthly.

The others are settings: 14 days in tier 1 and 21 in tier 2, after which an account needs intervention.
"""

Scope = Mapping[str, Collection[Any]]
"""Accounts that a cadence reviews, by tiers, owners, segments and ids."""

CanAct = Callable[[str], bool]
"""Returns true for the user id of somebody who may record and is still there."""


class FollowedKind(StrEnum):
    BLOCKER = "blocker"
    ASK = "ask"


Followed = Mapping[int, tuple[FollowedKind, object]]
"""Open blockers and asks by the event that opened them, each with what its follow-up depends on."""


@dataclass(frozen=True, slots=True)
class Nudging:
    """How a blocker or an ask is followed up.

    Shown to `user_id`, '' for nobody, from the local day `next_on` on, None where it is not shown; escalated at
    `escalates_at`, None where it is not.
    """

    user_id: str
    next_on: date | None
    escalates_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SoFar:
    """What was done about a follow-up so far; `user_id` is '' and `next_on` None in a new one."""

    user_id: str = ""
    next_on: date | None = None
    nudges: int = 0
    is_escalated: bool = False


def items_to_follow(account: AccountState | None) -> Followed:
    """Return what is open of the account and may be followed up; nothing of one that left the list."""
    if account is None or account.list_status.is_closed:
        return {}
    profile = account.profile
    around = (account.list_status, account.tier, profile.owner, profile.our_executive, profile.marketing_partner)
    blockers = {
        each.id: (FollowedKind.BLOCKER, (around, each.owner, each.needs, each.acknowledged_at is None))
        for each in account.open_blockers
    }
    asks = {each.event_id: (FollowedKind.ASK, (around, each.ask_of, each.due_on)) for each in account.open_asks}
    return {**blockers, **asks}


def is_shown(account: AccountState) -> bool:
    """Return true where its open items are shown: a paused account waits until it is back."""
    return account.list_status in (ListStatus.NAMED, ListStatus.CANDIDATE)


def is_resting(account: AccountState, paused: Iterable[Scope], running: Iterable[Scope]) -> bool:
    """Return true for an account that is in a paused cadence and in none that runs: nobody is nudged about it.

    `paused` and `running` are the scopes of those cadences. People are nudged about an account in no cadence at all.
    """
    return any(in_scope(account, each) for each in paused) and not any(in_scope(account, each) for each in running)


def follow_blocker(
    blocker: Blocker, account: AccountState, so_far: SoFar, *, whom: str, opener: str, today: date, limit_days: int
) -> Nudging:
    """Return how the blocker is followed up from the local day `today` on.

    `whom` is the person whose help it needs. They get a message on the day it is opened, unless they opened it, and are
    nudged on each working day after it until somebody acknowledges it or it is escalated. A blocker that was open long
    before it was followed up is escalated as if it had been opened then.
    """
    escalates_at = None if so_far.is_escalated else blocker.opened_at + timedelta(days=limit_days)
    is_known = blocker.acknowledged_at is not None or whom in ("", opener)
    if is_known or so_far.is_escalated or not is_shown(account):
        return Nudging(whom, None, escalates_at)
    if so_far.user_id == whom and so_far.next_on is not None:
        return Nudging(whom, so_far.next_on, escalates_at)
    return Nudging(whom, today + timedelta(days=1), escalates_at)


def follow_ask(ask: Decision, so_far: SoFar, *, whom: str, zone: str, today: date) -> Nudging:
    """Return how the ask is followed up: on the day it is due, then weekly.

    On the day it was decided nobody is nudged about it: they got a message then.
    """
    asked_on = local_date(ask.decided_at, zone)
    due_on = ask.due_on or asked_on + ASKED_EVERY
    first_on = due_on if due_on > asked_on else asked_on + ASKED_EVERY
    if so_far.nudges == 0 or so_far.next_on is None:
        return Nudging(whom, max(first_on, today))
    return Nudging(whom, max(so_far.next_on, first_on))


def shown_next_on(kind: FollowedKind, on: date) -> date:
    """Return the day from which something shown on a day is shown again."""
    return on + (ASKED_EVERY if kind is FollowedKind.ASK else timedelta(days=1))


def whose_help(blocker: Blocker, account: AccountState, leads: Leads, can_act: CanAct) -> str:
    """Return the user id of the person whose help the blocker needs, '' where nobody can be asked.

    The first who can act of: our executive or marketing partner if it needs one, the lead of the function needed, the
    blocker's owner, the account's owner.
    """
    needed = asked_of(blocker.needs, account.profile, leads)
    in_order = (needed, leads.get(blocker.needs or ""), blocker.owner, account.profile.owner)
    return next((each for each in in_order if each and can_act(each)), "")


def item_of(account: OfAccount, thing: NextAction | Blocker | Decision, leads: Leads = NOBODY_LEADS) -> FoundItem:
    """Return the open thing with its account; a blocker with the person asked for help, and the lead if it is one."""
    number = thing.event_id if isinstance(thing, Decision) else thing.id
    if not isinstance(thing, Blocker):
        return FoundItem(account, thing, number)
    asked, helper = (who(thing.needs, account, leads) for who in (lead_asked, asked_of))
    return FoundItem(account, thing, number, asked=asked, helper=helper or "")


def is_asked(found: FoundItem, user_id: str, function: str | None = None) -> bool:
    """Return true if the blocker needs the help of this person, who has `function`: only their answer ends the nudges.

    If nobody is asked for a function, everybody in it counts, as well as the owner.
    """
    if found.helper:
        return user_id == found.helper
    needs = found.thing.needs if isinstance(found.thing, Blocker) else None
    return user_id == found.person or (function == needs if needs else not found.person)


def asks_reader(found: FoundItem, reader: PersonFacts | None) -> bool:
    """Return true where the blocker needs the help of its only reader; `reader` is None where many read it."""
    return reader is not None and is_asked(found, reader.user_id, reader.function)


def escalated_to(blocker: Blocker, account: AccountState, leads: Leads, *, has_it: str, can_act: CanAct) -> str:
    """Return the user id of whoever gets the blocker after its limit, '' for the admins; never its owner or `has_it`.

    The first of these who can act: the lead of the function that it needs, our executive there, the lead of executives.
    """
    in_order = (leads.get(blocker.needs or ""), account.profile.our_executive, leads.get(Function.EXECUTIVE.value))
    return next((each for each in in_order if each and each not in (has_it, blocker.owner) and can_act(each)), "")


def limit_days(settings: ProgramSettings, tier: int | None) -> int:
    return settings.limit(of_tier(tier, "blocker")) or OTHER_LIMIT_DAYS


# The look at a person's open work before their digest: whether it is shown this morning, and when it is next.

AHEAD = timedelta(minutes=10)
"""Time between the look and the digest, so that all of a morning is in one message."""
LATEST = timedelta(hours=4)
"""A look later than this after the digest's time is left to the next morning: ours, as long as a morning lasts."""


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a person's work: the local day whose digest is made, None for none now, sent at `at`; and the next."""

    on: date | None
    at: datetime
    next_at: datetime


def look_at(
    hours: WorkingHours, digest_at: time, now: datetime, *, planned_at: datetime, plans_only: bool = False
) -> Look:
    """Return the digest day, if one is sent, and the next look, for a look at `now` that was planned at `planned_at`.

    A digest is sent by a look from ten minutes before it to four hours after it, on a working day. A look that comes
    sooner, since the zone or the digest's time was changed, is repeated then. One planned later in the day leads to the
    next day's digest, and one that `plans_only` to none. The next look may fall on a day off, since these may change.
    """
    on = local_date(now + AHEAD, hours.zone)
    at = _digest_instant(hours, digest_at, on)
    if now < at - AHEAD:
        return Look(None, at, at - AHEAD)
    next_at = _digest_instant(hours, digest_at, on + timedelta(days=1)) - AHEAD
    is_planned = planned_at <= at - AHEAD and not plans_only
    is_sent = is_planned and now <= at + LATEST and is_working_day(hours, on)
    return Look(on if is_sent else None, at, next_at)


def _digest_instant(hours: WorkingHours, digest_at: time, on: date) -> datetime:
    return local_instant(on, digest_at, hours.zone)[0].astimezone(UTC)


# Reviews of a cadence that were not held: after two in a row people get a message, and after another two again.

NOTIFIED_AFTER = 2
"""One review may fall out; two in a row are a habit. Ours."""


def not_held_in_a_row(latest_first: Iterable[bool]) -> int:
    """Return how many reviews since the last that was held were not held, from the latest on."""
    count = 0
    for was_held in latest_first:
        if was_held:
            break
        count += 1
    return count


def is_notified(in_a_row: int) -> bool:
    """Return true after every second review in a row that was not held."""
    return in_a_row > 0 and in_a_row % NOTIFIED_AFTER == 0
