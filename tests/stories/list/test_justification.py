from agendas.facts.narrative import Justification
from agendas.verbs.settings import change_settings
from tests.stories.team import CHANNEL, Team


async def test_an_account_is_nominated_and_named_by_form_with_three_parts_and_says_why_it_is_on_the_list(team: Team):
    ann, bob = team.ann, team.bob
    await bob.types("/account nominate", in_=CHANNEL)
    await team.form(bob)
    assert not (await team.submits(bob, Name="Acme Corp", Domain="acme.example", Why_this_account=" ")).ok
    assert bob.form.errors == {"Why this account": "Say in a sentence why this account."}
    await team.submits(bob, Why_this_account="400 seats", Why_now="Their contract ends in April")
    assert team.state("Acme Corp").justification == Justification("400 seats", "Their contract ends in April")

    await ann.types("/account name acme", in_=CHANNEL)
    form = await team.form(ann)
    assert form.values["Why now"] == "Their contract ends in April"
    await team.submits(ann, Tier="1", because="They doubled", What_motion_will_move_it="Our CFO calls theirs")
    assert team.state("Acme Corp").justification == Justification(
        "They doubled", "Their contract ends in April", "Our CFO calls theirs"
    )
    receipt = team.private_words(ann)[-1]
    assert "named, tier 1: They doubled · motion: Our CFO calls theirs." in receipt
    assert "Not said yet" not in receipt

    card = await bob.types("/account acme", in_=CHANNEL)
    assert " · now: Their contract ends in April" in card
    assert "no motion" not in card
    why = await bob.types("/account acme why", in_=CHANNEL)
    assert "On the list in tier 1 since Tue 24 Nov" in why
    for part, author in (("Why this account*: They doubled", ann), ("Why now*: Their contract ends in April", bob)):
        assert f"{part} · @{author.user.name}, Tue 24 Nov" in why


async def test_a_change_of_tier_takes_the_further_parts_in_words_and_by_form(team: Team) -> None:
    ann = team.ann
    await team.knows("Acme Corp", tier=2)
    receipt = await ann.types(
        "/account tier acme tier 1 because they doubled now: a new CFO motion: a pilot", in_=CHANNEL
    )
    assert "Tier 2 → 1: they doubled · now: a new CFO · motion: a pilot." in receipt
    assert team.state("Acme Corp").justification == Justification("Renews in spring", "a new CFO", "a pilot")
    await ann.types("/account tier acme", in_=CHANNEL)
    form = await team.form(ann)
    assert form.values["Why now"] == "a new CFO"
    await team.submits(ann, Tier="2", because="They shrank", What_motion_will_move_it="Our CFO calls theirs")
    assert team.state("Acme Corp").justification == Justification(
        "Renews in spring", "a new CFO", "Our CFO calls theirs"
    )
    await ann.types("/account pause acme", in_=CHANNEL)
    assert "Why now" not in (await team.form(ann)).values


async def test_why_an_account_is_on_the_list_is_not_emptied_and_not_changed_by_a_viewer(team: Team) -> None:
    ann, vic = team.ann, team.vic
    await team.knows("Acme Corp", tier=1)
    await ann.clicks("Fill the gap", on=await ann.types("/account acme", in_=CHANNEL))
    await team.form(ann)
    assert not (await team.submits(ann, Why_this_account=" ")).ok
    [told] = ann.form.errors.values()
    assert told == "Say in a sentence why this account: it is the reason it is on the list."
    await ann.closes()
    assert "Change" not in await vic.types("/account acme why", in_=CHANNEL)
    assert "Fill the gap" not in await vic.types("/account acme", in_=CHANNEL)
    assert team.state("Acme Corp").justification == Justification("Renews in spring")


async def test_a_swap_keeps_the_parts_that_were_typed(team: Team) -> None:
    await team.did(change_settings, {"tier.1.cap": (25, 1)})
    await team.knows("Initech")
    await team.knows("Umbra", tier=None)
    await team.bob.types("/account name umbra", in_=CHANNEL)
    await team.form(team.bob)
    await team.submits(team.bob, Tier="1", because="They grew", Why_now="They move in May")
    form = await team.form(team.bob)
    assert form.values["Why now"] == "They move in May"
    await team.submits(team.bob, Why_it_leaves="Too small", What_motion_will_move_it="A pilot")
    assert team.state("Umbra").justification == Justification("They grew", "They move in May", "A pilot")
