import asyncio
from datetime import timedelta

import pytest

from sandbox.demo import NextDue
from sandbox.workspace import PATIENCE_SECONDS
from tests.stories.team import CHANNEL, Team


def reminders(team: Team) -> dict[str, int]:
    people = (team.ann, team.bob, team.dan, team.vic)
    return {each.user.name: sum(words.startswith("Reminder: ") for words in team.direct_words(each)) for each in people}


@pytest.mark.again
async def test_questions_of_a_restored_account_are_new_ones_and_the_clock_passes_somebody_away(team: Team) -> None:
    await team.ann.types("/account nominate Corvus corvus.example because They grew", in_=CHANNEL)
    await team.quiet()
    await team.is_told(team.dan, "Corvus: They grew")
    await team.ann.types("/account reject Corvus because No budget this year", in_=CHANNEL)
    await team.passes(timedelta(days=180))
    today = team.clock.now().date()
    await team.dan.types(f"/abm away {today} to {today + timedelta(days=20)}", in_=CHANNEL)
    await team.ann.types("/account restore Corvus because They have a budget now", in_=CHANNEL)
    restored_at = team.clock.now()
    await team.passes(timedelta(minutes=5))
    assert reminders(team) == {"ann": 0, "bob": 0, "dan": 0, "vic": 0}

    button = NextDue(team.sandbox, team.cadence, team.clock, team.workspace_id)
    told = []
    for after in (timedelta(days=3), timedelta(days=20)):
        async with asyncio.timeout(PATIENCE_SECONDS):
            await button.advance()
        assert after <= team.clock.now() - restored_at < after + timedelta(days=1)
        told.append(reminders(team))
    assert told == [{"ann": 1, "bob": 1, "dan": 0, "vic": 1}, {"ann": 1, "bob": 1, "dan": 1, "vic": 1}]
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert "Nothing is planned" in await button.advance()
