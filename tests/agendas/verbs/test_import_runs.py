from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, update
from sqlmodel import Session, col, select

from agendas.errors import Outdated, Refused
from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import Profile
from agendas.rules.import_accounts import IMPORT_UNDONE, ImportedAccount
from agendas.rules.import_tables import ImportPlan
from agendas.verbs import account_list
from agendas.verbs.import_runs import begin_undo, parts_of
from agendas.verbs.imports import import_part, plan_import
from storage import events, imports, privacy
from storage.database import Store
from storage.models.accounts import Account
from storage.models.events import Event, ImportRun
from tests.agendas.verbs.importing import by_name, carries_out, does_import, importer, rows_of, undoes
from tests.builders import EVE, HOUR, NOW, WORKSPACE, author
from tests.program import Program

# An import that ends in the middle, or meets others on its way: nothing is done twice and nothing is lost.

COUNT = imports.CHUNK_ROWS + 20
"""Rows for two parts, the second a small one."""
FILE = [ImportedAccount(line, f"Sample {line}", f"s{line}.example") for line in range(2, COUNT + 2)]
DONE = {"create": COUNT, "update": 0, "unchanged": 0, "skip": 0}


def run_of(store: Store) -> ImportRun:
    (run,) = store.read_now(imports.runs, WORKSPACE)
    return run


def statuses(store: Store) -> Counter[str]:
    return Counter(row.list_status for row in store.read_now(imports.every_account, WORKSPACE))


def test_an_import_that_ended_in_the_middle_goes_on_in_the_same_run(team: Store) -> None:
    run_id = carries_out(team, team.read_now(plan_import, WORKSPACE, FILE), parts=1)
    assert statuses(team) == {"candidate": imports.CHUNK_ROWS}
    written = {"create": imports.CHUNK_ROWS, "update": 0}
    assert run_of(team).counts == DONE | {"left": 20, "written": written}
    rest, again = does_import(team, FILE, hours=1)
    assert (again, rest.counts) == (run_id, DONE | {"create": 20, "unchanged": imports.CHUNK_ROWS})
    assert (statuses(team), run_of(team).counts) == ({"candidate": COUNT}, DONE)
    assert undoes(team, run_id, 2).removed == COUNT


def test_an_import_that_ended_in_the_middle_can_be_taken_back(team: Store) -> None:
    run_id = carries_out(team, team.read_now(plan_import, WORKSPACE, FILE), parts=1)
    assert undoes(team, run_id).removed == imports.CHUNK_ROWS
    assert statuses(team) == {"removed": imports.CHUNK_ROWS}
    assert team.read_now(imports.unfinished, WORKSPACE) == []
    _, second = does_import(team, FILE, hours=2)
    assert second != run_id
    assert statuses(team) == {"candidate": COUNT}


def test_nothing_more_is_written_once_the_import_is_taken_back(team: Store) -> None:
    plan = team.read_now(plan_import, WORKSPACE, FILE)
    run_id = carries_out(team, plan, parts=1)
    team.write_now(begin_undo, run_id, importer(1))
    with pytest.raises(Outdated, match="was taken back while it was under way"):
        team.write_now(import_part, run_id, importer(), list(parts_of(plan))[1])
    assert statuses(team) == {"candidate": imports.CHUNK_ROWS}


@pytest.mark.parametrize(
    ("profile", "left_out"),
    [
        (Profile("SAMPLE 2"), [2]),
        (Profile("Other", domain="s3.example"), [3]),
        (Profile("Other", crm_system="hubspot", crm_id="7"), [4]),
        (Profile("Other", crm_system="salesforce", crm_id="7"), []),
    ],
)
def test_an_account_that_others_added_meanwhile_is_not_added_again(team: Store, profile, left_out):
    rows = [*FILE[:2], ImportedAccount(4, "Sample 4", crm_system="hubspot", crm_id="7")]
    plan = team.read_now(plan_import, WORKSPACE, rows)
    team.write_now(account_list.nominate, author(), profile, because="Quicker")
    run_id = carries_out(team, plan, parts=0)
    (part,) = parts_of(plan)
    assert [row.line for row in team.write_now(import_part, run_id, importer(), part)] == left_out
    assert len(by_name(team)) == 4 - len(left_out)
    skipped = {"create": 3 - len(left_out), "skip": len(left_out)}
    assert run_of(team).counts == {"update": 0, "unchanged": 0} | skipped


