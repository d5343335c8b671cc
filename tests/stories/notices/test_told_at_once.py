from datetime import timedelta

from agendas.verbs import updates
from tests.stories.team import CHANNEL, Team

MINUTE = timedelta(minutes=1)


def told(team: Team, name: str) -> list[str]:
    return [each for each in team.direct_words(team.sandbox.person(name)) if "New for you" in each]


async def test_the_first_is_told_at_once_and_the_others_together_at_the_end_of_a_quarter_of_an_hour(team: Team) -> None:
    await team.knows("Initech", owner="bob")
    await team.knows("Hooli")
    await team.bob.types("/next Initech Send the contract @ann by fri", in_=CHANNEL)
    await team.quiet()
    assert told(team, "ann") == [
        "*New for you*\n*Initech*: Send the contract · Fri 27 Nov\ngiven to you by @bob, Tue 10:00 EST"
        "\nDone\nMove to\nEdit\nDrop\nPreferences"
    ]
    assert not told(team, "bob")
    await team.passes(2 * MINUTE)
    await team.bob.types("/next Hooli Call their lawyer @ann by tomorrow", in_=CHANNEL)
    await team.bob.types("/blocker Hooli No budget before spring", in_=CHANNEL)
    await team.passes(12 * MINUTE)
    assert len(told(team, "ann")) == 1
    await team.passes(2 * MINUTE)
    assert len(told(team, "ann")) == 2
    second = told(team, "ann")[1]
    assert second.startswith(
        "*New for you* · 2\n*Hooli*: Call their lawyer · Wed 25 Nov\ngiven to you by @bob, Tue 10:0"
    )
    assert "*Hooli*: No budget before spring · owner @bob · since today\nopened by @bob, Tue 10:0" in second
    assert second.endswith("EST\nResolve\nPreferences")


async def test_what_was_taken_back_or_done_before_its_message_goes_is_not_told(team: Team) -> None:
    await team.knows("Initech")
    for text in ("Send the contract", "Send the slides", "Send the minutes"):
        await team.bob.types(f"/next Initech {text} @ann by fri", in_=CHANNEL)
        await team.quiet()
    assert len(told(team, "ann")) == 1
    await team.bob.clicks("Undo", on=await team.bob.sees("Send the slides", in_=CHANNEL))
    state = team.state("Initech")
    minutes = next(each.id for each in state.open_actions if each.text == "Send the minutes")
    await team.did(updates.close_action, state.account_id, minutes, done=True)
    await team.passes(20 * MINUTE)
    assert len(told(team, "ann")) == 1
    # an empty message went to nobody, so what is new now is told at once
    await team.bob.types("/next Initech Send the map @ann by fri", in_=CHANNEL)
    await team.quiet()
    assert [("contract" in each, "map" in each) for each in told(team, "ann")] == [(True, False), (False, True)]


async def test_what_is_asked_of_who_is_away_goes_to_their_stand_in_or_waits_until_they_are_back(team: Team) -> None:
    await team.knows("Initech", owner=None, our_executive=team.dan.id)
    await team.dan.types("/abm away 24 nov to 27 nov @ann", in_=CHANNEL)
    await team.bob.types("/next Initech Call their COO @dan by fri", in_=CHANNEL)
    await team.quiet()
    [asked] = told(team, "ann")
    assert asked.startswith(
        "*New for you*\n*Initech*: Call their COO · Fri 27 Nov\n"
        "given to @dan by @bob, Tue 10:00 EST · you stand in for @dan\nDone\nMove to\nEdit\nDrop"
    )
    await team.passes(20 * MINUTE)
    await team.bob.types("/blocker Initech Liability cap needs executive", in_=CHANNEL)
    await team.quiet()
    blocked = told(team, "ann")[1]
    assert "owner @bob · since today\nopened by @bob, Tue 10:20 EST · you stand in for @dan\nAcknowledge" in blocked
    assert not told(team, "dan")
    # who asks what they themselves would get as a stand-in knows it
    await team.ann.types("/next Initech Book the flight @dan by fri", in_=CHANNEL)
    await team.passes(20 * MINUTE)
    assert len(told(team, "ann")) == 2
    # without a stand-in it waits: until the first morning back, or until they say that they are back
    await team.bob.types("/abm away 24 nov to 3 dec", in_=CHANNEL)
    await team.ann.types("/next Initech Send the slides @bob by fri", in_=CHANNEL)
    await team.passes(timedelta(days=2))
    assert not told(team, "bob")
    await team.bob.types("/abm away back", in_=CHANNEL)
    await team.quiet()
    [slides] = told(team, "bob")
    assert "*Initech*: Send the slides · Fri 27 Nov\ngiven to you by @ann, Tue 10:40 EST\nDone" in slides


async def test_a_stand_in_who_may_not_see_the_account_is_not_told_of_it_and_it_waits_for_who_is_away(team: Team):
    await team.knows("Initech", owner="ann")
    await team.ann.types("/account private Initech", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, Private_to="#deal-acme")
    await team.bob.types("/abm away 24 nov to 27 nov @dan", in_=CHANNEL)
    await team.ann.types("/next Initech Send the slides @bob by fri", in_=CHANNEL)
    await team.quiet()
    assert not told(team, "dan")
    assert not told(team, "bob")
    await team.bob.types("/abm away back", in_=CHANNEL)
    await team.quiet()
    assert not told(team, "dan")
    [slides] = told(team, "bob")
    assert "Send the slides" in slides
