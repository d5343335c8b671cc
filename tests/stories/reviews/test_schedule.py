from datetime import UTC, datetime, timedelta

import pytest

from sandbox.testing import Person
from tests.stories.team import CHANNEL, Team
from tests.titles import title_of

MONDAY = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
"""9:00 in New York."""


async def schedule(team: Team, *, by: Person | None = None, in_: str = CHANNEL, **fields: str | list[str]) -> None:
    """A weekly review on Mondays at 9:00 in New York unless the fields say otherwise."""
    person = by or team.ann
    await person.types("/review schedule", in_=in_)
    await team.form(person)
    outcome = await team.submits(person, **({"anchor_on": "2026-11-30", "local_time": "09:00"} | fields))
    assert outcome.ok, outcome.error
    await person.closes()


def headers(team: Team) -> list[str]:
    return [title_of(line.words) for line in team.room.messages if "Account review" in line.words]


def announced(team: Team) -> list[str]:
    return [line.words for line in team.room.messages if " review" in line.words and "Account review" not in line.words]


async def test_without_a_cadence_a_channel_is_told_to_set_one_in_a_form_that_shows_the_next_dates(team: Team) -> None:
    seen = await team.ann.types("/review", in_=CHANNEL)
    assert "This channel has no review yet." in seen
    await team.ann.clicks("Schedule", on=seen)
    form = await team.form(team.ann)
    assert form.values["Time zone"] == "America/New_York"
    assert form.values["Facilitator"] == team.ann.id
    assert "Next dates: Tue 1 Dec" in form.words
    assert "An editor or admin can set one" in await team.vic.types("/review", in_=CHANNEL)
    for field, value, dates in (
        ("anchor_on", "2026-12-04", "Fri 4 Dec"),
        ("rhythm", "biweekly", "Fri 4 Dec 2026, 09:00; Fri 18 Dec 2026, 09:00; Fri 1 Jan 2027, 09:00"),
        ("local_time", "16:30", "Fri 18 Dec 2026, 16:30"),
    ):
        await team.ann.fills(**{field: value})
        assert await team.sandbox.changed.until(lambda shown=dates: shown in team.ann.form.words)
    asked = await team.sandbox.actions.suggestions(
        team.ann.id, team.ann.form.view.id, block_id="zone", action_id="schedule.zone", query="kolkata"
    )
    assert [each["value"] for each in (asked.response or {})["options"]] == ["Asia/Kolkata"]


