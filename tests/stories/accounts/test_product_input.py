from sqlalchemy import delete

from agendas.facts.people import Function, Right
from agendas.verbs import people
from storage.models.questions import Draft
from tests.stories.team import CHANNEL, Team


async def test_product_adds_proof_and_a_note_on_implementation_fit_to_an_account(team: Team) -> None:
    bob, _ = team.bob, await team.knows("Acme Corp", tier=1)
    page = await bob.types("/account acme product", in_=CHANNEL)
    assert "*Proof*: none yet" in page
    await bob.clicks("Add input", on=page)
    form = await team.form(bob)
    assert not (await team.submits(bob, field="proof", text="Live in nine weeks")).ok
    assert form.errors["Reference"].startswith(
        "Proof names the customer who shows it, or links to where it can be read"
    )
    assert not (await team.submits(bob, link="notes.example/globex")).ok
    assert form.errors == {"Link": "Write one whole address that begins with https://, or leave it empty."}
    assert (await team.submits(bob, reference="Globex", link="https://notes.example/globex")).ok
    assert "proof: Live in nine weeks · Globex" in team.private_words(bob)[-1]

    await bob.clicks("Add input", on=await bob.types("/account acme product", in_=CHANNEL))
    await team.form(bob)
    await team.submits(bob, field="implementation_fit", text="Their depots run the scanner we support")
    page = await bob.types("/account acme product", in_=CHANNEL)
    assert "Live in nine weeks · reference: Globex" in page
    assert "@bob, Tue 24 Nov" in page
    [proof, _] = team.state("Acme Corp").product
    assert (proof.url, proof.given_by) == ("https://notes.example/globex", bob.id)
    fit = await bob.types("/account acme fit", in_=CHANNEL)
    assert "on Tue 24 Nov: Their depots run the scanner we support" in fit
    assert "all that product added: /account Acme Corp product" in fit
    assert team.state("Acme Corp").last_buyer_touch_at is None


async def test_a_use_case_takes_the_place_of_the_one_before_and_feedback_becomes_a_list(team: Team) -> None:
    ann, bob, _ = team.ann, team.bob, await team.knows("Acme Corp", tier=1)
    for person, field, text in (
        (bob, "use_case", "Routes for 60 depots"),
        (ann, "use_case", "Routes for 60 depots and their night shifts"),
        (bob, "feedback", "Planners miss a view by week"),
        (ann, "feedback", "Overtime is wanted in money"),
    ):
        await person.clicks("Add input", on=await person.types("/account acme product", in_=CHANNEL))
        await team.form(person)
        assert (await team.submits(person, field=field, text=text)).ok
    page = await bob.types("/account acme product", in_=CHANNEL)
    [use_case, *feedback] = team.state("Acme Corp").product
    assert (use_case.text, use_case.given_by) == ("Routes for 60 depots and their night shifts", ann.id)
    assert [each.text for each in feedback] == ["Planners miss a view by week", "Overtime is wanted in money"]
    assert "Routes for 60 depots and their night shifts" in page
    assert page.index("Overtime is wanted in money") < page.index("Planners miss a view by week")
    assert "@ann, Tue 24 Nov" in page
    history = await bob.types("/account acme history", in_=CHANNEL)
    assert history.count("Routes for 60 depots") == 2

    await ann.clicks("Add input", on=await ann.types("/account acme product", in_=CHANNEL))
    form = await team.form(ann)
    assert not (await team.submits(ann, field="feedback", text="Overtime is wanted in money")).ok
    assert "Just that stands at Acme Corp already" in str(form.errors)


async def test_a_viewer_of_product_adds_input_by_button_form_and_words_and_records_nothing_else(team: Team) -> None:
    vic, _ = team.vic, await team.knows("Acme Corp", tier=1)
    await vic.clicks("Add input", on=await vic.types("/account acme product", in_=CHANNEL))
    await team.form(vic)
    assert (await team.submits(vic, field="use_case", text="Routes for 60 depots")).ok
    said = await vic.types("/account acme product add feedback: planners miss a view by week", in_=CHANNEL)
    assert "planners miss a view by week" in said
    said = await vic.types(
        "/account acme product add proof Live in nine weeks https://notes.example/globex", in_=CHANNEL
    )
    assert "Live in nine weeks" in said
    await vic.clicks("Undo", on=said)
    await team.quiet()
    given = [(each.field, each.text, each.given_by) for each in team.state("Acme Corp").product]
    assert given == [("use_case", "Routes for 60 depots", vic.id), ("feedback", "planners miss a view by week", vic.id)]
    # what is missing is asked for in the form, which keeps what was typed
    for typed, values in (
        ("proof Live in nine weeks", {"What it is": "proof", "What you add": "Live in nine weeks"}),
        ("Their scanners work", {"What you add": "Their scanners work"}),
    ):
        await vic.types(f"/account acme product add {typed}", in_=CHANNEL)
        form = await team.form(vic)
        assert values.items() <= form.values.items(), form.values
        await vic.closes()
        await team.quiet()
        await team.store.write(lambda session: session.exec(delete(Draft)))
    assert "you are a viewer" in await vic.types("/move acme They called", in_=CHANNEL)
    assert "you are an observer" in await team.obi.types("/account acme product add feedback x", in_=CHANNEL)
    await team.did(people.give, vic.id, function=Function.SALES, right=Right.VIEWER)
    assert "You cannot add product input: you are a viewer" in await vic.types(
        "/account acme product add feedback x", in_=CHANNEL
    )
