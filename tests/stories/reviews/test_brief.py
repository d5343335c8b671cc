from datetime import timedelta

from tests.stories.reviews.test_schedule import MONDAY, headers, schedule
from tests.stories.team import CHANNEL, Team

BEFORE = MONDAY - timedelta(hours=1)


async def test_a_facilitator_reminds_asks_adds_and_leaves_out_in_the_brief_and_the_review_obeys(team: Team) -> None:
    for name in ("Globex", "Hooli", "Initech"):
        await team.knows(name, owner="bob")
    await schedule(team, minutes="15")
    await team.at(MONDAY - timedelta(days=1))
    await team.at(BEFORE)
    brief = await team.is_told(team.ann, "Review in")
    [said] = [line for line in team.direct_words(team.ann) if "Review in" in line]
    assert "*Left out* Hooli (Tier 1, new, 8 min), Initech" in said
    assert "*Not updated*" in said
    await team.ann.clicks("Remind", on=brief)
    await team.quiet()
    assert any("asks for your updates" in line for line in team.direct_words(team.bob))
    await team.ann.clicks("Ask somebody", on=brief)
    await team.form(team.ann)
    outcome = await team.submits(team.ann, whom=team.bob.id, text="Did their CFO sign?")
    assert outcome.ok, outcome.error
    await team.is_told(team.bob, "Did their CFO sign?")
    await team.ann.clicks("Initech", on=brief)
    await team.quiet()
    [said] = [line for line in team.direct_words(team.ann) if "Review in" in line]
    assert "✓ reminded" in said
    assert "added by" in said
    await team.at(MONDAY)
    assert headers(team) == ["Account review, Mon 30 Nov"]
    assert "ann added Initech" in team.header.words
    assert "*No time*" in team.header.words


async def test_a_review_moved_by_the_brief_is_moved_in_its_channel(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    await team.at(BEFORE)
    await team.ann.clicks("Move the review", on=await team.is_told(team.ann, "Review in"))
    await team.form(team.ann)
    await team.submits(team.ann, day="2026-12-01", time="09:00")
    await team.at(MONDAY)
    assert headers(team) == []
    assert "Tue 1 Dec" in await team.ann.types("/review", in_=CHANNEL)


async def test_what_a_phone_shows_names_the_channel_of_a_review(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    await team.ann.types("/abm ask when is the next review?", in_=CHANNEL)
    await team.quiet()
    said = team.sandbox.channel_state("abm-weekly").visible_to(team.ann.id)[-1]
    assert said.text == "Next review: Mon 30 Nov 09:00 EST · #abm-weekly"
