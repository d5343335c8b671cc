from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from agendas.errors import NotUnderstood, Outdated, Refused
from agendas.facts.account import AccountState
from agendas.facts.fit import Criterion, CriterionScore
from agendas.facts.people import Function, Right
from agendas.rendering.words import Words
from agendas.rules.fit import criteria_of
from agendas.verbs import account_list, corrections, fit, people, reads
from agendas.verbs.compose import compose
from agendas.verbs.fit import due_reminders, next_reminder_at, remind, score
from agendas.verbs.jobs import next_moment
from agendas.verbs.record import current_state
from agendas.verbs.settings import change_settings
from storage import accounts
from storage import people as stored_people
from storage.database import Store
from storage.models.delivery import Letter
from storage.people import SlackUser
from tests.builders import ANN, BOB, CLEO, DAN, EVE, NOW, WORKSPACE, ZONE, ago, profile
from tests.program import Program, days_away, people_alone

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def nominates(program: Program, name: str, at: datetime = NOW) -> int:
    recorded = program.did(fit.nominate_and_ask, ANN, at, profile(name), because="They renew in spring")
    number: int = recorded.event.account_id
    return number


def waiting(program: Program, user_id: str) -> list[str]:
    return [each.name for each in program.read(reads.waiting_for, user_id)]


def letters(program: Program, user_id: str, *states: str) -> list[Letter]:
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
    found: AccountState = program.read(reads.account_card, program.accounts[name], now=NOW, zone=ZONE).facts.account
    return found


# Requests to score fit: the people asked, the number of messages, and the end of a request.

FINN, GUS = "U0FINN001", "U0GUS0001"


@pytest.fixture
def program(store: Store) -> Program:
    """The five people and nothing else."""
    return people_alone(store)


def test_active_members_with_a_function_who_may_nominate_are_asked(program: Program) -> None:
    with program.store.writing() as session:
        stored_people.save_users(
            session, WORKSPACE, [SlackUser(FINN, WORKSPACE, "Finn"), SlackUser(GUS, WORKSPACE, "Gus")], NOW
        )
        session.add(days_away(CLEO, date(2026, 11, 20), date(2026, 11, 24)))
    program.did(people.give, EVE, NOW, FINN, function=Function.FINANCE, right=Right.OBSERVER)
    program.did(people.give, EVE, NOW, GUS, function=Function.PRODUCT, right=Right.EDITOR)
    with program.store.writing() as session:
        stored_people.save_users(session, WORKSPACE, [SlackUser(GUS, WORKSPACE, "Gus", is_deleted=True)], NOW)
    nominates(program, "Acme Corp")
    asked = {user_id for user_id in (*ALL, FINN, GUS) if waiting(program, user_id)}
    assert asked == {ANN, BOB, DAN}
    assert {user_id: len(letters(program, user_id)) for user_id in (*ALL, FINN, GUS)} == {
        user_id: int(user_id in asked) for user_id in (*ALL, FINN, GUS)
    }


@pytest.mark.parametrize("decision", ["named", "rejected", "removed"])
def test_a_decided_account_is_not_asked_about_any_more(program: Program, decision: str) -> None:
    number = nominates(program, "Acme Corp")
    assert waiting(program, BOB) == ["Acme Corp"]
    if decision == "rejected":
        program.did(account_list.reject, EVE, NOW, number, because="20 seats")
    else:
        program.did(account_list.put_on_list, EVE, NOW, number, tier=2, because="Agreed")
    assert waiting(program, BOB) == []
    if decision == "removed":
        program.did(fit.ask_for_scores, EVE, NOW, number)
        assert waiting(program, BOB) == ["Acme Corp"]
        program.did(account_list.remove, EVE, NOW, number, because="Acquired")
        assert waiting(program, BOB) == []
    assert reminded(program, NOW + 9 * DAY) == []


def test_a_decision_taken_back_or_restored_opens_what_was_not_answered_and_reminds_once(program: Program) -> None:
    number = nominates(program, "Acme Corp")
    answers(program, BOB, Function.MARKETING, number)
    program.did(fit.stop_asking, DAN, NOW)
    rejected = program.did(account_list.reject, EVE, NOW + MINUTE, number, because="20 seats")
    program.did(corrections.take_back, EVE, NOW + 2 * MINUTE, rejected.event.id)
    assert [waiting(program, each) for each in ALL] == [["Acme Corp"], [], ["Acme Corp"], [], []]
    assert reminded(program, NOW + 4 * DAY) == [ANN, CLEO]
    program.did(account_list.reject, EVE, NOW + 5 * DAY, number, because="20 seats")
    assert waiting(program, ANN) == []
    program.did(account_list.restore, EVE, NOW + 6 * DAY, number, because="They grew")
    assert [waiting(program, each) for each in ALL] == [["Acme Corp"], [], ["Acme Corp"], [], []]
    assert reminded(program, NOW + 30 * DAY) == []


