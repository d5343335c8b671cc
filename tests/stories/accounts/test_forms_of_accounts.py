from tests.stories.team import CHANNEL, Team


async def test_an_account_is_nominated_by_form(team: Team) -> None:
    await team.vic.types("/account nominate", in_=CHANNEL)
    await team.form(team.vic)
    outcome = await team.submits(team.vic, name="Foo", because="They grow", domain="not a domain", value="lots")
    assert not outcome.ok
    assert set(team.vic.form.errors) == {"Domain", "Value a year"}
    outcome = await team.submits(
        team.vic,
        domain="https://www.foo.example/about",
        value="250k EUR",
        owner="ann",
        aliases="F1, Foo Inc",
        segment="Retail",
    )
    assert outcome.ok
    profile = team.state("Foo").profile
    assert (profile.domain, profile.value_cents, profile.currency) == ("foo.example", 25_000_000, "EUR")
    assert profile.aliases == ("F1", "Foo Inc")
    assert profile.owner == team.ann.id
    assert "Foo" in await team.ann.types("/account f1", in_=CHANNEL)


async def test_an_edit_changes_the_profile_and_nothing_twice(team: Team) -> None:
    await team.knows("Initech", value_cents=125_050, currency="USD")
    await team.ann.types("/account edit initech", in_=CHANNEL)
    form = await team.form(team.ann)
    assert form.values["Value a year"] == "1250.50 USD"
    assert "Nothing differs" in str((await team.submits(team.ann)).error)
    assert (await team.submits(team.ann, owner="bob", name="Initech Group")).ok
    assert team.state("Initech Group").profile.owner == team.bob.id
    assert "Initech Group" in await team.ann.types("/account initech group", in_=CHANNEL)


async def test_the_list_changes_by_form_when_only_the_account_is_named(team: Team) -> None:
    await team.knows("Initech", tier=None)
    await team.ann.types("/account name initech", in_=CHANNEL)
    await team.form(team.ann)
    assert not (await team.submits(team.ann)).ok
    assert (await team.submits(team.ann, tier="2", because="It fits")).ok
    assert team.state("Initech").tier == 2
    await team.ann.types("/account pause initech", in_=CHANNEL)
    assert (await team.form(team.ann)).labels == ["Pause: why"]
    assert (await team.submits(team.ann, because="A merger")).ok
    assert team.state("Initech").list_status == "paused"


async def test_a_command_without_words_asks_which_account_and_what(team: Team) -> None:
    await team.knows("Initech")
    for command, kind in (("/move", "Movement"), ("/blocker", "Blocker"), ("/next", "Next action")):
        await team.ann.types(command, in_=CHANNEL)
        form = await team.form(team.ann)
        assert form.title == "Account update"
        await team.picks_account(team.ann, "Initech")
        await team.submits(team.ann)
        assert team.ann.form.title == kind
        await team.ann.closes(clear=True)
