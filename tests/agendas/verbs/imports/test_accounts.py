from dataclasses import replace

import pytest
from sqlmodel import select

from agendas.errors import Refused
from agendas.facts.account import ListStatus, Stage
from agendas.facts.narrative import Justification
from agendas.rules.import_accounts import ImportedAccount
from agendas.rules.import_tables import ImportPlan
from agendas.verbs.import_runs import begin_import, parts_of
from storage import events, imports
from storage.database import Store
from storage.models.delivery import Letter
from tests.agendas.verbs.imports.importing import by_name, does_import, importer, rows_of, undoes
from tests.builders import BOB, NOW, WORKSPACE
from tests.program import Program


def test_an_import_makes_candidates_with_their_stage_and_what_the_crm_proposes(team: Store) -> None:
    plan, run_id = does_import(team, rows_of("hubspot_labels.csv"))
    assert plan.counts == {"create": 4, "update": 0, "unchanged": 0, "skip": 0}
    acme = by_name(team)["Sample Acme"]
    assert (acme.list_status, acme.tier, acme.because) == (ListStatus.CANDIDATE, None, "HubSpot proposes tier 1.")
    assert (acme.stage, acme.stage_since, acme.stage_since_known) == (Stage.OPPORTUNITY, NOW, False)
    assert acme.last_movement_at is None
    assert by_name(team)["Sample Initech"].stage is Stage.TARGET
    run = team.read_now(imports.runs, WORKSPACE)[0]
    assert (run.id, run.file_name, run.actor, run.counts) == (run_id, "sample.csv", "command line", plan.counts)
    recorded = team.read_now(events.of_import, run_id)
    assert [(event.kind, event.source, event.review_id) for event in recorded[:2]] == [
        ("nominated", "import", None),
        ("moved", "import", None),
    ]


def test_an_update_touches_only_what_the_crm_owns(program: Program) -> None:
    before = by_name(program.store)["Acme Corp"]
    row = ImportedAccount(
        2,
        "Acme Corp",
        "acme.example",
        "hubspot",
        "7",
        owner_name="Bob",
        segment="Machinery",
        value_cents=5,
        stage=Stage.CUSTOMER,
        because="HubSpot proposes tier 3.",
    )
    plan, run_id = does_import(program.store, [row])
    assert plan.rows[0].changed == ("segment", "owner", "value_cents", "crm_system", "crm_id")
    after = by_name(program.store)["Acme Corp"]
    assert (after.profile.owner, after.profile.segment, after.profile.value_cents) == (BOB, "Machinery", 5)
    assert after.profile.currency == "USD"
    same = ("list_status", "tier", "because", "stage", "stage_since", "blockers", "actions", "last_update_at")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert [event.kind for event in program.store.read_now(events.of_import, run_id)] == ["edited"]


def test_an_import_edits_the_open_review_and_writes_nothing_into_its_threads(program: Program) -> None:
    with program.store.writing() as session:
        for letter in session.exec(select(Letter)):
            letter.state = "sent"
            session.add(letter)
    does_import(program.store, [ImportedAccount(2, "Acme Corp", segment="Machinery")])
    with program.store.reading() as session:
        waiting = session.exec(select(Letter).where(Letter.state == "waiting")).all()
    assert [letter.kind for letter in waiting] == ["edit", "edit"]


def test_a_plan_that_changes_nothing_is_not_applied(team: Store) -> None:
    with pytest.raises(Refused, match="Nothing to import"):
        team.write_now(begin_import, ImportPlan(()), importer(), file_name="x.csv")


@pytest.mark.proof
@pytest.mark.database("sqlite", "postgres")
def test_more_accounts_than_one_statement_names_are_imported_updated_and_undone(team: Store) -> None:
    count = imports.CHUNK_ROWS + 1
    rows = [ImportedAccount(line, f"Sample {line}", f"s{line}.example") for line in range(2, count + 2)]
    plan, first = does_import(team, rows)
    assert [len(part) for part in parts_of(plan)] == [imports.CHUNK_ROWS, 1]
    renamed = [ImportedAccount(row.line, f"New {row.line}", row.domain) for row in rows]
    _, second = does_import(team, renamed, hours=1)
    assert len(by_name(team)) == count
    assert undoes(team, second, 2).taken_back == count
    assert undoes(team, first, 3).removed == count
    assert set(by_name(team)) == {row.name for row in rows}


def test_a_new_account_and_one_that_comes_back_have_the_parts_of_the_file_and_others_keep_theirs(team: Store) -> None:
    given = ImportedAccount(2, "Acme", because="400 seats", why_now="Renews in April", motion="A pilot")
    whole = Justification("400 seats", "Renews in April", "A pilot")
    _, run_id = does_import(team, [given])
    assert by_name(team)["Acme"].justification == whole
    undoes(team, run_id)
    does_import(team, [replace(given, why_now="Renews in May")], hours=2)
    assert by_name(team)["Acme"].justification == replace(whole, why_now="Renews in May")
    does_import(team, [replace(given, segment="Retail", motion="Letters")], hours=3)
    assert by_name(team)["Acme"].justification == replace(whole, why_now="Renews in May")
