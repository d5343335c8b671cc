from datetime import UTC, datetime

from tests.stories.reviews.test_schedule import headers
from tests.stories.team import CHANNEL, Team

CHRISTMAS = datetime(2026, 12, 25, 14, 0, tzinfo=UTC)
"""9:00 in New York, a Friday."""


async def test_public_holidays_and_own_days_are_left_out_and_said_with_their_names(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/review schedule", in_=CHANNEL)
    await team.form(team.ann)
    await team.ann.fills(anchor_on="2026-12-18", local_time="09:00")
    asked = await team.sandbox.actions.suggestions(
        team.ann.id, team.ann.form.view.id, block_id="holidays_of", action_id="schedule.holidays", query="germany bay"
    )
    places = {each["text"]["text"]: each["value"] for each in (asked.response or {})["options"]}
    assert places == {"Germany, Bayern": "DE-BY"}
    await team.ann.fills(holidays_of="DE-BY")
    await team.in_form(team.ann, "Fri 25 Dec: Christmas Day, no review; Fri 1 Jan: New Year's Day, no review")
    assert (await team.submits(team.ann, days_off="2027-01-08 Offsite, in the hills\n15 Jan 2027")).ok
    lines = [line for line in team.ann.form.words.splitlines() if line.startswith("•")]
    assert lines == [
        "• 18 Dec 09:00 EST",
        "• 25 Dec: Christmas Day, no review",
        "• 1 Jan 2027: New Year's Day, no review",
        "• 8 Jan 2027: Offsite, in the hills, no review",
        "• 15 Jan 2027: no review",
        "• 22 Jan 2027 09:00 EST",
        "• 29 Jan 2027 09:00 EST",
    ]
    await team.ann.closes()
    await team.at(CHRISTMAS)
    await team.at(datetime(2027, 1, 22, 14, 0, tzinfo=UTC))
    assert headers(team) == ["Account review, Fri 22 Jan"]
    # a new year needs no action, and own days that passed are not in the form any more
    await team.ann.types("/review schedule", in_=CHANNEL)
    form = await team.form(team.ann)
    assert (form.values["Other days without a review"], form.values["No review on public holidays of"]) == (
        None,
        "DE-BY",
    )
    await team.ann.closes()
    await team.at(datetime(2027, 12, 25, 0, 0, tzinfo=UTC))
    assert "Fri 31 Dec 09:00" in await team.ann.types("/review", in_=CHANNEL)
    await team.at(datetime(2028, 4, 8, 0, 0, tzinfo=UTC))
    assert "• Fri 14 Apr 2028: Good Friday, no review" in (await team.ann.types("/review", in_=CHANNEL)).replace(
        "Fri 14 Apr:", "Fri 14 Apr 2028:"
    )


async def test_what_is_no_day_off_is_said_beside_the_field_and_nothing_is_saved(team: Team) -> None:
    await team.ann.types("/review schedule", in_=CHANNEL)
    await team.form(team.ann)
    field = "Other days without a review"
    for typed, sentence in (
        ("2020-12-25 Christmas", "25 Dec 2020 has passed. Leave it out."),
        ("2026-12-25\n2026-12-28, 2026-12-25 again", "25 Dec is there twice. Keep one of them."),
        ("New year, 2027-01-01", '"New year" is not a date. Write dates like 2026-12-25.'),
        (f"2026-12-25 {'x' * 81}", "The name of 25 Dec is too long; write at most 80 characters."),
    ):
        assert not (await team.submits(team.ann, days_off=typed)).ok
        assert team.ann.form.errors == {field: sentence}
    await team.ann.fills(days_off="", holidays_of="XX")
    assert not (await team.submits(team.ann)).ok
    unknown = "No public holidays of XX are known here. Choose another country, or write the dates below."
    assert team.ann.form.errors == {"No review on public holidays of": unknown}
    assert "no review yet" in await team.ann.types("/review", in_=CHANNEL)
