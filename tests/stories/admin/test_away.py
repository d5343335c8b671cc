from tests.stories.answers.asking import asks
from tests.stories.team import CHANNEL, Team


async def test_days_are_said_in_words_shown_to_all_corrected_in_the_form_and_ended(team: Team) -> None:
    await team.knows("Initech", owner="bob")
    bob, ann = team.bob, team.ann
    assert "You have no days away ahead." in await bob.types("/abm away", in_=CHANNEL)
    said = await bob.types("/abm away today to 2026-12-11 @ann", in_=CHANNEL)
    assert "@ann stands in: gets what you are asked, and records for your accounts." in said
    page = await ann.types("/abm away", in_=CHANNEL)
    assert "You stand in for @bob until" in page.replace("*", "")
    assert "@bob until" in page
    assert "@ann stands in" in page
    assert "away until" in await ann.types("/abm people bob", in_=CHANNEL)
    asked = await asks(team, ann, "who is away?")
    assert "1 person is away" in asked
    assert "ann stands in" in asked
    assert "ann stands in" in await asks(team, ann, "until when is bob away?")
    assert "@bob is away until" in (await ann.types("/account initech", in_=CHANNEL)).replace(
        "@bob away", "@bob is away"
    )
    assert "Initech" in await ann.types("/account", in_=CHANNEL)
    for person, words in ((ann, "You stand in for @bob until"), (bob, "You are away until")):
        await person.opens_home()
        await team.sandbox.settled()
        assert words in person.home.replace("*", ""), person
    assert "bob changed when bob is away" in (await ann.types("/abm trail", in_=CHANNEL)).replace("@", "")
    assert "Welcome back" in await bob.types("/abm away back", in_=CHANNEL)
    assert "You are not away today, so nothing was changed." in await bob.types("/abm away back", in_=CHANNEL)
    assert "@bob" not in await ann.types("/abm away", in_=CHANNEL)
    assert "Nobody is away." in await asks(team, ann, "is anyone on holiday?")


async def test_what_cannot_be_kept_is_said_in_a_sentence_with_the_form_filled_in(team: Team) -> None:
    bob = team.bob
    for typed, sentence in (
        ("2020-01-01", "1 Jan 2020 has passed."),
        ("2026-12-11 to 2026-12-04", "4 Dec is before 11 Dec. Give a last day after the first."),
        ("fri @bob", "Nobody stands in for themselves."),
        ("fri @obi", "is an observer, so cannot record."),
        ("fri @gus", "is a guest"),
        ("fri @annn", '"annn" is nobody here.'),
        ("4/12", "can be read in two ways"),
        ("everyone fri", "You cannot give rights"),
    ):
        assert sentence in await bob.types(f"/abm away {typed}", in_=CHANNEL), typed
    await bob.types("/abm away 2026-12-18 to 2026-12-21 @ann", in_=CHANNEL)
    refused = await bob.types("/abm away 2026-12-21 @dan", in_=CHANNEL)
    assert "ann is the stand-in for 18 Dec to 21 Dec already, so two would stand in on one day." in refused
    await bob.clicks("Fill in the form", on=refused)
    await team.form(bob)
    assert not (await team.submits(bob)).ok
    assert bob.form.errors["Stand-in"].startswith("ann is the stand-in for 18 Dec to 21 Dec already")
    assert (await team.submits(bob, until_on="2026-12-21", from_on="2026-12-18")).ok
    assert "@dan stands in, instead of @ann" in bob.form.words
    await bob.closes()
    refused = await bob.types("/abm away 2026-12-11 to 2026-12-04 @ann", in_=CHANNEL)
    await bob.clicks("Fill in the form", on=refused)
    form = await team.form(bob)
    assert (form.values["First day"], form.values["Last day"]) == ("2026-12-11", "2026-12-04")
    assert not (await team.submits(bob)).ok
    assert bob.form.errors == {"Last day": "4 Dec is before 11 Dec. Give a last day after the first."}
    assert (await team.submits(bob, until_on="2026-12-14")).ok
    assert "@ann stands in" in bob.form.words


async def test_while_everyone_is_away_no_review_is_planned_and_holidays_are_a_setting(team: Team) -> None:
    await team.knows("Initech")
    ann = team.ann
    await ann.types("/review schedule", in_=CHANNEL)
    await team.form(ann)
    assert (await team.submits(ann, anchor_on="2026-12-18", local_time="09:00")).ok
    await ann.closes()
    said = await ann.types("/abm away everyone 2026-12-24 to 2027-01-01 Winter break", in_=CHANNEL)
    assert "2 planned reviews are skipped for it, and each channel is told." in said
    await team.quiet()
    assert "Winter break" in await ann.types("/review", in_=CHANNEL)
    assert any("Winter break" in each.words for each in team.room.messages)
    assert "Germany, Bayern" in await ann.types("/abm away holidays germany bayern", in_=CHANNEL)
    assert "Germany, Bayern" in await ann.types("/abm settings holidays", in_=CHANNEL)
    assert "several places" in await ann.types("/abm away holidays united", in_=CHANNEL)
    await ann.clicks("Take back", on=said)
    await ann.sees("reviews are planned again", in_=CHANNEL)
    assert "Winter break" not in await ann.types("/review", in_=CHANNEL)
