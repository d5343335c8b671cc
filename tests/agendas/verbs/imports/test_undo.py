from concurrent.futures import ThreadPoolExecutor

import pytest

from agendas.errors import Outdated, Refused
from agendas.facts.account import ListStatus, Stage
from agendas.facts.events import Edited, Profile
from agendas.rules.import_accounts import IMPORT_UNDONE, ImportedAccount
from agendas.verbs import account_list, updates
from agendas.verbs.imports import KINDS, plan_import
from agendas.verbs.record import record
from storage import events, imports
from storage.database import Store
from tests.agendas.verbs.imports.importing import HOUR, by_name, carries_out, does_import, rows_of, undoes
from tests.builders import ANN, EVE, NOW, WORKSPACE, author
from tests.program import Program, learn_people, stored_program


@pytest.fixture
def team(store: Store) -> Store:
    """The sample workspace with its people, without accounts."""
    learn_people(store)
    return store


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


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


def test_an_import_is_undone_once(team: Store) -> None:
    _, run_id = does_import(team, rows_of("cadence.csv"))
    undoes(team, run_id)
    with pytest.raises(Refused, match=f"Import {run_id} was undone already, on 24 Nov 2026 at 16:00 UTC"):
        undoes(team, run_id, 2)


def test_an_import_that_never_was_cannot_be_undone(team: Store) -> None:
    with pytest.raises(Outdated, match="There is no import 77"):
        undoes(team, 77)
    does_import(team, rows_of("cadence.csv"))
    with pytest.raises(Outdated, match=r"There is no import 77. The latest are 1 \(sample.csv\)"):
        undoes(team, 77)


def test_an_account_that_people_worked_on_since_stays(team: Store) -> None:
    _, run_id = does_import(team, rows_of("hubspot_labels.csv"))
    globex = by_name(team)["Sample Globex"].account_id
    team.write_now(account_list.put_on_list, author(EVE, NOW + HOUR / 2), globex, tier=1, because="Agreed")
    undone = undoes(team, run_id)
    assert (undone.removed, undone.kept) == (3, ("Sample Globex",))
    assert by_name(team)["Sample Globex"].list_status is ListStatus.NAMED


def test_an_update_that_was_edited_since_stays_as_edited(program: Program) -> None:
    _, run_id = does_import(program.store, [ImportedAccount(2, "Acme Corp", segment="Machinery")])
    acme = by_name(program.store)["Acme Corp"]
    edited = Profile("Acme Corp", acme.profile.domain, segment="Robots")
    program.did(account_list.edit, EVE, NOW + HOUR / 2, acme.account_id, edited)
    undone = undoes(program.store, run_id)
    assert (undone.taken_back, undone.kept) == (0, ("Acme Corp",))
    assert by_name(program.store)["Acme Corp"].profile == edited


def test_a_later_import_that_was_undone_does_not_hold_an_earlier_one(team: Store) -> None:
    _, first = does_import(team, [ImportedAccount(2, "Sample Hooli")])
    _, second = does_import(team, [ImportedAccount(2, "Sample Hooli", segment="Search")], hours=1)
    undoes(team, second, 2)
    assert undoes(team, first, 3).removed == 1


def test_an_import_after_an_undone_one_brings_its_accounts_back(team: Store) -> None:
    rows = rows_of("hubspot_labels.csv")
    _, first = does_import(team, rows)
    imported = by_name(team)["Sample Acme"]
    undoes(team, first)
    plan, second = does_import(team, rows, hours=2)
    assert plan.counts == {"create": 0, "update": 4, "unchanged": 0, "skip": 0}
    again = by_name(team)["Sample Acme"]
    assert (again.list_status, again.stage, again.because) == (
        ListStatus.CANDIDATE,
        imported.stage,
        "HubSpot proposes tier 1.",
    )
    assert again.account_id == imported.account_id
    assert undoes(team, second, 3).taken_back == 4
    assert by_name(team)["Sample Acme"].list_status is ListStatus.REMOVED


