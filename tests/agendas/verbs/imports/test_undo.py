from concurrent.futures import ThreadPoolExecutor

import pytest

from agendas.errors import Outdated, Refused
from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import Profile
from agendas.rules.import_accounts import IMPORT_UNDONE, ImportedAccount
from agendas.verbs import account_list
from storage import events, imports
from storage.database import Store
from tests.agendas.verbs.imports.importing import HOUR, by_name, does_import, rows_of, undoes
from tests.builders import NOW, WORKSPACE, author
from tests.program import Program


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
