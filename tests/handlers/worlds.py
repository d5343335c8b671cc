"""Two workspaces that differ in one account alone: in the one it is private, in the other it was never there."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import delete, update
from sqlmodel import Session, SQLModel, col, select

from agendas.verbs.record import leave_other_reviews
from agendas.verbs.settings import change_settings
from storage import privacy
from storage.database import Store
from storage.models.accounts import Account
from storage.models.delivery import Letter
from storage.models.events import Event
from storage.models.reviews import Review, ReviewItem
from storage.models.subjects import SignalRow
from storage.models.types import Row, table_of
from tests.builders import ANN, NOW, WORKSPACE, author
from tests.handlers.acts import Acts, acts_in
from tests.handlers.local_bot import install, learn_outsiders
from tests.program import Program, stored_program

SECRET = "C0SECRET9"
GONE = "T0GONE001"
"""A workspace that takes what the other one never had, so that numbers given later are the same in both."""


@dataclass(frozen=True)
class World:
    program: Program
    acts: Acts


def two_worlds(migrated: Path, folder: Path) -> tuple[World, World]:
    """The sample program with Acme Corp private to a channel that Ann alone is in, and the one without Acme Corp.

    With Acme Corp two accounts are named in tier 1, which holds two.
    """
    path, twin_path = folder / "private.db", folder / "twin.db"
    shutil.copy(migrated, path)
    store = Store(f"sqlite:///{path}")
    program = stored_program(store)
    program.did(change_settings, ANN, NOW, {"tier.1.cap": (25, 2)})
    install(store)
    learn_outsiders(store)
    acts = acts_in(program)
    acme = program.accounts["acme"]
    store.write_now(_make_private, acme)
    store.close()
    shutil.copy(path, twin_path)
    store, twin = Store(f"sqlite:///{path}"), Store(f"sqlite:///{twin_path}")
    twin.write_now(_take_away, acme)
    return World(replace(program, store=store), acts), World(replace(program, store=twin), acts)


def _make_private(session: Session, account_id: int) -> None:
    session.exec(update(Account).where(col(Account.id) == account_id).values(private_channel=SECRET))
    privacy.set_members(session, WORKSPACE, SECRET, [ANN], read_at=NOW)
    leave_other_reviews(session, author(ANN, NOW), [account_id])


def _take_away(session: Session, account_id: int) -> None:
    letters = [each.row_id for each in session.exec(select(Letter)) if _tells_of(session, each, account_id)]
    for kind in (Account, *_kinds()):
        column = kind.id if kind is Account else kind.account_id  # type: ignore[attr-defined]
        session.exec(update(kind).where(col(column) == account_id).values(workspace_id=GONE))
    in_reviews = select(Review.id).where(Review.channel_id != "")
    items = delete(ReviewItem).where(col(ReviewItem.account_id) == account_id)
    session.exec(items.where(col(ReviewItem.review_id).in_(in_reviews)))
    # the review that took place nowhere, in which it was put when it became private
    session.exec(update(Review).where(col(Review.channel_id) == "").values(workspace_id=GONE))
    session.exec(update(Letter).where(col(Letter.id).in_(letters)).values(workspace_id=GONE, review_id=None))


def _kinds() -> Iterable[type[SQLModel]]:
    return [kind for kind in Row.__subclasses__() if "account_id" in table_of(kind).c]


def _tells_of(session: Session, letter: Letter, account_id: int) -> bool:
    subject = letter.subject
    events = [subject.get("event_id"), *subject.get("event_ids", ())]
    found = session.exec(select(Event.account_id).where(col(Event.id).in_([each for each in events if each]))).all()
    item = session.get(ReviewItem, subject.get("item_id") or 0)
    signal = session.get(SignalRow, subject.get("signal_id") or 0)
    return account_id in (*found, item and item.account_id, signal and signal.account_id, subject.get("account_id"))
