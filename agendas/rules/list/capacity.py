"""The list is finite: how many accounts a tier and an owner may have, and who could leave when there is no room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from agendas.errors import Refused
from agendas.facts.account import AccountState
from agendas.facts.program.settings import TIERS, ProgramSettings, of_tier
from agendas.facts.reviews.agenda import ReasonCode
from agendas.rules.deals.stalled import STALLED, stall
from agendas.rules.fit.score import fit_of
from agendas.text.days import days_between

OFFERED = 3
"""Number of accounts offered to leave."""

REASONS_SHOWN = 2
"""Most reasons said of an account that could leave."""


class LeaverCode(StrEnum):
    """Reason why an account could leave, or a plain fact about one that has none: fit, not_moved and never_moved.

    Numbers are days, but the fit for fit and low_fit, which has that of its tier as limit.
    """

    STALLED_AGED = ReasonCode.STALLED_AGED
    STALLED_QUIET = ReasonCode.STALLED_QUIET
    LOW_FIT = "low_fit"
    NO_OWNER = "no_owner"
    FIT = "fit"
    NOT_MOVED = "not_moved"
    NEVER_MOVED = "never_moved"


Weakness = tuple[LeaverCode, float, int]
"""A reason with its number and its limit; 0 where there is no limit."""


@dataclass(frozen=True, slots=True)
class Full:
    """A cap that is reached: so many accounts are named in the tier; of `owner` where the cap is that of one person."""

    tier: int
    count: int
    cap: int
    owner: str | None = None

    @property
    def too_many(self) -> int:
        """Number of accounts above the cap: it was lowered, or people name who do not see each other's accounts."""
        return self.count - self.cap


@dataclass(frozen=True, slots=True)
class Leaver:
    """An account that could leave the tier, and why, the most serious reason first; without any, how it stands."""

    account_id: int
    name: str
    reasons: tuple[Weakness, ...]

    @property
    def has_reason(self) -> bool:
        """True if something speaks for its leaving: not only how it stands is told."""
        return any(
            code not in (LeaverCode.FIT, LeaverCode.NOT_MOVED, LeaverCode.NEVER_MOVED) for code, *_ in self.reasons
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """Request to name an account in this tier, move it there or restore it, with the reason.

    `why_now` and `motion` are parts of its justification, where somebody gave them.
    """

    account_id: int
    name: str
    tier: int
    because: str
    why_now: str = ""
    motion: str = ""


class NoRoom(Refused):
    """One account too many.

    `leavers` could leave for it, the best candidates first. Ranking them takes long where a tier is large, so it is
    left to a read after the change that was refused.
    """

    def __init__(self, wish: Wish, full: Full, leavers: tuple[Leaver, ...] = ()) -> None:
        self.wish, self.full, self.leavers = wish, full, leavers
        super().__init__(wish, full)

    def __str__(self) -> str:
        wish, full = self.wish, self.full
        whose = f"<@{full.owner}>" if full.owner else "It"
        names = ", ".join(leaver.name for leaver in self.leavers)
        candidates = f" The best candidates to leave are {names}." if names else ""
        return (
            f"There is no room for {wish.name} in tier {full.tier}. {whose} has {full.count} accounts and may have "
            f"{full.cap}.{candidates}"
        )


def caps(settings: ProgramSettings) -> Mapping[int | None, int]:
    """Return the number of accounts that each tier may hold."""
    return {tier: settings.number(of_tier(tier, "cap")) for tier in TIERS}


def reached(tier: int, owner: str | None, settings: ProgramSettings, *, in_tier: int, of_owner: int) -> Full | None:
    """The cap that leaves no room for one more account of this owner; None when there is room.

    Args:
        tier: where the account is to go.
        owner: whose it is.
        settings: the caps.
        in_tier: how many other accounts are named there.
        of_owner: how many of them are the owner's.
    """
    cap = settings.number(of_tier(tier, "cap"))
    if in_tier >= cap:
        return Full(tier, in_tier, cap)
    owner_cap = settings.limit(of_tier(tier, "owner_cap"))
    if owner and owner_cap and of_owner >= owner_cap:
        return Full(tier, of_owner, owner_cap, owner)
    return None


def leavers(
    named: Iterable[AccountState],
    *,
    now: datetime,
    zone: str,
    settings: ProgramSettings,
    excused_before: Mapping[int, int] = MappingProxyType({}),
) -> tuple[Leaver, ...]:
    """The three of these named accounts that could best leave, each with two reasons at most, in numbers.

    Those with more reasons come first, then those further over a limit of standing still, then those of lower fit,
    then those that did not move for longer. `excused_before` are the reviews in a row at which a date that the buyer
    confirmed excused an account, by account id.
    """
    judged = [
        _judged(account, now, zone, settings, excused=excused_before.get(account.account_id, 0)) for account in named
    ]
    judged.sort(key=lambda each: each.rank)
    return tuple(each.leaver for each in judged[:OFFERED])


@dataclass(frozen=True, slots=True)
class _Judged:
    leaver: Leaver
    rank: tuple[float, float, float, float, str]


def _judged(account: AccountState, now: datetime, zone: str, settings: ProgramSettings, *, excused: int) -> _Judged:
    causes = stall(account, now=now, zone=zone, settings=settings, excused_before=excused).causes
    fit, wanted = fit_of(account.fit, settings).fit, settings.number(f"fit.tier.{account.tier or TIERS[-1]}")
    reasons: list[Weakness] = [(LeaverCode(STALLED[cause.kind]), cause.days, cause.limit_days) for cause in causes]
    if fit is not None and fit < wanted:
        reasons.append((LeaverCode.LOW_FIT, fit, wanted))
    if account.profile.owner is None:
        reasons.append((LeaverCode.NO_OWNER, 0, 0))
    moved = _moved(account, now, zone)
    facts = (*(((LeaverCode.FIT, fit, 0),) if fit is not None else ()), moved)
    over = max((cause.days - cause.limit_days for cause in causes), default=0)
    rank = (-len(reasons), -over, 100 if fit is None else fit, -moved[1], account.name.casefold())
    return _Judged(Leaver(account.account_id, account.name, tuple(reasons[:REASONS_SHOWN]) or facts), rank)


def _moved(account: AccountState, now: datetime, zone: str) -> Weakness:
    """How long ago the account moved last, or was named if it never did."""
    since = account.last_movement_at or account.named_at
    code = LeaverCode.NOT_MOVED if account.last_movement_at else LeaverCode.NEVER_MOVED
    return (code, days_between(since, now, zone) if since else 0, 0)
