"""The habits of the team, as they were recorded until the end of a period."""

from datetime import date, timedelta

from agendas.facts.events import DecisionKind
from agendas.facts.measures import Mark, Practice
from agendas.facts.people import Function
from agendas.rules.measures import month_of
from agendas.verbs import account_list, updates
from agendas.verbs.closing import EnteredDecision, decide
from agendas.verbs.corrections import correct
from agendas.verbs.measures import note_ask_taken, note_list_reviewed, note_opened, with_practice
from agendas.verbs.measures import program as load
from storage.database import hiding
from tests.builders import ANN, DAN, EVE, NOW, WORKSPACE, ZONE, ago
from tests.program import Program

NOVEMBER = month_of(date(2026, 11, 1), ZONE, now=NOW)


def habits(stored: Program, *hidden: int) -> Practice:
    with stored.store.reading() as session, hiding(session, hidden):
        return with_practice(session, WORKSPACE, load(session, WORKSPACE, NOVEMBER, now=NOW)).practice


def test_marks_have_the_function_of_their_people_and_the_first_day_of_their_month(stored: Program) -> None:
    stored.did(note_opened, DAN, ago(2), date(2026, 11, 24))
    stored.did(note_ask_taken, ANN, ago(1), date(2026, 10, 1))
    stored.did(note_list_reviewed, EVE, NOW, date(2026, 11, 1))
    stored.did(note_opened, DAN, NOW + timedelta(hours=1), date(2026, 11, 24))
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
    assert found.said_no == ((pinewood, ago(2)), (umber, ago(1)))
    assert found.tiers_decided == ((acme, ago(1)),)
    stored.did(correct, EVE, NOW, removed.event.id, because="Mistaken", is_editor=True)
    assert habits(stored).said_no == ((pinewood, ago(2)),)
    assert habits(stored, pinewood).said_no == ()


def test_who_recorded_something_in_a_review_wrote_in_it_and_who_was_there_alone_did_not(stored: Program) -> None:
    # Eve, who has no function, decided in the second review; Ann and Bob were named present at its end.
    # Since it opened Ann of sales told something for the third, which Bob of marketing joins then.
    assert habits(stored).writers == {}
    stored.did(updates.say_nothing_moved, ANN, ago(0.5), stored.accounts["globex"])
    third = stored.reviews[-1]
    stored.closes_review(NOW - timedelta(hours=1))
    assert habits(stored).writers == {third: frozenset({Function.SALES})}
