import pytest

from tests.stories.team import CHANNEL, Team


async def test_leads_are_given_by_word_and_by_form_and_the_missing_are_named_to_admins(team: Team) -> None:
    ann = team.ann
    assert "Nobody who can be asked leads sales, marketing," in await ann.types("/abm people", in_=CHANNEL)
    said = await ann.types("/abm people @vic leads product and finance", in_=CHANNEL)
    assert said == "Saved: @vic is viewer, function product, and leads product and finance."
    page = await ann.types("/abm people", in_=CHANNEL)
    assert "*Leads* product @vic · finance @vic" in page
    assert "leads sales, marketing, customer success or executive. Name a lead by Edit, or" in page
    await team.presses(ann, "people.edit", team.bob.id, on=await ann.sees("*Leads* product", in_=CHANNEL))
    form = await team.form(ann)
    assert "Leads" in form.words
    await team.submits(ann, leads=["Product", "Marketing"])
    await ann.closes(clear=True)
    page = await ann.types("/abm people", in_=CHANNEL)
    assert "*Leads* marketing @bob · product @bob · finance @vic" in page
    assert "leads finance" in await ann.types("/abm people @vic editor leads finance", in_=CHANNEL)
    for typed, sentence in (
        ("/abm people @vic leads prodcut", '"prodcut" is not a function. Did you mean product?'),
        ("/abm people @obi leads sales", "so cannot lead"),
        ("/abm people @gus leads sales", "is a guest"),
        ("/abm people @vic leads", "Say which function they lead"),
    ):
        assert sentence in await ann.types(typed, in_=CHANNEL), typed
    assert "*Leads*" in await ann.types("/abm people leads", in_=CHANNEL)
    asked = await ann.types("/abm people vic leads finance", in_=CHANNEL)
    assert asked.startswith("People are named with @ here. Did you mean one of these?")
    await ann.clicks("@vic", on=asked)
    await ann.sees("Saved: @vic is editor, function product, and leads finance.", in_=CHANNEL)
    assert "Nobody's name has" in await team.bob.types("/abm people vic leads finance", in_=CHANNEL)
    assert "You cannot give rights" in await team.bob.types("/abm people @vic leads sales", in_=CHANNEL)
    bobs = await team.bob.types("/abm people", in_=CHANNEL)
    assert "*Leads* marketing @bob" in bobs
    assert "Nobody who can be asked" not in bobs
    assert "ann made bob the lead of marketing, product" in await ann.types("/abm trail", in_=CHANNEL)
    assert "leads nothing" not in await ann.types("/abm people @bob leads nothing", in_=CHANNEL)
    assert "*Leads* finance @vic" in await ann.types("/abm people", in_=CHANNEL)


async def test_a_blocker_that_needs_a_function_asks_its_lead_and_says_so(team: Team) -> None:
    await team.knows("Initech")
    alone = await team.ann.types("/blocker initech No sandbox needs product", in_=CHANNEL)
    assert "Nobody leads product, so nobody is asked." in alone
    await team.ann.types("/abm people @vic leads product", in_=CHANNEL)
    told = await team.ann.types("/blocker initech No connector needs product", in_=CHANNEL)
    assert "@vic leads product and is asked." in told
    await team.quiet()
    assert "No connector" in " ".join(team.direct_words(team.vic))
    assert "needs product (@vic)" in await team.ann.types("/account initech", in_=CHANNEL)
    await team.vic.opens_home()
    await team.sandbox.settled()
    assert "No connector" in team.vic.home
    vic = team.sandbox.workspace.user_named("vic")
    assert vic is not None
    team.sandbox.change_user(vic, deleted=True)
    await team.sandbox.settled()
    gone = await team.ann.types("/blocker initech No manual needs product", in_=CHANNEL)
    assert "@vic leads product and cannot be asked: deactivated." in gone
    assert "*Leads* product @vic, deactivated" in await team.ann.types("/abm people", in_=CHANNEL)
    assert "(@vic)" not in await team.ann.types("/account initech", in_=CHANNEL)


@pytest.mark.proof
async def test_scores_of_a_function_without_people_are_asked_of_its_lead(team: Team) -> None:
    await team.ann.types("/abm people @obi viewer leads finance, customer success", in_=CHANNEL)
    await team.ann.types("/account nominate Initech initech.example because They renew", in_=CHANNEL)
    await team.quiet()
    await team.obi.clicks("Score", on=await team.is_told(team.obi, "1 account waits"))
    form = await team.form(team.obi)
    assert {"Contract value a year", "Expansion potential", "Implementation fit"} <= set(form.labels)
    number = team.state("Initech").account_id
    place = f"{number}/expansion"
    assert (await team.submits(team.obi, **{f"score/{place}": "3", f"because/{place}": "Two units"})).ok
    page = await team.ann.types("/account initech fit", in_=CHANNEL)
    assert "3 by @obi, customer success: Two units" in page
    assert "finance for ACV: @obi, asked Tue 24 Nov" in page
