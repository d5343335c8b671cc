"""Whether an account stands still: too long in its stage, or too long without a word from the buyer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from agendas.facts import AccountState, ListStatus, Stage
from agendas.review_facts import StallAnswer, StallCause
from agendas.rules.days import days_between


@dataclass(frozen=True, slots=True)
class TierDays:
    """A limit in calendar days for tier 1, 2 and 3; None where there is none."""

    tier_1: int | None
    tier_2: int | None
    tier_3: int | None

    def of(self, tier: int | None) -> int | None:
        """The limit of a tier; None without a tier."""
        return {1: self.tier_1, 2: self.tier_2, 3: self.tier_3}.get(tier or 0)


NO_LIMIT = TierDays(None, None, None)


@dataclass(frozen=True, slots=True)
class StallLimits:
    """Limits in calendar days per stage and tier; a stage without a row has none."""

    aged: Mapping[Stage, TierDays]
    quiet: Mapping[Stage, TierDays]


# Days in a stage. Our own defaults. Published limits lie around them: 14 days for a qualified account, 30 for an
# opportunity, 21 without any step. Tier 1 has larger committees, so it gets more time. Tier 3 is only watched until
# it is engaged, and a customer has arrived: neither can stall.
AGED_DAYS: Mapping[Stage, TierDays] = MappingProxyType(
    {
        Stage.TARGET: TierDays(60, 90, None),
        Stage.AWARE: TierDays(45, 60, None),
        Stage.ENGAGED: TierDays(30, 45, 90),
        Stage.MQA: TierDays(14, 21, 30),
        Stage.OPPORTUNITY: TierDays(30, 21, 21),
    }
)

# Days without anything from the buyer. Our own defaults. Published limits lie around them: 14 days of silence for
# middle-sized companies, 30 to 45 for large ones. Tier 1 is promised attention, so its silence is noticed sooner.
QUIET_DAYS: Mapping[Stage, TierDays] = MappingProxyType(
    {
        Stage.AWARE: TierDays(45, 60, None),
        Stage.ENGAGED: TierDays(21, 30, 60),
        Stage.MQA: TierDays(14, 21, 30),
        Stage.OPPORTUNITY: TierDays(14, 14, 21),
    }
)

DEFAULT = StallLimits(aged=AGED_DAYS, quiet=QUIET_DAYS)


def stall(account: AccountState, *, now: datetime, zone: str, limits: StallLimits = DEFAULT) -> StallAnswer:
    """Whether a named account is stalled, with each exceeded limit; days are calendar days in the IANA `zone`.

    Where the day it entered its stage is not known, days count from the import and are "at least" that many. Silence
    counts from the buyer's last act, and from the day the account was named (again "at least") if there was none.
    """
    aged_days = _days_since(account.stage_since, now, zone)
    quiet_days = _days_since(account.last_buyer_touch_at or account.named_at, now, zone)
    aged_limit = limits.aged.get(account.stage, NO_LIMIT).of(account.tier)
    quiet_limit = limits.quiet.get(account.stage, NO_LIMIT).of(account.tier)
    causes: tuple[StallCause, ...] = ()
    if account.list_status is ListStatus.NAMED:
        causes = (
            *_cause("aged", aged_days, aged_limit, at_least=not account.stage_since_known),
            *_cause("quiet", quiet_days, quiet_limit, at_least=account.last_buyer_touch_at is None),
        )
    return StallAnswer(
        is_stalled=bool(causes),
        causes=causes,
        days_in_stage=aged_days,
        stage_limit_days=aged_limit,
        quiet_days=quiet_days,
        quiet_limit_days=quiet_limit,
        days_are_at_least=not account.stage_since_known,
    )


def _days_since(instant: datetime | None, now: datetime, zone: str) -> int | None:
    return None if instant is None else days_between(instant, now, zone)


def _cause(kind: str, days: int | None, limit_days: int | None, *, at_least: bool) -> tuple[StallCause, ...]:
    if days is None or limit_days is None or days <= limit_days:
        return ()
    return (StallCause(kind=kind, days=days, limit_days=limit_days, at_least=at_least),)
