from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel

from storage import diagnostics, people, workspaces
from storage.database import Store
from storage.diagnostics import Installations
from storage.people import SlackUser
from storage.workspaces import Installation, forget_workspace
from tests.builders import WORKSPACE
from tests.program import stored_program

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
    store.write_now(workspaces.deactivate, "T1", gone_at=NOON)
    save(store, Installation("T1", "Renamed", "", "U1", "B2"), days=9)
    [found] = store.read_now(workspaces.active)
    assert (found.name, found.bot_id, found.time_zone) == ("Renamed", "B2", "Europe/Lisbon")
    assert (found.installed_at, found.installed_by) == (NOON, "U7")


def test_a_workspace_that_removed_the_bot_is_kept_and_not_active(store: Store) -> None:
    save(store, SAMPLE)
    store.write_now(workspaces.deactivate, "T1", gone_at=NOON)
    store.write_now(workspaces.deactivate, "T-unknown", gone_at=NOON)
    assert store.read_now(workspaces.active) == []
    assert [each.id for each in store.read_now(workspaces.get_all)] == ["T1"]


def test_news_that_the_bot_is_gone_does_not_count_once_it_was_installed_again(store: Store) -> None:
    save(store, SAMPLE)
    save(store, SAMPLE, days=2)
    assert not store.write_now(workspaces.deactivate, "T1", gone_at=NOON + timedelta(days=1))
    assert [each.id for each in store.read_now(workspaces.active)] == ["T1"]
    assert store.write_now(workspaces.deactivate, "T1", gone_at=NOON + timedelta(days=2))
    assert store.read_now(workspaces.active) == []


def test_the_secret_of_an_installation_counts_once_and_for_ten_minutes(store: Store) -> None:
    store.write_now(workspaces.begin_attempt, "secret", NOON)
    assert not store.write_now(workspaces.end_attempt, "guessed", NOON)
    assert store.write_now(workspaces.end_attempt, "secret", NOON + timedelta(minutes=9))
    assert not store.write_now(workspaces.end_attempt, "secret", NOON + timedelta(minutes=9))
    store.write_now(workspaces.begin_attempt, "slow", NOON)
    assert not store.write_now(workspaces.end_attempt, "slow", NOON + timedelta(minutes=10))


def test_installations_that_were_never_finished_are_forgotten_when_the_next_begins(store: Store) -> None:
    store.write_now(workspaces.begin_attempt, "first", NOON)
    store.write_now(workspaces.begin_attempt, "second", NOON + timedelta(minutes=5))
    store.write_now(workspaces.begin_attempt, "third", NOON + timedelta(minutes=11))
    with store.reading() as session:
        left = session.execute(text("select state from install_attempt order by state")).scalars().all()
    assert left == ["second", "third"]


def test_forgetting_leaves_no_row_of_the_workspace_in_any_table(store: Store) -> None:
    stored_program(store)
    store.write_now(people.save_users, "T9", [SlackUser("U9", "T9", "Somebody")], NOON)
    assert store.write_now(forget_workspace, WORKSPACE) > 0
    with store.reading() as session:
        left = {
            table.name: session.execute(text(f"select count(*) from {table.name}")).scalar_one()
            for table in SQLModel.metadata.sorted_tables
        }
    assert {name: count for name, count in left.items() if count} == {"person": 1}


@pytest.mark.parametrize(("own_id", "stopped"), [("", ["T-refused-1", "T-refused-2"]), ("T-own", ["T-own"])])
def test_work_stopped_where_a_token_is_tried_again_and_elsewhere_the_bot_was_removed(store: Store, own_id, stopped):
    for workspace_id, token in (("T-own", ""), ("T-removed", ""), ("T-refused-1", "old"), ("T-refused-2", "old")):
        save(store, replace(SAMPLE, workspace_id=workspace_id, bot_token=token))
        store.write_now(workspaces.deactivate, workspace_id, gone_at=NOON)
    save(store, SAMPLE)
    found = store.read_now(workspaces.get_all)
    still_there = [each.id for each in found if not workspaces.is_removed(each, own_id=own_id)]
    assert sorted(still_there) == sorted(["T1", *stopped])
    assert store.read_now(diagnostics.installations, own_id=own_id) == Installations(1, len(stopped))
