import pytest

from tests.stories.team import CHANNEL, Team


@pytest.mark.again
async def test_no_change_without_news_or_before_it_or_after_it_was_taken_back_is_nothing_moved(team: Team) -> None:
    await team.begins_review_of("Initech")
    news = await team.ann.types("/move initech Their lawyer offered a cap", in_=CHANNEL)
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.quiet()
    assert team.agenda("Initech").words.splitlines()[-1].count("nothing else moved") == 1
    await team.ann.clicks("Undo", on=news)
    await team.quiet()
    assert team.agenda("Initech").words.endswith(": nothing moved")
    await team.closes_review(team.ann)
    await team.posts_review("initech")
    await team.bob.clicks("No change", on=team.agenda("Initech"))
    await team.bob.sees("*Recorded* for Initech: nothing moved.", in_=CHANNEL)
