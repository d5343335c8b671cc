"""Types of deals whose rows name none: the first that an account won is new business, further ones are asked about."""

from collections.abc import Iterable
from datetime import UTC, datetime

from agendas.facts.account import AccountState, Stage
from agendas.facts.deals import OpportunityType, Phase
from agendas.rules.imports.deals.known import KnownDeals
from agendas.rules.imports.deals.read import ImportedDeal
from agendas.rules.imports.reading.dates import ImportOptions, end_of

LONG_AGO = datetime.min.replace(tzinfo=UTC)

Win = tuple[datetime, str]
"""When a deal was won, LONG_AGO where that is not known, and its key."""


def first_wins(
    rows: Iterable[tuple[ImportedDeal, AccountState | None, Phase | None]], known: KnownDeals
) -> dict[int, Win]:
    """The first deal that each account won, by its id: of those known and those in the rows with account and phase."""
    wins = dict(known.wins)
    for row, account, phase in rows:
        if account is not None and phase is Phase.WON and row.key not in known.deals:
            win = _ended_at(row) or LONG_AGO, row.key
            wins[account.account_id] = min(wins.get(account.account_id, win), win)
    return wins


def type_of(
    row: ImportedDeal, account: AccountState, phase: Phase, *, win: Win | None, options: ImportOptions
) -> tuple[OpportunityType | None, str]:
    """The type of a new deal that names none, None where a person has to say it; and why."""
    is_first = win is not None and (row.key == win[1] or _is_lost_before(row, phase, win))
    if is_first:
        return OpportunityType.NEW_BUSINESS, "taken as new business: the account had won no deal before"
    if win is None and account.stage is not Stage.CUSTOMER:
        return OpportunityType.NEW_BUSINESS, f"taken as new business: {account.name} is no customer yet"
    if options.further is None:
        return None, f"names no type, and {account.name} has bought before"
    return options.further, f"taken as {options.further.replace('_', ' ')}, as was said"


def _is_lost_before(row: ImportedDeal, phase: Phase, win: Win) -> bool:
    ended_at = _ended_at(row) if phase is Phase.LOST else None
    return ended_at is not None and ended_at < win[0]


def _ended_at(row: ImportedDeal) -> datetime | None:
    return row.entered_at or (end_of(row.closes_on, "UTC") if row.closes_on else None)
