"""Accounts that measures are counted over, and shares of them that say when they are too few for a percentage."""

from collections.abc import Iterable
from dataclasses import dataclass

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.measures.program import Program, ProgramAccount
from agendas.facts.program.settings import TIERS

LEAST_FOR_PERCENT = 10
"""Below so many a share is told in counts: one account more would change it by more than ten points. Our own."""

Ids = tuple[int, ...]
"""Ids of accounts, in the order of the program."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many (`part`) of so many (`of`); a net share is negative where more went back than forward."""

    part: int
    of: int

    @property
    def is_percent(self) -> bool:
        """True where there are enough of them for a percentage."""
        return self.of >= LEAST_FOR_PERCENT

    @property
    def percent(self) -> int | None:
        """The share in whole percent; None where there are too few of them."""
        return round(100 * self.part / self.of) if self.is_percent else None


def tier_of(account: AccountState) -> int:
    """The tier that the account is counted in; one without a tier goes by tier 3."""
    return account.tier or TIERS[-1]


def named_in(program: Program, tier: int | None = None) -> tuple[ProgramAccount, ...]:
    """The accounts that are named at the end of the period: of one tier, or of all."""
    return tuple(each for each in program.accounts if _is(each, ListStatus.NAMED, tier))


def paused_in(program: Program, tier: int | None = None) -> tuple[ProgramAccount, ...]:
    """The accounts that are paused at the end of the period, which leave every rate."""
    return tuple(each for each in program.accounts if _is(each, ListStatus.PAUSED, tier))


def ids_of(accounts: Iterable[ProgramAccount]) -> Ids:
    """The ids of these accounts, in order."""
    return tuple(each.account_id for each in accounts)


def _is(each: ProgramAccount, status: ListStatus, tier: int | None) -> bool:
    account = each.facts.account
    return account.list_status is status and tier in (None, tier_of(account))
