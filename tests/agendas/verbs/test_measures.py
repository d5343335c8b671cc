from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from agendas.facts.account import ListStatus
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, Phase
from agendas.facts.events import DecisionKind
from agendas.facts.measures import Mark, Period, Practice
from agendas.facts.measures import Program as Loaded
from agendas.facts.people import Function
from agendas.facts.query import Form, Progress, Query, Subject
from agendas.rules.measures import month_before, month_of
from agendas.verbs import account_list, measures, record, updates
from agendas.verbs.closing import EnteredDecision, decide
from agendas.verbs.corrections import correct
from agendas.verbs.find.things import found_for
from agendas.verbs.measures import load_program as load
from storage import reviews as stored_reviews
from storage.database import Store, hiding
from tests.assistant.look_ups.looking import asking
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, WORKSPACE, ZONE, ago
from tests.program import Program

# The program over a period: as it stands, and as it was.

NOVEMBER = month_of(date(2026, 11, 1), ZONE, now=NOW)


def loaded(stored: Program, period: Period = NOVEMBER, *, later: int = 0, hidden: Sequence[int] = ()) -> Loaded:
    with stored.store.reading() as session, hiding(session, hidden):
        return load(session, WORKSPACE, period, now=NOW + timedelta(days=later))


def test_the_running_month_has_the_accounts_on_the_list_with_their_places(stored: Program) -> None:
    found = loaded(stored)
    names = [each.facts.account.name for each in found.accounts]
    assert names == ["Acme Corp", "Globex", "Initrode", "Umber Foods", "Larch & Sons"]
    assert found.accounts[-1].facts.account.list_status is ListStatus.PAUSED
    assert found.accounts[0].facts.since == NOVEMBER.begins_at
    assert [review.was_held for review in found.reviews] == [True, True, None]
    assert found.history_since == date(2026, 9, 15)
    assert found.people[ANN] == "Ann"


def test_an_account_was_aged_before_where_it_was_stalled_at_both_of_its_last_two_held_reviews(stored: Program) -> None:
    stalled_at = (("globex", "initrode"), ("globex", "umber"))
    with stored.store.writing() as session:
        for review_id, names in zip(stored.reviews[:2], stalled_at, strict=True):
            for row in stored_reviews.items(session, review_id):
                row.is_aged = row.account_id in {stored.accounts[name] for name in names}
                session.add(row)
    assert [each.facts.account.name for each in loaded(stored).accounts if each.facts.aged_before] == ["Globex"]


def test_what_was_loaded_at_an_instant_is_loaded_of_it_for_ever(stored: Program) -> None:
    then = loaded(stored)
    stored.did(account_list.remove, EVE, NOW + timedelta(days=3), stored.accounts["umber"], because="Sold")
    stored.did(
        account_list.put_on_list, EVE, NOW + timedelta(days=4), stored.accounts["acme"], tier=2, because="Smaller"
    )
    assert replace(loaded(stored, replace(NOVEMBER, is_running=False), later=40), period=NOVEMBER) == then


def test_an_ask_that_was_answered_is_done_though_its_account_left_the_list_since(stored: Program) -> None:
    initrode = stored.accounts["initrode"]
    asked = [EnteredDecision(DecisionKind.INTERVENE, text, ask_of=BOB, due_on=NOW.date()) for text in ("Call", "Write")]
    done, _ = [stored.did(decide, EVE, NOW - timedelta(hours=3), initrode, each)[-1].event.id for each in asked]
    stored.did(updates.close_action, BOB, NOW - timedelta(hours=2), initrode, done, done=True)
    stored.did(account_list.remove, EVE, NOW - timedelta(hours=1), initrode, because="Sold")
    found = {decision.text: decision.done_at for number, decision in loaded(stored).decided if number == initrode}
    assert found == {"Call": NOW - timedelta(hours=2), "Write": None}


def test_hidden_accounts_are_in_no_part_of_it(stored: Program) -> None:
    hidden = stored.accounts["globex"]
    found = loaded(stored, hidden=[hidden])
    assert "Globex" not in repr(found)
    told: list[Any] = [*(each.account_id for each in found.accounts), *found.before, *found.names]
    told += [move.account_id for move in found.list_moves] + [number for number, _ in found.decided]
    told += [number for review in found.reviews for number in review.account_ids]
    assert hidden not in told


def closed_deal(
    stored: Program, account: str, key: str, phase: Phase, closed_at: datetime, *, told_at: datetime
) -> None:
    profile = OpportunityProfile(key, key.title(), phase.value, phase, amount_cents=100, currency="EUR")
    change, account_id = OpportunityChanged(profile), stored.accounts[account]
    stored.did(record.record, ANN, told_at, account_id, change, happened_at=closed_at)


