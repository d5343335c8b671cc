"""How deals expand an account: by what existing business is worth, and by a fifth of the open amount of others."""

from agendas.facts.deals import Phase
from agendas.facts.reviews import Expansion
from tests.agendas.rules.history.deal_history import MORE, judged, row, with_deal
from tests.agendas.rules.history.histories import named


def test_a_customer_expands_by_existing_business_won_and_opened_by_currency() -> None:
    history = with_deal(Phase.WON, stage="customer", amount_cents=900, currency="EUR")
    history.deal(Phase.LATE, 65, key="x:2", type=MORE, amount_cents=500, currency="EUR")
    history.deal(Phase.WON, 72, row(72), key="x:2", type=MORE, amount_cents=600, currency="EUR")
    history.deal(Phase.EARLY, 73, key="x:3", type=MORE, amount_cents=100, currency="USD", opened_on=73)
    history.deal(Phase.EARLY, 73, key="x:4", type=MORE, amount_cents=70, currency="EUR", opened_on=73)
    answer = judged(history)
    assert answer.expansions == (
        Expansion("booked", "EUR", 600, 1),
        Expansion("pipeline", "EUR", 70, 1),
        Expansion("pipeline", "USD", 100, 1),
    )
    assert "expanded" in answer.flags


def test_an_amount_that_no_row_shows_or_in_another_currency_or_first_expands_nobody() -> None:
    history = with_deal(Phase.EARLY, amount_cents=1000, currency="EUR")
    history.deal(Phase.EARLY, 72, amount_cents=2000, currency="EUR")
    history.deal(Phase.EARLY, 72, row(72), key="x:2", amount_cents=9000, currency="USD", opened_on=72)
    assert judged(history).expansions == ()
    first = named(stage="mqa", since=50)
    first.deal(Phase.EARLY, 72, row(72), amount_cents=9000, currency="USD", opened_on=72)
    assert judged(first).expansions == ()
