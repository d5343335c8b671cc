"""Reminders of fit requests: recipients, time and number."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from agendas.facts.fit import CriterionScore
from agendas.facts.people import Function
from agendas.rules.fit import criteria_of
from agendas.verbs import fit
from agendas.verbs.fit import next_reminder_at, score
from agendas.verbs.jobs import next_moment
from agendas.verbs.settings import change_settings
from storage import people
from storage.database import Store
from storage.people import SlackUser
from tests.agendas.verbs.asking import DAY, MINUTE, letters, nominates, reminded, waiting
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, WORKSPACE, ZONE
from tests.program import Program, days_away, learn_people


@pytest.fixture
def program(store: Store) -> Program:
    """The five people and nothing else."""
    learn_people(store)
    return Program(store)


def test_one_account_makes_one_reminder_also_after_stop_and_asking_again(program: Program) -> None:
    number = nominates(program, "Acme Corp")
    assert BOB in reminded(program, NOW + 4 * DAY)
    program.did(fit.stop_asking, BOB, NOW + 5 * DAY)
    assert BOB in program.did(fit.ask_for_scores, EVE, NOW + 6 * DAY, number).now
    assert waiting(program, BOB) == ["Acme Corp"]
    assert len(letters(program, BOB, "waiting")) > 0
    assert reminded(program, NOW + 30 * DAY) == []


def test_half_an_answer_leaves_the_question_open_until_the_rest_is_scored(program: Program) -> None:
    number = nominates(program, "Acme Corp")
    *first, last = (CriterionScore(each, 3, "Seen") for each in criteria_of(Function.SALES))
    program.did(score, ANN, NOW, number, function=Function.SALES, scores=first)
    assert waiting(program, ANN) == ["Acme Corp"]
    assert ANN in reminded(program, NOW + 4 * DAY)
    program.did(score, ANN, NOW + 4 * DAY, number, function=Function.SALES, scores=(last,))
    assert waiting(program, ANN) == []


def test_the_setting_of_the_workspace_decides_when_to_remind_also_of_what_was_asked_before(program: Program) -> None:
    nominates(program, "Acme Corp")
    program.did(change_settings, EVE, NOW, {"fit.reminder": (3, 1)})
    assert reminded(program, NOW + DAY) == [ANN, BOB, CLEO, DAN]


def test_who_is_away_is_reminded_when_back_and_who_cannot_answer_any_more_never(program: Program) -> None:
    nominates(program, "Acme Corp")
    with program.store.writing() as session:
        session.add(days_away(CLEO, date(2026, 11, 25), date(2026, 11, 28)))
        session.add(days_away(CLEO, date(2026, 11, 29), date(2026, 11, 30)))
        people.save_users(session, WORKSPACE, [SlackUser(BOB, WORKSPACE, "Bob", is_deleted=True)], NOW)
    assert program.store.read_now(next_moment, NOW + DAY) == NOW + 3 * DAY
    assert reminded(program, NOW + 4 * DAY) == [ANN, DAN]
    back_at = program.store.read_now(next_reminder_at, NOW + 5 * DAY)
    assert back_at is not None
    assert back_at.astimezone(ZoneInfo(ZONE)).date() == date(2026, 12, 1)
    assert reminded(program, back_at - MINUTE) == []
    assert reminded(program, back_at) == [CLEO]
    assert program.store.read_now(next_reminder_at, NOW + 7 * DAY) is None
