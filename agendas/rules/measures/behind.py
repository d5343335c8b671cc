"""The accounts behind each figure: codes that a button carries, and the ids that belong to one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from agendas.facts.account import Stage
from agendas.facts.group import BuyingRole
from agendas.facts.measures.program import Program
from agendas.facts.program.settings import TIERS
from agendas.facts.review import Bucket
from agendas.facts.signals import EngagementTrend
from agendas.rules.measures import progression as moved
from agendas.rules.measures.conversion import Conversion, conversion
from agendas.rules.measures.coverage import TierCoverage, coverage_of
from agendas.rules.measures.engagement import engagement_of
from agendas.rules.measures.pipeline_velocity import pipeline_velocity
from agendas.rules.measures.quality import CurrencyQuality, accounts_of, quality
from agendas.rules.measures.quality_tests import QualityTest
from agendas.rules.measures.share import Ids, ids_of, named_in
from agendas.rules.measures.velocity import accounts_of as accounts_of_stays
from agendas.rules.measures.velocity import velocity

SEPARATOR = "|"
"""Stands between the parts of a figure as a button carries it."""


class FigureCode(StrEnum):
    """Figure that can be opened to its accounts, and what `of` names of it.

    A bucket, a role, a trend ('' for no trend), a stage, two stages with `>` between, a currency, or a currency and
    a test with `:` between.
    """

    NAMED = "named"
    PAUSED = "paused"
    BUCKET = "bucket"
    COMPARABLE = "comparable"
    CUSTOMERS = "customers"
    ADVANCED = "advanced"
    REGRESSED = "regressed"
    CLAIMED = "claimed"
    BOUNCED = "bounced"
    MOMENTUM = "momentum"
    MET = "met"
    PASSED_BY = "passed_by"
    COVERED = "covered"
    COVERED_FULLY = "covered_fully"
    ROLE_OPEN = "role_open"
    TOO_FEW_ACTIVE = "too_few_active"
    ENGAGEMENT = "engagement"
    PIPELINE = "pipeline"
    PIPELINE_CLEAN = "pipeline_clean"
    PIPELINE_FAILS = "pipeline_fails"
    WITHOUT_AMOUNT = "without_amount"
    PIPELINE_VELOCITY = "pipeline_velocity"
    ENTERED = "entered"
    REACHED = "reached"
    STAYED = "stayed"
    STAYING = "staying"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: of a tier, or of all with None; `of` narrows it as its code says."""

    code: FigureCode
    tier: int | None = None
    of: str = ""

    @property
    def text(self) -> str:
        """The figure as a button carries it: `bucket|1|stalled`."""
        return SEPARATOR.join((self.code, str(self.tier or ""), self.of))

    @classmethod
    def read(cls, text: str) -> "Figure | None":
        """The figure that a button carries; None for what is none of this version."""
        code, _, rest = text.partition(SEPARATOR)
        tier, _, of = rest.partition(SEPARATOR)
        if code not in list(FigureCode) or tier not in ("", *map(str, TIERS)):
            return None
        return cls(FigureCode(code), int(tier) if tier else None, of)


def accounts_behind(program: Program, figure: Figure) -> Ids:
    """Return the ids of the accounts that the figure counts, each once; none where `of` names nothing of it."""
    return tuple(dict.fromkeys(_BEHIND[figure.code](program, figure)))


def _progression(program: Program, figure: Figure) -> moved.TierProgression:
    return moved.progression_of(program, figure.tier)


def _coverage(program: Program, figure: Figure) -> TierCoverage:
    return coverage_of(program, figure.tier)


def _bucket(program: Program, figure: Figure) -> Ids:
    return moved.in_bucket(program, Bucket(figure.of), figure.tier) if figure.of in list(Bucket) else ()


def _role(program: Program, figure: Figure) -> Ids:
    roles = dict(_coverage(program, figure).gaps)
    return roles.get(BuyingRole(figure.of), ()) if figure.of in list(BuyingRole) else ()


