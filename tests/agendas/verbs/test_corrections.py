from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import AccountState, ListStatus, Stage
from agendas.facts.events import BlockerChanged, DecisionKind
from agendas.rules.history import LastingEffect, lasting_effects
from agendas.rules.import_accounts import ImportedAccount
from agendas.rules.reviews import place
from agendas.verbs import account_list, updates
from agendas.verbs import corrections as corrections_verbs
from agendas.verbs.account_list import Swap
from agendas.verbs.closing import EnteredDecision, decide, decide_swap
from agendas.verbs.corrections import correct, take_back
from agendas.verbs.record import Recorded, record_and_show
from agendas.verbs.settings import change_settings
from storage import accounts, events, outbox
from tests.agendas.verbs.correcting import BECAUSE, LATER, corrects, facts, signed
from tests.agendas.verbs.importing import by_name, does_import, undoes
from tests.builders import ANN, BOB, CLEO, DAN, EVE, HOUR, NOW, author, evidence, profile
from tests.program import Program

# Undo: only by the author, within ten minutes, once; whatever depended on it.

MINUTES_LATER = NOW + timedelta(minutes=10)


def moved(program: Program) -> Recorded:
    done: Recorded = program.did(
        updates.move,
        ANN,
        NOW,
        program.accounts["acme"],
        text="They signed",
        to_stage=Stage.OPPORTUNITY,
        evidence=(evidence(),),
    )
    return done


def test_only_its_author_may_and_only_for_ten_minutes_and_once(program: Program) -> None:
    done = moved(program)
    with pytest.raises(Refused, match=f"Only <@{ANN}>, who recorded it"):
        program.did(corrections_verbs.take_back, BOB, NOW, done.event.id)
    with pytest.raises(Refused, match="more than ten minutes ago"):
        program.did(corrections_verbs.take_back, ANN, MINUTES_LATER + timedelta(seconds=1), done.event.id)
    program.did(corrections_verbs.take_back, ANN, MINUTES_LATER, done.event.id)
    with pytest.raises(Outdated, match="taken back already"):
        program.did(corrections_verbs.take_back, ANN, MINUTES_LATER, done.event.id)


def test_what_is_not_in_the_history_is_outdated(program: Program) -> None:
    with pytest.raises(Outdated):
        program.did(corrections_verbs.take_back, ANN, NOW, 9_999)


def test_a_nomination_with_a_history_after_it_stays(program: Program) -> None:
    done = program.did(account_list.nominate, ANN, NOW, profile("Foo"), because="x")
    program.did(updates.move, BOB, NOW, done.event.account_id, text="News")
    with pytest.raises(Outdated):
        program.did(corrections_verbs.take_back, ANN, NOW, done.event.id)


def test_a_removal_taken_back_lets_the_account_take_updates_again(program: Program) -> None:
    acme = program.accounts["acme"]
    removed = program.did(account_list.remove, ANN, NOW, acme, because="By mistake")
    program.did(corrections_verbs.take_back, ANN, MINUTES_LATER, removed.event.id)
    assert program.did(updates.move, ANN, MINUTES_LATER, acme, text="News").after.tier == 1


def test_a_profile_edited_again_since_keeps_the_later_edit_and_says_whose_it_is(program: Program) -> None:
    acme = program.accounts["acme"]
    first = program.did(account_list.edit, ANN, NOW, acme, profile(segment="Retail"))
    second = program.did(account_list.edit, BOB, NOW, acme, profile(segment="Banks"))
    with pytest.raises(Refused, match="edited again since, by Bob: edit it once more instead"):
        program.did(corrections_verbs.take_back, ANN, MINUTES_LATER, first.event.id)
    program.did(corrections_verbs.take_back, BOB, MINUTES_LATER, second.event.id)
    back = program.did(corrections_verbs.take_back, ANN, MINUTES_LATER, first.event.id)
    assert back.after.profile == first.before.profile


