from agendas.facts.account import ListStatus
from agendas.verbs.settings import change_settings
from tests.stories.team import CHANNEL, Team


async def test_one_account_too_many_is_swapped_for_one_that_leaves(team: Team) -> None:
    await team.did(change_settings, {"tier.1.cap": (25, 2)})
    await team.knows("Initech")
    await team.knows("Globex", owner=None)
    for name in ("Umbra", "Vandelay"):
        await team.knows(name, tier=None)

    said = await team.bob.types("/account name umbra tier 1 because they doubled their team", in_=CHANNEL)
    assert "There is no room for Umbra in tier 1: it is full with 2 accounts." in said
    assert said.index("*Globex*: no owner\n") < said.index("*Initech*: never moved, named today")
    assert team.state("Umbra").list_status is ListStatus.CANDIDATE

    await team.bob.clicks("Swap", on=said)
    form = await team.form(team.bob)
    assert form.values["Why the other one comes"] == "they doubled their team"
    await team.ann.clicks("Swap", on=await team.ann.types("/account name vandelay tier 1 because y", in_=CHANNEL))
    await team.form(team.ann)

    await team.submits(team.bob, Which_one_leaves="Globex", Why_it_leaves="Nobody has time for it")
    assert (team.state("Globex").list_status, team.state("Globex").because) == ("paused", "Nobody has time for it")
    assert (team.state("Umbra").tier, team.state("Umbra").because) == (1, "they doubled their team")
    assert any("Globex" in words and "Umbra" in words for words in team.private_words(team.bob))

    await team.submits(team.ann, Which_one_leaves="Globex", Why_it_leaves="Too small")
    [told] = team.ann.form.errors.values()
    assert told.startswith("Globex is paused since 24 Nov: somebody was quicker, so nothing was swapped.")
    assert team.state("Vandelay").list_status is ListStatus.CANDIDATE
    assert "Tier 1: 2 of 2" in await team.ann.types("/abm", in_=CHANNEL)


async def test_the_form_of_a_change_becomes_that_of_a_swap_when_there_is_no_room(team: Team) -> None:
    await team.did(change_settings, {"tier.1.cap": (25, 1), "tier.2.cap": (150, 1)})
    await team.knows("Initech")
    await team.knows("Globex", tier=2)
    await team.bob.types("/account tier globex", in_=CHANNEL)
    await team.form(team.bob)
    await team.submits(team.bob, Tier="1", because="They doubled their team")
    assert "There is no room for Globex in tier 1: it is full with 1 account" in team.bob.form.words
    await team.submits(team.bob, What_becomes_of_it="next_tier")
    assert list(team.bob.form.errors) == ["Why it leaves"]
    await team.submits(team.bob, Why_it_leaves="Smaller than we thought")
    assert not team.bob.has_form
    assert (team.state("Globex").tier, team.state("Initech").tier) == (1, 2)
