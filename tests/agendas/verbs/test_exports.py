import shutil
from collections.abc import Iterator
from datetime import UTC, date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert
from sqlmodel import Session, SQLModel, select

from agendas.errors import Refused
from agendas.facts.events import Profile
from agendas.verbs.account_list import nominate
from agendas.verbs.exports import CONTENTS, archive, contents, lines_of, take_in
from storage import backups, preparing
from storage.backups import ExportColumn
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.types import EnumText
from storage.models.workspaces import Workspace
from tests.agendas.text.test_csv_cells import FORMULAS, jsons
from tests.builders import WORKSPACE, author
from tests.cases import cases
from tests.program import learn_people, stored_program
from tests.restored_rows import lines_as_restored

Export = dict[str, list[list[str]]]


@pytest.fixture
def source(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    """Another database than the one that `store` is."""
    shutil.copy(migrated_sqlite, tmp_path / "source.db")
    store = Store(f"sqlite:///{tmp_path / 'source.db'}")
    yield store
    store.close()


def exported(store: Store) -> Export:
    with store.snapshot() as session:
        told = contents(session, WORKSPACE, is_whole=True)
        return {CONTENTS: told} | {name: list(lines_of(session, name, WORKSPACE)) for _, name, _ in told[1:]}


def taken_in(store: Store, export: Export) -> int:
    return store.write_now(take_in, lambda name: export[name], lambda _rows: None)


def once_taken_in(export: Export) -> Export:
    """The export as it is of the database that took it in."""
    return {name: lines_as_restored(name, lines) for name, lines in export.items()}


@pytest.mark.database("sqlite", "postgres")
def test_a_program_exported_taken_in_and_exported_again_is_the_same(source: Store, store: Store) -> None:
    stored_program(source)
    with source.writing() as session:
        letters = session.exec(select(Letter)).all()
        for letter, state in zip(letters, ("sent", "refused", "unsure"), strict=False):
            letter.state = state
    assert len(letters) > 3
    export = exported(source)
    assert taken_in(store, export) == sum(len(lines) - 1 for name, lines in export.items() if name != CONTENTS)
    assert exported(store) == once_taken_in(export)


def test_what_is_recorded_afterwards_is_numbered_on(source: Store, store: Store) -> None:
    stored_program(source)
    taken_in(store, exported(source))
    assert store.write_now(nominate, author(), Profile("Sample Newcomer"), because="Fits").event.id > 0


def test_what_waited_to_be_sent_is_looked_for_before_it_is_sent(source: Store, store: Store) -> None:
    stored_program(source)
    taken_in(store, exported(source))
    with store.reading() as session:
        waiting = [letter for letter in session.exec(select(Letter)) if letter.state == "waiting"]
    assert waiting
    assert all(letter.first_tried_at for letter in waiting)


def test_no_secret_is_exported(source: Store) -> None:
    stored_program(source)
    with source.writing() as session:
        workspace = session.get(Workspace, WORKSPACE)
        assert workspace is not None
        workspace.bot_token, workspace.signals_secret = "xoxb-sample", "secret-sample"
    assert "sample" not in "".join(cell for cell in exported(source)["workspace"][1] if "-" in cell)


def test_a_database_that_knows_a_workspace_is_left_alone(source: Store, store: Store) -> None:
    stored_program(source)
    learn_people(store)
    before = exported(store)
    with pytest.raises(Refused, match="knows a workspace already"):
        taken_in(store, exported(source))
    assert exported(store) == before


@cases(
    ("name", "change", "said"),
    [
        (CONTENTS, lambda lines: lines[1:], "is not the list of an export"),
        (CONTENTS, lambda lines: [*lines, ["9", "moon", "0"]], "a table moon, which this version of Cadence does not"),
        ("account", lambda lines: [[*lines[0], "x"], *lines[1:]], "a column x in account.csv, which this version of"),
        ("account", lambda lines: lines[:-1], "account.csv has 5 rows and should have 6"),
        ("account", lambda lines: [lines[0][1:], *lines[1:]], "has not the columns"),
        ("account", lambda lines: [lines[0], ["x", *lines[1][1:]], *lines[2:]], "Line 2 of account.csv cannot be read"),
        ("event", lambda lines: [lines[0], lines[1][:-1], *lines[2:]], "Line 2 of event.csv cannot be read"),
    ],
)
def test_an_export_that_was_changed_is_refused_whole(source: Store, store: Store, name: str, change: Any, said: str):
    stored_program(source)
    export = exported(source)
    with pytest.raises(Refused, match=said):
        taken_in(store, export | {name: change(export[name])})
    with store.reading() as session:
        assert not backups.knows_a_workspace(session)


def test_an_export_too_large_for_a_message_is_refused_with_another_way(source: Store) -> None:
    stored_program(source)
    with source.snapshot() as session:
        assert archive(session, WORKSPACE)[1] > 50
    with source.snapshot() as session, pytest.raises(Refused, match="with cadence export DIR"):
        archive(session, WORKSPACE, most_bytes=1_000)


words = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=12)
BY_KIND: dict[str, st.SearchStrategy[Any]] = {
    "text": words | st.sampled_from([text for text in FORMULAS if "\0" not in text]),
    "integer": st.integers(-(2**31), 2**31 - 1),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "yes_no": st.booleans(),
    "date": st.dates(date(1, 1, 2)),
    "time": st.just(time(9, 30)) | st.times(),
    "instant": st.datetimes(timezones=st.just(UTC)),
    "json": jsons.filter(lambda value: "\\u0000" not in repr(value) and "\0" not in repr(value)),
}


