"""Reads of every tick, and those that come with every record, use an index: they take no longer as years go by."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from storage import asked, inbox, nudging, preparing
from storage.database import Store
from storage.inbox import Weeks
from storage.models.delivery import Letter
from tests.builders import ANN, BOB, NOW, WORKSPACE
from tests.cases import cases

WEEKS = Weeks(NOW, NOW + timedelta(days=7), NOW + timedelta(days=14))


@contextmanager
def executed(session: Session) -> Iterator[list[tuple[str, Any]]]:
    found: list[tuple[str, Any]] = []

    def noted(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        found.append((statement, parameters))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", noted)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", noted)


@pytest.mark.database("sqlite")
@cases(
    ("index", "read"),
    [
        ("ix_asked_remind_at (remind_at<?)", lambda each: preparing.due_reminders(each, NOW, 10)),
        ("ix_asked_remind_at", preparing.next_at),
        (
            "ix_asked_person (workspace_id=? AND user_id=? AND planned_on>?)",
            lambda each: preparing.letter_keys_of(each, WORKSPACE, [ANN, BOB], NOW.date()),
        ),
        (
            "ix_letter_person (workspace_id=? AND user_id=? AND due_at>?)",
            lambda each: inbox.sent_to(each, WORKSPACE, [ANN], page="reminder", since=NOW),
        ),
        (
            "ix_letter_person (workspace_id=? AND user_id=? AND due_at>?)",
            lambda each: inbox.count_sent_since(
                each, Letter(id=1, workspace_id=WORKSPACE, user_id=ANN), NOW, pages=["a"]
            ),
        ),
        (
            "ix_letter_person (workspace_id=? AND user_id=? AND due_at>? AND due_at<?)",
            lambda each: inbox.count_unasked(each, WORKSPACE, [ANN, BOB], WEEKS, pages=["told"], digests=["digest"]),
        ),
        (
            "ix_signal_account (account_id=? AND happened_at>?)",
            lambda each: preparing.since_last_held(each, [1, 2], NOW, excluded=["import"]),
        ),
        ("ix_follow_up_next_at (next_at<?)", lambda each: nudging.due_follow_ups(each, NOW, 10)),
        ("SEARCH contact USING INDEX", lambda each: asked.contact_names(each, WORKSPACE)),
        ("ix_person_morning_at (morning_at<?)", lambda each: nudging.due_mornings(each, NOW, 10)),
    ],
)
def test_what_is_often_looked_for_is_found_by_an_index(store: Store, index: str, read: Callable[[Session], object]):
    with store.reading() as session:
        with executed(session) as found:
            read(session)
        [(statement, parameters)] = [each for each in found if "BEGIN" not in each[0]]
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    said = "\n".join(str(row[3]) for row in plan)
    assert index in said, said
