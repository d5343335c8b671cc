from datetime import UTC, date, datetime, time, timedelta

from agendas.facts.account import Rhythm
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import cadences
from tests.stories.team import Team

REMINDED_AT = datetime(2026, 12, 1, 21, 1, tzinfo=UTC)
"""16:01 on Tuesday, 1 December, in New York: an hour before the end of work, the last before updates end."""
SECONDS = timedelta(seconds=10)
STILL = "still to update"


async def is_planned(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Hooli", owner="bob")
    wish = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 12, 2), time(9), "America/New_York"), 45, team.ann.id)
    await team.did(cadences.schedule, team.sandbox.channel_state("abm-weekly").id, wish)
    await team.at(datetime(2026, 12, 1, 14, 1, tzinfo=UTC))


async def test_it_is_snoozed_comes_again_and_is_stopped_and_who_said_something_gets_none(team: Team) -> None:
    await is_planned(team)
    await team.bob.clicks("No change", on=await team.is_told(team.bob, "*Review of Wed 2 Dec"))
    await team.at(REMINDED_AT)
    first = await team.is_told(team.ann, STILL)
    assert "Initech" in first
    assert not any(STILL in words for words in team.direct_words(team.bob))
    await team.ann.clicks("Snooze 1 hour", on=first)
    await team.passes(SECONDS)
    assert any("Snoozed: you are reminded again" in words for words in team.direct_words(team.ann))
    await team.at(REMINDED_AT + timedelta(hours=1, minutes=1))
    await team.ann.clicks("Stop for this review", on=await team.is_told(team.ann, STILL))
    await team.passes(SECONDS)
    assert any("You are not reminded of this review again." in words for words in team.direct_words(team.ann))