def test_news_recorded_after_an_import_outlives_its_undoing(program: Program) -> None:
    _, run_id = does_import(program.store, [ImportedAccount(2, "Pinewood", segment="Wood")])
    pinewood = program.accounts["pinewood"]
    program.did(updates.open_blocker, ANN, NOW + HOUR / 2, pinewood, text="No budget")
    assert undoes(program.store, run_id).taken_back == 1
    after = by_name(program.store)["Pinewood"]
    assert [blocker.text for blocker in after.open_blockers] == ["No budget"]
    assert after.profile.segment == ""


def test_an_account_whose_name_from_before_is_anothers_by_now_stays_as_it_is(program: Program) -> None:
    _, run_id = does_import(program.store, [ImportedAccount(2, "Acme Holdings", domain="acme.example")])
    newcomer = Profile("Acme Corp", "acme-corp.example")
    program.did(account_list.nominate, EVE, NOW + HOUR / 2, newcomer, because="Another company")
    undone = undoes(program.store, run_id)
    assert KINDS["accounts"].undone(undone) == (
        "nothing was left to take back. "
        "Kept, because another account has their name or domain from before by now: Acme Holdings. Edit these instead."
    )
    assert {"Acme Holdings", "Acme Corp"} <= by_name(program.store).keys()


def broken_off(store: Store, rows: list[ImportedAccount], monkeypatch: pytest.MonkeyPatch) -> None:
    """An import of which the first row alone was written; importing the same file again goes on with its run."""
    with monkeypatch.context() as patched:
        patched.setattr(imports, "CHUNK_ROWS", 1)
        carries_out(store, store.read_now(plan_import, WORKSPACE, rows), parts=1)


def of_crm(line: int, name: str, **values: str) -> ImportedAccount:
    return ImportedAccount(line, name, crm_system="HubSpot", crm_id=str(line), **values)


def test_a_name_that_the_same_undoing_frees_is_given_back(team: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    does_import(team, [of_crm(2, "Sample Acme"), of_crm(3, "Sample Zeta"), of_crm(4, "Sample Iota")])
    before = by_name(team).keys()
    broken_off(team, [of_crm(2, "Sample Holdings"), of_crm(4, "Sample Kappa")], monkeypatch)
    _, run_id = does_import(team, [of_crm(2, "Sample Holdings"), of_crm(3, "Sample Acme")])
    assert by_name(team).keys() == {"Sample Holdings", "Sample Acme", "Sample Iota"}
    assert undoes(team, run_id).taken_back == 2
    assert by_name(team).keys() == before


def test_an_account_that_its_own_import_renamed_is_removed_under_its_last_name(
    team: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(team, [of_crm(2, "Sample Acme"), of_crm(3, "Sample Zeta")], monkeypatch)
    _, run_id = does_import(team, [of_crm(2, "Sample Holdings")])
    team.write_now(account_list.nominate, author(), Profile("Sample Acme"), because="Another company")
    assert undoes(team, run_id).removed == 1
    statuses = {name: state.list_status for name, state in by_name(team).items()}
    assert statuses == {"Sample Holdings": ListStatus.REMOVED, "Sample Acme": ListStatus.CANDIDATE}


def test_a_word_that_two_accounts_answer_to_already_keeps_neither_from_an_update_or_its_undoing(team: Store) -> None:
    team.write_now(account_list.nominate, author(), Profile("Sample One", "one.example"), because="x")
    other = team.write_now(account_list.nominate, author(), Profile("Sample Two"), because="x").after.account_id
    # as versions that did not look could leave it
    shared = Profile("Sample Two", aliases=("one.example",))
    team.write_now(record, author(), other, Edited(shared))
    _, run_id = does_import(team, [ImportedAccount(2, "Sample One", segment="Machinery")])
    assert by_name(team)["Sample One"].profile.segment == "Machinery"
    assert undoes(team, run_id).taken_back == 1
    assert by_name(team)["Sample One"].profile.segment == ""


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