def test_an_account_that_others_edited_meanwhile_stays_as_edited(team: Store) -> None:
    does_import(team, FILE[:2])
    plan = team.read_now(
        plan_import, WORKSPACE, [ImportedAccount(row.line, row.name, segment="Machinery") for row in FILE[:2]]
    )
    account_id = by_name(team)["Sample 2"].account_id
    edited = Profile("Sample 2", "s2.example", segment="Robots")
    team.write_now(account_list.edit, author(EVE, NOW + HOUR / 2), account_id, edited)
    carries_out(team, plan, hours=1)
    segments = {state.name: state.profile.segment for state in by_name(team).values()}
    assert segments == {"Sample 2": "Robots", "Sample 3": "Machinery"}
    assert team.read_now(imports.runs, WORKSPACE)[0].counts == {"create": 0, "update": 1, "unchanged": 0, "skip": 1}


def test_an_account_that_became_private_meanwhile_is_not_named_and_the_others_are(team: Store) -> None:
    does_import(team, FILE[:2])
    plan = team.read_now(
        plan_import, WORKSPACE, [ImportedAccount(row.line, row.name, segment="Machinery") for row in FILE[:2]]
    )
    named = ImportPlan(tuple(replace(row, tier=3, because="They fit") for row in plan.rows))

    def hide(session: Session) -> None:
        session.exec(update(Account).where(col(Account.name) == "Sample 2").values(private_channel="C0SECRET"))
        privacy.set_members(session, WORKSPACE, "C0SECRET", [EVE], read_at=NOW)

    team.write_now(hide)
    carries_out(team, named, hours=1)
    tiers = {row.name: row.tier for row in team.read_now(imports.every_account, WORKSPACE)}
    assert tiers == {"Sample 2": None, "Sample 3": 3}


def test_a_part_that_fails_leaves_nothing_of_itself(team: Store) -> None:
    plan = team.read_now(plan_import, WORKSPACE, FILE)
    run_id = carries_out(team, plan, parts=1)

    def cut_off(session: Session) -> None:
        import_part(session, run_id, importer(), list(parts_of(plan))[1])
        raise OSError("the plug was pulled")

    with pytest.raises(OSError, match="plug"):
        team.write_now(cut_off)
    assert (statuses(team), run_of(team).counts["left"]) == ({"candidate": imports.CHUNK_ROWS}, 20)
    recorded = team.read_now(lambda session: session.exec(select(func.count()).select_from(Event)).one())
    assert recorded == imports.CHUNK_ROWS


# Imports taken back.
def test_undoing_removes_new_accounts_and_takes_updates_back(program: Program) -> None:
    before = by_name(program.store)
    rows = [
        ImportedAccount(2, "Acme Corp", segment="Machinery"),
        ImportedAccount(3, "Sample Hooli", stage=Stage.MQA, stage_said="Lead"),
    ]
    _, run_id = does_import(program.store, rows)
    undone = undoes(program.store, run_id)
    assert (undone.removed, undone.taken_back, undone.kept) == (1, 1, ())
    after = by_name(program.store)
    assert after["Acme Corp"].profile == before["Acme Corp"].profile
    assert after["Acme Corp"].blockers == before["Acme Corp"].blockers
    hooli = after["Sample Hooli"]
    assert (hooli.list_status, hooli.because, hooli.stage) == (ListStatus.REMOVED, IMPORT_UNDONE, Stage.TARGET)
    assert program.read(imports.run, run_id).undone_at == NOW + HOUR
    kinds = [event.kind for event in program.store.read_now(events.of_account, hooli.account_id)]
    assert kinds == ["nominated", "moved", "corrected", "list_changed"]


def test_an_import_that_never_was_cannot_be_undone(team: Store) -> None:
    with pytest.raises(Outdated, match="There is no import 77"):
        undoes(team, 77)
    does_import(team, rows_of("cadence.csv"))
    with pytest.raises(Outdated, match=r"There is no import 77. The latest are 1 \(sample.csv\)"):
        undoes(team, 77)


def test_a_later_import_that_was_undone_does_not_hold_an_earlier_one(team: Store) -> None:
    _, first = does_import(team, [ImportedAccount(2, "Sample Hooli")])
    _, second = does_import(team, [ImportedAccount(2, "Sample Hooli", segment="Search")], hours=1)
    undoes(team, second, 2)
    assert undoes(team, first, 3).removed == 1


def of_crm(line: int, name: str, **values: str) -> ImportedAccount:
    return ImportedAccount(line, name, crm_system="HubSpot", crm_id=str(line), **values)


def test_an_undoing_and_a_nomination_at_once_make_one_account_of_a_name(team: Store) -> None:
    does_import(team, [of_crm(2, "Sample Acme")])
    _, run_id = does_import(team, [of_crm(2, "Sample Holdings")])

    def nominates() -> bool:
        try:
            team.write_now(account_list.nominate, author(), Profile("Sample Acme"), because="x")
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        undone, nominated = threads.submit(undoes, team, run_id), threads.submit(nominates)
        assert (undone.result().taken_back, nominated.result()) in {(1, False), (0, True)}
    names = [row.name for row in team.read_now(imports.every_account, WORKSPACE)]
    assert len(names) == len(set(names))
