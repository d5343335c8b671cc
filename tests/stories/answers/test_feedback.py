"""Thumbs below answers: what people send to the admins, and the words that these teach from it."""

from datetime import timedelta

from agendas.facts.program import FEEDBACK, OWN_WORDS
from agendas.verbs.settings import change_settings
from sandbox.testing import Seen
from tests.stories.answers.asking import answer_of, asks, program
from tests.stories.team import CHANNEL, Team

ODD = "which accounts are in eval"
BAD = "Not what I asked"


async def thumbed_down(team: Team, question: str) -> None:
    await asks(team, team.bob, question)
    await team.bob.clicks(BAD, on=await answer_of(team, team.bob))
    asked = await team.is_told(team.bob, "Send the wording to the admins?")
    await team.bob.clicks("Send", on=asked)
    await team.is_told(team.bob, "/abm questions")


async def listed(team: Team) -> Seen:
    return await team.ann.types("/abm questions", in_=CHANNEL)


async def test_a_thumb_down_sends_the_wording_which_admins_see_and_teach_from(team: Team) -> None:
    await program(team)
    assert "eval" in await asks(team, team.bob, ODD)
    for _ in range(2):
        await thumbed_down(team, ODD)
    seen = await listed(team)
    assert f"“{ODD}” · 2 times, last" in seen
    await team.ann.clicks("Teach a word", on=seen)
    form = await team.form(team.ann)
    assert ODD in form.words
    refused = await team.submits(team.ann, Word="eval", Means="nowhere")
    assert "There is no account, segment or stage called" in str(refused)
    refused = await team.submits(team.ann, Word="Deal", Means="Engaged")
    assert "has a meaning in questions already" in str(refused)
    await team.submits(team.ann, Word="eval", Means="Engaged")
    await team.in_form(team.ann, "*eval* means *engaged*")
    answer = await asks(team, team.bob, ODD)
    assert "Initech" in answer
    assert "Globex" not in answer


async def test_what_follows_a_click_in_a_thread_of_direct_messages_shows_in_that_thread(team: Team) -> None:
    await program(team)
    thread = await team.bob.says("what blocks Globex?", to="cadence")
    await team.quiet()
    for label, shown in ((BAD, "Send the wording to the admins?"), ("Send", "/abm questions")):
        await team.bob.clicks(label, on=thread.thread[-1])
        await team.is_told(team.bob, shown)
        assert shown in thread.thread[-1].words


async def test_a_word_for_an_account_becomes_one_of_its_names(team: Team) -> None:
    await program(team)
    await team.ann.clicks("Teach a word", on=await listed(team))
    await team.form(team.ann)
    await team.submits(team.ann, Word="Moby", Means="globex")
    await team.in_form(team.ann, "*Moby* means *Globex*")
    assert "Legal is slow" in await asks(team, team.bob, "what blocks Moby?")


async def test_only_admins_see_wordings_which_are_gone_after_a_month_and_thumbs_can_be_off(team: Team) -> None:
    await program(team)
    await thumbed_down(team, ODD)
    assert "Teach" not in await team.bob.types("/abm questions", in_=CHANNEL)
    await team.passes(timedelta(days=32))
    await team.quiet()
    assert "Nobody has sent a question" in await listed(team)
    await team.did(change_settings, {FEEDBACK: ("on", "off")})
    await asks(team, team.bob, ODD)
    assert "feedback_buttons" not in str((await answer_of(team, team.bob)).message.blocks)


async def test_a_taught_word_changes_nothing_of_what_news_records(team: Team) -> None:
    await program(team)
    await team.did(change_settings, {OWN_WORDS: ((), ("eval = opportunity",))})
    assert "Initech said yes to the eval" in await asks(team, team.ann, "Initech said yes to the eval")
