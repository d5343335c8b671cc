"""Corrections: people who may, once, and what is refused."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import ListStatus, Stage
from agendas.rules.import_accounts import ImportedAccount
from agendas.verbs import account_list, updates
from agendas.verbs.corrections import correct
from storage import events, outbox
from tests.agendas.verbs.imports.importing import by_name, does_import, undoes
from tests.agendas.verbs.undo.correcting import BECAUSE, corrects, signed
from tests.builders import ANN, BOB, DAN, EVE, HOUR, NOW, author, profile
from tests.program import Program


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
    [moved] = program.store.read_now(events.of_kind, hooli, "moved")
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
    told = program.store.read_now(events.of_kind, program.accounts["acme"], "moved")[-1]
    program.closes_review(NOW + HOUR)

    def edited(session: Session) -> list[str]:
        letters = [letter for number in program.reviews for letter in outbox.of_review(session, number)]
        return [letter.key for letter in letters if letter.page == "recap" and letter.kind == "edit"]

    before = program.store.read_now(edited)
    corrects(program, told.row_id)
    assert set(program.store.read_now(edited)) - set(before) == {f"review:{program.reviews[2]}:recap:edit:1"}
