from datetime import date, timedelta

import pytest

from agendas.verbs import updates
from sandbox.testing import Seen
from tests.stories.team import CHANNEL, Team


async def _owes(team: Team, text: str, *, name: str = "Initech", owner: str = "ann", due_on: str = "2026-11-27") -> int:
    person, account_id = team.sandbox.person(owner).id, team.state(name).account_id
    added = await team.did(updates.add_action, account_id, text=text, due_on=date.fromisoformat(due_on), owner=person)
    number: int = added.event.id
    return number


async def _told_after_the_review(team: Team, *texts: str, owner: str = "ann") -> Seen:
    """The direct message with the person's actions after a review of Initech."""
    await team.begins_review_of("Initech")
    for text in texts:
        await _owes(team, text, owner=owner)
    await team.closes_review(team.ann)
    return await team.is_told(team.sandbox.person(owner), "after the review of")


async def test_what_two_people_press_is_recorded_once_and_the_second_is_told_who_did_it(team: Team) -> None:
    told = await _told_after_the_review(team, "Call their COO")
    [action] = team.state("Initech").open_actions
    await team.did(updates.close_action, team.state("Initech").account_id, action.id, done=True, by="bob")
    before = len(team.state("Initech").actions)
    await team.ann.clicks("Done", on=told)
    await team.is_told(team.ann, "bob marked it as done at 10:0")
    await team.quiet()
    [message] = [each for each in team.direct_words(team.ann) if "after the review of" in each]
    assert "*Initech*: Call their COO · Fri 27 Nov · bob marked it as done at 10:0" in message
    assert "Done" not in message.replace("done", "")
    assert len(team.state("Initech").actions) == before


@pytest.mark.again
async def test_a_viewer_settles_what_is_theirs_in_words_and_nothing_else(team: Team) -> None:
    await team.begins_review_of("Initech")
    await _owes(team, "Call their COO")
    assert "You cannot record" in await team.vic.types("/next initech Send the deck", in_=CHANNEL)
    said = await team.vic.types("/next initech done", in_=CHANNEL)
    assert "Initech has no open next action of yours." in said
    assert "Done" not in said
    await _owes(team, "Send the proof", owner="vic")
    said = await team.vic.types("/next initech slipped to 4 dec because they travel", in_=CHANNEL)
    assert "*Recorded* for Initech: next action slipped to 4 Dec (Send the proof): they travel" in said
    await team.vic.says("done: sent the proof today", in_=CHANNEL, thread=team.agenda("Initech"))
    await team.quiet()
    assert "vic, Tue 10:00 EST: next action done (Send the proof)" in team.agenda("Initech").thread[-1].words
    assert [each.text for each in team.state("Initech").open_actions] == ["Call their COO"]
    for number in range(2):
        await _owes(team, f"Send proof {number}", owner="vic")
    asked = await team.vic.types("/next initech done", in_=CHANNEL)
    assert "Initech has 2 open next actions of yours. Which one is done?" in asked
    assert "Call their COO" not in asked


async def test_an_action_changes_hands_by_its_button_and_in_words_and_both_are_told(team: Team) -> None:
    await team.ann.clicks("Edit", on=await _told_after_the_review(team, "Call their COO", "Send the offer"))
    form = await team.form(team.ann)
    assert (form.values["Next action"], form.values["Due"]) == ("Call their COO", "2026-11-27")
    unchanged = await team.submits(team.ann)
    assert "Nothing of it was changed" in str(unchanged.error) + team.ann.form.words
    await team.submits(team.ann, Next_action="Call their CFO", Owner=team.bob.id, Due="2026-12-02")
    await team.is_told(team.ann, "next action (Call their COO) given to @bob, before @ann · now: Call their CFO.")
    message = next(each for each in team.direct_words(team.ann) if "after the review of" in each)
    assert "*Initech*: Call their CFO · @bob · 2 Dec · slipped once" in message
    given = await team.is_told(team.bob, "*Initech*: Call their CFO · 2 Dec · slipped once\ngiven to you by @ann")
    await team.bob.clicks("Edit", on=given)
    await team.form(team.bob)
    await team.submits(team.bob, Due="2026-11-30")
    said = await team.dan.types("/next initech give call their cfo to @ann", in_=CHANNEL)
    assert "*Recorded* for Initech: next action (Call their CFO) given to @ann, before @bob." in said
    await team.passes(timedelta(minutes=16))
    await team.is_told(team.ann, "*Initech*: Call their CFO · Mon 30 Nov · slipped once\ngiven to you by @dan")
    await team.is_told(team.bob, "*Initech*: next action (Call their CFO) given to @ann, before @bob")
    before = len(team.recorded())
    asked = await team.ann.types("/next initech give it to bob", in_=CHANNEL)
    assert 'Who is "bob"? Type @ and pick the person from Slack\'s list.' in asked
    assert len(team.recorded()) == before
    asked = await team.ann.types("/next initech give it to @bob", in_=CHANNEL)
    assert "Initech has 2 open next actions. Which one is given away?" in asked
    await team.ann.clicks("Give this one", on=asked)
    await team.quiet()
    assert {each.text: each.owner for each in team.state("Initech").open_actions} == {
        "Call their CFO": team.ann.id,
        "Send the offer": team.bob.id,
    }
    asked = await team.ann.types("/next initech give the demo to @bob", in_=CHANNEL)
    assert "Initech has no open next action that begins so. Which one is given away?" in asked
    await team.ann.clicks("Keep as text", on=asked)
    await team.ann.sees("Does @bob own it, or is the name part of the text?", in_=CHANNEL)


async def test_a_card_and_a_page_above_home_are_drawn_anew_after_a_click(team: Team) -> None:
    await team.knows("Initech")
    await _owes(team, "Call their COO")
    await _owes(team, "Send the offer", due_on="2027-03-01")
    await team.ann.clicks("action.done", on=await team.ann.types("/account initech", in_=CHANNEL))
    receipt = await team.ann.sees("*Recorded* for Initech: next action done (Call their COO).", in_=CHANNEL)
    assert receipt.message is not None
    cards = [words for words in team.private_words(team.ann) if words.startswith(":new: *Initech*")]
    assert len(cards) == 1
    assert "Call their COO" not in cards[0].partition("Last recorded")[0]
    await team.ann.clicks("action.move", on=await team.ann.sees(cards[0].splitlines()[0], in_=CHANNEL))
    await team.form(team.ann)
    await team.submits(team.ann, New_date="2027-03-08")
    moved = "8 Mar 2027 · slipped once"
    await team.sandbox.changed.until(lambda: any(moved in each for each in team.private_words(team.ann)))
    assert any(moved in each for each in team.private_words(team.ann))
    await team.ann.opens_home()
    await team.sees_home(team.ann, "*You owe 1 action*, due later")
    await team.ann.clicks("All my actions", on="home")
    await team.form(team.ann)
    await team.ann.clicks("Done")
    await team.sandbox.changed.until(lambda: "You owe no action." in team.ann.form.words)
    assert "*Recorded* for Initech: next action done (Send the offer)." in team.ann.form.words
    assert "You owe no action." in team.ann.form.words
    await team.sandbox.changed.until(lambda: "You owe" not in team.ann.home)
    assert "You owe" not in team.ann.home
