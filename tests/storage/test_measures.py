from datetime import date, timedelta

import pytest

from storage import measures
from storage.database import Store
from tests.builders import ANN, BOB, NOW, WORKSPACE

pytestmark = pytest.mark.database("sqlite", "postgres")

MONTH = date(2026, 11, 1)


def test_a_sign_is_kept_once_a_day_and_found_by_its_instant(store: Store) -> None:
    def gives(who: str, days: int, kind: str = "page_opened", workspace_id: str = WORKSPACE) -> object:
        at = NOW + timedelta(days=days)
        return store.write_now(measures.add_mark, workspace_id, who, kind=kind, month=MONTH, at=at)

    given = [gives(ANN, 0), gives(ANN, 0), gives(ANN, 0, "ask_taken"), gives(BOB, 0), gives(ANN, 1)]
    assert given == [True, False, True, True, True]
    gives(ANN, 0, workspace_id="T0OTHER01")
    found = store.read_now(measures.marks_between, WORKSPACE, NOW - timedelta(days=1), NOW)
    assert [(row.user_id, row.kind, row.month) for row in found] == [
        (ANN, "page_opened", MONTH),
        (ANN, "ask_taken", MONTH),
        (BOB, "page_opened", MONTH),
    ]
    # what was given at the beginning of the span is not in it, what was at its end is
    assert [row.at for row in store.read_now(measures.marks_between, WORKSPACE, NOW, NOW + timedelta(days=1))] == [
        NOW + timedelta(days=1)
    ]
