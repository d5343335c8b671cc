"""An export by an admin outside the channel of a private account holds nothing of it, wherever that may stand."""

from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, SQLModel, col

from agendas.facts.audience import Audience
from agendas.verbs.exports.tables import contents, lines_of
from agendas.verbs.privacy.audience import as_seen_by
from storage.backups import exports
from storage.backups.exports import ExportColumn
from storage.tables import Account, AuditEntry
from storage.tables.types import EnumText, table_of
from tests.agendas.verbs.privacy.conftest import SECRET
from tests.builders import EVE, NOW, WORKSPACE
from tests.program import Program

SAID = "Rita wants out of their lease in spring"
"""What somebody inside told or asked of the private account, without its name."""

OF_NO_ACCOUNT = {
    *("workspace", "person", "function_lead", "preference", "days_away", "calendar_feed", "own_play", "mark"),
    *("mail_address", "mail", "model_use", "received", "program_month", "cadence", "asked"),
}
"""Tables whose texts are of the program, its people and its plays."""

IDS = {"actor", "closed_by", "facilitator", "zone", "slot", "attended", "settings", "sections", "roster"}
"""Columns of a review and its dates that hold ids of people and codes."""

NUMBER = 900
BY_KIND: dict[str, object] = {
    "integer": NUMBER,
    "number": 1.0,
    "yes_no": True,
    "json": {"said": SAID},
    "instant": NOW,
    "date": NOW.date(),
    "time": NOW.time(),
}


def plant(session: Session, account_id: int) -> None:
    """Put into every table a row about the private account, in its channel, with what was said in each text."""
    about = {"workspace_id": WORKSPACE, "account_id": account_id, "channel_id": SECRET, "code": ""}
    for name, columns in exports.tables().items():
        if name not in ("account", "workspace"):
            table = SQLModel.metadata.tables[name]
            row = {each.name: planted(each, table.c[each.name].type) for each in columns}
            session.execute(insert(table), row | {key: value for key, value in about.items() if key in table.c})
    for subject in (f"cadence:{NUMBER}", f"import:{NUMBER}"):
        session.add(AuditEntry(workspace_id=WORKSPACE, at=NOW, actor=EVE, subject=subject, after={"said": SAID}))
    session.exec(update(Account).where(col(Account.id) == account_id).values(because=SAID, narrative={"said": SAID}))


def planted(column: ExportColumn, kind: Any) -> object:
    """What was said, in a column that has room for it."""
    if isinstance(kind, EnumText):
        return next(iter(kind.kind))
    if column.kind == "text":
        return SAID if column.name not in IDS and (kind.length or len(SAID)) >= len(SAID) else "x"
    return [] if column.name in IDS else BY_KIND[column.kind]


def found(session: Session, *, is_whole: bool = False) -> set[str]:
    """The tables of the export in which it was said."""
    names = [name for _, name, _ in contents(session, WORKSPACE, is_whole=is_whole)[1:]]
    return {name for name in names if SAID in str(list(lines_of(session, name, WORKSPACE)))}


def test_nothing_said_of_it_is_in_an_export_of_somebody_outside_wherever_it_was_put(program: Program) -> None:
    program.store.write_now(plant, program.accounts["acme"])
    for outside in (EVE, None):
        told = program.store.read_now(as_seen_by(Audience(WORKSPACE, outside), NOW, found))
        assert told <= OF_NO_ACCOUNT
    whole = program.store.read_now(lambda session: found(session, is_whole=True))
    assert whole - OF_NO_ACCOUNT >= {"account", "event", "channel", "review", "cadence_change", "import_run"}
    assert whole >= exports.MEMORY - {"answer_under_way"}


def test_what_people_asked_and_were_told_is_in_no_export_but_a_whole_one(program: Program) -> None:
    of_admin = program.store.read_now(contents, WORKSPACE)
    whole = program.store.read_now(lambda session: contents(session, WORKSPACE, is_whole=True))
    assert {name for _, name, _ in whole} - {name for _, name, _ in of_admin} == exports.MEMORY
    assert table_of(Account).name in {name for _, name, _ in of_admin}
