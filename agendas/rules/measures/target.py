"""Coverage of the pipeline's target: what is clean, against what is left to win in the quarter."""

from dataclasses import dataclass
from datetime import date

from agendas.facts.deals import Opportunity, Phase
from agendas.facts.measures.program import Program
from agendas.facts.program.settings import TARGET, ProgramSettings
from agendas.rules.measures.quality import CurrencyQuality, quality
from agendas.text.days import local_date

MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class TargetCoverage:
    """The target of one currency for a calendar quarter that began on `since`, in cents.

    `won_cents` were won in it by accounts on the list, renewals not counted; `won_without_amount` of these deals have
    no amount. `clean_cents` is the open value of deals that pass every due test.
    """

    currency: str
    since: date
    target_cents: int
    won_cents: int = 0
    won_without_amount: int = 0
    clean_cents: int = 0

    @property
    def remaining_cents(self) -> int:
        """The part of the target that is not won yet; 0 once it is reached."""
        return max(0, self.target_cents - self.won_cents)

    @property
    def times(self) -> float | None:
        """Return how many times the clean value covers what is left, to a tenth; None once the target is reached."""
        return round(self.clean_cents / self.remaining_cents, 1) if self.remaining_cents else None


def targets_of(settings: ProgramSettings) -> dict[str, int]:
    """The target of a quarter in cents by currency; empty where none is set, and the coverage is then not told."""
    return {each[:3]: int(each[4:]) * 100 for each in settings.chosen(TARGET)}


def target_coverage(program: Program) -> tuple[TargetCoverage, ...]:
    """Return the coverage of each currency with a target, in alphabetical order, for the quarter of the end."""
    targets = targets_of(program.settings)
    if not targets:
        return ()
    found, since = quality(program), quarter_of(program.period.last)
    won = [
        deal
        for each in program.accounts
        for deal in each.facts.account.opportunities
        if _is_won_since(deal, since, program.period.zone)
    ]
    return tuple(
        TargetCoverage(
            currency=currency,
            since=since,
            target_cents=target,
            won_cents=sum(deal.profile.amount_cents or 0 for deal in won if deal.profile.currency == currency),
            won_without_amount=sum(
                deal.profile.amount_cents is None for deal in won if deal.profile.currency == currency
            ),
            clean_cents=found.get(currency, CurrencyQuality(currency)).clean_cents,
        )
        for currency, target in sorted(targets.items())
    )


def quarter_of(on: date) -> date:
    """Return the first day of the calendar quarter of a day."""
    return on.replace(month=on.month - (on.month - 1) % MONTHS_OF_A_QUARTER, day=1)


def _is_won_since(deal: Opportunity, since: date, zone: str) -> bool:
    if deal.profile.phase is not Phase.WON or not deal.profile.adds_value or deal.closed_at is None:
        return False
    return local_date(deal.closed_at, zone) >= since
