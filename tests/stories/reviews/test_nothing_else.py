from datetime import timedelta

import pytest

from tests.stories.team import CHANNEL, Team


@pytest.mark.again
async def test_no_change_after_news_of_the_same_review_is_nothing_else(team: Team) -> None:
    await team.begins_review_of("Initech")
    await team.ann.types("/move initech nothing", in_=CHANNEL)
    await team.closes_review(team.ann)
    header = await team.posts_review("initech")
    await team.ann.types("/move initech Their lawyer offered a cap https://notes.example/2", in_=CHANNEL)
    await team.bob.clicks("No change", on=team.agenda("Initech"))
    await team.bob.sees("*Recorded* for Initech: nothing else moved.", in_=CHANNEL)
    await team.quiet()
    agenda = team.agenda("Initech")
    assert agenda.thread[-1].words == "bob: nothing else moved."
    assert "Tue 24 Nov: Their lawyer offered a cap" in agenda.words
    assert "nothing else moved" in agenda.words.splitlines()[-1]
    assert "othing moved" not in agenda.words
    assert "nothing else moved" in await team.ann.types("/account initech history", in_=CHANNEL)
    await team.closes_review(team.ann)
    recap = header.thread[-1].words
    assert "*News* Initech" in recap
    assert "othing moved" not in recap


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


@pytest.mark.again
async def test_the_first_review_of_an_account_tells_what_was_recorded_since_it_was_named(team: Team) -> None:
    await team.knows("Initech", tier=None)
    await team.ann.types("/move initech They downloaded our guide", in_=CHANNEL)
    await team.passes(timedelta(days=1))
    await team.ann.types("/account name initech tier 3 because they renew in spring", in_=CHANNEL)
    await team.passes(timedelta(days=1))
    await team.ann.types("/move initech to aware Their lawyer wrote https://notes.example/2", in_=CHANNEL)
    await team.passes(timedelta(days=40))
    header = await team.posts_review("initech")
    agenda = team.agenda("Initech").words
    assert agenda.startswith(":large_green_circle: *Initech* advanced, new · ")
    assert "*Moved* 26 Nov 2026: target → aware: Their lawyer wrote (notes.example, mail) · ann" in agenda
    assert "guide" not in agenda
    await team.ann.clicks("Details", on=team.agenda("Initech"))
    await team.ann.sees("*Movement*, first review, since it was named Wed 25 Nov\nTarget → aware", in_=CHANNEL)
    assert "1 advanced" in header.words
    await team.closes_review(team.ann)
    recap = header.thread[-1].words
    assert "*Initech* advanced to aware, new · 26 Nov 2026: Their lawyer wrote (notes.example, mail)" in recap
