"""A burst of requests: what Slack's rate limits refuse comes a moment later, once."""

from tests.stories.team import CHANNEL, Team

BURST = 8


async def test_every_answer_of_a_burst_of_commands_and_clicks_is_shown_once(team: Team) -> None:
    assert team.sandbox.slack.limits is not None
    await team.knows("Initech")
    team.sandbox.slack.limits.channel_burst = 3
    seen = [await team.ann.types("/account initech", in_=CHANNEL) for _ in range(BURST)]
    assert all("Initech" in each for each in seen)
    assert len(team.private_words(team.ann)) == BURST
    await team.ann.clicks("History", on=seen[-1])
    await team.is_told(team.ann, "History of Initech")
    await team.quiet()
    assert [words.count("History of Initech") for words in team.direct_words(team.ann)] == [1]
    assert len(team.private_words(team.ann)) == BURST


async def test_a_form_that_came_too_fast_is_opened_a_moment_later(team: Team) -> None:
    await team.knows("Initech")
    team.sandbox.faults.rate_limit("views.open", retry_after_seconds=1)
    await team.ann.types("/move initech", in_=CHANNEL)
    assert "Initech" in (await team.form(team.ann)).words
    assert team.direct_words(team.ann) == []
