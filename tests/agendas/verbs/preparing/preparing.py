"""People asked to prepare the next review of the sample program, and their messages."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select

from agendas.facts.account import Rhythm
from agendas.facts.reviews import CadenceWish, Plan
from agendas.rendering.words import Words
from agendas.verbs import cadences
from agendas.verbs.compose import compose
from agendas.verbs.jobs import DUE_JOBS, InRead
from storage.models.accounts import ActionRow
from storage.models.delivery import Letter, LetterState
from storage.models.following import Asked
from tests.builders import EVE, NOW, ZONE
from tests.program import Program

OTHER = "C0SECOND1"
MEETS = datetime(2026, 11, 30, 15, tzinfo=UTC)
"""10:00 on Monday in New York: the next review of the sample program's channel."""
DAY = timedelta(days=1)
ASKED_AT = MEETS - 3 * DAY
"""On Friday: nobody is asked at a weekend."""
ON = date(2026, 11, 30)
[PREPARE] = [job for job in DUE_JOBS if job.name == "prepare_review"]


def find(program: Program, at: datetime) -> list[int]:
    return program.store.read_now(PREPARE.find, at)


def begin(program: Program, cadence_id: int, at: datetime) -> Callable[[Session], object]:
    assert isinstance(PREPARE.serve, InRead)
    return program.store.read_now(PREPARE.serve.work_out, cadence_id, at)


def ask(program: Program, at: datetime = ASKED_AT) -> None:
    for cadence_id in find(program, at):
        program.store.write_now(begin(program, cadence_id, at))


def asked(program: Program) -> list[Asked]:
    return program.store.read_now(lambda session: list(session.exec(select(Asked).order_by(col(Asked.id)))))


def letters(program: Program) -> list[Letter]:
    wanted = select(Letter).where(Letter.page == "preparation").order_by(col(Letter.id))
    return program.store.read_now(lambda session: list(session.exec(wanted)))


def send(program: Program, at: datetime = ASKED_AT) -> None:
    def sent(session: Session) -> None:
        for letter in session.exec(select(Letter).where(Letter.page == "preparation")):
            if letter.state == LetterState.WAITING:
                letter.state, letter.sent_at, letter.sent_ts, letter.sent_channel = LetterState.SENT, at, "1.1", "D0"

    program.store.write_now(sent)


def said(program: Program, user_id: str, at: datetime = ASKED_AT) -> str:
    letter = next(each for each in reversed(letters(program)) if each.user_id == user_id)
    rendered = program.store.read_now(compose, letter, words=Words(), now=at)
    return "\n".join(f"{each.text} {each.blocks}" for each in rendered)


def promises(session: Session, workspace_id: str, user_id: str) -> list[ActionRow]:
    wanted = select(ActionRow).where(ActionRow.workspace_id == workspace_id, ActionRow.owner == user_id)
    return list(session.exec(wanted.where(ActionRow.status == "open")))


def second_cadence(program: Program, at: time = time(11)) -> int:
    plan = Plan(Rhythm.WEEKLY, ON, at, ZONE)
    return program.did(cadences.schedule, EVE, NOW, OTHER, CadenceWish(plan, 45, EVE, tiers=(1, 2))).id
