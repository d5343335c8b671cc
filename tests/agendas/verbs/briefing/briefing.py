"""The brief before the next review of the sample program, found, queued and read."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, col, select

from agendas.rendering.words import Words
from agendas.verbs.compose import compose
from agendas.verbs.jobs import DUE_JOBS, InRead
from storage.models.delivery import Letter
from storage.models.reviews import Cadence
from tests.program import Program

MEETS = datetime(2026, 11, 30, 15, tzinfo=UTC)
"""10:00 on Monday in New York: the next review of the sample program's channel."""
BEFORE = MEETS - timedelta(hours=1)
ON = date(2026, 11, 30)
[BRIEFING] = [job for job in DUE_JOBS if job.name == "brief_facilitator"]


def due(program: Program, at: datetime) -> list[int]:
    return program.store.read_now(BRIEFING.find, at)


def briefs(program: Program, at: datetime = BEFORE) -> None:
    """Do the job of all that are due."""
    assert isinstance(BRIEFING.serve, InRead)
    for cadence_id in due(program, at):
        program.store.write_now(program.store.read_now(BRIEFING.serve.work_out, cadence_id, at))


def letters(program: Program, page: str = "brief") -> list[Letter]:
    wanted = select(Letter).where(Letter.page == page).order_by(col(Letter.id))
    return program.store.read_now(lambda session: list(session.exec(wanted)))


def said(program: Program, letter: Letter, at: datetime = BEFORE) -> str:
    rendered = program.store.read_now(compose, letter, words=Words(), now=at)
    return "\n".join(f"{each.text} {each.blocks}" for each in rendered)


def changes(program: Program, **values: object) -> None:
    """Change columns of the sample program's cadence."""

    def change(session: Session) -> None:
        row = session.get(Cadence, program.cadence_id)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)

    program.store.write_now(change)