def _engagement(program: Program, figure: Figure) -> Ids:
    found = engagement_of(program, figure.tier)
    if not figure.of:
        return found.without
    return found.of(EngagementTrend(figure.of)) if figure.of in list(EngagementTrend) else ()


def _currency(program: Program, currency: str) -> CurrencyQuality:
    return quality(program).get(currency, CurrencyQuality(currency))


def _clean(program: Program, figure: Figure) -> Ids:
    return accounts_of(tuple(each for each in _currency(program, figure.of).deals if each.is_clean))


def _fails(program: Program, figure: Figure) -> Ids:
    currency, _, test = figure.of.rpartition(":")
    return accounts_of(_currency(program, currency).failing(QualityTest(test))) if test in list(QualityTest) else ()


def _velocity(program: Program, figure: Figure) -> Ids:
    found = pipeline_velocity(program).get(figure.of)
    return found.accounts if found else ()


def _conversion(program: Program, figure: Figure) -> Conversion | None:
    first, _, later = figure.of.partition(">")
    if first not in list(Stage) or later not in list(Stage):
        return None
    return conversion(program, (Stage(first), Stage(later)), figure.tier)


def _entered(program: Program, figure: Figure) -> Ids:
    found = _conversion(program, figure)
    return found.entered if found else ()


def _reached(program: Program, figure: Figure) -> Ids:
    found = _conversion(program, figure)
    return found.reached if found else ()


def _stayed(program: Program, figure: Figure) -> Ids:
    known = figure.of in list(Stage)
    return accounts_of_stays(velocity(program, Stage(figure.of), figure.tier).completed) if known else ()


def _staying(program: Program, figure: Figure) -> Ids:
    known = figure.of in list(Stage)
    return accounts_of_stays(velocity(program, Stage(figure.of), figure.tier).open) if known else ()


_BEHIND: Mapping[FigureCode, Callable[[Program, Figure], Ids]] = {
    FigureCode.NAMED: lambda program, figure: ids_of(named_in(program, figure.tier)),
    FigureCode.PAUSED: lambda program, figure: moved.paused(program, figure.tier),
    FigureCode.BUCKET: _bucket,
    FigureCode.COMPARABLE: lambda program, figure: _progression(program, figure).comparable,
    FigureCode.CUSTOMERS: lambda program, figure: _progression(program, figure).customers,
    FigureCode.ADVANCED: lambda program, figure: _progression(program, figure).advanced,
    FigureCode.REGRESSED: lambda program, figure: _progression(program, figure).regressed,
    FigureCode.CLAIMED: lambda program, figure: _progression(program, figure).claimed,
    FigureCode.BOUNCED: lambda program, figure: _progression(program, figure).bounced,
    FigureCode.MOMENTUM: lambda program, figure: _progression(program, figure).momentum,
    FigureCode.MET: lambda program, figure: _progression(program, figure).met,
    FigureCode.PASSED_BY: lambda program, figure: moved.passed_by(program, figure.tier),
    FigureCode.COVERED: lambda program, figure: _coverage(program, figure).accounts,
    FigureCode.COVERED_FULLY: lambda program, figure: _coverage(program, figure).full,
    FigureCode.ROLE_OPEN: _role,
    FigureCode.TOO_FEW_ACTIVE: lambda program, figure: _coverage(program, figure).too_few_active,
    FigureCode.ENGAGEMENT: _engagement,
    FigureCode.PIPELINE: lambda program, figure: accounts_of(_currency(program, figure.of).all_deals),
    FigureCode.PIPELINE_CLEAN: _clean,
    FigureCode.PIPELINE_FAILS: _fails,
    FigureCode.WITHOUT_AMOUNT: lambda program, figure: accounts_of(_currency(program, figure.of).without_amount),
    FigureCode.PIPELINE_VELOCITY: _velocity,
    FigureCode.ENTERED: _entered,
    FigureCode.REACHED: _reached,
    FigureCode.STAYED: _stayed,
    FigureCode.STAYING: _staying,
}
