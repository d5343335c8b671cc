"""An overdue action is shown to a person once on a morning, whichever messages come then."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agendas.facts.people import Choice, NoticeKind, Preferences
from agendas.verbs import closing, reviews, updates
from agendas.verbs.notices import change_preferences
from storage.models.reviews import Review
from tests.agendas.verbs.nudging.conftest import MONDAY
from tests.agendas.verbs.nudging.simulation import TUESDAY, WEDNESDAY, Simulation
from tests.builders import ANN, BOB, CHANNEL, EVE, ZONE

THURSDAY = date(2026, 10, 8)


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant of a wall time in New York."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(ZONE))


@pytest.fixture
def review(simulation: Simulation) -> Review:
    """A review of Ann's account, open; she owes a call until Tuesday, and a visit later in the month."""
    acme = simulation.program.accounts["acme"]
    asked = {"asked_by": "command:1", "today": MONDAY.date()}
    found: Review = simulation.program.did(reviews.open_now, EVE, MONDAY, CHANNEL, **asked)
    at = MONDAY + timedelta(minutes=1)
    for text, due_on in (("Call them", TUESDAY), ("Visit them", date(2026, 10, 28))):
        simulation.program.did(updates.add_action, EVE, at, acme, text=text, owner=ANN, due_on=due_on)
    return found


def closes(simulation: Simulation, review: Review, at: datetime) -> None:
    simulation.runs_until(at)
    simulation.program.did(closing.close_by_person, EVE, at, review.row_id, attended=(ANN, BOB))


def shown(simulation: Simulation, text: str) -> list[str]:
    return [
        f"{each.page} {each.day(ZONE)}" for each in simulation.to(ANN) if text in each.words and each.page != "told"
    ]


def test_what_was_shown_after_a_review_the_digest_of_that_morning_leaves_out(
    simulation: Simulation, review: Review
) -> None:
    closes(simulation, review, local(WEDNESDAY, 8))
    simulation.runs_until(local(THURSDAY, 12))
    assert shown(simulation, "Call them") == ["your_actions Wed 07 Oct 08:00", "digest Thu 08 Oct 08:30"]
    assert shown(simulation, "Visit them") == ["your_actions Wed 07 Oct 08:00"]


def test_what_the_digest_showed_the_message_after_a_review_of_that_morning_leaves_out(
    simulation: Simulation, review: Review
) -> None:
    closes(simulation, review, local(WEDNESDAY, 9))
    simulation.runs_until(local(WEDNESDAY, 12))
    assert shown(simulation, "Call them") == ["digest Wed 07 Oct 08:30"]
    assert shown(simulation, "Visit them") == ["your_actions Wed 07 Oct 09:00"]


def test_two_parts_of_one_digest_do_not_show_it_twice(simulation: Simulation, review: Review) -> None:
    wish = Preferences(((NoticeKind.ACTIONS, Choice.DIGEST),))
    simulation.program.did(change_preferences, ANN, MONDAY, wish)
    closes(simulation, review, local(TUESDAY, 18))
    simulation.runs_until(local(WEDNESDAY, 12))
    [digest] = [each for each in simulation.to(ANN, "digest") if "Call them" in each.words]
    assert digest.words.count("Call them") == 1
