"""A program with evidence from before its actor was asked, and its upgrade."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from agendas.facts.account import AccountState, Stage
from agendas.facts.events import Change, Moved
from agendas.facts.evidence import Evidence
from agendas.rules.history.fold import fold, trim
from agendas.verbs.evidence.read_older import read_older_evidence
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.record.record import current_state, record
from agendas.verbs.reviews import close
from storage import accounts, events
from storage.asked import evidence_questions
from storage.tables import Account, Event, EvidenceQuestion
from tests.builders import ANN, EVE, NOW, WORKSPACE, ago
from tests.program import Program

THEIRS = "Their CFO signed the pilot agreement"
OURS = "We sent them our deck again"
DOUBTFUL = "Pilot agreement"


def tells(
    program: Program, days: float, account: str, text: str, *, to_stage: Stage | None = None, who: str = ANN
) -> int:
    """The event of an entry with a link as it was recorded before anybody asked whose act it is."""
    at = ago(days)
    told = Moved(text, to_stage.value if to_stage else None)
    return tells_change(program, at, account, told, who=who)


def tells_change(program: Program, at: datetime, account: str, change: Change, *, who: str = ANN) -> int:
    """The event of any change with a link from before."""
    shown = (Evidence("notes", at, "https://notes.example/1"),)
    recorded = program.did(record, who, at, program.accounts[account], change, evidence=shown)
    number: int = recorded.event.id
    return number


def upgrades(program: Program, at: datetime = NOW) -> None:
    """Every account is unread as after the upgrade, and the due job reads them until none is."""
    with program.store.writing() as session:
        session.execute(update(Account).values(older_evidence_read=False))
    reads(program, at)


def reads(program: Program, at: datetime = NOW) -> None:
    """The due job reads accounts until none is left."""
    while unread := program.store.read_now(evidence_questions.unread_accounts, 200):
        for account_id in unread:
            program.store.write_now(read_older_evidence, account_id, now=at)


def questions(program: Program, user_id: str | None = None) -> list[EvidenceQuestion]:
    """Every question, or one person's, settled or not."""
    query = select(EvidenceQuestion).order_by(col(EvidenceQuestion.event_id))
    found = program.store.read_now(lambda session: list(session.exec(query)))
    return [each for each in found if user_id is None or each.asked_of == user_id]


def state(program: Program, account: str) -> AccountState:
    """The account as stored, after checking that it is what its events say."""
    account_id = program.accounts[account]

    def read(session: Session) -> AccountState:
        row = accounts.get(session, WORKSPACE, account_id)
        assert row is not None
        known = fold(map(event_facts, events.of_account(session, account_id)))
        assert known is not None
        assert current_state(session, row) == trim(known, NOW + (NOW - ago(900)))
        return known

    return program.store.read_now(read)


def judged(program: Program) -> list[tuple[int, str, str]]:
    """Event, actor and step of every judgment, in the order recorded."""
    query = select(Event).where(Event.kind == "evidence_judged").order_by(col(Event.id))
    rows = program.store.read_now(lambda session: list(session.exec(query)))
    return [(row.change["event_id"], row.change["actor"], row.change["step"]) for row in rows]


def closes(program: Program, at: datetime) -> int:
    """The latest review, closed by Eve at that time."""
    review_id = program.reviews[-1]
    program.did(close.close_by_person, EVE, at, review_id)
    return review_id
