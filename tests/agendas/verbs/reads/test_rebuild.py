from dataclasses import replace

import pytest

from agendas.errors import Outdated
from agendas.facts.events import Corrected
from agendas.facts.group import BuyingRole, ContactAdded, ContactProfile
from agendas.facts.signals import SignalGiven, SignalKind, SignalStrength
from agendas.rules.reviews import order
from agendas.verbs import corrections, updates
from agendas.verbs.loading import state_adapter
from agendas.verbs.record import record
from agendas.verbs.review_reads import review_facts
from agendas.verbs.signals import take_signals
from storage import reviews
from storage.models.reviews import ReviewItem
from tests.builders import ANN, BOB, HOUR, NOW
from tests.program import Program
from tests.rebuilding import rebuild_review

RITA = ContactAdded(ContactProfile("Rita Sample", "CFO", "rita@globex.example", roles=(BuyingRole.CHAMPION,)))
VISIT = SignalGiven(
    account="globex.example",
    signal=SignalKind.WEB_VISIT,
    strength=SignalStrength.HIGH,
    text="Pricing page",
    occurred_at=NOW - HOUR,
    id="1",
    person="rita@globex.example",
)


def items_of(program: Program, review_id: int) -> list[ReviewItem]:
    return program.store.read_now(reviews.items, review_id)


def forget_snapshots(program: Program) -> None:
    with program.store.writing() as session:
        for review_id in program.reviews:
            for row in reviews.items(session, review_id):
                row.opened_state = row.closed_state = None
                row.is_aged = not row.is_aged
                session.add(row)


def test_every_closed_review_is_rebuilt_as_it_was_frozen(program: Program) -> None:
    for review_id in program.reviews[:2]:
        frozen = program.read(review_facts, review_id, now=NOW)
        assert program.read(rebuild_review, review_id) == frozen


def test_every_review_is_rebuilt_as_it_opened_with_its_order_and_reasons(program: Program) -> None:
    for review_id in program.reviews:
        rebuilt = program.read(rebuild_review, review_id, moment="opened")
        stored = items_of(program, review_id)
        assert [state_adapter.validate_python(row.opened_state) for row in stored] == [
            item.facts.account for item in rebuilt.items
        ]
        assert [row.bucket for row in stored] == [item.placement.bucket for item in rebuilt.items]
        assert [[list(each) for each in item.placement.reasons] for item in rebuilt.items] == [
            row.reasons for row in stored
        ]
        assert [row.is_aged for row in stored] == [item.placement.stall.is_stalled for item in rebuilt.items]
        assert [item.position for item in order(rebuilt.items)] == [item.position for item in rebuilt.items]


def test_snapshots_are_not_needed_to_rebuild(program: Program) -> None:
    moments = [(review_id, moment) for review_id in program.reviews[:2] for moment in ("opened", "closed")]
    before = [program.read(rebuild_review, review_id, moment=moment) for review_id, moment in moments]
    forget_snapshots(program)
    assert [program.read(rebuild_review, review_id, moment=moment) for review_id, moment in moments] == before


def test_what_is_recorded_or_taken_back_later_does_not_change_a_past_review(program: Program) -> None:
    review_id = program.reviews[1]
    closed = program.read(rebuild_review, review_id)
    globex = program.accounts["globex"]
    blocker = next(item for item in closed.items if item.facts.account.account_id == globex).facts.account.blockers[0]
    program.did(updates.resolve_blocker, BOB, NOW, globex, blocker.id, text="Legal signed")
    late = program.did(updates.move, ANN, NOW, globex, text="Told late", to_stage=None)
    program.did(corrections.take_back, ANN, NOW + HOUR / 10, late.event.id)
    assert program.read(rebuild_review, review_id) == closed == program.read(review_facts, review_id, now=NOW)


def test_a_review_still_open_has_no_closing_to_rebuild(program: Program) -> None:
    with pytest.raises(Outdated, match="not closed yet"):
        program.read(rebuild_review, program.reviews[2])


def test_the_living_review_is_not_the_opened_one(program: Program) -> None:
    opened = program.read(rebuild_review, program.reviews[2], moment="opened")
    living = program.read(review_facts, program.reviews[2], now=NOW)
    acme = program.accounts["acme"]
    texts = [
        [b.text for i in review.items if i.facts.account.account_id == acme for b in i.facts.account.blockers]
        for review in (opened, living)
    ]
    assert texts == [[], ["No budget code yet"]]
    assert replace(opened, items=(), attended=()) == replace(living, items=(), attended=())


def test_signals_count_in_a_closed_review_as_they_were_known_when_it_closed(program: Program) -> None:
    globex = program.accounts["globex"]
    program.did(record, ANN, NOW, globex, RITA)
    program.did(take_signals, ANN, NOW + HOUR, [VISIT])
    program.closes_review(NOW + 2 * HOUR)
    closed = program.read(rebuild_review, program.reviews[2])
    engaged = {item.facts.account.name: item.facts.engagement for item in closed.items}
    assert engaged["Globex"] is not None
    assert engaged["Globex"].last_30 == 10.0
    program.did(take_signals, ANN, NOW + 3 * HOUR, [replace(VISIT, id="2", occurred_at=NOW + 3 * HOUR)])
    assert program.read(rebuild_review, program.reviews[2]) == closed
    assert program.read(review_facts, program.reviews[2], now=NOW + 4 * HOUR) == closed


def test_a_closed_review_stays_as_it_was_when_signals_become_somebodys_or_nobodys_afterwards(program: Program) -> None:
    globex, number = program.accounts["globex"], program.reviews[2]
    program.did(take_signals, ANN, NOW, [VISIT])
    added = program.did(record, ANN, NOW + HOUR, globex, RITA).event.id
    program.did(take_signals, ANN, NOW + HOUR, [replace(VISIT, id="2", person="tom@globex.example")])
    program.closes_review(NOW + 2 * HOUR)
    closed = program.read(review_facts, number, now=NOW + 2 * HOUR)
    [engaged] = [item.facts.engagement for item in closed.items if item.facts.account.name == "Globex"]
    assert engaged is not None
    assert engaged.last_30 == 15.0
    tom = ContactAdded(ContactProfile("Tom Sample", "CTO", "tom@globex.example"))
    program.did(record, ANN, NOW + 3 * HOUR, globex, tom)
    program.did(record, ANN, NOW + 3 * HOUR, globex, Corrected(added))
    assert program.read(rebuild_review, number) == closed
    later = program.read(review_facts, number, now=NOW + 4 * HOUR)
    assert [each.entry.id for _, each in later.corrected] == [added]
    assert replace(later, corrected=()) == closed
