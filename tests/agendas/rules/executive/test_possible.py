from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import AccountState, Decision, ListStatus
from agendas.facts.events import DecisionKind
from agendas.facts.measures import ExecutiveReport, Intervention
from agendas.rules.executive import ask_to_take, can_ask, can_be_met
from tests.agendas.rules.history.histories import named
from tests.agendas.rules.measures.programs import NOW, of
from tests.cases import cases

ASK = Decision(5, DecisionKind.INTERVENE, "Call their COO", NOW - timedelta(days=30), "U1", "U2")
TAKEN, OTHER = replace(ASK, ask_of="U3"), replace(ASK, event_id=6)


def possible(ask: Decision | None, now: AccountState | None) -> tuple[Decision | None, bool, bool]:
    """(the ask to take, whether one can be made, whether the account can be met)."""
    account = of(named(1, name="Acme")).accounts[0]
    each = Intervention(account, ask)
    report = ExecutiveReport(of().period, now={account.account_id: now} if now else {})
    return ask_to_take(report, each), can_ask(report, each), can_be_met(report, account.account_id)


@cases(
    ("ask", "status", "open_now", "expected"),
    [
        (ASK, ListStatus.NAMED, (ASK,), (ASK, False, True)),
        (ASK, ListStatus.NAMED, (OTHER, TAKEN), (TAKEN, False, True)),
        (ASK, ListStatus.PAUSED, (ASK,), (ASK, False, True)),
        (ASK, ListStatus.NAMED, (), (None, False, True)),
        (ASK, ListStatus.NAMED, (OTHER,), (None, False, True)),
        (ASK, ListStatus.REMOVED, (ASK,), (None, False, False)),
        (None, ListStatus.NAMED, (), (None, True, True)),
        (None, ListStatus.NAMED, (ASK,), (None, False, True)),
        (None, ListStatus.PAUSED, (), (None, False, True)),
        (None, ListStatus.CANDIDATE, (), (None, False, False)),
        (None, ListStatus.REMOVED, (), (None, False, False)),
    ],
)
def test_only_what_can_be_done_at_the_account_as_it_stands_now_is_offered(
    ask: Decision | None, status: ListStatus, open_now: tuple[Decision, ...], expected: tuple[object, ...]
) -> None:
    state = replace(of(named(1, name="Acme")).accounts[0].facts.account, list_status=status, asks=open_now)
    assert possible(ask, state) == expected


def test_nothing_is_offered_at_an_account_that_is_not_known_now() -> None:
    assert (possible(ASK, None), possible(None, None)) == ((None, False, False),) * 2
