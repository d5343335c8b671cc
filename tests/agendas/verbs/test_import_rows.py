from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from agendas.author import Author
from agendas.changes import Edited, Moved, Profile
from agendas.errors import Outdated, Refused
from agendas.facts import AccountState, ListStatus, Source, Stage
from agendas.rows import account_state, event_facts
from agendas.rules.fold import fold, trim
from agendas.rules.import_columns import ImportedAccount
from agendas.rules.import_file import read_accounts
from agendas.rules.import_plan import IMPORT_UNDONE, ImportPlan
from agendas.verbs import name_accounts, take_updates
from agendas.verbs.import_rows import apply_import, plan_import
from agendas.verbs.record import account_keys
from agendas.verbs.undo_import import UndoneImport, undo_import
from storage import accounts, events, imports, people
from storage.engine import Store
from storage.people import SlackUser
from storage.tables import Account, AccountKey, Event, ImportRun, Letter
from tests.builders import ANN, BOB, EVE, NOW, WORKSPACE, Program, author, learn_people, stored_program

SAMPLES = Path(__file__).parents[2] / "data"
HOUR = timedelta(hours=1)


def importer(hours: int = 0) -> Author:
    return Author(WORKSPACE, "command line", Source.IMPORT, NOW + hours * HOUR)


def rows_of(sample: str) -> Sequence[Any]:
    return read_accounts((SAMPLES / sample).read_bytes()).rows


def does_import(store: Store, rows: Sequence[Any], hours: int = 0) -> tuple[ImportPlan, int]:
    """The plan and the run's number, 0 when nothing was to be done."""

    def both(session: Session) -> tuple[ImportPlan, int]:
        plan = plan_import(session, WORKSPACE, rows)
        if plan.changes_nothing:
            return plan, 0
        return plan, apply_import(session, plan, importer(hours), file_name="sample.csv").row_id

    return store.write_now(both)


def undoes(store: Store, run_id: int, hours: int = 1) -> UndoneImport:
    return store.write_now(undo_import, run_id, importer(hours))


def by_name(store: Store) -> dict[str, AccountState]:
    """Every account's state as stored, after checking that it is the fold of its events and answers to its words."""
    found: dict[str, AccountState] = {}
    with store.reading() as session:
        for row in session.exec(select(Account)):
            ids = (row.row_id,)
            state = account_state(row, accounts.blockers(session, ids), accounts.actions(session, ids))
            history = fold(event_facts(event) for event in events.of_account(session, row.row_id))
            assert history is not None
            assert state == trim(history, NOW + 999 * HOUR)
            keys = session.exec(select(AccountKey).where(AccountKey.account_id == row.row_id))
            assert {key.key: key.kind for key in keys} == account_keys(state.profile)
            found[state.name] = state
    return found


@pytest.fixture
def team(store: Store) -> Store:
    """The sample workspace with its people, without accounts."""
    learn_people(store)
    return store


@pytest.fixture
def program(store: Store) -> Program:
    return stored_program(store)


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


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.glob("*.csv")))
def test_importing_the_same_file_again_changes_nothing(team: Store, sample: str) -> None:
    does_import(team, rows_of(sample))
    before = by_name(team)
    plan, run_id = does_import(team, rows_of(sample), hours=1)
    assert run_id == 0
    assert plan.counts["create"] == plan.counts["update"] == 0
    assert by_name(team) == before


def test_the_minimal_view_and_the_full_export_are_the_same_accounts(team: Store) -> None:
    does_import(team, rows_of("hubspot_default_view.csv"))
    plan, _ = does_import(team, rows_of("hubspot_names.csv"), hours=1)
    assert [(row.verdict.value, row.name) for row in plan.rows] == [
        ("update", "Sample Acme"),
        ("update", "Sample Globex"),
        ("skip", ""),
        ("update", "Sample Umbrella"),
    ]
    assert by_name(team)["Sample Acme"].profile.domain == "acme.example"


