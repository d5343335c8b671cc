"""The open review as it was posted."""

import pytest
from sqlmodel import Session, select

from storage.models.delivery import Letter
from tests.builders import CHANNEL
from tests.handlers.threads.replying import AGENDA, HEADER, account_of
from tests.program import Program


@pytest.fixture(scope="module", autouse=True)
def _posted(program: Program) -> None:
    """The agenda of Acme Corp and the header of the open review as they were posted."""
    review = program.reviews[-1]

    def post(session: Session) -> None:
        for letter in session.exec(select(Letter).where(Letter.review_id == review)):
            item = letter.subject.get("item_id")
            if letter.page == "agenda" and account_of(session, item) == program.accounts["acme"]:
                letter.sent_channel, letter.sent_ts, letter.state = CHANNEL, AGENDA, "sent"
            if letter.page == "review_header":
                letter.sent_channel, letter.sent_ts, letter.state = CHANNEL, HEADER, "sent"
            session.add(letter)

    program.store.write_now(post)
