from agendas.pages.account_list import MENU
from sandbox.testing import Person
from tests.stories.reviews.test_schedule import schedule
from tests.stories.team import CHANNEL, Team

ADMINS_ONLY = ("Settings", "Import", "Export", "Health", "Signals")
LEADS_TO = {
    "The list": "Tier 1",
    "Review": "A review belongs to a channel",
    "What changed": "Initech",
    "Plays": "Executive meeting",
    "People": "ann",
    "Settings": "Tier 1",
    "Help": "nothing is recorded before you press Record",
    "Health": "Database",
    "Signals": "signals",
}


async def shows(team: Team, person: Person, label: str) -> str:
    """The page above Home that the button of Home's menu leads to."""
    await person.opens_home()
    await team.sandbox.settled()
    await person.clicks(label, on="home")
    words = (await team.form(person)).words
    await person.closes(clear=True)
    return words


async def test_every_button_of_the_menu_leads_where_it_says_from_home_too(team: Team) -> None:
    await team.knows("Initech")
    for label, part in LEADS_TO.items():
        assert part in await shows(team, team.ann, label), label
    assert "What the file holds" in await shows(team, team.ann, "Import")
    menu = await team.ann.types("/abm", in_=CHANNEL)
    for label in ("My accounts", *LEADS_TO, *ADMINS_ONLY, "Preferences", "Start my updates", "Nominate"):
        assert label in menu
    await team.ann.clicks("Export", on=menu)
    await team.ann.sees("is in your direct messages", in_=CHANNEL)


async def test_examples_of_help_name_accounts_that_exist(team: Team) -> None:
    assert "`/move ACCOUNT nothing`" in await team.ann.types("/abm help move", in_=CHANNEL)
    await team.knows("Initech")
    told = await team.ann.types("/abm help move", in_=CHANNEL)
    assert 'Example: `/move "Initech" nothing`' in told
    assert "acme" not in told


async def test_the_menu_shows_only_what_the_person_may_use(team: Team) -> None:
    await team.knows("Initech")
    bob, obi = [await each.types("/abm", in_=CHANNEL) for each in (team.bob, team.obi)]
    assert "Nominate" in bob
    assert not any(label in bob for label in ADMINS_ONLY)
    assert "Nominate" not in obi
    assert "To set up" not in bob


async def test_an_admin_sees_what_is_not_set_up_until_all_of_it_is(team: Team) -> None:
    menu = await team.ann.types("/abm", in_=CHANNEL)
    assert "*To set up*" in menu
    for line in ("There is one admin.", "No file of the CRM", "No account is named yet", "No channel has a review yet"):
        assert line in menu
    assert "Nobody speaks for customer success or finance" in menu
    await team.ann.clicks("Leave out", on=menu)
    await team.sandbox.changed.until(lambda: "No file of the CRM" not in team.private_words(team.ann)[-1])
    assert "No file of the CRM" not in team.private_words(team.ann)[-1]
    await team.ann.opens_home()
    await team.sandbox.settled()
    await team.ann.clicks("Leave out", on="home")
    await team.sandbox.changed.until(lambda: "is left out" in team.ann.home)
    assert "Somebody for each function is left out of the checklist." in team.ann.home
    assert "Nobody speaks for" not in team.ann.home
    await team.knows("Initech", owner=None)
    menu = await team.ann.types("/abm", in_=CHANNEL)
    assert "1 account without an owner: Initech." in menu
    await team.ann.clicks("Choose owner", on=menu)
    await team.form(team.ann)
    await team.submits(team.ann, owner="bob")
    assert team.state("Initech").profile.owner == team.bob.id
    await team.ann.types("/abm people @bob marketing admin", in_=CHANNEL)
    every = "sales, marketing, customer success, product, finance and executive"
    assert f"leads {every}" in await team.ann.types(f"/abm people @ann leads {every}", in_=CHANNEL)
    await schedule(team)
    await team.ann.opens_home()
    await team.sandbox.settled()
    assert "To set up" not in await team.ann.types("/abm", in_=CHANNEL)
    assert "To set up" not in team.ann.home


def test_no_row_of_the_menu_is_wider_than_a_desktop_shows() -> None:
    assert max(map(len, MENU)) <= 5