def test_a_deal_counts_for_the_account_that_was_on_the_list_when_it_closed(stored: Program) -> None:
    umber = stored.accounts["umber"]
    for account, key, phase, closed_at in (
        ("umber", "lost before it left", Phase.LOST, ago(3)),
        ("umber", "won on its last day", Phase.WON, ago(1)),
        ("acme", "won in October", Phase.WON, ago(40)),
        ("acme", "won before it was named", Phase.WON, ago(80)),
        ("larch", "lost while paused", Phase.LOST, ago(2)),
        ("pinewood", "lost as a candidate", Phase.LOST, ago(2)),
        ("acme", "to close next week", Phase.WON, NOW + timedelta(days=7)),
    ):
        closed_deal(stored, account, key, phase, closed_at, told_at=ago(0.5))
    stored.did(account_list.remove, EVE, ago(1), umber, because="Sold")
    closed_deal(stored, "umber", "won after it left", Phase.WON, NOW, told_at=NOW)
    found = loaded(stored)
    assert [(each.deal.key, each.account.name) for each in found.closed] == [
        ("won in October", "Acme Corp"),
        ("lost before it left", "Umber Foods"),
        ("lost while paused", "Larch & Sons"),
        ("won on its last day", "Umber Foods"),
    ]
    assert [each.known_at for each in found.closed] == [ago(0.5)] * 4
    # what was told after October counts in October from then on
    october = loaded(stored, month_before(NOVEMBER))
    assert [each.deal.key for each in october.closed] == ["won in October"]
    assert [each.deal.key for each in loaded(stored, hidden=[umber]).closed] == ["won in October", "lost while paused"]
    with asking(stored.store) as context:
        for progress, values, names in (
            (Progress.LOST, {}, ["Umber Foods", "Larch & Sons", "Pinewood"]),
            (Progress.WON, {"owners": (CLEO,)}, ["Umber Foods"]),
            (Progress.WON, {"of": (umber,)}, ["Umber Foods", "Umber Foods"]),
        ):
            query = Query(Subject.DEALS, Form.LIST, progress=(progress,), **values)
            assert sorted(names) == sorted(each.account.name for each in found_for(context, query))


def test_an_empty_program_has_no_accounts_and_no_history(team: Store) -> None:
    found = loaded(Program(team))
    assert (found.accounts, found.reviews, found.history_since) == ((), (), None)
    assert loaded(Program(team), month_before(NOVEMBER)).accounts == ()


# The habits of the team, as they were recorded until the end of a period.
def habits(stored: Program, *hidden: int) -> Practice:
    with stored.store.reading() as session, hiding(session, hidden):
        return load(session, WORKSPACE, NOVEMBER, now=NOW).practice


def test_marks_have_the_function_of_their_people_and_the_first_day_of_their_month(stored: Program) -> None:
    stored.did(measures.note_opened, DAN, ago(2), date(2026, 11, 24))
    stored.did(measures.note_ask_taken, ANN, ago(1), date(2026, 10, 1))
    stored.did(measures.note_list_reviewed, EVE, NOW, date(2026, 11, 1))
    stored.did(measures.note_opened, DAN, NOW + timedelta(hours=1), date(2026, 11, 24))
    assert [(each.kind, each.function, each.month) for each in habits(stored).marks] == [
        (Mark.PAGE_OPENED, Function.EXECUTIVE, date(2026, 11, 1)),
        (Mark.ASK_TAKEN, Function.SALES, date(2026, 10, 1)),
        (Mark.LIST_REVIEWED, None, date(2026, 11, 1)),
    ]


def test_refusals_and_changes_of_tier_by_a_decision_are_found_without_those_taken_back(stored: Program) -> None:
    umber, pinewood, acme = (stored.accounts[name] for name in ("umber", "pinewood", "acme"))
    stored.did(account_list.reject, EVE, ago(2), pinewood, because="Too small")
    removed = stored.did(account_list.remove, EVE, ago(1), umber, because="Sold")
    stored.did(decide, EVE, ago(1), acme, EnteredDecision(DecisionKind.CHANGE_TIER, "Smaller", tier=2))
    stored.did(account_list.put_on_list, EVE, ago(1), stored.accounts["initrode"], tier=1, because="Larger")
    found = habits(stored)
    assert found.refusals == ((pinewood, ago(2)), (umber, ago(1)))
    assert found.tiers_decided == ((acme, ago(1)),)
    stored.did(correct, EVE, NOW, removed.event.id, because="Mistaken", is_editor=True)
    assert habits(stored).refusals == ((pinewood, ago(2)),)
    assert habits(stored, pinewood).refusals == ()


def test_who_recorded_something_in_a_review_wrote_in_it_and_who_was_there_alone_did_not(stored: Program) -> None:
    # Eve, who has no function, decided in the second review; Ann and Bob were named present at its end.
    # Since it opened Ann of sales told something for the third, which Bob of marketing joins then.
    assert habits(stored).writers == {}
    stored.did(updates.say_nothing_moved, ANN, ago(0.5), stored.accounts["globex"])
    third = stored.reviews[-1]
    stored.closes_review(NOW - timedelta(hours=1))
    assert habits(stored).writers == {third: frozenset({Function.SALES})}
