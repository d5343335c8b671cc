from collections.abc import Sequence

import pytest

from agendas.text.names import AccountKey
from assistant.answer import StoredNames
from assistant.reading.read_pieces import read_names
from assistant.reading.tokens import read_tokens
from storage.database import Store, hiding
from tests.assistant.stored_world import WORKSPACE, stored_world
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.statements import statements

ORRIN = ACCOUNTS["orrin"].account_id


class WithoutEveryKey(StoredNames):
    """Names that refuse to be read as a whole."""

    def all_keys(self) -> Sequence[AccountKey]:
        """Refuse."""
        raise AssertionError("every key was read")


@pytest.fixture
def world(store: Store) -> Store:
    return stored_world(store)


def test_names_are_those_of_the_workspace_that_a_session_may_read(world: Store) -> None:
    with world.reading() as session:
        stored, told = StoredNames(session, WORKSPACE), WorldNames("priya")
        assert set(stored.all_keys()) == set(told.all_keys())
        assert set(stored.keys_beginning("maple")) == set(told.keys_beginning("maple"))
        assert {each.name for each in stored.members()} == {each.name for each in PEOPLE.values()}
        assert set(stored.segments()) <= set(told.segments())
        assert StoredNames(session, "T0OTHER01").all_keys() == []
        with hiding(session, {ORRIN}):
            hidden = StoredNames(session, WORKSPACE)
            assert hidden.keys_beginning("orrin") == []
            assert ORRIN not in {each.account_id for each in hidden.all_keys()}


def test_a_question_with_a_name_reads_only_keys_that_begin_with_its_words(world: Store) -> None:
    with world.reading() as session, statements(session) as sent:
        names = WithoutEveryKey(session, WORKSPACE)
        found = read_names(read_tokens("when was the last touch at maples"), names, TODAY)
        assert [each.account_id for each in found.accounts] == [ACCOUNTS["maple"].account_id]
        assert len(sent) <= 6
