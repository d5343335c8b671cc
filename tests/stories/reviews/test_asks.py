from datetime import timedelta

import pytest

from agendas.verbs import updates
from tests.stories.team import CHANNEL, Team


async def _asks(team: Team, *, name: str = "Initech", due_on: str = "2026-11-27", text: str = "Call their COO") -> None:
    await team.agenda_form(team.ann, "Decide", name)
    await team.submits(team.ann, decision="intervene", text=text, ask_of=team.dan.id, due_on=due_on)


@pytest.mark.again
async def test_an_ask_is_said_with_its_day_and_as_overdue_only_after_it(team: Team) -> None:
    header = await team.begins_review_of("Initech")
    await _asks(team)
    agenda = team.agenda("Initech").words
    assert agenda.splitlines()[1] == "*Why:* dan's answer is open, by Fri 27 Nov"
    assert "*Asked* Call their COO · dan · Fri 27 Nov" in agenda
    assert "Initech intervene, new · ann · dan's answer is open, by Fri 27 Nov" in team.room.messages[0].words
    await team.passes(timedelta(days=3))
    card = await team.ann.types("/account initech", in_=CHANNEL)
    assert "*Why:* @dan's answer is open, by Fri 27 Nov" in card
    await team.passes(timedelta(days=2))
    card = await team.ann.types("/account initech", in_=CHANNEL)
    assert "*Why:* @dan's answer 2 d late" in card
    assert "*Asked* Call their COO · @dan · 2 d late" in card
    assert header.thread


@pytest.mark.again
async def test_an_answer_ends_the_intervention_at_once_also_in_the_open_review(team: Team) -> None:
    await team.begins_review_of("Initech")
    await _asks(team)
    await team.agenda_form(team.bob, "Answer", "Initech")
    await team.submits(team.bob, What_was_answered="They take a call on Friday")
    agenda = team.agenda("Initech")
    assert "needs intervention" not in agenda.words
    assert "Asked" not in agenda.words
    assert "ask.answer" not in str(agenda.message.blocks)
    assert "needs intervention" not in team.room.messages[0].words
    assert agenda.thread[-1].words == "bob: next action done (Call their COO): They take a call on Friday."
    undo = await team.bob.sees(
        "*Recorded* for Initech: next action done (Call their COO): They take a call on Friday.", in_=CHANNEL
    )
    await team.bob.clicks("Undo", on=undo)
    await team.quiet()
    assert "*Why:* dan's answer is open" in team.agenda("Initech").words


@pytest.mark.again
async def test_a_later_decision_does_not_end_an_ask_and_one_click_on_the_card_does(team: Team) -> None:
    await team.begins_review_of("Initech")
    await _asks(team)
    await team.closes_review(team.ann)
    await team.posts_review("initech")
    await team.agenda_form(team.ann, "Decide", "Initech")
    await team.submits(team.ann, decision="keep", text="Wait for the call")
    agenda = team.agenda("Initech").words
    assert "*Why:* dan's answer is open" in agenda
    assert "*Asked* Call their COO · dan · Fri 27 Nov" in agenda
    state = team.state("Initech")
    await team.did(updates.close_action, state.account_id, state.open_actions[0].id, done=False, text="He left")
    await team.quiet()
    assert "*Why:* dan's answer is open" in team.agenda("Initech").words
    await team.ann.clicks("Answer", on=await team.ann.types("/account initech", in_=CHANNEL))
    await team.form(team.ann)
    await team.submits(team.ann, What_was_answered="He left, his successor calls")
    agenda_now = team.agenda("Initech")
    assert "needs intervention" not in agenda_now.words
    assert (
        agenda_now.thread[-1].words == "ann: what was asked is answered: Call their COO · He left, his successor calls."
    )
    # the card that the button was on is drawn anew, without it
    assert await team.sandbox.changed.until(lambda: not any("\nAnswer" in one for one in team.private_words(team.ann)))
