"""Reviews that passed an account by, and a meeting with the person who decides."""

from datetime import UTC, datetime, timedelta

from agendas.verbs import updates
from tests.stories.team import CHANNEL, Team

MONDAY = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
"""9:00 in New York."""
WEEK = timedelta(days=7)


async def weekly(team: Team) -> None:
    await team.ann.types("/review schedule", in_=CHANNEL)
    await team.form(team.ann)
    outcome = await team.submits(team.ann, anchor_on="2026-11-30", local_time="09:00")
    assert outcome.ok, outcome.error
    await team.ann.closes()


async def test_two_planned_reviews_that_nobody_held_are_said_at_the_third_with_another_weakness(team: Team) -> None:
    await team.knows("Initech")
    await weekly(team)
    for week in range(2):
        await team.at(MONDAY + week * WEEK)
        assert "not reviewed" not in team.agenda("Initech").words
    await team.at(MONDAY + 2 * WEEK)
    said = "*Why:* no next action · not reviewed at 2 planned reviews\n"
    assert said in team.agenda("Initech").words
    assert said in await team.ann.types("/account initech", in_=CHANNEL)
    await team.ann.types("/move initech They wait for a budget", in_=CHANNEL)
    await team.closes_review(team.ann)
    await team.at(MONDAY + 3 * WEEK)
    assert "not reviewed" not in team.agenda("Initech").words


async def test_a_meeting_with_the_economic_buyer_is_said_as_momentum_at_the_same_stage(team: Team) -> None:
    number = await team.knows("Initech")
    await team.did(updates.add_action, number, text="Call them", due_on=datetime(2027, 9, 1, tzinfo=UTC).date())
    await team.ann.types("/move initech to engaged They called us https://notes.example/1", in_=CHANNEL)
    await team.ann.types("/account initech group add Rita Sample, CFO, economic buyer", in_=CHANNEL)
    rita = str(team.state("Initech").contacts[0].id)
    await team.posts_review("initech")
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.closes_review(team.ann)
    await team.passes(timedelta(days=1))
    await team.posts_review("initech")
    await team.agenda_form(team.ann, "Movement", "Initech")
    await team.submits(
        team.ann,
        text="Budget talk",
        evidence="https://notes.example/2",
        actor="The buyer, in a meeting",
        contact=rita,
    )
    agenda = team.agenda("Initech").words
    assert "Budget talk (notes.example, meeting) · ann" in agenda
    agenda = await team.details("Initech")
    assert "No change of stage." in agenda
    assert "A meeting with their economic buyer or executive sponsor was held." in agenda
    assert team.state("Initech").contacts[0].last_touch_on == team.clock.now().date()
