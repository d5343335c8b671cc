from datetime import timedelta

from tests.stories.team import CHANNEL, Team


def direct(team: Team, name: str) -> list[str]:
    """The direct messages to the person, without the row with their preferences."""
    return [each.removesuffix("\nPreferences") for each in team.direct_words(team.sandbox.person(name))]


async def test_a_blocker_is_shown_to_whose_help_it_needs_each_morning_answered_and_resolved_with_a_word(team: Team):
    await team.knows("Initech", owner="bob", our_executive=team.ann.id)
    await team.bob.types("/blocker Initech Liability cap needs executive", in_=CHANNEL)
    await team.quiet()
    card = (
        "*Initech*: Liability cap · needs an executive · owner @bob · since today\nopened by @bob, Tue 10:00 EST"
        "\nAcknowledge\nAnswer\nResolve"
    )
    assert direct(team, "ann")[-1] == f"*New for you*\n{card}"
    # the next morning at half past eight, looked at ten minutes before
    await team.passes(timedelta(hours=22, minutes=20))
    await team.passes(timedelta(minutes=10))
    nudge = (
        "*Your digest* · Wed 25 Nov\n*Waits for you*\n"
        "*Initech*: Liability cap · needs an executive · owner @bob · open 1 d\nAcknowledge\nAnswer\nResolve"
    )
    assert direct(team, "ann")[-1] == nudge
    await team.ann.clicks("Acknowledge", on=await team.is_told(team.ann, "Your digest"))
    await team.is_told(team.ann, "open 1 d · ✓ acknowledged 25 Nov\nAnswer\nResolve")
    await team.ann.clicks("Answer", on=await team.is_told(team.ann, "Your digest"))
    assert "Liability cap" in (await team.form(team.ann)).words
    await team.submits(team.ann, Your_answer="Their board meets on Friday")
    await team.is_told(team.ann, "✓ acknowledged 25 Nov · ✓ answered 25 Nov\nAnswer\nResolve")
    await team.quiet()
    assert direct(team, "bob")[-1].startswith(
        "*New for you*\n*Initech*: blocker answered (Liability cap): Their board meets on Friday\n@ann, Wed 08:3"
    )
    await team.passes(timedelta(days=1))
    assert sum("Your digest" in each for each in direct(team, "ann")) == 1
    # who was asked for help says how it went away; one click alone opens the form
    await team.ann.clicks("Resolve", on=await team.is_told(team.ann, "Your digest"))
    await team.form(team.ann)
    assert team.state("Initech").open_blockers
    await team.submits(team.ann, How_it_was_resolved="A cap of two yearly fees")
    await team.is_told(team.ann, "✓ resolved 26 Nov")
    await team.quiet()
    assert "blocker resolved (Liability cap): A cap of two yearly fees" in direct(team, "bob")[-1]


async def test_an_ask_is_shown_on_its_day_and_its_answer_told_to_who_decided(team: Team) -> None:
    await team.knows("Initech", owner="bob", our_executive=team.dan.id)
    await team.posts_review()
    await team.agenda_form(team.ann, "Decide", "Initech")
    await team.submits(team.ann, decision="intervene", text="Call their COO", ask_of=team.dan.id, due_on="2026-11-25")
    await team.passes(timedelta(hours=22, minutes=20))
    await team.passes(timedelta(minutes=10))
    assert direct(team, "dan")[-1] == (
        "*Your digest* · Wed 25 Nov\n*Waits for you*\n*Initech*: Call their COO · today\nAnswer"
    )
    await team.dan.clicks("Answer", on=await team.is_told(team.dan, "Your digest"))
    await team.form(team.dan)
    await team.submits(team.dan, What_was_answered="She calls on Friday")
    await team.is_told(team.dan, "✓ ")
    await team.quiet()
    for name in ("ann", "bob"):
        assert "She calls on Friday" in direct(team, name)[-1]
