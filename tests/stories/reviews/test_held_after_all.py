"""A skipped date is taken back by the button beside it, wherever it is shown."""

from tests.stories.reviews.test_schedule import MONDAY, announced, headers, schedule
from tests.stories.team import CHANNEL, Team


async def test_a_skipped_date_is_taken_back_where_its_receipt_is_and_in_the_form_that_skipped_it(team: Team) -> None:
    await team.knows("Initech")
    await schedule(team)
    receipt = await team.bob.types("/review skip 2026-11-30 because of the holiday", in_=CHANNEL)
    asked = await team.ann.types("/review", in_=CHANNEL)
    await team.ann.clicks("Hold it after all", on=asked)
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
    assert await team.sandbox.changed.until(lambda: "Skipped" not in team.ann.form.words, seconds=5)
    await team.at(MONDAY)
    assert headers(team) == ["Account review, Mon 30 Nov"]
