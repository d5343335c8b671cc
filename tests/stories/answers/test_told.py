from tests.stories.answers.asking import answer_of, asks, program
from tests.stories.team import Team


async def test_an_order_changes_nothing_until_its_form_is_submitted(team: Team) -> None:
    await program(team)
    said = await asks(team, team.bob, "pause Globex because they are being bought")
    assert "Nothing was changed for Globex" in said
    await team.bob.clicks("Pause", on=await answer_of(team, team.bob))
    assert "they are being bought" in (await team.form(team.bob)).words
    await team.submits(team.bob)
    assert "paused" in (await asks(team, team.bob, "is Globex paused?")).casefold()
