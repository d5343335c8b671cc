"""Corrected entries count nowhere: in no state, no open review and no later one."""

from dataclasses import replace

from agendas.facts.account import Stage
from agendas.facts.events import BlockerChanged
from agendas.rules.reviews import place
from agendas.verbs import updates
from agendas.verbs.corrections import correct
from agendas.verbs.record import tell
from storage import events
from tests.agendas.verbs.undo.correcting import BECAUSE, LATER, corrects, facts, signed
from tests.builders import ANN, BOB, CLEO, HOUR, NOW
from tests.program import Program


def test_the_account_is_as_before_and_the_history_has_both_with_the_reason(program: Program) -> None:
    before = facts(program, LATER)
    done = signed(program)
    back = corrects(program, done.event.id)
    assert back.after.stage is Stage.ENGAGED
    assert back.after.last_buyer_touch_at == done.before.last_buyer_touch_at
    assert (back.event.change.because, back.event.actor) == (BECAUSE, BOB)  # type: ignore[union-attr]
    after = facts(program, LATER)
    assert replace(after.account, last_event_at=before.account.last_event_at) == before.account
    assert place(after) == place(before)
    kinds = [row.kind for row in program.store.read_now(events.of_account, program.accounts["acme"])]
    assert kinds[-2:] == ["moved", "corrected"]


def test_a_blocker_goes_with_all_that_happened_to_it(program: Program) -> None:
    acme = program.accounts["acme"]
    program.closes_review(NOW)
    opened = program.did(updates.open_blocker, ANN, NOW + HOUR, acme, text="Legal")
    program.did(tell, ANN, NOW + HOUR, acme, BlockerChanged(opened.event.id, "updated", "Legal is slow"))
    program.did(updates.resolve_blocker, BOB, NOW + HOUR, acme, opened.event.id, text="They signed")
    assert "blocker_resolved" in place(facts(program, LATER)).movement.flags
    found = program.did(correct, CLEO, LATER, opened.event.id, BECAUSE, is_editor=True)
    assert len(found) == 3
    assert "blocker_resolved" not in place(facts(program, LATER)).movement.flags
    assert opened.event.id not in [each.id for each in found[0].after.blockers]
