from agendas.verbs import account_list
from tests.stories.team import Team
from tests.stories.updates.showing import shown_button

NAMES = ("Initech", "Globex", "Hooli", "Umbrella", "Vandelay")


async def _starts(team: Team, person: str = "ann", review: int = 0) -> None:
    who = team.sandbox.person(person)
    seen = await shown_button(team, who, "updates.start", str(review) if review else "")
    await who.clicks("Start my updates", on=seen)


async def test_an_account_may_be_skipped_and_closing_midway_keeps_what_was_recorded(team: Team) -> None:
    for name in NAMES[:3]:
        await team.knows(name)
    before = len(team.recorded())
    await _starts(team)
    first = (await team.form(team.ann)).words
    await team.ann.fills(What_moved="Not sure yet")
    await team.ann.clicks("Skip")
    assert await team.sandbox.changed.until(lambda: team.ann.form.title == "Update 2 of 3")
    assert team.ann.form.values["What moved"] is None
    assert not (await team.submits(team.ann)).ok
    assert list(team.ann.form.errors.values()) == ["Nothing is entered. Tick this box, or press Skip."]
    assert (await team.submits(team.ann, **{"Did anything move?": ["nothing"]})).ok
    await team.ann.fills(What_moved="Half a sentence")
    await team.ann.closes()
    assert [event.kind for event in team.recorded()[before:]] == ["nothing_moved"]
    await _starts(team)
    form = await team.form(team.ann)
    assert (form.words.splitlines()[1], form.values["What moved"]) == (first.splitlines()[0], "Not sure yet")
    await team.ann.clicks("Skip")
    await team.sandbox.changed.until(lambda: team.ann.form.title == "Update 2 of 3")
    await team.ann.clicks("Skip")
    await team.sandbox.changed.until(lambda: team.ann.form.title == "Update 3 of 3")
    assert team.ann.form.values["What moved"] == "Half a sentence"
    await team.ann.clicks("Skip")
    await team.sandbox.changed.until(lambda: "That was the last of your accounts." in team.ann.form.words)
    assert len(team.recorded()) == before + 1


async def test_an_account_that_was_paused_or_removed_meanwhile_is_passed_over_with_a_sentence(team: Team) -> None:
    numbers = {name: await team.knows(name) for name in NAMES[:4]}
    await _starts(team)
    form = await team.form(team.ann)
    in_hand = next(each for each in numbers if f"*{each}*" in form.words)
    paused, removed, last = sorted(each for each in numbers if each != in_hand)
    await team.did(account_list.pause, numbers[paused], because="Their freeze", by="bob")
    await team.did(account_list.remove, numbers[removed], because="They closed", by="bob")
    await team.submits(team.ann, What_moved="They called")
    form = team.ann.form
    assert f"*{last}*" in form.words
    assert form.title == "Update 4 of 4"
    assert f"Passed over: {paused} was paused." in form.words
    assert f"Passed over: {removed} was removed from the list." in form.words
