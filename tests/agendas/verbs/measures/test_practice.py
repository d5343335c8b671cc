"""The habits of the team, as they were recorded until the end of a period."""

from datetime import date, timedelta

from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind
from agendas.facts.group import ContactProfile
from agendas.facts.interventions import ExecutiveMet
from agendas.facts.measures import Mark, Practice
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rules.measures import month_of
from agendas.rules.update_words import SignalEntry
from agendas.verbs import account_list, plays, updates
from agendas.verbs.closing import EnteredDecision, decide
from agendas.verbs.corrections import correct
from agendas.verbs.group import add_contact
from agendas.verbs.measures import note_ask_taken, note_list_reviewed, note_opened, with_practice
from agendas.verbs.measures import program as load
from agendas.verbs.record import record
from agendas.verbs.signals import note_signal
from storage.database import hiding
from tests.builders import ANN, BOB, DAN, EVE, NOW, WORKSPACE, ZONE, ago, evidence
from tests.program import Program

NOVEMBER = month_of(date(2026, 11, 1), ZONE, now=NOW)


def habits(stored: Program, *hidden: int) -> Practice:
    with stored.store.reading() as session, hiding(session, hidden):
        return with_practice(session, WORKSPACE, load(session, WORKSPACE, NOVEMBER, now=NOW)).practice


def meetings(stored: Program) -> list[tuple[int, date]]:
    return [(touch.account_id, touch.on) for touch in habits(stored).touches]


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


def test_the_buyers_acts_are_those_of_accounts_with_a_play(stored: Program) -> None:
    acme = stored.accounts["acme"]
    assert habits(stored).buyer_acts == {}
    steps = (plays.StepWish(BOB, date(2026, 12, 1)),) * 3
    wish = plays.PlayWish("reference_call", "They talked", date(2026, 12, 10), steps)
    stored.did(plays.start_play, BOB, ago(20), acme, wish)
    stored.did(
        updates.move, ANN, ago(9), acme, text="They called", to_stage=Stage.MQA, evidence=(evidence("Call", ago(10)),)
    )
    found = habits(stored)
    assert set(found.buyer_acts) == {acme}
    assert ago(10) in found.buyer_acts[acme]
    assert ago(9) in found.updates[acme]
    rita = stored.did(add_contact, ANN, ago(15), acme, ContactProfile("Rita Sample"))
    for days, who in ((12, rita.event.id), (11, None)):
        visit = SignalEntry(SignalKind.WEB_VISIT, SignalStrength.LOW, "Prices", contact_id=who)
        stored.did(note_signal, ANN, ago(days), acme, visit)
    acts = habits(stored).buyer_acts[acme]
    assert (ago(12) in acts, ago(11) in acts) == (True, False)
    assert habits(stored, acme).buyer_acts == {}


def test_meetings_of_executives_come_latest_first_and_one_taken_back_does_not_count(stored: Program) -> None:
    acme = stored.accounts["acme"]
    met = ExecutiveMet(DAN, "Rita Sample", "She names who decides")
    stored.did(record, ANN, ago(20), acme, met)
    last = stored.did(record, ANN, ago(3), acme, met)
    assert meetings(stored) == [(acme, date(2026, 11, 21)), (acme, date(2026, 11, 4))]
    stored.did(correct, ANN, NOW, last.event.id, because="It was the CTO", is_editor=True)
    assert meetings(stored) == [(acme, date(2026, 11, 4))]
    assert habits(stored, acme).touches == ()
    # somebody of sales is no executive of ours, unless named as the account's
    stored.did(record, ANN, ago(2), acme, ExecutiveMet(ANN, "Rita Sample", "She likes the plan"))
    assert meetings(stored) == [(acme, date(2026, 11, 4))]
