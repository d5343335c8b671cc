from tests.stories.answers.asking import asks, program
from tests.stories.team import CHANNEL, Team


async def test_the_longest_name_is_meant_a_common_word_is_no_name_and_without_is_without(team: Team) -> None:
    await program(team)
    await team.knows("Maple", owner="bob", tier=3, domain="maple.example")
    await team.knows("Maple Insurance", owner="ann", tier=2, domain="mapleins.example")
    await team.knows("Early", owner="bob", tier=3)
    assert "Maple Insurance" in await asks(team, team.ann, "who owns Maple Insurance?")
    assert "ann" in await asks(team, team.ann, "who owns maple insurance")
    shorter = await asks(team, team.ann, "who owns Maple?")
    assert "bob" in shorter
    assert "Insurance" not in shorter
    for question in ("what is due early next week?", "what did I finish early?"):
        assert "Early" not in await asks(team, team.ann, question), question
    assert "Early" in await asks(team, team.ann, "who owns Early?")

    await team.knows("Hooli", tier=1)
    without = await asks(team, team.ann, "which accounts have no next action?")
    assert "Hooli" in without
    assert "Initech" not in without
    having = await asks(team, team.ann, "which accounts have a next action?")
    assert "Hooli" not in having
    assert "Initech" in having


async def test_answers_say_the_period_the_reason_the_claim_and_the_person_asked_for(team: Team) -> None:
    await program(team)
    await team.ann.types("/next initech Send the contract by 2026-12-09", in_=CHANNEL)
    this = await asks(team, team.ann, "what do I owe this week?")
    following = await asks(team, team.ann, "what do I owe by 9 Dec?")
    assert "Send the contract" not in this
    assert "Call the CFO" in this
    assert "Send the contract" in following
    assert "9 Dec" in following.splitlines()[0]
    assert "Call the CFO" not in await asks(team, team.ann, "what do I owe next week?")

    decided = await asks(team, team.ann, "what was decided for Initech?")
    assert "tier 1" in decided
    assert "Renews in spring" in decided

    await team.bob.types("/move globex to engaged They seem keen", in_=CHANNEL)
    for question in ("how is Globex?", "which stage is Globex in?", "is Globex engaged?"):
        assert "claimed" in (await asks(team, team.ann, question)).casefold(), question
    assert "claimed" not in (await asks(team, team.ann, "which stage is Initech in?")).casefold()

    ours = await asks(team, team.ann, "who is bob?")
    assert "marketing" in ours.casefold()
    unknown = await asks(team, team.ann, "who is Dana Weber?")
    assert "Dana Weber" in unknown
    assert "No account is called" in await asks(team, team.ann, "how is zorblat works")
    for said in (ours, unknown):
        assert "Did you mean one of these" not in said
        assert "No account is called" not in said
