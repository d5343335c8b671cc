"""The accounts behind each figure: codes that a button carries, and the ids that belong to one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from agendas.facts.account import Stage
from agendas.facts.group import BuyingRole
from agendas.facts.measures.program import Program
from agendas.facts.program.settings import TIERS
from agendas.facts.reviews.review import Bucket
from agendas.facts.signals import EngagementTrend
from agendas.rules.measures import progression as moved
from agendas.rules.measures.conversion import Conversion
from agendas.rules.measures.quality import CurrencyQuality, accounts_of
from agendas.rules.measures.quality_tests import QualityTest
from agendas.rules.measures.results import Results
from agendas.rules.measures.share import Ids, ids_of, named_in
from agendas.rules.measures.velocity import accounts_of as accounts_of_stays

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


Counted = tuple[Figure, int]
"""A figure with the number of accounts behind it."""


def accounts_behind(program: Program, figure: Figure) -> Ids:
    """Return the ids of the accounts that the figure counts, each once; none where `of` names nothing of it."""
    return accounts_in(Results(program), figure)


def counted(results: Results, figures: Iterable[Figure]) -> tuple[Counted, ...]:
    """Return those of the figures that count any account still on the list, with how many, in their order."""
    on_list = {each.account_id for each in results.program.accounts}
    found = ((figure, len(on_list.intersection(accounts_in(results, figure)))) for figure in figures)
    return tuple((figure, count) for figure, count in found if count)


def accounts_in(results: Results, figure: Figure) -> Ids:
    """Return the ids of `accounts_behind`, for many figures of one program."""
    return tuple(dict.fromkeys(_BEHIND[figure.code](results, figure)))


def _bucket(results: Results, figure: Figure) -> Ids:
    return moved.in_bucket(results.program, Bucket(figure.of), figure.tier) if figure.of in list(Bucket) else ()


def _role(results: Results, figure: Figure) -> Ids:
    roles = dict(results.coverage(figure.tier).gaps)
    return roles.get(BuyingRole(figure.of), ()) if figure.of in list(BuyingRole) else ()


def _engagement(results: Results, figure: Figure) -> Ids:
    found = results.engagement(figure.tier)
    if not figure.of:
        return found.without
    return found.of(EngagementTrend(figure.of)) if figure.of in list(EngagementTrend) else ()


def _currency(results: Results, currency: str) -> CurrencyQuality:
    return results.quality().get(currency, CurrencyQuality(currency))


def _clean(results: Results, figure: Figure) -> Ids:
    return accounts_of(tuple(each for each in _currency(results, figure.of).deals if each.is_clean))


def _fails(results: Results, figure: Figure) -> Ids:
    currency, _, test = figure.of.rpartition(":")
    return accounts_of(_currency(results, currency).failing(QualityTest(test))) if test in list(QualityTest) else ()


def _velocity(results: Results, figure: Figure) -> Ids:
    found = results.pipeline_velocity().get(figure.of)
    return found.accounts if found else ()


def _conversion(results: Results, figure: Figure) -> Conversion | None:
    first, _, later = figure.of.partition(">")
    if first not in list(Stage) or later not in list(Stage):
        return None
    return results.conversion((Stage(first), Stage(later)), figure.tier)


def _entered(results: Results, figure: Figure) -> Ids:
    found = _conversion(results, figure)
    return found.entered if found else ()


def _reached(results: Results, figure: Figure) -> Ids:
    found = _conversion(results, figure)
    return found.reached if found else ()


def _stayed(results: Results, figure: Figure) -> Ids:
    known = figure.of in list(Stage)
    return accounts_of_stays(results.velocity(Stage(figure.of), figure.tier).completed) if known else ()


def _staying(results: Results, figure: Figure) -> Ids:
    known = figure.of in list(Stage)
    return accounts_of_stays(results.velocity(Stage(figure.of), figure.tier).open) if known else ()


_BEHIND: Mapping[FigureCode, Callable[[Results, Figure], Ids]] = {
    FigureCode.NAMED: lambda results, figure: ids_of(named_in(results.program, figure.tier)),
    FigureCode.PAUSED: lambda results, figure: moved.paused(results.program, figure.tier),
    FigureCode.BUCKET: _bucket,
    FigureCode.COMPARABLE: lambda results, figure: results.progression(figure.tier).comparable,
    FigureCode.CUSTOMERS: lambda results, figure: results.progression(figure.tier).customers,
    FigureCode.ADVANCED: lambda results, figure: results.progression(figure.tier).advanced,
    FigureCode.REGRESSED: lambda results, figure: results.progression(figure.tier).regressed,
    FigureCode.CLAIMED: lambda results, figure: results.progression(figure.tier).claimed,
    FigureCode.BOUNCED: lambda results, figure: results.progression(figure.tier).bounced,
    FigureCode.MOMENTUM: lambda results, figure: results.progression(figure.tier).momentum,
    FigureCode.MET: lambda results, figure: results.progression(figure.tier).met,
    FigureCode.PASSED_BY: lambda results, figure: moved.passed_by(results.program, figure.tier),
    FigureCode.COVERED: lambda results, figure: results.coverage(figure.tier).accounts,
    FigureCode.COVERED_FULLY: lambda results, figure: results.coverage(figure.tier).full,
    FigureCode.ROLE_OPEN: _role,
    FigureCode.TOO_FEW_ACTIVE: lambda results, figure: results.coverage(figure.tier).too_few_active,
    FigureCode.ENGAGEMENT: _engagement,
    FigureCode.PIPELINE: lambda results, figure: accounts_of(_currency(results, figure.of).all_deals),
    FigureCode.PIPELINE_CLEAN: _clean,
    FigureCode.PIPELINE_FAILS: _fails,
    FigureCode.WITHOUT_AMOUNT: lambda results, figure: accounts_of(_currency(results, figure.of).without_amount),
    FigureCode.PIPELINE_VELOCITY: _velocity,
    FigureCode.ENTERED: _entered,
    FigureCode.REACHED: _reached,
    FigureCode.STAYED: _stayed,
    FigureCode.STAYING: _staying,
}
