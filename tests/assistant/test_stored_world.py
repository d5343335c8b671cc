"""The stored world is as the labelled questions take it to be."""

from sqlmodel import select

from agendas.facts.account import ListStatus
from storage.database import Store
from storage.models.accounts import Account
from tests.assistant.world import ACCOUNTS, PEOPLE


def test_every_account_of_the_world_is_stored_as_it_is_told(world: Store) -> None:
    with world.reading() as session:
        stored = {row.row_id: row for row in session.exec(select(Account))}
    for row in ACCOUNTS.values():
        has = stored[row.account_id]
        tier = row.tier if row.status is not ListStatus.REMOVED else None
        assert (has.name, has.tier, has.stage, has.list_status) == (row.name, tier, row.stage.value, row.status.value)
        assert has.owner == (PEOPLE[row.owner].user_id if row.owner else None)
        assert bool(has.private_channel) == row.is_private
    assert len(stored) == len(ACCOUNTS)
