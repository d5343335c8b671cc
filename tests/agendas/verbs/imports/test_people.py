from typing import Any

from agendas.facts.group import ContactProfile
from agendas.rules.import_people import PlannedPerson, read_people
from agendas.rules.import_tables import ImportOptions, ImportPlan, read_table
from agendas.verbs import group
from agendas.verbs.import_runs import begin_import
from agendas.verbs.imports import parts_of_people, plan_people, write_people
from storage.database import Store
from tests.agendas.verbs.imports.importing import by_name, importer
from tests.builders import ANN, NOW, WORKSPACE, ago
from tests.program import stored_program

OPTIONS = ImportOptions(now=NOW)


def plan_of(store: Store, text: str) -> ImportPlan[PlannedPerson]:
    rows = read_people(read_table(text.encode()), OPTIONS).rows
    return store.read_now(plan_people, WORKSPACE, rows, OPTIONS)


def begins(store: Store, plan: ImportPlan[Any]) -> int:
    return store.write_now(begin_import, plan, importer(), file_name="people.csv", what="contacts").row_id


def names_at(store: Store, account: str = "Acme Corp") -> list[str]:
    return [each.profile.name for each in by_name(store)[account].contacts]


def many(number: int) -> str:
    """A file of people, who are at Acme and Globex in turn."""
    lines = (f"{('Acme Corp', 'Globex')[n % 2]},Person {n:04d} Sample,champion" for n in range(number))
    return "\n".join(("account,name,roles", *lines))


def test_people_are_written_in_parts_account_after_account(store: Store) -> None:
    stored_program(store)
    plan = plan_of(store, many(1_100))
    parts = list(parts_of_people(plan))
    assert [len(part) for part in parts] == [500, 500, 100]
    assert [len({row.account_id for row in part}) for part in parts] == [1, 2, 1]
    run_id = begins(store, plan)
    for part in parts:
        assert store.write_now(write_people, run_id, importer(), part) == []
    assert len(names_at(store)) == 550
    assert plan_of(store, many(1_100)).changes_nothing


def test_who_was_added_or_changed_after_the_preview_is_left_out(store: Store) -> None:
    program = stored_program(store)
    acme = program.accounts["acme"]
    tom = program.did(group.add_contact, ANN, ago(0.5), acme, ContactProfile("Tom Sample")).event.id
    plan = plan_of(
        store,
        "account,name,email,title\nAcme Corp,Rita Sample,rita@acme.example,CFO\nAcme Corp,Tom Sample,,CTO\n"
        "Acme Corp,Una Sample,,\n",
    )
    rita = ContactProfile("R. Sample", email="rita@acme.example")
    program.did(group.add_contact, ANN, ago(0.4), acme, rita)
    program.did(group.edit_contact, ANN, ago(0.3), acme, tom, profile=ContactProfile("Thomas Sample"))
    [part] = parts_of_people(plan)
    left_out = store.write_now(write_people, begins(store, plan), importer(), part)
    assert [row.line for row in left_out] == [2, 3]
    assert names_at(store) == ["Thomas Sample", "R. Sample", "Una Sample"]
