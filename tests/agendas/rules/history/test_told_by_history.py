"""Rows of deals that say nothing but a row of their history does, which are shown once."""

from agendas.facts.deals import Phase
from agendas.rules.entries import standing, told_by_history
from tests.agendas.rules.history.histories import History

AMOUNT = {"amount_cents": 100, "currency": "EUR"}


def test_a_row_with_the_stage_and_instant_of_a_row_of_history_is_told_by_it() -> None:
    history = History()
    row = history.deal(Phase.EARLY, 5, amount_cents=200, currency="EUR")
    step = history.deal(Phase.EARLY, 5, recorded_on=9, is_history=True, **AMOUNT)
    assert told_by_history(history.events) == {row}
    history.correct(step, 10)
    assert told_by_history(standing(history.events)) == set()


def test_a_row_after_the_step_is_told_only_if_it_says_no_more_than_history() -> None:
    history = History()
    history.deal(Phase.EARLY, 5, is_history=True, **AMOUNT)
    found = history.deal(Phase.EARLY, 9, since_known=False, **AMOUNT)
    history.deal(Phase.EARLY, 9, amount_cents=300, currency="EUR")
    history.deal(Phase.LATE, 9, **AMOUNT)
    history.deal(Phase.EARLY, 9, key="x:2", **AMOUNT)
    assert told_by_history(history.events) == {found}


def test_a_deal_that_was_won_by_its_close_date_is_told_by_the_step_after_it() -> None:
    history = History()
    history.deal(Phase.LATE, 5, is_history=True, **AMOUNT)
    won = history.deal(Phase.WON, 9, **AMOUNT)
    history.deal(Phase.WON, 10, is_history=True, **AMOUNT)
    history.deal(Phase.LOST, 3, is_history=True, key="x:2", **AMOUNT)
    history.deal(Phase.LATE, 6, is_history=True, key="x:2", **AMOUNT)
    history.deal(Phase.WON, 8, is_history=True, key="x:2", **AMOUNT)
    before_all = history.deal(Phase.WON, 2, key="x:2", **AMOUNT)
    early = history.deal(Phase.EARLY, 1, **AMOUNT)
    history.deal(Phase.EARLY, 2, is_history=True, **AMOUNT)
    assert told_by_history(history.events) == {won, before_all}
    assert early not in told_by_history(history.events)
