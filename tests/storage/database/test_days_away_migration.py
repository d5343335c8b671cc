"""The upgrade by which days away are kept in a table of their own."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import MetaData, inspect
from sqlalchemy import Table as SqlTable

from storage.database.engine import Store
from storage.database.migrate import revisions, upgrade, upgrade_to
from storage.preparing import days_away
from tests.storage.database.test_first_words_migration import add

pytestmark = pytest.mark.database("sqlite", "postgres")

FIRST, LAST = date(2026, 11, 25), date(2026, 11, 30)


@pytest.fixture
def before(empty_database_url: str) -> Iterator[Store]:
    """A database of the revision before."""
    store = Store(empty_database_url)
    upgrade_to(store, revisions()[revisions().index("0059") - 1])
    yield store
    store.close()


def test_days_away_of_people_move_with_their_workspace_and_other_people_have_none(before: Store) -> None:
    for workspace_id, user_id, away in (
        ("T1", "ann", {"away_from": FIRST, "away_to": LAST}),
        ("T1", "bob", {"away_from": None, "away_to": None}),
        ("T2", "ann", {"away_from": LAST, "away_to": LAST}),
        ("T2", "eve", {"away_from": FIRST, "away_to": None}),
    ):
        add(before, "person", workspace_id=workspace_id, user_id=user_id, **away)
    upgrade(before)
    found = [
        row
        for workspace_id in ("T1", "T2")
        for row in before.read_now(days_away.between, workspace_id, date.min, date.max)
    ]
    assert [(row.workspace_id, row.user_id, row.from_on, row.until_on, row.stand_in) for row in found] == [
        ("T1", "ann", FIRST, LAST, ""),
        ("T2", "ann", LAST, LAST, ""),
    ]
    columns = {each["name"] for each in inspect(before.engine).get_columns("person")}
    assert not {"away_from", "away_to"} & columns
    kept = SqlTable("person", MetaData(), autoload_with=before.engine)
    with before.engine.connect() as connection:
        assert len(connection.execute(kept.select()).all()) == 4
