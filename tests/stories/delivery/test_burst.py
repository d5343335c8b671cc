from tests.stories.team import CHANNEL, Team

BURST = 8


async def test_answers_for_one_person_come_as_fast_as_they_are_asked_for_and_one_refused_comes_once(team: Team) -> None:
    await team.knows("Initech")
    seen = [await team.ann.types("/account initech", in_=CHANNEL) for _ in range(BURST)]
    assert len(team.private_words(team.ann)) == BURST
    team.sandbox.faults.rate_limit("response_url", retry_after_seconds=60)
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