def test_an_owner_is_found_among_members_but_not_among_guests_or_those_who_left(team: Store) -> None:
    users = [
        SlackUser("U0GUEST01", WORKSPACE, "Gil Guest", is_guest=True),
        SlackUser("U0OUTSIDE", "T0OTHER", "Olaf Outside", is_external=True),
        SlackUser("U0LEFT001", WORKSPACE, "Lea Left", is_deleted=True),
        SlackUser("U0BOT0001", WORKSPACE, "Bot", is_bot=True),
        SlackUser(BOB, WORKSPACE, "Bob", "Bob@cadence.example"),
    ]
    team.write_now(people.learn, WORKSPACE, users, NOW)
    names = ["Ann", "Gil Guest", "Olaf Outside", "Lea Left", "Bot"]
    rows = [ImportedAccount(line, f"A{line}", owner_name=name) for line, name in enumerate(names, 2)]
    does_import(team, [*rows, ImportedAccount(9, "A9", owner_email="bob@cadence.example")])
    found = by_name(team)
    assert [(found[f"A{line}"].profile.owner, found[f"A{line}"].profile.owner_name) for line in (2, 3, 4, 5, 6, 9)] == [
        (ANN, ""),
        *((None, name) for name in names[1:]),
        (BOB, ""),
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


def test_a_failure_in_the_middle_leaves_nothing(team: Store) -> None:
    def fails(session: Session) -> None:
        plan = plan_import(session, WORKSPACE, rows_of("hubspot_labels.csv"))

        def stop(_count: int) -> None:
            raise OSError("the plug was pulled")

        apply_import(session, plan, importer(), file_name="x.csv", progress=stop)

    with pytest.raises(OSError, match="plug"):
        team.write_now(fails)
    with team.reading() as session:
        assert [session.exec(select(table)).first() for table in (Account, Event, AccountKey, ImportRun)] == [None] * 4


def test_a_plan_that_changes_nothing_is_not_applied(team: Store) -> None:
    with pytest.raises(Refused, match="Nothing to import"):
        team.write_now(apply_import, ImportPlan(()), importer(), file_name="x.csv")


def test_another_workspaces_accounts_are_not_matched(team: Store) -> None:
    does_import(team, rows_of("hubspot_labels.csv"))
    plan = team.read_now(plan_import, "T0OTHER", rows_of("hubspot_labels.csv"))
    assert plan.counts["create"] == 4


def test_more_accounts_than_one_statement_names_are_imported_updated_and_undone(team: Store) -> None:
    count = imports.CHUNK_ROWS + 1
    rows = [ImportedAccount(line, f"Sample {line}", f"s{line}.example") for line in range(2, count + 2)]
    done: list[int] = []

    def both(session: Session) -> int:
        plan = plan_import(session, WORKSPACE, rows)
        return apply_import(session, plan, importer(), file_name="x.csv", progress=done.append).row_id

    first = team.write_now(both)
    assert done == [imports.CHUNK_ROWS, 1]
    renamed = [ImportedAccount(row.line, f"New {row.line}", row.domain) for row in rows]
    _, second = does_import(team, renamed, hours=1)
    assert len(by_name(team)) == count
    assert undoes(team, second, 2).taken_back == count
    assert undoes(team, first, 3).removed == count
    assert set(by_name(team)) == {row.name for row in rows}


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
    assert undone.run.undone_at == NOW + HOUR
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
    team.write_now(name_accounts.put_on_list, author(EVE, NOW + HOUR / 2), globex, tier=1, because="Agreed")
    undone = undoes(team, run_id)
    assert (undone.removed, undone.kept) == (3, ("Sample Globex",))
    assert by_name(team)["Sample Globex"].list_status is ListStatus.NAMED


def test_an_update_that_was_edited_since_stays_as_edited(program: Program) -> None:
    _, run_id = does_import(program.store, [ImportedAccount(2, "Acme Corp", segment="Machinery")])
    acme = by_name(program.store)["Acme Corp"]
    edited = Profile("Acme Corp", acme.profile.domain, segment="Robots")
    program.did(name_accounts.edit, EVE, NOW + HOUR / 2, acme.account_id, edited)
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
    program.did(take_updates.open_blocker, ANN, NOW + HOUR / 2, pinewood, text="No budget")
    assert undoes(program.store, run_id).taken_back == 1
    after = by_name(program.store)["Pinewood"]
    assert [blocker.text for blocker in after.open_blockers] == ["No budget"]
    assert after.profile.segment == ""


def test_moved_and_edited_are_the_changes_an_import_records(team: Store) -> None:
    _, run_id = does_import(team, [ImportedAccount(2, "Sample Hooli", stage=Stage.MQA, stage_said="Lead")])
    found = [event_facts(event).change for event in team.read_now(events.of_import, run_id)]
    assert found[1] == Moved("Imported as Lead", "mqa", since_known=False)
    _, run_id = does_import(team, [ImportedAccount(2, "Sample Hooli", segment="Search")], hours=1)
    found = [event_facts(event).change for event in team.read_now(events.of_import, run_id)]
    assert found == [Edited(Profile("Sample Hooli", segment="Search"))]
