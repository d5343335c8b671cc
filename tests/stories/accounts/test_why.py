from datetime import timedelta

from tests.stories.team import CHANNEL, Team


async def test_why_tells_rule_limit_and_entry_behind_the_bucket(team: Team) -> None:
    await team.knows("Initech")
    await team.passes(timedelta(days=20))
    await team.ann.types("/blocker initech legal wants a cap needs executive", in_=CHANNEL)
    await team.ann.clicks("Why", on=await team.ann.types("/account initech", in_=CHANNEL))
    seen = await team.ann.sees("Why Initech needs intervention", in_=CHANNEL)
    assert "hard: a blocker needs an executive, open for 0 days · legal wants a cap" in seen
    assert "One hard reason is enough, or two soft ones." in seen
    assert "soft: no next action" in seen
    assert "Stalled: no. Target 20/60 d" in seen.replace("*", "")

    seen = await team.obi.types("/account initech why", in_=CHANNEL)
    assert "Why this account" in seen
    assert "Why Initech needs intervention" in seen