# Reminders of fit requests: recipients, time and number.
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
        stored_people.save_users(session, WORKSPACE, [SlackUser(BOB, WORKSPACE, "Bob", is_deleted=True)], NOW)
    assert program.store.read_now(next_moment, NOW + DAY) == NOW + 3 * DAY
    assert reminded(program, NOW + 4 * DAY) == [ANN, DAN]
    back_at = program.store.read_now(next_reminder_at, NOW + 5 * DAY)
    assert back_at is not None
    assert back_at.astimezone(ZoneInfo(ZONE)).date() == date(2026, 12, 1)
    assert reminded(program, back_at - MINUTE) == []
    assert reminded(program, back_at) == [CLEO]
    assert program.store.read_now(next_reminder_at, NOW + 7 * DAY) is None


# Scores are kept by person, weighted with the workspace's weights, and written to the account's row.
@pytest.fixture
def candidate(store: Store) -> Program:
    program = people_alone(store)
    nominated = program.did(account_list.nominate, ANN, ago(5), profile("Acme Corp"), because="Renews in spring")
    program.accounts["acme"] = nominated.event.account_id
    return program


def given(criterion: Criterion, points: int, because: str = "Seen in the demo") -> CriterionScore:
    return CriterionScore(criterion, points, because)


def scored(program: Program, user_id: str, function: Function | None, *scores: CriterionScore, at=NOW) -> object:
    return program.did(score, user_id, at, program.accounts["acme"], function=function, scores=scores)


def columns(program: Program) -> tuple[float | None, float | None]:
    def read(session: Session) -> tuple[float | None, float | None]:
        row = accounts.get(session, WORKSPACE, program.accounts["acme"])
        assert row is not None
        return row.fit_score, row.fit_confidence

    return program.store.read_now(read)


def test_the_accounts_row_says_what_follows_from_the_scores_also_after_undo(candidate: Program) -> None:
    assert columns(candidate) == (None, None)
    scored(candidate, ANN, Function.SALES, given(Criterion.ACV, 3))
    assert columns(candidate) == (75.0, 0.25)
    recorded = scored(candidate, BOB, Function.FINANCE, given(Criterion.ACV, 4))
    assert columns(candidate) == (87.5, 0.25)
    candidate.did(corrections.take_back, BOB, NOW, recorded.event.id)  # type: ignore[attr-defined]
    assert columns(candidate) == (75.0, 0.25)


def test_a_later_score_replaces_the_same_persons_and_an_equal_one_is_no_event(candidate: Program) -> None:
    scored(candidate, ANN, Function.SALES, given(Criterion.ACV, 3), given(Criterion.URGENCY, 1))
    assert scored(candidate, ANN, Function.SALES, given(Criterion.ACV, 3)) is None
    again = scored(candidate, ANN, Function.SALES, given(Criterion.ACV, 4), given(Criterion.URGENCY, 1))
    assert again.event.change.scores == (given(Criterion.ACV, 4),)  # type: ignore[attr-defined]
    state = candidate.store.read_now(lambda s: current_state(s, accounts.get(s, WORKSPACE, candidate.accounts["acme"])))
    assert {each.criterion: each.score for each in state.fit} == {Criterion.ACV: 4, Criterion.URGENCY: 1}


def test_new_weights_weigh_every_account_anew(candidate: Program) -> None:
    scored(candidate, ANN, Function.SALES, given(Criterion.ACV, 4), given(Criterion.URGENCY, 0))
    assert columns(candidate) == (62.5, 0.4)
    candidate.did(change_settings, EVE, NOW, {"fit.weight.acv": (25, 5)})
    assert columns(candidate) == (25.0, 0.25)
    scored(candidate, ANN, Function.SALES, given(Criterion.URGENCY, 4))
    assert columns(candidate) == (100.0, 0.25)


def test_a_score_needs_its_reason_and_the_function_that_is_asked(candidate: Program) -> None:
    with pytest.raises(NotUnderstood, match="Give the reason for your score of urgency"):
        scored(candidate, ANN, Function.SALES, given(Criterion.URGENCY, 3, "  "))
    with pytest.raises(Refused, match="not asked for ACV: your function is customer success"):
        scored(candidate, CLEO, Function.CUSTOMER_SUCCESS, given(Criterion.ACV, 3))
    with pytest.raises(Refused, match="not asked for ACV: you have no function"):
        scored(candidate, EVE, None, given(Criterion.ACV, 3))
    with pytest.raises(Outdated):
        candidate.did(score, ANN, NOW, 999, function=Function.SALES, scores=(given(Criterion.ACV, 3),))
    assert columns(candidate) == (None, None)
