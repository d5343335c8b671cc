from datetime import timedelta

import pytest
from sqlmodel import Session

from storage import mails, workspaces
from storage.database import Store
from storage.models.delivery import Mail, MailAddress, MailState
from storage.models.workspaces import Workspace
from tests.builders import ANN, NOW, WORKSPACE

pytestmark = pytest.mark.database("sqlite", "postgres")

LEASE = timedelta(minutes=10)
ADDRESS = "dana@acme.example"


def mail(key: str, **more: object) -> Mail:
    given = {"workspace_id": WORKSPACE, "address": ADDRESS, "kind": "executive", "created_at": NOW, "due_at": NOW}
    return Mail(key=key, changed_at=NOW, **(given | more))


def address(**more: object) -> MailAddress:
    given = {"address": ADDRESS, "added_by": ANN, "added_at": NOW, "code_until": NOW}
    return MailAddress(workspace_id=WORKSPACE, **(given | more))


def test_a_mail_is_queued_once_for_its_key_and_taken_by_one_process(store: Store) -> None:
    assert [store.write_now(mails.queue, mail(key)) for key in ("a", "a", "b")] == [True, False, True]
    store.write_now(mails.queue, mail("later", due_at=NOW + timedelta(hours=1)))
    assert [store.write_now(_claimed) for _ in range(3)] == ["a", "b", None]
    assert not store.read_now(mails.is_any_due, NOW)
    assert store.read_now(mails.is_any_due, NOW + timedelta(hours=1))


@pytest.mark.database("postgres")
def test_two_processes_take_different_mails(store: Store) -> None:
    for key in ("a", "b"):
        store.write_now(mails.queue, mail(key))
    with store.writing() as one, store.writing() as other:
        assert (_claimed(one), _claimed(other)) == ("a", "b")


def test_a_mail_being_sent_is_in_doubt_once_its_lease_is_over(store: Store) -> None:
    store.write_now(mails.queue, mail("a"))
    store.write_now(_claimed)
    later = NOW + LEASE + timedelta(minutes=1)
    assert store.write_now(mails.mark_maybe_sent, NOW + timedelta(minutes=1), "stopped") == 0
    assert store.read_now(mails.is_any_due, later)
    assert store.write_now(mails.mark_maybe_sent, later, "stopped") == 1
    [row] = store.read_now(mails.in_trouble, WORKSPACE, since=NOW)
    assert (row.state, row.last_error, row.changed_at) == (MailState.IN_DOUBT, "stopped", later)
    assert store.read_now(mails.in_trouble, "T0OTHER01", since=NOW) == []


def test_only_confirmed_addresses_are_due_and_a_removed_one_takes_what_waits_with_it(store: Store) -> None:
    for each in (
        address(next_at=NOW),
        address(address="coo@acme.example", next_at=NOW, confirmed_at=NOW),
        address(address="cfo@acme.example", next_at=NOW + timedelta(days=1), confirmed_at=NOW),
    ):
        store.write_now(mails.save, each)
    due = store.write_now(lambda session: [row.address for row in mails.due_addresses(session, NOW, 9)])
    assert due == ["coo@acme.example"]
    for key, where in (("a", ADDRESS), ("b", "coo@acme.example")):
        store.write_now(mails.queue, mail(key, address=where))

    def remove(session: Session) -> None:
        row = mails.find_address(session, WORKSPACE, ADDRESS)
        assert row is not None
        mails.remove_address(session, row)

    store.write_now(remove)
    assert [store.write_now(_claimed) for _ in range(2)] == ["b", None]
    assert store.read_now(mails.addresses, WORKSPACE)[0].address == "coo@acme.example"


def _claimed(session: Session) -> str | None:
    row = mails.claim(session, now=NOW, lease=LEASE)
    return row.key if row is not None else None


def test_a_workspace_that_removed_the_app_is_sent_nothing_until_it_installs_it_again(store: Store) -> None:
    store.write_now(mails.save, address(confirmed_at=NOW, next_at=NOW))
    store.write_now(mails.queue, mail("a"))
    store.write_now(lambda session: session.add(Workspace(id=WORKSPACE, installed_at=NOW, is_active=False)))
    assert not store.read_now(mails.is_any_due, NOW)
    assert store.write_now(mails.due_addresses, NOW, 10) == []
    assert store.write_now(_claimed) is None
    store.write_now(workspaces.reactivate, WORKSPACE, now=NOW)
    assert len(store.write_now(mails.due_addresses, NOW, 10)) == 1
    assert store.write_now(_claimed) == "a"
