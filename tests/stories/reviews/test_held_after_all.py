from tests.stories.reviews.test_schedule import schedule
from tests.stories.team import CHANNEL, Team


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
