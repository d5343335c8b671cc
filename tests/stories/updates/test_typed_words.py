from datetime import timedelta

from agendas.verbs import updates
from tests.stories.team import CHANNEL, Team
from tests.stories.typed import actions, picks, two_actions


async def test_the_one_open_action_is_done_slipped_or_dropped_in_words(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/next initech Call by fri", in_=CHANNEL)
    said = await team.ann.types("/next initech slipped to 4.12. because legal is slow", in_=CHANNEL)
    assert "next action slipped to 4 Dec (Call): legal is slow." in said
    asked = await team.ann.types("/abm next initech done They signed https://notes.example/1", in_=CHANNEL)
    assert asked.startswith("Your words do not name the open next action of Initech. Is it done?\n*Due* Call")
    assert actions(team) == {"Call": "4 Dec"}
    await team.ann.clicks("Done", on=asked)
    await team.ann.sees("next action done (Call): They signed", in_=CHANNEL)
    assert actions(team) == {}
    await team.ann.types("/next initech Write by fri", in_=CHANNEL)
    said = await team.ann.types("/next initech dropped because they bought elsewhere", in_=CHANNEL)
    assert "they bought elsewhere" in said
    assert actions(team) == {}
    kinds = [event.kind for event in team.recorded()[2:]]
    assert kinds == ["action_added", "action_changed", "action_changed", "action_added", "action_changed"]


async def test_of_several_open_actions_each_has_a_button_that_keeps_text_and_date(team: Team) -> None:
    ids = await two_actions(team)
    before = len(team.recorded())
    seen = await team.ann.types("/next initech slipped to 18 dec because legal is slow", in_=CHANNEL)
    assert seen.startswith("Initech has 2 open next actions. Which one slipped?\n")
    assert seen.count("Move to Fri 18 Dec") == 2
    assert "Keep as text" in seen
    assert len(team.recorded()) == before
    await picks(team, ids["Call the CFO"], on=seen)
    assert actions(team) == {"Call the CFO": "18 Dec", "Send the deck": "4 Dec"}
    await team.ann.sees("next action slipped to 18 Dec (Call the CFO): legal is slow.", in_=CHANNEL)
    # the receipt stands where the question was
    assert not any("Which one slipped?" in each for each in team.private_words(team.ann))
    seen = await team.ann.types("/next initech slipped to 11 dec because legal is slow", in_=CHANNEL)
    await picks(team, ids["Call the CFO"], on=seen)
    seen = await team.ann.sees("It is due on 18 Dec; give a later date.", in_=CHANNEL)
    await team.ann.clicks("Fill in the form", on=seen)
    assert (await team.form(team.ann)).values["Why it slipped"] == "legal is slow"
    await team.ann.closes()
    seen = await team.ann.types("/next initech done", in_=CHANNEL)
    await picks(team, ids["Send the deck"], on=seen)
    assert actions(team) == {"Call the CFO": "18 Dec"}


async def test_a_button_pressed_twice_records_once_and_one_of_a_closed_action_says_who_closed_it(team: Team) -> None:
    ids = await two_actions(team)
    seen = await team.ann.types("/next initech done They said yes", in_=CHANNEL)
    blocks = list(seen.message.blocks if seen.message else ())
    await picks(team, ids["Call the CFO"], on=seen)
    before = len(team.recorded())
    assert seen.message is not None
    seen.message.blocks[:] = blocks
    await picks(team, ids["Send the deck"], on=seen)
    await team.ann.sees("You answered that question already, so nothing is recorded a second time", in_=CHANNEL)
    assert len(team.recorded()) == before
    await team.ann.types("/next initech Visit them by fri", in_=CHANNEL)
    seen = await team.ann.types("/next initech done They said yes", in_=CHANNEL)
    number = ids["Send the deck"]
    await team.did(updates.close_action, team.state("Initech").account_id, action_id=number, done=True, by="bob")
    await team.passes(timedelta(days=1))
    before = len(team.recorded())
    await picks(team, number, on=seen)
    await team.ann.sees("bob marked it as done on 24 Nov", in_=CHANNEL)
    assert len(team.recorded()) == before


async def test_words_that_name_an_action_or_a_blocker_close_it_and_no_others_do(team: Team) -> None:
    await two_actions(team)
    for text in ("Liability cap", "No budget"):
        await team.ann.types(f"/blocker initech {text}", in_=CHANNEL)
    said = await team.ann.types("/next initech done sent them the deck, they liked it", in_=CHANNEL)
    assert "next action done (Send the deck): sent them the deck, they liked it." in said
    for unsure in ("did not call the CFO", "called the COO"):
        asked = await team.ann.types(f"/next initech done {unsure}", in_=CHANNEL)
        assert asked.startswith("Your words do not name the open next action of Initech. Is it done?"), unsure
        assert asked.endswith(f"You typed: /next initech done {unsure}")
    assert actions(team) == {"Call the CFO": "27 Nov"}
    said = await team.ann.types("/blocker initech resolve their lawyer took our liability cap", in_=CHANNEL)
    assert "blocker resolved (Liability cap)" in said
    asked = await team.ann.types("/blocker initech resolve their lawyer took it", in_=CHANNEL)
    assert asked.startswith("Your words do not name the open blocker of Initech. Is it resolved?\n*Blocked* No budget")
    assert [each.text for each in team.state("Initech").open_blockers] == ["No budget"]
    await team.ann.clicks("Resolve", on=asked)
    await team.ann.sees("their lawyer took it", in_=CHANNEL)
    assert team.state("Initech").open_blockers == ()
