"""An export by an admin outside the channel of a private account holds nothing of it, wherever that may stand."""

from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session, SQLModel, col, select

from agendas.facts.audience import Audience
from agendas.verbs.exports import contents, lines_of
from agendas.verbs.privacy import as_seen_by
from storage import backups
from storage.backups import ExportColumn
from storage.models.accounts import Account
from storage.models.events import Event, ImportRun
from storage.models.reviews import Cadence
from storage.models.types import EnumText, table_of
from storage.models.workspaces import AuditEntry
from tests.agendas.verbs.privacy.conftest import SECRET
from tests.builders import EVE, NOW, WORKSPACE
from tests.program import Program

SAID = "Rita wants out of their lease in spring"
"""What somebody inside told or asked of the private account, without its name."""

OF_NO_ACCOUNT = {
    *("workspace", "person", "function_lead", "preference", "days_away", "own_play", "mark"),
    *("mail_address", "mail", "model_use", "received", "program_month"),
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
    for name, columns in backups.tables().items():
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
    assert whole >= backups.MEMORY - {"answer_under_way"}


def test_what_people_asked_and_were_told_is_in_no_export_but_a_whole_one(program: Program) -> None:
    of_admin = program.store.read_now(contents, WORKSPACE)
    whole = program.store.read_now(lambda session: contents(session, WORKSPACE, is_whole=True))
    assert {name for _, name, _ in whole} - {name for _, name, _ in of_admin} == backups.MEMORY
    assert table_of(Account).name in {name for _, name, _ in of_admin}


def point_at_it(session: Session, acme: int, globex: int) -> None:
    """Let rows of others name the private account, its channel's review and items, and count what an import brought."""
    session.exec(update(Account).where(col(Account.id) == globex).values(held_item_id=NUMBER))
    session.exec(update(Event).where(col(Event.account_id) == globex).values(review_id=NUMBER))
    session.add(
        ImportRun(
            id=77,
            workspace_id=WORKSPACE,
            file_name="all.csv",
            what="accounts",
            actor=EVE,
            applied_at=NOW,
            counts={"create": 2},
        )
    )
    for account_id in (acme, globex):
        of_account = update(Event).where(col(Event.account_id) == account_id, col(Event.id) != NUMBER)
        session.exec(of_account.values(import_run_id=77))
    scope = {"tiers": [1], "account_ids": [acme, globex]}
    chosen = {"on": "2026-12-01", "discussed": {str(acme): EVE, str(globex): EVE}}
    cadence = session.exec(select(Cadence).where(Cadence.channel_id != SECRET)).one()
    cadence.scope, cadence.chosen = scope, chosen
    session.add(
        AuditEntry(workspace_id=WORKSPACE, at=NOW, actor=EVE, subject=f"cadence:{cadence.id}", after={"scope": scope})
    )
    for subject in (f"channel:{SECRET}", f"calendar:{SECRET}", f"review:{NUMBER}"):
        session.add(AuditEntry(workspace_id=WORKSPACE, at=NOW, actor=EVE, subject=subject))


def exported(session: Session) -> dict[str, list[dict[str, str]]]:
    """The rows of each table of an export, by column."""
    found = {}
    for _, name, _ in contents(session, WORKSPACE)[1:]:
        header, *lines = lines_of(session, name, WORKSPACE)
        found[name] = [dict(zip(header, line, strict=True)) for line in lines]
    return found


def test_no_number_id_or_channel_in_an_export_of_somebody_outside_tells_of_it(program: Program) -> None:
    acme, globex = program.accounts["acme"], program.accounts["globex"]
    program.store.write_now(plant, acme)
    program.store.write_now(point_at_it, acme, globex)
    tables = program.store.read_now(as_seen_by(Audience(WORKSPACE, EVE), NOW, exported))
    assert SECRET not in str(tables)
    rows = {name: found for name, found in tables.items() if name not in OF_NO_ACCOUNT}
    told = [
        (name, column, cell)
        for name, found in rows.items()
        for row in found
        for column, cell in row.items()
        if (column == "account_id" and cell == str(acme)) or cell.rpartition(":")[2] == str(NUMBER)
    ]
    assert told == []
    [run] = tables["import_run"]
    assert run["counts"] == "{}"
    for cell in (*(row["scope"] for row in tables["cadence"]), tables["audit_entry"][-1]["after"]):
        assert f'"account_ids": [{globex}]' in cell, cell
    assert f'"{acme}"' not in tables["cadence"][0]["chosen"]
