"""The notice after an update that needs the app to be installed again: once per version and workspace."""

import pytest
from sqlmodel import Session, col, select

from agendas.rules.access import CHANGES, PERMISSIONS, VERSION, off_until_installed
from agendas.verbs import people
from agendas.verbs.letters import PAGE, notify_app_changes
from storage import people as stored_people
from storage import workspaces
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.workspaces import Workspace
from storage.people import SlackUser
from tests.builders import ANN, BOB, NOW

EVERYTHING = ",".join(PERMISSIONS)
HERE, THERE = "T0HERE001", "T0THERE01"


@pytest.fixture
def known(store: Store) -> Store:
    """Two workspaces from before versions were counted, and a new one, each with two admins."""
    with store.writing() as session:
        for workspace_id, told in ((HERE, 1), (THERE, 1), ("T0NEW0001", 0)):
            session.add(Workspace(id=workspace_id, installed_at=NOW, scopes=EVERYTHING, manifest_told=told))
            session.flush()
            users = [SlackUser(user_id, workspace_id, "Sample") for user_id in (ANN, BOB)]
            stored_people.save_users(session, workspace_id, users, NOW)
            people.first_admins(session, workspace_id, [ANN, BOB], now=NOW)
    return store


def notices(store: Store) -> list[tuple[str, str]]:
    def read(session: Session) -> list[tuple[str, str]]:
        rows = session.exec(select(Letter).where(Letter.page == PAGE).order_by(col(Letter.id)))
        return [(row.workspace_id, row.user_id) for row in rows]

    return store.read_now(read)


def told(store: Store, workspace_id: str) -> int:
    workspace = store.read_now(workspaces.get, workspace_id)
    assert workspace is not None
    return workspace.manifest_told


def test_each_admin_of_each_workspace_is_told_once_however_often_the_bot_starts(known: Store) -> None:
    for _ in range(2):
        for workspace_id in (HERE, THERE, "T0NEW0001", "T0NOBODY1"):
            known.write_now(notify_app_changes, workspace_id, NOW)
    assert notices(known) == [(HERE, ANN), (HERE, BOB), (THERE, ANN), (THERE, BOB)]
    assert [told(known, each) for each in (HERE, THERE, "T0NEW0001")] == [VERSION] * 3


def test_what_has_only_permissions_that_were_granted_is_not_off() -> None:
    assert off_until_installed(VERSION, granted="") == ()
    assert off_until_installed(1, granted=EVERYTHING) == tuple(
        change for changes in CHANGES.values() for change in changes if change.events
    )
