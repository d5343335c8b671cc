"""Whole tables of a workspace, row by row, out of a database and into an empty one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Float,
    Integer,
    Table,
    Time,
    func,
    insert,
    or_,
    select,
    text,
)
from sqlmodel import Session, SQLModel
from sqlmodel import select as select_objects

from storage.backups import telling
from storage.database.hidden_rows import hidden_in, showing_all
from storage.tables import Account, Workspace
from storage.tables.types import UTCDateTime

LEFT_OUT = frozenset(
    {"install_attempt", "pace", "member_list", "channel_member", "pending_question", "program_figures"}
)
"""Tables about the running program, what it asks Slack or works out anew anyway, and questions not answered yet.

The program's figures count every account: whoever may not see one would learn of it from them.
"""

SECRETS = frozenset({"bot_token", "signals_secret", "code"})
"""Columns that stay in the database."""

ROWS_AT_A_TIME = 1_000

_KINDS: tuple[tuple[type[Any], str], ...] = (
    (UTCDateTime, "instant"),
    (Date, "date"),
    (Time, "time"),
    (Boolean, "yes_no"),
    (Integer, "integer"),
    (Float, "number"),
    (JSON, "json"),
)


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column: `kind` is text, integer, number, yes_no, date, time, instant or json."""

    name: str
    kind: str
    may_be_missing: bool


def tables() -> dict[str, tuple[ExportColumn, ...]]:
    """The columns of every table of a workspace by its name, each table after those that its rows point to."""
    return {table.name: tuple(map(_column, _columns(table))) for table in _tables()}


def count(session: Session, name: str, workspace_id: str) -> int:
    """The number of rows of the workspace in the table."""
    table = _named(name)
    if name in telling.TABLES and hidden_in(session):
        return sum(1 for _ in rows(session, name, workspace_id))
    query = select(func.count()).select_from(table).where(_owner(table) == workspace_id, *_shown(session, table))
    with showing_all(session):
        return int(session.execute(query).scalar_one())


def rows(session: Session, name: str, workspace_id: str) -> Iterator[Sequence[Any]]:
    """The workspace's rows, in the order of their ids, read a part at a time."""
    table = _named(name)
    key = next(iter(table.primary_key.columns))
    query = select(*_columns(table)).where(_owner(table) == workspace_id, *_shown(session, table)).order_by(key)
    left_out, names = telling.telling(session) if name in telling.TABLES else None, [c.name for c in _columns(table)]
    with showing_all(session):
        found = session.execute(query, execution_options={"yield_per": ROWS_AT_A_TIME})
    yield from (row for row in found if left_out is None or not left_out.tells(dict(zip(names, row, strict=True))))


def add(session: Session, name: str, new: Iterable[Mapping[str, Any]]) -> int:
    """The number of rows that were put into the table, as they are given, with their ids."""
    table, total = _named(name), 0
    part: list[Mapping[str, Any]] = []
    for row in new:
        part.append(row)
        if len(part) == ROWS_AT_A_TIME:
            total += _add(session, table, part)
            part = []
    return total + _add(session, table, part)


def knows_a_workspace(session: Session) -> bool:
    """Return whether there is a workspace in the database already."""
    return session.exec(select_objects(Workspace.id).limit(1)).first() is not None


def count_on(session: Session) -> None:
    """Continue the id sequences after the rows that were added."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in _tables():
        if "id" in table.columns and table.columns["id"].autoincrement is not False:
            _count_on(session, table.name)


def _tables() -> list[Table]:
    return [table for table in SQLModel.metadata.sorted_tables if table.name not in LEFT_OUT]


def _named(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def _columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.name not in SECRETS]


def _column(column: Column[Any]) -> ExportColumn:
    kinds = (kind for known, kind in _KINDS if isinstance(column.type, known))
    return ExportColumn(column.name, next(kinds, "text"), bool(column.nullable))


def _shown(session: Session, table: Table) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that leave out what the session hides."""
    hidden = hidden_in(session)
    if not hidden:
        return
    if table.name == Account.__tablename__:
        yield table.c.id.not_in(hidden)
    elif "account_id" in table.c:
        yield or_(table.c.account_id.is_(None), table.c.account_id.not_in(hidden))


def _add(session: Session, table: Table, part: Sequence[Mapping[str, Any]]) -> int:
    if part:
        session.execute(insert(table), list(part))
    return len(part)


def _count_on(session: Session, name: str) -> None:
    sequence = session.execute(text(f"select pg_get_serial_sequence('{name}', 'id')")).scalar()
    if sequence:
        highest = f"(select coalesce(max(id), 0) + 1 from {name})"  # noqa: S608 - names of our own tables
        session.execute(text(f"select setval('{sequence}', {highest}, false)"))


def _owner(table: Table) -> Column[Any]:
    return table.c.id if table.name == Workspace.__tablename__ else table.c.workspace_id
