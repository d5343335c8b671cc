"""Corrected entries count nowhere: in no state, no open review and no later one."""

from dataclasses import replace
from datetime import date, timedelta

from agendas.facts.account import Movement, Stage
from agendas.facts.events import BlockerChanged, Decided, DecisionKind
from agendas.facts.plays import PlayEnd
from agendas.rules.reviews import place
from agendas.verbs import updates
from agendas.verbs.corrections import correct
from agendas.verbs.plays import end_play, start_play
from agendas.verbs.record import tell
from agendas.verbs.review_reads import review_facts
from storage import events
from tests.agendas.verbs.undo.correcting import BECAUSE, LATER, by_buyer, corrects, facts, signed
from tests.builders import ANN, BOB, CLEO, DAN, EVE, HOUR, NOW
from tests.handlers.acts import WISH
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


def test_a_step_down_that_was_none_asks_for_no_intervention(program: Program) -> None:
    done = program.did(updates.move, ANN, NOW, program.accounts["acme"], text="Gone quiet", to_stage=Stage.TARGET)
    program.closes_review(NOW + HOUR)
    corrects(program, done.event.id)
    answer = place(facts(program, LATER)).movement
    assert (answer.movement, answer.from_stage, answer.to_stage) == (Movement.UNCHANGED, Stage.ENGAGED, Stage.ENGAGED)


def test_a_slip_and_the_outcome_of_an_action_count_no_more(program: Program) -> None:
    acme = program.accounts["acme"]
    added = program.did(updates.add_action, ANN, NOW, acme, text="Call", due_on=date(2026, 11, 27))
    slipped = program.did(updates.slip_action, ANN, NOW, acme, added.event.id, due_on=date(2026, 12, 4))
    done = program.did(
        updates.close_action, ANN, NOW, acme, added.event.id, done=True, text="They agreed", evidence=(by_buyer(),)
    )
    assert done.after.last_buyer_touch_at != added.after.last_buyer_touch_at
    program.closes_review(NOW + HOUR)
    back = corrects(program, done.event.id)
    assert back.after.last_buyer_touch_at == added.after.last_buyer_touch_at
    corrects(program, slipped.event.id)
    [action] = [each for each in facts(program, LATER).account.open_actions if each.id == added.event.id]
    assert (action.due_on, action.slips) == (date(2026, 11, 27), 0)


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


def test_a_play_goes_with_its_steps_and_its_outcome(program: Program) -> None:
    acme = program.accounts["acme"]
    before = facts(program, LATER).account
    number = program.did(start_play, ANN, NOW, acme, WISH).event.id
    [step, *_] = [each for each in facts(program, NOW).account.open_actions if each.play_id == number]
    program.did(updates.close_action, BOB, NOW, acme, step.id, done=True, text="Done")
    program.did(end_play, BOB, NOW, acme, number, what=PlayEnd.OUTCOME, text="Their CFO agreed", evidence=(by_buyer(),))
    corrects(program, number)
    after = facts(program, LATER).account
    assert (after.plays, after.open_actions) == (before.plays, before.open_actions)
    assert after.last_buyer_touch_at == before.last_buyer_touch_at


def test_the_outcome_of_a_play_counts_no_more_and_the_play_runs_again(program: Program) -> None:
    acme = program.accounts["acme"]
    number = program.did(start_play, ANN, NOW, acme, WISH).event.id
    ended = program.did(
        end_play, BOB, NOW, acme, number, what=PlayEnd.OUTCOME, text="Their CFO agreed", evidence=(by_buyer(),)
    )
    back = corrects(program, ended.event.id)
    assert back.after.last_buyer_touch_at == ended.before.last_buyer_touch_at
    assert [each.end for each in facts(program, LATER).account.plays] == [None]


def test_a_decision_counts_no_more_and_the_one_before_stands(program: Program) -> None:
    globex = program.accounts["globex"]
    before = facts(program, LATER, "globex").account.decision
    decided = program.did(updates.decide, EVE, NOW, globex, Decided(DecisionKind.INTERVENE, "Call", DAN, NOW.date()))
    corrects(program, decided.event.id)
    assert facts(program, LATER, "globex").account.decision == before
    review = program.read(review_facts, program.reviews[-1], now=LATER)
    assert globex not in [account_id for account_id, _ in review.decisions]


def test_a_stall_at_the_last_review_that_only_the_mistake_made_is_none(program: Program) -> None:
    umber = program.accounts["umber"]
    program.closes_review(NOW)
    program.did(updates.move, CLEO, NOW + HOUR, umber, text="They wrote", evidence=(by_buyer(),))
    wrong = program.did(updates.move, CLEO, NOW + HOUR, umber, text="They want it", to_stage=Stage.MQA)
    for week in range(4):
        monday = NOW + timedelta(days=6 + 7 * week)
        program.opens_review(monday)
        program.closes_review(monday + HOUR)
    assert facts(program, monday + 2 * HOUR, "umber").aged_before
    corrects(program, wrong.event.id, at=monday + 2 * HOUR)
    found = facts(program, monday + 3 * HOUR, "umber")
    assert not found.aged_before
    assert place(found).stall.causes == ()
