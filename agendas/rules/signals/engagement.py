"""Engagement points of signals: what each is worth, an account's sums and trend, and the stage that they hint at."""

from collections.abc import Mapping

from agendas.facts.account import AccountState, ListStatus, Stage
from agendas.facts.program.settings import ProgramSettings
from agendas.facts.signals import Engagement, EngagementTrend, SignalKind, SignalStrength
from agendas.rules.group.titles import title_weight

# Points by strength: high, medium, low. Published examples: a visit to a solution page 5, to a feature page 3, to a
# plain page 1; inbound mail 1; high intent 0.2, medium 0.1; CRM activity 0.1. A meeting counts its minutes: an event
# with a conversation counts as one of half an hour. The rest is our own, in proportion.
POINTS: Mapping[SignalKind, tuple[float, float, float]] = {
    SignalKind.WEB_VISIT: (5.0, 3.0, 1.0),
    SignalKind.CONTENT: (3.0, 1.0, 0.1),
    SignalKind.INTENT: (0.2, 0.1, 0.0),
    SignalKind.COMPETITIVE_RESEARCH: (0.2, 0.1, 0.0),
    SignalKind.HIRING: (0.2, 0.1, 0.0),
    SignalKind.TECH_CHANGE: (0.2, 0.1, 0.0),
    SignalKind.EXEC_MOVE: (0.2, 0.1, 0.0),
    SignalKind.EVENT: (30.0, 10.0, 1.0),
    SignalKind.PRODUCT_USAGE: (3.0, 1.0, 0.1),
    SignalKind.OTHER: (0.1, 0.1, 0.0),
}

NOBODY_KNOWN = 1.0

BY_THE_PERSON = frozenset({SignalKind.WEB_VISIT, SignalKind.CONTENT, SignalKind.EVENT, SignalKind.PRODUCT_USAGE})
"""Signals that a known person gave. The others tell of somebody, such as that an executive leaves."""

DAY_CAP = 20
"""Most signals of one kind that count for one person and day."""

WEEKS_OF_BASELINE = 4
"""A published baseline: the mean of the four weeks before the last one."""

TREND_BAND = 0.25
"""By how much of the baseline the last week has to differ to be a trend. Our own."""


def points(kind: SignalKind, strength: SignalStrength, title: str | None, *, seen_that_day: int = 0) -> float:
    """The engagement points of one signal; `title` is the person's, None when nobody is known.

    Beyond the cap of a person's signals of this kind that day it counts nothing; `seen_that_day` are those before it.
    """
    if title is not None and seen_that_day >= DAY_CAP:
        return 0.0
    worth = POINTS[kind][list(SignalStrength).index(strength)]
    return round(worth * (NOBODY_KNOWN if title is None else title_weight(title)), 3)


def trend(last_7: float, weekly_baseline: float) -> EngagementTrend | None:
    """The last seven days against the mean of the four weeks before; None without a point in those weeks."""
    if not weekly_baseline:
        return None
    change = last_7 / weekly_baseline - 1
    if abs(change) < TREND_BAND:
        return EngagementTrend.STABLE
    return EngagementTrend.INCREASING if change > 0 else EngagementTrend.DECREASING


def has_fallen(engagement: Engagement) -> bool:
    """Return true if the trend is down and the last 30 days are below half of the mean of the three windows before."""
    return engagement.trend is EngagementTrend.DECREASING and engagement.last_30 < engagement.usual_30 / 2


def stage_hint(account: AccountState, engagement: Engagement, settings: ProgramSettings) -> Stage | None:
    """The stage that the points of 90 days speak for, when it is above the account's: a person confirms it, or not."""
    if account.list_status is not ListStatus.NAMED:
        return None
    reached = None
    if engagement.last_90 >= settings.number("signals.engaged"):
        reached = Stage.ENGAGED
    if engagement.last_90 >= settings.number("signals.mqa"):
        reached = Stage.MQA
    return reached if reached is not None and reached.rank > account.stage.rank else None
