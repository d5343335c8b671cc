"""Briefs by rules: one account, or a week, on one screen or in so many lines."""

import re
from datetime import timedelta

from tests.stories.answers.asking import asks
from tests.stories.team import CHANNEL, Team

BRIEF_OF_GLOBEX = ("Brief me on Globex", "one line on globex", "brief me on globex in two lines")


async def prepared(team: Team) -> None:
    await team.knows("Initech", tier=1)
    await team.knows("Globex", owner="bob", tier=2)
    await team.bob.types("/blocker globex Legal is slow", in_=CHANNEL)
    await team.ann.types("/move initech to engaged The CFO joined https://notes.example/1", in_=CHANNEL)
    await team.quiet()


async def test_a_brief_is_one_screen_and_as_short_as_it_was_asked_for(team: Team) -> None:
    await prepared(team)
    whole, one, two = [await asks(team, team.ann, question) for question in BRIEF_OF_GLOBEX]
    assert "Globex" in whole
    assert "Legal is slow" in whole
    assert one.count("\n") == 0
    assert one.startswith(":")
    assert "Globex" in one
    assert "blocked: Legal is slow" in two
    assert two.splitlines()[0] == one
    assert await asks(team, team.ann, "in one line") == one
    assert "Initech" in await asks(team, team.ann, "and initech?")


async def test_a_week_is_told_part_by_part_or_in_so_many_lines(team: Team) -> None:
    await prepared(team)
    assert "Initech" in await asks(team, team.ann, "what changed in the program this week")
    whole = await asks(team, team.ann, "summarise this week")
    assert "*Moved*" in whole
    assert "notes.example" in whole
    assert "*New blockers*" in whole
    assert "Legal is slow" in whole
    lines = (await asks(team, team.ann, "summarise this week in three lines for my boss")).splitlines()
    assert re.fullmatch(r".+ to .+\. \*Moved\* 1 step: Initech", lines[0])
    assert lines[1] == "*New blockers* 1: Globex"
    assert "Legal is slow" not in await asks(team, team.ann, "brief me on tier 1 this week")
    assert "Initech" not in await asks(team, team.ann, "summarise this week for bob's accounts")
    assert "Legal is slow" in await asks(team, team.ann, "what changed this week in tier 2")
    await asks(team, team.ann, "what changed at initech this week")
    one = await asks(team, team.ann, "one line on globex")
    assert one.startswith(":")
    assert "entry" not in one
    await team.passes(timedelta(days=70))
    said = await asks(team, team.ann, "summarise this week in three lines for my boss")
    assert ". *Needs intervention* " in said.splitlines()[0]
    assert "Globex" in said
