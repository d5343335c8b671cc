"""Instants, dates and words follow from the zones of people and reviews, whatever zone the computer is in."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from time import tzset

import pytest
from icalendar import Calendar
from sqlmodel import Session, select

from agendas.facts.account import Rhythm
from agendas.facts.reviews import CadenceWish, Plan
from agendas.rendering.calendar import feed
from agendas.verbs.cadences import schedule
from agendas.verbs.calendar import hash_of, meetings_of, renew
from storage.models.reviews import Cadence
from tests.agendas.verbs.nudging.conftest import MONDAY
from tests.agendas.verbs.nudging.simulation import WORDS, Simulation, opens
from tests.builders import CHANNEL, DAN, EVE, ZONE, author
from tests.program import Program


@pytest.fixture(autouse=True, params=["America/Los_Angeles", "Pacific/Kiritimati"])
def zone_of_the_computer(request: pytest.FixtureRequest) -> Iterator[None]:
    """Put the computer into this zone until the test ends."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    tzset()
    yield
    del os.environ["TZ"]
    os.environ |= {"TZ": before} if before is not None else {}
    tzset()


def test_digests_reviews_and_calendars_come_when_they_would_in_any_other_zone(simulation: Simulation) -> None:
    program = simulation.program
    late = Plan(Rhythm.WEEKLY, date(2026, 10, 26), time(22), ZONE)
    program.did(schedule, EVE, MONDAY, CHANNEL, CadenceWish(late, minutes=45, facilitator=EVE))
    cadence = stored_cadence(program)
    assert (cadence.next_on, cadence.next_at) == (late.anchor_on, datetime(2026, 10, 27, 2, tzinfo=UTC))
    assert cadence.prepare_at == datetime(2026, 10, 24, 2, tzinfo=UTC)
    # the clocks go back on 1 November
    assert calendar_begins(program, MONDAY)[:2] == [cadence.next_at, datetime(2026, 11, 3, 3, tzinfo=UTC)]
    opens(simulation)
    simulation.runs(days=1)
    [digest] = simulation.to(DAN, "digest")
    assert digest.at == datetime(2026, 10, 6, 12, 30, tzinfo=UTC)
    assert digest.words.startswith("*Your digest* · Tue 6 Oct\n")


def stored_cadence(program: Program) -> Cadence:
    return program.store.read_now(lambda session: session.exec(select(Cadence)).one())


def calendar_begins(program: Program, now: datetime) -> list[datetime]:
    """The instants of the channel's reviews, in the file that other programs read."""

    def served(session: Session) -> bytes:
        renew(session, author(EVE, now), "token", channel_id=CHANNEL)
        return feed(meetings_of(session, hash_of("token"), now=now) or (), WORDS)

    events = Calendar.from_ical(program.store.write_now(served)).walk("VEVENT")
    return [each["dtstart"].dt for each in events]
