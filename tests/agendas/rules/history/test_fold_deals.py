from datetime import date

from agendas.facts.deals import Opportunity, Phase
from agendas.rules.deals import other_close_date
from agendas.rules.entries import told_by_history
from tests.agendas.rules.history.histories import History, day, named


def only_deal(history: History) -> Opportunity:
    [deal] = history.state.opportunities
    return deal


def test_a_deal_is_in_its_stage_since_the_last_step_whatever_else_changed() -> None:
    history = named()
    history.deal(Phase.EARLY, 10, amount_cents=100)
    history.deal(Phase.MIDDLE, 20, amount_cents=100)
    history.deal(Phase.MIDDLE, 30, amount_cents=200)
    deal = only_deal(history)
    assert (deal.opened_at, deal.stage_since, deal.profile.amount_cents) == (day(10), day(20), 200)


def test_a_close_date_is_pushed_by_a_later_one_and_not_by_an_earlier_one() -> None:
    history = named()
    for number, closes_on in enumerate((date(2026, 3, 1), date(2026, 4, 1), date(2026, 3, 15), date(2026, 5, 1))):
        history.deal(Phase.EARLY, 10 + number, closes_on=closes_on)
    assert only_deal(history).pushes == 2


def test_a_deal_is_closed_since_it_was_won_or_lost() -> None:
    history = named()
    history.deal(Phase.LATE, 10)
    history.deal(Phase.WON, 20)
    assert only_deal(history).closed_at == day(20)
    history.deal(Phase.LATE, 30)
    assert only_deal(history).closed_at is None


def test_a_lost_deal_that_is_won_is_closed_since_it_was_won_and_a_renamed_stage_changes_no_day() -> None:
    history = named()
    history.deal(Phase.LOST, 10)
    history.deal(Phase.WON, 20)
    history.deal(Phase.WON, 30, stage_name="Sample stage renamed")
    assert only_deal(history).closed_at == day(20)


def test_a_deal_found_closed_without_a_date_is_closed_since_an_unknown_day() -> None:
    history = named()
    history.deal(Phase.WON, 20, since_known=False)
    assert only_deal(history).closed_at is None


def test_history_that_comes_later_takes_its_place_before_what_was_known() -> None:
    history = named()
    history.deal(Phase.LATE, 40, since_known=False, opened_on=5)
    assert not only_deal(history).stage_since_known
    assert only_deal(history).opened_at == day(5)
    history.deal(Phase.EARLY, 5, recorded_on=50)
    history.deal(Phase.LATE, 30, recorded_on=50)
    deal = only_deal(history)
    assert (deal.opened_at, deal.stage_since, deal.stage_since_known) == (day(5), day(30), True)


def test_a_deal_dated_by_its_close_date_counts_since_its_history_has_its_stage() -> None:
    history = named()
    history.deal(Phase.WON, 4, amount_cents=300)
    history.deal(Phase.LATE, 20, recorded_on=50, is_history=True, amount_cents=200)
    history.deal(Phase.WON, 30, recorded_on=50, is_history=True, amount_cents=300)
    deal = only_deal(history)
    assert (deal.opened_at, deal.stage_since, deal.closed_at) == (day(20), day(30), day(30))
    assert deal.profile.amount_cents == 300


def test_a_deal_that_its_history_begins_with_as_won_stays_won_on_the_day_of_its_own_stage() -> None:
    history = named()
    history.deal(Phase.WON, 4)
    history.deal(Phase.WON, 30, recorded_on=50, is_history=True)
    assert only_deal(history).closed_at == day(4)


def test_a_deal_dated_by_its_close_date_counts_since_its_history_begins_with_it_and_both_dates_are_known() -> None:
    history, end = named(), (86_399 - 9 * 3_600) / 86_400
    closes_on = day(4).date()
    row = history.deal(Phase.WON, 4 + end, closes_on=closes_on)
    assert other_close_date(only_deal(history), "America/New_York") is None
    history.deal(Phase.WON, 5, recorded_on=50, is_history=True, closes_on=closes_on)
    assert (only_deal(history).closed_at, only_deal(history).stage_since) == (day(5), day(5))
    assert other_close_date(only_deal(history), "America/New_York") == closes_on
    assert told_by_history(history.events) == {row}
