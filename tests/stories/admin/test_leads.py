"""Each function has a lead: given by word or form, shown, replaced, and missing where nobody can be asked."""

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
    assert "You cannot give rights" in await team.bob.types("/abm people @vic leads sales", in_=CHANNEL)
    bobs = await team.bob.types("/abm people", in_=CHANNEL)
    assert "*Leads* marketing @bob" in bobs
    assert "Nobody who can be asked" not in bobs
    assert "leads nothing" not in await ann.types("/abm people @bob leads nothing", in_=CHANNEL)
    assert "*Leads* finance @vic" in await ann.types("/abm people", in_=CHANNEL)
