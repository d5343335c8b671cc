"""Programs of a few accounts for the audit, over November 2026 as it stands on the 24th at 10:00 in New York."""

from datetime import UTC, date, datetime
from typing import Any

from agendas.facts.account import AccountState
from agendas.facts.measures import Check, CheckResult, Period, PlannedReview, Practice, Program, ProgramAccount
from agendas.facts.people import Function
from agendas.rules.audit import audit_rows
from agendas.rules.reviews import place
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, NOW, ZONE, account, agenda_facts, ago, profile

BEGINS_AT = datetime(2026, 11, 1, 4, tzinfo=UTC)
NOVEMBER = Period(BEGINS_AT, NOW, date(2026, 11, 1), date(2026, 11, 24), ZONE, is_running=True)
LONG_AGO = date(2026, 1, 5)
FUNCTIONS = {ANN: Function.SALES, BOB: Function.MARKETING, CLEO: Function.PRODUCT, DAN: Function.EXECUTIVE}


def of(state: AccountState, **values: Any) -> ProgramAccount:
    facts = agenda_facts(**({"account": state, "since": BEGINS_AT} | values))
    return ProgramAccount(facts, place(facts), was_named=True)


def numbered(number: int, **values: Any) -> AccountState:
    defaults = {"account_id": number, "profile": profile(f"Account {number}", marketing_partner=BOB, our_executive=DAN)}
    return account(**(defaults | values))


def program(*accounts: AccountState | ProgramAccount, practice: Practice | None = None, **values: Any) -> Program:
    defaults: dict[str, Any] = {
        "period": NOVEMBER,
        "accounts": tuple(each if isinstance(each, ProgramAccount) else of(each) for each in accounts),
        "practice": practice or Practice(),
        "history_since": LONG_AGO,
        "functions": FUNCTIONS,
    }
    return Program(**(defaults | values))


def review(number: int = 1, days: float = 7, **values: Any) -> PlannedReview:
    defaults: dict[str, Any] = {
        "id": number,
        "channel_id": CHANNEL,
        "planned_at": ago(days),
        "was_held": True,
        "functions": frozenset((Function.SALES, Function.MARKETING)),
    }
    return PlannedReview(**(defaults | values))


def result(check: Check, of_program: Program) -> CheckResult:
    return next(each for row in audit_rows(of_program) for each in row.checks if each.check is check)


def told(check: Check, of_program: Program) -> tuple[bool | None, int | None, int | None]:
    found = result(check, of_program)
    figure = found.figure
    return (found.passed, figure.number, figure.of) if figure else (found.passed, None, None)
