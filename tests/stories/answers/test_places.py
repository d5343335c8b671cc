from datetime import timedelta

import pytest

from tests.stories.answers.asking import answer_of, asks, program
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


async def test_beside_an_accounts_channel_this_is_that_account_and_the_answer_says_so(team: Team) -> None:
    await program(team)
    home = team.sandbox.channel_state("deal-acme").id
    await team.knows("Umber", channel_id=home)
    await team.ann.types("/blocker umber Security review", in_=CHANNEL)
    assert "Which one?" in await asks(team, team.ann, "what's blocking this?")
    await team.ann.clicks("Umber", on=await answer_of(team, team.ann))
    await team.is_told(team.ann, "Security review")
    answer = await asks(team, team.ann, "what's blocking this?", viewing="#deal-acme")
    assert answer.startswith("Umber, from what you look at:")
    assert "Security review" in answer
    assert "Legal is slow" not in answer
    assert "from what you look at" in await asks(team, team.ann, "how is this account doing?", viewing="#deal-acme")
    assert "from what you look at" not in await asks(team, team.ann, "what moved this week?", viewing="#deal-acme")
    assert "from what you look at" not in await asks(team, team.ann, "what blocks Globex?", viewing="#deal-acme")
    assert "from what you look at" not in await asks(team, team.ann, "who owns this account?", viewing="#general")

    of_globex = await team.ann.says("what blocks Globex?", to="cadence")
    await team.quiet()
    asked_back = await asks(team, team.ann, "and who owns this?", thread=of_globex, viewing="#deal-acme")
    assert [name in asked_back for name in ("Which one?", "Globex", "Umber", "Initech")] == [True, True, True, False]
    await team.ann.clicks("Globex", on=await answer_of(team, team.ann))
    await team.is_told(team.ann, "Globex: owner @bob")


async def test_of_several_accounts_of_the_channel_in_view_one_is_asked_for_and_no_hidden_one(team: Team) -> None:
    await program(team)
    home = team.sandbox.channel_state("general").id
    for name in ("Umber", "Halden", "Sable"):
        await team.knows(name, channel_id=home, owner="bob")
    await team.ann.types("/account private Sable", in_=CHANNEL)
    await team.form(team.ann)
    await team.submits(team.ann, Private_to="#deal-acme")
    await team.bob.types("/blocker halden Budget is frozen", in_=CHANNEL)
    assert "Sable" in await asks(team, team.ann, "what blocks this?", viewing="#general")
    asked_back = await asks(team, team.dan, "what blocks this?", viewing="#general")
    assert [name in asked_back for name in ("Umber", "Halden", "Sable")] == [True, True, False]
    await team.dan.clicks("Halden", on=await answer_of(team, team.dan))
    await team.is_told(team.dan, "Budget is frozen")

    await team.posts_review("Umber")
    agenda = next(each for each in team.room.messages if "Umber" in each.words and "Update" in each.buttons)
    assert "Umber, from what you look at" in await asks(team, team.dan, "who owns this?", viewing=agenda)


async def test_a_thread_is_titled_by_its_first_question_and_where_there_are_no_agents_all_is_as_ever(
    team: Team,
) -> None:
    await program(team)
    place = team.sandbox.workspace.im(team.ann.id).id
    first = await team.ann.says("what blocks Globex?", to="cadence")
    await team.quiet()
    session = team.sandbox.workspace.sessions[place, first.message.ts]
    assert session.title == "Blockers of Globex"
    assert session.status == "active"
    await asks(team, team.ann, "who owns it?", thread=first)
    assert session.title == "Blockers of Globex"
    team.sandbox.faults.refuse("agents.sessions.setStatus", "not_allowed", times=10)
    assert "Legal is slow" in await asks(team, team.ann, "what blocks Globex?")


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
