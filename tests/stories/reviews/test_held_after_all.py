import pytest

from tests.stories.reviews.test_schedule import MONDAY, announced, headers, schedule
from tests.stories.team import CHANNEL, Team


@pytest.mark.again
async def test_a_skipped_date_is_taken_back_where_its_receipt_is_and_in_the_form_that_skipped_it(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    receipt = await team.bob.types("/review skip 2026-11-30 because of the holiday", in_=CHANNEL)
    await team.ann.clicks("Hold it after all", on=await team.ann.types("/review", in_=CHANNEL))
    assert "Skipped" not in await team.ann.types("/review", in_=CHANNEL)
    await team.quiet()
    await team.bob.clicks("Hold it after all", on=receipt)
    await team.bob.sees("Nothing was changed", in_=CHANNEL)
    assert announced(team)[1:] == [
        "ann took back that the review of Mon 30 Nov is skipped: it is held. The next one is Mon 30 Nov 09:00 EST."
    ]
    await team.ann.types("/review skip", in_=CHANNEL)
    await team.form(team.ann)
    assert (await team.submits(team.ann, because="A holiday")).ok
    await team.ann.clicks("Hold it after all")
    assert await team.sandbox.changed.until(lambda: "Skipped" not in team.ann.form.words)
    await team.at(MONDAY)
    assert headers(team) == ["Account review, Mon 30 Nov"]


async def test_one_date_is_moved_and_skipped_by_the_buttons_below_the_next_dates(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    asked = await team.ann.types("/review", in_=CHANNEL)
    await team.ann.clicks("Move a date", on=asked)
    form = await team.form(team.ann)
    assert (form.values["To"], form.values["At"]) == ("2026-11-30", "09:00")
    assert (await team.submits(team.ann, To="2026-12-01", At="10:15")).ok
    assert "1 Dec 10:15 EST, moved from Mon 30 Nov" in team.ann.form.words
    await team.ann.closes()
    await team.ann.clicks("Skip a date", on=asked)
    await team.form(team.ann)
    assert not (await team.submits(team.ann)).ok
    assert (await team.submits(team.ann, because="A holiday")).ok
    assert "Skipped: Mon 30 Nov, A holiday" in team.ann.form.words


@pytest.mark.again
async def test_a_review_at_once_says_that_the_planned_one_stays_and_offers_to_skip_it(team: Team) -> None:
    await team.knows("Initech")
    assert "stays as it is" not in await team.bob.types("/review now", in_=CHANNEL)
    await team.closes_review(team.bob)
    await schedule(team)
    await team.ann.clicks("Review now", on=await team.ann.types("/review", in_=CHANNEL))
    stays = "The review planned for Mon 30 Nov 09:00 EST stays as it is; Skip a date leaves it out."
    await team.ann.clicks("Skip a date", on=await team.ann.sees(stays, in_=CHANNEL))
    await team.form(team.ann)
    assert (await team.submits(team.ann, because="It was held on Tuesday")).ok
    assert "Skipped: Mon 30 Nov, It was held on Tuesday" in team.ann.form.words
    await team.ann.closes()
    await team.closes_review(team.ann)
    await team.ann.types("/review pause", in_=CHANNEL)
    assert "stays as it is" not in await team.ann.types("/review now", in_=CHANNEL)
