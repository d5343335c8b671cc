from tests.stories.team import CHANNEL, Team

DEAL = "#deal-acme"


async def _schedules(team: Team, **fields: object) -> str:
    await team.ann.types("/review schedule", in_=DEAL)
    await team.form(team.ann)
    await team.submits(team.ann, **fields)  # type: ignore[arg-type]
    return team.ann.form.words


async def test_all_accounts_in_its_scope_become_private_to_its_channel_and_public_only_when_a_person_says_so(team):
    await team.knows("Umbra")
    await team.knows("Fabrikam", tier=2)
    await _schedules(team, Only_tiers=["1"], private=["private"])
    await team.ann.closes()
    listed = await team.dan.types("/abm list", in_=CHANNEL)
    assert ("Umbra" in listed, "Fabrikam" in listed) == (False, True)
    assert "went wrong" not in await team.dan.types("/account tier Fabrikam 1 because They grew", in_=CHANNEL)
    assert "Fabrikam" not in await team.dan.types("/abm list", in_=CHANNEL)
    assert "Fabrikam" in await team.bob.types("/abm list", in_=CHANNEL)
    await team.knows("Globex", tier=2)
    await team.dan.types("/account tier Globex", in_=CHANNEL)
    await team.form(team.dan)
    await team.submits(team.dan, Tier="1", because="They doubled their team")
    assert "private to a channel that you are not in" in team.private_words(team.dan)[-1]
    await team.ann.types("/review now", in_=DEAL)
    await team.quiet()
    shown = " ".join(each.words for each in team.sandbox.channel("deal-acme").messages)
    assert "Umbra" in shown
    assert "Fabrikam" in shown
    assert "reviewed there alone" in await team.ann.types("/review now Umbra", in_=CHANNEL)
    words = await _schedules(team, private=[])
    assert "3 accounts stay private to" in words
    assert "Umbra" in words
    assert "Umbra" not in await team.dan.types("/abm list", in_=CHANNEL)
    await team.ann.clicks("Let everybody see them")
    await team.quiet()
    listed = await team.dan.types("/abm list", in_=CHANNEL)
    assert ("Umbra" in listed, "Fabrikam" in listed) == (True, True)


async def test_an_account_that_comes_back_into_its_scope_by_undo_becomes_private_too(team: Team) -> None:
    await team.knows("Umbra")
    moved = await team.ann.types("/account tier Umbra 2 because They shrank", in_=CHANNEL)
    await _schedules(team, Only_tiers=["1"], private=["private"])
    await team.ann.closes()
    assert "Umbra" in await team.dan.types("/abm list", in_=CHANNEL)
    await team.ann.clicks("Undo", on=moved)
    await team.quiet()
    assert "Umbra" in await team.ann.types("/abm list", in_=CHANNEL)
    assert "Umbra" not in await team.dan.types("/abm list", in_=CHANNEL)


async def test_only_who_is_in_a_private_channel_makes_its_cadence_private(team: Team) -> None:
    await team.knows("Umbra")
    await team.ann.types("/review schedule", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, private=["private"])
    assert "it is not private" in str(team.ann.form.errors)


async def test_a_private_account_is_in_no_review_of_another_channel_and_its_card_names_none(team: Team) -> None:
    await team.knows("Umbra")
    await team.ann.types("/review schedule", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann)
    assert "*Review* next" in await team.ann.types("/account umbra", in_=CHANNEL)
    await team.ann.types("/account private umbra", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, Private_to=DEAL)
    assert "*Review* next" not in await team.ann.types("/account umbra", in_=CHANNEL)
    refused = await team.ann.types("/review now umbra", in_=CHANNEL)
    assert refused == "Umbra is private to another channel, so it is reviewed there alone."
