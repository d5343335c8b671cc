import pytest

from tests.stories.reviews.test_schedule import MONDAY
from tests.stories.team import CHANNEL, Team
from tests.titles import title_of


async def knows_several(team: Team) -> None:
    await team.knows("Initech", tier=1, segment="Retail, food")
    await team.knows("Globex", tier=2, segment="Retail, food", owner="bob")
    await team.knows("Hooli", tier=2, segment="Logistics")
    await team.knows("Acme Corp", tier=3)


async def offered(team: Team, field: str, action: str, typed: str) -> dict[str, str]:
    """The offer of a select of the form in front of Ann: value by label."""
    asked = await team.sandbox.actions.suggestions(
        team.ann.id, team.ann.form.view.id, block_id=field, action_id=action, query=typed
    )
    return {each["text"]["text"]: each["value"] for each in (asked.response or {})["options"]}


async def shows(team: Team, text: str) -> None:
    assert await team.sandbox.changed.until(lambda: text in team.ann.form.words), team.ann.form.words


@pytest.mark.again
async def test_the_form_counts_what_each_choice_reviews_now_against_the_slot(team: Team) -> None:
    await knows_several(team)
    await team.ann.types("/review schedule", in_=CHANNEL)
    form = await team.form(team.ann)
    assert "4 accounts now, 4 to discuss: 16 of 45 min" in form.words
    await team.ann.fills(minutes="15")
    await shows(team, "4 accounts now, 4 to discuss: 16 of 15 min, so the least pressing are left out")
    segments = await offered(team, "segments", "schedule.segments", "food")
    assert list(segments) == ["Retail, food"]
    assert list(await offered(team, "segments", "schedule.segments", "")) == ["Logistics", "Retail, food"]
    await team.ann.fills(segments=list(segments.values()))
    await shows(team, "2 accounts now, 2 to discuss: 11 of 15 min")
    await team.ann.fills(tiers=["2"])
    await shows(team, "1 account now, 1 to discuss: 3 of 15 min")
    await team.ann.fills(owners=["ann"])
    await shows(team, "No named account is among these now, so no review is posted.")
    await team.ann.fills(owners=[], tiers=[])
    globex = (await offered(team, "accounts", "schedule.accounts", "glo"))["Globex"]
    await team.ann.fills(accounts=[globex])
    await shows(team, "1 account now")
    assert (await team.submits(team.ann, anchor_on="2026-11-30", local_time="09:00", minutes="45")).ok
    assert "Accounts: Globex; segment Retail, food" in team.ann.form.words
    assert "1 account now, 1 to discuss: 3 of 45 min" in team.ann.form.words
    await team.ann.closes()
    await team.ann.types("/review schedule", in_=CHANNEL)
    form = await team.form(team.ann)
    assert (form.values["Only segments"], form.values["Only these accounts"]) == (list(segments.values()), [globex])
    await team.ann.closes()
    await team.at(MONDAY)
    assert [title_of(line.words) for line in team.room.messages[1:]] == ["Globex"]
