"""Whole tables of a workspace, row by row, out of a database and into an empty one."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    Select,
    String,
    Table,
    Time,
    case,
    cast,
    func,
    insert,
    literal,
    or_,
    select,
    text,
)
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_objects

from storage.database.hidden_rows import hidden_in, showing_all
from storage.tables import Account, AuditEntry, Cadence, Event, ImportRun, Review, ReviewItem, Workspace
from storage.tables.types import UTCDateTime

LEFT_OUT = frozenset(
    {"install_attempt", "pace", "member_list", "channel_member", "pending_question", "program_figures"}
)
"""Tables about the running program, what it asks Slack or works out anew anyway, and questions not answered yet.

The program's figures count every account: whoever may not see one would learn of it from them.
"""

MEMORY = frozenset({"answer_under_way", "conversation", "draft", "file_import", "letter"})
"""Tables of what people asked, wrote and were told, each of them alone: only a whole export has them.

What is in them may be of an account that a reader of the export may not see, without naming it.
"""

SECRETS = frozenset({"bot_token", "signals_secret", "code"})
"""Columns that stay in the database."""

GONE: Mapping[str, frozenset[str]] = {
    "account": frozenset({"older_evidence_read", "stays_counted"}),
    "evidence_question": frozenset(),
    "follow_up": frozenset({"followed_since"}),
}
"""Columns by table that exports of earlier versions have and no table has any more; none for a whole table.

What is in them is not taken over. An export with any other column that is not known here is refused.
"""

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
    """A column: `kind` is text, integer, number, yes_no, date, time, instant or json.

    One that `has_default` may be missing in an export of an earlier version.
    """

    name: str
    kind: str
    may_be_missing: bool
    has_default: bool


def tables(*, is_whole: bool = True) -> dict[str, tuple[ExportColumn, ...]]:
    """The columns of every table of an export by its name, each table after those that its rows point to."""
    left_out = frozenset() if is_whole else MEMORY
    return {table.name: columns_of(table.name) for table in _tables() if table.name not in left_out}


def columns_of(name: str) -> tuple[ExportColumn, ...]:
    """The columns of the table."""
    return tuple(map(_column, _columns(_named(name))))


def count(session: Session, name: str, workspace_id: str) -> int:
    """The number of rows of the workspace in the table."""
    table = _named(name)
    query = select(func.count()).select_from(table).where(_owner(table) == workspace_id, *_shown(session, table))
    with showing_all(session):
        return int(session.execute(query).scalar_one())


def rows(session: Session, name: str, workspace_id: str) -> Iterator[Sequence[Any]]:
    """The workspace's rows, in the order of their ids, read a part at a time."""
    table = _named(name)
    key = next(iter(table.primary_key.columns))
    hidden = hidden_in(session)
    columns = _blanked(table, hidden) if hidden else _columns(table)
    query = select(*columns).where(_owner(table) == workspace_id, *_shown(session, table)).order_by(key)
    with showing_all(session):
        found = session.execute(query, execution_options={"yield_per": ROWS_AT_A_TIME})
    if hidden and name in (Cadence.__tablename__, AuditEntry.__tablename__):
        yield from ([_without_ids(value, hidden) for value in row] for row in found)
    else:
        yield from found


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
    has_default = bool(column.nullable) or column.default is not None
    return ExportColumn(column.name, next(kinds, "text"), bool(column.nullable), has_default)


def _shown(session: Session, table: Table) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that leave out what the session hides, with all reviews of its channels."""
    hidden = hidden_in(session)
    if not hidden:
        return
    if table.name == Account.__tablename__:
        yield table.c.id.not_in(hidden)
        return
    if "account_id" in table.c:
        yield or_(table.c.account_id.is_(None), table.c.account_id.not_in(hidden))
    if "channel_id" in table.c:
        yield table.c.channel_id.not_in(_channels(hidden))
    if "cadence_id" in table.c:
        yield or_(table.c.cadence_id.is_(None), table.c.cadence_id.not_in(_cadences(hidden)))
    if table.name == Review.__tablename__:
        yield table.c.id.not_in(_reviews(hidden))
    elif table.name == ReviewItem.__tablename__:
        yield table.c.review_id.not_in(_reviews(hidden))
    elif table.name == ImportRun.__tablename__:
        yield table.c.id.not_in(_imports(hidden))
    if table.name == AuditEntry.__tablename__:
        for about, ids in (
            ("cadence", _cadences(hidden)),
            ("review", _reviews(hidden)),
            ("import", _imports(hidden)),
            ("channel", _channels(hidden)),
            ("calendar", _channels(hidden)),
        ):
            numbers = ids.subquery()
            yield table.c.subject.not_in(select(literal(f"{about}:").concat(cast(numbers.c[0], String))))


def _blanked(table: Table, hidden: Collection[int]) -> list[ColumnElement[Any]]:
    """Return the columns; ids of reviews that are left out are missing, numbers that count hidden accounts empty."""
    ids = {"review_id": _reviews, "held_item_id": _items, "before_item_id": _items}
    found: list[ColumnElement[Any]] = []
    for column in _columns(table):
        if column.name in ids and column.nullable:
            found.append(case((column.in_(ids[column.name](hidden)), None), else_=column).label(column.name))
        elif column.name == "counts":
            is_mixed = table.c.id.in_(_brought(hidden))
            found.append(case((is_mixed, literal({}, JSON)), else_=column).label(column.name))
        else:
            found.append(column)
    return found


def _without_ids(value: Any, hidden: Collection[int]) -> Any:
    """Return what a cadence stores as JSON without the accounts chosen for its scope or next review."""
    if not isinstance(value, dict):
        return value
    return {
        key: [each for each in found if each not in hidden] if key == "account_ids" else _without_ids(found, hidden)
        for key, found in value.items()
        if not (key.isdecimal() and int(key) in hidden)
    }


def _brought(hidden: Collection[int]) -> Select[int | None]:
    """Select the imports that brought something of hidden accounts."""
    of_import = select(col(Event.import_run_id)).where(col(Event.import_run_id).is_not(None))
    return of_import.where(col(Event.account_id).in_(hidden))


def _imports(hidden: Collection[int]) -> Select[int | None]:
    """Select the imports that brought something of hidden accounts and of no others: their file may be named so."""
    of_others = select(col(Event.import_run_id)).where(
        col(Event.import_run_id).is_not(None), col(Event.account_id).not_in(hidden)
    )
    return _brought(hidden).where(col(Event.import_run_id).not_in(of_others))


def _channels(hidden: Collection[int]) -> Select[str]:
    """Select the channels that hidden accounts are private to."""
    return select(col(Account.private_channel)).where(col(Account.id).in_(hidden))


def _cadences(hidden: Collection[int]) -> Select[int | None]:
    """Select the cadences of those channels."""
    return select(col(Cadence.id)).where(col(Cadence.channel_id).in_(_channels(hidden)))


def _reviews(hidden: Collection[int]) -> Select[int | None]:
    """Select the reviews of those channels, and those with no other account in them."""
    of_others = select(col(ReviewItem.review_id)).where(col(ReviewItem.account_id).not_in(hidden))
    theirs = select(col(ReviewItem.review_id)).where(
        col(ReviewItem.account_id).in_(hidden), col(ReviewItem.review_id).not_in(of_others)
    )
    return select(col(Review.id)).where(or_(col(Review.channel_id).in_(_channels(hidden)), col(Review.id).in_(theirs)))


def _items(hidden: Collection[int]) -> Select[int | None]:
    """Select the items of those reviews."""
    return select(col(ReviewItem.id)).where(col(ReviewItem.review_id).in_(_reviews(hidden)))


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
