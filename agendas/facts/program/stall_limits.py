"""Default limits of stalls, in days by tier, and where there are none."""

from collections.abc import Mapping

from agendas.facts.account import Stage
from agendas.facts.deals import Phase

STAGE_LIMITS = (
    Stage.TARGET.value,
    Stage.AWARE.value,
    Stage.ENGAGED.value,
    Stage.MQA.value,
    *(f"{Stage.OPPORTUNITY.value}_{phase.value}" for phase in (Phase.EARLY, Phase.MIDDLE, Phase.LATE)),
    Stage.CUSTOMER.value,
)
"""The stages with limits of their own; an opportunity has them by the phase of its furthest open deal, a customer while
an expansion is open."""

# Days in a stage, by tier. Published limits lie around them: 14 days for a qualified account, 30 for an opportunity,
# 21 without any step. Tier 1 has larger committees, so it gets more time. Tier 3 is only watched until it is engaged.
AGED: Mapping[str, tuple[int, int, int]] = {
    "target": (60, 90, 0),
    "aware": (45, 60, 180),
    "engaged": (30, 45, 90),
    "mqa": (14, 21, 30),
    "opportunity_early": (30, 21, 14),
    "opportunity_middle": (30, 21, 21),
    "opportunity_late": (21, 21, 14),
    "customer": (60, 90, 120),
}

# Days without anything from the buyer, by tier. Published limits lie around them: 14 days of silence for middle-sized
# companies, 30 to 45 for large ones. Tier 1 is promised attention, so its silence is noticed sooner.
QUIET: Mapping[str, tuple[int, int, int]] = {
    "target": (0, 0, 0),
    "aware": (45, 60, 0),
    "engaged": (21, 30, 60),
    "mqa": (14, 21, 30),
    "opportunity_early": (14, 14, 21),
    "opportunity_middle": (14, 14, 21),
    "opportunity_late": (10, 14, 14),
    "customer": (30, 60, 90),
}

NEVER_STALLED = ("tier.3.aged.target", "tier.3.quiet.target", "tier.3.quiet.aware")
"""An account of tier 3 is only watched until it is engaged, so it has no such limits; in aware it times out."""

WATCHED = frozenset({(3, Stage.TARGET.value), (3, Stage.AWARE.value)})
"""(tier, stage) of accounts that are only watched: a limit there is where they time out, not where they stall."""
