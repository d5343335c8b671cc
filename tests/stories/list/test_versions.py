from datetime import timedelta

from tests.stories.team import CHANNEL, Team


async def test_anybody_sees_the_list_of_a_date_and_what_changed_since(team: Team) -> None:
    assert "Nothing is on the list yet." in await team.obi.types("/abm versions", in_=CHANNEL)
    await team.knows("Initech")
    await team.knows("Globex", tier=2)
    await team.passes(timedelta(days=5))
    await team.bob.types("/account tier globex 1 because they doubled their team", in_=CHANNEL)
    await team.dan.types("/account remove initech because they were acquired", in_=CHANNEL)

    seen = await team.obi.types("/abm versions 2026-11-24", in_=CHANNEL)
    assert "Tier 1: 1 · Tier 2: 1 · Tier 3: 0" in seen
    assert seen.index("Initech") < seen.index("Globex")
    seen = await team.obi.types("/abm versions 2026-11-24 to 2026-11-29", in_=CHANNEL)
    assert "Tier 1: 1 · Tier 2: 1 → 0 · Tier 3: 0" in seen
    assert "Globex, tier 2 → 1 · Sun 29 Nov 2026 · @bob: they doubled their team" in seen
    assert "Initech, from tier 1 · Sun 29 Nov 2026 · @dan: they were acquired" in seen
    seen = await team.obi.types("/abm versions", in_=CHANNEL)
    assert "From the end of Mon 23 Nov 2026 to the end of Sun 29 Nov 2026." in seen
    assert "*Added*: 2" in seen

    for typed, said in (
        ("2026-11-23", "The history of the list begins on 24 Nov 2026; give that date or a later one."),
        ("2027-01-01", "1 Jan 2027 is in the future; give today, 29 Nov, or an earlier date."),
        ("11/12", "can be read in two ways"),
        ("2026-11-29 to 2026-11-24", "29 Nov is not before 24 Nov"),
    ):
        assert said in await team.obi.types(f"/abm versions {typed}", in_=CHANNEL), typed
