"""Typed words do what they say, and what is not clear is asked about by buttons that keep what was typed."""

from datetime import date, timedelta

import pytest

from agendas.verbs.updates import updates
from sandbox.content.blocks import elements_of
from sandbox.testing.person import Seen
from tests.stories.team import CHANNEL, Team


def actions(team: Team, name: str = "Initech") -> dict[str, str]:
    """The open next actions of the account, by text, with the day each is due."""
    return {action.text: f"{action.due_on:%-d %b}" for action in team.state(name).open_actions}


async def two_actions(team: Team) -> dict[str, int]:
    """Initech with two open next actions of Ann's, their ids by text; today is Tuesday 24 November."""
    await team.knows("Initech")
    await team.ann.types("/next initech Call the CFO by fri", in_=CHANNEL)
    await team.ann.types("/next initech Send the deck 4 dec", in_=CHANNEL)
    assert actions(team) == {"Call the CFO": "27 Nov", "Send the deck": "4 Dec"}
    return {action.text: action.id for action in team.state("Initech").open_actions}


async def picks(team: Team, number: int, *, on: Seen) -> None:
    """Press Ann's button about the action or blocker of this id."""
    assert on.message is not None
    action = f"account.pick/{number}"
    elements = [each for block in on.message.blocks for each in elements_of(block)]
    value = next(each["value"] for each in elements if each.get("action_id") == action)
    await team.presses(team.ann, action, value, on=on)
    await team.quiet()


@pytest.mark.parametrize("setting", ["sqlite socket", "postgres http"], indirect=True)
async def test_the_one_open_action_is_done_slipped_or_dropped_in_words(team: Team) -> None:
    await team.knows("Initech")
    await team.ann.types("/next initech Call by fri", in_=CHANNEL)
    said = await team.ann.types("/next initech slipped to 4.12. because legal is slow", in_=CHANNEL)
    assert "next action slipped to 4 Dec (Call): legal is slow." in said
    said = await team.ann.types("/abm next initech done They signed https://notes.example/1", in_=CHANNEL)
    assert "They signed" in said
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


async def test_with_no_open_action_or_somebody_else_s_it_is_said_and_the_words_can_be_kept_as_text(team: Team) -> None:
    number = await team.knows("Initech")
    seen = await team.ann.types("/next initech done deal paper by fri", in_=CHANNEL)
    assert seen.startswith("Initech has no open next action.\nKeep as text")
    assert actions(team) == {}
    await team.ann.clicks("Keep as text", on=seen)
    await team.ann.sees("next action: done deal paper", in_=CHANNEL)
    assert actions(team) == {"done deal paper": "27 Nov"}
    await team.ann.types("/next initech done", in_=CHANNEL)
    bob = team.sandbox.person("bob").id
    await team.did(updates.add_action, number, text="Call", due_on=date(2026, 12, 1), owner=bob)
    before = len(team.recorded())
    seen = await team.ann.types("/next initech done They called back", in_=CHANNEL)
    assert seen.startswith("The open next action of Initech is somebody else's. Is it done?\n*Due* Call · @bob")
    assert len(team.recorded()) == before
    await team.ann.clicks("Done", on=seen)
    await team.ann.sees("They called back", in_=CHANNEL)
    assert actions(team) == {}


async def test_a_blocker_of_several_is_resolved_by_its_button(team: Team) -> None:
    await team.knows("Initech")
    seen = await team.ann.types("/blocker initech resolve the ticket", in_=CHANNEL)
    assert seen.startswith("Initech has no open blocker.")
    assert seen.endswith("You typed: /blocker initech resolve the ticket")
    await team.ann.types("/blocker initech Legal is slow", in_=CHANNEL)
    await team.ann.types("/blocker initech No budget", in_=CHANNEL)
    seen = await team.ann.types("/blocker initech resolve They found some", in_=CHANNEL)
    assert seen.startswith("Initech has 2 open blockers. Which one is resolved?\n*Blocked* Legal is slow")
    budget = next(each.id for each in team.state("Initech").open_blockers if each.text == "No budget")
    await picks(team, budget, on=seen)
    await team.ann.sees("They found some", in_=CHANNEL)
    assert [each.text for each in team.state("Initech").open_blockers] == ["Legal is slow"]


ASKED = (
    ("/next initech Send it 4/12", "Fri 4 Dec", "Send it", "4 Dec"),
    ("/next initech Send it by 4/12 @bob", "Fri 4 Dec", "Send it", "4 Dec"),
    ("/next initech Send it next week", "Mon 30 Nov", "Send it", "30 Nov"),
    ("/next initech Wait until friday", "Fri 27 Nov", "Wait until friday", "27 Nov"),
    ("/next initech Get it signed by legal", "Keep as text", "Get it signed by legal", "1 Dec"),
    ("/next initech Find where he sat", "Keep as text", "Find where he sat", "1 Dec"),
    ('/next initech "Send it friday', "Keep as text", '"Send it friday', "1 Dec"),
    ("/next initech Send it @bobb fri", "@bob", "Send it", "27 Nov"),
    ("/next initech drop them a line", "Keep as text", "drop them a line", "1 Dec"),
)


