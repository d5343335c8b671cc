from datetime import timedelta

import pytest

from tests.stories.answers.asking import asks, program
from tests.stories.team import CHANNEL, Team


@pytest.mark.proof
async def test_a_conversation_is_of_one_person_in_one_place_a_thread_a_mention_or_direct_messages(team: Team) -> None:
    await program(team)
    await asks(team, team.ann, "what blocks Globex?")
    line = await team.ann.says("@Cadence who owns it?", in_=CHANNEL)
    await team.quiet()
    assert "Which one?" in line.thread[-1].words
    assert "Globex" not in line.thread[-1].words
    thread = await team.ann.says("@Cadence what blocks Globex?", in_=CHANNEL)
    await team.quiet()
    assert "Legal is slow" in thread.thread[-1].words
    await team.bob.says("@Cadence who owns it?", in_=CHANNEL, thread=thread)
    await team.quiet()
    assert '"it" could be several accounts' in thread.thread[-1].words
    await team.ann.says("@Cadence who owns it?", in_=CHANNEL, thread=thread)
    await team.quiet()
    assert "bob" in thread.thread[-1].words

    first = await team.ann.says("who owns Globex?", to="cadence")
    await team.quiet()
    assert "Initech" in await asks(team, team.ann, "how is Initech?")
    assert "Globex" in await asks(team, team.ann, "what blocks it?", thread=first)
    assert "Initech" in await asks(team, team.ann, "what blocks it?")


@pytest.mark.proof
async def test_above_the_messages_stand_questions_about_the_persons_own_accounts(team: Team) -> None:
    await program(team)
    await team.sandbox.actions.open_home(team.bob.id, tab="messages")
    await team.quiet()
    prompts = team.sandbox.workspace.prompts[team.sandbox.workspace.im(team.bob.id).id, ""]
    assert prompts[0]["message"] == "How is Globex doing?"
    assert len(prompts) == 4
    for prompt in prompts:
        assert "I did not understand" not in await asks(team, team.bob, prompt["message"])
    await team.passes(timedelta(days=6))
    await team.sandbox.actions.open_home(team.bob.id, tab="messages")
    await team.quiet()
    prompts = team.sandbox.workspace.prompts[team.sandbox.workspace.im(team.bob.id).id, ""]
    assert prompts[0]["message"] == "What of mine is overdue?"
    assert "Write to legal" in await asks(team, team.bob, prompts[0]["message"])
    team.sandbox.faults.refuse("assistant.threads.setSuggestedPrompts", "missing_scope")
    await team.sandbox.actions.open_home(team.bob.id, tab="messages")
    await team.quiet()
