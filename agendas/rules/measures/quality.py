"""Pipeline quality by currency: open value weighed by the tests its deals pass, and the part that passes them all."""

from collections.abc import Mapping
from dataclasses import dataclass

from agendas.facts.measures.program import Program
from agendas.facts.measures.trend import PipelineQuality
from agendas.rules.measures.quality_tests import JudgedDeal, QualityTest, judged_deals
from agendas.rules.measures.share import Ids, named_in


@dataclass(frozen=True, slots=True)
class CurrencyQuality:
    """Open deals of one currency on named accounts, '' for deals without one; paused accounts are left out.

    `deals` have an amount; `without_amount` are counted and in no sum.
    """

    currency: str
    deals: tuple[JudgedDeal, ...] = ()
    without_amount: tuple[JudgedDeal, ...] = ()

    @property
    def all_deals(self) -> tuple[JudgedDeal, ...]:
        """Those with an amount, then those without."""
        return (*self.deals, *self.without_amount)

    @property
    def value_cents(self) -> int:
        """The open value."""
        return _sum(self.deals)

    @property
    def passed_cents(self) -> int:
        """The open value, each deal weighed by the share of its due tests that it passes, to the cent."""
        return round(sum((each.amount_cents or 0) * each.passed / each.due for each in self.deals))

    @property
    def clean_cents(self) -> int:
        """The open value of the deals that pass every test that is due."""
        return _sum(tuple(each for each in self.deals if each.is_clean))

    @property
    def percent(self) -> int | None:
        """The pipeline quality in whole percent; None without any open value."""
        return self.kept.percent

    @property
    def clean_percent(self) -> int | None:
        """The clean part of the open value in whole percent; None without any open value."""
        return round(100 * self.clean_cents / self.value_cents) if self.value_cents else None

    @property
    def kept(self) -> PipelineQuality:
        """The sums, as they are kept for a trend."""
        return PipelineQuality(
            self.value_cents, self.passed_cents, self.clean_cents, len(self.deals), len(self.without_amount)
        )

    def failing(self, test: QualityTest) -> tuple[JudgedDeal, ...]:
        """The deals that fail this test, those without an amount included."""
        return tuple(each for each in self.all_deals if any(found.test is test for found in each.failed))

    def due(self, test: QualityTest) -> tuple[JudgedDeal, ...]:
        """The deals that this test is due for, those without an amount included."""
        return tuple(each for each in self.all_deals if any(found.test is test for found in each.tests))


def quality(program: Program) -> Mapping[str, CurrencyQuality]:
    """Return the pipeline quality by currency, in alphabetical order; amounts of two currencies are never added up."""
    period = program.period
    deals = [
        deal
        for each in named_in(program)
        for deal in judged_deals(each.facts.account, program.settings, now=period.ends_at, zone=period.zone)
    ]
    return {
        currency: CurrencyQuality(
            currency,
            tuple(each for each in deals if each.currency == currency and each.amount_cents is not None),
            tuple(each for each in deals if each.currency == currency and each.amount_cents is None),
        )
        for currency in sorted({each.currency for each in deals})
    }


def accounts_of(deals: tuple[JudgedDeal, ...]) -> Ids:
    """The accounts that the deals belong to, each once, in order."""
    return tuple(dict.fromkeys(each.account_id for each in deals))


def _sum(deals: tuple[JudgedDeal, ...]) -> int:
    return sum(each.amount_cents or 0 for each in deals)
