from tests.stories.team import CHANNEL, Team


async def test_owner_partner_and_executive_of_an_account_are_given_in_words(team: Team) -> None:
    ann, bob, dan = (team.sandbox.person(name).id for name in ("ann", "bob", "dan"))
    await team.knows("Initech", owner=None)
    assert "owner nobody → @bob" in await team.ann.types("/account initech owner @bob", in_=CHANNEL)
    await team.ann.types("/account partner initech Ann", in_=CHANNEL)
    await team.ann.types("/account initech executive dan", in_=CHANNEL)
    profile = team.state("Initech").profile
    assert (profile.owner, profile.marketing_partner, profile.our_executive) == (bob, ann, dan)
    said = await team.ann.types("/account initech owner @nobodyhere", in_=CHANNEL)
    assert '"@nobodyhere" is nobody here. Type @ and pick the person' in said
    assert "is not an active full member" in await team.ann.types("/account initech owner @gus", in_=CHANNEL)
    assert team.state("Initech").profile.owner == bob
    await team.ann.types("/account initech executive nobody", in_=CHANNEL)
    assert team.state("Initech").profile.our_executive is None
    await team.ann.types("/account initech owner", in_=CHANNEL)
    assert (await team.form(team.ann)).values["Owner (sales)"] == bob
    assert "You cannot" in await team.vic.types("/account initech owner @ann", in_=CHANNEL)


async def test_a_nomination_reads_domain_and_owner_and_asks_with_all_that_was_typed(team: Team) -> None:
    typed = "/account nominate Acme Corp acme.example owner @bob because they open six warehouses"
    assert "Recorded" in await team.ann.types(typed, in_=CHANNEL)
    profile = team.state("Acme Corp").profile
    assert (profile.domain, profile.owner) == ("acme.example", team.sandbox.person("bob").id)
    await team.ann.types("/account nominate Foo foo.example partner @nobodyhere because they grow", in_=CHANNEL)
    form = await team.form(team.ann)
    assert '"@nobodyhere" is nobody here' in form.words
    assert (form.values["Name"], form.values["Domain"], form.values["Why this account"]) == (
        "Foo",
        "foo.example",
        "they grow",
    )


async def test_a_nomination_takes_people_behind_commas_and_me_and_no_person_into_the_name(team: Team) -> None:
    ann, bob = (team.sandbox.person(name).id for name in ("ann", "bob"))
    for typed, name in (
        ("Stark, stark.example, partner @bob, owner me because they hire", "Stark"),
        ("O'Neil & Sons, Inc. oneil.example owned by @ann partner @bob because they hire", "O'Neil & Sons, Inc."),
    ):
        assert "Recorded" in await team.ann.types(f"/account nominate {typed}", in_=CHANNEL)
        profile = team.state(name).profile
        assert (profile.domain.endswith(".example"), profile.owner, profile.marketing_partner) == (True, ann, bob)
    for typed, asks in (
        ("Umbrella umbrella.example owner bob because they grow", '"owner bob" after the domain is not understood'),
        ("Umbrella umbrella.example for @bob because they grow", '"for" after the domain is not understood'),
        ("Umbrella @bob umbrella.example because they grow", "Say who is in charge with owner @who"),
    ):
        before = len(team.recorded())
        await team.ann.types(f"/account nominate {typed}", in_=CHANNEL)
        form = await team.form(team.ann)
        assert asks in form.words
        assert (form.values["Name"], form.values["Domain"]) == ("Umbrella", "umbrella.example")
        assert len(team.recorded()) == before
        await team.ann.closes()
    await team.ann.types("/account stark owner @bob", in_=CHANNEL)
    assert "owner @bob → @ann" in await team.ann.types("/account stark owner me", in_=CHANNEL)
