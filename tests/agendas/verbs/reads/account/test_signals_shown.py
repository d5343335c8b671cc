"""Signals from programs and files appear on the account's message in the open review, in one edit."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from agendas.facts.account import Source
from agendas.facts.signals import SignalGiven, SignalKind, SignalsTaken, SignalStrength
from agendas.rules.import_tables import ImportOptions, read_table
from agendas.verbs import account_list
from agendas.verbs.import_runs import begin_import, begin_undo
from agendas.verbs.imports import KINDS
from agendas.verbs.signals import take_signals
from storage.database import Store
from storage.models.delivery import Letter
from tests.builders import ANN, NOW, WORKSPACE, ago, author, profile
from tests.program import Program, stored_program

MINUTE = timedelta(minutes=1)
BOTH = [("agenda", NOW + MINUTE), ("review_header", NOW + MINUTE)]
SIGNAL = SignalGiven("acme.example", SignalKind.CONTENT, SignalStrength.HIGH, "Read", ago(1), "s-1")


@pytest.fixture
def program(store: Store) -> Program:
    """The sample program with its weekly review open and posted."""
    program = stored_program(store)
    known = profile("Acme Corp", domain="acme.example")
    program.did(account_list.edit, ANN, ago(0.1), program.accounts["acme"], known)
    edits(program)
    return program


def edits(program: Program) -> list[tuple[str, datetime]]:
    """The edits that wait, by page and when they are due; from now on they are sent, and so is anything else."""
    with program.store.writing() as session:
        letters = session.exec(select(Letter).where(Letter.state == "waiting").order_by(Letter.page)).all()
        for letter in letters:
            letter.state = "sent"
            session.add(letter)
        return [(letter.page, letter.due_at) for letter in letters if letter.kind == "edit"]


def taken(program: Program, *sent: SignalGiven) -> SignalsTaken:
    found: SignalsTaken = program.store.write_now(take_signals, author(source=Source.WEBHOOK), sent)
    return found


def test_a_batch_edits_the_message_and_the_header_once_and_writes_into_no_thread(program: Program) -> None:
    assert len(taken(program, *(replace(SIGNAL, id=str(number)) for number in range(30))).taken) == 30
    assert edits(program) == BOTH


def test_what_is_only_repeated_edits_nothing(program: Program) -> None:
    taken(program, SIGNAL)
    edits(program)
    assert taken(program, SIGNAL).repeated == ("s-1",)
    assert edits(program) == []


def test_a_file_of_signals_edits_them_too_also_when_it_is_taken_back_and_imported_again(program: Program) -> None:
    asked, kind = ImportOptions(NOW), KINDS["signals"]
    table = read_table(b"account,kind,occurred_at,id\nacme.example,event,2026-11-20,v1\n")

    def imports() -> int:
        plan = program.store.read_now(kind.plan, WORKSPACE, kind.read(table, asked).rows, asked)
        run = program.store.write_now(begin_import, plan, author(), file_name="s.csv", what="signals")
        for part in kind.parts(plan):
            program.store.write_now(kind.write, run.row_id, author(), part)
        return int(run.row_id)

    number = imports()
    assert edits(program) == BOTH
    for part in program.store.write_now(begin_undo, number, author(), ids_of=kind.ids_of_run):
        program.store.write_now(kind.undo, number, author(), part)
    assert edits(program) == BOTH
    imports()
    assert edits(program) == BOTH
