"""Installed workspaces, and forgetting one."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlmodel import SQLModel

from storage import people, workspaces
from storage.engine import Store
from storage.forgetting import forget_workspace
from storage.people import SlackUser
from storage.workspaces import Installation
from tests.builders import WORKSPACE, stored_program

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAMPLE = Installation("T1", "Sample", "https://sample.example/", "U1", "B1", scopes="commands", installed_by="U7")


def save(store: Store, installation: Installation, *, days: int = 0) -> None:
    now = NOON + timedelta(days=days)
    store.write_now(workspaces.save_installation, installation, time_zone="Europe/Berlin", now=now)


def test_installing_again_keeps_the_zone_and_the_first_day(store: Store) -> None:
    save(store, SAMPLE)
    with store.writing() as session:
        workspace = workspaces.get(session, "T1")
        assert workspace is not None
        workspace.time_zone = "Europe/Lisbon"
    store.write_now(workspaces.deactivate, "T1")
    save(store, Installation("T1", "Renamed", "", "U1", "B2"), days=9)
    [found] = store.read_now(workspaces.active)
    assert (found.name, found.bot_id, found.time_zone) == ("Renamed", "B2", "Europe/Lisbon")
    assert (found.installed_at, found.installed_by) == (NOON, "U7")


def test_a_workspace_that_removed_the_bot_is_kept_and_not_active(store: Store) -> None:
    save(store, SAMPLE)
    store.write_now(workspaces.deactivate, "T1")
    store.write_now(workspaces.deactivate, "T-unknown")
    assert store.read_now(workspaces.active) == []
    assert [each.id for each in store.read_now(workspaces.everything)] == ["T1"]


def test_forgetting_leaves_no_row_of_the_workspace_in_any_table(store: Store) -> None:
    stored_program(store)
    store.write_now(people.learn, "T9", [SlackUser("U9", "T9", "Somebody")], NOON)
    assert store.write_now(forget_workspace, WORKSPACE) > 0
    with store.reading() as session:
        left = {
            table.name: session.execute(text(f"select count(*) from {table.name}")).scalar_one()
            for table in SQLModel.metadata.sorted_tables
        }
    assert {name: count for name, count in left.items() if count} == {"person": 1}
