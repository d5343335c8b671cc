"""Advice on errors that are no problem of the database never contains stored values."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from storage.database import Store, advice_for_anybody
from tests.cases import cases

SECRET = "Initrode pays 40,000"
TIMELESS = "insert into received (workspace_id, key) values ('T1', :key)"
TIMED = "insert into received (workspace_id, key, at) values ('T1', :key, '2026-11-24 12:00:00')"


def told_of(store: Store, *statements: str) -> str:
    """The advice when the last of the statements, each about a secret, is refused."""

    def run(session: Session) -> None:
        for statement in statements:
            session.execute(text(statement), {"key": SECRET})

    with pytest.raises(DBAPIError) as raised:
        store.write_now(run)
    return advice_for_anybody(raised.value)


@cases("statements", [(TIMED, TIMED), (TIMELESS,)], ids=["twice", "without a time"])
def test_of_a_row_that_is_not_taken_the_rule_is_told_and_nothing_that_stands_in_it(
    store: Store, statements: tuple[str, ...]
) -> None:
    told = told_of(store, *statements)
    assert told.startswith("The database did not take it: ")
    assert "received" in told
    assert told.endswith(". Nothing was changed; report this message.")
    assert SECRET not in told


@pytest.mark.database("postgres")
def test_of_a_value_that_is_not_taken_the_kind_of_error_is_told(store: Store) -> None:
    assert told_of(store, "select cast(:key as integer)") == (
        "The database did not take it: PostgreSQL did not take a value (InvalidTextRepresentation). "
        "Nothing was changed; report this message."
    )
