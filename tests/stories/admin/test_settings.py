"""The program's settings: seen by everybody, changed by admins, and what they change."""

from sqlmodel import select

from agendas.facts.people import Function, Right
from agendas.verbs.people import rights
from sandbox.testing.person import Person
from storage.tables import ReviewItem
from tests.stories.team import CHANNEL, Team


async def opens_group(team: Team, person: Person, group: str) -> None:
    page = await person.types("/abm settings", in_=CHANNEL)
    await team.presses(person, "settings.edit", group, on=page)
    await team.form(person)


async def test_everybody_sees_the_settings_and_admins_change_them(team: Team) -> None:
    await team.knows("Initech")
    for person in (team.obi, team.bob, team.ann):
        seen = await person.types("/abm settings tier 1 minutes", in_=CHANNEL)
        assert "Minutes on the agenda: 8 minutes" in seen
        assert ("Admins change them." in seen) is (person.id != team.ann.id)
    assert "The groups are Tier 1, Tier 2" in await team.ann.types("/abm settings zzz", in_=CHANNEL)

    await opens_group(team, team.ann, "tier.1")
    await team.submits(team.ann, Accounts_in_the_tier="many", Minutes_on_the_agenda="99")
    range_of_cap = "Write a whole number of accounts from 1 to 10,000."
    assert team.ann.form.errors == {
        "Accounts in the tier": f'"many" is not a number it may have. {range_of_cap}',
        "Minutes on the agenda": "99 is over what is possible. Write a whole number of minutes from 1 to 60.",
    }
    await team.submits(team.ann, Accounts_in_the_tier="20", Minutes_on_the_agenda="12")
    said = team.ann.form.words
    assert "Tier 1, Accounts in the tier: 25 accounts → *20 accounts*" in said
    assert "Tier 1, Minutes on the agenda: 8 minutes → *12 minutes*" in said
    await team.ann.closes()

    seen = await team.bob.types("/abm settings tier 1 minutes", in_=CHANNEL)
    assert "Minutes on the agenda: *12 minutes* (yours; the default is 8 minutes)" in seen
    await team.posts_review()
    (item,) = team.store.read_now(lambda session: list(session.exec(select(ReviewItem))))
    assert item.minutes == 12


async def test_of_two_admins_who_save_at_once_none_loses_what_they_changed(team: Team) -> None:
    await team.did(rights.give, team.bob.id, function=Function.MARKETING, right=Right.ADMIN)
    for person in (team.ann, team.bob):
        await opens_group(team, person, "list")
    await team.submits(team.ann, A_next_action_may_be_overdue="10")
    await team.submits(team.bob, A_narrative_is_current_for="60")
    assert "A narrative is current for: 100 days → *60 days*" in team.bob.form.words
    await team.bob.closes()
    seen = await team.ann.types("/abm settings list", in_=CHANNEL)
    assert "overdue: *10 days*" in seen
    assert "current for: *60 days*" in seen

    await team.ann.closes()
    for person in (team.ann, team.bob):
        await opens_group(team, person, "list")
    await team.submits(team.ann, Pushes_of_a_close_date_that_count="3")
    await team.submits(team.bob, Pushes_of_a_close_date_that_count="5")
    [(label, told)] = team.bob.form.errors.items()
    assert label == "Pushes of a close date that count"
    assert told.startswith("Somebody made it 3 times while this form was open.")
    assert "count: *3 times*" in await team.ann.types("/abm settings pushes", in_=CHANNEL)
