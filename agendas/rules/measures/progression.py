"""Progression of the accounts that can be compared over a period: how many advanced, went back, or only claim to."""

from collections.abc import Callable
from dataclasses import dataclass

from agendas.facts.account import Movement, Stage
from agendas.facts.measures.program import Program, ProgramAccount
from agendas.facts.measures.trend import Progression
from agendas.facts.program.settings import TIERS
from agendas.facts.reviews.agenda import MovementFlag
from agendas.facts.reviews.review import Bucket
from agendas.rules.measures.share import Ids, Share, ids_of, named_in, paused_in
from agendas.rules.reviews.intervention import UNREVIEWED


@dataclass(frozen=True, slots=True)
class TierProgression:
    """Accounts of a tier, or of all with `tier` None, by how they moved over the period.

    `comparable` were named at both ends and are in the rate; `customers` too, but they bought and nothing more was open
    to them in the period, so that they are in no rate. All others are among the comparable ones: `claimed` took a step
    up that nothing shows, `bounced` went up and back or down and back, `momentum` stand where they stood with a role
    engaged, a decider met or a blocker gone, `met` are those of them with the meeting.
    """

    tier: int | None
    comparable: Ids = ()
    customers: Ids = ()
    advanced: Ids = ()
    regressed: Ids = ()
    claimed: Ids = ()
    bounced: Ids = ()
    momentum: Ids = ()
    met: Ids = ()

    @property
    def rate(self) -> Share:
        """Those that advanced with evidence, of those that can be compared."""
        return Share(len(self.advanced), len(self.comparable))

    @property
    def net(self) -> Share:
        """Those that advanced less those that went back, of those that can be compared."""
        return Share(len(self.advanced) - len(self.regressed), len(self.comparable))

    @property
    def kept(self) -> Progression:
        """The counts, as they are kept for a trend."""
        return Progression(len(self.comparable), len(self.advanced), len(self.regressed), len(self.claimed))


def progression(program: Program) -> tuple[TierProgression, ...]:
    """Return the progression of each tier that has a named account, in order."""
    return tuple(progression_of(program, tier) for tier in TIERS if named_in(program, tier))


def progression_of(program: Program, tier: int | None = None) -> TierProgression:
    """Return the progression of one tier, or of the whole list: tiers are those at the end of the period."""
    both = [each for each in named_in(program, tier) if each.was_named]
    compared = [each for each in both if not _is_settled_customer(each)]

    def which(is_one: Callable[[ProgramAccount], bool]) -> Ids:
        return ids_of(each for each in compared if is_one(each))

    return TierProgression(
        tier=tier,
        comparable=ids_of(compared),
        customers=ids_of(each for each in both if _is_settled_customer(each)),
        advanced=which(lambda each: _moved(each) is Movement.ADVANCED),
        regressed=which(lambda each: _moved(each) is Movement.REGRESSED),
        claimed=which(lambda each: _moved(each) is Movement.ADVANCED_UNVERIFIED),
        bounced=which(lambda each: MovementFlag.BOUNCED in _flags(each)),
        momentum=which(lambda each: MovementFlag.MOMENTUM in _flags(each)),
        met=which(lambda each: MovementFlag.MEETING_HELD in _flags(each)),
    )


def in_bucket(program: Program, bucket: Bucket, tier: int | None = None) -> Ids:
    """The named accounts in this bucket: the buckets of a tier add up to its named accounts."""
    return ids_of(each for each in named_in(program, tier) if each.placement.bucket is bucket)


def passed_by(program: Program, tier: int | None = None) -> Ids:
    """The named accounts that two planned reviews or more passed by since their last held one."""
    return ids_of(each for each in named_in(program, tier) if each.facts.unreviewed >= UNREVIEWED)


def paused(program: Program, tier: int | None = None) -> Ids:
    """The paused accounts: they are on the list and in no bucket and no rate."""
    return ids_of(paused_in(program, tier))


def _is_settled_customer(each: ProgramAccount) -> bool:
    """Return true for a customer at both ends to whom nothing more was open at any time of the period.

    One that bought in the period, or whose deal for more was decided in it, is compared: it had something to reach.
    """
    before, after = each.facts.before, each.facts.account
    if before is None or before.stage is not Stage.CUSTOMER or after.stage is not Stage.CUSTOMER:
        return False
    since = each.facts.since
    return not any(
        deal.profile.is_expansion
        and (deal.is_open or (since is not None and deal.closed_at is not None and deal.closed_at > since))
        for deal in after.opportunities
    )


def _moved(each: ProgramAccount) -> Movement:
    return each.placement.movement.movement


def _flags(each: ProgramAccount) -> frozenset[MovementFlag]:
    return each.placement.movement.flags
