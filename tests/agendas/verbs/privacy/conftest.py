"""The sample program with a private account."""

import pytest
from sqlalchemy import update
from sqlmodel import Session, col

from storage import privacy
from storage.database import Store
from storage.models.accounts import Account
from tests.builders import ANN, NOW, WORKSPACE
from tests.program import Program, stored_program

SECRET = "C0SECRET"


@pytest.fixture
def program(store: Store) -> Program:
    """The sample program, in which Acme Corp is private to a channel that Ann is in and Bob is not."""
    program = stored_program(store)

    def hide(session: Session) -> None:
        acme = program.accounts["acme"]
        session.exec(update(Account).where(col(Account.id) == acme).values(private_channel=SECRET))
        privacy.set_members(session, WORKSPACE, SECRET, [ANN], read_at=NOW)

    store.write_now(hide)
    return program
