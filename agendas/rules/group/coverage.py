"""The buying group of an account: roles that are required, people known in them, and people active lately."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from agendas.facts.account import AccountState, Stage
from agendas.facts.deals import Phase
from agendas.facts.group import BuyingRole, Contact, RoleStatus
from agendas.facts.program.settings import ROLE_STEPS, ProgramSettings, of_tier
from agendas.rules.deals.stalled import furthest_deal

_STEPS_AT = {Stage.ENGAGED: 1, Stage.MQA: 2, Stage.OPPORTUNITY: 3, Stage.CUSTOMER: 3}
"""Number of the steps in ROLE_STEPS that count at a stage; a deal in a late phase is the last step."""


class RoleState(StrEnum):
    """State of a required role; engaged and quiet ones have a confirmed person who is still there."""

    ENGAGED = "engaged"
    QUIET = "quiet"
    LEFT = "left"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A required role: how it stands, and its confirmed people, those heard of last first.

    `quiet_days` are since the last of them did anything, None when nobody ever did. Of a role that was left, the
    people are those who left.
    """

    role: BuyingRole
    state: RoleState
    people: tuple[Contact, ...] = ()
    quiet_days: int | None = None


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """An account's buying group at its tier and stage, with the numbers behind it.

    `lines` has every required role in order and is empty where none is required: coverage is then not required,
    which is not full. `others` are confirmed people without a required role, `suggested` those with no confirmed
    role, `left` those who are gone. `active` did something in the last `thread_days`; the tier expects them to hold
    `roles_expected` different roles, 0 for none.
    """

    lines: tuple[RoleLine, ...]
    others: tuple[Contact, ...]
    suggested: tuple[Contact, ...]
    left: tuple[Contact, ...]
    active: tuple[Contact, ...]
    engaged_days: int
    thread_days: int
    roles_expected: int = 0

    @property
    def required(self) -> int:
        """Number of required roles."""
        return len(self.lines)

    @property
    def identified(self) -> int:
        """Number of required roles with a confirmed person who is still there."""
        return len(self.of(RoleState.ENGAGED)) + len(self.of(RoleState.QUIET))

    @property
    def engaged(self) -> int:
        """Number of required roles with a confirmed person active within the window."""
        return len(self.of(RoleState.ENGAGED))

    @property
    def roles_active(self) -> int:
        """Number of different roles that the active people are confirmed in."""
        return len({role for each in self.active for role in each.profile.roles})

    @property
    def lacks_active_roles(self) -> bool:
        """True if fewer roles are active than the tier expects of an account where roles are required."""
        return bool(self.lines) and self.roles_active < self.roles_expected

    @property
    def is_single_threaded(self) -> bool:
        """True if at most one person is active though roles are required."""
        return bool(self.lines) and len(self.active) <= 1

    def of(self, state: RoleState) -> tuple[RoleLine, ...]:
        """The required roles that stand so."""
        return tuple(line for line in self.lines if line.state is state)


def buying_group(account: AccountState, settings: ProgramSettings, *, today: date) -> GroupAnswer:
    """The group as known today (a local date): coverage by required role, and who has been active.

    Only confirmed roles count, whatever titles suggest. The last days of people are those of what they did towards us.
    """
    engaged_days = settings.number("group.engaged")
    required = required_roles(account, settings)
    by_status = {status: _latest_first(account.contacts, status) for status in RoleStatus}
    present, left = by_status[RoleStatus.CONFIRMED], by_status[RoleStatus.LEFT]
    return GroupAnswer(
        lines=tuple(_line(role, present, left, since=(today, engaged_days)) for role in required),
        others=tuple(each for each in present if not set(each.profile.roles) & set(required)),
        suggested=by_status[RoleStatus.SUGGESTED],
        left=left,
        active=active_people((*present, *by_status[RoleStatus.SUGGESTED]), settings, today=today),
        engaged_days=engaged_days,
        thread_days=settings.number("group.thread"),
        roles_expected=settings.number(of_tier(account.tier, "roles_active")),
    )


def active_people(people: Iterable[Contact], settings: ProgramSettings, *, today: date) -> tuple[Contact, ...]:
    """Those who are still there and did something within the window of a thread, whether their roles are confirmed."""
    window_days = settings.number("group.thread")
    return tuple(each for each in people if each.status is not RoleStatus.LEFT and _is_within(each, today, window_days))


def required_roles(account: AccountState, settings: ProgramSettings) -> tuple[BuyingRole, ...]:
    """The roles that the account's tier asks for at its stage, each step asking for its own and those before it."""
    reached = _STEPS_AT.get(account.stage, 0)
    if reached == len(ROLE_STEPS) - 1 and furthest_phase(account) is Phase.LATE:
        reached = len(ROLE_STEPS)
    return _required(account.tier, reached, settings)


def furthest_phase(account: AccountState) -> Phase | None:
    """The phase of the furthest open deal; early for an opportunity without a known one, None for any other account."""
    deal = furthest_deal(account)
    if deal is None:
        return Phase.EARLY if account.stage is Stage.OPPORTUNITY else None
    return deal.profile.phase


def is_from_middle(account: AccountState) -> bool:
    """Return true for an opportunity whose furthest open deal is in its middle or late phase."""
    phase = furthest_phase(account)
    return account.stage.rank >= Stage.OPPORTUNITY.rank and phase is not None and phase.rank >= Phase.MIDDLE.rank


def holders(account: AccountState, role: BuyingRole) -> tuple[Contact, ...]:
    """The people confirmed in a role who are still there."""
    return tuple(
        each for each in account.contacts if each.status is RoleStatus.CONFIRMED and role in each.profile.roles
    )


def is_engaged(account: AccountState, role: BuyingRole, settings: ProgramSettings, *, today: date) -> bool:
    """Return true if somebody confirmed in the role was active within the window that counts as engaged."""
    return any(_is_within(each, today, settings.number("group.engaged")) for each in holders(account, role))


@lru_cache(maxsize=1_000)
def _required(tier: int | None, steps: int, settings: ProgramSettings) -> tuple[BuyingRole, ...]:
    """The roles that the first so many steps ask for; a list asks twice of each account."""
    asked = {role for step in ROLE_STEPS[:steps] for role in settings.chosen(of_tier(tier, f"roles.{step}"))}
    return tuple(role for role in BuyingRole if role.value in asked)


def _line(
    role: BuyingRole, present: Iterable[Contact], left: Iterable[Contact], *, since: tuple[date, int]
) -> RoleLine:
    """Return the state of one role; `since` is today and the length of the window in days."""
    today, window_days = since
    people = tuple(each for each in present if role in each.profile.roles)
    if people:
        days = _quiet_days(people[0], today)
        is_engaged = days is not None and days <= window_days
        return RoleLine(role, RoleState.ENGAGED if is_engaged else RoleState.QUIET, people, days)
    gone = tuple(each for each in left if role in each.profile.roles)
    return RoleLine(role, RoleState.LEFT if gone else RoleState.MISSING, gone)


def _latest_first(contacts: Iterable[Contact], status: RoleStatus) -> tuple[Contact, ...]:
    """The people of this status, those who did something last first, then by name."""
    fitting = (each for each in contacts if each.status is status)
    return tuple(
        sorted(fitting, key=lambda each: (-(each.last_touch_on or date.min).toordinal(), each.profile.name.casefold()))
    )


def _is_within(contact: Contact, today: date, window_days: int) -> bool:
    days = _quiet_days(contact, today)
    return days is not None and days <= window_days


def _quiet_days(contact: Contact, today: date) -> int | None:
    touched = contact.last_touch_on
    return max(0, (today - touched).days) if touched else None
