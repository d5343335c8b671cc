"""Engagement over the program: accounts by the trend of their points."""

from dataclasses import dataclass
from statistics import median

from agendas.facts.measures.program import Program
from agendas.facts.signals import Engagement, EngagementTrend
from agendas.rules.measures.share import Ids, Share, named_in
from agendas.rules.signals.engagement import has_fallen


@dataclass(frozen=True, slots=True)
class TierEngagement:
    """Named accounts of a tier, or of all with `tier` None, by the trend of their engagement.

    `without` have no points to compare; `fallen` are far below their former points. `median_30` is the median of the
    points of the last 30 days, of those looked at; None where nobody looked.
    """

    tier: int | None
    increasing: Ids = ()
    stable: Ids = ()
    decreasing: Ids = ()
    without: Ids = ()
    fallen: Ids = ()
    median_30: float | None = None

    @property
    def rising(self) -> Share:
        """Accounts with an increasing trend, of those with a trend."""
        return Share(len(self.increasing), len(self.increasing) + len(self.stable) + len(self.decreasing))

    def of(self, trend: EngagementTrend | None) -> Ids:
        """Return the accounts with this trend, None for those without one."""
        by_trend = {
            EngagementTrend.INCREASING: self.increasing,
            EngagementTrend.STABLE: self.stable,
            EngagementTrend.DECREASING: self.decreasing,
        }
        return self.without if trend is None else by_trend[trend]


def engagement_of(program: Program, tier: int | None = None) -> TierEngagement:
    """Return the engagement of one tier, or of the whole list."""
    accounts = [(each.account_id, each.facts.engagement) for each in named_in(program, tier)]
    looked_at = [found for _, found in accounts if found is not None]

    def trending(trend: EngagementTrend | None) -> Ids:
        return tuple(account_id for account_id, found in accounts if _trend(found) is trend)

    return TierEngagement(
        tier=tier,
        increasing=trending(EngagementTrend.INCREASING),
        stable=trending(EngagementTrend.STABLE),
        decreasing=trending(EngagementTrend.DECREASING),
        without=trending(None),
        fallen=tuple(account_id for account_id, found in accounts if found is not None and has_fallen(found)),
        median_30=float(median(found.last_30 for found in looked_at)) if looked_at else None,
    )


def _trend(found: Engagement | None) -> EngagementTrend | None:
    return None if found is None else found.trend
