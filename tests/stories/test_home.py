"""App Home: what is mine, where to go, and nothing for outsiders."""

from tests.stories.team import CHANNEL, Team


async def test_home_shows_my_accounts_and_leads_on(team: Team) -> None:
    await team.knows("Initech")
    await team.knows("Globex", owner="bob")
    await team.ann.opens_home()
    await team.sandbox.settled()
    assert "Initech" in team.ann.home
    assert "Globex" not in team.ann.home
    assert "Tier 1: 2 of 25" in team.ann.home
    for button, text in (
        ("The list", "*Tier 1*: 2 of 25"),
        ("People", "@bob · marketing"),
        ("Help", "`/move ACCOUNT nothing`"),
    ):
        await team.ann.clicks(button, on="home")
        await team.is_told(team.ann, text)


async def test_home_is_current_whenever_it_is_opened(team: Team) -> None:
    await team.knows("Initech")
    for said in ("no next action", "next Fri 27 Nov"):
        await team.ann.opens_home()
        await team.sandbox.settled()
        assert said in team.ann.home
        await team.ann.types("/next initech Call by fri", in_=CHANNEL)


async def test_home_of_somebody_without_accounts_says_what_to_do(team: Team) -> None:
    await team.obi.opens_home()
    await team.sandbox.settled()
    assert "You own or partner no account" in team.obi.home


async def test_home_of_an_outsider_says_only_why_it_is_empty(team: Team) -> None:
    await team.knows("Initech")
    await team.eli.opens_home()
    await team.sandbox.settled()
    assert "People of other companies cannot use Cadence here" in team.eli.home
    assert "Initech" not in team.eli.home


async def test_the_home_of_a_hundred_and_twenty_accounts_fits(team: Team) -> None:
    for number in range(120):
        await team.knows(f"Company {number:03}", domain=f"c{number}.example", tier=3)
    await team.ann.opens_home()
    await team.sandbox.settled()
    assert "Company 000" in team.ann.home
    listed = await team.ann.types("/account", in_=CHANNEL)
    assert "Company 000" in listed
    await team.ann.sees("Company 119", in_=CHANNEL)