async def test_a_date_that_is_not_clear_is_asked_about_and_the_answer_is_recorded(team: Team) -> None:
    await team.knows("Initech")
    for command, button, text, due in ASKED:
        before = len(team.recorded())
        seen = await team.ann.types(command, in_=CHANNEL)
        assert len(team.recorded()) == before, command
        assert button in seen, (command, seen)
        await team.ann.clicks(button, on=seen)
        await team.until(lambda before=before: len(team.recorded()) == before + 1)  # type: ignore[misc]
        added = max(team.state("Initech").open_actions, key=lambda action: action.id)
        assert (added.text, f"{added.due_on:%-d %b}") == (text, due), command
        await team.quiet()


async def test_stages_functions_and_kinds_that_are_not_known_are_asked_about(team: Team) -> None:
    await team.knows("Initech")
    for command, button, said in (
        ("/move initech to target They called again", "Leave the stage out", "news: They called again"),
        (
            "/move initech to enaged They joined https://notes.example/1",
            "Engaged",
            "moved target → engaged: They joined",
        ),
        ("/move initech to be continued after the board", "Keep as text", "news: to be continued after the board"),
        ("/blocker initech Legal is slow needs financ", "Finance", "blocker: Legal is slow · @ann · needs finance"),
        ("/blocker initech The buyer needs legal", "Keep as text", "blocker: The buyer needs legal · @ann"),
        ("/signal initech hirring they hire", "Hiring", "hiring"),
        ("/signal initech gossip they talk", "Keep as text", "gossip they talk"),
    ):
        before = len(team.recorded())
        seen = await team.ann.types(command, in_=CHANNEL)
        assert len(team.recorded()) == before, command
        await team.ann.clicks(button, on=seen)
        await team.ann.sees(said, in_=CHANNEL)
    seen = await team.ann.types("/account initech group add Rita Sample, econmic buyer", in_=CHANNEL)
    await team.ann.clicks("Economic buyer", on=seen)
    await team.ann.sees("added Rita Sample", in_=CHANNEL)


async def test_the_form_takes_what_was_understood(team: Team) -> None:
    await team.knows("Initech")
    seen = await team.ann.types("/move initech to nowhere They joined", in_=CHANNEL)
    await team.ann.clicks("Fill in the form", on=seen)
    assert (await team.form(team.ann)).values["What moved"] == "to nowhere They joined"
    await team.ann.closes()
    seen = await team.ann.types("/blocker initech Legal is slow @gus needs finance", in_=CHANNEL)
    assert "gus is not an active full member" in seen
    await team.ann.clicks("Fill in the form", on=seen)
    values = (await team.form(team.ann)).values
    assert (values["What blocks it"], values["Needed from"]) == ("Legal is slow", "finance")
    await team.ann.closes()
    await team.ann.types("/next initech Call by fri", in_=CHANNEL)
    seen = await team.ann.types("/next initech slipped to yesterday because legal is slow", in_=CHANNEL)
    assert seen.startswith("23 Nov has passed; give today, 24 Nov, or a later date.")
    await team.ann.clicks("Fill in the form", on=seen)
    form = await team.form(team.ann)
    assert form.values["Why it slipped"] == "legal is slow"
    number = team.state("Initech").open_actions[0].id
    assert (await team.submits(team.ann, **{f"later/{number}": "2026-12-04"})).ok
    assert actions(team) == {"Call": "4 Dec"}


async def test_three_thousand_characters_that_end_in_by_are_kept_in_the_form(team: Team) -> None:
    await team.knows("Initech")
    before = len(team.recorded())
    text = f"{'word ' * 596}by"
    await team.ann.types(f"/next initech {text}", in_=CHANNEL)
    form = await team.form(team.ann)
    assert "Say by when: after by comes a date, such as fri or 4 dec." in form.words
    assert form.values["Next action"] == text
    assert len(team.recorded()) == before
    await team.submits(team.ann, due_on="2026-12-04")
    assert actions(team) == {text: "4 Dec"}
    await team.ann.types("/next initech Call by fri", in_=CHANNEL)
    await team.ann.types(f"/next initech done {text}", in_=CHANNEL)
    assert "Which one is done?" in (await team.form(team.ann)).words
    assert (await team.form(team.ann)).values["Another next action"] == text


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/next :rocket: done", 'No account is called ":rocket:"'),
        ("/next initech done", "You cannot record updates"),
        ("/blocker initech resolve", "You cannot record updates"),
    ],
)
async def test_an_emoji_for_a_name_and_viewers_get_a_sentence(team: Team, command: str, said: str) -> None:
    await two_actions(team)
    before = len(team.recorded())
    person = team.ann if "rocket" in command else team.vic
    assert said in await person.types(command, in_=CHANNEL)
    assert len(team.recorded()) == before
    await team.ann.types("/next initech   ", in_=CHANNEL)
    assert (await team.form(team.ann)).title == "Next action"


async def test_a_day_of_a_review_in_figures_is_asked_about_where_it_can_be_two(team: Team) -> None:
    await team.knows("Initech")
    seen = await team.ann.types("/abm versions 3/11/2026", in_=CHANNEL)
    assert (
        seen == '"3/11/2026" can be read in two ways; write Tue 3 Nov or Wed 11 Mar.\nTue 3 Nov 2026\nWed 11 Mar 2026'
    )
    await team.ann.clicks("Tue 3 Nov 2026", on=seen)
    await team.ann.sees("3 Nov", in_=CHANNEL)