def test_an_owner_who_has_as_many_accounts_as_one_may_by_now_does_not_come_back(program: Program) -> None:
    acme = program.accounts["acme"]
    owner = program.read(accounts.get, acme).owner
    assert owner == ANN
    given = program.did(account_list.edit, ANN, NOW, acme, profile(owner=EVE))
    program.did(change_settings, EVE, NOW, {"tier.1.owner_cap": (10, 1)})
    other = program.did(account_list.nominate, BOB, NOW, profile("Foo", domain="", owner=owner), because="x")
    program.did(account_list.put_on_list, BOB, NOW, other.event.account_id, tier=1, because="x")
    with pytest.raises(Refused, match=r"^Ann, the owner .* in tier 1 as one person may\. Nothing was"):
        program.did(corrections_verbs.take_back, ANN, MINUTES_LATER, given.event.id)
    assert program.read(accounts.get, acme).owner == EVE


def test_an_undo_clicked_twice_at_once_is_recorded_once(program: Program) -> None:
    done = moved(program)
    with ThreadPoolExecutor(4) as threads:
        clicks = [
            threads.submit(program.did, corrections_verbs.take_back, ANN, MINUTES_LATER, done.event.id)
            for _ in range(4)
        ]
        refused = [each for each in clicks if isinstance(each.exception(), Outdated)]
    assert len(refused) == 3

    def corrections(session: Session) -> int:
        return len(events.of_accounts(session, [done.event.account_id], ["corrected"]))

    assert program.store.read_now(corrections) == 1


# Corrections: people who may, once, and what is refused.
def test_its_author_may_and_every_editor_and_others_are_told_whom_to_ask(program: Program) -> None:
    done = signed(program)
    with pytest.raises(
        Refused, match=r"^Only Ann, who recorded it, and editors can correct it\. Ask Ann, or an admin: Eve"
    ):
        corrects(program, done.event.id, DAN, is_editor=False)
    corrects(program, done.event.id, ANN, is_editor=False)


def test_an_entry_on_which_others_built_is_for_editors(program: Program) -> None:
    acme = program.accounts["acme"]
    opened = program.did(updates.open_blocker, ANN, NOW, acme, text="Legal")
    program.did(updates.resolve_blocker, BOB, NOW, acme, opened.event.id)
    with pytest.raises(
        Refused, match=r"Bob recorded more about it since, so only an editor can correct it\. Ask an adm"
    ):
        corrects(program, opened.event.id, ANN, is_editor=False)


def test_an_entry_of_another_workspace_is_not_there(program: Program) -> None:
    done = signed(program)

    elsewhere = replace(author(BOB), workspace_id="T0OTHER01")
    with pytest.raises(Outdated, match="not in the history"):
        program.store.write_now(correct, elsewhere, done.event.id, BECAUSE, is_editor=True)


def test_the_entry_with_which_an_account_began_stays(program: Program) -> None:
    first = program.store.read_now(events.of_account, program.accounts["acme"])[0]
    with pytest.raises(Outdated, match="Remove the account with a reason instead"):
        corrects(program, first.row_id)


def test_an_imported_entry_is_for_editors_and_its_import_can_be_undone_afterwards(program: Program) -> None:
    rows = [ImportedAccount(3, "Sample Hooli", stage=Stage.MQA, stage_said="Lead")]
    _, run_id = does_import(program.store, rows)
    hooli = by_name(program.store)["Sample Hooli"].account_id
    [moved] = program.store.read_now(events.of_accounts, [hooli], ["moved"])
    with pytest.raises(
        Refused, match=r"^It came with an import, so only an editor can correct it\. Ask an admin: Eve\.$"
    ):
        corrects(program, moved.row_id, DAN, is_editor=False)
    assert corrects(program, moved.row_id).after.stage is Stage.TARGET
    assert undoes(program.store, run_id, 48).removed == 1
    assert by_name(program.store)["Sample Hooli"].list_status is ListStatus.REMOVED


def test_a_naming_is_corrected_only_where_there_is_room_for_what_was_before(program: Program) -> None:
    removed = program.did(account_list.remove, EVE, NOW, program.accounts["acme"], because="By mistake")
    back = corrects(program, removed.event.id, EVE)
    assert (back.after.list_status, back.after.tier) == (ListStatus.NAMED, 1)


def test_an_edit_that_others_followed_is_not_corrected(program: Program) -> None:
    acme = program.accounts["acme"]
    first = program.did(account_list.edit, ANN, NOW, acme, profile(segment="Retail"))
    program.did(account_list.edit, BOB, NOW, acme, profile(segment="Banks"))
    with pytest.raises(Refused, match="edited again since, by Bob: edit it once more instead"):
        corrects(program, first.event.id)


