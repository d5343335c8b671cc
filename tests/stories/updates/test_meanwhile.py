from tests.stories.team import CHANNEL, Team


async def test_two_people_edit_one_account_and_neither_undoes_what_the_other_changed(team: Team) -> None:
    ann, bob = team.ann, team.bob
    await team.knows("Acme Corp", tier=1)
    for person in (ann, bob):
        await person.types("/account edit acme", in_=CHANNEL)
        await team.form(person)
    assert (await team.submits(ann, Segment="Manufacturing", Value_a_year="250k EUR")).ok
    assert (await team.submits(bob, Also_called="Acme")).ok
    profile = team.state("Acme Corp").profile
    assert (profile.segment, profile.aliases, profile.value_cents) == ("Manufacturing", ("Acme",), 25_000_000)


async def test_a_field_that_somebody_else_changed_meanwhile_is_not_overwritten_unseen(team: Team) -> None:
    ann, bob = team.ann, team.bob
    await team.knows("Acme Corp", tier=1)
    for person in (ann, bob):
        await person.types("/account edit acme", in_=CHANNEL)
        await team.form(person)
    assert (await team.submits(ann, Segment="Manufacturing")).ok
    assert not (await team.submits(bob, Segment="Industry")).ok
    said = "Somebody changed this while the form was open, so nothing was saved. Close the form and open it again."
    assert bob.form.errors == {"Segment": said}
    assert team.state("Acme Corp").profile.segment == "Manufacturing"

    await bob.closes()
    await bob.types("/account edit acme", in_=CHANNEL)
    assert (await team.form(bob)).values["Segment"] == "Industry"
    assert (await team.submits(bob)).ok
    assert team.state("Acme Corp").profile.segment == "Industry"


async def test_two_people_edit_one_person_and_neither_undoes_what_the_other_changed(team: Team) -> None:
    ann, bob = team.ann, team.bob
    await team.knows("Acme Corp", tier=1)
    await ann.types("/account acme group add Rita Sample, CFO, economic buyer", in_=CHANNEL)
    for person in (ann, bob):
        await person.clicks("Edit", on=await person.types("/account acme group", in_=CHANNEL))
        await team.form(person)
    assert (await team.submits(ann, Title="Chief financial officer", roles=["economic_buyer", "champion"])).ok
    assert not (await team.submits(bob, Title="Finance lead", support="mentor")).ok
    assert list(bob.form.errors) == ["Title"]
    assert (await team.submits(bob, Title="CFO")).ok
    [rita] = team.state("Acme Corp").contacts
    assert (rita.profile.title, rita.profile.support.value) == ("Chief financial officer", "mentor")
    assert {role.value for role in rita.profile.roles} == {"economic_buyer", "champion"}
