"""Facts for the page of an account's fit, and for the message that asks for scores."""

from dataclasses import dataclass
from datetime import datetime

from agendas.facts.account import AccountState, Owners
from agendas.facts.fit import AskedForFit, WaitingAccount
from agendas.facts.people import Function
from agendas.facts.settings import DEFAULTS, ProgramSettings


@dataclass(frozen=True, slots=True)
class FitFacts:
    """An account, who was asked about it, and the owners of the accounts named in tier 1 where they matter."""

    account: AccountState
    asked: tuple[AskedForFit, ...]
    now: datetime
    zone: str
    settings: ProgramSettings = DEFAULTS
    tier_1_owners: Owners | None = None


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """The accounts that wait for the scores of a person of this function."""

    function: Function
    accounts: tuple[WaitingAccount, ...]
    reminder_days: int
    is_reminder: bool = False
