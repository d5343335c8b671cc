from datetime import timedelta

from tests.stories.team import CHANNEL, Team


async def test_the_measures_are_told_for_a_month_and_open_to_their_accounts(team: Team) -> None:
    assert "No account is named, so there is nothing to measure." in await team.ann.types("/abm measures", in_=CHANNEL)
    await team.knows("Initech")
    await team.knows("Globex", tier=2)
    await team.passes(timedelta(days=35))
    await team.ann.types("/move initech to engaged They called us https://notes.example/1", in_=CHANNEL)

    seen = await team.bob.types("/abm measures", in_=CHANNEL)
    assert "Tier 1: advanced 1 of 1, net 1 of 1" in seen
    assert "Tier 2: advanced 0 of 1, net 0 of 1" in seen
    await team.bob.clicks("Progression: accounts behind", on=seen, choose="2026-12 advanced|1|")
    behind = await team.bob.sees("December 2026 up to 29 Dec, tier 1: 1 account advanced", in_=CHANNEL)
    assert "Initech" in behind
    assert "Globex" not in behind
    assert "Tier 1: advanced 0 of 1" in await team.ann.types("/abm measures 2026-12-20", in_=CHANNEL), "the day before"
    for typed, said in (
        ("2027-03", "is still to come"),
        ("2026-12-30", "30 Dec is in the future"),
        ("blue", "is not a month"),
    ):
        assert said in await team.ann.types(f"/abm measures {typed}", in_=CHANNEL), typed
