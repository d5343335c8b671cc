from datetime import timedelta

from agendas.verbs import cadences, reads
from agendas.verbs.reads import has_moved, next_review_at, next_reviews
from tests.builders import CHANNEL, EVE, NOW, ZONE
from tests.program import Program

WHEN = {"now": NOW, "zone": ZONE}


def names(items) -> list[str]:
    return [item.facts.account.name for item in items]


def test_what_moved_is_every_step_up_or_down_and_every_claim(program: Program) -> None:
    moved = filter(has_moved, program.read(reads.named_by_need, **WHEN))
    assert names(moved) == ["Umber Foods", "Initrode", "Acme Corp"]


def test_the_next_review_of_an_account_is_that_of_a_cadence_with_it_in_scope(program: Program) -> None:
    [found] = program.read(next_reviews)
    assert (found.channel_id, found.next_at, found.zone) == (CHANNEL, NOW + timedelta(days=6), ZONE)
    items = program.read(reads.named_by_need, **WHEN)
    by_account = program.read(next_review_at, items)
    assert by_account.keys() == {program.accounts[short] for short in ("acme", "globex", "initrode", "umber")}
    assert set(by_account.values()) == {NOW + timedelta(days=6)}


def test_a_paused_cadence_has_no_next_review(program: Program) -> None:
    program.did(cadences.pause, EVE, NOW, CHANNEL)
    [found] = program.read(next_reviews)
    assert (found.next_at, found.is_paused) == (None, True)
    assert program.read(next_review_at, program.read(reads.named_by_need, **WHEN)) == {}
