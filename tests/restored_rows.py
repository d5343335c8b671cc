"""Rows as a restore should leave them: what may have been sent since the backup is in doubt, all else stays."""

from collections.abc import Callable, Mapping
from typing import Any

from agendas.text.csv_cells import CellKind, read, written
from storage import backups, nudging, preparing
from storage.backups import MAY_BE_SENT
from storage.models.delivery import LetterState, MailState
from storage.outbox import UNDER_WAY

Row = Mapping[str, Any]
Lines = list[list[str]]


def as_restored(table: str, row: Row) -> dict[str, Any]:
    """Return the row of a table with exactly the columns changed that a restore sets on purpose."""
    set_by_restore = SET_BY_RESTORE.get(table)
    return {**row, **(set_by_restore(row) if set_by_restore else {})}


def lines_as_restored(table: str, lines: Lines) -> Lines:
    """Return the lines of a file of an export as they are once it is taken in and exported again."""
    if table not in SET_BY_RESTORE:
        return lines
    header, *rows = lines
    known = {column.name: column for column in backups.tables()[table]}
    columns = [known[name] for name in header]
    changed = [header]
    for cells in rows:
        row = {
            column.name: read(cell, CellKind(column.kind), may_be_missing=column.may_be_missing)
            for column, cell in zip(columns, cells, strict=True)
        }
        new = SET_BY_RESTORE[table](row)
        changed.append(
            [
                written(new[column.name], CellKind(column.kind), may_be_missing=column.may_be_missing)
                if column.name in new
                else cell
                for column, cell in zip(columns, cells, strict=True)
            ]
        )
    return changed


def _letter(row: Row) -> Row:
    if row["state"] not in UNDER_WAY:
        return {}
    return {
        "state": LetterState.WAITING,
        "leased_until": None,
        "leased_by": "",
        "first_tried_at": row["first_tried_at"] or row["created_at"],
        "tried_until": row["leased_until"] or row["tried_until"] or row["created_at"],
    }


def _mail(row: Row) -> Row:
    if row["state"] not in (MailState.WAITING, MailState.SENDING):
        return {}
    return {"state": MailState.IN_DOUBT, "leased_until": None, "last_error": MAY_BE_SENT}


def _cadence(row: Row) -> Row:
    if row["next_at"] is None:
        return {}
    found = {}
    if row["kind"] == preparing.EXECUTIVE and _is_of_another_day(row, "told_on"):
        found["told_on"] = preparing.MAY_BE_DONE
    if row["kind"] == preparing.ACCOUNTS:
        marks = ("prepared_on", "briefed_on")
        found |= {each: preparing.MAY_BE_DONE for each in marks if _is_of_another_day(row, each)}
    return found


def _is_of_another_day(row: Row, name: str) -> bool:
    return row[name] is None or (row["next_on"] is not None and row[name] != row["next_on"])


def _where_planned(planned: str, name: str, value: object) -> Callable[[Row], Row]:
    """Set a column of each row for which an instant is planned."""
    return lambda row: {} if row[planned] is None else {name: value}


SET_BY_RESTORE: Mapping[str, Callable[[Row], Row]] = {
    "letter": _letter,
    "mail": _mail,
    "mail_address": lambda _row: {"next_at": None},
    "cadence": _cadence,
    "asked": _where_planned("remind_at", "reminded_at", preparing.MAY_BE_REMINDED),
    "person": _where_planned("morning_at", "morning_at", nudging.UNPLANNED),
    "follow_up": _where_planned("next_at", "next_at", nudging.MAY_BE_SENT),
}
"""The columns that a restore sets in a row, with what they are then, by table."""