@pytest.mark.parametrize("setting", ["sqlite socket", "postgres socket"], indirect=True)
async def test_the_review_is_posted_on_time_every_week(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    await team.at(MONDAY - timedelta(seconds=30))
    assert headers(team) == []
    await team.at(MONDAY)
    assert headers(team) == ["Account review, Mon 30 Nov"]
    await team.at(MONDAY + timedelta(hours=1))
    assert len(headers(team)) == 1
    await team.at(MONDAY + timedelta(days=7))
    assert headers(team) == ["Account review, Mon 30 Nov", "Account review, Mon 7 Dec"]
    assert "late" not in team.room.messages[-2].words


async def test_a_later_one_is_shown_as_missed_and_can_be_held_after_all(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    await team.at(MONDAY + timedelta(hours=2, minutes=1))
    assert headers(team) == []
    seen = await team.ann.types("/review ledger", in_=CHANNEL)
    assert "missed" in seen
    await team.ann.clicks("Review now", on=seen)
    await team.room.shows("Account review · Mon 30 Nov")
    await team.quiet()
    assert "Mon 7 Dec 09:00 EST" in await team.ann.types("/review", in_=CHANNEL)


async def test_one_date_is_skipped_and_the_rest_stay(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    asked = await team.bob.types("/review skip tomorrow because of the holiday", in_=CHANNEL)
    assert "No review is planned for that date" in asked
    await team.bob.clicks("Skip Mon 30 Nov", on=asked)
    await team.bob.sees("• Skipped: Mon 30 Nov because of the holiday", in_=CHANNEL)
    await team.bob.types("/review skip 2026-11-30 because of the holiday", in_=CHANNEL)
    await team.quiet()
    told = "bob skipped the review of Mon 30 Nov because of the holiday. The next one is Mon 7 Dec 09:00 EST."
    assert announced(team) == [told]
    await team.at(MONDAY + timedelta(hours=1))
    assert headers(team) == []
    assert "skipped" in await team.ann.types("/review ledger", in_=CHANNEL)
    await team.at(MONDAY + timedelta(days=7))
    assert headers(team) == ["Account review, Mon 7 Dec"]


async def test_one_date_is_moved_and_the_rest_stay(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    said = await team.bob.types("/review move 2026-11-30 to fri 2:30 pm because of travel", in_=CHANNEL)
    assert "Fri 27 Nov 14:30 EST, moved from Mon 30 Nov: of travel" in said
    for wrong, sentence in (
        ("/review move to today 01:00", "That time has passed"),
        ("/review move to 2026-11-01", "has passed"),
        ("/review move to yesterday", "has passed"),
        ("/review move 2026-12-01 to fri", "No review is planned for that date"),
        ("/review move to", "Say to which day"),
        ("/review move to fri 25:00", "not a time of day"),
    ):
        assert sentence in await team.bob.types(wrong, in_=CHANNEL), wrong
    asked = await team.bob.types("/review move tomorrow to fri 14:30", in_=CHANNEL)
    await team.bob.clicks("Move Fri 27 Nov", on=asked)
    await team.quiet()
    assert announced(team) == ["bob moved the review of Mon 30 Nov to Fri 27 Nov 14:30 EST because of travel."]
    await team.at(datetime(2026, 11, 27, 19, 30, tzinfo=UTC))
    assert headers(team) == ["Account review, Fri 27 Nov"]
    await team.at(MONDAY + timedelta(hours=1))
    assert len(headers(team)) == 1
    await team.at(MONDAY + timedelta(days=7))
    assert len(headers(team)) == 2


async def test_a_moved_review_is_found_by_the_date_that_people_see(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    await team.bob.types("/review move 7 dec to 8 dec 10:00", in_=CHANNEL)
    asked = await team.bob.types("/review move 9 dec to 10 dec", in_=CHANNEL)
    assert "The next dates are Mon 30 Nov, Tue 8 Dec, Mon 14 Dec" in asked
    await team.bob.clicks("Move Tue 8 Dec", on=asked)
    await team.bob.sees("10 Dec 09:00 EST, moved from 7 Dec", in_=CHANNEL)
    said = await team.bob.types("/review move 14 dec to 10 dec 11:00", in_=CHANNEL)
    assert "10 Dec 11:00 EST, moved from 14 Dec" in said
    said = await team.bob.types("/review skip 10 dec because of travel", in_=CHANNEL)
    assert "On Thu 10 Dec there are reviews at 09:00 and 11:00." in said
    said = await team.bob.types("/review skip 7 dec because of travel", in_=CHANNEL)
    assert "Skipped: 7 Dec because of travel" in said
    await team.quiet()
    assert [each.words for each in team.room.messages if " the review of " in each.words] == [
        "bob moved the review of Mon 7 Dec to Tue 8 Dec 10:00 EST.",
        "bob moved the review of Tue 8 Dec to Thu 10 Dec 09:00 EST.",
        "bob moved the review of Mon 14 Dec to Thu 10 Dec 11:00 EST.",
        "bob skipped the review of Thu 10 Dec because of travel. The next one is Mon 30 Nov 09:00 EST.",
    ]


async def test_a_paused_cadence_posts_nothing_until_it_is_resumed(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    await team.ann.clicks("Pause", on=await team.ann.types("/review", in_=CHANNEL))
    await team.ann.sees("Next dates, when resumed", in_=CHANNEL)
    assert "paused already" in await team.ann.types("/review pause", in_=CHANNEL)
    await team.quiet()
    await team.at(MONDAY + timedelta(hours=1))
    assert headers(team) == []
    assert "Mon 7 Dec" in await team.ann.types("/review resume", in_=CHANNEL)
    assert "are not paused" in await team.ann.types("/review resume", in_=CHANNEL)
    await team.quiet()
    assert announced(team) == [
        "ann paused the reviews of this channel.",
        "ann resumed the reviews of this channel. The next one is Mon 7 Dec 09:00 EST.",
    ]
    await team.at(MONDAY + timedelta(days=7))
    assert headers(team) == ["Account review, Mon 7 Dec"]


async def test_a_review_with_nobody_in_its_scope_is_skipped_and_says_so(team: Team) -> None:
    await schedule(team)
    await team.at(MONDAY)
    assert headers(team) == []
    assert "skipped" in await team.ann.types("/review ledger", in_=CHANNEL)
    assert "No named account is in this review's scope" in await team.ann.types("/review now", in_=CHANNEL)