def test_the_recaps_that_told_it_are_edited_and_no_others(program: Program) -> None:
    told = program.store.read_now(events.of_accounts, [program.accounts["acme"]], ["moved"])[-1]
    program.closes_review(NOW + HOUR)

    def edited(session: Session) -> list[str]:
        letters = [letter for number in program.reviews for letter in outbox.of_review(session, number)]
        return [letter.key for letter in letters if letter.page == "recap" and letter.kind == "edit"]

    before = program.store.read_now(edited)
    corrects(program, told.row_id)
    assert set(program.store.read_now(edited)) - set(before) == {f"review:{program.reviews[2]}:recap:edit:1"}


# Corrected decisions: what they changed on the list and what they asked for goes with them.

ASKED = EnteredDecision(DecisionKind.INTERVENE, "Call the COO", ask_of=DAN, due_on=date(2026, 12, 9))


def decided(program: Program, decision: EnteredDecision, name: str = "initrode") -> int:
    recorded: list[Any] = program.did(decide, EVE, NOW, program.accounts[name], decision)
    return int(recorded[0].event.id)


def state(program: Program, name: str = "initrode") -> AccountState:
    return facts(program, NOW + HOUR * 2, name).account


@pytest.mark.parametrize(
    "decision",
    [
        EnteredDecision(DecisionKind.CHANGE_TIER, "They shrank", tier=3),
        EnteredDecision(DecisionKind.PAUSE, "They merge"),
        EnteredDecision(DecisionKind.REMOVE, "They closed"),
    ],
)
def test_the_change_of_the_list_goes_with_the_decision(program: Program, decision: EnteredDecision) -> None:
    corrected = corrects(program, decided(program, decision), EVE)
    assert (corrected.after.list_status, corrected.after.tier) == (ListStatus.NAMED, 2)
    assert (state(program).list_status, state(program).tier) == (ListStatus.NAMED, 2)


def test_what_was_asked_of_somebody_goes_with_the_decision(program: Program) -> None:
    before = state(program).actions
    corrects(program, decided(program, ASKED), EVE)
    assert state(program).actions == before
    assert state(program).open_asks == ()


def test_an_undone_decision_takes_its_change_of_the_list_back(program: Program) -> None:
    program.did(take_back, EVE, NOW, decided(program, EnteredDecision(DecisionKind.PAUSE, "They merge")))
    assert state(program).list_status is ListStatus.NAMED


def test_the_place_in_a_swap_goes_with_the_decision(program: Program) -> None:
    leaver, comes = program.accounts["acme"], program.accounts["pinewood"]
    swapped = program.did(decide_swap, EVE, NOW, Swap(comes, 1, "They grew", leaver, "paused", "Their freeze"))
    [decision] = [each.event for each in swapped if each.event.change.kind == "decided"]
    corrects(program, decision.id, EVE)
    assert state(program, "pinewood").list_status is ListStatus.CANDIDATE
    assert state(program, "acme").list_status is ListStatus.PAUSED
    assert lasting_effects(decision.change, state(program, "pinewood")) == (LastingEffect.LEAVER,)
    assert decision.change.leaver == "Acme Corp"


def test_a_decision_is_not_corrected_where_its_tier_of_before_is_full(program: Program) -> None:
    decision = decided(program, EnteredDecision(DecisionKind.CHANGE_TIER, "They shrank", tier=3))
    program.did(change_settings, EVE, NOW, {"tier.2.cap": (150, 1)})
    with pytest.raises(Refused, match="would be in tier 2 again"):
        corrects(program, decision, EVE)
    assert state(program).tier == 3


# Corrected entries count nowhere: in no state, no open review and no later one.
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
    program.did(record_and_show, ANN, NOW + HOUR, acme, BlockerChanged(opened.event.id, "updated", "Legal is slow"))
    program.did(updates.resolve_blocker, BOB, NOW + HOUR, acme, opened.event.id, text="They signed")
    assert "blocker_resolved" in place(facts(program, LATER)).movement.flags
    found = program.did(correct, CLEO, LATER, opened.event.id, BECAUSE, is_editor=True)
    assert len(found) == 3
    assert "blocker_resolved" not in place(facts(program, LATER)).movement.flags
    assert opened.event.id not in [each.id for each in found[0].after.blockers]
