"""Helpers for tests of fit: nominations, letters, answers and reminders."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from agendas.facts.account import AccountState
from agendas.facts.fit import CriterionScore
from agendas.facts.people import Function
from agendas.rendering.words import Words
from agendas.rules.fit import criteria_of
from agendas.verbs import fit, reads
from agendas.verbs.compose import compose
from agendas.verbs.fit import due_reminders, remind, score
from storage.models.delivery import Letter
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, ZONE, profile
from tests.program import Program

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def nominates(program: Program, name: str, at: datetime = NOW) -> int:
    """The id of an account that Ann nominates."""
    recorded = program.did(fit.nominate_and_ask, ANN, at, profile(name), because="They renew in spring")
    number: int = recorded.event.account_id
    return number


def waiting(program: Program, user_id: str) -> list[str]:
    """The accounts that wait for that person's score."""
    return [each.name for each in program.read(reads.waiting_for, user_id)]


def letters(program: Program, user_id: str, *states: str) -> list[Letter]:
    """The questions queued for that person, all or those in these states."""
    query = select(Letter).where(Letter.user_id == user_id, Letter.page == "fit_question").order_by(col(Letter.id))
    found = program.store.read_now(lambda session: list(session.exec(query)))
    return [each for each in found if not states or each.state in states]


def send(program: Program, letter: Letter, at: datetime) -> list[str]:
    """Send the letter at that time and return its texts; none when it was dropped."""

    def sent(session: Session) -> list[str]:
        row = session.get_one(Letter, letter.row_id)
        said = [each.text for each in compose(session, row, words=Words(), now=at)]
        row.state, row.sent_at = ("sent", at) if said else ("dropped", None)
        session.add(row)
        return said

    return program.store.write_now(sent)


def answers(program: Program, user_id: str, function: Function, account_id: int, at: datetime = NOW) -> None:
    """Scores everything that the function is asked."""
    given = tuple(CriterionScore(each, 3, "Seen") for each in criteria_of(function))
    program.did(score, user_id, at, account_id, function=function, scores=given)


def reminded(program: Program, at: datetime) -> list[str]:
    """Send the reminders due at that time and return the people reminded."""
    due: Sequence[int] = program.store.read_now(due_reminders, at, 200)
    before = {each.row_id for user_id in ALL for each in letters(program, user_id)}
    for number in due:
        program.store.write_now(remind, number, now=at)
        # a second process that found the same one does nothing
        program.store.write_now(remind, number, now=at)
    return [user_id for user_id in ALL for each in letters(program, user_id) if each.row_id not in before]


ALL = (ANN, BOB, CLEO, DAN, EVE)


def state(program: Program, name: str) -> AccountState:
    """The account as its card has it now."""
    found: AccountState = program.read(reads.account_card, program.accounts[name], now=NOW, zone=ZONE).facts.account
    return found
