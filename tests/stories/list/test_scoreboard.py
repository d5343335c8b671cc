from datetime import timedelta

from tests.stories.team import CHANNEL, Team

SENT = "The answer is in your direct messages"


async def test_the_scoreboard_comes_as_a_direct_message_and_opens_its_numbers(team: Team) -> None:
    assert "No account is named, so there is nothing to show." in await team.ann.types("/abm scoreboard", in_=CHANNEL)
    await team.knows("Initech", segment="Public")
    await team.knows("Globex", tier=2)
    await team.passes(timedelta(days=35))
    await team.ann.types("/move initech to engaged They called us https://notes.example/1", in_=CHANNEL)

    assert SENT in await team.bob.types("/abm scoreboard", in_=CHANNEL)
    whole = await team.is_told(team.bob, "Scoreboard · December 2026 up to 29 Dec · 2 accounts")
    assert "advanced 1 of 2 · moved back 0 · net 1 of 2" in whole
    assert "A chart needs two held reviews" in whole
    await team.bob.clicks("Accounts behind a number", on=whole, choose="2026-12 advanced||")
    behind = await team.is_told(team.bob, "December 2026 up to 29 Dec: 1 account advanced")
    assert "Initech" in behind
    assert "Globex" not in behind
    await team.bob.clicks("All measures", on=whole)
    await team.is_told(team.bob, "Measures · December 2026 up to 29 Dec")

    assert SENT in await team.bob.types("/abm scoreboard narrative missing segment public", in_=CHANNEL)
    narrowed = await team.is_told(team.bob, "segment Public, narrative missing or too old · 1 of 2 accounts")
    assert "Globex" not in narrowed.partition("Measures of the whole program")[0]
    await team.bob.clicks("The whole scoreboard", on=narrowed)

    for typed, said in (
        ("2027-03", "is still to come"),
        ("stalld", '"stalld" is no filter of the scoreboard. Did you mean stalled?'),
        ("play exekutive meeting", "is no play of the library. Did you mean Executive meeting?"),
        ("2026-10", "Nothing was recorded then: the history begins on"),
    ):
        assert said in await team.ann.types(f"/abm scoreboard {typed}", in_=CHANNEL), typed

    assert SENT in await team.ann.types("/abm scoreboard 2026-12-20 tier 1", in_=CHANNEL)
    assert "Engaged" not in await team.is_told(team.ann, "Scoreboard · December 2026 up to 20 Dec")
    assert SENT in await team.ann.types("/abm scoreboard november", in_=CHANNEL)
    november = await team.is_told(team.ann, "Scoreboard · November 2026 · 2 accounts")
    assert "Engaged" not in november
    assert "By what was recorded until the end of Mon 30 Nov 2026." in november