def value_of(column: ExportColumn, kind: Any) -> st.SearchStrategy[Any]:
    """Anything that the column takes; texts are cut to its length, which PostgreSQL insists on."""
    values = BY_KIND[column.kind]
    length = getattr(kind, "length", None)
    if length is not None:
        values = values.map(lambda text: text[:length])
    return values | st.none() if column.may_be_missing else values


def row(draw: st.DrawFn, table: str, columns: tuple[ExportColumn, ...]) -> dict[str, Any]:
    """A row with anything in it; it points to the one row that each other table has."""
    keys = SQLModel.metadata.tables[table]
    found: dict[str, Any] = {}
    for column in columns:
        if column.name == "id":
            found[column.name] = WORKSPACE if table == "workspace" else 1
        elif column.name == "workspace_id":
            found[column.name] = WORKSPACE
        elif keys.c[column.name].foreign_keys:
            found[column.name] = 1
        elif (table, column.name) == ("cadence", "kind"):
            found[column.name] = draw(st.sampled_from([preparing.EXECUTIVE, preparing.ACCOUNTS]))
        elif isinstance(kind := keys.c[column.name].type, EnumText):
            found[column.name] = draw(st.sampled_from([member.value for member in kind.kind]))
        else:
            found[column.name] = draw(value_of(column, keys.c[column.name].type))
    return found


@st.composite
def workspaces_of_anything(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    return {name: [row(draw, name, columns)] for name, columns in backups.tables().items()}


@pytest.mark.database("sqlite", "postgres")
@settings(
    max_examples=settings().max_examples // 25,  # each fills two databases
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(rows=workspaces_of_anything())
def test_whatever_stands_in_the_tables_survives_export_and_import(source, store, rows):
    for each in (source, store):
        emptied(each)
    with source.writing() as session:
        fill(session, rows)
    export = exported(source)
    taken_in(store, export)
    assert exported(store) == once_taken_in(export)


def emptied(store: Store) -> None:
    """The database of the example before without its rows."""
    with store.writing() as session:
        for table in reversed(SQLModel.metadata.sorted_tables):
            session.execute(delete(table))


def fill(session: Session, rows: dict[str, list[dict[str, Any]]]) -> None:
    for name, each in rows.items():
        session.execute(insert(SQLModel.metadata.tables[name]), each)
