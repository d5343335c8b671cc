"""Signals of a CSV file: previewed, written once, taken back."""

from datetime import datetime
from typing import Any

import pytest

from agendas.facts.group import ContactAdded, ContactProfile
from agendas.rules.import_signals import PlannedSignal
from agendas.rules.import_tables import ImportOptions, ImportPlan, SkipCause, Verdict, read_table
from agendas.verbs import account_list
from agendas.verbs.import_runs import begin_import, begin_undo
from agendas.verbs.imports import KINDS
from agendas.verbs.record import record
from storage import signals
from storage.database import Store
from tests.builders import ANN, EVE, NOW, WORKSPACE, ago, author, profile
from tests.program import Program, learn_people

HEADER = "account,kind,strength,text,url,occurred_at,id,person\n"
FILE = (
    HEADER + "acme.example,web visit,high,Pricing page,https://v.example/1,2026-11-20,v1,rita@acme.example\n"
    "acme.example,hiring,,New buyer,,2026-11-21 09:30,,\n"
    "other.example,intent,high,Compared,,2026-11-21,v3,\n"
    "acme.example,gossip,,They talk,,2026-11-21,v4,\n"
    "acme.example,event,,Dinner,,yesterday,v5,\n"
)
KIND = KINDS["signals"]


@pytest.fixture
def program(store: Store) -> Program:
    learn_people(store)
    program = Program(store)
    acme = program.did(account_list.nominate, ANN, ago(9), profile("Acme")).event.account_id
    program.did(account_list.put_on_list, EVE, ago(8), acme, tier=1, because="Fits")
    program.did(record, ANN, ago(7), acme, ContactAdded(ContactProfile("Rita", "CFO", "rita@acme.example")))
    program.accounts["acme"] = acme
    return program


def planned(program: Program, text: str = FILE, **options: Any) -> ImportPlan[PlannedSignal]:
    asked = ImportOptions(NOW, **options)
    file = KIND.read(read_table(text.encode()), asked)
    return program.store.read_now(KIND.plan, WORKSPACE, file.rows, asked)


def applied(program: Program, text: str = FILE, at: datetime = NOW) -> int:
    plan = planned(program, text)
    store = program.store
    run_id: int = store.write_now(begin_import, plan, author(at=at), file_name="s.csv", what="signals").row_id
    for part in KIND.parts(plan):
        assert store.write_now(KIND.write, run_id, author(at=at), part) == []
    return run_id


def taken_back(program: Program, run_id: int, at: datetime = NOW) -> None:
    for part in program.store.write_now(begin_undo, run_id, author(at=at), ids_of=KIND.ids_of_run):
        undone = program.store.write_now(KIND.undo, run_id, author(at=at), part)
        assert KIND.undone(undone) == "2 signals removed."


def points(program: Program, now: datetime = NOW) -> float:
    acme = program.accounts["acme"]
    found = program.store.read_now(signals.sums, [acme], now)
    return found[acme].points["last_90"] if found else 0.0


def test_a_preview_says_what_becomes_of_each_row(program: Program) -> None:
    rows = planned(program).rows
    assert [row.verdict for row in rows] == [Verdict.CREATE, Verdict.CREATE, Verdict.SKIP, Verdict.SKIP, Verdict.SKIP]
    assert [row.reason for row in rows[2:]] == [
        "no account on the list has other.example for its name, domain or CRM id",
        '"gossip" is no kind of signal; send one of web_visit, content, intent, competitive_research, hiring, '
        "tech_change, exec_move, event, product_usage, other.",
        "has a date that cannot be read: yesterday",
    ]
    assert rows[2].cause is SkipCause.NOT_LISTED


def test_a_file_imported_twice_changes_nothing(program: Program) -> None:
    applied(program)
    assert points(program) == 10.1
    again = planned(program)
    assert again.changes_nothing
    assert again.counts == {"create": 0, "update": 0, "unchanged": 2, "skip": 3}


def test_an_import_taken_back_counts_nothing_and_counts_again_when_imported_again(program: Program) -> None:
    taken_back(program, applied(program))
    assert points(program) == 0.0
    assert planned(program).counts["update"] == 2
    applied(program)
    assert points(program) == 10.1


def test_a_day_alone_that_is_today_counts_at_once_and_is_unchanged_when_it_is_imported_again(program: Program) -> None:
    today = HEADER + f"acme.example,event,high,Dinner,,{NOW:%Y-%m-%d},v7,\n"
    applied(program, today)
    assert points(program) == 30.0
    assert planned(program, today).counts["unchanged"] == 1
    [row] = planned(program, today.replace("11-24", "11-25")).rows
    assert "lies in the future" in row.reason
