"""Explain the bucket of an account: which rule placed it there, with reasons, limits and the entries behind them."""

from dataclasses import dataclass

from agendas.facts.account import Movement
from agendas.facts.program.settings import LimitFrom
from agendas.facts.reviews.agenda import AgendaFacts, CodedReason, MovementFlag
from agendas.facts.reviews.review import Bucket, Placement
from agendas.rules.deals.stalled import STALLED, limit_key
from agendas.rules.reviews.intervention import hard_and_soft
from agendas.rules.reviews.sources import Source, source_of


@dataclass(frozen=True, slots=True)
class ExplainedReason:
    """A reason with its number and limit, what it rests on, and where its limit comes from, where that can differ.

    `stays` are the completed stays that a calibrated limit follows from.
    """

    reason: CodedReason
    source: Source | None = None
    origin: LimitFrom | None = None
    stays: int = 0


@dataclass(frozen=True, slots=True)
class BucketTest:
    """One bucket in the order in which they are tried: it holds, or it does not; with the reasons for it."""

    bucket: Bucket
    holds: bool
    reasons: tuple[ExplainedReason, ...] = ()
    soft: tuple[ExplainedReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every bucket tried in order; the account is in the first that holds, steady where none does."""

    placement: Placement
    tests: tuple[BucketTest, ...]

    @property
    def bucket(self) -> Bucket:
        """The bucket of the account."""
        return self.placement.bucket


def explain(facts: AgendaFacts, placement: Placement) -> Explanation:
    """Explain the placement that the rules gave for these facts; each bucket is tested, whatever came before it."""
    moved, stalled = placement.movement, placement.stall
    hard, soft = hard_and_soft(facts, moved, stalled)
    causes = tuple((STALLED[each.kind], each.days, each.limit_days) for each in stalled.causes)
    fell = moved.movement is Movement.REGRESSED
    tests = (
        BucketTest(
            Bucket.NEEDS_INTERVENTION,
            placement.bucket is Bucket.NEEDS_INTERVENTION,
            tuple(_explained(each, facts) for each in hard),
            tuple(_explained(each, facts) for each in soft),
        ),
        BucketTest(Bucket.STALLED, stalled.is_stalled or fell, tuple(_explained(each, facts) for each in causes)),
        BucketTest(Bucket.EXPANDED, MovementFlag.EXPANDED in moved.flags),
        BucketTest(Bucket.ADVANCED, moved.movement is Movement.ADVANCED),
        BucketTest(Bucket.NEW, moved.is_new),
    )
    return Explanation(placement, tests)


def _explained(reason: CodedReason, facts: AgendaFacts) -> ExplainedReason:
    code = reason[0]
    source = source_of(code, facts)
    kind = next((kind for kind, stalled in STALLED.items() if stalled is code), None)
    key = limit_key(facts.account, kind) if kind else None
    if key is None:
        return ExplainedReason(reason, source)
    origin, found = facts.settings.origin(key), facts.settings.calibration.of_key(key)
    return ExplainedReason(reason, source, origin, found.stays if found and origin is LimitFrom.CALIBRATED else 0)
